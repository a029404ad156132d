"""The same table as a workbook and as comma-separated text.

Text that a spreadsheet would take for a formula (beginning with = + - @, tab or carriage return, also after blanks)
is written with an apostrophe before it in csv, and as a typed string with the quote-prefix mark in xlsx, so that it
is shown as it was entered and never run.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from qihou.face import formats
from qihou.face.states import STATES, state
from qihou.face.values import Cell, Link, Missing

from .columns import Column, Kind

if TYPE_CHECKING:
    from .bound import BoundTable

FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
NOT_IN_A_SHEET = re.compile(r"[\000-\010]|[\013-\014]|[\016-\037]")  # control characters XML 1.0 forbids
WIDTHS = {
    Kind.LONG: 60,
    Kind.NUMBER: 14,
    Kind.MONEY: 16,
    Kind.PERCENT: 10,
    Kind.DATE: 12,
    Kind.PERIOD: 12,
    Kind.STATE: 12,
}


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe before what would begin a formula."""
    return "'" + text if FORMULA.match(text) else text


def exported(value: Any, column: Column) -> Any:
    """A cell's value for a file: typed where it has a type, words where it is a state, a name or missing."""
    if isinstance(value, Cell):
        value = value.value
    if value is None or value == "":
        return str(Missing.NOT_FILLED.label)
    if isinstance(value, Missing):
        return str(value.label)
    if column.kind == Kind.STATE and str(value) in STATES:
        return str(state(value).word)
    if isinstance(value, Link):
        return value.text
    if isinstance(value, list | tuple):
        names = [v.text if isinstance(v, Link) else str(v) for v in value]
        return "、".join(names) if names else str(Missing.NOT_FILLED.label)
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, Decimal | int | float | date):
        return value
    return formats.plain(value)


def head(column: Column) -> str:
    return f"{column.label}（{column.unit}）" if column.unit else str(column.label)


def csv_bytes(t: BoundTable) -> bytes:
    """UTF-8 with a byte-order mark, so that a double-click in Excel shows Chinese."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([neutral(head(c)) for c in t.columns])
    for row in t.all_rows:
        line = []
        for c in t.columns:
            value = exported(c.of(row), c)
            line.append(
                neutral(value)
                if isinstance(value, str)
                else format(value, "f")
                if isinstance(value, Decimal)
                else value
            )
        writer.writerow(line)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def put(cell: Any, value: Any) -> None:
    """Write one value with its type; text is always text, whatever it begins with."""
    if isinstance(value, str):
        text = NOT_IN_A_SHEET.sub("", value)[:32_767]
        cell.value, cell.data_type = text, "s"
        if FORMULA.match(text):
            cell.quotePrefix = True
    else:
        cell.value = value


def _number_format(column: Column, value: Any) -> str:
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    if column.kind == Kind.MONEY:
        return "#,##0.00"
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    places = column.places if column.places is not None else max(0, -exponent if isinstance(exponent, int) else 0)
    return "#,##0" + ("." + "0" * places if places else "")


def xlsx_bytes(t: BoundTable) -> bytes:
    """One sheet: Chinese heads frozen and filtered, numbers as numbers."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = re.sub(r"[\\/*?:\[\]]", " ", str(t.table.title or t.table.name))[:31]
    edge = Border(bottom=Side(style="thin", color="B9C4C1"))
    for index, c in enumerate(t.columns, start=1):
        cell = sheet.cell(row=1, column=index)
        put(cell, head(c))
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="EEF2F0")
        cell.border = edge
        cell.alignment = Alignment(horizontal="right" if c.right else "left", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(index)].width = c.width or WIDTHS.get(Kind(c.kind), 22)
    for number, row in enumerate(t.all_rows, start=2):
        for index, c in enumerate(t.columns, start=1):
            value = exported(c.of(row), c)
            cell = sheet.cell(row=number, column=index)
            put(cell, value)
            wrap = c.kind in (Kind.LONG, Kind.TEXT, Kind.PEOPLE)
            cell.alignment = Alignment(horizontal="right" if c.right else None, vertical="top", wrap_text=wrap)
            if not isinstance(value, str):
                cell.number_format = _number_format(c, value)
    sheet.freeze_panes = "A2"
    if t.all_rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(t.columns))}{len(t.all_rows) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
