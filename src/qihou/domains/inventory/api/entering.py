"""Taking in what departments fill: first shown, then written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from qihou.domains.inventory.methods.reading import Entered, InventoryLeaves
from qihou.domains.inventory.methods.results import Line, Worked
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Quantity
from qihou.domains.inventory.methods.taking_in import Problem, Wanted, resolve
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.figures.graph import Labels
from qihou.figures.leaf import Origin
from qihou.measure.periods import Period
from qihou.record.api import audit, many_entries
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Datastream, Entry, EntryStatus, Feature, Organisation, Source

from ..models import Inventory, SheetState, SheetStatus
from . import schemes
from .errors import UnableToFind, UnableToTakeIn
from .horizon import periods_of, years_read
from .problems import sentence
from .reading import entries_of, newest, watched
from .staleness import mark_stale
from .years import inventory_row, sheet_owners

_CLOSED = (SheetStatus.SUBMITTED, SheetStatus.APPROVED)


@dataclass(frozen=True)
class Changed:
    """One quantity that would become another: old and new as written, in its own unit; ``said`` as it was handed in."""

    quantity: Quantity
    old: str
    new: str
    place: str
    said: str
    old_is_illustrative: bool

    @property
    def is_new(self) -> bool:
        return not self.old


@dataclass(frozen=True)
class Preview:
    """What a hand-in would do. Nothing is written; ``problems`` must be empty before it can be."""

    changed: tuple[Changed, ...]
    unchanged: int
    problems: tuple[str, ...]
    before: dict[tuple[str, str], Line]
    after: dict[tuple[str, str], Line]


@dataclass(frozen=True)
class Committed:
    """What was written: new drafts, rows that already stood so, and the sheets that are now being filled."""

    written: int
    unchanged: int
    sheets: tuple[str, ...]


def preview(actor: Actor, district: Feature, year: int, changes: Iterable[Filled], *, totals: bool = True) -> Preview:
    """What would change, with the figures before and after: a department sees those of the categories it reports for.

    Args:
        totals: work the inventory before and after; without, ``before`` and ``after`` are empty.

    Raises:
        NotPermitted: one who fills no sheet of the year.
        UnableToFind
    """
    _may_fill_something(actor, district, year)
    inventory = inventory_row(district, year)
    scheme = schemes.scheme_of(inventory)
    wanted, problems, unchanged, old = _compare(actor, inventory, scheme, changes)
    before: dict[tuple[str, str], Line] = {}
    after: dict[tuple[str, str], Line] = {}
    if totals:
        shown = _shown(actor, inventory, scheme)
        one, other = _worked_twice(district, inventory, scheme, wanted)
        before, after = (
            {key: line for key, line in work.lines.items() if shown is None or key[0] in shown} for work in (one, other)
        )
    return Preview(
        tuple(_changed(row, old.get(row.key)) for row in wanted),
        unchanged,
        tuple(sentence(problem) for problem in problems),
        before,
        after,
    )


def commit(
    actor: Actor,
    district: Feature,
    year: int,
    changes: Iterable[Filled],
    *,
    source: UUID | None = None,
    illustrative: bool = False,
    basis: str = "",
) -> Committed:
    """Write what changed as drafts, all or nothing; what already stands so is left alone, so that a second time does nothing.

    Args:
        source: the file it was read from, received beforehand (``record.api.sources.receive`` with purpose ``workbook``).
        illustrative, basis: as for entries; they are said of every row.

    Raises:
        NotPermitted: one who fills no sheet of the year.
        UnableToFind: no such year or source.
        UnableToTakeIn: cell by cell, what does not fit, or is another's to fill.
    """
    _may_fill_something(actor, district, year)
    with transaction.atomic():
        inventory = inventory_row(district, year, lock=True)
        scheme = schemes.scheme_of(inventory)
        file = Source.objects.filter(district=district, uid=source).first() if source else None
        if source and file is None:
            raise UnableToFind(str(source))
        wanted, problems, unchanged, _old = _compare(actor, inventory, scheme, changes)
        if problems:
            raise UnableToTakeIn([sentence(problem) for problem in problems])
        if not wanted:
            return Committed(0, unchanged, ())
        states = {state.sheet: state for state in inventory.sheets.select_related("organisation")}
        fillers = {key: state.organisation for key, state in states.items()}
        streams = streams_of(actor, district, fillers, [row.quantity for row in wanted])
        rows = [
            many_entries.NewEntry(
                streams[schemes.property_code(*row.key)],
                Period.year(year),
                row.value,
                row.notation.value if row.notation else "",
                row.reason,
                row.place,
                illustrative,
                row.spread,
                basis,
                " ".join(part for part in (row.note, f"（{row.said}）" if row.said else "") if part),
            )
            for row in wanted
        ]
        owners = {
            streams[schemes.property_code(*row.key)].pk: states[row.quantity.sheet].organisation_id for row in wanted
        }
        with watched(district, year) as counted_otherwise:
            written = many_entries.write_entries(actor, district, rows, source=file, owners=owners, about=inventory)
        touched = sorted({row.quantity.sheet for row in wanted})
        for key in touched:
            states[key].status = SheetStatus.DRAFT
        SheetState.objects.bulk_update([states[key] for key in touched], ["status"])
        mark_stale(district, year, counted_otherwise)
        audit.write(
            actor, "inventory.commit", district=district, about=inventory,
            detail={"year": year, "written": len(written.entries), "unchanged": unchanged, "sheets": touched},
        )  # fmt: skip
    return Committed(len(written.entries), unchanged + written.unchanged, tuple(touched))


def streams_of(
    actor: Actor, district: Feature, fillers: Mapping[str, Organisation | None], quantities: Sequence[Quantity]
) -> dict[str, Datastream]:
    """The series of the quantities, by property code; new ones belong to the organisation that fills their sheet."""
    return many_entries.datastreams_for(
        actor,
        district,
        district,
        schemes.PROCEDURE,
        "year",
        [
            many_entries.Series(
                schemes.property_code(quantity.key, quantity.labels),
                quantity.zh,
                quantity.unit,
                quantity.en,
                fillers[quantity.sheet],
            )
            for quantity in quantities
        ],
        procedure_name=schemes.PROCEDURE_NAME,
    )


def _may_fill_something(actor: Actor, district: Feature, year: int) -> None:
    """The bureau, or a department that fills at least one sheet of the year."""
    mine = actor.organisations(district.pk, Act.FILL_INVENTORY)
    filled = SheetState.objects.filter(inventory__district=district, inventory__year=year, organisation__in=mine)
    require(
        actor,
        Act.FILL_INVENTORY,
        district_id=district.pk,
        organisation_ids=list(filled.values_list("organisation_id", flat=True)),
    )


def _compare(
    actor: Actor, inventory: Inventory, scheme: Scheme, changes: Iterable[Filled]
) -> tuple[list[Wanted], list[Problem], int, dict[tuple[str, Labels], Entry]]:
    """What differs from the newest revisions, and what stands in the way; equal rows are nobody's trespass."""
    wanted, problems = resolve(scheme, changes)
    present = newest(inventory.district, inventory.year)
    states = {state.sheet: state for state in inventory.sheets.select_related("organisation")}
    bureau = actor.may(Act.DECIDE_INVENTORY, district_id=inventory.district_id)
    differing, unchanged = [], 0
    for row in wanted:
        if _stands(row, present.get(row.key)):
            unchanged += 1
            continue
        state = states.get(row.quantity.sheet)
        if problem := _trespass(actor, inventory, scheme, row, state, bureau):
            problems.append(problem)
        else:
            differing.append(row)
    return differing, problems, unchanged, present


def _trespass(
    actor: Actor, inventory: Inventory, scheme: Scheme, row: Wanted, state: SheetState | None, bureau: bool
) -> Problem | None:
    sheet, _, cell = row.place.partition("!")
    about = (("name", row.quantity.zh), ("sheet", schemes.sheet_of(scheme, row.quantity.sheet).zh))
    owner = state.organisation if state else None
    may = actor.may(
        Act.FILL_INVENTORY, district_id=inventory.district_id, organisation_ids=[owner.pk] if owner else None
    )
    if state is None or not may:
        return Problem("other_sheet", sheet, cell, (*about, ("whose", owner.name if owner else "—")))
    if state.status in _CLOSED and not bureau:
        return Problem("closed", sheet, cell, about)
    return None


def _shown(actor: Actor, inventory: Inventory, scheme: Scheme) -> set[str] | None:
    """The categories of one's own sheets; None for those who may read all."""
    if actor.may(Act.READ_INVENTORY, district_id=inventory.district_id):
        return None
    mine = actor.organisations(inventory.district_id, Act.FILL_INVENTORY)
    sheets = {key for key, owner in sheet_owners(inventory).items() if owner in mine}
    return {code for quantity in scheme.quantities if quantity.sheet in sheets for code in quantity.categories}


def _stands(row: Wanted, last: Entry | None) -> bool:
    if last is None or last.status == EntryStatus.RETURNED:
        return False
    notation = row.notation.value if row.notation else ""
    spread = last.uncertainty == row.spread or not row.spread
    return (row.value, notation, row.reason) == (last.value, last.notation, last.reason) and spread


def _changed(row: Wanted, last: Entry | None) -> Changed:
    old = "" if last is None else _written(last.value, last.notation, last.reason, last.uncertainty)
    new = _written(row.value, row.notation.value if row.notation else "", row.reason, row.spread)
    return Changed(row.quantity, old, new, row.place, row.said, bool(last and last.illustrative))


def _written(value: Decimal | None, notation: str, reason: str, spread: str) -> str:
    if value is None:
        return f"{notation}（{reason}）"
    return f"{value:f} {spread}".strip()


def _worked_twice(
    district: Feature, inventory: Inventory, scheme: Scheme, wanted: Sequence[Wanted]
) -> tuple[Worked, Worked]:
    periods = periods_of(district, scheme, inventory.year)
    present = dict(entries_of(district, years_read(scheme, periods)))
    now = Period.year(inventory.year)
    region = schemes.region_of(district)
    before = Worked(scheme, InventoryLeaves(scheme, present, region=region), periods)
    for row in wanted:
        origin = Origin("entry", f"preview:{row.place}", row.quantity.zh, row.quantity.en, row.place)
        present[(*row.key, now)] = Entered(
            None if row.value is None else float(row.value),
            row.quantity.unit,
            origin,
            row.notation,
            row.reason,
            row.spread,
        )
    return before, Worked(scheme, InventoryLeaves(scheme, present, region=region), periods)
