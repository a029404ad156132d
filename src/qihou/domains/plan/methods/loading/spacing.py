"""Text recognised from a scan or set wide: a blank between all letters of a line."""

from __future__ import annotations

import re

from ..register import Line

_BARS = "|｜│┃¦"
_FEWEST = 5


def _is_apart(text: str) -> bool:
    words = [w for w in text.split() if w not in _BARS]
    return len(words) >= _FEWEST and sum(1 for w in words if len(w) == 1) >= 0.8 * len(words)


def closed_up(lines: list[Line]) -> list[Line]:
    """The lines without the single blanks between letters, where most lines of the document are set so.

    Two and more blanks divide words or cells and stay.
    """
    longer = [n for n in lines if len(n.text.strip()) > 2 * _FEWEST]
    if not longer or sum(1 for n in longer if _is_apart(n.text)) < 0.6 * len(longer):
        return lines
    return [Line(n.number, re.sub(r"(?<=\S) (?=\S)", "", n.text), n.page) for n in lines]
