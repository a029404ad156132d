"""What moved the CO2 of fuel between two runs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from qihou.domains.inventory.methods.energy_change import UnableToTakeApart, energy_year, taken_apart
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from . import runs


@dataclass(frozen=True)
class Decomposition:
    """CO2 of fuel before and after in t, and what each factor contributed; ``said``: why it cannot be taken apart."""

    before: float
    after: float
    effects: dict[str, float]
    said: str = ""


def decomposition(actor: Actor, district: Feature, before: UUID | str, after: UUID | str) -> Decomposition:
    """Fuel's CO2 of two runs taken apart into output, energy intensity, fuel mix and carbon of the fuels.

    Raises:
        NotPermitted, UnableToFind
    """
    one = runs.open_frozen(actor, district, before).worked
    other = runs.open_frozen(actor, district, after).worked
    try:
        start, end = energy_year(one), energy_year(other)
    except UnableToTakeApart as trouble:
        return Decomposition(0.0, 0.0, {}, str(trouble))
    return Decomposition(start.co2, end.co2, taken_apart(start, end))
