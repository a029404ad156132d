from __future__ import annotations

import importlib.util
from collections import Counter
from datetime import date
from decimal import Decimal
from difflib import unified_diff
from pathlib import Path

import pytest

from qihou.facts import factors as library
from qihou.facts.factors import UnableToFindFactor, all_factors, by_quantity, factor_by_id, overdue, search
from qihou.facts.loader import UnableToReadFacts
from qihou.facts.vocabulary import UnableToName, editions, label_name, quantities, region_chain, regions, standards
from qihou.measure.units import UnableToMeasure, factor, same_dimension

FACTORS = all_factors()
ROOT = Path(__file__).resolve().parents[4]


def count(**wanted) -> int:
    return sum(all(getattr(f, key) == value for key, value in wanted.items()) for f in FACTORS)


def value(quantity: str, edition: str, region: str = "CN", year: int | None = None, **labels) -> Decimal:
    found = [
        f
        for f in by_quantity()[quantity]
        if (f.edition, f.region, f.year) == (edition, region, year) and dict(f.labels) == labels
    ]
    assert len(found) == 1, (quantity, edition, region, year, labels)
    return found[0].value


def test_no_value_changes_unseen():
    spec = importlib.util.spec_from_file_location("factors_snapshot", ROOT / "tools" / "factors_snapshot.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    frozen, now = tool.SNAPSHOT.read_text(encoding="utf-8"), tool.snapshot()
    difference = "\n".join(unified_diff(frozen.splitlines(), now.splitlines(), "frozen", "now", lineterm="", n=0))
    assert frozen == now, f"{difference}\nIf you mean these changes: python tools/factors_snapshot.py"


def test_every_factor_is_cited_and_graded():
    for f in FACTORS:
        assert f.sources, f.id
        assert all(s.document and s.clause and s.year for s in f.sources), f.id
        assert len(f.sources) >= 2 or f.grade != "A", f.id
        assert f.review_by > f.last_checked, f.id
        assert "待核" in f.note or not f.to_confirm, f"{f.id} is from memory, and its note must say 待核"


@pytest.mark.parametrize("unit", sorted({f.unit for f in FACTORS}))
def test_every_unit_is_known(unit):
    assert same_dimension(unit, unit)


def test_a_quantity_has_one_dimension():
    # standard coal per mass, gas volume or heat; allowances per electricity or heat
    mixed = {"energy.tce_coefficient", "market.benchmark"}
    for quantity, found in by_quantity().items():
        units = {f.unit for f in found}
        assert quantity in mixed or all(same_dimension(u, next(iter(units))) for u in units), (quantity, units)


def test_ids_name_one_factor_each():
    assert len({f.id for f in FACTORS}) == len(FACTORS)
    one = FACTORS[0]
    assert factor_by_id(one.id) is one
    with pytest.raises(UnableToFindFactor, match="no factor 'ghg/x'"):
        factor_by_id("ghg/x")


def test_the_same_place_twice_is_refused(monkeypatch):
    monkeypatch.setattr(library, "factor_file_names", lambda: ["rice", "rice"])
    with pytest.raises(UnableToReadFacts, match="says again what"):
        all_factors.__wrapped__()


def test_every_word_is_used_and_has_two_names():
    assert {f.quantity for f in FACTORS} == set(quantities())
    assert {f.edition for f in FACTORS} == set(editions())
    assert {f.region for f in FACTORS} <= set(regions())
    assert label_name("fuel", "anthracite") == "无烟煤"
    assert label_name("fuel", "anthracite", "en") == "anthracite"
    with pytest.raises(UnableToName, match="fuel=peat"):
        label_name("fuel", "peat")


def test_counts_of_the_published_tables():
    # 30 provinces (Tibet has none), 7 grids and the country, for each of three years
    for year in (2021, 2022, 2023):
        found = [f for f in by_quantity()["electricity.emission_factor"] if f.edition == "mee-grid" and f.year == year]
        kinds = Counter("province" if f.region[-2:].isdigit() else "grid" if f.region != "CN" else "CN" for f in found)
        assert kinds == {"province": 30, "grid": 7, "CN": 1}
    assert count(file="ghg/electricity") == 3 * (38 + 2)
    assert count(quantity="manure.ch4_factor") == 6 * 7 - 3  # no buffalo in three parts of the country
    assert count(quantity="manure.n2o_factor") == 6 * 7 - 3
    assert count(quantity="fuel.ncv", edition="provincial") == 19
    assert count(quantity="fuel.ncv_gas", edition="provincial") == 5
    assert count(quantity="fuel.carbon_content", edition="provincial") == 24
    assert count(quantity="fuel.ncv", edition="ets-2024") == 17 - 4  # four gases
    assert count(quantity="fuel.ncv", edition="sector-older") == 12 - 1  # natural gas
    assert count(quantity="fuel.oxidation", edition="sector-older") == 8  # four liquids are printed without one
    assert count(quantity="fuel.co2_factor", file="ghg/fuels-ipcc2006") == 23
    assert count(quantity="cement.substitute_deduction") == 2 + 2 + 3 + 4 + 2 + 2 + 3 + 7
    assert count(quantity="carbonate.co2_factor", edition="sector-older") == 11
    assert count(quantity="rice.ch4_factor") == 3 * 3 + 3  # three parts of the country grow one crop
    assert count(quantity="soil.ef1_direct") == 6
    assert count(quantity="electricity.footprint_factor", year=2023) == 10
    assert count(quantity="electricity.footprint_factor", year=2024) == 9


# NCV x CC x OF x 44/12/1000, as the source prints the product (per t, or per 10^4 Nm3 of gas)
PRODUCTS = {
    "anthracite": "2.5215", "bituminous": "1.741750", "cleaned_coal": "2.2082", "other_washed_coal": "1.0519",
    "briquette": "1.9360", "coke": "2.860419", "crude_oil": "3.020202", "gasoline": "2.925056", "diesel": "3.095910",
    "kerosene": "3.0334", "lng": "2.831257", "naphtha": "3.1981", "coal_tar": "2.6446", "crude_benzol": "3.4109",
    "refinery_gas": "3.0389", "natural_gas": "21.621888", "other_gas": "2.3148",
}  # fmt: skip


@pytest.mark.parametrize("fuel", PRODUCTS)
def test_the_printed_product_of_a_fuel(fuel):
    ncv_key = "ncv_gas" if fuel in {"natural_gas", "other_gas"} else "ncv"
    ncv, carbon, oxidation = (
        value(f"fuel.{q}", "provincial", fuel=fuel) for q in (ncv_key, "carbon_content", "oxidation")
    )
    product = ncv * carbon * oxidation / 100 * 44 / 12 / 1000
    printed = Decimal(PRODUCTS[fuel])
    assert abs(product - printed) <= Decimal(5).scaleb(printed.as_tuple().exponent - 1), product


def test_msw_incineration_of_the_2025_edition():
    three = [value(f"waste.incineration_{k}", "provincial-2025", stream="msw") for k in ("carbon", "fossil", "burnout")]
    # 0.4 * 0.4 * 0.95 * 44/12 = 0.557333 tCO2/t
    assert round(three[0] * three[1] * three[2] * 44 / 12, 6) == Decimal("0.557333")


def test_southwest_manure_of_a_worked_example():
    def total(gas: str) -> Decimal:
        per_head = {a: value(f"manure.{gas}_factor", "livestock-standard", "CN-AREA-SW", livestock=a) for a in HERD}
        return sum(HERD[a] * per_head[a] for a in HERD) / 1000

    # 50 000 pigs, 3 000 dairy cows, 20 000 goats
    assert total("ch4") == Decimal("239.13")
    assert total("n2o") == Decimal("14.882")


HERD = {"pig": 50_000, "dairy": 3_000, "goat": 20_000}


def test_regions_lead_to_wider_ones():
    assert region_chain("CN-500151")[:3] == ("CN-500151", "CN-50", "CN-SW")
    assert region_chain("CN-50")[-3:] == ("CN", "ASIA", "WORLD")
    # electricity of Guizhou is the south's; its livestock are the southwest's
    assert region_chain("CN-52")[1:3] == ("CN-SG", "CN-AREA-SW")
    provinces = [code for code in regions() if code[3:].isdigit()]
    assert len(provinces) == 34
    for kind, members in (("CN-AREA-", 31), ("CN-SOIL-", 31)):
        assert sum(any(c.startswith(kind) for c in region_chain(p)) for p in provinces) == members
    with pytest.raises(UnableToName, match="no region 'CN-5'"):
        region_chain("CN-5")


def test_search_finds_by_any_word_of_either_language():
    # the southwest grid's note says that Chongqing is counted there
    assert {f.region for f in search("电力平均 重庆")} == {"CN-50", "CN-SW"}
    assert any(f.value == Decimal("26.7") for f in search("anthracite calorific provincial"))
    assert search("no such thing anywhere") == ()


def test_facts_announce_when_they_want_to_be_looked_at_again():
    assert overdue(date(2027, 11, 1)) == ()
    assert len(overdue(date(2027, 11, 2))) == len(FACTORS)


def test_rule_books_say_since_when():
    by_id = {s.id: s for s in standards()}
    assert by_id["GB/T 32150-2025"].effective == "2026-07-01"
    assert by_id["GB/T 32150-2025"].replaces == "GB/T 32150-2015"
    assert by_id["CETS-AG-03.01"].grade == "M"


def test_emission_and_footprint_of_electricity_do_not_convert():
    emission = {f.unit for f in by_quantity()["electricity.emission_factor"]}
    footprint = {f.unit for f in by_quantity()["electricity.footprint_factor"]}
    assert (emission, footprint) == ({"kgCO2/kWh"}, {"kgCO2e_footprint/kWh"})
    with pytest.raises(UnableToMeasure, match="different things"):
        factor("kgCO2e_footprint/kWh", "kgCO2/kWh")
