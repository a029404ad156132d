"""What a factor is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from qihou.facts.loader import Citation
from qihou.facts.vocabulary import label_name, quantities


class EvidenceClass(StrEnum):
    """Three kinds of data that may be the same number and are not the same evidence."""

    REFERENCE = "reference"  # published; nobody may edit it
    PROVIDER = "provider"  # a default of this program or of a supplier; one may supersede it, not edit it
    LOCAL = "local"  # measured or decided here


@dataclass(frozen=True)
class Factor:
    """One published value.

    ``year``: the year it is for; or ``valid_from`` (included) and ``valid_to`` (excluded); none of them: undated.
    ``published``: when it could first be known, where that matters. ``spread``: "" (unknown), ``±5%``, ``-50%..+100%``
    or ``0.0026..0.022`` (in the factor's unit): the 95 % range.
    """

    id: str
    quantity: str
    labels: tuple[tuple[str, str], ...]
    value: Decimal
    unit: str
    spread: str
    region: str
    year: int | None
    valid_from: date | None
    valid_to: date | None
    published: date | None
    edition: str
    evidence: EvidenceClass
    grade: str
    sources: tuple[Citation, ...]
    last_checked: date
    review_by: date
    note: str

    @property
    def to_confirm(self) -> bool:
        """Whether it is from memory, so that every screen and export must say 待核."""
        return self.grade == "M"

    @property
    def file(self) -> str:
        return self.id.partition("#")[0]

    @property
    def is_dated(self) -> bool:
        return not (self.year is None and self.valid_from is None and self.valid_to is None)

    def holds_in(self, year: int) -> bool:
        """Whether it is for that year, for some day of it, or undated."""
        if self.year is not None:
            return self.year == year
        begun = self.valid_from is None or self.valid_from.year <= year
        return begun and (self.valid_to is None or date(year, 1, 1) < self.valid_to)

    @property
    def first_year(self) -> int:
        """The first year it is for; 0 where it has no beginning."""
        return self.year or (self.valid_from.year if self.valid_from else 0)

    def said(self, language: str = "zh") -> str:
        """What it is, in words: 低位发热量（无烟煤）."""
        names = [label_name(kind, code, language) for kind, code in self.labels]
        name = quantities()[self.quantity].name.in_language(language)
        if language.startswith("en"):
            return f"{name} ({', '.join(names)})" if names else name
        return f"{name}（{'、'.join(names)}）" if names else name

    @property
    def dated_as(self) -> str:
        """``2023``, ``2021-01-01..``, or empty: as it stands in the id."""
        if self.year is not None:
            return str(self.year)
        return f"{self.valid_from or ''}..{self.valid_to or ''}" if self.is_dated else ""
