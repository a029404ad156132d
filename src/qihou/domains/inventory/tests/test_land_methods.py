"""Forests by hand, and the published table of Jilin with what is wrong in it."""

import pytest

from qihou.domains.inventory.methods import forest, forest_quality, land

# Fan et al. 2016, Table 2: areas of 2009 and 2014 in 1e4 ha, stocks in TgC, rate in tC/ha/a.
JILIN = [
    ("阔叶混交林", 351.22, 353.56, 240.65, 253.81, 0.75),
    ("蒙古栎林", 99.80, 100.44, 61.07, 78.52, 3.48),
    ("针阔混交林", 76.34, 83.38, 65.86, 65.97, 0.03),
    ("黄花落叶松林", 56.94, 57.58, 24.97, 23.52, -0.51),
    ("杨树林", 47.98, 52.03, 16.41, 18.31, 0.75),
    ("针叶混交林", 24.95, 24.95, 23.76, 21.16, -2.08),
    ("杂木林", 15.78, 22.18, 4.09, 6.64, 2.60),
    ("樟子松林", 12.79, 11.52, 5.72, 3.68, -3.39),
    ("白桦林", 11.94, 11.30, 6.11, 6.07, -0.07),
]


@pytest.mark.parametrize(("name", "a1", "a2", "c1", "c2", "rate"), JILIN)
def test_rates_of_jilin(name, a1, a2, c1, c2, rate):
    # 阔叶混交林: (253.81 - 240.65)/5 TgC = 2.632 TgC; mean area 351.22 + 0.6 * 2.34 = 352.624 (1e4 ha): 0.7464 tC/ha
    found = forest_quality.sequestration_rate(c1 * 1e6, c2 * 1e6, a1 * 1e4, a2 * 1e4, 5)
    assert found == pytest.approx(rate, abs=0.006)


def test_a_plain_mean_of_the_areas_does_not_give_the_printed_rate():
    # 杂木林: 2.55/5 TgC over (15.78 + 22.18)/2 is 2.687, printed 2.60
    _, a1, a2, c1, c2, rate = JILIN[6]
    assert (c2 - c1) / 5 * 100 / ((a1 + a2) / 2) == pytest.approx(2.687, abs=0.001)
    assert abs((c2 - c1) / 5 * 100 / ((a1 + a2) / 2) - rate) > 0.006


@pytest.mark.parametrize(("name", "a1", "a2", "c1", "c2", "rate"), JILIN)
def test_stock_difference_of_jilin(name, a1, a2, c1, c2, rate):
    # 阔叶混交林: 13.16 TgC / 5 * 44/12 = 9.65067 Mt taken up, so negative
    expected = -(c2 - c1) * 1e6 / 5 * 44 / 12
    assert forest.stock_difference(c1 * 1e6, c2 * 1e6, 5) == pytest.approx(expected)


def test_removal_of_the_province():
    # 34.47 TgC in five years: 6.894 TgC = 25.28 MtCO2 a year
    assert forest.stock_difference(0, 34.47e6, 5) / 1e6 == pytest.approx(-25.28, abs=0.005)


def test_the_density_printed_for_mongolian_pine_contradicts_its_stock_and_area():
    # 5.72 TgC / 12.79e4 ha = 44.72 tC/ha, printed 47.38; 阔叶混交林 240.65 / 351.22 = 68.52 agrees with itself
    rows = [
        forest_quality.PrintedDensity("樟子松林", 5.72e6, 12.79e4, 47.38),
        forest_quality.PrintedDensity("阔叶混交林", 240.65e6, 351.22e4, 68.52),
    ]
    (found,) = forest_quality.density_inconsistencies(rows)
    assert found.forest == "樟子松林"
    assert found.computed == pytest.approx(44.72, abs=0.005)
    assert found.printed == 47.38
    assert "44.72" in found.said
    assert "47.38" in found.said
    assert "+5.9%" in found.said


def test_growth_is_negative_and_consumption_positive():
    # 1e6 m3 * 5 % * 0.462 * 1.787 * 0.5 * 44/12 = 75 679.45 t
    growing = forest.growth(1e6, 0.05, 0.462, 1.787, 0.5)
    assert growing == pytest.approx(-75_679.45, abs=0.01)
    assert forest.consumption(1e6, 0.05, 0.462, 1.787, 0.5) == pytest.approx(-growing)


def test_whole_tree():
    # Masson pine: 1.472 * (1 + 0.187) = 1.747264
    assert forest.whole_tree_expansion(1.472, 0.187) == pytest.approx(1.747264)


def test_more_bamboo_takes_carbon_up():
    # 100 ha more * 68.48 t * 0.5 * 44/12 = 12 554.67 t
    assert forest.area_change(100, 68.48, 0.5) == pytest.approx(-12_554.67, abs=0.005)
    assert forest.area_change(-100, 68.48, 0.5) == pytest.approx(12_554.67, abs=0.005)


def test_conversion():
    # 100 ha * 60 t = 6000 t; burnt on site 15 % * 0.9 * 0.5 = 405 tC; CO2 1485 t; CH4 405 * 0.012 * 16/12 = 6.48 t;
    # N2O 405 * 0.01 * 0.007 * 44/28 = 0.04455 t; decayed 15 %: 6000 * 0.15 * 0.5 * 44/12 = 1650 t
    biomass = land.converted_biomass(100, 60, 0)
    burnt = land.burnt_carbon(biomass, 0.15, 0.9, 0.5)
    assert burnt == pytest.approx(405)
    assert land.burning_co2(burnt) == pytest.approx(1485)
    assert land.burning_ch4(burnt, 0.012) == pytest.approx(6.48)
    assert land.burning_n2o(burnt, 0.01, 0.007) == pytest.approx(0.04455)
    assert land.decay_co2(biomass, 0.15, 0.5) == pytest.approx(1650)


def test_wetland_and_cropland_soil():
    # 1000 ha * 0.567 tC = 567 tC = 2079 tCO2 taken up
    assert land.wetland_carbon(1000, 0.567) == pytest.approx(-2079)
    # 1000 ha * 88 * 0.69 * (1.0 - 0.92) / 20 = 242.88 tC = 890.56 tCO2 taken up
    assert land.cropland_soil_carbon(1000, 88, 0.69, 1, 1, 1, 0.92, 20) == pytest.approx(-890.56)
