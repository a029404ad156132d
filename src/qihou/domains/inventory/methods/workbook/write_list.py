"""A block of rows, one quantity each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from qihou.domains.inventory.methods.checks.finding import Key
from qihou.domains.inventory.methods.scheme.parts import Nature, Quantity
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.domains.inventory.methods.workbook.layout import ListBlock
from qihou.domains.inventory.methods.workbook.style import (
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
    WRONG,
    formula,
    put_number,
    put_text,
)
from qihou.figures.missing import Notation

# Machine name of a column, its heading, its width; in this order from column B.
COLUMNS = (
    ("name", "指标", 32),
    ("unit", "单位", 13),
    ("value", "数值", 16),
    ("hint", "折算（提示）", 16),
    ("notation", "记号", 8),
    ("reason", "理由", 22),
    ("spread", "不确定度", 12),
    ("source", "数据来源", 24),
    ("previous", "上年数（参考）", 15),
    ("remark", "说明", 26),
)
FIRST = 2
_AT = {name: FIRST + place for place, (name, _, _) in enumerate(COLUMNS)}
_INPUTS = ("value", "notation", "reason", "spread", "source")
NOTATIONS = ",".join(Notation)
_LINE = 14
_TEN_THOUSAND, _HUNDRED_MILLION = ("万", "1e4"), ("亿", "1e8")


def write_list(
    sheet: Worksheet,
    row: int,
    block: ListBlock,
    known: Mapping[Key, Filled],
    previous: Mapping[Key, Decimal],
    placed: list[tuple[str, str, str]],
) -> int:
    """Write from ``row`` on, add to ``placed`` each quantity's code, unit and input cell; returns the next free row."""
    if block.title_zh:
        put_text(sheet.cell(row, 1), "#skip")
        put_text(sheet.cell(row, FIRST), block.title_zh)
        sheet.cell(row, FIRST).font = SECTION
        row += 1
    row = _heads(sheet, row)
    first = row
    notation = DataValidation(type="list", formula1=f'"{NOTATIONS}"', allow_blank=True, showErrorMessage=True)
    notation.error, notation.errorTitle = "请从列表中选择：NO、NE、NA、IE、C", "记号"
    sheet.add_data_validation(notation)
    for quantity in block.rows:
        key = (quantity.key, quantity.labels)
        _row(sheet, row, quantity, known.get(key), previous.get(key))
        notation.add(sheet.cell(row, _AT["notation"]))
        placed.append((code_of(*key), quantity.unit, sheet.cell(row, _AT["value"]).coordinate))
        row += 1
    if block.subtotal:
        _subtotal(sheet, row, first)
        row += 1
    letter = {name: get_column_letter(at) for name, at in _AT.items()}
    rule = FormulaRule(formula=[f'AND(${letter["notation"]}{first}<>"",${letter["reason"]}{first}="")'], fill=WRONG)
    sheet.conditional_formatting.add(f"{letter['reason']}{first}:{letter['reason']}{row - 1}", rule)
    return row


def _heads(sheet: Worksheet, row: int) -> int:
    """The hidden line of machine names and the printed heads."""
    put_text(sheet.cell(row, 1), "#list")
    put_text(sheet.cell(row + 1, 1), "#skip")
    sheet.row_dimensions[row].hidden = True
    for place, (name, zh, width) in enumerate(COLUMNS):
        put_text(sheet.cell(row, FIRST + place), name)
        cell = sheet.cell(row + 1, FIRST + place)
        put_text(cell, zh)
        cell.font, cell.fill, cell.border, cell.alignment = BOLD, HEAD, BOX, CENTRE
        letter = get_column_letter(FIRST + place)
        sheet.column_dimensions[letter].width = max(width, sheet.column_dimensions[letter].width)
    return row + 2


def _row(sheet: Worksheet, row: int, quantity: Quantity, filled: Filled | None, previous: Decimal | None) -> None:
    put_text(sheet.cell(row, 1), code_of(quantity.key, quantity.labels))
    for name, at in _AT.items():
        cell = sheet.cell(row, at)
        cell.border, cell.font, cell.alignment = BOX, PLAIN, WRAP
        cell.fill = INPUT if name in _INPUTS else LOCKED
        if name in _INPUTS:
            cell.protection = OPEN
    put_text(sheet.cell(row, _AT["name"]), quantity.zh)
    put_text(sheet.cell(row, _AT["unit"]), quantity.unit)
    value = sheet.cell(row, _AT["value"])
    value.alignment = RIGHT
    _hint(sheet, row, quantity.unit)
    remark = "有实测值才填，否则留空" if quantity.nature is Nature.PARAMETER else ""
    remark = "；".join(part for part in (quantity.note_zh, remark) if part)
    put_text(sheet.cell(row, _AT["remark"]), remark)
    # Two narrow characters to a wide one; a spreadsheet does not grow a row it did not write itself.
    width = next(width for name, _, width in COLUMNS if name == "remark") // 2
    sheet.row_dimensions[row].height = _LINE * max(1, -(-len(remark) // width))
    if previous is not None:
        put_number(sheet.cell(row, _AT["previous"]), previous)
        sheet.cell(row, _AT["previous"]).font = GREY
    if filled is not None:
        put_filled(sheet, row, filled)
    sheet.add_data_validation(bounds(quantity, value.coordinate))


def put_filled(sheet: Worksheet, row: int, filled: Filled) -> None:
    """What is known, into the input cells of a row."""
    if filled.value is not None:
        put_number(sheet.cell(row, _AT["value"]), filled.value)
    texts = {"reason": filled.reason, "spread": filled.spread, "source": filled.note}
    texts["notation"] = filled.notation.value if filled.notation else ""
    for name, text in texts.items():
        if text:
            put_text(sheet.cell(row, _AT[name]), text)


def bounds(quantity: Quantity, cells: str) -> DataValidation:
    """Numbers only; what cannot be negative is stopped, what is implausible is asked about."""
    low = quantity.low if quantity.low is not None else -1e15
    high = quantity.high if quantity.high is not None else 1e15
    hard = quantity.low == 0 and quantity.high is None
    rule = DataValidation(
        type="decimal", operator="between", formula1=f"{low:.15g}", formula2=f"{high:.15g}",
        allow_blank=True, showErrorMessage=True, errorStyle="stop" if hard else "warning",
    )  # fmt: skip
    rule.errorTitle = quantity.zh[:30]
    usual = f"，通常在 {low:g} 与 {high:g} 之间" if quantity.high is not None and quantity.low is not None else ""
    rule.error = f"请填数字（{quantity.unit}）{usual}"[:220]
    rule.add(cells)
    return rule


def _hint(sheet: Worksheet, row: int, unit: str) -> None:
    """The same amount with another power of ten: a slip between 吨 and 万吨 shows at once."""
    value = f"{get_column_letter(_AT['value'])}{row}"
    times, shown = converted(unit)
    if shown:
        text = f'=IF(ISNUMBER({value}),TEXT({value}*{times},"#,##0.####")&" {shown}","")'
        formula(sheet.cell(row, _AT["hint"]), text)
        sheet.cell(row, _AT["hint"]).font = GREY


def converted(unit: str) -> tuple[str, str]:
    """By what to multiply for the hint, and its unit; an empty unit where there is no hint.

    >>> converted("万吨")
    ('10000', '吨')
    """
    for starts, times, back in (
        (_TEN_THOUSAND, "10000", ""),
        (_HUNDRED_MILLION, "100000000", ""),
    ):
        for start in starts:
            if unit.startswith(start) and len(unit) > len(start):
                return times, unit[len(start) :] + back
    if unit in ("t", "吨", "m3", "立方米", "MWh", "头", "person", "人", "ha", "公顷"):
        return "0.0001", f"万{unit}"
    return "", ""


def _subtotal(sheet: Worksheet, row: int, first: int) -> None:
    put_text(sheet.cell(row, 1), "#skip")
    put_text(sheet.cell(row, _AT["name"]), "小计（自动）")
    letter = get_column_letter(_AT["value"])
    formula(sheet.cell(row, _AT["value"]), f"=SUM({letter}{first}:{letter}{row - 1})")
    put_text(sheet.cell(row, _AT["unit"]), str(sheet.cell(first, _AT["unit"]).value))
    for at in _AT.values():
        cell = sheet.cell(row, at)
        cell.border, cell.fill, cell.font = BOX, LOCKED, BOLD
