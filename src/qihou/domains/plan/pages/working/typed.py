"""What an officer typed into a field, read kindly: full-width digits, separators and a unit behind the number are fine."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

MAX_DIGITS = 20


class UnableToReadNumber(ValueError):
    """The text is no number; the message says what was typed and what to type."""


def decimal_typed(text: str) -> Decimal | None:
    """The number in ``text`` digit for digit, or None when nothing was typed.

    Accepts full-width digits, thousands separators between groups of three, a leading sign and a trailing ``%`` or
    ``万元``. Never guesses: ``1,5`` and ``12 34`` are refused.

    Raises:
        UnableToReadNumber: something was typed that is no number, or has more than 20 digits.
    """
    plain = unicodedata.normalize("NFKC", text or "").strip().replace("−", "-")
    plain = re.sub(r"\s*(万元|%)$", "", plain)
    if not plain:
        return None
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", plain):
        raise UnableToReadNumber(
            _("“%(text)s”不是数字。请只填数字，例如 1250 或 1250.50。") % {"text": text.strip()[:40]}
        )
    if sum(c.isdigit() for c in plain) > MAX_DIGITS:
        raise UnableToReadNumber(_("数字太长。最多 %(n)s 位。") % {"n": MAX_DIGITS})
    try:
        return Decimal(plain)
    except InvalidOperation as e:
        raise UnableToReadNumber(
            _("“%(text)s”不是数字。请只填数字，例如 1250 或 1250.50。") % {"text": text[:40]}
        ) from e


@dataclass
class Typed:
    """A form as it was sent: the text of every field, kept whatever is wrong with it, and a sentence per wrong field."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def decimal(self, name: str) -> Decimal | None:
        """The number typed in ``name``; when it is none, the sentence goes to ``errors`` and None comes back."""
        try:
            return decimal_typed(self.values.get(name, ""))
        except UnableToReadNumber as e:
            self.errors[name] = str(e)
            return None

    def required(self, name: str, sentence: str) -> str:
        """The text of ``name``; ``sentence`` goes to ``errors`` when it is empty."""
        if not (text := self.text(name)):
            self.errors[name] = sentence
        return text
