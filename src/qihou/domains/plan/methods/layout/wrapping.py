"""Whether the lines of a table were all wrapped at one width, so that a full line goes on in the next."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

from ..reading.numbers import is_nothing, plain_number
from .fit import Fitting
from .tokens import Token, is_group, is_subtotal, is_total

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


def join_wrapped(tokens: list[Token], fitting: Fitting) -> list[Token]:
    """Where a blank line stands between all cells, a line right under another goes on with the same cell."""
    inside = tokens[1:]
    apart = sum(1 for t in inside if t.gap)
    if any(t.place is not None for t in tokens) or apart < max(8, 0.85 * len(inside)):
        return tokens
    out: list[Token] = []
    for token in tokens:
        if not out or token.gap or not (_goes_on(out[-1].text) and _goes_on(token.text)):
            out.append(token)
            continue
        before = out[-1]
        names = all(fitting.organisation(t) >= 0.6 for t in (before.text, token.text)) and not before.text.endswith(
            "、"
        )
        text = before.text + ("\n" if names else "") + token.text
        out[-1] = replace(before, text=text, more=(*before.more, token.line, *token.more))
    return out


def _goes_on(text: str) -> bool:
    """Words, no number and no row of sums: those are cells by themselves whatever stands above them."""
    return not (
        plain_number(text) is not None or is_nothing(text) or is_total(text) or is_subtotal(text) or is_group(text)
    )


def _reaches(measure: Callable[[str], int], width: int) -> Callable[[str], bool]:
    def is_full(text: str) -> bool:
        return measure(text) >= width

    return is_full


def _never(text: str) -> bool:
    return False
