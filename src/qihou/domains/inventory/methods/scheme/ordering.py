"""Cells in the order in which a sheet prints them: by the numeral of their section."""

from __future__ import annotations

from collections.abc import Iterable

from qihou.domains.inventory.methods.scheme.parts import Quantity

_NUMERALS = "一二三四五六七八九"


def by_section(quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Sheets and rows keep their order; within a sheet 一 stands before 二. Sections without a numeral come first."""
    found = tuple(quantities)
    sheets = list(dict.fromkeys(quantity.sheet for quantity in found))
    return tuple(sorted(found, key=lambda q: (sheets.index(q.sheet), _NUMERALS.find(q.section_zh[:1] or " "))))
