"""What stands where in the year's workbook: for each sheet its blocks, and in a block a list of rows or a grid."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Quantity, Sheet
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.facts.vocabulary import UnableToName, label_name
from qihou.figures.graph import Labels

FORMAT_VERSION = "1"
MACHINE_SHEET = "_气候机读"
COVER = "填报说明"
# A grid pays when most of it is filled; below that, a list is shorter to read and to print.
_LEAST_ROWS, _LEAST_COLUMNS, _LEAST_FILLED = 3, 3, 0.3


@dataclass(frozen=True)
class ListBlock:
    """Quantities one below the other. ``subtotal``: they are parts of one sum in one unit."""

    title_zh: str
    title_en: str
    rows: tuple[Quantity, ...]

    @property
    def subtotal(self) -> bool:
        first = self.rows[0]
        same = all((q.key, q.unit, q.parts) == (first.key, first.unit, True) for q in self.rows)
        return same and len(self.rows) > 1

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return self.rows


@dataclass(frozen=True)
class GridRow:
    """``cells``: one for each column of the grid; None where the district is asked nothing."""

    by: Labels
    zh: str
    en: str
    unit: str
    cells: tuple[Quantity | None, ...]


@dataclass(frozen=True)
class GridColumn:
    """What all cells of a column share: the quantity's key and the labels that are not the row's."""

    key: str
    by: Labels
    zh: str
    en: str


@dataclass(frozen=True)
class GridBlock:
    """Rows of one label (fuels) against columns of another (uses), each row in one unit."""

    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(cell for row in self.rows for cell in row.cells if cell is not None)


Block = ListBlock | GridBlock


@dataclass(frozen=True)
class SheetLayout:
    """``title``: as printed on the tab, at most 31 characters and none that a spreadsheet forbids."""

    sheet: Sheet
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Layout:
    """All sheets, in the order of the scheme."""

    sheets: tuple[SheetLayout, ...]

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(q for sheet in self.sheets for block in sheet.blocks for q in block.quantities)

    @cached_property
    def checksum(self) -> str:
        """Of all machine names with their units: another checksum is another form."""
        return checksum((code_of(q.key, q.labels), q.unit) for q in self.quantities)


def checksum(cells: Iterable[tuple[str, str]]) -> str:
    """The order of the cells does not matter."""
    lines = sorted(f"{code}\t{unit}" for code, unit in cells)
    return sha256("\n".join([FORMAT_VERSION, *lines]).encode()).hexdigest()[:16]


def layout(scheme: Scheme, sheets: Collection[str] | None = None) -> Layout:
    """The form for a scheme; ``sheets``: only these, by key (a department's own workbook)."""
    found: list[SheetLayout] = []
    taken = {COVER.casefold(), MACHINE_SHEET.casefold()}
    for sheet in scheme.sheets:
        mine = [q for q in scheme.quantities if q.sheet == sheet.key]
        if mine and (sheets is None or sheet.key in sheets):
            found.append(SheetLayout(sheet, _title(sheet.zh, taken), tuple(_blocks(mine))))
    return Layout(tuple(found))


def _title(name: str, taken: set[str]) -> str:
    plain = re.sub(r"[\\/*?:\[\]']", " ", name).strip()[:31] or "表"
    title, number = plain, 2
    while title.casefold() in taken:
        title = f"{plain[:28]} {number}"
        number += 1
    taken.add(title.casefold())
    return title


def _blocks(quantities: Sequence[Quantity]) -> Iterable[Block]:
    sections: dict[str, list[Quantity]] = {}
    for quantity in quantities:
        sections.setdefault(quantity.section_zh or quantity.zh, []).append(quantity)
    if all(not q.section_zh for q in quantities):
        sections = {"": list(quantities)}
    waiting: list[list[Quantity]] = []
    rows_by: str | None = None
    for section in sections.values():
        by = _row_label(section)
        if waiting and (by is None or by != rows_by):
            yield from _grid_or_lists(waiting, rows_by)
            waiting = []
        rows_by = by
        waiting.append(section)
    yield from _grid_or_lists(waiting, rows_by)


def _row_label(section: Sequence[Quantity]) -> str | None:
    """The one label by which the quantities of a section differ; None where they differ by more."""
    names = {name for q in section for name, _ in q.labels}
    if not section[0].section_zh or len({q.key for q in section}) != 1:
        return None
    varying = [name for name in names if len({dict(q.labels).get(name) for q in section}) > 1]
    if len(section) == 1:
        # A section of one row fits any neighbour that has its label; fuels are what lists of one usually are.
        return "fuel" if "fuel" in names else None
    return varying[0] if len(varying) == 1 else None


def _grid_or_lists(sections: Sequence[Sequence[Quantity]], by: str | None) -> Iterable[Block]:
    grid = _grid(sections, by) if by else None
    if grid:
        yield grid
    else:
        for rows in sections:
            yield ListBlock(rows[0].section_zh, rows[0].section_en, tuple(rows))


def _grid(sections: Sequence[Sequence[Quantity]], by: str) -> GridBlock | None:
    codes = list(dict.fromkeys(dict(q.labels)[by] for section in sections for q in section))
    cells = sum(len(section) for section in sections)
    if len(codes) < _LEAST_ROWS or len(sections) < _LEAST_COLUMNS or cells < _LEAST_FILLED * len(codes) * len(sections):
        return None
    columns = tuple(
        GridColumn(s[0].key, tuple(p for p in s[0].labels if p[0] != by), s[0].section_zh, s[0].section_en)
        for s in sections
    )
    rows = []
    for code in codes:
        line = tuple(next((q for q in section if dict(q.labels)[by] == code), None) for section in sections)
        there = [q for q in line if q is not None]
        if len({q.unit for q in there}) != 1:
            return None
        rows.append(GridRow(((by, code),), *_row_name(by, code), there[0].unit, line))
    return GridBlock(columns, tuple(rows))


def _row_name(kind: str, code: str) -> tuple[str, str]:
    try:
        return label_name(kind, code, "zh"), label_name(kind, code, "en")
    except UnableToName:
        return code, code
