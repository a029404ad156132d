"""Greenhouse gases and the sets of warming potentials in which they may be added up.

A set is chosen once for an inventory. Tonnes of CO2 equivalent of two sets are different units
(``tCO2e_AR4``, ``tCO2e_AR5``), so that a sum across sets is refused like a sum of tonnes and metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class GwpSet(StrEnum):
    """Warming potentials over a hundred years, by the assessment report that published them."""

    SAR = "SAR"
    AR4 = "AR4"
    AR5 = "AR5"
    AR6 = "AR6"

    @property
    def unit(self) -> str:
        """A tonne of CO2 equivalent in this set."""
        return f"tCO2e_{self.value}"


@dataclass(frozen=True)
class Gas:
    """A gas by the code used in keys and units; ``listed_as`` is its name in the tables of warming potentials."""

    code: str
    zh: str
    listed_as: str

    @property
    def is_fluorinated(self) -> bool:
        return self.code not in {"CO2", "CH4", "N2O"}


def _gas(code: str, zh: str, listed_as: str = "") -> tuple[str, Gas]:
    return code, Gas(code, zh, listed_as or code)


GASES: dict[str, Gas] = dict(
    [
        _gas("CO2", "二氧化碳"),
        _gas("CH4", "甲烷"),
        _gas("N2O", "氧化亚氮"),
        *(
            _gas(f"HFC{number}", f"HFC-{number}", f"HFC{number}")
            for number in ("23", "32", "125", "134a", "143a", "152a", "227ea", "236fa", "245fa")
        ),
        _gas("CF4", "四氟化碳"),
        _gas("C2F6", "六氟乙烷"),
        _gas("SF6", "六氟化硫"),
        _gas("NF3", "三氟化氮"),
    ]
)


class UnableToWeighGas(LookupError):
    """The set holds no potential for this gas, so the gas cannot be added in it."""


@dataclass(frozen=True)
class WarmingPotential:
    """``value`` tonnes of CO2 equivalent of one set per tonne of the gas, over a hundred years."""

    gas: str
    set: GwpSet
    value: float
    cites: str

    @property
    def unit(self) -> str:
        return f"{self.set.unit}/t{self.gas}"


@cache
def warming_potential(gas: str, gwp_set: GwpSet) -> WarmingPotential:
    """The potential of one gas in one set, from the tables of the package globalwarmingpotentials (IPCC reports).

    Raises:
        UnableToWeighGas: the gas is unknown, or the report gives it none (SAR knows no NF3).
    """
    import globalwarmingpotentials

    if gas not in GASES:
        raise UnableToWeighGas(f"{gas!r} is no gas of an inventory; known are {', '.join(GASES)}")
    if gas == "CO2":
        return WarmingPotential(gas, gwp_set, 1.0, "by definition")
    value = globalwarmingpotentials.data[f"{gwp_set.value}GWP100"].get(GASES[gas].listed_as)
    if value is None:
        raise UnableToWeighGas(f"{gwp_set.value} gives no warming potential for {gas}; choose another set")
    cites = f"IPCC {gwp_set.value}, GWP-100, in globalwarmingpotentials {globalwarmingpotentials.__version__}"
    return WarmingPotential(gas, gwp_set, float(value), cites)
