"""A cell's content as a number, digit for digit, or a sentence on why it is none. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation
from typing import Any

from qihou.figures.missing import Notation

ERRORS = ("#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#N/A", "#NULL!")
_PLAIN = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")
_INSIDE = re.compile(r"[-+]?\d[\d,]*(\.\d+)?")
# No quantity of a district has more digits before its point; what has is a slip, and would not stay a number in a spreadsheet.
_LARGEST = Decimal(10) ** 15


@dataclass(frozen=True)
class Trouble:
    """Why a cell gives no number. ``kind`` as in a finding; the sentences go on after the cell's place."""

    kind: str
    zh: str
    en: str


def number_of(content: Any) -> Decimal | Trouble:
    """A number from what a spreadsheet cell holds; a float by its shortest digits, which are those that were typed.

    A formula's result is taken with the fifteen digits a spreadsheet shows of it: 0.1 + 0.2 is 0.3.
    """
    if isinstance(content, bool):
        return Trouble("not_a_number", "填的是逻辑值，不是数字", "holds a logical value, not a number")
    if isinstance(content, int | float | Decimal):
        return _sane(Context(prec=15).create_decimal(repr(content)) if isinstance(content, float) else Decimal(content))
    if isinstance(content, datetime | date | time | timedelta):
        return Trouble(
            "date",
            f"被当作日期（{content}）；请把单元格格式改为“常规”后重新填写",
            f"is a date ({content}); set the cell's format to General and type the number again",
        )
    return _text(str(content))


def _text(text: str) -> Decimal | Trouble:
    if text.strip() in ERRORS:
        return Trouble("formula_error", f"公式出错：{text.strip()}", f"holds a formula error, {text.strip()}")
    narrow = unicodedata.normalize("NFKC", text).replace(" ", "").strip()
    if not any(character.isdigit() for character in narrow):
        return Trouble(
            "not_a_number",
            f"填的是文字“{_short(text)}”，不是数字；没有数据的请填记号和理由",
            f"holds the text “{_short(text)}”, not a number; where there is none, give a notation key and its reason",
        )
    guess = ""
    if _PLAIN.fullmatch(narrow) or _GROUPED.fullmatch(narrow):
        guess = narrow.replace(",", "").rstrip(".")
    elif len(found := _INSIDE.findall(narrow)) == 1 and not re.search(
        r"[万亿千百%‰约近余多上下~-]", narrow.lstrip("-")
    ):
        guess = _INSIDE.search(narrow)[0].replace(",", "")  # type: ignore[index]
        assert found
    zh = f"是文本“{_short(text)}”，不是数字；" + (
        f"如确为 {guess}，请填数字 {guess}" if guess else "请只填数字，单位和说明写在别处"
    )
    en = f"holds the text “{_short(text)}”, not a number; " + (
        f"type {guess} if that is meant" if guess else "type the number alone"
    )
    return Trouble("number_in_text", zh, en)


def typed_number(text: str) -> Decimal | Trouble:
    """A number from pasted text, where everything is text: plain digits, or with commas between thousands, and nothing else."""
    plain = text.strip()
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _PLAIN.fullmatch(plain):
        return _text(text)
    try:
        return _sane(Decimal(plain))
    except InvalidOperation:
        return _text(text)


def _sane(number: Decimal) -> Decimal | Trouble:
    if not number.is_finite():
        return Trouble("not_a_number", "不是有限的数", "is no finite number")
    if abs(number) >= _LARGEST:
        return Trouble("too_large", f"过大（{number}），请核对单位", f"is too large ({number}); check the unit")
    return plainly(number)


def plainly(number: Decimal) -> Decimal:
    """Without a power of ten and without the ``.0`` a spreadsheet's library adds: 1E+3 is 1000."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1))
    return Decimal(format(number.normalize(), "f"))


def notation_of(text: str) -> Notation | None:
    """``no`` and ``ＮＯ`` are NO; any other text is none."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    return Notation(plain) if plain in list(Notation) else None


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
