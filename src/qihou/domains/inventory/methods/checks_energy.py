"""Checks of the energy sheets: does the balance close, does the carbon close, do the two approaches agree, is a factor a fuel's.

Pure: values in, findings' numbers out. Limits are handed in: the facts ``check.limit`` and ``check.fuel_factor``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qihou.measure import units


@dataclass(frozen=True)
class Difference:
    """Two numbers that should agree. ``share`` is their difference over the second; None where the second is nought."""

    of: str
    found: float
    expected: float
    limit: float

    @property
    def difference(self) -> float:
        return self.found - self.expected

    @property
    def share(self) -> float | None:
        return self.difference / self.expected if self.expected else None

    @property
    def agrees(self) -> bool:
        """Within the limit; against nought only nought agrees."""
        return self.difference == 0 if self.share is None else abs(self.share) <= self.limit


def balance_closure(supply: Mapping[str, float], use: Mapping[str, float], *, limit: float) -> tuple[Difference, ...]:
    """For each fuel: is what was used what was supplied?

    Args:
        supply: apparent consumption by fuel (production, in, out, stock), in the fuel's unit.
        use: all that was burnt, used for other purposes and lost, by fuel, in the same unit.
        limit: the statistical difference that is accepted, as a fraction of the supply.

    Only fuels of which both are known are compared; a fuel that misses on one side is for the check of completeness.
    """
    return tuple(Difference(fuel, use[fuel], supply[fuel], limit) for fuel in sorted(set(supply) & set(use)))


def carbon_balance(*, supplied: float, emitted: float, stored: float, unoxidised: float, limit: float) -> Difference:
    """Is the carbon of the fuels accounted for? All four in tC; ``emitted`` is 12/44 of the CO2."""
    return Difference("carbon", emitted + stored + unoxidised, supplied, limit)


def reference_against_sectoral(*, reference: float, sectoral: float, limit: float) -> Difference:
    """CO2 of fuel from above (apparent consumption) held against CO2 from below (by sector), both in tCO2.

    The 2006 Guidelines (volume 2, chapter 6, section 6.8) ask for an explanation beyond 5 %.
    """
    return Difference("reference", reference, sectoral, limit)


def is_a_fuels_factor(kg_co2_per_gj: float, *, low: float, high: float) -> bool:
    """Whether kgCO2/GJ can be a fuel's: below the bounds it is usually carbon that was taken for CO2."""
    return low <= kg_co2_per_gj <= high


def implied_factor(co2_t: float, energy_gj: float) -> float | None:
    """kgCO2/GJ that a category's figures imply; None without energy."""
    return co2_t / energy_gj * units.factor("tCO2/GJ", "kgCO2/GJ") if energy_gj else None
