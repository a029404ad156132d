"""What the last digits of the amounts and totals alone rule out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .funding_table import Bounds, Option, Table, kept_columns

MOST_STATES = 300_000


def filter_by_remainder(table: Table, alive: list[set[int]], modulus: int) -> tuple[Table, list[set[int]]]:
    """Strike what the last digits alone rule out: options no consistent assignment can hold, and ends of intervals.

    A proof, never a guess: whatever is struck is impossible.
    """
    kept, whole = kept_columns(table)
    if modulus**kept > MOST_STATES:
        return table, alive
    target = _target_remainders(table.bounds, kept, whole, modulus)
    axes = tuple(range(kept))
    start = np.zeros_like(target)
    start[(0,) * kept] = True
    forward = [start]
    for options, keep in zip(table.rows, alive, strict=True):
        reached = np.zeros_like(target)
        for shift in _by_shift(options, keep, kept, modulus):
            reached |= _rolled(forward[-1], shift, axes)
        forward.append(reached)
    result: list[set[int]] = [set() for _ in table.rows]
    ends = backward = target & forward[-1]
    for i in range(len(table.rows) - 1, -1, -1):
        before = np.zeros_like(target)
        for shift, keep in _by_shift(table.rows[i], alive[i], kept, modulus).items():
            came_from = _rolled(backward, tuple(-s for s in shift), axes) & forward[i]
            if came_from.any():
                result[i] |= keep
                before |= came_from
        backward = before
    return Table(table.rows, _tightened(table.bounds, ends, kept, whole, modulus)), result


def _tightened(
    bounds: Bounds, ends: npt.NDArray[np.bool_], kept: int, whole: int | None, modulus: int
) -> tuple[tuple[int, int], ...]:
    """The intervals without the end values whose remainder no assignment reaches."""
    points = np.argwhere(ends)
    remainders = [set(points[:, axis].tolist()) for axis in range(kept)]
    if whole is not None:
        remainders.append({(whole - int(point.sum())) % modulus for point in points})
    result = []
    for (lo, hi), possible in zip(bounds, remainders, strict=True):
        inside = [value for value in range(lo, min(hi, lo + modulus - 1) + 1) if value % modulus in possible]
        below = [value for value in range(hi, max(lo, hi - modulus + 1) - 1, -1) if value % modulus in possible]
        result.append((inside[0], below[0]) if inside else (lo, hi))
    return tuple(result)


def _target_remainders(bounds: Bounds, kept: int, whole: int | None, modulus: int) -> npt.NDArray[np.bool_]:
    target = np.ones((modulus,) * kept, dtype=bool)
    for axis, (lo, hi) in enumerate(bounds[:kept]):
        mask = np.zeros(modulus, dtype=bool)
        mask[[value % modulus for value in range(lo, min(hi, lo + modulus - 1) + 1)]] = True
        target &= mask.reshape([modulus if a == axis else 1 for a in range(kept)])
    if whole is not None:
        lo, hi = bounds[kept]
        allowed = [value % modulus for value in range(lo, min(hi, lo + modulus - 1) + 1)]
        others = np.indices((modulus,) * kept).sum(axis=0)
        target &= np.isin((whole - others) % modulus, allowed)
    return target


def _by_shift(options: tuple[Option, ...], keep: set[int], kept: int, modulus: int) -> dict[Option, set[int]]:
    groups: dict[Option, set[int]] = {}
    for k in keep:
        groups.setdefault(tuple(v % modulus for v in options[k][:kept]), set()).add(k)
    return groups


def _rolled(states: npt.NDArray[np.bool_], shift: tuple[int, ...], axes: tuple[int, ...]) -> npt.NDArray[np.bool_]:
    return np.roll(states, shift, axes) if any(shift) else states
