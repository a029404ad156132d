"""Whether the lines of a table were all wrapped at one width, so that a full line goes on in the next."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from .tokens import Token

_FEWEST = 5
_NARROWEST = 16


def display_width(text: str) -> int:
    """Columns a text takes: two for a Chinese character."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def full_lines(tokens: list[Token]) -> Callable[[str], bool]:
    """A test for lines that reach the common width; always false where lines were not wrapped.

    Wrapped text piles up at its width: several lines end there, none beyond it, and more there than just below.
    """
    for measure in (len, display_width):
        sizes = [measure(t.text) for t in tokens]
        widest = max(sizes, default=0)
        slack = 1 if measure is len else 3
        at_edge = sum(1 for s in sizes if s >= widest - slack)
        below = sum(1 for s in sizes if widest - 3 * slack - 2 <= s < widest - slack)
        if widest >= _NARROWEST and at_edge >= max(_FEWEST, 3 * below, len(sizes) // 25):
            return _reaches(measure, widest - slack)
    return _never


def _reaches(measure: Callable[[str], int], width: int) -> Callable[[str], bool]:
    def is_full(text: str) -> bool:
        return measure(text) >= width

    return is_full


def _never(text: str) -> bool:
    return False
