"""A block as a grid: fuels down, uses across, a unit for each row; last year's grid below it, locked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qihou.domains.inventory.methods.checks.finding import Key
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.domains.inventory.methods.workbook.layout import GridBlock, GridRow
from qihou.domains.inventory.methods.workbook.row_words import for_row
from qihou.domains.inventory.methods.workbook.style import (
    BARRED,
    BOLD,
    BOX,
    CENTRE,
    GREY,
    HEAD,
    INPUT,
    LOCKED,
    OPEN,
    PLAIN,
    RIGHT,
    SECTION,
    WRAP,
    formula,
    put_number,
    put_text,
)
from qihou.domains.inventory.methods.workbook.write_list import FIRST, NOTATIONS

_AFTER = (("blank", "空白格记号", 9), ("reason", "理由", 20), ("spread", "不确定度", 11), ("source", "数据来源", 18))


def write_grid(
    sheet: Worksheet,
    row: int,
    block: GridBlock,
    known: Mapping[Key, Filled],
    previous: Mapping[Key, Decimal],
    placed: list[tuple[str, str, str]],
) -> int:
    """Write from ``row`` on, add to ``placed`` each quantity's code, unit and cell; returns the next free row."""
    names = _column_names(block)
    put_text(sheet.cell(row, 1), "#grid")
    put_text(sheet.cell(row + 1, 1), "#skip")
    sheet.row_dimensions[row].hidden = True
    for place, (name, zh, width) in enumerate(names):
        put_text(sheet.cell(row, FIRST + place), name)
        _head(sheet, row + 1, FIRST + place, zh)
        letter = get_column_letter(FIRST + place)
        sheet.column_dimensions[letter].width = max(width, sheet.column_dimensions[letter].width)
    sheet.row_dimensions[row + 1].height = 54
    row += 2
    blank = DataValidation(type="list", formula1=f'"{NOTATIONS}"', allow_blank=True, showErrorMessage=True)
    sheet.add_data_validation(blank)
    for line in block.rows:
        _line(sheet, row, line, names, known, placed)
        blank.add(sheet.cell(row, _at(names, "blank")))
        row += 1
    if any((q.key, q.labels) in previous for q in block.quantities):
        row = _last_year(sheet, row + 1, block, previous)
    return row


def _column_names(block: GridBlock) -> list[tuple[str, str, int]]:
    found = [("name", "品种", 16), ("unit", "单位", 11)]
    found += [(f"cell:{code_of(column.key, column.by)}", column.zh, 10) for column in block.columns]
    if len({column.key for column in block.columns}) == 1:
        found.append(("sum", "合计（自动）", 11))
    return [*found, *_AFTER]


def _at(names: list[tuple[str, str, int]], wanted: str) -> int:
    return FIRST + next(place for place, (name, _, _) in enumerate(names) if name == wanted)


def _head(sheet: Worksheet, row: int, column: int, text: str) -> None:
    cell = sheet.cell(row, column)
    put_text(cell, text)
    cell.font, cell.fill, cell.border, cell.alignment = BOLD, HEAD, BOX, CENTRE


def _line(
    sheet: Worksheet,
    row: int,
    line: GridRow,
    names: list[tuple[str, str, int]],
    known: Mapping[Key, Filled],
    placed: list[tuple[str, str, str]],
) -> None:
    put_text(sheet.cell(row, 1), f"row:{code_of('', line.by)}")
    for at in range(FIRST, FIRST + len(names)):
        cell = sheet.cell(row, at)
        cell.border, cell.font, cell.alignment, cell.fill = BOX, PLAIN, WRAP, LOCKED
    put_text(sheet.cell(row, FIRST), line.zh)
    put_text(sheet.cell(row, FIRST + 1), line.unit)
    first = FIRST + 2
    here: list[tuple[str, Filled]] = []
    inputs: list[str] = []
    for place, quantity in enumerate(line.cells):
        cell = sheet.cell(row, first + place)
        if quantity is None:
            cell.fill = BARRED
            continue
        cell.fill, cell.protection, cell.alignment = INPUT, OPEN, RIGHT
        inputs.append(cell.coordinate)
        placed.append((code_of(quantity.key, quantity.labels), quantity.unit, cell.coordinate))
        filled = known.get((quantity.key, quantity.labels))
        if filled is None:
            continue
        here.append((names[2 + place][1], filled))
        if filled.value is not None:
            put_number(cell, filled.value)
        elif filled.notation:
            put_text(cell, filled.notation.value)
    sheet.add_data_validation(_cells_rule(inputs))
    last = first + len(line.cells) - 1
    if any(name == "sum" for name, _, _ in names):
        formula(sheet.cell(row, last + 1), f"=SUM({get_column_letter(first)}{row}:{get_column_letter(last)}{row})")
    for name, _, _ in _AFTER:
        cell = sheet.cell(row, _at(names, name))
        cell.fill, cell.protection = INPUT, OPEN
    for name, said in (
        ("reason", [(head, filled.reason) for head, filled in here if filled.notation]),
        ("spread", [(head, filled.spread) for head, filled in here if not filled.notation]),
        ("source", [(head, filled.note) for head, filled in here]),
    ):
        if said and (text := for_row(said)):
            put_text(sheet.cell(row, _at(names, name)), text)


def _cells_rule(cells: list[str]) -> DataValidation:
    first = cells[0]
    keys = ",".join(f'{first}="{key}"' for key in NOTATIONS.split(","))
    rule = DataValidation(
        type="custom", formula1=f"OR(ISNUMBER({first}),{keys})", allow_blank=True, showErrorMessage=True
    )
    rule.errorTitle, rule.error = "数值", "请填数字，或记号 NO、NE、NA、IE、C"
    for cell in cells:
        rule.add(cell)
    return rule


def _last_year(sheet: Worksheet, row: int, block: GridBlock, previous: Mapping[Key, Decimal]) -> int:
    put_text(sheet.cell(row, 1), "#skip")
    put_text(sheet.cell(row, FIRST), "上年数（参考，不用填）")
    sheet.cell(row, FIRST).font = SECTION
    for line in block.rows:
        row += 1
        put_text(sheet.cell(row, 1), "#skip")
        put_text(sheet.cell(row, FIRST), line.zh)
        put_text(sheet.cell(row, FIRST + 1), line.unit)
        for place, quantity in enumerate(line.cells):
            if quantity is not None and (quantity.key, quantity.labels) in previous:
                put_number(sheet.cell(row, FIRST + 2 + place), previous[quantity.key, quantity.labels])
        for at in range(FIRST, FIRST + 2 + len(line.cells)):
            cell = sheet.cell(row, at)
            cell.font, cell.border, cell.fill = GREY, BOX, LOCKED
    return row + 1
