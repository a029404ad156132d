"""Energy activities: fuel burnt, biomass, fugitive methane, and the balance that checks them from above."""

from __future__ import annotations

from qihou.domains.inventory.methods.scheme import energy_balance, energy_combustion, energy_fugitive
from qihou.domains.inventory.methods.scheme.parts import Options, SectorScheme
from qihou.domains.inventory.methods.scheme.sections import numbered
from qihou.figures.graph import Step


def _steps(options: Options) -> tuple[Step, ...]:
    return (*energy_combustion.steps(options), *energy_fugitive.steps(options), *energy_balance.steps(options))


SCHEME = SectorScheme(
    categories=(*energy_combustion.CATEGORIES, *energy_fugitive.CATEGORIES),
    sheets=(*energy_balance.SHEETS, *energy_combustion.SHEETS, *energy_fugitive.SHEETS),
    quantities=numbered((*energy_balance.quantities(), *energy_combustion.quantities(), *energy_fugitive.quantities())),
    steps=_steps,
)
