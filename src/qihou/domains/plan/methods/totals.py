"""What total and subtotal rows claim, and within which interval a claim holds.

A printed number stands for every value that rounds to it: half a unit of its last printed digit to either side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, TypeGuard

from .register import Cell, ProjectRow, Register, Totals

MONEY = ("investment", "upper_level", "district_budget", "private")
_NUMBER = re.compile(r"\d[\d,]*(?:\.(\d+))?")


def is_amount(value: object) -> TypeGuard[Decimal]:
    """A number one can reckon with: neither missing, undetermined, infinite nor not-a-number."""
    return isinstance(value, Decimal) and value.is_finite()


@dataclass(frozen=True)
class Claim:
    """A printed total in 10⁴ CNY; ``half_unit`` is half a unit of its last printed digit, in 10⁴ CNY too."""

    value: Decimal
    half_unit: Decimal
    printed: str
    lines: tuple[int, ...] = ()

    def bounds(self, scale: int) -> tuple[int, int]:
        """The closed interval as whole multiples of ``1/scale``."""
        low = ((self.value - self.half_unit) * scale).to_integral_value(ROUND_CEILING)
        high = ((self.value + self.half_unit) * scale).to_integral_value(ROUND_FLOOR)
        return int(low), int(high)

    def holds(self, total: Decimal) -> bool:
        return abs(total - self.value) <= self.half_unit

    def is_rounding(self, total: Decimal) -> bool:
        """It holds, but not to the last digit of what was added up."""
        return total != self.value and self.holds(total)


@dataclass(frozen=True)
class Group:
    """The projects a subtotal row stands for."""

    label: str
    projects: list[ProjectRow]
    claims: dict[str, Claim]
    lines: tuple[int, ...]


def claim(value: Decimal, printed: str, lines: tuple[int, ...] = ()) -> Claim:
    """The precision comes from what was printed, also where the document counts in other units (亿元)."""
    match = _NUMBER.search(printed)
    if match:
        number = Decimal(match[0].replace(",", ""))
        digits = len(match[1] or "")
        factor = abs(value / number) if number else Decimal(1)
        return Claim(value, Decimal(5) * Decimal(10) ** (-digits - 1) * factor, match[0], lines)
    exponent = value.as_tuple().exponent
    digits = max(0, -exponent) if isinstance(exponent, int) else 0
    return Claim(value, Decimal(5) * Decimal(10) ** (-digits - 1), f"{value:f}", lines)


def claimed_totals(totals: Totals) -> dict[str, Claim]:
    """The printed totals by column, as far as there are any."""
    result = {}
    for column in MONEY:
        value = getattr(totals, column)
        if is_amount(value):
            cell = totals.cells.get(column, Cell())
            result[column] = claim(value, cell.printed, cell.lines)
    return result


def groups_with_subtotals(register: Register) -> list[Group]:
    """Subtotal rows with their projects: those above it, below it or of its category, whichever adds up to it.

    A subtotal whose projects cannot be told by their investments is left out: it proves nothing.
    """
    groups = []
    entries = [e for e in register.totals.subtotals if is_amount(e.get("investment")) and e.get("lines")]
    marks = sorted(min(e["lines"]) for e in entries)
    for entry in entries:
        mark = min(entry["lines"])
        before = max((m for m in marks if m < mark), default=0)
        after = min((m for m in marks if m > mark), default=1 << 60)
        label = str(entry.get("label", ""))
        candidates = (
            [p for p in register.projects if p.lines and before < p.lines[0] < mark],
            [p for p in register.projects if p.lines and mark < p.lines[0] < after],
            [p for p in register.projects if p.category and p.category in label],
        )
        claims = {
            c: claim(entry[c], _printed_of(entry, c), tuple(entry["lines"])) for c in MONEY if _is_amount(entry, c)
        }
        for projects in candidates:
            invested = [p.investment for p in projects]
            if projects and all(is_amount(v) for v in invested):
                total = sum((v for v in invested if is_amount(v)), Decimal(0))
                if claims["investment"].holds(total):
                    groups.append(Group(label, projects, claims, tuple(entry["lines"])))
                    break
    return groups


def _is_amount(entry: dict[str, Any], column: str) -> bool:
    value = entry.get(column)
    return is_amount(value)


def _printed_of(entry: dict[str, Any], column: str) -> str:
    printed = entry.get("printed")
    if isinstance(printed, dict):
        return str(printed.get(column, ""))
    return ""
