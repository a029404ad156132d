"""What moved the CO2 of fuel between two years: the economy, energy per output, the mix of fuels, carbon in the fuels.

CO2 = Σ over fuels of GDP × (energy / GDP) × (fuel / energy) × (CO2 of the fuel / fuel), taken apart by the additive LMDI-I
(Ang 2005, Energy Policy 33, see :mod:`decomposition`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qihou.domains.inventory.methods.decomposition import effects
from qihou.domains.inventory.methods.results import Worked
from qihou.figures.graph import Step
from qihou.figures.missing import State
from qihou.measure import units

FACTORS = ("output", "intensity", "structure", "carbon")
_GDP_STEP, _GDP_NEED = "indicator.co2_per_gdp", "gdp"


class UnableToTakeApart(ValueError):
    """One of the years lacks what the decomposition needs; the sentence says which year and what, in both languages."""


@dataclass(frozen=True)
class Fuel:
    """Of one fuel in a year: energy burnt in TJ, its CO2 in t."""

    energy: float
    co2: float


@dataclass(frozen=True)
class EnergyYear:
    """``output``: GDP at constant prices, 10⁴ CNY; fuels by code."""

    output: float
    fuels: Mapping[str, Fuel]

    @property
    def co2(self) -> float:
        return sum(fuel.co2 for fuel in self.fuels.values())


def energy_year(worked: Worked) -> EnergyYear:
    """What the inventory's year burnt, by fuel, and the output it is held against.

    Raises:
        UnableToTakeApart
    """
    year = worked.period.code
    if (_GDP_STEP, "") not in worked.cells:
        raise UnableToTakeApart(f"{year}年没有地区生产总值这一项。 {year} has no GDP.")
    inputs = worked.why(_GDP_STEP, depth=1).inputs
    output = next((given.value for given in inputs if given.need and given.need.name == _GDP_NEED), None)
    if not output:
        raise UnableToTakeApart(f"{year}年没有填报不变价地区生产总值。 {year} has no GDP at constant prices.")
    energy: dict[str, float] = {}
    co2: dict[str, float] = {}
    for node in worked.scheme.steps:
        if node.key.startswith(("energy.stationary.", "energy.mobile.")):
            _gather(worked, node, "TJ", energy)
        elif node.key.startswith(("co2.stationary.", "co2.mobile.")):
            _gather(worked, node, "tCO2", co2)
    burnt = {fuel: Fuel(energy[fuel], co2.get(fuel, 0.0)) for fuel in energy}
    if not sum(fuel.energy for fuel in burnt.values()):
        raise UnableToTakeApart(f"{year}年没有燃料数据。 {year} has no fuels.")
    return EnergyYear(output, burnt)


def taken_apart(before: EnergyYear, after: EnergyYear) -> dict[str, float]:
    """Each factor's share of the change in t CO2; together they are the change, exactly."""
    fuels = sorted(before.fuels.keys() | after.fuels.keys())
    start, end = _factors(before, after, fuels), _factors(after, before, fuels)
    return effects(start, end)


def _factors(year: EnergyYear, other: EnergyYear, fuels: list[str]) -> dict[str, list[float]]:
    whole = sum(fuel.energy for fuel in year.fuels.values())
    none = Fuel(0.0, 0.0)
    found: dict[str, list[float]] = {name: [] for name in FACTORS}
    for code in fuels:
        here, there = year.fuels.get(code, none), other.fuels.get(code, none)
        found["output"].append(year.output)
        found["intensity"].append(whole / year.output)
        found["structure"].append(here.energy / whole)
        # A fuel nobody burnt has no carbon of its own: the other year's stands in, so that only the mix takes the change.
        carbon = here if here.energy else there
        found["carbon"].append(carbon.co2 / carbon.energy if carbon.energy else 0.0)
    return found


def _gather(worked: Worked, step: Step, unit: str, found: dict[str, float]) -> None:
    factor = units.factor(worked.scheme.graph[step.key].unit, unit)
    cells = worked.book.cells[step.key]
    for number, row in enumerate(step.rows):
        if cells.state[number, worked.column] == State.VALUE:
            fuel = dict(row)["fuel"]
            found[fuel] = found.get(fuel, 0.0) + float(cells.value[number, worked.column]) * factor
