"""Exact whole-number proofs about which funding columns the amounts of a table can stand in.

A table has rows; a row has *options*, each putting fixed whole numbers into columns; every column has a closed
interval its sum must meet. :func:`possible_options` answers, for every row, which options belong to at least one
assignment that meets all the intervals. It is a dynamic programme on whole numbers: no floating point, no tolerance.

The sums are split at a grain ``G``. Few rows carry digits finer than ``G``; those are enumerated with a look-ahead on
their remainders. The rest are multiples of ``G``, so their reachable sums fit a bitset, held in Python's own big
integers, where adding a row is a shift and an "or".
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from .funding_remainders import filter_by_remainder
from .funding_table import Bounds, Option, Table, kept_columns

Codes = npt.NDArray[np.int64]

LARGEST_BITSET = 12_000_000
"""Bits of one reachable set: 1.5 MB, a few of which per row stay well inside memory and a second."""
LARGEST_SET = 300_000
"""Sums of the fine rows held one by one."""
LARGEST_TARGET = 5_000
"""Runs of sums that end inside the intervals, over all the sums of the fine rows."""
MODULI = (10, 100)


class UnableToDecideExactly(ValueError):
    """The table is too large or too finely printed for an exact answer within the budget."""


def possible_options(table: Table) -> list[set[int]]:
    """Indices of the options of every row that occur in some consistent assignment; all empty when there is none.

    Raises:
        UnableToDecideExactly: the table exceeds the budget; nothing is then known about it.
    """
    if not table.bounds:
        return [set(range(len(options))) for options in table.rows]
    if any(low > high or high < 0 for low, high in table.bounds):
        return [set() for _ in table.rows]
    table, alive = _narrowed(_drop_implied_column(table))
    if not all(alive):
        return [set() for _ in table.rows]
    return _decide(table, alive, _best_grain(table, alive))


def not_impossible(table: Table) -> list[set[int]]:
    """What the last digits leave, at a price that never exceeds the budget; the struck options are proved impossible."""
    if not table.bounds:
        return [set(range(len(options))) for options in table.rows]
    _, alive = _narrowed(_drop_implied_column(table))
    return alive if all(alive) else [set() for _ in table.rows]


def _narrowed(table: Table) -> tuple[Table, list[set[int]]]:
    alive = [set(range(len(options))) for options in table.rows]
    for modulus in MODULI:
        table, alive = filter_by_remainder(table, alive, modulus)
    return table, alive


def _drop_implied_column(table: Table) -> Table:
    """With every row's options placing the same sum, the last column follows from the others and its interval too.

    The column is kept as an interval on the sum of the others, which :func:`_decide` checks at the end; the widest
    column is the one to drop, since the size of the bitset is the product of the kept ones.
    """
    order = sorted(range(len(table.bounds)), key=lambda c: table.bounds[c][1])
    return Table(
        rows=tuple(tuple(tuple(option[c] for c in order) for option in options) for options in table.rows),
        bounds=tuple(table.bounds[c] for c in order),
    )


def _best_grain(table: Table, alive: list[set[int]]) -> int:
    kept, _ = kept_columns(table)
    best: tuple[float, int] | None = None
    for grain in sorted({m * 10**k for k in range(10) for m in (1, 2, 5)}):
        bits = math.prod(hi // grain + 2 for _, hi in table.bounds[:kept])
        fine = [
            len(alive[i])
            for i, options in enumerate(table.rows)
            if any(options[k][c] % grain for k in alive[i] for c in range(kept))
        ]
        fine_sums = math.prod(fine)
        if bits > LARGEST_BITSET or fine_sums > 5e8:
            continue
        cost = bits * (len(table.rows) - len(fine)) / 5e7 + min(fine_sums, 1e6) / 2e6
        if best is None or cost < best[0]:
            best = (cost, grain)
    if best is None:
        raise UnableToDecideExactly
    return best[1]


def _decide(table: Table, alive: list[set[int]], grain: int) -> list[set[int]]:
    kept, whole = kept_columns(table)
    tops = [hi for _, hi in table.bounds[:kept]]
    fine: list[int] = []
    coarse: list[int] = []
    for i, options in enumerate(table.rows):
        is_fine = any(options[k][c] % grain for k in alive[i] for c in range(kept))
        (fine if is_fine else coarse).append(i)
    fine_forward = _enumerate_fine(table, alive, fine, grain, kept)

    widths = [2 * (top // grain) + 2 for top in tops]
    strides = [math.prod(widths[:k]) for k in range(kept)]
    mask = _inside_mask([top // grain for top in tops], widths)
    forward = [1]
    for i in coarse:
        reached = 0
        for k in alive[i]:
            if all(table.rows[i][k][c] <= tops[c] for c in range(kept)):
                reached |= forward[-1] << _offset(table.rows[i][k], grain, strides)
        forward.append(reached & mask)

    wanted, live_fine = 0, []
    scale = _scales(tops)
    widest = math.prod((hi - max(lo, 0)) // grain + 1 for lo, hi in table.bounds[1:kept])
    if widest * len(fine_forward[-1]) > LARGEST_TARGET:
        raise UnableToDecideExactly
    for code in fine_forward[-1].tolist():
        bits = _wanted_bits(_split(code, scale), table.bounds, kept, whole, grain, strides)
        met = bits & forward[-1]
        if met:
            wanted |= met
            live_fine.append(code)

    result: list[set[int]] = [set() for _ in table.rows]
    if not wanted:
        return result
    _walk_back_coarse(table, alive, coarse, forward, wanted, grain, strides, tops, result)
    _walk_back_fine(table, alive, fine, fine_forward, live_fine, scale, result)
    return result


def _scales(tops: Sequence[int]) -> list[int]:
    """Place values that pack one sum per kept column into a single code without overlap."""
    scales, place = [], 1
    for top in tops:
        scales.append(place)
        place *= 2 * top + 2
    if place > 2**62:
        raise UnableToDecideExactly
    return scales


def _split(code: int, scales: Sequence[int]) -> list[int]:
    parts = []
    for scale in reversed(scales):
        parts.append(code // scale)
        code %= scale
    return parts[::-1]


def _enumerate_fine(table: Table, alive: list[set[int]], fine: list[int], grain: int, kept: int) -> list[Codes]:
    """Sums reachable by the fine rows, level by level, keeping those whose remainder the later rows can still meet."""
    tops = [hi for _, hi in table.bounds[:kept]]
    scales = _scales(tops)
    levels: list[Codes] = [np.zeros(1, dtype=np.int64)]
    remainders = _remainders_to_go(table, alive, fine, grain, kept)
    for level, i in enumerate(fine):
        steps = [
            sum(table.rows[i][k][c] * scales[c] for c in range(kept))
            for k in alive[i]
            if all(table.rows[i][k][c] <= tops[c] for c in range(kept))
        ]
        if not steps:
            levels.append(np.zeros(0, dtype=np.int64))
            continue
        reached = _distinct([levels[-1] + step for step in steps])
        rest, inside = reached, np.ones(len(reached), dtype=bool)
        key = np.zeros(len(reached), dtype=np.int64)
        for c in range(kept - 1, -1, -1):
            part, rest = rest // scales[c], rest % scales[c]
            inside &= part <= tops[c]
            key = key * grain + part % grain
        reached, key = reached[inside], key[inside]
        allowed = remainders[level + 1]
        if allowed is not None:
            reached = reached[np.isin(key, allowed)]
        if len(reached) > LARGEST_SET:
            raise UnableToDecideExactly
        levels.append(reached)
    return levels


def _remainders_to_go(
    table: Table, alive: list[set[int]], fine: list[int], grain: int, kept: int
) -> list[Codes | None]:
    """For every level, the remainders (mod the grain) from which the intervals can still be met; None: not worth it."""
    spans = [min(hi - lo + 1, grain) for lo, hi in table.bounds[:kept]]
    if math.prod(spans) > 10_000:
        return [None] * (len(fine) + 1)
    current: dict[tuple[int, ...], bool] = {(): True}
    for (lo, _), span in zip(table.bounds[:kept], spans, strict=True):
        current = {(*parts, (lo + d) % grain): True for parts in current for d in range(span)}
    codes = np.array(sorted({_pack(parts, grain) for parts in current}), dtype=np.int64)
    result: list[Codes | None] = [codes]
    known: Codes | None = codes
    for i in reversed(fine):
        if known is not None:
            moved = []
            for k in alive[i]:
                rest, parts = known, []
                for c in range(kept):
                    parts.append((rest % grain - table.rows[i][k][c]) % grain)
                    rest = rest // grain
                code = np.zeros(len(known), dtype=np.int64)
                for part in reversed(parts):
                    code = code * grain + part
                moved.append(code)
            known = _distinct(moved)
            if len(known) > LARGEST_SET:
                known = None
        result.append(known)
    return result[::-1]


def _distinct(arrays: list[Codes]) -> Codes:
    """Sorted values without repeats; a sort is several times faster here than numpy's hashing ``unique``."""
    values = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *arrays]))
    first: Codes = values[np.concatenate([values[:1] == values[:1], values[1:] != values[:-1]])]
    return first


def _pack(parts: Sequence[int], grain: int) -> int:
    code = 0
    for part in reversed(parts):
        code = code * grain + part
    return code


def _offset(option: Option, grain: int, strides: Sequence[int]) -> int:
    return sum(option[c] // grain * stride for c, stride in enumerate(strides))


def _inside_mask(tops: Sequence[int], widths: Sequence[int]) -> int:
    """Bits whose every coordinate is within its top."""
    mask = (1 << (tops[0] + 1)) - 1
    for axis in range(1, len(tops)):
        stride = math.prod(widths[:axis])
        mask = _repeat(mask, stride, tops[axis] + 1)
    return mask


def _repeat(pattern: int, stride: int, times: int) -> int:
    """``pattern`` laid out ``times`` times, ``stride`` bits apart, by doubling."""
    if times == 1:
        return pattern
    half = _repeat(pattern, stride, times // 2)
    both = half | half << (stride * (times // 2))
    return both | pattern << (stride * (times - 1)) if times % 2 else both


def _wanted_bits(
    parts: Sequence[int], bounds: Bounds, kept: int, whole: int | None, grain: int, strides: Sequence[int]
) -> int:
    """The coarse sums that complete one fine sum so that every interval is met, as runs along the first column."""
    ranges = []
    for c in range(kept):
        low, high = max(bounds[c][0] - parts[c], 0), bounds[c][1] - parts[c]
        ranges.append(range(-(-low // grain), high // grain + 1))
    points: list[tuple[int, ...]] = [()]
    for r in ranges[1:]:
        points = [(*point, value) for point in points for value in r]
    bits = 0
    for point in points:
        first, last = ranges[0].start, ranges[0].stop - 1
        if whole is not None:
            rest = whole - sum(parts) - grain * sum(point)
            first = max(first, -(-(rest - bounds[kept][1]) // grain))
            last = min(last, (rest - bounds[kept][0]) // grain)
        if first <= last:
            run = (1 << (last - first + 1)) - 1
            bits |= run << first + sum(v * stride for v, stride in zip(point, strides[1:], strict=True))
    return bits


def _walk_back_coarse(
    table: Table,
    alive: list[set[int]],
    coarse: list[int],
    forward: list[int],
    wanted: int,
    grain: int,
    strides: Sequence[int],
    tops: Sequence[int],
    result: list[set[int]],
) -> None:
    for level in range(len(coarse) - 1, -1, -1):
        i, before = coarse[level], 0
        for k in alive[i]:
            if any(table.rows[i][k][c] > tops[c] for c in range(len(tops))):
                continue
            came_from = (wanted >> _offset(table.rows[i][k], grain, strides)) & forward[level]
            if came_from:
                result[i].add(k)
                before |= came_from
        wanted = before


def _walk_back_fine(
    table: Table,
    alive: list[set[int]],
    fine: list[int],
    levels: list[Codes],
    live: list[int],
    scales: Sequence[int],
    result: list[set[int]],
) -> None:
    wanted: Codes = np.array(sorted(live), dtype=np.int64)
    for level in range(len(fine) - 1, -1, -1):
        i = fine[level]
        before = []
        for k in alive[i]:
            step = sum(table.rows[i][k][c] * scale for c, scale in enumerate(scales))
            came_from = wanted[np.isin(wanted - step, levels[level])] - step
            if len(came_from):
                result[i].add(k)
                before.append(came_from)
        wanted = _distinct(before)
