"""A number somebody typed, read digit for digit or refused with a sentence that says what to type. Nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from django.utils.translation import gettext as _

MAX_DIGITS = 20
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_COMMA = re.compile(r"[+-]?[\d,]*,[\d,]*(\.\d*)?")
_WITH_UNIT = re.compile(r"([+-]?[\d,.]*\d[\d,.]*)\s*([^\d\s.,+-]\S*)")


class UnableToReadNumber(ValueError):
    """The text is no number; the message says what was typed and what to type."""


def number_typed(text: str, unit: str = "") -> Decimal | None:
    """The number in ``text``, or None when nothing was typed.

    Accepts full-width digits, a leading sign, commas between groups of three digits, and the field's own ``unit`` behind
    the number. Refuses a comma that may stand for the decimal point (``0,56``), blanks between digits, and other units.

    Raises:
        UnableToReadNumber: something was typed that is no number, or has more than 20 digits.
    """
    typed = (text or "").strip()[:40]
    plain = unicodedata.normalize("NFKC", text or "").strip().replace("−", "-")
    own = unicodedata.normalize("NFKC", unit).strip()
    if own and plain.endswith(own):
        plain = plain[: -len(own)].rstrip()
        if not plain:
            raise UnableToReadNumber(_not_a_number(typed))
    if not plain:
        return None
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _PLAIN.fullmatch(plain):
        raise UnableToReadNumber(_why(plain, typed, unit))
    if sum(c.isdigit() for c in plain) > MAX_DIGITS:
        raise UnableToReadNumber(_("数字太长。最多 %(n)s 位。") % {"n": MAX_DIGITS})
    return Decimal(plain)


def _why(plain: str, typed: str, unit: str) -> str:
    if _COMMA.fullmatch(plain):
        return _(
            "“%(text)s”里的逗号可能是小数点，也可能是千分位。小数请用点，例如 0.56；千分位请三位一组，例如 1,234.5。"
        ) % {"text": typed}
    if found := _WITH_UNIT.fullmatch(plain):
        if unit:
            return _("“%(text)s”带的单位“%(other)s”不是这一栏的单位“%(unit)s”。请换算成%(unit)s，只填数字。") % {
                "text": typed, "other": found[2][:20], "unit": unit,
            }  # fmt: skip
        return _("“%(text)s”带了“%(other)s”，这一栏没有单位。请只填数字，例如 1250 或 0.56。") % {
            "text": typed, "other": found[2][:20],
        }  # fmt: skip
    return _not_a_number(typed)


def _not_a_number(typed: str) -> str:
    return _("“%(text)s”不是数字。请只填数字，例如 1250 或 0.56。") % {"text": typed}
