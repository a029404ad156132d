"""Sections of a sheet carry the numerals of an official form: 一、二、三 in the order in which they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qihou.domains.inventory.methods.scheme.parts import Quantity

_DIGITS = "一二三四五六七八九十"


def numeral(number: int) -> str:
    """A number from 1 to 99 as headings write it.

    >>> numeral(3), numeral(10), numeral(12), numeral(20), numeral(21)
    ('三', '十', '十二', '二十', '二十一')
    """
    tens, ones = divmod(number, 10)
    last = _DIGITS[ones - 1] if ones else ""
    if not tens:
        return last
    return f"{_DIGITS[tens - 1] if tens > 1 else ''}十{last}"


def numbered(quantities: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """The quantities with a numeral before each section's name, counted in each sheet."""
    seen: dict[str, list[str]] = {}
    found = []
    for quantity in quantities:
        sections = seen.setdefault(quantity.sheet, [])
        if quantity.section_zh not in sections:
            sections.append(quantity.section_zh)
        place = numeral(sections.index(quantity.section_zh) + 1)
        found.append(replace(quantity, section_zh=f"{place}、{quantity.section_zh}"))
    return tuple(found)
