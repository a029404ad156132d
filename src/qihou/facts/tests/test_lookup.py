from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qihou.facts.factors import UnableToFindFactor, all_factors
from qihou.facts.lookup import default_spread, find
from qihou.facts.vocabulary import editions, quantities


def electricity(year: int, region: str = "CN-50", edition: str = "mee-grid", **rules):
    return find("electricity.emission_factor", {}, year=year, region=region, editions=[edition], **rules)


def test_the_year_itself():
    match = electricity(2022)
    assert (match.how, match.factor.value) == ("exact", Decimal("0.5227"))
    assert match.said == "电力平均二氧化碳排放因子取《电力平均二氧化碳排放因子》重庆2022年值。"
    assert match.said_en == "electricity CO2 emission factor: average electricity CO2 factors, Chongqing, 2022."


def test_a_district_stands_on_its_province():
    match = electricity(2023, "CN-500151")
    assert (match.how, match.factor.region) == ("exact", "CN-50")


def test_the_latest_older_year_is_taken_and_said():
    match = electricity(2025)
    assert (match.how, match.factor.year) == ("older_year", 2023)
    assert match.said.endswith("没有2025年值，取较早年份。")
    with pytest.raises(UnableToFindFactor, match="CN-50 2025"):
        electricity(2025, older=False)


def test_a_newer_year_only_where_allowed():
    with pytest.raises(UnableToFindFactor, match=r"nearest there is .*mee-grid/CN-50/2021"):
        electricity(2015)
    match = electricity(2015, newer=True)
    assert (match.how, match.factor.year) == ("newer_year", 2021)
    assert "取较晚年份" in match.said


def test_the_latest_published_on_the_day_of_the_report():
    # the factor for 2023 was published on 31 December 2025
    for day, year in ((date(2025, 12, 30), 2022), (date(2025, 12, 31), 2023), (date(2024, 4, 12), 2021)):
        assert electricity(day.year, published_by=day).factor.year == year
    with pytest.raises(UnableToFindFactor, match="published by 2024-04-11"):
        electricity(2024, published_by=date(2024, 4, 11))


def test_before_the_provinces_there_was_the_central_grid():
    def of(year: int):
        order = ["mee-grid", "grid-regional-2012"]
        return find("electricity.emission_factor", {}, year=year, region="CN-500151", editions=order)

    assert (of(2015).factor.region, of(2015).factor.year, of(2015).factor.to_confirm) == ("CN-CC", 2012, True)
    assert of(2021).factor.value == Decimal("0.4743")
    assert of(2023).factor.region == "CN-50"


@pytest.mark.parametrize("region", ["CN-54", "CN-540102", "CN-71", "CN-81", "CN-91"])
@pytest.mark.parametrize("quantity", ["electricity.emission_factor", "electricity.footprint_factor"])
def test_nothing_stands_in_where_none_is_published(region, quantity):
    labels = {"power": "average"} if quantities()[quantity].by else {}
    with pytest.raises(UnableToFindFactor, match="不得以其他地区的值代替"):
        find(quantity, labels, year=2023, region=region, editions=list(editions()), newer=True)


def test_a_wider_region_is_taken_and_said():
    labels = {"livestock": "pig"}
    ours = find("manure.ch4_factor", labels, year=2020, region="CN-50", editions=["livestock-standard"])
    assert (ours.how, ours.factor.value) == ("exact", Decimal("4.18"))  # the table has parts of the country only
    ratio = find("wastewater.bod_per_cod", {}, year=2020, region="CN-31", editions=["provincial-2011-trial"])
    assert (ratio.how, ratio.factor.value) == ("wider_region", Decimal("0.46"))
    assert "取较大区域" in ratio.said
    southwest = find("wastewater.bod_per_cod", {}, year=2020, region="CN-50", editions=["provincial-2011-trial"])
    assert (southwest.how, southwest.factor.value) == ("exact", Decimal("0.51"))


def test_editions_are_tried_in_the_order_given():
    def clinker(*order: str):
        return find("cement.clinker_factor", {"clinker": "portland"}, year=2024, editions=order).factor.value

    assert clinker("ets-2024", "cement-other") == Decimal("0.535")
    assert clinker("cement-other", "ets-2024") == Decimal("0.5274")
    assert clinker("provincial", "ets-2024") == Decimal("0.535")


def test_a_value_that_holds_for_a_time():
    labels = {"fuel": "coal_unmeasured"}
    held = {
        y: find("fuel.carbon_content", labels, year=y, editions=["ets-2024"]).factor.value for y in (2021, 2022, 2024)
    }
    assert held == {2021: Decimal("33.56"), 2022: Decimal("33.56"), 2024: Decimal("30.85")}


WRONG = {
    "no such quantity": ("fuel.calorific", {}, ["provincial"], "nearest are .*fuel"),
    "no such label kind": ("fuel.ncv", {"carrier": "coke"}, ["provincial"], "looked up by fuel"),
    "a label too many": ("heat.emission_factor", {"fuel": "coke"}, ["heat-common"], "looked up by no label"),
    "not known of this fuel": (
        "fuel.ncv",
        {"fuel": "shale_gas"},
        ["provincial"],
        "for 页岩气 .* known for .*natural_gas",
    ),
    "an unnamed code": ("fuel.ncv", {"fuel": "peat"}, ["provincial"], "for fuel=peat"),
    "another edition has it": ("fuel.ncv", {"fuel": "wood"}, ["provincial"], "nearest there is ipcc-2006/WORLD"),
    "no such edition": ("fuel.ncv", {"fuel": "coke"}, ["newest"], "no edition 'newest'"),
    "no edition": ("fuel.ncv", {"fuel": "coke"}, [], "in no edition"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_found_says_what_there_is(case):
    quantity, labels, order, sentence = WRONG[case]
    with pytest.raises(UnableToFindFactor, match=sentence):
        find(quantity, labels, year=2020, editions=order)
    with pytest.raises(UnableToFindFactor, match="no region"):
        find("fuel.ncv", {"fuel": "coke"}, year=2020, region="Mars", editions=["provincial"])


def test_every_factor_can_be_found_by_what_it_is():
    for f in all_factors():
        year = f.year or (f.valid_from or f.valid_to or date(2020, 1, 1)).year - (f.valid_to is not None)
        if f.region in quantities()[f.quantity].never:
            continue
        match = find(f.quantity, dict(f.labels), year=year, region=f.region, editions=[f.edition])
        assert match.factor is f, f.id
        assert match.how == "exact", f.id


@pytest.mark.parametrize(
    ("quantity", "labels", "range_"),
    [
        ("activity", {"source": "official_statistics"}, "±5%"),
        ("activity", {"source": "estimate"}, "±30%"),
        ("fuel.co2_factor", {"fuel": "anthracite"}, "±5%"),
        ("coal_mine.mining", {"mine": "surface"}, "-50%..+100%"),
        ("waste.incineration_ch4", {"technology": "continuous_stoker"}, "±40%"),
        ("wastewater.bo_domestic", {}, "±30%"),
    ],
)
def test_the_range_to_assume_where_a_value_brings_none(quantity, labels, range_):
    spread, why = default_spread(quantity, labels)
    assert spread == range_
    assert why.to_confirm


def test_an_unknown_uncertainty_is_not_zero():
    with pytest.raises(UnableToFindFactor, match=r"no default uncertainty for market.price"):
        default_spread("market.price", {"market": "national", "price": "close"})


@pytest.mark.parametrize(
    ("quantity", "labels", "spread"),
    [
        # A share close to one cannot take the ±40 % of the carbon it stands beside.
        ("waste.incineration_burnout", {"stream": "msw"}, "±5%"),
        ("waste.incineration_carbon", {"stream": "msw"}, "±40%"),
        # The correction factor of managed sites is one at most.
        ("waste.mcf", {"site": "managed"}, "-10%..+0%"),
        ("waste.mcf", {"site": "uncategorised"}, "-10%..+30%"),
    ],
)
def test_a_default_range_fits_what_it_is_for(quantity, labels, spread):
    assert default_spread(quantity, labels)[0] == spread
