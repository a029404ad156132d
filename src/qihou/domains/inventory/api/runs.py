"""Runs that stand in the record: finding them, opening one on what it stood on, and whether that still holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods import freezing
from qihou.domains.inventory.methods.freezing import Change, Reading
from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.results import Line, Worked
from qihou.figures.missing import Flag, State
from qihou.measure.periods import Period
from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, FigureRecord, Run, RunStatus

from .computing import methods_of
from .errors import UnableToFind
from .held import HeldRun, held, while_unchanged
from .held import scheme_of_run as scheme_of_run
from .horizon import years_read
from .reading import entries_of
from .staleness import KIND, mark


@dataclass(frozen=True)
class Opened:
    """A run worked again on its frozen reading. ``told``: where the program of today gives it otherwise than then."""

    worked: Worked
    told: tuple[str, ...]


def runs(actor: Actor, district: Feature, year: int | None = None) -> list[Run]:
    """The runs one may see, newest first: all for the bureau and the auditor, published ones for other officers."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    rows = _readable(actor, district)
    if year is not None:
        rows = rows.filter(period_start=Period.year(year).start)
    return list(rows.order_by("-period_start", "-number"))


def the_run(actor: Actor, district: Feature, run: UUID | str) -> Run:
    """One run.

    Raises:
        NotPermitted, UnableToFind
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    try:
        return _readable(actor, district).get(uid=run)
    except (Run.DoesNotExist, ValidationError, ValueError) as trouble:
        raise UnableToFind(_("没有这一次计算。")) from trouble


def newest_run(actor: Actor, district: Feature, year: int) -> Run | None:
    """The newest run of a year that one may see; None where there is none."""
    found = runs(actor, district, year)
    return found[0] if found else None


def open_frozen(actor: Actor, district: Feature, run: UUID | str) -> Opened:
    """Work a run again on the reading it stood on, to open its figures.

    Intervals by draws are not drawn again: they stand in the stored figures. What a newer version of a method changes is told.

    Raises:
        NotPermitted, UnableToFind
    """
    row = the_run(actor, district, run)
    kept = held(row)
    return Opened(kept.worked, tuple(_told(row, kept)))


def stale(actor: Actor, district: Feature, run: UUID | str) -> list[Change]:
    """What a run stands on that is otherwise now: values entered or corrected since, and facts.

    Raises:
        NotPermitted, UnableToFind
    """
    row = the_run(actor, district, run)
    return changes_since(row)


def changes_since(row: Run) -> list[Change]:
    """The frozen reading held against the present one, for acts that have asked for permission.

    Acts, in their transactions, look at what is stored; pages take what was found since the last change in the district.
    """
    if connection.in_atomic_block:
        return _changes(row, freezing.thaw(row.leaves))
    return list(while_unchanged(row.subject, ("changes", row.uid, row.digest), lambda: _changes(row, reading_of(row))))


def _changes(row: Run, before: Reading) -> list[Change]:
    scheme = scheme_of_run(row)
    periods = tuple(Period.parse(code) for code in row.settings["periods"])
    entries = entries_of(row.subject, years_read(scheme, periods))
    present = InventoryLeaves(scheme, entries, region=row.settings["region"])
    return freezing.changes(before, freezing.read_again(before, present))


def look_again(actor: Actor, district: Feature) -> int:
    """Hold every year's newest runs against what stands now, facts included, and mark those that differ; gives how many were marked.

    Hand-ins and decisions mark the runs they touch by themselves; this finds what came with a new version of the facts.

    Raises:
        NotPermitted
    """
    require(actor, Act.COMPUTE_INVENTORY, district_id=district.pk)
    with transaction.atomic():
        rows = Run.objects.select_related("subject__parent").filter(district=district, kind=KIND, stale_at__isnull=True)
        found = {row: len(changes_since(row)) for row in rows.exclude(status=RunStatus.SUPERSEDED)}
        for row, count in found.items():
            if count:
                mark([row], _("有 {count} 个数据或因子在计算之后变了。").format(count=count))
                audit.write(actor, "inventory.mark_stale", district=district, about=row, detail={"changes": count})
    return sum(count > 0 for count in found.values())


def reading_of(row: Run) -> Reading:
    """What the run read."""
    return held(row).reading


def lines_of(row: Run) -> Mapping[tuple[str, str], Line]:
    """The figures of a run as they were stored, in the order of the scheme."""
    return held(row).lines


def line_of(figure: FigureRecord) -> Line:
    """A stored figure as the calculation gave it."""
    return Line(
        figure.key,
        figure.labels.get("gas", ""),
        figure.value,
        figure.known if figure.known is not None else 0.0,
        figure.unit,
        figure.half_percent,
        figure.low,
        figure.high,
        State(figure.state),
        Flag(figure.flags),
        figure.figure_id,
    )


def _readable(actor: Actor, district: Feature) -> QuerySet[Run]:
    rows = Run.objects.defer("leaves").select_related("subject__parent", "made_by").filter(district=district, kind=KIND)
    if actor.may(Act.READ_INVENTORY, district_id=district.pk):
        return rows
    return rows.filter(status=RunStatus.PUBLISHED)


def _told(row: Run, kept: HeldRun) -> list[str]:
    then, now = row.settings["methods"], methods_of(kept.scheme)
    told = [
        _("方法 {key} 当时是第 {then} 版，现在是第 {now} 版。").format(key=key, then=then[key], now=now[key])
        for key in sorted(then.keys() & now.keys())
        if then[key] != now[key]
    ]
    if gone := sorted(then.keys() - now.keys()):
        told.append(_("当时的方法现在不再使用：{keys}。").format(keys="、".join(gone)))
    if new := sorted(now.keys() - then.keys()):
        told.append(_("当时还没有的方法：{keys}。").format(keys="、".join(new)))
    if kept.otherwise:
        told.append(_("按现在的程序重算，有 {count} 个数与当时不同；以当时存下的为准。").format(count=kept.otherwise))
    return told
