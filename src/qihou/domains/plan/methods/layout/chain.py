"""Which bare integers of a flattened table are the numbers of its rows."""

from __future__ import annotations

import re
from itertools import pairwise

from .tokens import Token

_CANDIDATE = re.compile(r"^(\d{1,3})[..、]?$")
_LOOK_BACK = 80


def row_numbers(tokens: list[Token], columns_before: int = 0) -> dict[int, int]:
    """Index of token → row number, for the best rising chain (gaps, doubles and restarts at 1 allowed).

    On a line of several cells a row's number has at most ``columns_before`` cells before it. Where the numbers do not follow one another, the distance must be that of a usual row.
    """
    chain = _chain(tokens, columns_before, 2, 2)
    steps = sorted(b - a for a, b in pairwise(chain) if chain[b] == chain[a] + 1)
    usual = steps[len(steps) // 2] if steps else 2
    return _chain(tokens, columns_before, 2, max(2, -(-usual * 3 // 4)))


def _chain(tokens: list[Token], columns_before: int, fewest_cells: int, usual: int) -> dict[int, int]:
    found = [
        (i, int(m[1]))
        for i, t in enumerate(tokens)
        if (t.place or 0) <= columns_before and (m := _CANDIDATE.match(t.text))
    ]
    best: list[float] = []
    before: list[int] = []
    for k, (i, value) in enumerate(found):
        follows_text = i + 1 < len(tokens) and not re.match(r"^[\d.,/%-]+$", tokens[i + 1].text)
        own = (2.0 if follows_text else -4.0) + (3.0 if value == 1 else 0.0)
        top, at = own, -1
        for j in range(max(0, k - _LOOK_BACK), k):
            link = _link(found[j][1], value, i - found[j][0], fewest_cells, usual)
            if link is not None and best[j] + link + own > top:
                top, at = best[j] + link + own, j
        best.append(top)
        before.append(at)
    if not best:
        return {}
    k = max(range(len(best)), key=best.__getitem__)
    chain: dict[int, int] = {}
    while k >= 0:
        chain[found[k][0]] = found[k][1]
        k = before[k]
    return dict(sorted(chain.items()))


def _link(previous: int, value: int, distance: int, fewest: int, usual: int) -> float | None:
    if distance < fewest or (value != previous + 1 and distance < usual):
        return None
    if value == previous + 1:
        return 10.0 - distance / 40
    if previous + 1 < value <= previous + 4:
        return 3.0 - distance / 10
    if value == 1:
        return 3.0 - distance / 40
    if value == previous:
        return 2.0 - distance / 10
    return None
