"""Rows of written tables that were broken over lines, put together again."""

from __future__ import annotations

import re

from ..document import GridCell
from ..reading.numbers import plain_number
from .tokens import is_total


def join_broken_rows(rows: list[list[GridCell]], *, by_place: bool = False) -> list[list[GridCell]]:
    """A row with an empty first cell whose few texts go on from the row above belongs to it.

    Cells set by their place on the line (``by_place``) may all go on but the number.
    """
    out: list[list[GridCell]] = []
    for row in _join_around(rows):
        if len(out) >= 2 and _is_rest(out[-1], row, by_place):
            for above, cell in zip(out[-1], row, strict=False):
                if cell.text:
                    above.text += cell.text
                    above.lines = (*above.lines, *cell.lines)
            continue
        out.append(row)
    return out


def _join_around(rows: list[list[GridCell]]) -> list[list[GridCell]]:
    """A cell set in the middle of its row: as many of its lines stand above the row's other cells as below them."""
    out: list[list[GridCell]] = []
    i = 0
    while i < len(rows):
        row = rows[i]
        above: list[list[GridCell]] = []
        while out and len(out) > 1 and _is_number(row) and _only_in_holes(out[-1], row):
            above.insert(0, out.pop())
        below = rows[i + 1 : i + 1 + len(above)]
        if above and len(below) == len(above) and all(_only_in_holes(b, row) for b in below):
            merged = [GridCell(c.text, c.lines) for c in row]
            for part in [*above, *below]:
                for cell, more in zip(merged, part, strict=True):
                    if more.text:
                        cell.text, cell.lines = cell.text + more.text, (*cell.lines, *more.lines)
            out.append(merged)
            i += 1 + len(below)
            continue
        out += [*above, row]
        i += 1
    return out


def _is_number(row: list[GridCell]) -> bool:
    return bool(re.fullmatch(r"\d{1,3}[.、]?", row[0].text))


def _only_in_holes(part: list[GridCell], row: list[GridCell]) -> bool:
    """Whether all cells of a part stand where the row has none."""
    filled = [i for i, c in enumerate(part) if c.text]
    return len(part) == len(row) and bool(filled) and not part[0].text and all(not row[i].text for i in filled)


def _is_rest(above: list[GridCell], row: list[GridCell], by_place: bool = False) -> bool:
    if len(above) != len(row) or row[0].text or not above[0].text:
        return False
    filled = [i for i, c in enumerate(row) if c.text]
    most = len(row) - 1 if by_place else max(1, len(row) // 2)
    if by_place and any(plain_number(row[i].text) is not None and not above[i].text.endswith("-") for i in filled):
        return False
    if not filled or len(filled) > most or not all(above[i].text for i in filled):
        return False
    if not re.fullmatch(r"\d{1,3}[.、]?", above[0].text):
        return False
    return not any(re.search(r"[。；;]$", above[i].text) or is_total(row[i].text) for i in filled)
