"""Agriculture, land and waste as a district reports them: everything asked is used, everything needed is had."""

import itertools
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from qihou.domains.inventory.methods.reading import Entered, InventoryLeaves
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.methods.scheme import (
    agriculture,
    agriculture_names,
    context,
    land,
    land_names,
    waste,
    waste_names,
)
from qihou.domains.inventory.methods.scheme.assembly import Scheme, assemble
from qihou.domains.inventory.methods.scheme.editions import EDITIONS, FACTOR_SETS
from qihou.domains.inventory.methods.scheme.parts import Nature, Options
from qihou.domains.inventory.methods.weighing import QUANTITY, weighing
from qihou.facts.lookup import find
from qihou.facts.vocabulary import labels as known_labels
from qihou.figures.book import Book
from qihou.figures.graph import Given, Graph, Step, Total, UnableToBuildGraph, labels
from qihou.figures.leaf import Origin
from qihou.figures.missing import Flag, Notation, State
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period
from qihou.measure.units import same_dimension

SECTORS = (agriculture.SCHEME, land.SCHEME, waste.SCHEME)
# Residents are asked for once, on the sheet of the statistics bureau.
PEOPLE = replace(context.SCHEME, steps=lambda options: ())
YEARS = range(2015, 2026)
DATA = Path(__file__).parents[5] / "districts" / "tongliang" / "inventory"
DATA_FILES = ("agriculture", "land", "waste")
ALL_OPTIONS = [Options(edition, landfill) for edition in EDITIONS for landfill in ("mass-balance", "first-order-decay")]
# Asked for checks against other quantities only.
CHECKED_ONLY = {"forest.total_volume"}


@cache
def scheme(options: Options) -> Scheme:
    return assemble(options, GwpSet.AR5, (*SECTORS, PEOPLE))


@cache
def rows(files: tuple[str, ...] = DATA_FILES) -> list[dict]:
    return [row for name in files for row in yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))["rows"]]  # fmt: skip


@cache
def entries() -> dict:
    found = {}
    for row in rows((*DATA_FILES, "context")):
        for year, value in row["values"].items():
            key = (row["quantity"], labels(**row["labels"]), Period.year(year))
            origin = Origin("entry", f"{row['quantity']}{row['labels']}")
            flag = Flag.FROM_PLAN if "from_plan" in row else Flag.ILLUSTRATIVE
            if isinstance(value, dict):
                found[key] = Entered(
                    None, row["unit"], origin, Notation(value["notation"]), value["reason"], flags=flag
                )
            else:
                found[key] = Entered(float(value), row["unit"], origin, flags=flag)
    return found


@cache
def book(options: Options) -> Book:
    leaves = InventoryLeaves(scheme(options), entries(), region="CN-500151")
    return Book(scheme(options).graph, leaves, [Period.year(year) for year in range(2003, 2026)])


def given(options: Options) -> set[tuple]:
    """Every input from outside, with the labels of each row that asks for it."""
    steps = [step for sector in SECTORS for step in sector.steps(options)]
    return {
        (feed.quantity, feed.labels_of(row))
        for step in steps
        for feed in step.feeds.values()
        if isinstance(feed, Given) and feed.quantity != QUANTITY
        for row in step.rows
    }


@pytest.mark.parametrize("options", ALL_OPTIONS, ids=str)
def test_every_input_is_asked_for_or_found_among_the_facts(options):
    reported = {place for place, q in scheme(options).quantity.items() if q.nature is Nature.ACTIVITY}
    # No guideline gives winter-flooded fields a default: only the district's own factor can serve.
    wanted = given(options) - reported - {("rice.ch4_factor", labels(rice="winter_flooded"))}
    for quantity, whose in sorted(wanted):
        for year in (2015, 2025):
            assert find(quantity, dict(whose), year=year, region="CN-50", editions=FACTOR_SETS[options.edition])


def test_every_cell_of_the_workbook_is_used():
    used = set().union(*(given(options) for options in ALL_OPTIONS))
    asked = {(q.key, q.labels) for sector in SECTORS for q in sector.quantities}
    unused = asked - used
    assert {key for key, _ in unused} == CHECKED_ONLY


def test_what_the_workbook_asks_in_measures_what_the_method_needs():
    for options in ALL_OPTIONS:
        for step in scheme(options).steps:
            needs = {need.name: need for need in step.method.inputs}
            for name, feed in step.feeds.items():
                for row in step.rows if isinstance(feed, Given) else ():
                    asked = scheme(options).quantity.get((feed.quantity, feed.labels_of(row)))
                    assert asked is None or same_dimension(asked.unit, needs[name].unit), (step.key, name)


def test_removals_are_negative_and_only_in_sinks():
    found = book(Options())
    s = scheme(Options())
    for category in s.categories:
        if category.sector.value == "lulucf" and not s.children(category.code):
            figure = found.figure(*s.cell(category.code), Period.year(2020))
            assert figure.state is State.VALUE, category.code
            assert (figure.value < 0) == (category.sink and category.code != "lulucf.woody.shrub"), category.code


@pytest.mark.parametrize("options", ALL_OPTIONS, ids=str)
@pytest.mark.parametrize("code", ["agriculture", "lulucf", "waste"])
def test_the_illustrative_district_is_complete(options, code):
    found = book(options)
    for year in YEARS:
        figure = found.figure(*scheme(options).cell(code), Period.year(year))
        assert figure.state is State.VALUE, (year, figure)
        assert figure.flags & Flag.ILLUSTRATIVE


def test_the_illustrative_district_is_of_a_plausible_size():
    # rice 23 458 ha * 156.2 kg = 3664 t CH4 = 102.6 kt CO2e; the whole of agriculture some 200 to 400 kt for such a district
    found, s = book(Options()), scheme(Options())
    rice = found.figure(*s.cell("agriculture.rice"), Period.year(2020))
    assert rice.value == pytest.approx(23_458 * 0.1562 * 28, rel=1e-9)
    assert 2e5 < found.figure(*s.cell("agriculture"), Period.year(2020)).value < 4e5
    assert -2e5 < found.figure(*s.cell("lulucf"), Period.year(2020)).value < -2e4
    assert 5e4 < found.figure(*s.cell("waste"), Period.year(2020)).value < 3e5


def test_old_waste_goes_on_giving_methane():
    # in 2025 hardly anything is landfilled: by mass balance little is left, by decay the waste of twenty years still works
    decay = Options(landfill="first-order-decay")
    late = [
        book(o).figure(*scheme(o).cell("waste.solid.landfill"), Period.year(2025)).value for o in (Options(), decay)
    ]
    assert late[1] > 5 * late[0] > 0


def test_without_the_years_before_decay_is_not_counted_as_if_nothing_lay_there():
    options = Options(landfill="first-order-decay")
    some = {key: value for key, value in entries().items() if key[2] != Period.year(2009)}
    leaves = InventoryLeaves(scheme(options), some, region="CN-500151")
    found = Book(scheme(options).graph, leaves, [Period.year(year) for year in range(2003, 2026)])
    assert found.figure(*scheme(options).cell("waste.solid.landfill"), Period.year(2020)).value is None
    assert found.figure(*scheme(options).cell("waste.solid.landfill"), Period.year(2008)).state is not State.VALUE


def test_every_reported_cell_has_a_value_or_a_reason_in_every_year():
    for quantity in (q for sector in SECTORS for q in sector.quantities if q.nature is Nature.ACTIVITY):
        missing = [year for year in YEARS if (quantity.key, quantity.labels, Period.year(year)) not in entries()]
        assert not missing, (quantity.key, quantity.labels, missing)


def test_every_row_of_the_data_is_a_cell_of_the_workbook_within_its_bounds():
    known = scheme(Options()).quantity
    for row in rows():
        quantity = known[row["quantity"], labels(**row["labels"])]
        assert ("from_plan" in row) != row.get("illustrative", False), row
        for value in row["values"].values():
            if isinstance(value, dict):
                assert value["reason"]
            elif row["unit"] == quantity.unit:
                assert quantity.low <= value <= quantity.high, (row["quantity"], row["labels"], value)


def test_components_of_waste_leave_room_for_what_does_not_rot():
    for year in YEARS:
        shares = [row["values"][year] for row in rows() if row["quantity"] == "waste.composition"]
        assert 50 < sum(shares) < 95


def test_equivalents_of_two_sets_are_not_added():
    # manure: methane weighed by AR5 and nitrous oxide by SAR
    mass = {"mass": Given("x"), "potential": Given(QUANTITY, ("gas",))}
    methane = Step("a", weighing("CH4", GwpSet.AR5), (labels(gas="CH4"),), mass)
    nitrous = Step("b", weighing("N2O", GwpSet.SAR), (labels(gas="N2O"),), mass)
    with pytest.raises(UnableToBuildGraph, match="different things"):
        Graph((methane, nitrous, Total("sum", "tCO2e_AR5", (labels(),), ((("a", 0), ("b", 0)),))))


def test_every_label_of_a_row_has_a_name():
    own = {**agriculture_names.LABEL_NAMES, **land_names.LABEL_NAMES, **waste_names.LABEL_NAMES}
    for options in ALL_OPTIONS:
        for step in scheme(options).steps:
            for kind, code in {pair for row in step.rows for pair in row if pair[0] not in ("category", "gas")}:
                assert code in own.get(kind, {}) or code in known_labels().get(kind, {}), (step.key, kind, code)


@pytest.mark.parametrize("options", [Options(), Options("ipcc-2006", "first-order-decay")], ids=str)
def test_both_approaches_to_uncertainty_work_on_every_line(options):
    leaves = InventoryLeaves(scheme(options), entries(), region="CN-500151")
    worked = Worked(scheme(options), leaves, [Period.year(year) for year in range(2003, 2021)], draws=400)
    for (code, gas), line in worked.lines.items():
        if line.value:
            assert line.half_percent is not None, (code, gas)
            assert line.low <= line.high, (code, gas)
    assert 20 < worked.lines["lulucf.cropland_soil", ""].half_percent < 200
    assert not any(leaf.flags & Flag.NO_SPREAD for leaf in worked.book.leaves)


def test_a_section_stands_in_one_place_and_in_its_order():
    for sector in SECTORS:
        seen = list(dict.fromkeys((q.sheet, q.section_zh) for q in sector.quantities))
        blocks = [place for place, _ in itertools.groupby(sector.quantities, lambda q: (q.sheet, q.section_zh))]
        assert blocks == seen
        for sheet in {sheet for sheet, _ in seen}:
            numerals = ["一二三四五六".index(section[0]) for place, section in seen if place == sheet and section]
            assert numerals == sorted(numerals)
