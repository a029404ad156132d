"""Cells pasted from a spreadsheet onto a sheet's rows: tab-separated text, one line per row.

The first column names the row (the quantity as the form prints it, or its machine name); the others are value, and then, where
given, notation key, reason, uncertainty and source. With a line of heads first, columns may stand in any order.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.utils import get_column_letter

from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key, Severity
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Quantity
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.judging import Judged, Row
from qihou.domains.inventory.methods.workbook.keys import UnableToReadKey, read_code
from qihou.domains.inventory.methods.workbook.numbers import notation_of, typed_number
from qihou.domains.inventory.methods.workbook.write_list import COLUMNS

MOST_CHARACTERS = 1_000_000
SHEET = "粘贴内容"
_HEADS = {zh: name for name, zh, _ in COLUMNS} | {name: name for name, _, _ in COLUMNS}
_ORDER = ("name", "unit", "value", "notation", "reason", "spread", "source")


@dataclass(frozen=True)
class Pasted:
    """What may be taken, and what is wrong, each with the cell as counted in the pasted block (A1 its first)."""

    filled: tuple[Filled, ...]
    findings: tuple[CheckFinding, ...]


def read_pasted(text: str, scheme: Scheme, sheet: str, *, previous: Mapping[Key, Decimal] | None = None) -> Pasted:
    """Read a pasted block onto the rows of one sheet.

    Args:
        text: as a spreadsheet puts it on the clipboard.
        sheet: the key of the scheme's sheet it is for.
        previous: last year's values, to suspect slips of a power of ten.
    """
    judged = Judged()
    lines = _lines(text)
    if lines is None:
        zh, en = "粘贴的内容过长，没有读取。", "The pasted text is too long; it was not read."
        return Pasted((), (CheckFinding("too_long", Severity.ERROR, zh, en),))
    asked = {q.zh.strip(): q for q in scheme.quantities if q.sheet == sheet}
    heads = _heads(lines[0]) if lines else None
    for number, line in enumerate(lines, start=1):
        if (heads is not None and number == 1) or not any(cell.strip() for cell in line):
            continue
        _line(number, line, heads or _without_heads(line), asked, scheme, sheet, judged, previous or {})
    judged.join_parts(scheme.quantity)
    return Pasted(tuple(judged.filled), tuple(judged.findings))


def _lines(text: str) -> list[list[str]] | None:
    """Rows of cells; None where the text, or one cell of it, is longer than anything one would paste."""
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        return list(csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), dialect=csv.excel_tab))
    except csv.Error:
        return None


def _heads(line: Sequence[str]) -> dict[str, int] | None:
    found = {_HEADS[cell.strip()]: at for at, cell in enumerate(line) if cell.strip() in _HEADS}
    return found if "name" in found and "value" in found else None


def _without_heads(line: Sequence[str]) -> dict[str, int]:
    """Name and value, or name, unit, value and so on: the second cell is a unit where it is no number and no notation key."""
    second = line[1].strip() if len(line) > 1 else ""
    number = isinstance(typed_number(second), Decimal) or notation_of(second) is not None
    order = ("name", "value", *_ORDER[3:]) if number or len(line) == 2 else _ORDER
    return {name: at for at, name in enumerate(order) if at < len(line)}


def _line(
    number: int,
    line: Sequence[str],
    heads: Mapping[str, int],
    asked: Mapping[str, Quantity],
    scheme: Scheme,
    sheet: str,
    judged: Judged,
    previous: Mapping[Key, Decimal],
) -> None:
    def text(name: str) -> str:
        at = heads.get(name)
        return line[at].strip() if at is not None and at < len(line) else ""

    quantity = asked.get(text("name")) or _by_code(text("name"), scheme, sheet)
    if quantity is None:
        judged.findings.append(
            CheckFinding(
                "unknown_row", Severity.ERROR, f"第 {number} 行“{text('name')[:40]}”不是本表的指标，没有采用。",
                f"Line {number}, “{text('name')[:40]}”, is no row of this sheet; it was not taken.", cells=(f"{SHEET}!A{number}",),
            )
        )  # fmt: skip
        return
    at = heads.get("value", 1)
    written = text("value")
    # A notation key in the place of the value is what people paste from grids.
    key = written if notation_of(written) else text("notation")
    value = None if not written or notation_of(written) else typed_number(written)
    judged.take(
        Row(
            quantity, SHEET, f"{get_column_letter(at + 1)}{number}", value, text("unit"), key, text("reason"),
            text("spread"), text("source"),
        ),
        previous,
    )  # fmt: skip


def _by_code(name: str, scheme: Scheme, sheet: str) -> Quantity | None:
    try:
        found = scheme.quantity.get(read_code(name))
    except UnableToReadKey:
        return None
    return found if found is not None and found.sheet == sheet else None


__all__ = ["MOST_CHARACTERS", "SHEET", "Pasted", "read_pasted"]
