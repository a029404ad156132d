"""Checks of the energy sheets."""

import pytest

from qihou.domains.inventory.methods import checks_energy as checks


def test_a_balance_closes_within_its_limit():
    supply = {"diesel": 1000.0, "gasoline": 500.0, "lpg": 0.0, "coke": 7.0}
    use = {"diesel": 990.0, "gasoline": 450.0, "lpg": 3.0, "kerosene": 1.0}
    found = {one.of: one for one in checks.balance_closure(supply, use, limit=0.02)}
    assert set(found) == {"diesel", "gasoline", "lpg"}  # coke and kerosene miss on one side
    assert found["diesel"].agrees
    assert found["diesel"].share == pytest.approx(-0.01)
    assert not found["gasoline"].agrees
    assert found["gasoline"].difference == -50
    assert not found["lpg"].agrees
    assert found["lpg"].share is None


def test_carbon_closes():
    # 1 000 t went in: 930 burnt, 50 stored, 20 in the ash
    found = checks.carbon_balance(supplied=1000, emitted=930, stored=50, unoxidised=20, limit=0.001)
    assert found.agrees
    assert found.difference == 0
    assert not checks.carbon_balance(supplied=1000, emitted=930, stored=50, unoxidised=0, limit=0.01).agrees


def test_two_approaches_may_differ_by_a_twentieth():
    assert checks.reference_against_sectoral(reference=104, sectoral=100, limit=0.05).agrees
    assert not checks.reference_against_sectoral(reference=94, sectoral=100, limit=0.05).agrees


def test_a_carbon_content_taken_for_a_factor_is_seen():
    # briquette: 33.6 kgC/GJ is 123.2 kgCO2/GJ
    assert not checks.is_a_fuels_factor(33.6, low=50, high=260)
    assert checks.is_a_fuels_factor(33.6 * 44 / 12, low=50, high=260)
    assert checks.implied_factor(95.0, 1000.0) == pytest.approx(95.0)  # 95 t over 1 000 GJ is 95 kg/GJ
    assert checks.implied_factor(0.0, 0.0) is None
