"""What moved the CO2 of fuel between two runs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from qihou.domains.inventory.methods.energy_change import UnableToTakeApart, energy_year, taken_apart
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from . import runs
from .held import HeldRun, once_for_two


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
    one, other = runs.the_run(actor, district, before), runs.the_run(actor, district, after)
    try:
        return once_for_two(_taken_apart, one, other)
    except UnableToTakeApart as trouble:
        return Decomposition(0.0, 0.0, {}, str(trouble))


def _taken_apart(one: HeldRun, other: HeldRun) -> Decomposition:
    start, end = energy_year(one.worked), energy_year(other.worked)
    return Decomposition(start.co2, end.co2, taken_apart(start, end))
