"""The bundled district's figures of energy, industry, electricity and context hang together in every year."""

from pathlib import Path

import pytest
import yaml

from qihou.domains.inventory.methods.checks_energy import balance_closure, implied_factor, reference_against_sectoral
from qihou.domains.inventory.methods.reading import Entered, InventoryLeaves
from qihou.domains.inventory.methods.scheme import context, energy, indirect, industry
from qihou.domains.inventory.methods.scheme.assembly import assemble
from qihou.domains.inventory.methods.scheme.editions import EDITIONS
from qihou.domains.inventory.methods.scheme.indicators import indicator_nodes
from qihou.domains.inventory.methods.scheme.parts import Nature, Options
from qihou.figures.book import Book
from qihou.figures.graph import Graph
from qihou.figures.leaf import Origin
from qihou.figures.missing import Notation, State
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period

FOLDER = Path(__file__).parents[5] / "districts" / "tongliang" / "inventory"
YEARS = range(2015, 2026)
SECTORS = (energy.SCHEME, industry.SCHEME, indirect.SCHEME, context.SCHEME)
SCHEME = assemble(Options(), GwpSet.SAR, SECTORS)


def read():
    found = {}
    for name in ("energy", "industry", "indirect", "context"):
        for row in yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))["rows"]:
            for year, value in row["values"].items():
                key = (row["quantity"], tuple(sorted(row["labels"].items())), Period.year(year))
                assert key not in found, f"{key} stands twice"
                assert row.get("illustrative") or row["from_plan"]["line"] > 0
                origin = Origin("given", name)
                if isinstance(value, dict):
                    assert value["reason"]
                    found[key] = Entered(None, row["unit"], origin, Notation(value["notation"]), value["reason"])
                else:
                    found[key] = Entered(float(value), row["unit"], origin)
    return found


@pytest.fixture(scope="module")
def entries():
    return read()


def work(scheme, entries):
    graph = Graph((*scheme.graph.nodes, *indicator_nodes(scheme.steps)))
    return Book(graph, InventoryLeaves(scheme, entries, region="CN-500151"), [Period.year(year) for year in YEARS])


@pytest.fixture(scope="module")
def book(entries):
    return work(SCHEME, entries)


def column(book, node):
    return [book.figure(node, 0, n).value for n in range(len(YEARS))]


def test_every_cell_has_a_value_or_a_reason(entries):
    asked = {(q.key, q.labels, Period.year(y)) for q in SCHEME.quantities if q.nature is Nature.ACTIVITY for y in YEARS}
    assert asked - set(entries) == set()
    for key, labels, period in entries:
        entered, about = entries[key, labels, period], SCHEME.quantity[key, labels]
        assert entered.unit == about.unit
        if entered.value is not None:
            assert about.low is None or entered.value >= about.low, (key, labels, period)
            assert about.high is None or entered.value <= about.high, (key, labels, period)


@pytest.mark.parametrize("edition", EDITIONS)
def test_nothing_is_left_open(entries, edition):
    book = work(assemble(Options(edition=edition), GwpSet.AR5, SECTORS), entries)
    for node in book.graph:
        states = {State(int(state)) for state in book.cells[node.key].state.flat}
        assert not states & {State.FAILED, State.ABSENT}, (node.key, states)


def test_the_plans_figures_come_out(book, entries):
    def of(key, year):
        return entries[key, (), Period.year(year)].value

    # raw coal of industry above scale in 10⁴ t: 32.52 in 2020 is 44.4 % below 2015: 32.52 / 0.556 = 58.49
    assert of("context.raw_coal_industry", 2020) == 32.52
    assert of("context.raw_coal_industry", 2015) == pytest.approx(32.52 / (1 - 0.444), abs=0.01)
    # 132.39 after 3.4 % a year for five years: 112.01; energy per GDP fell by 22 %
    assert of("context.energy_equal_value", 2015) == pytest.approx(132.39 / 1.034**5, abs=0.01)
    intensity = column(book, "indicator.energy_per_gdp")
    assert 1 - intensity[5] / intensity[0] == pytest.approx(0.22, abs=0.001)


def test_the_coefficients_give_the_reported_total(book, entries):
    for n, year in enumerate(YEARS):
        reported = entries["context.energy_equal_value", (), Period.year(year)].value * 10_000
        assert column(book, "tce.total.equal")[n] == pytest.approx(reported, rel=0.002)
        own = entries["context.energy_equivalent_value", (), Period.year(year)].value * 10_000
        assert column(book, "tce.total.equivalent")[n] == pytest.approx(own, rel=0.002)


def test_from_above_and_from_below_agree(book):
    for above, below in zip(column(book, "reference.co2"), column(book, "sectoral.co2"), strict=True):
        assert reference_against_sectoral(reference=above, sectoral=below, limit=0.05).agrees


def test_the_balance_of_every_fuel_closes(entries):
    def value(key, labels, year):
        found = entries.get((key, labels, Period.year(year)))
        return found.value if found and found.value is not None else 0.0

    for year in YEARS:
        fuels = {dict(labels)["fuel"] for key, labels, _ in entries if key == "balance.imported"}
        supply, use = {}, {}
        for fuel in fuels:
            one = (("fuel", fuel),)
            flows = ("production", "imported", "stock_draw")
            supply[fuel] = sum(value(f"balance.{flow}", one, year) for flow in flows)
            burnt = {labels for key, labels, _ in entries if key == "fuel.burnt" and ("fuel", fuel) in labels}
            use[fuel] = sum(value("fuel.burnt", labels, year) for labels in burnt)
            use[fuel] += value("balance.non_energy", one, year) + value("balance.losses", one, year)
        assert [one for one in balance_closure(supply, use, limit=0.01) if not one.agrees] == []


def test_what_is_burnt_gives_the_co2_of_fuels(book):
    for form in ("mass", "gas"):
        co2, heat = book.cells[f"co2.stationary.{form}"], book.cells[f"energy.stationary.{form}"]
        for gas, energy_of in zip(co2.value.flat, heat.value.flat, strict=True):
            factor = implied_factor(gas, energy_of) if energy_of > 0 else None
            assert factor is None or 50 <= factor <= 260
