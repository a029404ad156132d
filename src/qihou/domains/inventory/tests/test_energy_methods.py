"""Fuel, electricity, mines and gas by hand."""

from decimal import Decimal

import pytest

from qihou.domains.inventory.methods import electricity, energy, fugitive, indicators
from qihou.facts.lookup import find
from qihou.measure import units

# NCV GJ/unit, carbon tC/TJ, oxidation, tCO2 per t or per 10⁴ Nm³: printed in a public file that cites the provincial guideline of 2025.
DOMESTIC = [
    (energy.content_mass, 43.07, 18.9, 0.98, 2.925056),  # gasoline: 43.07 × 18.9 × 0.98 × 44/12 / 1000
    (energy.content_mass, 42.652, 20.2, 0.98, 3.095910),  # diesel
    (energy.content_gas, 389.31, 15.3, 0.99, 21.621888),  # natural gas, per 10⁴ Nm³
    (energy.content_mass, 19.57, 26.1, 0.93, 1.741750),  # bituminous
    (energy.content_mass, 28.435, 29.5, 0.93, 2.860419),  # coke
    (energy.content_mass, 41.816, 20.1, 0.98, 3.020202),  # crude oil
    (energy.content_mass, 51.498, 15.3, 0.98, 2.831257),  # LNG
]
GJ_IN_TJ = units.factor("GJ", "TJ")


@pytest.mark.parametrize(("content", "ncv", "carbon", "oxidation", "expected"), DOMESTIC)
def test_co2_of_one_unit_of_fuel_by_its_carbon(content, ncv, carbon, oxidation, expected):
    terajoules = content(1, ncv) * GJ_IN_TJ
    assert energy.combustion_co2(terajoules, carbon, oxidation) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("ncv", "factor", "expected"),
    [
        (26.7, 98300, 2624.61),  # anthracite: 26.7 TJ/Gg × 98 300 kg/TJ = 2 624 610 kg/Gg
        (25.8, 94600, 2440.68),  # other bituminous
        (43.0, 74100, 3186.30),  # gas/diesel oil
        (48.0, 56100, 2692.80),  # natural gas by mass
    ],
)
def test_co2_of_a_tonne_by_the_2006_guidelines_factor(ncv, factor, expected):
    terajoules = energy.content_mass(1, ncv) * GJ_IN_TJ
    tonnes = energy.combustion_co2_factor(terajoules, factor * units.factor("kgCO2/TJ", "tCO2/TJ"))
    assert tonnes * units.factor("tCO2", "kgCO2") == pytest.approx(expected, abs=0.005)


def test_coal_of_a_cement_line_in_the_carbon_market():
    # 180 000 t × 23.076 GJ/t × 0.02308 tC/GJ × 0.99 × 44/12 = 347 996.97 t
    terajoules = energy.content_mass(180_000, 23.076) * GJ_IN_TJ
    carbon = 0.02308 * units.factor("tC/GJ", "tC/TJ")
    assert energy.combustion_co2(terajoules, carbon, 0.99) == pytest.approx(347_996.97, abs=0.005)


def test_measured_carbon_needs_no_heating_value():
    # 1 000 t × 0.60 tC/t × 0.99 × 44/12 = 2 178 t
    assert energy.combustion_co2_carbon(1000, 0.60, 0.99) == pytest.approx(2178.0)


def test_a_carbon_content_is_no_emission_factor_of_co2():
    # Three rows of a public database give carbon (kgC/GJ) as kgCO2e/GJ: 33.6 is 123.2, 29.5 is 108.2, 17.2 is 63.1.
    for carbon, co2 in ((33.6, 123.2), (29.5, 108.2), (17.2, 63.1)):
        assert energy.combustion_co2(1, carbon, 1) == pytest.approx(co2, abs=0.07)
        low = next(need.low for need in energy.combustion_co2_factor.needs if need.name == "factor")
        assert carbon < low <= co2
    with pytest.raises(units.UnableToMeasure):
        units.factor("kgC/GJ", "tCO2/TJ")


def test_lng_is_not_lpg():
    # One application gives LNG the carbon content of LPG, 0.0172 tC/GJ.
    def carbon(fuel):
        return float(find("fuel.carbon_content", {"fuel": fuel}, year=2020, editions=["provincial"]).factor.value)

    assert (carbon("lng"), carbon("lpg")) == (15.3, 17.2)


def test_apparent_consumption_counts_what_is_drawn_from_stock():
    # 100 + 50 − 20 − 1 + 6 = 135
    assert energy.apparent_mass(100, 50, 20, 1, 6) == 135
    assert energy.apparent_gas(100, 50, 20, -6) == 124
    # a tenth is feedstock, of which a third stays in the product: 135 − 30 × 0.5 = 120
    assert energy.reference_mass(135, 30, 0.5) == energy.reference_gas(135, 30, 0.5) == 120


def test_purchased_and_exported_electricity_and_heat():
    # 100 and 40 MWh × 0.5306; 2.8 and 1.4 GJ × 0.11; exports 1.0, 0.5, 0.0308 and 0.154 t are given as tonnes
    factor, heat = Decimal("0.5306"), Decimal("0.11")
    bought = [electricity.electricity_imported(Decimal(mwh), factor) for mwh in (100, 40)]
    assert bought == [Decimal("53.06"), Decimal("21.224")]
    warm = [electricity.heat_imported(Decimal(gj), heat) for gj in ("2.8", "1.4")]
    assert warm == [Decimal("0.308"), Decimal("0.154")]
    one = Decimal(1)
    sold = [electricity.electricity_exported(one, Decimal(t)) for t in ("1.0", "0.5")]
    given = [electricity.heat_exported(one, Decimal(t)) for t in ("0.0308", "0.154")]
    assert sum(bought + warm + sold + given) == Decimal("73.0612")
    assert round(sum(bought + warm + sold + given), 2) == Decimal("73.06")  # as the report shows it


def test_a_footprint_factor_cannot_stand_in_for_the_factor_of_electricity():
    need = next(need for need in electricity.electricity_imported.needs if need.name == "factor")
    assert units.factor("kgCO2/kWh", need.unit) == 1.0
    with pytest.raises(units.UnableToMeasure):
        units.factor("kgCO2e_footprint/kWh", need.unit)


def test_methane_of_mines():
    # 100 kt × 25 m³/t × 0.67 kg/m³ = 1 675 t, less 75 t used
    assert fugitive.underground(100, 25, 75) == pytest.approx(1600)
    assert fugitive.post_mining(100, 2.01) == pytest.approx(134.67)  # 100 × 2.01 × 0.67
    # 5 mines × 40 % × 652 thousand m³ × 0.67 kg/m³ = 873.68 t
    assert fugitive.abandoned(5, 0.4, 652, 0) == pytest.approx(873.68)


def test_methane_of_gas():
    assert fugitive.facility(2, 27.9) == pytest.approx(55.8)  # two gathering stations leak 27.9 t each
    assert fugitive.throughput(0.5, 40.34) == pytest.approx(20.17)  # half of 10⁸ Nm³
    assert fugitive.vented(10, 0.98) == pytest.approx(70.266)  # 10 × 0.98 × 7.17
    assert fugitive.flared_ch4(10, 0.98, 0.98) == pytest.approx(1.40532)  # a fiftieth of it


def test_standard_coal_of_electricity_has_two_values_that_differ():
    # 1 000 MWh: 122.9 tce by its own heat, 305.5 tce by the coal of power stations
    assert indicators.tce_electricity(1000, 0.1229) == pytest.approx(122.9)
    assert indicators.tce_electricity(1000, 0.3055) == pytest.approx(305.5)
    assert indicators.tce_net_electricity(1000, 200, 0.3055) == pytest.approx(244.4)


def test_standard_coal_of_fuels():
    assert indicators.tce_mass(325_200, 0.7143) == pytest.approx(232_290.36)  # 32.52 万吨 of raw coal
    assert indicators.tce_gas(1, 13.3) == pytest.approx(13.3)  # 10⁴ Nm³ × 1.33 kgce/Nm³
    assert indicators.tce_heat(100, 0.03412) == pytest.approx(3.412)
    assert indicators.tce_net_heat(100, 40, 0.03412) == pytest.approx(2.0472)


def test_the_four_indicators():
    # the plan: 132.39 万 tce and 661 亿元 in 2020, 0.2003 tce per 10⁴ CNY
    assert indicators.energy_per_gdp(1_323_900, 6_610_000) == pytest.approx(0.20029, abs=5e-6)
    assert indicators.co2_per_gdp(3_000_000, 6_000_000) == 0.5
    assert indicators.co2_per_value_added(1_200_000, 2_400_000) == 0.5
    assert indicators.non_fossil_share(150_000, 1_500_000) == 0.1
    assert indicators.fall(0.45, 0.5) == pytest.approx(0.1)
