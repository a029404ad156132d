"""A district's figures divided among its towns by declared shares. This is an allocation, not an inventory of the towns.

The parts are rounded to a kilogram in such a way that they add up to the whole exactly (largest remainder, Hamilton's method).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

KILOGRAM = Decimal("0.001")


class UnableToAllocate(ValueError):
    """The shares do not add up to anything, or one is negative; the sentence says so in both languages."""


def allocate(whole: Decimal, weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Parts of a whole in proportion to weights.

    Args:
        whole: in t; may be negative (removals). It is rounded to a kilogram first.
        weights: by place, none negative: people, hectares.

    Returns:
        place to part in t, in the order of the weights; their sum is the rounded whole exactly.

    Raises:
        UnableToAllocate
    """
    if negative := [place for place, weight in weights.items() if weight < 0]:
        raise UnableToAllocate(
            f"份额不能为负：{'、'.join(negative)}。 Shares must not be negative: {', '.join(negative)}."
        )
    total = sum(weights.values(), Decimal(0))
    if total == 0:
        raise UnableToAllocate("份额合计为零，无从分配。 The shares add up to nought; nothing can be divided by them.")
    grains = (whole / KILOGRAM).quantize(Decimal(1), ROUND_HALF_EVEN)
    sign = -1 if grains < 0 else 1
    exact = {place: abs(grains) * weight / total for place, weight in weights.items()}
    parts = {place: share.quantize(Decimal(1), ROUND_FLOOR) for place, share in exact.items()}
    left = int(abs(grains) - sum(parts.values()))
    by_remainder = sorted(exact, key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[:left]:
        parts[place] += 1
    return {place: sign * part * KILOGRAM for place, part in parts.items()}
