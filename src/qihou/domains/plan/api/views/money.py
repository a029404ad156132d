"""Sums of money in 10⁴ CNY (万元), with what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from qihou.face.values import Missing

FUNDING = ("upper_level", "district_budget", "private")  # the columns that say where money comes from, as printed
COLUMNS = ("investment", *FUNDING)
SPLIT = (*FUNDING, "unplaced")  # what an investment is made of


@dataclass(frozen=True)
class Money:
    """10⁴ CNY by source. ``unplaced`` is investment whose funding column is undetermined or not printed.

    ``rows`` were looked at; ``counted`` and ``undetermined`` say, per column, how many carry an amount that is in the sum
    and how many an undetermined one that is not. What is shown comes from :meth:`shown`, never from the bare sum.
    """

    investment: Decimal = Decimal(0)
    upper_level: Decimal = Decimal(0)
    district_budget: Decimal = Decimal(0)
    private: Decimal = Decimal(0)
    unplaced: Decimal = Decimal(0)
    rows_without_amount: int = 0
    rows: int = 0
    counted: Mapping[str, int] = field(default_factory=dict)
    undetermined: Mapping[str, int] = field(default_factory=dict)

    def shown(self, column: str) -> Decimal | Missing:
        """The sum of a column; over no amount at all it is missing, not zero. What is unplaced is a difference, never missing."""
        if column == "unplaced":
            return self.unplaced
        if self.counted.get(column):
            amount: Decimal = getattr(self, column)
            return amount
        return Missing.UNDETERMINED if self.undetermined.get(column) else Missing.ABSENT

    @property
    def parts(self) -> tuple[tuple[str, Decimal], ...]:
        """What there is of each source and of what has none, [(column, amount above zero)]."""
        return tuple((column, amount) for column in SPLIT if (amount := getattr(self, column)) > 0)

    def absent(self, column: str) -> int:
        """How many rows carry neither an amount nor an undetermined one."""
        return self.rows - self.counted.get(column, 0) - self.undetermined.get(column, 0)


@dataclass(frozen=True)
class PaidFrom:
    """What the sum of payments rests on, in projects: ``without`` any accepted payment, ``carried``, ``waiting``."""

    without: int = 0
    carried: int = 0
    waiting: int = 0
