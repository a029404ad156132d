"""A form as an officer sent it: every field's text, what it means, and a sentence for each field that is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from qihou.domains.plan.api.numbers import UnableToReadNumber, number_typed


@dataclass
class Typed:
    """A form as it was sent: the text of every field, kept whatever is wrong with it, and a sentence per wrong field."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "").strip()

    def decimal(self, name: str, unit: str = "") -> Decimal | None:
        """The number typed in ``name``, whose field has this unit; when it is none, the sentence goes to ``errors`` and None comes back."""
        try:
            return number_typed(self.values.get(name, ""), unit)
        except UnableToReadNumber as e:
            self.errors[name] = str(e)
            return None

    def required(self, name: str, sentence: str) -> str:
        """The text of ``name``; ``sentence`` goes to ``errors`` when it is empty."""
        if not (text := self.text(name)):
            self.errors[name] = sentence
        return text
