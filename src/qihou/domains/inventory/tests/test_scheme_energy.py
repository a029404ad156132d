"""The sectors of energy and industry, electricity and context: they build, and nothing asked for is nowhere."""

import itertools

import pytest

from qihou.domains.inventory.methods.scheme import context, energy, energy_names, indirect, industry
from qihou.domains.inventory.methods.scheme.editions import FACTOR_SETS
from qihou.domains.inventory.methods.scheme.indicators import indicator_nodes
from qihou.domains.inventory.methods.scheme.parts import Nature, Options
from qihou.domains.inventory.methods.scheme.sections import numeral
from qihou.facts.lookup import find
from qihou.facts.vocabulary import labels as label_vocabulary
from qihou.figures.graph import Given, Graph, Step
from qihou.measure import units

SECTORS = (energy.SCHEME, industry.SCHEME, indirect.SCHEME, context.SCHEME)
QUANTITIES = {(q.key, q.labels): q for scheme in SECTORS for q in scheme.quantities}
# Reported for people to read, to allocate by and for checks; no step takes them.
READ_ONLY = ("context.", "balance.losses", "electricity.fossil_generated")


def nodes(edition):
    steps = tuple(step for scheme in SECTORS for step in scheme.steps(Options(edition=edition)))
    return (*steps, *indicator_nodes(steps))


def givens(edition):
    for node in nodes(edition):
        for name, feed in node.feeds.items() if isinstance(node, Step) else ():
            if isinstance(feed, Given):
                need = next(need for need in node.method.inputs if need.name == name)
                for row in node.rows:
                    yield need, feed.quantity, feed.labels_of(row)


@pytest.mark.parametrize("edition", FACTOR_SETS)
def test_the_steps_fit_together(edition):
    graph = Graph(nodes(edition))
    assert graph["indicator.co2_per_gdp"].unit == "tCO2/万元"
    categories = {c.code for scheme in SECTORS for c in scheme.categories}
    for node in graph:
        for row in map(dict, node.rows):
            if "gas" in row and isinstance(node, Step):
                assert row["category"] in categories
                assert node.unit == f"t{row['gas']}"


@pytest.mark.parametrize("edition", FACTOR_SETS)
@pytest.mark.parametrize("year", [2015, 2020, 2021, 2025])
def test_every_input_is_asked_for_or_a_fact(edition, year):
    for need, quantity, labels in givens(edition):
        asked = QUANTITIES.get((quantity, labels))
        if asked is not None:
            assert units.same_dimension(asked.unit, need.unit), (quantity, labels)
        if asked is None or asked.nature is Nature.PARAMETER:
            found = find(quantity, dict(labels), year=year, region="CN-500151", editions=FACTOR_SETS[edition])
            value = float(found.factor.value) * units.factor(found.factor.unit, need.unit)
            low = float("-inf") if need.low is None else need.low
            high = float("inf") if need.high is None else need.high
            assert low <= value <= high, found.said


def test_every_quantity_is_used():
    used = {(quantity, labels) for edition in FACTOR_SETS for _, quantity, labels in givens(edition)}
    idle = [key for key, _ in set(QUANTITIES) - used if not key.startswith(READ_ONLY)]
    assert idle == []


def test_what_a_department_fills_is_declared_in_order():
    sheets = {sheet.key for scheme in SECTORS for sheet in scheme.sheets}
    categories = {c.code for scheme in SECTORS for c in scheme.categories}
    assert sum(len(scheme.quantities) for scheme in SECTORS) == len(QUANTITIES)
    for quantity in QUANTITIES.values():
        assert quantity.sheet in sheets
        assert set(quantity.categories) <= categories
        assert quantity.zh
        assert quantity.en
        assert units.quantity(quantity.unit)
    for category in categories:
        parent = category.rpartition(".")[0]
        assert not parent or parent in categories


def test_the_editions_differ_where_the_guidelines_do():
    trial, later = (Graph(nodes(edition)) for edition in ("provincial-2011", "ipcc-2006"))
    # the trial guideline counts nitrous oxide of standing sources for power alone, and no methane
    assert "ch4.stationary.mass" not in trial
    assert "ch4.stationary.mass" in later
    assert {dict(row)["use"] for row in trial["n2o.stationary.gas"].rows} == {"power"}
    assert trial["co2.stationary.mass"].method.key == "energy.combustion.co2"
    assert later["co2.stationary.mass"].method.key == "energy.combustion.co2_factor"


def test_the_sums_of_indicators_take_what_they_say():
    graph = Graph(nodes("provincial-2011"))

    def taken(key):
        return {(node, tuple(sorted(dict(graph[node].rows[row]).items()))) for node, row in graph[key].parts[0]}

    assert not any("biomass" in node or "bunkers" in node for node, _ in taken("sectoral.co2"))
    fuels = {dict(row)["fuel"] for _, row in taken("reference.co2")}
    assert len(fuels) == len(taken("reference.co2")) == 11
    # electricity by one coefficient in each total
    assert not any("equivalent" in node for node, _ in taken("tce.total.equal"))
    assert not any(node.endswith(".equal") for node, _ in taken("tce.total.equivalent"))
    # Power stations' fuel is in the electricity industry uses, at the grid's factor.
    assert not any(dict(row).get("use") in ("construction", "power") for _, row in taken("indicator.industry_co2"))
    assert any(node == "context.industry_electricity_co2" for node, _ in taken("indicator.industry_co2"))


def test_every_label_has_a_name():
    own = (energy_names.LABEL_NAMES, industry.LABEL_NAMES, context.LABEL_NAMES)
    known = {(kind, code) for names in own for kind, codes in names.items() for code in codes}
    known |= {(kind, code) for kind, codes in label_vocabulary().items() for code in codes}
    rows = [row for edition in FACTOR_SETS for node in nodes(edition) for row in node.rows]
    used = {pair for row in (*rows, *(q.labels for q in QUANTITIES.values())) for pair in row if pair[0] != "category"}
    assert used - known == set()


def test_a_section_stands_in_one_place_under_its_numeral():
    assert [numeral(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
    for scheme in SECTORS:
        blocks = [place for place, _ in itertools.groupby(scheme.quantities, lambda q: (q.sheet, q.section_zh))]
        for sheet in {sheet for sheet, _ in blocks}:
            sections = [section for place, section in blocks if place == sheet]
            assert [section.split("、")[0] for section in sections] == [numeral(n + 1) for n in range(len(sections))]
