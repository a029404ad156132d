"""Key categories: those that together make up 95 % of the level or of the trend of an inventory.

Approach 1 and 2 of the 2006 IPCC Guidelines, volume 1, chapter 4 (equations 4.1 to 4.5). Sinks enter with their absolute value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qihou.figures.book import Numbers

# 2006 Guidelines, volume 1, chapter 4: section 4.3.1 (approach 1) and 4.3.2 (approach 2).
THRESHOLD_APPROACH_1 = 0.95
THRESHOLD_APPROACH_2 = 0.90


# Sums of shares that reach the threshold on paper may miss it in the last digit.
_ROUNDING = 1e-12


class UnableToRank(ValueError):
    """Categories cannot be ranked by these values; the message says why."""


@dataclass(frozen=True)
class Ranked:
    """One category's place. ``index``: its place in what was given; ``share`` of the whole, ``cumulative`` down to it."""

    index: int
    share: float
    cumulative: float
    is_key: bool


def level(values: Sequence[float] | Numbers) -> Numbers:
    """Level assessment, equation 4.1: each category's share of the sum of absolute values.

    Raises:
        UnableToRank: a value is missing.
    """
    absolute = np.abs(_numbers(values))
    whole = absolute.sum()
    return np.asarray(np.zeros_like(absolute) if whole == 0 else absolute / whole)


def _numbers(values: Sequence[float] | Numbers) -> Numbers:
    found = np.asarray(values, dtype=float)
    if not np.isfinite(found).all():
        raise UnableToRank("a category has no value: leave it out and say so, or fill the gap first")
    return found


def trend(base: Sequence[float], now: Sequence[float]) -> Numbers:
    """Trend assessment, equations 4.2 and 4.3, not yet divided by its sum.

    For a category that was zero in the base year equation 4.3 stands in: its present absolute value over the sum of the
    absolute values of the base year.

    Raises:
        UnableToRank: a value is missing, or the base year adds up to nothing, so that no trend can be told from it.
    """
    before, after = _numbers(base), _numbers(now)
    if before.sum() == 0:
        raise UnableToRank("the base year adds up to zero: choose another base year for the trend")
    all_before, all_after = before.sum(), after.sum()
    weight = level(before)
    change = (all_after - all_before) / abs(all_before)
    with np.errstate(divide="ignore", invalid="ignore"):
        moved = weight * np.abs((after - before) / np.abs(before) - change)
    new = np.abs(after) / np.abs(before).sum()
    return np.asarray(np.where(before == 0, new, moved))


def rank(shares: Numbers, threshold: float) -> list[Ranked]:
    """Categories by share, largest first; key are those needed to reach the threshold."""
    whole = shares.sum()
    if whole == 0:
        return [Ranked(index, 0.0, 0.0, False) for index in range(len(shares))]
    found, reached = [], 0.0
    for index in np.argsort(-shares, kind="stable"):
        share = float(shares[index] / whole)
        is_key = reached < threshold - _ROUNDING and share > 0
        reached += share
        found.append(Ranked(int(index), share, reached, is_key))
    return found


def approach_2(shares: Numbers, relative_uncertainty: Sequence[float]) -> Numbers:
    """Equations 4.4 and 4.5: an assessment weighted by each category's relative uncertainty."""
    return np.asarray(shares * _numbers(relative_uncertainty))
