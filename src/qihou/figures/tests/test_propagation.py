"""Propagated errors against the guideline's equations by hand, and against draws."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qihou.figures.book import Book
from qihou.figures.draws import draw
from qihou.figures.graph import Given, Graph, Result, Step, labels, total_by
from qihou.figures.keycategories import level
from qihou.figures.leaf import GivenLeaves, Leaf
from qihou.figures.missing import State
from qihou.figures.propagation import Propagation, Target
from qihou.figures.spread import Z95
from qihou.figures.tests.kit import BURN, LESS, LYING, YEARS, burnt, declare, leaf, need
from qihou.measure.periods import Period

# A made inventory: name, value, half width of activity and of factor in per cent, combined in per cent (sqrt of the squares).
INVENTORY = [
    ("power", 500.0, 3, 5, 5.8310),
    ("cement", 300.0, 2, 8, 8.2462),
    ("rice", 60.0, 10, 40, 41.2311),
    ("soils", 40.0, 20, 100, 101.9804),
    ("landfill", 50.0, 30, 50, 58.3095),
    ("transport", 120.0, 5, 5, 7.0711),
    ("wastewater", 10.0, 40, 80, 89.4427),
    ("forest", -80.0, 15, 30, 33.5410),
]
SIGNED = declare("signed", "tCO2", (need("fuel", "t"), need("factor", "tCO2/t")), lambda fuel, factor: fuel * factor)


def inventory() -> Book:
    rows = tuple(labels(category=name) for name, *_ in INVENTORY)
    step = Step(
        "signed", SIGNED, rows, {"fuel": Given("fuel", ("category",)), "factor": Given("factor", ("category",))}
    )
    given: list[tuple[Leaf, Period | None]] = []
    for row, (_, value, activity, factor, _) in zip(rows, INVENTORY, strict=True):
        given.append((leaf("fuel", value / 2, "t", row, spread=f"±{activity}%"), None))
        given.append((leaf("factor", 2.0, "tCO2/t", row, spread=f"±{factor}%"), None))
    return Book(Graph((step, total_by("net", "tCO2", [step]))), GivenLeaves(given), YEARS[:1])


def test_each_category_is_combined_by_equation_3_1() -> None:
    found = Propagation(inventory()).sd([Target("signed", row, 0) for row in range(8)])
    relative = [100 * Z95 * sd / abs(value) for sd, (_, value, *_) in zip(found, INVENTORY, strict=True)]
    assert relative == pytest.approx([combined for *_, combined in INVENTORY], abs=5e-5)


def test_the_net_total_is_combined_by_equation_3_2() -> None:
    # Half widths: 29.155 24.739 24.739 40.792 29.155 8.485 8.944 26.833; their squares add up to 5460.0; root 73.892 of 1000.
    book = inventory()
    assert book.figure("net").value == pytest.approx(1000.0)
    assert 100 * Z95 * Propagation(book).sd([Target("net", 0, 0)])[0] / 1000 == pytest.approx(7.3892, abs=5e-5)


def test_shares_name_the_datum_worth_improving() -> None:
    found = Propagation(inventory()).shares(Target("net", 0, 0))
    assert (found[0].leaf.quantity, dict(found[0].leaf.labels)) == ("factor", {"category": "soils"})
    # Its half width is 40 of 73.892.
    assert found[0].share == pytest.approx(1600 / 5460, rel=1e-9)
    assert found[0].derivative == pytest.approx(20.0)
    assert sum(s.share for s in found) == pytest.approx(1.0)
    assert [s.share for s in found] == sorted((s.share for s in found), reverse=True)


def test_levels_of_the_books_own_values() -> None:
    assert level(inventory().cells["signed"].value[:, 0])[7] == pytest.approx(80 / 1160)


def test_propagated_and_drawn_agree_where_errors_are_small() -> None:
    book = burnt({f"f{n}": (10.0 + n, 2.0) for n in range(5)}, ("±4%", "±6%"))
    drawn = draw(book, 20_000).sd("all")[0, 0]
    assert Propagation(book).sd([Target("all", 0, 0)])[0] == pytest.approx(drawn, rel=0.02)


def _years(shared: bool) -> Book:
    """Amounts 100, 110, 120 with an error each; a factor 2 ± 10 % that is one leaf, or one in each year."""
    step = Step("burn", BURN, ((),), {"fuel": Given("fuel"), "factor": Given("factor")})
    given: list[tuple[Leaf, Period | None]] = []
    for number, year in enumerate(YEARS):
        given.append((leaf("fuel", 100.0 + 10 * number, "t", (), year.code, spread="±5"), year))
        given.append((leaf("factor", 2.0, "tCO2/t", (), "one" if shared else year.code, spread="±10%"), year))
    return Book(Graph((step, total_by("all", "tCO2", [step]))), GivenLeaves(given), YEARS)


@pytest.mark.parametrize(
    ("shared", "half"),
    [
        # Amounts: 2 x 5 twice. A shared factor errs 0.2 x (120 - 100) = 4, its own errs 20 and 24.
        (True, math.sqrt(10**2 + 10**2 + 4**2)),
        (False, math.sqrt(10**2 + 10**2 + 20**2 + 24**2)),
    ],
)
def test_the_difference_between_years(shared: bool, half: float) -> None:
    book = _years(shared)
    found = Propagation(book).sd([Target("all", 0, 2, minus=0)])[0]
    assert found * Z95 == pytest.approx(half, rel=1e-9)
    drawn = draw(book, 20_000).draws["all"][0]
    assert (drawn[2] - drawn[0]).std() == pytest.approx(found, rel=0.02)


def test_leaves_that_share_add_before_squaring_and_may_cancel() -> None:
    rows = ((),)
    less = Step("less", LESS, rows, {"made": Given("made"), "caught": Given("caught")})

    def sd(shares: str) -> float:
        given = [
            (leaf(q, v, "tCO2", spread="±10%", shares=shares), None) for q, v in (("made", 50.0), ("caught", 30.0))
        ]
        return float(Propagation(Book(Graph((less,)), GivenLeaves(given), YEARS[:1])).sd([Target("less", 0, 0)])[0])

    assert sd("") * Z95 == pytest.approx(math.sqrt(5**2 + 3**2))
    assert sd("scale") * Z95 == pytest.approx(5 - 3)


def test_a_leaf_that_reaches_a_figure_by_two_ways_is_gathered_with_its_signs() -> None:
    # made = fuel x factor, caught = fuel x other: net = fuel x (2 - 0.5); d/dfuel = 1.5
    rows = ((),)
    made = Step("made", BURN, rows, {"fuel": Given("fuel"), "factor": Given("factor")})
    caught = Step("caught", BURN, rows, {"fuel": Given("fuel"), "factor": Given("other")})
    net = Step("net", LESS, rows, {"made": Result("made", ()), "caught": Result("caught", ())})
    given = [
        (leaf("fuel", 10.0, "t", spread="±10%"), None),
        (leaf("factor", 2.0, "tCO2/t"), None),
        (leaf("other", 0.5, "tCO2/t"), None),
    ]
    book = Book(Graph((made, caught, net)), GivenLeaves(given), YEARS[:1])
    found = Propagation(book).shares(Target("net", 0, 0))
    assert [(s.leaf.quantity, s.derivative, s.share) for s in found] == [("fuel", pytest.approx(1.5), 1.0)]


def test_a_series_by_hand() -> None:
    # Third year: b3 + b2 k + b1 k²: derivatives 1, 0.5, 0.25; by k: b2 + 2 b1 k = 100 + 100
    step = Step("lying", LYING, ((),), {"brought": Given("brought"), "kept": Given("kept")})
    given: list[tuple[Leaf, Period | None]] = [
        (leaf("brought", 100.0, "t", (), year.code, spread="±10%"), year) for year in YEARS
    ]
    book = Book(Graph((step,)), GivenLeaves([*given, (leaf("kept", 0.5, "1", spread="±10%"), None)]), YEARS)
    found = Propagation(book)
    gradient = found.gradients([Target("lying", 0, 2), Target("lying", 0, 0)])
    by_leaf = dict(zip([f"{v.quantity}{v.origin.id}" for v in book.leaves], gradient.T, strict=True))
    assert by_leaf["brought2020"].tolist() == pytest.approx([0.25, 1.0])
    assert by_leaf["brought2022"].tolist() == pytest.approx([1.0, 0.0])
    assert by_leaf["keptkept()"].tolist() == pytest.approx([200.0, 0.0])
    expected = math.sqrt(10**2 + 5**2 + 2.5**2 + 10**2)  # half widths; by k: 0.05 x 200
    assert found.sd([Target("lying", 0, 2)])[0] * Z95 == pytest.approx(expected)
    assert draw(book, 20_000, keep=["lying"]).sd("lying")[0, 2] * Z95 == pytest.approx(expected, rel=0.02)


def test_units_on_the_way_count() -> None:
    # 3 kt at 2 kgCO2/kg, summed in kg: derivative 2 x 1000 x 1000 kgCO2 per kt
    step = Step("burn", BURN, ((),), {"fuel": Given("fuel"), "factor": Given("factor")})
    given = [(leaf("fuel", 3.0, "kt", spread="±10%"), None), (leaf("factor", 2.0, "kgCO2/kg"), None)]
    book = Book(Graph((step, total_by("all", "kgCO2", [step]))), GivenLeaves(given), YEARS[:1])
    assert Propagation(book).gradients([Target("all", 0, 0)])[0][0] == pytest.approx(2e6)
    assert Propagation(book).sd([Target("all", 0, 0)])[0] * Z95 == pytest.approx(0.1 * 6e6)


@pytest.mark.parametrize("state", [State.NO, State.NE])
def test_what_has_no_value_adds_no_error(state: State) -> None:
    with_it = burnt({"a": (10.0, 2.0), "b": (state, 5.0)}, ("±5%", "±50%"))
    without = burnt({"a": (10.0, 2.0)}, ("±5%", "±50%"))
    assert Propagation(with_it).sd([Target("all", 0, 0)])[0] == Propagation(without).sd([Target("all", 0, 0)])[0]
    assert Propagation(with_it).sd([Target("burn", 1, 0)])[0] == 0.0


def test_exact_figures_have_no_shares() -> None:
    assert Propagation(burnt({"a": (10.0, 2.0)})).shares(Target("all", 0, 0)) == []


def test_many_targets_are_as_one_by_one() -> None:
    found = Propagation(inventory())
    targets = [Target("signed", row, 0) for row in range(8)] + [Target("net", 0, 0)]
    together = found.gradients(targets)
    assert all(np.array_equal(together[n], found.gradients([t])[0]) for n, t in enumerate(targets))
