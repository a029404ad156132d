"""Mistakes seen in public copies of these tables. Each would slip through unseen; each is held off by a test."""

from __future__ import annotations

from decimal import Decimal

import globalwarmingpotentials
import pytest
import yaml

from qihou.facts.factor_files import factors_of
from qihou.facts.factors import all_factors, by_quantity
from qihou.facts.loader import UnableToReadFacts
from qihou.facts.lookup import UnableToFindFactor, find
from qihou.facts.vocabulary import editions, quantities
from qihou.measure.units import factor as conversion

CARBON_AS_CO2 = """
id: ghg/imported
title: 导入
title_en: imported
edition: cpcd-footprint
class: provider
sources: {{S6: {{document: 快照, clause: core.csv, year: 2026}}}}
defaults: {{source: S6, grade: B, last_checked: 2026-11-01, review_by: 2027-11-01}}
tables:
  - quantity: fuel.co2_factor
    unit: kgCO2/GJ
    by: [fuel]
    rows: [{{fuel: {fuel}, value: "{value}"}}]
"""


# A snapshot lists 33.6, 29.5 and 17.2 "kgCO2e/GJ" for briquette, other coking products and natural gas liquids.
# They are kgC/GJ: 33.6 * 44/12 = 123.2; 29.5 * 44/12 = 108.2; 17.2 * 44/12 = 63.1
@pytest.mark.parametrize(
    ("fuel", "carbon", "co2"), [("briquette", "33.6", "123.2"), ("coke", "29.5", "108.2"), ("lpg", "17.2", "63.1")]
)
def test_1_a_carbon_content_is_not_taken_for_co2(fuel, carbon, co2):
    with pytest.raises(UnableToReadFacts, match=r"50 to 260 kgCO2/GJ .* carbon or CO2"):
        list(factors_of(yaml.safe_load(CARBON_AS_CO2.format(fuel=fuel, value=carbon)), "ghg/imported"))
    (right,) = factors_of(yaml.safe_load(CARBON_AS_CO2.format(fuel=fuel, value=co2)), "ghg/imported")
    assert abs(right.value - Decimal(carbon) * 44 / 12) < Decimal("0.05")


def test_1_every_fuel_emits_what_fuels_emit():
    rich_in_hydrogen = {"coke_oven_gas", "other_gas"}  # 44 to 50 kgCO2/GJ
    for f in (*by_quantity()["fuel.co2_factor"], *by_quantity()["fuel.carbon_content"]):
        kg_per_gj = float(f.value) / 1000 if f.unit == "kgCO2/TJ" else float(f.value) * 44 / 12
        assert (40 if f.labels[0][1] in rich_in_hydrogen else 50) <= kg_per_gj <= 260, f.id


def test_2_lng_is_not_lpg():
    lng = [f.value for f in by_quantity()["fuel.carbon_content"] if f.labels == (("fuel", "lng"),)]
    assert lng == [Decimal("15.3")] * 2


# gas: SAR, AR4, AR5, AR6
POTENTIALS = {
    "CH4": (21, 25, 28, 27.9), "N2O": (310, 298, 265, 273),
    "HFC23": (11700, 14800, 12400, 14600), "HFC32": (650, 675, 677, 771), "HFC125": (2800, 3500, 3170, 3740),
    "HFC134a": (1300, 1430, 1300, 1530), "HFC143a": (3800, 4470, 4800, 5810), "HFC152a": (140, 124, 138, 164),
    "HFC227ea": (2900, 3220, 3350, 3600), "HFC236fa": (6300, 9810, 8060, 8690), "HFC245fa": (None, 1030, 858, 962),
    "CF4": (6500, 7390, 6630, 7380), "C2F6": (9200, 12200, 11100, 12400),
    "SF6": (23900, 22800, 23500, 25200), "NF3": (None, 17200, 16100, 17400),
}  # fmt: skip


@pytest.mark.parametrize("gas", POTENTIALS)
def test_3_potentials_come_in_sets(gas):
    data = globalwarmingpotentials.data
    for name, known in zip(("SARGWP100", "AR4GWP100", "AR5GWP100", "AR6GWP100"), POTENTIALS[gas], strict=True):
        assert data[name].get(gas) == known, name


def test_3_no_potential_is_hidden_among_the_factors():
    assert not [key for key in quantities() if "gwp" in key.lower() or "potential" in key.lower()]


def test_4_carbon_times_two_is_not_co2():
    three = [
        find(f"waste.incineration_{k}", {"stream": "msw"}, year=2024, editions=["provincial-2025"]).factor.value
        for k in ("carbon", "fossil", "burnout")
    ]
    product = three[0] * three[1] * three[2]
    assert round(product * 2, 3) == Decimal("0.304")  # what an early copy had
    assert round(product * 44 / 12, 6) == Decimal("0.557333")


def test_5_what_papers_give_per_litre_of_diesel_is_carbon():
    # 0.5921 tC/tce * 44/12 = 2.171 tCO2/tce; 42.652 GJ/t * 20.2 tC/TJ / 1.4571 tce/t = 0.5913 tC/tce
    diesel = find("fuel.carbon_per_tce", {"fuel": "diesel"}, year=2020, editions=["literature"]).factor
    assert diesel.unit == "tC/tce"
    with pytest.raises(ValueError, match="different things"):
        conversion(diesel.unit, "tCO2/tce")
    ncv, carbon = (
        find(q, {"fuel": "diesel"}, year=2020, editions=["provincial"]).factor.value
        for q in ("fuel.ncv", "fuel.carbon_content")
    )
    assert abs(ncv * carbon / 1000 / Decimal("1.4571") - diesel.value) < Decimal("0.001")


def test_6_carbon_content_is_stored_in_one_unit():
    assert {f.unit for f in by_quantity()["fuel.carbon_content"]} == {"tC/TJ"}
    # 0.02749 tC/GJ, as the carbon market guide prints it, is 27.49 tC/TJ
    anthracite = find("fuel.carbon_content", {"fuel": "anthracite"}, year=2024, editions=["ets-2024"]).factor
    assert anthracite.value == Decimal("27.49")
    assert "原文以 tC/GJ 计" in anthracite.note


def test_7_a_footprint_is_never_found_for_an_emission():
    everywhere = list(editions())
    for year in range(2019, 2027):
        found = find("electricity.emission_factor", {}, year=year, editions=everywhere, newer=True).factor
        assert (found.quantity, found.unit) == ("electricity.emission_factor", "kgCO2/kWh")
        print_ = find("electricity.footprint_factor", {"power": "average"}, year=year, editions=everywhere, newer=True)
        assert (print_.factor.quantity, print_.factor.unit) == ("electricity.footprint_factor", "kgCO2e_footprint/kWh")
    with pytest.raises(UnableToFindFactor):
        find("electricity.emission_factor", {}, year=2023, editions=["mee-footprint", "cpcd-footprint"], newer=True)
    with pytest.raises(UnableToFindFactor):
        find("electricity.footprint_factor", {"power": "average"}, year=2023, editions=["mee-grid"], newer=True)


def test_a_regional_heat_factor_without_a_source_is_not_shipped():
    heat = by_quantity()["heat.emission_factor"]
    assert [(f.region, f.value) for f in heat] == [("CN", Decimal("0.11"))]


def test_conflicting_values_stand_in_editions_of_their_own():
    places = [f.id.partition("#")[2] for f in all_factors()]
    assert len(places) == len(set(places))
    clinker = {
        f.edition: f.value for f in by_quantity()["cement.clinker_factor"] if f.labels == (("clinker", "portland"),)
    }
    assert clinker == {"ets-2024": Decimal("0.535"), "cement-other": Decimal("0.5274")}
