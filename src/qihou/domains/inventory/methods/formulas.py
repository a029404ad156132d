"""The inventory as a workbook of live formulas: change a cell of activity or a factor, and every total follows.

It is a second implementation of the totals. Sheets: 活动水平 (what departments entered), 排放因子 (factors and warming potentials),
计算 (one row for each row of a step, and for each sum), 汇总 (categories, sectors and grand totals, pointing into 计算).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from qihou.domains.inventory.methods.as_json import names_of
from qihou.domains.inventory.methods.bundled import ILLUSTRATIVE
from qihou.domains.inventory.methods.expressions import UnableToWriteFormula, expression, number, series_expression
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.methods.words import STATUSES, flag_words, state_word
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.domains.inventory.methods.workbook.style import BOLD, BOX, CENTRE, GREY, HEAD, PLAIN, TITLE, put_text
from qihou.figures.book import Edge
from qihou.figures.graph import Step, Total
from qihou.figures.leaf import Leaf
from qihou.figures.missing import State
from qihou.measure import units

ACTIVITY, FACTORS, STEPS, SUMMARY = "活动水平", "排放因子", "计算", "汇总"
_LEAF_HEADS = (
    ("编号", 46),
    ("名称", 44),
    ("数值", 18),
    ("单位", 16),
    ("不确定度", 14),
    ("来源", 60),
    ("等级", 8),
    ("标注", 14),
)
_STEP_HEADS = (("步骤", 34), ("年份", 8), ("方法", 38), ("标签", 60), ("结果", 20), ("单位", 14))
_SUMMARY_HEADS = (
    ("编号", 10),
    ("类别", 44),
    ("代码", 44),
    ("气体", 10),
    ("结果", 20),
    ("单位", 14),
    ("状态", 16),
    ("已知部分", 20),
)
_RESULT = "E"
_FIRST = 3
Place = tuple[str, int, int]

__all__ = ["ACTIVITY", "FACTORS", "STEPS", "SUMMARY", "UnableToWriteFormula", "write_formulas"]


@dataclass
class _Cells:
    """Where leaves and results stand; ``known``: of sums that lack something, the formula of what there is."""

    leaves: dict[int, str] = field(default_factory=dict)
    results: dict[Place, str] = field(default_factory=dict)
    known: dict[Place, str] = field(default_factory=dict)


def write_formulas(worked: Worked, district: str, *, illustrative: bool = False) -> bytes:
    """The workbook as bytes of an xlsx file; cells without a value hold the words of their state, never a number.

    Raises:
        UnableToWriteFormula: a method's body does what no formula can say.
    """
    book = Workbook()
    summary = book.active
    assert summary is not None
    summary.title = SUMMARY
    made_up = f"（{ILLUSTRATIVE}数据）" if illustrative else ""
    weighed = worked.scheme.gwp_set.value
    title = f"{district}{worked.period.label_zh}温室气体清单{made_up}  {worked.scheme.options.edition}  GWP {weighed}"
    activity, factors, steps = (book.create_sheet(name) for name in (ACTIVITY, FACTORS, STEPS))
    for sheet, heads in (
        (summary, _SUMMARY_HEADS),
        (activity, _LEAF_HEADS),
        (factors, _LEAF_HEADS),
        (steps, _STEP_HEADS),
    ):
        _heads(sheet, title, heads)
    needed = _needed(worked)
    cells = _Cells()
    _leaves(worked, needed, activity, factors, cells)
    _steps(worked, needed, steps, cells)
    _summary(worked, summary, cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _needed(worked: Worked) -> set[Place]:
    """The cells under the shown figures: node, row and period."""
    found: set[Place] = set()
    waiting: list[Place] = [(node, row, worked.column) for node, row in worked.cells.values()]
    while waiting:
        place = waiting.pop()
        if place in found:
            continue
        found.add(place)
        key, row, column = place
        node = worked.scheme.graph[key]
        if isinstance(node, Total):
            waiting += [(part, number_, column) for part, number_ in node.parts[row]]
            continue
        columns = range(column + 1) if node.method.series else (column,)
        for edge in worked.book.edges[key]:
            if edge.rows is not None:
                waiting += [(edge.node, int(edge.rows[row]), each) for each in columns]
    return found


def _heads(sheet: Worksheet, title: str, heads: Iterable[tuple[str, int]]) -> None:
    put_text(sheet.cell(1, 1), title)
    sheet.cell(1, 1).font = TITLE
    for column, (name, width) in enumerate(heads, start=1):
        cell = sheet.cell(2, column)
        put_text(cell, name)
        cell.font, cell.fill, cell.border, cell.alignment = BOLD, HEAD, BOX, CENTRE
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A3"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:2"


def _leaves(worked: Worked, needed: set[Place], activity: Worksheet, factors: Worksheet, cells: _Cells) -> None:
    used: set[int] = set()
    for key, row, column in needed:
        node = worked.scheme.graph[key]
        if not isinstance(node, Step):
            continue
        columns = range(column + 1) if node.method.series else (column,)
        for edge in worked.book.edges[key]:
            if edge.leaves is not None:
                used |= {int(edge.leaves[row, each]) for each in columns}
    rows = {ACTIVITY: _FIRST, FACTORS: _FIRST}
    for place in sorted(used):
        leaf = worked.book.leaves[place]
        sheet = factors if leaf.origin.kind in ("fact", "potential") else activity
        row = rows[sheet.title]
        rows[sheet.title] += 1
        _leaf(sheet, row, leaf)
        cells.leaves[place] = f"'{sheet.title}'!$C${row}"


def _leaf(sheet: Worksheet, row: int, leaf: Leaf) -> None:
    texts = {
        1: code_of(leaf.quantity, leaf.labels), 2: leaf.origin.zh, 4: leaf.unit, 5: leaf.spread,
        6: leaf.origin.where, 7: f"{leaf.grade}{'（待核）' if leaf.grade == 'M' else ''}", 8: "、".join(flag_words(leaf.flags)),
    }  # fmt: skip
    for column, text in texts.items():
        put_text(sheet.cell(row, column), text)
        sheet.cell(row, column).font = PLAIN
    if leaf.value is None:
        put_text(sheet.cell(row, 3), state_word(leaf.state))
    else:
        _exact(sheet.cell(row, 3), leaf.value)
    sheet.cell(row, 3).border = BOX


def _steps(worked: Worked, needed: set[Place], sheet: Worksheet, cells: _Cells) -> None:
    order = {node.key: at for at, node in enumerate(worked.scheme.graph)}
    for line, place in enumerate(sorted(needed, key=lambda one: (order[one[0]], one[1], one[2])), start=_FIRST):
        key, row, column = place
        node = worked.scheme.graph[key]
        method = node.method.id if isinstance(node, Step) else "SUM"
        names = "，".join(f"{name}={value}" for name, value in node.rows[row])
        texts = (key, worked.book.periods[column].code, method, names)
        for at, text in enumerate(texts, start=1):
            put_text(sheet.cell(line, at), text)
            sheet.cell(line, at).font = GREY
        cells.results[place] = f"'{STEPS}'!${_RESULT}${line}"
        cell = sheet[f"{_RESULT}{line}"]
        state = State(int(worked.book.cells[key].state[row, column]))
        if isinstance(node, Total):
            cells.known[place] = _sum(worked, node, row, column, cells)
        if state is not State.VALUE:
            put_text(cell, state_word(state))
        elif isinstance(node, Total):
            cell.value = f"={cells.known[place]}"
        else:
            cell.value = f"={_expression(worked, node, row, column, cells)}"
        put_text(sheet.cell(line, 6), node.unit)


def _sum(worked: Worked, total: Total, row: int, column: int, cells: _Cells) -> str:
    """Of the parts that have something; a part that is itself a sum lacking something gives what it knows."""
    terms = []
    for key, number_ in total.parts[row]:
        place = (key, number_, column)
        state = State(int(worked.book.cells[key].state[number_, column]))
        if state is State.VALUE:
            term = cells.results[place]
        elif place in cells.known and worked.book.cells[key].known[number_, column] != 0.0:
            term = f"({cells.known[place]})"
        else:
            continue
        factor = units.factor(worked.scheme.graph[key].unit, total.unit)
        terms.append(term if factor == 1.0 else f"{term}*{number(factor)}")
    text = "+".join(terms) or "0"
    # SUM takes ranges that a long chain of + would not fit.
    return text if len(text) < _LONG else _ranges(terms)


_LONG = 8000


def _ranges(terms: list[str]) -> str:
    groups = [terms[start : start + 200] for start in range(0, len(terms), 200)]
    text = "+".join(f"SUM({','.join(group)})" for group in groups)
    if len(text) > _LONG:
        raise UnableToWriteFormula(f"a sum of {len(terms)} parts is longer than a spreadsheet's formula may be")
    return text


def _expression(worked: Worked, step: Step, row: int, column: int, cells: _Cells) -> str:
    if step.method.series:
        terms = {
            edge.need.name: [_term(worked, edge, row, each, cells) for each in range(column + 1)]
            for edge in worked.book.edges[step.key]
        }
        return series_expression(step.method, terms)
    single = {edge.need.name: _term(worked, edge, row, column, cells) for edge in worked.book.edges[step.key]}
    return expression(step.method, single)


def _term(worked: Worked, edge: Edge, row: int, column: int, cells: _Cells) -> str:
    """One input in the unit of its need: a cell, with its conversion; nought where nothing stands for what does not occur."""
    if edge.leaves is not None:
        place = int(edge.leaves[row, column])
        state, cell = worked.book.leaves[place].state, cells.leaves[place]
        factor = edge.factor if isinstance(edge.factor, float) else float(edge.factor[row, column])
    else:
        assert edge.rows is not None
        at = (edge.node, int(edge.rows[row]), column)
        state, cell = State(int(worked.book.cells[edge.node].state[at[1], column])), cells.results[at]
        factor = float(edge.factor)
    if state.is_nil and edge.need.nil is not None:
        return number(edge.need.nil)
    return cell if factor == 1.0 else f"({cell}*{number(factor)})"


def _summary(worked: Worked, sheet: Worksheet, cells: _Cells) -> None:
    for line, (key, (node, row)) in enumerate(worked.cells.items(), start=_FIRST):
        code, gas = key
        shown = worked.lines[key]
        category = worked.scheme.category.get(code)
        texts = (category.number if category else "", names_of(worked, code)[0], code, gas)
        for at, text in enumerate(texts, start=1):
            put_text(sheet.cell(line, at), text)
            sheet.cell(line, at).font = PLAIN if gas else BOLD
        place = (node, row, worked.column)
        if shown.value is None:
            put_text(sheet.cell(line, 5), state_word(shown.state))
        else:
            sheet.cell(line, 5).value = f"={cells.results[place]}"
        put_text(sheet.cell(line, 6), units.label(shown.unit))
        put_text(sheet.cell(line, 7), STATUSES[shown.status])
        sheet.cell(line, 5).number_format = sheet.cell(line, 8).number_format = "#,##0.00"
        if shown.value is None and place in cells.known and shown.known:
            sheet.cell(line, 8).value = f"={cells.known[place]}"


def _exact(cell: Any, value: float) -> None:
    """All digits of the number: the library would keep sixteen, which is one too few for some."""
    cell.value, cell.data_type = repr(value), "n"
