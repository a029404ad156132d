"""The reviewer's queue: which rows of a version still want a person's eye, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from uuid import UUID

from django.db.models import Count, Q

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Organisation

from ..models import Involvement, Item
from .rows import version_view
from .scope import version_row
from .views import FUNDING, ProjectView, VersionView, called

DOUBTFUL_BELOW = 0.8  # a reading less sure than this is put before the reviewer early
KINDS = ("indicator", "project", "task")
SHOWS = ("open", "doubt", "unreviewed", "all")


@dataclass(frozen=True)
class QueueRow:
    """One row waiting. ``sure`` is the confidence of its least sure cell that has a value (0–1)."""

    uid: UUID
    kind: str
    no: str
    title: str
    open_cells: int
    unmatched: int
    sure: float
    review: str

    @property
    def is_open(self) -> bool:
        return bool(self.open_cells or self.unmatched)

    @property
    def is_doubtful(self) -> bool:
        return self.review == "unreviewed" and (self.is_open or self.sure < DOUBTFUL_BELOW)


@dataclass(frozen=True)
class Queue:
    """``rows`` pass the filters, undetermined first; ``shows`` counts the rows of each filter, ``kinds`` of each kind."""

    version: VersionView
    show: str
    rows: tuple[QueueRow, ...]
    shows: dict[str, int]
    kinds: dict[str, int]
    reviewed: int
    total: int
    open_cells: int
    unmatched: tuple[tuple[str, int], ...]  # (printed name, rows it stands in)
    may_review: bool
    may_adopt: bool


def queue(actor: Actor, district: Feature, version: UUID, *, show: str = "", kind: str = "") -> Queue:
    """Rows of a version for review: those with undetermined cells first, then the least sure, then document order.

    Args:
        show: ``open`` (undetermined cells or unmatched organisations), ``doubt`` (those, and unreviewed rows read with
            little confidence), ``unreviewed`` or ``all``; without one, the first of these that is not empty.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    every = _rows(row.pk)
    shows = {s: sum(_passes(r, s) for r in every) for s in SHOWS}
    show = show or next((s for s in ("open", "doubt") if shows[s]), "all")
    of_show = [r for r in every if _passes(r, show)]
    chosen = [r for r in of_show if not kind or r.kind == kind]
    chosen.sort(key=lambda r: (not r.is_open, r.sure >= DOUBTFUL_BELOW, KINDS.index(r.kind)))
    names = Involvement.objects.filter(item__version=row, organisation=None)
    in_review = row.status == "review"
    return Queue(
        version=version_view(row),
        show=show,
        rows=tuple(chosen),
        shows=shows,
        kinds={k: sum(r.kind == k for r in of_show) for k in KINDS},
        reviewed=sum(r.review != "unreviewed" for r in every),
        total=len(every),
        open_cells=sum(r.open_cells for r in every),
        unmatched=tuple(
            names.values_list("printed").annotate(n=Count("item", distinct=True)).order_by("-n", "printed")
        ),
        may_review=in_review and actor.may(Act.REVIEW_PLAN, district_id=district.pk),
        may_adopt=in_review and actor.may(Act.ADOPT_PLAN, district_id=district.pk),
    )


def _rows(version_id: int) -> list[QueueRow]:
    """Two queries, in the document's order."""
    unmatched = Count("involvements", filter=Q(involvements__organisation=None))
    items = Item.objects.filter(version_id=version_id).annotate(unmatched=unmatched).order_by("kind", "order")
    return [
        QueueRow(
            uid=item.uid,
            kind=item.kind,
            no=item.no,
            title=called(item.kind, item.title, item.text),
            open_cells=item.open_cells,
            unmatched=item.unmatched,
            sure=min((c["confidence"] for c in item.cells.values() if c.get("how") != "absent"), default=1.0),
            review=item.review,
        )
        for item in items
    ]


def _passes(row: QueueRow, show: str) -> bool:
    match show:
        case "open":
            return row.is_open
        case "doubt":
            return row.is_doubtful
        case "unreviewed":
            return row.review == "unreviewed"
        case _:
            return True


@dataclass(frozen=True)
class FundingChoice:
    """One way to lay the printed amounts into the three funding columns, in their printed order."""

    code: str  # e.g. ``500||`` : amounts by column, empty where the column was blank
    upper_level: Decimal | None
    district_budget: Decimal | None
    private: Decimal | None


def funding_choices(row: ProjectView) -> tuple[FundingChoice, ...]:
    """All ways that keep the printed order and contradict no column already settled; none when nothing is open.

    Blank cells were lost when the text was copied, so n amounts may stand in any n of the three columns. Which of the
    ways is right is for a person who knows the project: nothing here ranks them.
    """
    if not any(row.cells[f].undetermined for f in FUNDING) or not 0 < len(row.funding_amounts) < len(FUNDING):
        return ()
    amounts = [Decimal(a) for a in row.funding_amounts]
    ways = []
    for columns in combinations(range(len(FUNDING)), len(amounts)):
        placed: list[Decimal | None] = [None] * len(FUNDING)
        for column, amount in zip(columns, amounts, strict=True):
            placed[column] = amount
        if all(row.cells[f].undetermined or row.cells[f].value == placed[i] for i, f in enumerate(FUNDING)):
            code = "|".join("" if a is None else format(a, "f") for a in placed)
            ways.append(FundingChoice(code, *placed))
    return tuple(ways)


@dataclass(frozen=True)
class OrganisationChoice:
    uid: UUID
    code: str
    name: str
    kind: str


def organisation_choices(actor: Actor, district: Feature) -> tuple[OrganisationChoice, ...]:
    """Organisations a printed name can be matched to, departments before towns."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    rows: Iterable[Organisation] = Organisation.objects.filter(district=district, active=True).order_by("kind", "name")
    groups: dict[str, list[OrganisationChoice]] = defaultdict(list)
    for o in rows:
        groups[o.kind].append(OrganisationChoice(o.uid, o.code, o.name, o.kind))
    return tuple(c for kind in ("department", "other", "enterprise", "town") for c in groups[kind])
