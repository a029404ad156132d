"""The inventory data a district's folder brings: illustrative values, and what its plan states. Loaded once, never over what is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from qihou.domains.inventory.methods.district_files import Given, UnableToReadDistrictFile, read_folder
from qihou.domains.inventory.methods.scheme.parts import Nature
from qihou.domains.inventory.methods.taking_in import Wanted, resolve
from qihou.measure.periods import Period
from qihou.record.api import audit, many_entries
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Datastream, Entry, EntryStatus, Feature

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


def load_district_inventory(actor: Actor, district: Feature, folder: Path, *, work: bool = True) -> Loaded:
    """Bring in the values of ``<folder>/inventory/*.yaml``: only for quantities and years in which nothing stands yet.

    Sheets that are complete with them are approved, except those of the last year, which stay drafts so that somebody hands
    them in. Every value carries whether it is illustrative or from the plan.

    Args:
        work: also work the years for which something was loaded.

    Raises:
        NotPermitted
        UnableToReadDistrictFile: a file is not as it must be; the sentence names file and row.
    """
    require(actor, Act.OPEN_INVENTORY, district_id=district.pk)
    given = read_folder(folder / FOLDER)
    by_year: dict[int, list[Given]] = {}
    for row in given:
        by_year.setdefault(row.year, []).append(row)
    opened = entered = runs = 0
    with transaction.atomic():
        known = {row.year: row for row in Inventory.objects.select_related("district").filter(district=district)}
        changed = []
        for year in sorted(by_year):
            opened += year not in known
            inventory = known.get(year) or open_year(actor, district, year)
            if count := _load_year(actor, inventory, by_year[year], approve=year != max(by_year)):
                entered += count
                changed.append(year)
        if entered:
            audit.write(
                actor, "inventory.load", district=district, about=district,
                detail={"years": changed, "values": entered},
            )  # fmt: skip
        for year in changed if work else ():
            compute(actor, district, year)
            runs += 1
    return Loaded(opened, entered, runs)


def _load_year(actor: Actor, inventory: Inventory, given: Sequence[Given], *, approve: bool) -> int:
    district, year = inventory.district, inventory.year
    scheme = schemes.scheme_of(inventory)
    present = newest(district, year)
    missing = [row for row in given if row.filled.key not in present]
    if not missing:
        return 0
    marks = {row.filled.key: row for row in missing}
    wanted, problems = resolve(scheme, [row.filled for row in missing])
    if problems:
        raise UnableToReadDistrictFile(f"{year}: {sentence(problems[0])}")
    states = {state.sheet: state for state in inventory.sheets.select_related("organisation")}
    streams = streams_of(actor, district, states, [row.quantity for row in wanted])
    rows = [_entry(row, marks[row.key], streams[schemes.property_code(*row.key)], year) for row in wanted]
    written = many_entries.write_entries(actor, district, rows, about=inventory)
    _move(actor, inventory, states, approve=approve)
    return len(written.entries)


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


def _move(actor: Actor, inventory: Inventory, states: dict[str, SheetState], *, approve: bool) -> None:
    """Take the sheets that nobody has touched as far as they are complete."""
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
