"""What departments entered, as the calculation reads it: one value for each quantity and year, with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db.models import QuerySet

from qihou.domains.inventory.methods.reading import Entered, Entries
from qihou.figures.graph import Labels
from qihou.figures.leaf import Origin
from qihou.figures.missing import Flag, Notation
from qihou.measure.periods import Period, PeriodKind
from qihou.record.models import Basis, Entry, EntryStatus, Feature

from .schemes import PROCEDURE, property_code, quantity_of

Key = tuple[str, Labels, int]

# An approved correction counts at once, before it is published; what is still under way counts only where nothing was approved.
_RANK = {
    EntryStatus.RETURNED: 0,
    EntryStatus.DRAFT: 1,
    EntryStatus.SUBMITTED: 2,
    EntryStatus.APPROVED: 3,
    EntryStatus.PUBLISHED: 3,
}
_BASIS = {
    Basis.PLAN: Flag.FROM_PLAN,
    Basis.PLAN_DERIVED: Flag.FROM_PLAN | Flag.ESTIMATED,
    Basis.ESTIMATE: Flag.ESTIMATED,
}


def standing(district: Feature, years: Iterable[int] | None = None) -> dict[Key, Entry]:
    """The entry that counts for each quantity and year, in one query. All years where none are named."""
    rows = Entry.objects.filter(
        datastream__feature=district, datastream__procedure__code=PROCEDURE, period_kind=PeriodKind.YEAR.value
    )
    if years is not None:
        rows = rows.filter(period_start__in=[Period.year(year).start for year in years])
    found: dict[Key, Entry] = {}
    for entry in rows.select_related("datastream__property", "datastream__organisation", "source").order_by("pk"):
        key = (*quantity_of(entry.datastream.property.code), entry.period_start.year)
        if key not in found or _rank(entry) > _rank(found[key]):
            found[key] = entry
    return found


def newest(
    district: Feature, year: int, keys: Iterable[tuple[str, Labels]] | None = None
) -> dict[tuple[str, Labels], Entry]:
    """The last revision of each quantity of a year, whatever its status: what a department works on. ``keys``: only of these."""
    rows = _of_year(district, year)
    if keys is not None:
        rows = rows.filter(datastream__property__code__in=[property_code(*key) for key in keys])
    rows = rows.select_related("datastream__property", "datastream__organisation", "source", "entered_by")
    return {quantity_of(entry.datastream.property.code): entry for entry in rows.order_by("revision", "pk")}


@dataclass(frozen=True)
class Answered:
    """How the last revision of a quantity stands."""

    status: str
    illustrative: bool


def answers(district: Feature, year: int) -> dict[tuple[str, Labels], Answered]:
    """As :func:`newest`, by status alone: what the list of sheets counts."""
    rows = _of_year(district, year).order_by("revision", "pk")
    columns = rows.values_list("datastream__property__code", "status", "illustrative")
    return {quantity_of(code): Answered(status, illustrative) for code, status, illustrative in columns}


def entries_of(district: Feature, years: Iterable[int] | None = None) -> Entries:
    """What counts, as the calculation takes it."""
    found = standing(district, years).items()
    return {(quantity, labels, Period.year(year)): entered(entry) for (quantity, labels, year), entry in found}


def entered(entry: Entry) -> Entered:
    """One entry with its origin: the file, sheet and cell it was read from."""
    about = entry.datastream.property
    place = [entry.source.name] if entry.source else []
    origin = Origin(
        "entry",
        f"{entry.uid}@{entry.revision}",
        about.name,
        about.name_en,
        "!".join([*place, entry.source_place]) if entry.source_place else "".join(place),
    )
    flags = _BASIS.get(Basis(entry.basis), Flag.NONE) if entry.basis else Flag.NONE
    if entry.illustrative:
        flags |= Flag.ILLUSTRATIVE
    return Entered(
        None if entry.value is None else float(entry.value),
        entry.unit,
        origin,
        Notation(entry.notation) if entry.notation else None,
        entry.reason,
        entry.uncertainty,
        flags,
    )


@contextmanager
def watched(district: Feature, year: int) -> Iterator[set[Key]]:
    """After the block, the keys of that year for which another entry counts than before it."""
    changed: set[Key] = set()
    before = _standing_ids(district, year)
    yield changed
    after = _standing_ids(district, year)
    changed |= {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _of_year(district: Feature, year: int) -> QuerySet[Entry]:
    return Entry.objects.filter(
        datastream__feature=district,
        datastream__procedure__code=PROCEDURE,
        period_kind=PeriodKind.YEAR.value,
        period_start=Period.year(year).start,
    )


def _standing_ids(district: Feature, year: int) -> dict[Key, int]:
    """As :func:`standing`, by the numbers of the rows alone."""
    rows = _of_year(district, year).values_list("datastream__property__code", "status", "revision", "pk")
    best: dict[str, tuple[int, int, int]] = {}
    for code, status, revision, pk in rows:
        best[code] = max(best.get(code, (-1, -1, -1)), (_RANK[EntryStatus(status)], revision, pk))
    return {(*quantity_of(code), year): pk for code, (_, _, pk) in best.items()}


def _rank(entry: Entry) -> tuple[int, int]:
    return _RANK[EntryStatus(entry.status)], entry.revision
