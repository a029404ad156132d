"""Draws: the same numbers in whatever order and batches, and their moments against closed forms."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qihou.figures import draws
from qihou.figures.book import Book
from qihou.figures.draws import UnableToDraw, draw
from qihou.figures.graph import Given, Graph, Result, Step, labels, total_by
from qihou.figures.leaf import GivenLeaves, Leaf
from qihou.figures.missing import State
from qihou.figures.spread import Z95
from qihou.figures.tests.kit import BURN, LYING, YEARS, burning, burnt, declare, fuels, leaf, need
from qihou.measure.periods import Period

DRAWS = 20_000
SAME = declare("same", "tCO2", (need("it", "tCO2"),), lambda it: it)
GROWN = declare("grown", "tCO2", (need("it", "tCO2"), need("rate", "1")), lambda it, rate: it * np.exp(rate) ** 1.5, dimensional=False)  # fmt: skip


def mixed(rows, order: int = 1, more=()) -> Book:  # type: ignore[no-untyped-def]
    """Every shape of spread, three years, a factor shared by all years, an exponential and a series."""
    spreads = ("±5%", "±80%", "uniform 5..15", "triangular 8..15", "")
    given: list[tuple[Leaf, Period | None]] = []
    for row in rows:
        number = int(dict(row)["fuel"][1:])
        for year in YEARS:
            given.append((leaf("fuel", 10.0, "t", row, f"{number}/{year.code}", spread=spreads[number % 5]), year))
        given.append((leaf("factor", 2.0 + number, "tCO2/t", row, spread="±10%"), None))
    given.append((leaf("rate", 0.1, "1", spread="±20%"), None))
    burn = Step("burn", BURN, rows, {"fuel": Given("fuel", ("fuel",)), "factor": Given("factor", ("fuel",))})
    grown = Step("grown", GROWN, rows, {"it": Result("burn", ("fuel",)), "rate": Given("rate")})
    nodes = (burn, grown, total_by("all", "ktCO2", [burn, grown]), *more)
    return Book(Graph(nodes), GivenLeaves(given[::order]), YEARS)


@pytest.mark.parametrize("batch", [1, 7, 100, 1000])
def test_the_size_of_a_batch_changes_no_bit(batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    book = mixed(fuels(12))
    expected = draw(book, 401, keep=["all", "grown"])
    monkeypatch.setattr(draws, "BATCH", batch)
    found = draw(book, 401, keep=["all", "grown"])
    assert all((found.draws[key] == expected.draws[key]).all() for key in expected.draws)


def test_more_draws_begin_with_the_same() -> None:
    book = mixed(fuels(5))
    assert (draw(book, 700).draws["all"][..., :300] == draw(book, 300).draws["all"]).all()


def test_the_order_of_leaves_and_rows_changes_no_draw_of_a_row() -> None:
    one, other = mixed(fuels(7)), mixed(fuels(7)[::-1], -1)
    mine, theirs = draw(one, 300, keep=["grown", "all"]).draws, draw(other, 300, keep=["grown", "all"]).draws
    assert (mine["grown"] == theirs["grown"][::-1]).all()
    # A sum in another order differs in the last digits only.
    np.testing.assert_allclose(mine["all"], theirs["all"], rtol=1e-13)


def test_what_else_is_calculated_changes_no_draw() -> None:
    few, many = mixed(fuels(3)), mixed(fuels(9))
    assert (draw(few, 200, keep=["burn"]).draws["burn"] == draw(many, 200, keep=["burn"]).draws["burn"][:3]).all()
    assert (draw(few, 200, keep=["burn"]).draws["burn"] == draw(few, 200, keep=["all", "burn"]).draws["burn"]).all()


def test_a_seed_chooses_other_draws_and_the_same_seed_the_same() -> None:
    book = mixed(fuels(2))
    assert (draw(book, 50, seed=1).draws["all"] == draw(book, 50, seed=1).draws["all"]).all()
    assert not (draw(book, 50, seed=1).draws["all"] == draw(book, 50, seed=2).draws["all"]).any()


def test_a_product_of_independent_normal_leaves() -> None:
    # Goodman 1960: Var(xy) = x²s² + y²r² + r²s²; x 10 ± 20 %, y 3 ± 30 %.
    found = draw(burnt({"a": (10.0, 3.0)}, ("±20%", "±30%")), DRAWS)
    r, s = 2 / Z95, 0.9 / Z95
    sd = math.sqrt((10 * s) ** 2 + (3 * r) ** 2 + (r * s) ** 2)
    assert found.mean("all")[0, 0] == pytest.approx(30, abs=4 * sd / math.sqrt(DRAWS))
    assert found.sd("all")[0, 0] == pytest.approx(sd, rel=0.02)


def test_a_sum_of_independent_leaves_adds_squares() -> None:
    # Twenty sources of 10 ± 50 % (all else exact): sd = sqrt(20) * 5 / 1.96
    found = draw(burnt({f"f{n}": (10.0, 1.0) for n in range(20)}, ("±50%", "")), DRAWS)
    sd = math.sqrt(20) * 5 / Z95
    assert found.sd("all")[0, 0] == pytest.approx(sd, rel=0.02)
    low, high = found.interval("all")
    assert (low[0, 0], high[0, 0]) == pytest.approx((200 - Z95 * sd, 200 + Z95 * sd), rel=0.01)


def test_a_shared_factor_errs_alike_in_all_rows() -> None:
    # Twenty rows of 10 t and one factor 1 ± 50 %: relative sd stays 0.5 / 1.96.
    rows = fuels(20)
    step = Step("burn", BURN, rows, {"fuel": Given("fuel", ("fuel",)), "factor": Given("factor")})
    given = [(leaf("fuel", 10.0, "t", row), None) for row in rows]
    book = Book(
        Graph((step, total_by("all", "tCO2", [step]))),
        GivenLeaves([*given, (leaf("factor", 1.0, "tCO2/t", spread="±50%"), None)]),
        YEARS[:1],
    )
    found = draw(book, DRAWS, keep=["burn", "all"])
    assert found.sd("all")[0, 0] / 200 == pytest.approx(0.5 / Z95, rel=0.02)
    assert np.corrcoef(found.draws["burn"][0, 0], found.draws["burn"][19, 0])[0, 1] == pytest.approx(1.0)


def _meters(shares: str, second: str = "±50%") -> Book:
    rows = fuels(2)
    spreads = ("±50%", second)
    given = [
        (leaf("fuel", 10.0, "t", row, spread=s, shares=shares), None) for row, s in zip(rows, spreads, strict=True)
    ]
    return Book(
        burning(rows), GivenLeaves([*given, *((leaf("factor", 1.0, "tCO2/t", row), None) for row in rows)]), YEARS[:1]
    )


def test_leaves_that_share_their_error_err_together() -> None:
    # Together 5 + 5 = 10; apart sqrt(5² + 5²) = 7.07 (half widths)
    assert draw(_meters("meter"), DRAWS).sd("all")[0, 0] == pytest.approx(10 / Z95, rel=0.02)
    assert draw(_meters(""), DRAWS).sd("all")[0, 0] == pytest.approx(math.sqrt(50) / Z95, rel=0.02)


def test_a_wide_and_a_narrow_one_share_too() -> None:
    drawn = draw(_meters("meter", "±80%"), 2000, keep=["burn"]).draws["burn"][:, 0]
    assert (np.argsort(drawn[0]) == np.argsort(drawn[1])).all()


def test_a_bounded_and_an_unbounded_one_cannot_share() -> None:
    with pytest.raises(UnableToDraw, match="share the error 'meter'"):
        draw(_meters("meter", "uniform 5..15"), 10)


def test_draws_in_any_unit_are_of_the_same_figure() -> None:
    rows = fuels(3)

    def book(units: tuple[str, str, str]) -> Book:
        values = {"t": 20.0, "kg": 20_000.0, "万吨": 0.002}
        given = [(leaf("fuel", values[u], u, row, spread="±5%"), None) for row, u in zip(rows, units, strict=True)]
        return Book(
            burning(rows), GivenLeaves([*given, *((leaf("factor", 2.0, "tCO2/t", r), None) for r in rows)]), YEARS[:1]
        )

    for unit in (("t", "kg", "万吨"), ("万吨", "t", "kg")):
        found = draw(book(unit), DRAWS, keep=["burn"])
        np.testing.assert_allclose(found.mean("burn")[:, 0], 40.0, rtol=0.001)
        np.testing.assert_allclose(found.sd("burn")[:, 0], 2 / Z95, rtol=0.02)


def test_a_body_that_hands_its_input_on_does_not_spoil_it() -> None:
    rows = fuels(2)
    burn = Step("burn", BURN, rows, {"fuel": Given("fuel", ("fuel",)), "factor": Given("factor", ("fuel",))})
    nodes = (
        burn,
        Step("same", SAME, rows, {"it": Result("burn", ("fuel",))}),
        total_by("first", "tCO2", [burn]),
    )
    given = [(leaf("fuel", 10.0, "t", row, spread="±5%"), None) for row in rows]
    given += [(leaf("factor", 1.0, "tCO2/t", row), None) for row in rows]
    found = draw(Book(Graph(nodes), GivenLeaves(given), YEARS[:1]), 300, keep=["burn", "same", "first"]).draws
    assert (found["same"] == found["burn"]).all()
    assert (found["first"][0] == found["burn"].sum(axis=0)).all()


@pytest.mark.parametrize("state", [State.ABSENT, State.NE, State.NO])
def test_a_missing_cell_has_no_draws(state: State) -> None:
    found = draw(burnt({"a": (state, 2.0), "b": (5.0, 2.0)}, ("±5%", "±5%")), 50, keep=["burn", "all"])
    assert np.isnan(found.draws["burn"][0]).all()
    assert not np.isnan(found.draws["burn"][1]).any()
    assert np.isnan(found.draws["all"]).all() == (state is State.ABSENT)
    low, high = found.interval("burn")
    assert np.isnan([low[0, 0], high[0, 0]]).all()


def test_exact_leaves_draw_their_value() -> None:
    assert (draw(burnt({"a": (10.0, 2.0)}), 300).draws["all"] == 20.0).all()


def test_a_series_is_drawn_along_its_years() -> None:
    step = Step("lying", LYING, ((),), {"brought": Given("brought"), "kept": Given("kept")})
    given = [(leaf("brought", 100.0, "t", (), year.code, spread="±10%"), year) for year in YEARS]
    book = Book(Graph((step,)), GivenLeaves([*given, (leaf("kept", 0.5, "1"), None)]), YEARS)
    found = draw(book, DRAWS, keep=["lying"])
    # 100, 150, 175; sd 10/1.96 times 1, sqrt(1 + 1/4), sqrt(1 + 1/4 + 1/16)
    np.testing.assert_allclose(found.mean("lying")[0], [100, 150, 175], rtol=0.002)
    expected = 10 / Z95 * np.sqrt([1, 1.25, 1.3125])
    np.testing.assert_allclose(found.sd("lying")[0], expected, rtol=0.02)


def test_no_draws_and_no_years() -> None:
    assert draw(mixed(fuels(2)), 0).draws["all"].shape == (1, 3, 0)
    rows = (labels(fuel="f0"),)
    assert Book(burning(rows), GivenLeaves([]), ()).cells["all"].value.shape == (1, 0)
