"""Which rows of a draft version continue which rows of an earlier one, for the reviewer who settles the doubtful ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..methods.threads import Wording, candidates, how_alike
from ..models import Pairing, PlanVersion, VersionStatus
from .comparing import rows_of, shown
from .errors import UnableToFind
from .rows import version_view
from .scope import version_row
from .views import ItemView, VersionView

KINDS = ("indicator", "project", "task")
SHOWS = ("doubt", "apart", "settled", "all")


@dataclass(frozen=True)
class Likely:
    """An earlier row that may be the same. ``likeness``: shared pairs of characters, 0–1."""

    row: ItemView
    likeness: float


@dataclass(frozen=True)
class Word:
    """A reviewer's word on a row. ``undone``: it was taken back."""

    same: bool
    moved: bool
    reason: str
    by: str
    at: datetime
    undone: bool


@dataclass(frozen=True)
class Pair:
    """A row of the draft, the earlier row it continues if any, and else the rows that it might.

    ``likeness`` of the two wordings is None where there is no earlier row; ``words`` stand oldest first.
    """

    row: ItemView
    earlier: ItemView | None
    likeness: float | None
    likely: tuple[Likely, ...]
    words: tuple[Word, ...]

    @property
    def word(self) -> Word | None:
        """The last word that stands."""
        return next((w for w in reversed(self.words) if not w.undone), None)

    @property
    def is_doubtful(self) -> bool:
        """Joined by likeness only, or left apart though another is like it; and nobody has settled it."""
        return self.word is None and (bool(self.likely) if self.likeness is None else self.likeness < 1)


@dataclass(frozen=True)
class Pairs:
    """``every`` row of the version and those ``rows`` that pass the filters, in the document's order.

    ``left`` are the earlier rows, by kind, that nothing continues.
    """

    version: VersionView
    against: VersionView | None
    others: tuple[VersionView, ...]
    show: str
    every: tuple[Pair, ...]
    rows: tuple[Pair, ...]
    shows: dict[str, int]
    kinds: dict[str, int]
    left: dict[str, tuple[ItemView, ...]]
    may_change: bool


def pairs(
    actor: Actor,
    district: Feature,
    version: UUID,
    *,
    against: int | None = None,
    show: str = "",
    kind: str = "",
) -> Pairs:
    """Rows of a version beside those of an earlier one.

    Args:
        against: the number of the earlier version; without one, that with which the import compared it.
        show: ``doubt``, ``apart`` (continues none), ``settled`` (by a person) or ``all``; without one, the doubtful if
            there are any.

    Raises:
        UnableToFind: no such version, or ``against`` is no earlier one.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    draft = version_row(district, version)
    others = _earlier(draft)
    former = next((v for v in others if against in (None, v.number)), None)
    if former is None and against is not None:
        raise UnableToFind(str(against))
    every, left = _pairs(draft, former) if former else ([], {})
    shows = {s: sum(_passes(p, s) for p in every) for s in SHOWS}
    show = show or ("doubt" if shows["doubt"] else "all")
    of_show = [p for p in every if _passes(p, show)]
    return Pairs(
        version=version_view(draft),
        against=version_view(former) if former else None,
        others=tuple(version_view(v) for v in others),
        show=show,
        every=tuple(every),
        rows=tuple(p for p in of_show if kind in ("", p.row.kind)),
        shows=shows,
        kinds={k: sum(p.row.kind == k for p in of_show) for k in KINDS},
        left=left,
        may_change=draft.status == VersionStatus.REVIEW and actor.may(Act.REVIEW_PLAN, district_id=district.pk),
    )


def doubtful(actor: Actor, district: Feature, version: UUID, against: int | None = None) -> int:
    """How many rows of a version wait for a word on what they continue in an earlier one."""
    return pairs(actor, district, version, against=against).shows["doubt"]


def differing(pair: Pair, earlier: ItemView) -> tuple[tuple[str, str, str, bool], ...]:
    """``(field, before, now, differs)`` of the fields that say something in either row."""
    rows = []
    for name in pair.row.cells:
        before, now = shown(earlier, name) if name in earlier.cells else "", shown(pair.row, name)
        if before or now:
            rows.append((name, before, now, before != now))
    return tuple(rows)


def _earlier(draft: PlanVersion) -> list[PlanVersion]:
    """Earlier versions of the plan that were not put aside, the newest first."""
    rows = PlanVersion.objects.filter(plan=draft.plan_id, number__lt=draft.number)
    return list(rows.exclude(status=VersionStatus.DISCARDED).select_related("plan", "source").order_by("-number"))


def _pairs(draft: PlanVersion, former: PlanVersion) -> tuple[list[Pair], dict[str, tuple[ItemView, ...]]]:
    before, after = rows_of(former), rows_of(draft)
    words = _words(draft)
    left = {kind: tuple(r for thread, r in before.items() if r.kind == kind and thread not in after) for kind in KINDS}
    likely = _likely(left, [r for thread, r in after.items() if thread not in before])
    made = []
    for thread, row in after.items():
        earlier = before.get(thread)
        made.append(
            Pair(
                row=row,
                earlier=earlier,
                likeness=how_alike(_wording(earlier), _wording(row)) if earlier else None,
                likely=likely.get(row.uid, ()),
                words=words.get(row.uid, ()),
            )
        )
    return made, left


def _likely(left: dict[str, tuple[ItemView, ...]], alone: list[ItemView]) -> dict[UUID, tuple[Likely, ...]]:
    found = {}
    for kind, rows in left.items():
        new = [r for r in alone if r.kind == kind]
        near = candidates([_wording(r) for r in rows], [_wording(r) for r in new])
        for place, alike in near.items():
            found[new[place].uid] = tuple(Likely(rows[i], likeness) for i, likeness in alike)
    return found


def _words(draft: PlanVersion) -> dict[UUID, tuple[Word, ...]]:
    found: dict[UUID, list[Word]] = defaultdict(list)
    rows = Pairing.objects.filter(item__version=draft).select_related("by", "item").order_by("created_at", "pk")
    for p in rows.defer("item__cells"):
        who = p.by.name if p.by else ""
        word = Word(p.same, p.before != p.after, p.reason, who, p.created_at, p.undone_at is not None)
        found[p.item.uid].append(word)
    return {uid: tuple(words) for uid, words in found.items()}


def _passes(pair: Pair, show: str) -> bool:
    match show:
        case "doubt":
            return pair.is_doubtful
        case "apart":
            return pair.earlier is None
        case "settled":
            return pair.word is not None
        case _:
            return True


def _wording(row: ItemView) -> Wording:
    return Wording(row.no, row.text or row.title if row.kind == "task" else row.title)
