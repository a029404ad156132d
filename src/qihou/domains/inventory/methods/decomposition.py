"""What moved a total from one year to the next: the additive and multiplicative LMDI-I.

Source: Ang, B. W. (2005): The LMDI approach to decomposition analysis, Energy Policy 33; zeros by their analytical limit after
Wood, R. and Lenzen, M. (2006): Zero-value problems of the logarithmic mean divisia index decomposition method, Energy Policy 34.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence


class UnableToDecompose(ValueError):
    """The two years do not have the same factors and parts, or a factor is negative."""


def log_mean(one: float, other: float) -> float:
    """The logarithmic mean; of equal numbers that number, with a zero it is zero (its limit).

    >>> log_mean(5.0, 5.0)
    5.0
    """
    if one < 0 or other < 0:
        raise UnableToDecompose(f"a logarithmic mean needs numbers that are not negative, not {one} and {other}")
    if one == other:
        return one
    if one == 0 or other == 0:
        return 0.0
    return (other - one) / math.log(other / one)


def effects(start: Mapping[str, Sequence[float]], end: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """The share of each factor in the change of a sum of products.

    Args:
        start, end: for each factor its value in every part (industry, fuel); the total is the sum over parts of the product
            of all factors. All in consistent units; none negative.

    Returns:
        factor to effect, in the unit of the product; together they are the change, exactly. Exchanging start and end
        exchanges the signs.

    Raises:
        UnableToDecompose: other factors, another number of parts, or a negative factor.
    """
    if list(start) != list(end) or not start:
        raise UnableToDecompose(f"the factors differ: {', '.join(start)} and {', '.join(end)}")
    counts = {len(values) for values in (*start.values(), *end.values())}
    if len(counts) != 1:
        raise UnableToDecompose("every factor needs one value for each part, in both years")
    found = dict.fromkeys(start, 0.0)
    for part in range(counts.pop()):
        before = {name: float(start[name][part]) for name in start}
        after = {name: float(end[name][part]) for name in end}
        for name, effect in _of_part(before, after).items():
            found[name] += effect
    return found


def _of_part(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    if negative := [name for name in before if before[name] < 0 or after[name] < 0]:
        raise UnableToDecompose(f"{', '.join(negative)} is negative; a factor of a product must not be")
    one, other = math.prod(before.values()), math.prod(after.values())
    appeared = [name for name in before if (before[name] == 0) != (after[name] == 0)]
    if (one == 0) != (other == 0):
        # The limit for a vanishing factor: whatever came from nothing, or went to it, takes the whole change.
        share = (other - one) / len(appeared)
        return {name: share if name in appeared else 0.0 for name in before}
    if one == 0:
        return dict.fromkeys(before, 0.0)
    weight = log_mean(one, other)
    return {name: weight * math.log(after[name] / before[name]) for name in before}


def ratios(start: Mapping[str, float], end: Mapping[str, float]) -> dict[str, float]:
    """The multiplicative twin for one part: how many times larger each factor became; their product is the total's ratio.

    Raises:
        UnableToDecompose: a factor was nought, so that it has no ratio.
    """
    if list(start) != list(end):
        raise UnableToDecompose(f"the factors differ: {', '.join(start)} and {', '.join(end)}")
    if nought := [name for name, value in start.items() if value == 0]:
        raise UnableToDecompose(f"{', '.join(nought)} was nought; it has no ratio, use the additive form")
    return {name: end[name] / start[name] for name in start}
