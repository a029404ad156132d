"""What moved a total: worked examples, zeros and time reversal."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qihou.domains.inventory.methods.decomposition import UnableToDecompose, effects, log_mean, ratios

START = {"people": [100.0], "gdp_per_person": [5.0], "energy_per_gdp": [0.8], "co2_per_energy": [2.4]}
END = {"people": [105.0], "gdp_per_person": [6.5], "energy_per_gdp": [0.7], "co2_per_energy": [2.2]}

# Li and Zhang 2019 (ChinaXiv 201909.00049), table 1: Tianjin 2000–2016, 10⁴ t CO2: five effects and the total of each year.
TIANJIN = """
00-01 -26.70 -418.61 -47.86 440.23 10.94 -42.00
01-02 -48.07 -86.98 -31.75 422.61 11.83 267.64
02-03 -95.82 -135.40 -30.47 321.23 7.40 66.94
03-04 141.01 -739.72 402.28 742.73 51.38 597.67
04-05 -22.74 -712.97 -35.51 723.08 87.81 39.66
05-06 62.49 -305.46 26.58 673.00 151.36 607.96
06-07 -22.87 -465.74 -85.04 834.50 203.33 464.17
07-08 -160.37 -898.49 8.50 1145.85 316.36 411.86
08-09 44.95 -25.92 -245.31 448.85 280.38 502.95
09-10 -206.47 -1524.72 -32.25 955.56 364.13 -443.74
10-11 -56.22 -588.47 -108.83 1061.91 273.31 581.71
11-12 -17.77 -80.61 -118.87 637.92 303.49 724.16
12-13 -128.17 -583.53 -155.42 507.60 308.09 -51.44
13-14 -102.13 -216.32 -228.02 458.65 226.72 138.89
14-15 -186.08 -16.81 -363.91 231.82 148.96 -186.02
15-16 -168.42 -5.66 -603.26 505.88 72.01 -199.45
"""
PRINTED_SUMS = (-993.38, -6805.4, -1649.20, 10111.40, 2817.49, 3480.97)


def test_four_factors_of_one_region():
    # 100 × 5 × 0.8 × 2.4 = 960; 105 × 6.5 × 0.7 × 2.2 = 1051.05; L = 91.05 / ln(1051.05/960)
    found = effects(START, END)
    expected = {
        "people": 49.026190,
        "gdp_per_person": 263.633472,
        "energy_per_gdp": -134.177361,
        "co2_per_energy": -87.432301,
    }
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, abs=1e-6)
    assert math.fsum(found.values()) == pytest.approx(91.05, abs=1e-9)


def test_the_multiplicative_twin():
    start, end = ({name: values[0] for name, values in year.items()} for year in (START, END))
    found = ratios(start, end)
    assert list(found.values()) == pytest.approx([1.05, 1.3, 0.875, 0.916667], abs=1e-6)
    assert math.prod(found.values()) == pytest.approx(1051.05 / 960)


def test_backwards_in_time_the_effects_change_their_sign():
    forth, back = effects(START, END), effects(END, START)
    for name in forth:
        assert back[name] == pytest.approx(-forth[name], abs=1e-9)


def test_the_logarithmic_mean_and_its_limits():
    assert log_mean(7.0, 7.0) == 7.0
    assert log_mean(0.0, 7.0) == log_mean(7.0, 0.0) == 0.0
    assert log_mean(960, 1051.05) == pytest.approx(1004.837, abs=1e-3)  # 91.05 / 0.0906117
    with pytest.raises(UnableToDecompose, match="not negative"):
        log_mean(-1, 2)


def test_a_fuel_that_appears_takes_the_whole_change():
    # 10 × 0 × 2 = 0 becomes 12 × 5 × 2 = 120: all of it is the factor that came from nothing
    found = effects({"a": [10.0], "share": [0.0], "b": [2.0]}, {"a": [12.0], "share": [5.0], "b": [2.0]})
    assert found == {"a": 0.0, "share": 120.0, "b": 0.0}
    # two that appear together share it
    found = effects({"a": [0.0], "share": [0.0], "b": [2.0]}, {"a": [12.0], "share": [5.0], "b": [2.0]})
    assert found == {"a": 60.0, "share": 60.0, "b": 0.0}


def test_the_limit_is_what_ever_smaller_numbers_lead_to():
    # the logarithm grows slowly: at 1e-300 the rest still has a three-hundredth of the change
    near = effects({"a": [10.0], "share": [1e-300]}, {"a": [12.0], "share": [5.0]})
    assert near["share"] == pytest.approx(60.0, rel=0.01)
    assert math.fsum(near.values()) == pytest.approx(60.0)


def test_refusals():
    with pytest.raises(UnableToDecompose, match="factors differ"):
        effects({"a": [1.0]}, {"b": [1.0]})
    with pytest.raises(UnableToDecompose, match="one value for each part"):
        effects({"a": [1.0, 2.0]}, {"a": [1.0]})
    with pytest.raises(UnableToDecompose, match="a is negative"):
        effects({"a": [-1.0]}, {"a": [1.0]})
    with pytest.raises(UnableToDecompose, match="was nought"):
        ratios({"a": 0.0}, {"a": 1.0})
    with pytest.raises(UnableToDecompose, match="factors differ"):
        ratios({"a": 1.0}, {"b": 1.0})


@given(st.lists(st.tuples(*[st.floats(0, 1e6).filter(lambda x: x == 0 or x > 1e-6)] * 4), min_size=1, max_size=5))
def test_the_effects_always_make_up_the_change(parts):
    start = {"a": [p[0] for p in parts], "b": [p[1] for p in parts]}
    end = {"a": [p[2] for p in parts], "b": [p[3] for p in parts]}
    change = math.fsum(p[2] * p[3] - p[0] * p[1] for p in parts)
    size = max(math.fsum(p[2] * p[3] + p[0] * p[1] for p in parts), 1.0)
    assert math.fsum(effects(start, end).values()) == pytest.approx(change, abs=1e-9 * size)


def test_a_published_table_adds_up_but_for_two_columns():
    rows = [[float(cell) for cell in line.split()[1:]] for line in TIANJIN.split("\n") if line]
    for row in rows:
        assert math.fsum(row[:5]) == pytest.approx(row[5], abs=0.011)
    sums = [round(math.fsum(column), 2) for column in zip(*rows, strict=True)]
    # Two columns are printed otherwise than their rows add up: the industry mix as −1649.20, the scale as 10111.40.
    assert (sums[2], sums[3]) == (-1649.14, 10111.42)
    for column in (0, 1, 4, 5):
        assert sums[column] == pytest.approx(PRINTED_SUMS[column], abs=0.011)
