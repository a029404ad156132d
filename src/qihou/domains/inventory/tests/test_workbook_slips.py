"""One way to be wrong at a time: each is named by sheet and cell, and the wrong cell is not taken."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from qihou.domains.inventory.methods.checks.finding import Severity
from qihou.domains.inventory.methods.workbook import guards
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.layout import MACHINE_SHEET
from qihou.domains.inventory.methods.workbook.numbers import Trouble, number_of, typed_number
from qihou.domains.inventory.methods.workbook.pasted import read_pasted
from qihou.domains.inventory.methods.workbook.read import UnableToReadWorkbook, read_path, read_workbook
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
from qihou.figures.graph import labels

_PIG = "livestock.stock[livestock=pig]"


def _set(name: str, content: object, number_format: str = "General"):
    def change(book):
        cell = at(book, _PIG, name)
        cell.value = content
        cell.number_format = number_format

    return change


def _values(**named: object):
    def change(book):
        for name, content in named.items():
            at(book, _PIG, name).value = content

    return change


def _merge(book):
    cell = at(book, _PIG)
    cell.value = 5
    book["农业"].merge_cells(start_row=cell.row, end_row=cell.row, start_column=cell.column, end_column=cell.column + 1)


def _error(book):
    cell = at(book, _PIG)
    cell.value, cell.data_type = "#REF!", "e"


SLIPS = {
    "another unit": (_values(value=5, unit="万头"), "wrong_unit", "万头"),
    "a unit of something else": (_values(value=5, unit="吨"), "wrong_unit", "不是同一类单位"),
    "no unit at all": (_values(value=5, unit="口子"), "wrong_unit", "口子"),
    "wide digits": (_set("value", "１，２３４吨"), "number_in_text", "1234"),
    "a unit behind": (_set("value", "1,234 吨"), "number_in_text", "1234"),
    "about": (_set("value", "约120"), "number_in_text", "约120"),
    "ten thousands": (_set("value", "12万"), "number_in_text", "12万"),
    "a range": (_set("value", "10-12"), "number_in_text", "10-12"),
    "digits as text": (_set("value", "1234"), "number_in_text", "1234"),
    "words": (_set("value", "无"), "not_a_number", "无"),
    "a date": (_set("value", datetime(2020, 1, 2), "yyyy-mm-dd"), "date", "日期"),
    "negative": (_set("value", -3), "negative", "-3"),
    "a broken formula": (_error, "formula_error", "#REF!"),
    "a formula never calculated": (_set("value", "=1+1"), "formula_without_value", "公式"),
    "true": (_set("value", True), "not_a_number", "逻辑"),
    "a percentage": (_set("value", 0.12, "0.0%"), "percent_format", "12%"),
    "a format of ten thousands": (_set("value", 120000, '0!.0,"万"'), "scaled_format", "数量级"),
    "a format of thousands": (_set("value", 120000, "#,##0,"), "scaled_format", "数量级"),
    "a dash for a reason": (_values(notation="NO", reason="—"), "no_reason", "请在“理由”一栏"),
    "a notation key without reason": (_values(notation="NO"), "no_reason", "NO"),
    "both": (_values(value=5, notation="NO", reason="没有"), "value_and_notation", "只留一个"),
    "an unknown key": (_values(notation="无", reason="没有"), "unknown_notation", "无"),
    "a key in the value": (_set("value", "NO"), "notation_in_value", "记号"),
    "merged cells": (_merge, "merged", "合并"),
    "an uncertainty in words": (_values(value=5, spread="大概"), "bad_spread", "大概"),
    "far too large": (_set("value", 10**15), "too_large", "单位"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_and_not_taken(slip):
    change, kind, word = SLIPS[slip]
    found = read(spoilt(change))
    errors = [f for f in found.findings if f.severity is Severity.ERROR]
    row = row_of(_book(spoilt(change))["农业"], _PIG)
    assert [f.kind for f in errors] == [kind]
    assert word in errors[0].zh
    assert errors[0].cells[0].startswith("农业!")
    assert errors[0].cells[0].endswith(str(row))
    assert errors[0].quantities == (PIG,)
    assert found.filled == ()


def _book(data):
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data))


def _add_row(book):
    sheet = book["农业"]
    row = sheet.max_row + 1
    sheet.cell(row, 2).value, sheet.cell(row, 4).value = "骆驼存栏", 12


def _add_fuel(book):
    sheet = book["能源 平衡"]
    row = sheet.max_row + 1
    sheet.cell(row, 1).value, sheet.cell(row, 2).value, sheet.cell(row, 4).value = "row:[fuel=peat]", "泥炭", 12


def _barred(book):
    at(book, "row:[fuel=gasoline]", "cell:fuel.burnt[use=glass]", "能源 平衡").value = 3


def _copy_row(code: str):
    def change(book):
        sheet = book["农业"]
        row = row_of(sheet, code)
        end = sheet.max_row + 1
        for column in range(1, 12):
            sheet.cell(end, column).value = sheet.cell(row, column).value
        sheet.cell(row, 4).value, sheet.cell(end, 4).value = 1000, 234

    return change


STRUCTURE = {
    "an unknown row": (_add_row, "unknown_row", "骆驼"),
    "an unknown fuel": (_add_fuel, "not_asked", "不需要填报"),
    "a barred cell": (_barred, "not_asked", "不需要填报"),
    "a row twice": (_copy_row("rice.area[rice=single]"), "duplicate", "重复"),
    "a sheet hidden": (lambda book: setattr(book["农业"], "sheet_state", "hidden"), "hidden_sheet", "隐藏"),
    "a sheet gone": (lambda book: book.remove(book["农业"]), "missing_sheet", "农业"),
    "a row gone": (lambda book: book["农业"].delete_rows(row_of(book["农业"], _PIG)), "missing_rows", "生猪"),
    "a sheet of one's own": (lambda book: book.create_sheet("草稿").append([1, 2]), "unknown_sheet", "草稿"),
    "a sheet copied": (lambda book: book.copy_worksheet(book["农业"]), "sheet_twice", "重复"),
    "another year": (lambda book: setattr(book[MACHINE_SHEET]["B2"], "value", "2019"), "other_year", "2019"),
    "another district": (lambda book: setattr(book[MACHINE_SHEET]["B3"], "value", "500152"), "other_district", "500152"),
    "another edition": (lambda book: setattr(book[MACHINE_SHEET]["B4"], "value", "ipcc-2006"), "other_edition", "ipcc-2006"),
    "another version": (lambda book: setattr(book[MACHINE_SHEET]["B1"], "value", "9"), "other_version", "9"),
    "machine names changed": (lambda book: setattr(book[MACHINE_SHEET]["C9"], "value", "吨"), "machine_sheet_changed", "改动"),
}  # fmt: skip


@pytest.mark.parametrize("slip", STRUCTURE)
def test_a_changed_form_is_named(slip):
    change, kind, word = STRUCTURE[slip]
    found = read(spoilt(change))
    assert kind in [f.kind for f in found.findings]
    assert word in "".join(f.zh for f in found.findings if f.kind == kind)
    assert not {one.value for one in found.filled} & {Decimal(12), Decimal(3)}


def _swap_names(book):
    """As when the visible columns are sorted and the hidden first one is not."""
    sheet = book["农业"]
    one, other = (sheet.cell(row_of(sheet, code), 2) for code in (_PIG, "livestock.stock[livestock=cattle]"))
    one.value, other.value = other.value, one.value


def _swap_heads(book):
    sheet = book["能源 平衡"]
    machine = row_of(sheet, "#grid")
    one, other = (
        sheet.cell(machine + 1, column_of(sheet, machine, f"cell:fuel.burnt[use={use}]")) for use in ("power", "cement")
    )
    one.value, other.value = other.value, one.value


def test_rows_and_columns_that_print_anothers_name_are_not_read():
    data = filled_form(
        Filled(*PIG, Decimal(5), "头"), Filled("fuel.burnt", labels(fuel="diesel", use="power"), Decimal(7), "吨")
    )
    for change, place in ((_swap_names, "农业!B"), (_swap_heads, "能源 平衡!D")):
        found = read(spoilt(change, data))
        moved = [f for f in found.findings if f.kind == "other_name"]
        assert [f.severity for f in moved] == [Severity.ERROR, Severity.ERROR]
        assert moved[0].cells[0].startswith(place)
        assert len(found.filled) == 1


def test_a_row_that_was_only_reworded_is_read_and_said():
    def reword(book):
        sheet = book["农业"]
        sheet.cell(row_of(sheet, _PIG), 2).value = "生猪 存栏（年末）"

    found = read(spoilt(reword, filled_form(Filled(*PIG, Decimal(5), "头"))))
    assert [one.value for one in found.filled] == [Decimal(5)]
    assert [(f.kind, f.severity) for f in found.findings] == [("other_name", Severity.WARNING)]


@pytest.mark.parametrize("title", ["2019年铜梁区 农业", "2020年大足区 农业"])
def test_a_sheet_of_another_year_or_district_is_not_read(title):
    def paste(book):
        book["农业"].cell(1, 2).value = title

    found = read(spoilt(paste, filled_form(Filled(*PIG, Decimal(5), "头"))))
    assert found.filled == ()
    assert title[:8] in next(f.zh for f in found.findings if f.kind == "other_sheet")


def test_a_number_typed_over_the_hint_is_named():
    def over(book):
        sheet = book["农业"]
        sheet.cell(row_of(sheet, _PIG), 5).value = 12

    found = read(spoilt(over))
    assert found.filled == ()
    assert [(f.kind, f.severity) for f in found.findings] == [("wrong_column", Severity.ERROR)]


def test_a_copied_part_is_suspected():
    def copy(book):
        _copy_row(_PIG)(book)
        sheet = book["农业"]
        sheet.cell(sheet.max_row, 4).value = sheet.cell(row_of(sheet, _PIG), 4).value = 5

    found = read(spoilt(copy))
    assert [(f.kind, f.severity) for f in found.findings] == [("same_parts", Severity.WARNING)]


def test_parts_are_kept_apart_and_said():
    found = read(spoilt(_copy_row(_PIG)))
    assert [one.value for one in found.filled] == [Decimal(1000), Decimal(234)]
    assert [(f.kind, f.severity) for f in found.findings] == [("parts", Severity.NOTE)]


@pytest.mark.parametrize(
    ("now", "said"), [(120_000, "万"), (1.2, "小一千"), (1_250_000, "大一千"), (1500, ""), (2400, "")]
)
def test_a_slip_of_a_power_of_ten_is_suspected(now, said):
    # Last year 1,200; a hundred times is a jump, not a slip of 万: 120,000 / 1,200 = 100.
    previous = {PIG: Decimal(1200) if said != "万" else Decimal(12)}
    found = read(filled_form(Filled(*PIG, Decimal(str(now)), "头")), previous=previous)
    assert [one.value for one in found.filled] == [Decimal(str(now))]
    assert [f.kind for f in found.findings] == (["power_of_ten"] if said else [])
    assert said in "".join(f.zh for f in found.findings)


def test_blank_cells_of_a_grid_row_take_the_key_given_for_them():
    def change(book):
        at(book, "row:[fuel=diesel]", "cell:fuel.burnt[use=cement]", "能源 平衡").value = 7
        at(book, "row:[fuel=diesel]", "blank", "能源 平衡").value = "NO"
        at(book, "row:[fuel=diesel]", "reason", "能源 平衡").value = "不用柴油"

    found = read(spoilt(change)).filled
    assert sorted((dict(one.labels)["use"], str(one.value), one.notation, one.reason) for one in found) == [
        ("cement", "7", None, ""),
        ("glass", "None", "NO", "不用柴油"),
        ("power", "None", "NO", "不用柴油"),
    ]


def _zip(name: str, content: bytes, times: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            archive.writestr(f"{name}{number or ''}", content)
    return out.getvalue()


def _foreign() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


FILES = {
    "empty": (b"", "空的"),
    "text": ("年份,数值\n2020,1".encode("gb18030"), "不是 xlsx"),
    "old xls": (guards._OLE + b"Workbook" * 99, "xls"),
    "encrypted": (guards._OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "too large": (b"PK" + b"0" * guards.MOST_BYTES, "上限"),
    "a docx": (_zip("word/document.xml", b"<a/>"), "不是 xlsx"),
    "half a file": (filled_form()[:3000], "损坏"),
    "a bomb": (_zip("xl/workbook.xml", b"0" * (guards.MOST_UNPACKED + 1)), "过大"),
    "entities": (_zip("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "实体"),
    "no workbook inside": (_zip("xl/workbook.xml", b"<a/>"), "损坏"),
    "somebody else's": (_foreign(), "隐藏表"),
    "no year": (spoilt(lambda book: setattr(book[MACHINE_SHEET]["B2"], "value", "去年")), "年份"),
}


@pytest.mark.parametrize("file", FILES)
def test_any_file_ends_in_a_sentence(file):
    data, word = FILES[file]
    with pytest.raises(UnableToReadWorkbook) as trouble:
        read_workbook(data, "表.xlsx", FORM.scheme)
    assert word in trouble.value.zh
    assert trouble.value.en


_GOOD = filled_form()


@settings(max_examples=40, deadline=None)
@given(some.lists(some.tuples(some.floats(0, 1, exclude_max=True), some.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_file_never_ends_in_a_traceback(changed):
    good = bytearray(_GOOD)
    for place, byte in changed:
        good[int(place * len(good))] = byte
    said = "表.xlsx"
    try:
        read_workbook(bytes(good), "表.xlsx", FORM.scheme)
    except UnableToReadWorkbook as trouble:
        said = trouble.zh
    assert "表.xlsx" in said


_CONTENTS = some.one_of(
    some.integers(-9, 10**7), some.floats(0.01, 1e6), some.booleans(), some.dates(),
    some.sampled_from(["NO", "12", "约 5", "", " ", "#list", "#grid", "#skip", "row:[fuel=diesel]", "row:[", "#sheet:farm", "吨", "±5%", _PIG]),
)  # fmt: skip
_CHANGES = some.lists(some.tuples(some.integers(1, 24), some.integers(1, 12), _CONTENTS), max_size=25)


@settings(max_examples=40, deadline=None)
@given(_CHANGES, some.sampled_from(["农业", "能源 平衡"]))
def test_no_number_is_taken_that_nobody_wrote(changes, title):
    def change(book):
        for row, column, content in changes:
            book[title].cell(row, column).value = content

    written = {str(number_of(content)) for _, _, content in changes}
    assert {str(one.value) for one in read(spoilt(change, _GOOD)).filled if one.value is not None} <= written


def test_a_file_that_is_not_there(tmp_path):
    for path in (tmp_path / "无.xlsx", tmp_path):
        with pytest.raises(UnableToReadWorkbook, match="打不开"):
            read_path(path, FORM.scheme)


def test_two_hundred_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(UnableToReadWorkbook, match="200 MB"):
        read_path(path, FORM.scheme)


@given(some.text(max_size=12))
def test_text_in_a_cell_is_never_taken_for_a_number(text):
    assert isinstance(number_of(text), Trouble)


@pytest.mark.parametrize(
    ("text", "value"), [("12", "12"), (" 1,234.50 ", "1234.5"), ("-3", "-3"), ("1e3", "1000"), ("12万", None), ("1,23", None), ("", None)]
)  # fmt: skip
def test_typed_numbers(text, value):
    found = typed_number(text)
    assert (None if isinstance(found, Trouble) else str(found)) == value


def test_a_formulas_result_has_the_digits_a_spreadsheet_shows():
    assert number_of(0.1 + 0.2) == Decimal("0.3")
    assert isinstance(number_of(float("inf")), Trouble)


def test_pasted_rows():
    text = (
        "指标\t单位\t数值\t记号\t理由\t不确定度\t数据来源\r\n"
        "单季稻面积\t公顷\t1,234.5\t\t\t±5%\t年报\r\n"
        "生猪存栏\t头\t\tNE\t尚无调查\t\t\r\n"
        "牛存栏\t万头\t3\r\n"
        "骆驼\t头\t3\r\n"
    )
    found = read_pasted(text, FORM.scheme, "farm")
    assert [(one.key, one.value, one.cell) for one in found.filled] == [
        (RICE, Decimal("1234.5"), "C2"),
        (PIG, None, "C3"),
    ]
    assert [(f.kind, f.cells) for f in found.findings] == [
        ("wrong_unit", ("粘贴内容!C4",)),
        ("unknown_row", ("粘贴内容!A5",)),
    ]


def test_pasted_names_and_numbers_alone():
    found = read_pasted("单季稻面积\t12.5\n生猪存栏\t约20\nrice.area[rice=double]\t3\n\n", FORM.scheme, "farm")
    assert [one.value for one in found.filled] == [Decimal("12.5")]
    assert [f.kind for f in found.findings] == ["number_in_text", "unknown_row"]


@given(some.text(alphabet=some.sampled_from('生猪存栏\t\n\r"1,.-NO =万'), max_size=80))
def test_pasted_text_of_any_kind(text):
    found = read_pasted(text, FORM.scheme, "farm")
    assert all(one.value is None or str(one.value).strip("-") for one in found.filled)


def test_a_paste_that_is_too_long():
    for text in ("1\t" * 600_000, '"' + "1" * 200_000):
        assert [f.kind for f in read_pasted(text, FORM.scheme, "farm").findings] == ["too_long"]
