"""The year's workbook: handed out with what is already known in it, and read when it comes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key, Severity
from qihou.domains.inventory.methods.checks.reported import bounds, jumps
from qihou.domains.inventory.methods.filing import Filing, entries_of
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.judging import Judged, Row
from qihou.domains.inventory.methods.workbook.numbers import typed_number
from qihou.domains.inventory.methods.workbook.pasted import read_pasted
from qihou.domains.inventory.methods.workbook.read import Expected, UnableToReadWorkbook, read_workbook
from qihou.domains.inventory.methods.workbook.write import Form, write_workbook
from qihou.figures.missing import Notation
from qihou.measure.periods import Period
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Entry, Feature

from ..models import Inventory
from . import schemes
from .errors import UnableToTakeIn
from .reading import newest
from .sheets import SheetPage, sheets_of
from .years import inventory_row, sheet_row

__all__ = ["HandedIn", "Typed", "UnableToReadWorkbook", "hand_out", "read_in", "read_pasted_in", "typed_in"]

TYPED = "网上填报"  # where a value typed on a page was read from


@dataclass(frozen=True)
class HandedIn:
    """What a file, a pasted block or a typed row holds: what may be taken, and what a person must look at."""

    filled: tuple[Filled, ...]
    findings: tuple[CheckFinding, ...]
    illustrative: bool = False
    sheets: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[CheckFinding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


@dataclass(frozen=True)
class Typed:
    """One row of a sheet's grid as it was typed; ``code`` is the quantity's name in the record."""

    code: str
    value: str = ""
    notation: str = ""
    reason: str = ""
    spread: str = ""
    note: str = ""


def hand_out(
    actor: Actor, district: Feature, year: int, *, sheets: frozenset[str] | None = None, filled: bool = True
) -> tuple[str, bytes]:
    """The workbook of a year as a file's name and its bytes: all sheets one may read, or those of ``sheets``.

    Args:
        filled: with what was already entered; without, only last year's values stand beside the empty cells.

    Raises:
        NotPermitted: one who neither reads all sheets nor fills one.
        UnableToFind: no such year.
    """
    inventory = inventory_row(district, year)
    may_read_all = actor.may(Act.READ_INVENTORY, district_id=district.pk)
    views = sheets_of(actor, district, year)
    allowed = {
        view.sheet.key for view in views if may_read_all or view.may_submit or _fills(actor, inventory, view.sheet.key)
    }
    if not allowed:
        require(actor, Act.READ_INVENTORY, district_id=district.pk)
    wanted = frozenset(allowed if sheets is None else allowed & sheets)
    scheme = schemes.scheme_of(inventory)
    present = newest(district, year) if filled else {}
    known = [_filled(key, entry) for key, entry in present.items() if _sheet_of(scheme, key) in wanted]
    form = Form(
        scheme,
        year,
        district.code,
        district.name,
        None if wanted == {sheet.key for sheet in scheme.sheets} else wanted,
        {view.sheet.key: view.organisation for view in views if view.organisation},
        any(entry.illustrative for key, entry in present.items() if _sheet_of(scheme, key) in wanted),
    )
    name = f"{district.name}{year}年温室气体清单填报表.xlsx"
    return name, write_workbook(form, known, previous_of(district, scheme, year))


def read_in(actor: Actor, district: Feature, year: int, name: str, content: bytes) -> HandedIn:
    """Read a workbook that came back. Nothing is written.

    Raises:
        NotPermitted, UnableToFind
        UnableToReadWorkbook: it is no workbook that was handed out here.
    """
    inventory = inventory_row(district, year)
    require_some_sheet(actor, inventory)
    scheme = schemes.scheme_of(inventory)
    previous = previous_of(district, scheme, year)
    read = read_workbook(content, name, scheme, expected=Expected(year, district.code), previous=previous)
    odd = odd_values(inventory, scheme, read.filled, previous)
    return HandedIn(read.filled, (*read.findings, *odd), read.header.illustrative, read.sheets)


def read_pasted_in(actor: Actor, district: Feature, year: int, sheet: str, text: str) -> HandedIn:
    """Read a block pasted from a spreadsheet onto one sheet.

    Raises:
        NotPermitted, UnableToFind
    """
    state = sheet_row(district, year, sheet)
    require(actor, Act.FILL_INVENTORY, district_id=district.pk, organisation_ids=[state.organisation_id or 0])
    scheme = schemes.scheme_of(state.inventory)
    previous = previous_of(district, scheme, year)
    read = read_pasted(text, scheme, sheet, previous=previous)
    return HandedIn(read.filled, (*read.findings, *odd_values(state.inventory, scheme, read.filled, previous)))


def typed_in(actor: Actor, district: Feature, year: int, sheet: str, rows: list[Typed]) -> HandedIn:
    """Read rows typed into a sheet's grid, by the same rules as a workbook's.

    Raises:
        NotPermitted
        UnableToFind: no such year or sheet.
        UnableToTakeIn: a row is none of the sheet's.
    """
    state = sheet_row(district, year, sheet)
    require(actor, Act.FILL_INVENTORY, district_id=district.pk, organisation_ids=[state.organisation_id or 0])
    scheme = schemes.scheme_of(state.inventory)
    asked = {schemes.property_code(q.key, q.labels): q for q in schemes.quantities_of(scheme, sheet)}
    previous = previous_of(district, scheme, year)
    title = schemes.sheet_of(scheme, sheet).zh
    judged = Judged()
    for typed in rows:
        quantity = asked.get(typed.code)
        if quantity is None:
            raise UnableToTakeIn([typed.code])
        value = typed_number(typed.value) if typed.value.strip() else None
        row = Row(
            quantity, title, quantity.zh, value, "", typed.notation.strip(), typed.reason.strip(), typed.spread.strip(),
            typed.note.strip(),
        )  # fmt: skip
        judged.take(row, previous)
    filled = tuple(replace(one, sheet=TYPED, cell="") for one in judged.filled)
    return HandedIn(filled, (*judged.findings, *odd_values(state.inventory, scheme, filled, previous)))


def odd_values(
    inventory: Inventory, scheme: Scheme, filled: tuple[Filled, ...], previous: dict[Key, Decimal]
) -> tuple[CheckFinding, ...]:
    """What lies outside plausible bounds, or far from last year's, among what was handed in."""
    known = tuple(one for one in filled if one.key in scheme.quantity)
    entries = entries_of([Filing("", inventory.year, known)], scheme)
    period = Period.year(inventory.year)
    return (*bounds(scheme, entries, period), *jumps(scheme, entries, period, previous))


def odd_in_sheet(inventory: Inventory, page: SheetPage) -> dict[str, tuple[CheckFinding, ...]]:
    """What is odd about the values of a sheet, by the code of the cell."""
    scheme = schemes.scheme_of(inventory)
    filled = tuple(
        Filled(cell.quantity.key, cell.quantity.labels, cell.value, cell.quantity.unit)
        for cell in page.cells
        if cell.value is not None
    )
    previous = {(c.quantity.key, c.quantity.labels): c.before for c in page.cells if c.before is not None}
    found: dict[str, tuple[CheckFinding, ...]] = {}
    for one in odd_values(inventory, scheme, filled, previous):
        for key in one.quantities:
            code = schemes.property_code(*key)
            found[code] = (*found.get(code, ()), one)
    return found


def previous_of(district: Feature, scheme: Scheme, year: int) -> dict[Key, Decimal]:
    """Last year's values, in the units in which the scheme asks for them."""
    return {
        key: entry.value
        for key, entry in newest(district, year - 1).items()
        if entry.value is not None and key in scheme.quantity and entry.unit == scheme.quantity[key].unit
    }


def require_some_sheet(actor: Actor, inventory: Inventory) -> None:
    """The bureau, or a department that fills at least one sheet of the year.

    Raises:
        NotPermitted
    """
    mine = actor.organisations(inventory.district_id, Act.FILL_INVENTORY)
    owners = inventory.sheets.filter(organisation__in=mine).values_list("organisation_id", flat=True)
    require(actor, Act.FILL_INVENTORY, district_id=inventory.district_id, organisation_ids=list(owners))


def _fills(actor: Actor, inventory: Inventory, sheet: str) -> bool:
    owner = inventory.sheets.filter(sheet=sheet).values_list("organisation_id", flat=True).first()
    return actor.may(Act.FILL_INVENTORY, district_id=inventory.district_id, organisation_ids=[owner] if owner else None)


def _sheet_of(scheme: Scheme, key: Key) -> str:
    quantity = scheme.quantity.get(key)
    return quantity.sheet if quantity else ""


def _filled(key: Key, entry: Entry) -> Filled:
    notation = Notation(entry.notation) if entry.notation else None
    return Filled(
        *key, entry.value, entry.unit, notation, entry.reason if notation else "", entry.uncertainty, note=entry.note
    )
