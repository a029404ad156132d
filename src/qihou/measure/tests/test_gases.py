"""Warming potentials against the printed tables of four assessment reports (GWP-100)."""

from __future__ import annotations

import pytest

from qihou.measure import units
from qihou.measure.gases import GASES, GwpSet, UnableToWeighGas, warming_potential

# IPCC SAR table 4, AR4 table 2.14, AR5 table 8.A.1, AR6 table 7.SM.7; None: the report has none.
PRINTED = {
    "CO2": (1, 1, 1, 1),
    "CH4": (21, 25, 28, 27.9),
    "N2O": (310, 298, 265, 273),
    "HFC23": (11700, 14800, 12400, 14600),
    "HFC32": (650, 675, 677, 771),
    "HFC125": (2800, 3500, 3170, 3740),
    "HFC134a": (1300, 1430, 1300, 1530),
    "HFC143a": (3800, 4470, 4800, 5810),
    "HFC152a": (140, 124, 138, 164),
    "HFC227ea": (2900, 3220, 3350, 3600),
    "HFC236fa": (6300, 9810, 8060, 8690),
    "HFC245fa": (None, 1030, 858, 962),
    "CF4": (6500, 7390, 6630, 7380),
    "C2F6": (9200, 12200, 11100, 12400),
    "SF6": (23900, 22800, 23500, 25200),
    "NF3": (None, 17200, 16100, 17400),
}


def test_every_gas_stands_in_the_table() -> None:
    assert set(PRINTED) == set(GASES)


@pytest.mark.parametrize(
    ("gas", "gwp_set", "expected"),
    [(gas, s, value) for gas, values in PRINTED.items() for s, value in zip(GwpSet, values, strict=True)],
)
def test_potential(gas: str, gwp_set: GwpSet, expected: float | None) -> None:
    if expected is None:
        with pytest.raises(UnableToWeighGas, match=f"{gwp_set.value} gives no warming potential for {gas}"):
            warming_potential(gas, gwp_set)
    else:
        found = warming_potential(gas, gwp_set)
        assert found.value == expected
        assert found.cites
        # A tonne of the gas times its potential is a tonne of that set's equivalent.
        assert units.factor(found.unit, f"kgCO2e_{gwp_set.value}/kg{gas}") == 1.0


@pytest.mark.parametrize("name", ["", "ch4", "CO", "HFC-134a", "__class__"])
def test_what_is_no_gas_is_refused(name: str) -> None:
    with pytest.raises(UnableToWeighGas, match="no gas of an inventory"):
        warming_potential(name, GwpSet.AR5)


def test_which_gases_are_fluorinated() -> None:
    assert {code for code, gas in GASES.items() if not gas.is_fluorinated} == {"CO2", "CH4", "N2O"}
