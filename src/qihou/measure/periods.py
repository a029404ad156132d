"""Typed, half-open periods: a year, a quarter, a month, or a span of years.

A period starts at its first day (included) and ends at the first day after it (excluded), so that
neighbouring periods touch without overlapping.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodKind(StrEnum):
    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    SPAN = "span"


class UnableToReadPeriod(ValueError):
    """The text is no period: write ``2025``, ``2025Q3``, ``2025-07`` or ``2021/2025``."""


@dataclass(frozen=True, order=True)
class Period:
    """Half-open ``[start, end)``.

    >>> Period.quarter(2026, 3).label_zh
    '2026年Q3'
    >>> Period.parse("2025").end
    datetime.date(2026, 1, 1)
    """

    start: date
    end: date
    kind: PeriodKind

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise UnableToReadPeriod(f"a period must end after it starts: {self.start} … {self.end}")

    @classmethod
    def year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year + 1, 1, 1), PeriodKind.YEAR)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        if quarter not in (1, 2, 3, 4):
            raise UnableToReadPeriod(f"a year has quarters 1 to 4, not {quarter}")
        first = 3 * quarter - 2
        end = date(year + 1, 1, 1) if quarter == 4 else date(year, first + 3, 1)
        return cls(date(year, first, 1), end, PeriodKind.QUARTER)

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        if not 1 <= month <= 12:
            raise UnableToReadPeriod(f"a year has months 1 to 12, not {month}")
        end = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
        return cls(date(year, month, 1), end, PeriodKind.MONTH)

    @classmethod
    def span(cls, first_year: int, last_year: int) -> Period:
        """Both years included: ``span(2021, 2025)`` ends on 2026-01-01."""
        return cls(date(first_year, 1, 1), date(last_year + 1, 1, 1), PeriodKind.SPAN)

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read a period's code; the inverse of :attr:`code`.

        Raises:
            UnableToReadPeriod: the text is none of the four forms.
        """
        if m := re.fullmatch(r"(\d{4})", code):
            return cls.year(int(m[1]))
        if m := re.fullmatch(r"(\d{4})-?Q([1-4])", code):
            return cls.quarter(int(m[1]), int(m[2]))
        if m := re.fullmatch(r"(\d{4})-(\d{2})", code):
            return cls.month(int(m[1]), int(m[2]))
        if m := re.fullmatch(r"(\d{4})/(\d{4})", code):
            return cls.span(int(m[1]), int(m[2]))
        raise UnableToReadPeriod(f"{code!r} is no period; write 2025, 2025Q3, 2025-07 or 2021/2025")

    @classmethod
    def quarter_of(cls, day: date) -> Period:
        return cls.quarter(day.year, (day.month + 2) // 3)

    @property
    def code(self) -> str:
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.start.year}"
            case PeriodKind.QUARTER:
                return f"{self.start.year}Q{(self.start.month + 2) // 3}"
            case PeriodKind.MONTH:
                return f"{self.start.year}-{self.start.month:02d}"
            case _:
                return f"{self.start.year}/{self.end.year - 1}"

    @property
    def label_zh(self) -> str:
        match self.kind:
            case PeriodKind.YEAR:
                return f"{self.start.year}年"
            case PeriodKind.QUARTER:
                return f"{self.start.year}年Q{(self.start.month + 2) // 3}"
            case PeriodKind.MONTH:
                return f"{self.start.year}年{self.start.month}月"
            case _:
                return f"{self.start.year}—{self.end.year - 1}年"

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def previous(self) -> Period:
        """The neighbouring period of the same kind before this one (a span has none)."""
        match self.kind:
            case PeriodKind.YEAR:
                return Period.year(self.start.year - 1)
            case PeriodKind.QUARTER:
                q = (self.start.month + 2) // 3
                return Period.quarter(self.start.year, q - 1) if q > 1 else Period.quarter(self.start.year - 1, 4)
            case PeriodKind.MONTH:
                m = self.start.month
                return Period.month(self.start.year, m - 1) if m > 1 else Period.month(self.start.year - 1, 12)
            case _:
                raise UnableToReadPeriod("a span of years has no neighbour of its kind")
