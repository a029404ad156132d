"""The placing of amounts in columns, in whole numbers: what is given, before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Option = tuple[int, ...]
Bounds = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Table:
    """``rows[i]`` lists the options of row ``i``; an option has one whole number per column, as ``bounds`` has."""

    rows: tuple[tuple[Option, ...], ...]
    bounds: tuple[tuple[int, int], ...]


def kept_columns(table: Table) -> tuple[int, int | None]:
    """How many leading columns to hold, and the constant sum of every assignment when the last one is implied."""
    if len(table.bounds) < 2:
        return len(table.bounds), None
    sums = [{sum(option) for option in options} for options in table.rows]
    if all(len(s) == 1 for s in sums):
        return len(table.bounds) - 1, sum(s.pop() for s in sums)
    return len(table.bounds), None
