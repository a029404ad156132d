"""The inventory data a district's folder brings: illustrative values, and what its plan states. Loaded once, never over what is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from qihou.domains.inventory.methods.district_files import Given, UnableToReadDistrictFile, read_folder
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Nature, Options
from qihou.domains.inventory.methods.taking_in import Wanted, resolve
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period
from qihou.record.api import audit, many_entries, organisations
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Datastream, Entry, EntryStatus, Feature, Organisation

from ..models import Inventory, SheetState, SheetStatus
from . import schemes
from .computing import compute
from .entering import streams_of
from .problems import sentence
from .reading import newest
from .years import open_year

FOLDER = "inventory"


@dataclass(frozen=True)
class Loaded:
    """What was loaded: years opened, values entered, years worked."""

    years: int
    values: int
    runs: int


def load_district_inventory(
    actor: Actor, district: Feature, folder: Path, *, years: Collection[int] | None = None, work: bool = True
) -> Loaded:
    """Bring in the values of ``<folder>/inventory/*.yaml``: only for quantities and years in which nothing stands yet.

    A year is opened where the folder has something for each sheet that must be filled; other years are history, which
    methods that work through a series read. Sheets that are complete with them are approved, except those of the last year, which stay drafts so that somebody hands
    them in. Every value carries whether it is illustrative or from the plan.

    Args:
        years: only these; all by default.
        work: also work the years for which something was loaded.

    Raises:
        NotPermitted
        UnableToReadDistrictFile: a file is not as it must be; the sentence names file and row.
    """
    require(actor, Act.OPEN_INVENTORY, district_id=district.pk)
    by_year: dict[int, list[Given]] = {}
    for row in read_folder(folder / FOLDER):
        if years is None or row.year in years:
            by_year.setdefault(row.year, []).append(row)
    with transaction.atomic():
        known = {row.year: row for row in Inventory.objects.select_related("district").filter(district=district)}
        opened = {year for year, rows in by_year.items() if year not in known and _is_whole(rows)}
        for year in sorted(opened):
            known[year] = open_year(actor, district, year)
        entered = {year: _load_year(actor, district, year, known, by_year[year]) for year in sorted(by_year)}
        changed = [year for year, count in entered.items() if count]
        for year in changed:
            if year in known:
                _move(actor, known[year], approve=year != max(known))
        if changed:
            audit.write(
                actor, "inventory.load", district=district, about=district,
                detail={"years": changed, "values": sum(entered.values())},
            )  # fmt: skip
        worked = [year for year in changed if year in known] if work else []
        for year in worked:
            compute(actor, district, year)
    return Loaded(len(opened), sum(entered.values()), len(worked))


def load_part(actor: Actor, district: Feature, folder: Path) -> str:
    """The inventory's part in loading a district's folder; the line it is told by, empty where there was nothing new."""
    loaded = load_district_inventory(actor, district, folder)
    if not loaded.values:
        return ""
    return (
        f"{district.name} · 温室气体清单 greenhouse-gas inventory: {loaded.values} values, "
        f"{loaded.years} years opened, {loaded.runs} worked (示例数据 illustrative unless cited)"
    )


def _is_whole(rows: Sequence[Given]) -> bool:
    """Whether each sheet that must be filled has something."""
    scheme = schemes.scheme_for(Options(), GwpSet.AR5)
    there = {scheme.quantity[row.filled.key].sheet for row in rows if row.filled.key in scheme.quantity}
    return {quantity.sheet for quantity in scheme.quantities if quantity.nature is Nature.ACTIVITY} <= there


def _load_year(
    actor: Actor, district: Feature, year: int, known: Mapping[int, Inventory], given: Sequence[Given]
) -> int:
    inventory = known.get(year)
    scheme = schemes.scheme_of(inventory) if inventory else schemes.scheme_for(Options(), GwpSet.AR5)
    present = newest(district, year)
    missing = [row for row in given if row.filled.key not in present]
    if not missing:
        return 0
    marks = {row.filled.key: row for row in missing}
    wanted, problems = resolve(scheme, [row.filled for row in missing])
    if problems:
        raise UnableToReadDistrictFile(f"{year}: {sentence(problems[0])}")
    streams = streams_of(actor, district, _fillers(district, scheme, inventory), [row.quantity for row in wanted])
    rows = [_entry(row, marks[row.key], streams[schemes.property_code(*row.key)], year) for row in wanted]
    return len(many_entries.write_entries(actor, district, rows, about=inventory).entries)


def _fillers(district: Feature, scheme: Scheme, inventory: Inventory | None) -> dict[str, Organisation | None]:
    """Who fills each sheet: as the year says, or for history as the scheme does."""
    if inventory is not None:
        return {state.sheet: state.organisation for state in inventory.sheets.select_related("organisation")}
    find = organisations.matcher(district)
    return {sheet.key: find.match(sheet.department) for sheet in scheme.sheets}


def _entry(row: Wanted, mark: Given, stream: Datastream, year: int) -> many_entries.NewEntry:
    note = " ".join(part for part in (row.note, f"（{row.said}）" if row.said else "") if part)
    return many_entries.NewEntry(
        stream,
        Period.year(year),
        row.value,
        row.notation.value if row.notation else "",
        row.reason,
        row.place,
        mark.illustrative,
        row.spread,
        mark.basis,
        note,
    )


def _move(actor: Actor, inventory: Inventory, *, approve: bool) -> None:
    """Take the sheets that nobody has touched as far as they are complete."""
    states = {state.sheet: state for state in inventory.sheets.all()}
    scheme, present = schemes.scheme_of(inventory), newest(inventory.district, inventory.year)
    ready: list[Entry] = []
    moved: list[SheetState] = []
    for key, state in states.items():
        if state.status != SheetStatus.WAITING:
            continue
        asked = schemes.quantities_of(scheme, key)
        there = [present[q.key, q.labels] for q in asked if (q.key, q.labels) in present]
        whole = all((q.key, q.labels) in present for q in asked if q.nature is Nature.ACTIVITY)
        if not there:
            continue
        moved.append(state)
        state.status = SheetStatus.APPROVED if whole and approve else SheetStatus.DRAFT
        if state.status == SheetStatus.APPROVED:
            ready += [entry for entry in there if entry.status == EntryStatus.DRAFT]
    if ready:
        many_entries.submit_entries(actor, ready)
        many_entries.approve_entries(actor, ready)
    SheetState.objects.bulk_update(moved, ["status"])
