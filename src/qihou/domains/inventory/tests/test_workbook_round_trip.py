"""What is written is what is read: digit for digit, and wherever the rows have gone meanwhile."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from qihou.domains.inventory.methods.checks.finding import Severity
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.keys import UnableToReadKey, code_of, read_code
from qihou.domains.inventory.methods.workbook.layout import COVER, MACHINE_SHEET, GridBlock, layout
from qihou.domains.inventory.methods.workbook.write import Form, write_workbook
from qihou.domains.inventory.tests.workbook_forms import (
    FORM,
    PIG,
    RICE,
    at,
    column_of,
    filled_form,
    read,
    row_of,
    spoilt,
)
from qihou.figures.missing import Notation

# A spreadsheet keeps fifteen significant digits.
NUMBERS = some.decimals(min_value=0, max_value=Decimal("1e9"), places=5, allow_nan=False)


def test_the_form_has_a_list_and_a_grid():
    blocks = {sheet.sheet.key: sheet.blocks for sheet in layout(FORM.scheme).sheets}
    assert [len(block.quantities) for block in blocks["farm"]] == [1, 2, 2]
    (grid,) = blocks["energy"]
    assert isinstance(grid, GridBlock)
    # 3 fuels × 3 uses, of which one is not asked for.
    assert (len(grid.rows), len(grid.columns), len(grid.quantities)) == (3, 3, 8)


@settings(max_examples=15, deadline=None)
@given(some.lists(NUMBERS, min_size=13, max_size=13))
def test_values_come_back_digit_for_digit(numbers):
    filled = [Filled(q.key, q.labels, n, q.unit) for q, n in zip(FORM.scheme.quantities, numbers, strict=True)]
    # The share has its own bounds, but bounds are for checks: reading takes any number that can be.
    found = read(write_workbook(FORM, filled))
    assert {one.key: one.value for one in found.filled} == {one.key: one.value for one in filled}
    assert not [f for f in found.findings if f.severity is Severity.ERROR]


@pytest.mark.parametrize("digits", ["9.95", "0.1", "1234.567", "123456789.012345", "0.000123456789012345", "7", "1E+3"])
def test_digits_that_a_float_would_bend(digits):
    found = read(filled_form(Filled(*RICE, Decimal(digits), "公顷")))
    assert found.filled[0].value == Decimal(digits)


def test_everything_beside_a_value_comes_back():
    value = Filled(*RICE, Decimal("12.5"), "公顷", spread="±5%", note="农业统计年报")
    absent = Filled(*PIG, None, "头", Notation.NOT_ESTIMATED, "尚无调查")
    burnt = Filled(
        "fuel.burnt", (("fuel", "diesel"), ("use", "cement")), None, "吨", Notation.INCLUDED_ELSEWHERE, "计入运输"
    )
    found = {one.key: one for one in read(filled_form(value, absent, burnt)).filled}
    assert (found[RICE].value, found[RICE].spread, found[RICE].note) == (value.value, "±5%", "农业统计年报")
    assert (found[PIG].notation, found[PIG].reason) == (Notation.NOT_ESTIMATED, "尚无调查")
    assert (found[burnt.key].notation, found[burnt.key].reason) == (Notation.INCLUDED_ELSEWHERE, "计入运输")


def test_an_empty_form_gives_nothing_and_says_nothing():
    found = read(filled_form())
    assert (found.filled, found.findings) == ((), ())
    assert (found.header.year, found.header.district, found.header.edition) == (2020, "500151", "provincial-2011")


def test_rows_moved_and_columns_inserted_are_still_found():
    def change(book):
        sheet = book["农业"]
        sheet.title = "农业（改名）"
        sheet.insert_rows(2, 3)
        sheet.insert_cols(4)
        at(book, "livestock.stock[livestock=pig]", sheet="农业（改名）").value = 2000

    found = read(spoilt(change))
    assert [(one.key, one.value, one.sheet) for one in found.filled] == [(PIG, Decimal(2000), "农业（改名）")]


def test_last_year_and_sums_are_locked_and_inputs_are_not():
    data = write_workbook(
        FORM, [], {RICE: Decimal("11.5"), ("fuel.burnt", (("fuel", "diesel"), ("use", "cement"))): Decimal(7)}
    )
    book = load_workbook(io.BytesIO(data))
    sheet = book["农业"]
    row = row_of(sheet, code_of(*RICE))
    assert sheet.cell(row, column_of(sheet, row, "previous")).value == 11.5
    assert sheet.protection.sheet
    locks = {
        name: sheet.cell(row, column_of(sheet, row, name)).protection.locked
        for name in ("value", "unit", "previous", "hint")
    }
    assert locks == {"value": False, "unit": True, "previous": True, "hint": True}
    pigs, cattle = (row_of(sheet, f"livestock.stock[livestock={kind}]") for kind in ("pig", "cattle"))
    value = at(book, "livestock.stock[livestock=pig]").column_letter
    assert sheet[f"{value}{cattle + 1}"].value == f"=SUM({value}{pigs}:{value}{cattle})"
    assert (
        at(book, "stock.change", "hint").value
        == f'=IF(ISNUMBER({value}{row_of(sheet, "stock.change")}),TEXT({value}{row_of(sheet, "stock.change")}*10000,"#,##0.####")&" 吨","")'
    )
    assert 7 in [cell.value for line in book["能源 平衡"].iter_rows() for cell in line]
    assert book[MACHINE_SHEET].sheet_state == "hidden"
    assert book.sheetnames[0] == COVER


def test_a_department_gets_its_own_sheets_only():
    form = Form(FORM.scheme, 2020, "500151", "铜梁区", frozenset({"farm"}), {"farm": "农业农村局"}, illustrative=True)
    book = load_workbook(io.BytesIO(write_workbook(form)))
    assert book.sheetnames == [COVER, "农业", MACHINE_SHEET]
    texts = [str(cell.value) for line in book["农业"].iter_rows() for cell in line if cell.value]
    assert any("农业农村局" in text for text in texts)
    assert any("示例" in text for text in texts)


@pytest.mark.parametrize("text", ["=1+1", "+CMD|' /C calc'!A0", "-2", "@SUM(A1)", "  =HYPERLINK(1)", "＝1"])
def test_text_that_begins_like_a_formula_stays_text(text):
    data = filled_form(Filled(*PIG, None, "头", Notation.NOT_ESTIMATED, text))
    cell = at(load_workbook(io.BytesIO(data)), "livestock.stock[livestock=pig]", "reason")
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert read(data).filled[0].reason == text.strip()


@pytest.mark.parametrize("text", ["", "a[b]", "a[b=]", "a[=c]", "a b", "a[b=c][d=e]", "甲[b=c]"])
def test_what_is_no_machine_name(text):
    with pytest.raises(UnableToReadKey):
        read_code(text)


def test_a_machine_name_reads_back():
    for quantity in FORM.scheme.quantities:
        assert read_code(code_of(quantity.key, quantity.labels)) == (quantity.key, quantity.labels)


def test_words_that_differ_within_a_row_of_a_grid_come_back_cell_by_cell():
    def cell(use: str, value: str | None, **words: str) -> Filled:
        number = None if value is None else Decimal(value)
        notation = Notation.NOT_OCCURRING if value is None else None
        return Filled("fuel.burnt", (("fuel", "diesel"), ("use", use)), number, "吨", notation, **words)

    filled = [
        cell("power", "1", spread="±3%", note="统计年报；表三"),
        cell("cement", "2", spread="±5%", note="企业报告"),
        cell("glass", None, reason="没有玻璃厂"),
    ]
    found = {one.key: one for one in read(filled_form(*filled)).filled}
    for one in filled:
        back = found[one.key]
        assert (back.value, back.notation, back.reason, back.spread, back.note) == (
            one.value,
            one.notation,
            one.reason,
            one.spread,
            one.note,
        )


def test_a_value_in_another_unit_is_written_in_the_forms_and_says_so():
    (found,) = read(filled_form(Filled(*RICE, Decimal("1.25"), "万亩", note="年报"))).filled
    # 1.25 × 10⁴ mu / 15 = 833.333… ha
    assert float(found.value) == pytest.approx(1.25e4 / 15, rel=1e-14)
    assert (found.unit, found.note) == ("公顷", "年报；由 1.25 万亩 折算")


def test_parts_are_written_as_their_sum():
    (found,) = read(
        filled_form(Filled(*PIG, Decimal("1200"), "头"), Filled(*PIG, Decimal("34"), "头", note="散养"))
    ).filled
    assert (found.value, found.note) == (Decimal(1234), "由2项合计；散养")
