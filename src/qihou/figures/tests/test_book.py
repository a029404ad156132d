"""What a missing value becomes on its way through products and sums: never a number."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qihou.figures.book import Book, UnableToReadLeaf
from qihou.figures.graph import Given, Graph, Result, Step, labels, total_by
from qihou.figures.leaf import GivenLeaves, Leaf, absent
from qihou.figures.missing import Flag, State, Status
from qihou.figures.tests.kit import BURN, LESS, LYING, YEARS, burning, burnt, declare, fuels, leaf, need, no
from qihou.measure.periods import Period

MISSING = [State.ABSENT, State.NE, State.C, State.IE, State.NA, State.NO]


def test_a_product_and_a_sum_by_hand() -> None:
    # 10 t x 2 + 5 t x 3 = 35
    book = burnt({"a": (10.0, 2.0), "b": (5.0, 3.0)})
    assert [book.figure("burn", row).value for row in (0, 1)] == [20.0, 15.0]
    whole = book.figure("all")
    assert (whole.value, whole.known, whole.status) == (35.0, 35.0, Status.OK)


@pytest.mark.parametrize("state", MISSING)
@pytest.mark.parametrize("place", [0, 1])
def test_a_product_with_a_missing_input_takes_its_state_and_has_no_value(state: State, place: int) -> None:
    pair = (state, 2.0) if place == 0 else (10.0, state)
    found = burnt({"a": pair}).figure("burn")
    assert found.state is state
    assert found.value is None


def test_of_two_missing_inputs_the_larger_state_decides() -> None:
    # No pigs: nothing is emitted, although nobody knows the factor.
    assert burnt({"a": (State.NO, State.ABSENT)}).figure("burn").state is State.NO
    assert burnt({"a": (State.NE, State.ABSENT)}).figure("burn").state is State.NE


@pytest.mark.parametrize(
    ("states", "state", "value", "known", "status"),
    [
        # One part of 20 stands beside what is missing.
        ((20.0, State.NO), State.VALUE, 20.0, 20.0, Status.OK),
        ((20.0, State.NA), State.VALUE, 20.0, 20.0, Status.OK),
        ((20.0, State.IE), State.VALUE, 20.0, 20.0, Status.OK),
        ((20.0, State.NE), State.VALUE, 20.0, 20.0, Status.INCOMPLETE),
        ((20.0, State.C), State.VALUE, 20.0, 20.0, Status.INCOMPLETE),
        ((20.0, State.ABSENT), State.ABSENT, None, 20.0, Status.FAILED),
        ((State.NO, State.NO), State.NO, None, 0.0, Status.OK),
        ((State.NO, State.IE), State.NO, None, 0.0, Status.OK),
        ((State.NE, State.NO), State.NE, None, 0.0, Status.INCOMPLETE),
        ((State.C, State.NO), State.C, None, 0.0, Status.INCOMPLETE),
        ((State.C, State.NE), State.NE, None, 0.0, Status.INCOMPLETE),
        ((State.NE, State.ABSENT), State.ABSENT, None, 0.0, Status.FAILED),
    ],
)
def test_sums(states, state, value, known, status) -> None:  # type: ignore[no-untyped-def]
    found = burnt({f"f{n}": (s, 1.0) for n, s in enumerate(states)}).figure("all")
    assert (found.state, found.value, found.known, found.status) == (state, value, known, status)
    assert bool(found.flags & Flag.LEFT_OUT) == (status is Status.INCOMPLETE and value is not None)


def test_what_is_left_out_is_said_all_the_way_up() -> None:
    rows = tuple(labels(use=use, fuel=fuel) for use in "xy" for fuel in "12")
    step = Step("burn", BURN, rows, {"fuel": Given("fuel", ("use", "fuel")), "factor": Given("factor")})
    parts = total_by("by_use", "tCO2", [step], by=("use",))
    given = [(leaf("fuel", 1.0, "t", row), None) for row in rows[1:]] + [(no("fuel", State.NE, rows[0]), None)]
    leaves = GivenLeaves([*given, (leaf("factor", 2.0, "tCO2/t"), None)])
    book = Book(Graph((step, parts, total_by("all", "tCO2", [parts]))), leaves, YEARS[:1])
    assert book.figure("by_use", 0).flags & Flag.LEFT_OUT
    assert not book.figure("by_use", 1).flags & Flag.LEFT_OUT
    assert book.figure("all").value == 6.0
    assert book.figure("all").flags & Flag.LEFT_OUT


def test_a_value_outside_the_range_of_the_formula_fails_and_so_does_its_sum() -> None:
    book = burnt({"a": (-1.0, 2.0), "b": (5.0, 3.0)})
    assert (book.figure("burn").state, book.figure("burn").value) == (State.FAILED, None)
    assert (book.figure("all").value, book.figure("all").known) == (None, 15.0)
    assert book.figure("all").status is Status.FAILED


def test_the_ends_of_a_range_belong_to_it() -> None:
    assert burnt({"a": (0.0, 2.0)}).figure("burn").value == 0.0


def test_nought_entered_is_a_value() -> None:
    found = burnt({"a": (0.0, 2.0)}).figure("all")
    assert (found.state, found.value) == (State.VALUE, 0.0)


@pytest.mark.parametrize(
    ("caught", "expected"),
    [(3.0, 17.0), (State.NO, 20.0), (State.NA, 20.0), (State.IE, 20.0), (State.NE, None), (State.ABSENT, None)],
)
def test_what_does_not_occur_counts_as_nothing_only_where_the_formula_says_so(caught, expected) -> None:  # type: ignore[no-untyped-def]
    rows = fuels(1)
    feeds = {"fuel": Given("fuel"), "factor": Given("factor")}
    graph = Graph(
        (
            Step("burn", BURN, rows, feeds),
            Step("less", LESS, rows, {"made": Result("burn", ("fuel",)), "caught": Given("caught")}),
        )
    )
    taken = no("caught", caught) if isinstance(caught, State) else leaf("caught", caught, "tCO2")
    leaves = GivenLeaves([(leaf("fuel", 10.0, "t"), None), (leaf("factor", 2.0, "tCO2/t"), None), (taken, None)])
    assert Book(graph, leaves, YEARS[:1]).figure("less").value == expected


def test_flags_travel_with_values_and_stop_where_nothing_occurs() -> None:
    flags = {"factor.a": Flag.OLDER, "fuel.b": Flag.ESTIMATED}
    book = burnt({"a": (10.0, 2.0), "b": (State.NO, 3.0)}, flags=flags)
    assert book.figure("burn", 0).flags == Flag.OLDER
    assert book.figure("burn", 1).flags == Flag.NONE
    assert book.figure("all").flags == Flag.OLDER
    assert book.figure("all").status is Status.DEGRADED


def test_one_factor_may_be_of_this_year_in_one_year_and_older_in_the_next() -> None:
    class Record:
        def leaf(self, quantity, about, period):  # type: ignore[no-untyped-def]
            if quantity == "fuel":
                return leaf("fuel", 10.0, "t", about, period.code)
            older = Flag.OLDER if period != YEARS[0] else Flag.NONE
            return leaf("factor", 2.0, "tCO2/t", about, "fact", flags=older)

    book = Book(burning(fuels(1)), Record(), YEARS)
    assert [book.figure("all", 0, n).flags for n in range(3)] == [Flag.NONE, Flag.OLDER, Flag.OLDER]


def test_units_are_turned_per_value_and_refused_before_anything_is_worked() -> None:
    rows = fuels(2)
    amounts = [(leaf("fuel", 1.0, "万吨", rows[0]), None), (leaf("fuel", 500.0, "kg", rows[1]), None)]
    factors = [(leaf("factor", 2.0, "kgCO2/kg", row), None) for row in rows]
    book = Book(burning(rows, "kgCO2"), GivenLeaves(amounts + factors), YEARS[:1])
    # 10 000 t x 2 and 0.5 t x 2; the sum in kg
    assert [book.figure("burn", n).value for n in (0, 1)] == [20_000.0, 1.0]
    assert book.figure("all").value == 20_001_000.0
    wrong = [(leaf("fuel", 1.0, "m3", rows[0]), None), *amounts[1:], *factors]
    with pytest.raises(UnableToReadLeaf, match=r"burn: fuel .*f0.* is in m3, needed is t"):
        Book(burning(rows), GivenLeaves(wrong), YEARS[:1])


def _lying(values: list[float | State], kept: float = 0.5) -> Book:
    graph = Graph((Step("lying", LYING, ((),), {"brought": Given("brought"), "kept": Given("kept")}),))
    years = [Period.year(2020 + n) for n in range(len(values))]
    given: list[tuple[Leaf, Period | None]] = [(leaf("kept", kept, "1"), None)]
    for year, value in zip(years, values, strict=True):
        found = no("brought", value) if isinstance(value, State) else leaf("brought", value, "t", (), year.code)
        given.append((found, year))
    return Book(graph, GivenLeaves(given), years)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # 8; 8/2 + 4 = 8; 8/2 + 2 = 6
        ([8.0, 4.0, 2.0], [8.0, 8.0, 6.0]),
        # Before a site opened nothing lay there.
        ([State.NO, 4.0, 2.0], [0.0, 4.0, 4.0]),
        ([8.0, State.NO, 2.0], [8.0, 4.0, 4.0]),
        # A gap spoils its own year and all after it, and none before.
        ([8.0, State.ABSENT, 2.0], [8.0, None, None]),
        ([8.0, 4.0, State.NE], [8.0, 8.0, None]),
        ([State.ABSENT, 4.0, State.NO], [None, None, None]),
    ],
)
def test_series(values: list, expected: list) -> None:
    book = _lying(values)
    assert [book.figure("lying", 0, n).value for n in range(len(values))] == expected


def test_a_rate_that_did_not_apply_once_does_not_silence_the_years_after() -> None:
    graph = Graph((Step("lying", LYING, ((),), {"brought": Given("brought"), "kept": Given("kept")}),))
    given = [(leaf("brought", 1.0, "t"), None), (no("kept", State.NO), YEARS[0])]
    given += [(leaf("kept", 0.5, "1"), year) for year in YEARS[1:]]
    book = Book(graph, GivenLeaves(given), YEARS)
    assert [book.figure("lying", 0, n).state for n in range(3)] == [State.NO, State.ABSENT, State.ABSENT]


def test_a_gap_spoils_no_earlier_year_of_a_series_worked_as_a_matrix() -> None:
    # The sum of all years so far as a product with a triangle: nought times NaN would be NaN in every year.
    summed = declare(
        "summed", "t", (need("brought", "t"),), lambda brought: brought @ np.triu(np.ones((3, 3))), series=True, dimensional=False
    )  # fmt: skip
    given = [(leaf("brought", 2.0, "t", (), year.code), year) for year in YEARS[:2]]
    book = Book(Graph((Step("summed", summed, ((),), {"brought": Given("brought")}),)), GivenLeaves(given), YEARS)
    assert [book.figure("summed", 0, n).value for n in range(3)] == [2.0, 4.0, None]


def test_an_earlier_years_value_is_asked_by_lag() -> None:
    step = Step("burn", BURN, ((),), {"fuel": Given("fuel", lag=2), "factor": Given("factor")})
    given = [
        (leaf("fuel", float(year.start.year), "t", (), year.code), year) for year in map(Period.year, range(2015, 2023))
    ]
    book = Book(Graph((step,)), GivenLeaves([*given, (leaf("factor", 1.0, "tCO2/t"), None)]), YEARS)
    assert [book.figure("burn", 0, n).value for n in range(3)] == [2018.0, 2019.0, 2020.0]


def test_division_by_nought_fails() -> None:
    per = declare("per", "tCO2/t", (need("mass", "tCO2"), need("made", "t")), lambda mass, made: mass / made)
    graph = Graph((Step("per", per, ((),), {"mass": Given("mass"), "made": Given("made")}),))
    leaves = GivenLeaves([(leaf("mass", 1.0, "tCO2"), None), (leaf("made", 0.0, "t"), None)])
    assert Book(graph, leaves, YEARS[:1]).figure("per").state is State.FAILED


def test_a_leaf_is_a_finite_value_or_a_state() -> None:
    for value, state in ((None, State.VALUE), (1.0, State.NO)):
        with pytest.raises(ValueError, match="a value or a reason"):
            leaf("q", value, "t", state=state)
    for value in (math.nan, math.inf):
        with pytest.raises(ValueError, match="is no number"):
            leaf("q", value, "t")


def test_what_nobody_said_is_absent_with_a_reason() -> None:
    found = absent("fuel", (), YEARS[0])
    assert (found.state, found.value) == (State.ABSENT, None)
    assert found.reason


def test_an_array_for_notebooks() -> None:
    book = burnt({"a": (10.0, 2.0), "b": (State.NE, 3.0)})
    found = book.array("burn")
    assert found.attrs["unit"] == "tCO2"
    assert found.sel(period="2020").values[0] == 20.0
    assert np.isnan(found.values[1, 0])
    assert found.coords["state"].values.tolist() == [["VALUE"], ["NE"]]
    assert found.coords["fuel"].values.tolist() == ["a", "b"]
