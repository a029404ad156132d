"""Units: expected factors are worked by hand in the margin, from the definitions of the SI and of GB/T 2589-2020."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qihou.measure import units
from qihou.measure.gases import GwpSet
from qihou.measure.units import UnableToMeasure, factor, label, quantity, same_dimension


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("万吨", "t", 1e4),
        ("kt", "kg", 1e6),
        ("Gg", "t", 1e3),
        ("Mt", "万吨", 100),  # 10^6 t / 10^4 t
        ("mg", "g", 1e-3),
        ("tCH4", "kgCH4", 1e3),
        ("a", "d", 365),
        ("h", "s", 3600),
        ("ha", "m2", 1e4),
        ("ha", "亩", 15),
        ("万亩", "ha", 1e4 / 15),
        ("km2", "ha", 100),
        ("m3", "L", 1e3),
        ("亿立方米", "万立方米", 1e4),
        ("1e4Nm3", "Nm3", 1e4),
        ("10^4Nm3", "Nm3", 1e4),
        ("10⁴Nm³", "Nm3", 1e4),
        ("亿Nm3", "万Nm³", 1e4),
        ("TJ", "GJ", 1e3),
        ("kWh", "MJ", 3.6),
        ("亿千瓦时", "MWh", 1e5),  # 10^8 kWh
        ("tce", "GJ", 29.3076),  # 29.3076 MJ/kg
        ("万吨标准煤", "TJ", 293.076),
        ("亿元", "万元", 1e4),
        ("万头", "head", 1e4),
        ("万人", "person", 1e4),
        ("%", "1", 0.01),
        ("‰", "%", 0.1),
        ("％", "1", 0.01),
        ("kgCO2/kWh", "tCO2/MWh", 1),  # 10^-3 t / 10^-3 MWh
        ("tC/TJ", "kgC/GJ", 1),
        ("GJ/1e4Nm3", "MJ/Nm3", 0.1),  # 10^3 MJ / 10^4
        ("kgCH4/head/a", "tCH4/万头/a", 10),  # 10^-3 t × 10^4 heads
        ("kgCH4/ha/d", "kgCH4/ha/a", 365),
        ("tCO2/万元", "kgCO2/元", 0.1),
        ("ｔCO₂", "kgCO2", 1e3),
        ("1/d", "1/a", 365),
    ],
)
def test_conversions_by_hand(source: str, target: str, expected: float) -> None:
    assert factor(source, target) == pytest.approx(expected, rel=1e-12)


def test_powers_of_ten_are_exact() -> None:
    # In binary floating point, 1e3 * 1e-3 of pint's own numbers would be 1.0000000000000002.
    assert factor("kgCO2/kWh", "tCO2/MWh") == 1.0
    assert factor("GJ", "TJ") == 0.001


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tCO2", "tCH4"),
        ("tCO2", "t"),
        ("tCO2", "tC"),
        ("tN2O", "tN2O_N"),
        ("tN2O_N", "tN"),
        ("tCO2e_SAR", "tCO2e_AR5"),
        ("tCO2e_AR4", "tCO2e_AR5"),
        ("tCO2e_AR5", "tCO2e_AR6"),
        ("tCO2e_AR5", "tCO2"),
        ("kgCO2/kWh", "kgCO2e_footprint/kWh"),
        ("tCO2e_AR5", "tCO2e_footprint"),
        ("m3", "Nm3"),
        ("万立方米", "万标立方米"),
        ("head", "person"),
        ("个", "1"),
        ("元", "1"),
        ("t", "tce"),
        ("m2", "m3"),
        ("tdm", "tC"),
        ("tBOD", "tCOD"),
    ],
)
def test_what_measures_different_things_is_refused_both_ways(one: str, other: str) -> None:
    assert not same_dimension(one, other)
    for source, target in ((one, other), (other, one)):
        with pytest.raises(UnableToMeasure, match="different things"):
            factor(source, target)


def test_each_set_of_potentials_is_a_unit() -> None:
    assert len({str(quantity(s.unit).dimensionality) for s in GwpSet}) == len(GwpSet)


HOSTILE = [
    "__import__('os').system('true')", "9**9**9", "t**9**9**9", "t" * 100_000, "t*" * 50_000 + "t", "(" * 60, "1e99999999t",
    "10^99999999t", "t.__class__", "lambda: 1", "[mass]", "t+t", "t-1", "t//kg", "t/", "/t", "*", "", " ", "5", "2t", "1e4", "1e3*1e4t",
    "万亿t", "1e4%", "t^2", "m**2", "KG", "ts", "kgkg", "tCO2e", "nan", "inf", "t\x00", "t;t", "t#kg", "t//", "kg/(head*a)", "kg/head*a",
    "104Nm3", "t\nkg", "\u202et", "💥",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[repr(text[:20]) for text in HOSTILE])
def test_what_is_no_unit_is_refused_at_once_and_never_evaluated(text: str) -> None:
    quantity("t")  # the registry stands
    begin = time.perf_counter()
    with pytest.raises(UnableToMeasure) as refused:
        quantity(text)
    assert time.perf_counter() - begin < 1.0
    assert len(str(refused.value)) < 300


def test_a_refusal_says_what_could_not_be_read() -> None:
    with pytest.raises(UnableToMeasure, match="'kgXY/head' is no unit known here: 'kgXY' cannot be read"):
        quantity("kgXY/head")
    with pytest.raises(UnableToMeasure, match="a/b/c"):
        quantity("kg/head*a")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="tkgmeaNCOH3241/*^1 .()万吨_%", max_size=40))
def test_any_text_is_a_unit_or_refused(text: str) -> None:
    try:
        found = quantity(text)
    except UnableToMeasure:
        return
    assert found.magnitude > 0
    assert factor(text, text) == 1.0


NAMES = sorted(name for name in units._names() if len(name) <= 20)  # three of them stay under the longest text allowed
TERMS = st.sampled_from([*NAMES, *(f"kg{s}" for s in units.SUBSTANCES), "%", "1"])


@settings(max_examples=100, deadline=None)
@given(TERMS, TERMS, TERMS)
def test_there_and_back_is_one(one: str, other: str, third: str) -> None:
    unit = f"{one}*{other}/{third}"
    assert factor(unit, f"{other}*{one}/{third}") == pytest.approx(1, rel=1e-15)
    if same_dimension(one, other):
        assert factor(one, other) * factor(other, one) == pytest.approx(1, rel=1e-12)


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("tCO2e_AR5", "t CO₂e"),
        ("kgCH4/head/a", "kg CH₄/head/a"),
        ("kgN2O_N/kgN", "kg N₂O-N/kg N"),
        ("GJ/1e4Nm3", "GJ/万Nm³"),
        ("m3/t", "m³/t"),
        ("tSF6", "t SF₆"),
        ("tC2F6", "t C₂F₆"),
        ("kgCO2e_footprint/m2", "kg CO₂e/m²"),
        ("MWh", "MWh"),
        ("tCO2/万元", "t CO₂/万元"),
    ],
)
def test_units_on_a_screen(unit: str, shown: str) -> None:
    assert label(unit) == shown


@pytest.mark.parametrize("unit", ["GJ/1e4Nm3", "kgCH4/head/a", "m3/t", "tSF6", "tCH4/1e4Nm3", "m2"])
def test_a_unit_on_a_screen_can_be_typed_in_again(unit: str) -> None:
    assert factor(label(unit), unit) == 1.0
