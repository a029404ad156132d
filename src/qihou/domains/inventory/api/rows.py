"""The sector tree with its figures, as pages take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Category

Lines = Mapping[tuple[str, str], Line]


@dataclass(frozen=True)
class Row:
    """A category with its figure, all gases together and gas by gas.

    ``depth``: 0 for a sector. ``counts``: whether it is in the totals. ``share``: of the total without land use, None where either is missing.
    """

    category: Category
    depth: int
    line: Line | None
    gases: Mapping[str, Line]
    share: float | None
    counts: bool
    is_leaf: bool

    @property
    def code(self) -> str:
        return self.category.code


@dataclass(frozen=True)
class Tree:
    """All categories with figures, parents before children, and the totals."""

    rows: tuple[Row, ...]
    lines: Lines

    @property
    def total(self) -> Line:
        return self.lines[TOTAL, ""]

    @property
    def total_without_lulucf(self) -> Line:
        return self.lines[TOTAL_WITHOUT_LULUCF, ""]

    @cached_property
    def sectors(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.depth == 0)

    @cached_property
    def leaves(self) -> tuple[Row, ...]:
        """The categories that no other stands under, and that are in the totals."""
        return tuple(row for row in self.rows if row.is_leaf and row.counts)

    @cached_property
    def gases(self) -> tuple[str, ...]:
        """The gases of the total, in the order of the tree."""
        return tuple(gas for code, gas in self.lines if code == TOTAL and gas)

    def row(self, code: str) -> Row | None:
        return next((row for row in self.rows if row.code == code), None)


def tree_of(scheme: Scheme, lines: Lines) -> Tree:
    """The tree of a scheme with figures of a run."""
    base = lines[TOTAL_WITHOUT_LULUCF, ""].value if (TOTAL_WITHOUT_LULUCF, "") in lines else None
    found: list[Row] = []

    def add(parent: str, counts: bool) -> bool:
        any_child = False
        for category in scheme.children(parent):
            here = counts and category.sector.in_total and not category.memo
            place = len(found)
            line = lines.get((category.code, ""))
            gases = {gas: lines[code, gas] for code, gas in lines if code == category.code and gas}
            has_children = add(category.code, here)
            if line is None and not has_children:
                continue
            any_child = True
            value = line.value if line else None
            share = value / base if value is not None and base else None
            row = Row(category, category.code.count("."), line, gases, share, here, not has_children)
            found.insert(place, row)
        return any_child

    add("", True)
    return Tree(tuple(found), lines)
