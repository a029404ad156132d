"""How the workbook looks, and how text and numbers are put into its cells."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

# Text a spreadsheet would take for a formula, also after blanks and in full width.
_FORMULA = re.compile(r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]")
_NOT_IN_A_SHEET = re.compile(r"[\000-\010]|[\013-\014]|[\016-\037]")
DIGITS_KEPT = 15

_EDGE = Side(style="thin", color="8FA3A0")
BOX = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
HEAD = PatternFill("solid", fgColor="DCE7E4")
INPUT = PatternFill("solid", fgColor="FFF9E0")
LOCKED = PatternFill("solid", fgColor="EFEFEF")
BARRED = PatternFill("solid", fgColor="B8B8B8")
WRONG = PatternFill("solid", bgColor="F8C9C4")
OPEN = Protection(locked=False)
GREY = Font(name="宋体", size=10, color="808080")
PLAIN = Font(name="宋体", size=10)
BOLD = Font(name="宋体", size=10, bold=True)
TITLE = Font(name="黑体", size=16, bold=True)
SECTION = Font(name="黑体", size=11, bold=True, color="1E5B52")
WRAP = Alignment(vertical="center", wrap_text=True)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
RIGHT = Alignment(horizontal="right", vertical="center")
# Shows what was typed, digit for digit: no thousands cut off, no percent, no power of ten.
NUMBER_FORMAT = "General"


def put_text(cell: Any, text: str) -> None:
    """Text that stays text, whatever it begins with."""
    plain = _NOT_IN_A_SHEET.sub("", text)[:32_767]
    cell.value, cell.data_type = plain, "s"
    if _FORMULA.match(plain):
        cell.quotePrefix = True


def put_number(cell: Any, number: Decimal) -> None:
    """Write the digits themselves: by way of a float the sixteenth digit would come out wrong.

    A spreadsheet keeps fifteen significant digits; a number with more is rounded to them.
    """
    kept = number if len(number.as_tuple().digits) <= DIGITS_KEPT else round_digits(number)
    cell.value = str(kept)
    cell.data_type = "n"


def round_digits(number: Decimal) -> Decimal:
    """The number as a spreadsheet can hold it."""
    from decimal import Context

    return Context(prec=DIGITS_KEPT).plus(number)


def formula(cell: Any, text: str) -> None:
    """A formula of our own making."""
    cell.value = text
    cell.data_type = "f"
