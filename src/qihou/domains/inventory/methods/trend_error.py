"""How sure a trend is: the relative change of a figure between two years, with what both years share cancelling as it must.

IPCC approach 1: 2006 Guidelines, volume 1, chapter 3, section 3.2.3.1. There, type A sensitivity stands for what is fully
correlated between the years and type B for what is independent; here both follow from which leaves the two years share.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qihou.domains.inventory.methods.results import Worked
from qihou.figures.propagation import Target
from qihou.figures.spread import Z95


@dataclass(frozen=True)
class Trend:
    """``moved``: now over base less one, in 1; ``half``: half of its 95 % interval, in the same unit (0.05 is 5 percentage points)."""

    moved: float
    half: float


def trend(base: Worked, now: Worked, code: str, gas: str = "") -> Trend | None:
    """The trend of a figure; None where either year has no value or the base is nought.

    The two are worked under one set of warming potentials; else their units differ and there is no trend.
    """
    before, after = base.figure(code, gas), now.figure(code, gas)
    if not before.value or after.value is None or before.unit != after.unit:
        return None
    ratio = after.value / before.value
    noise: dict[str, float] = {}
    for worked, weight in ((now, 1 / before.value), (base, -ratio / before.value)):
        node, row = worked.cells[code, gas]
        slopes = worked.propagation.gradients([Target(node, row, worked.column)])[0] * worked.propagation.leaf_sd
        for number in np.flatnonzero(slopes):
            leaf = worked.book.leaves[number]
            name = leaf.shares or leaf.id
            noise[name] = noise.get(name, 0.0) + weight * float(slopes[number])
    return Trend(ratio - 1, Z95 * float(np.sqrt(sum(part**2 for part in noise.values()))))
