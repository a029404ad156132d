"""Laws that hold for whatever graph and whatever numbers: sizes, units, states and order are made up by the machine."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qihou.figures.book import Book
from qihou.figures.draws import draw
from qihou.figures.graph import Given, Graph, Labels, Result, Step, labels, total_by
from qihou.figures.leaf import GivenLeaves, Leaf
from qihou.figures.lineage import Lineage
from qihou.figures.missing import State
from qihou.figures.propagation import Propagation, Target
from qihou.figures.tests.kit import BURN, YEARS, declare, leaf, need, no
from qihou.measure import units

CAUGHT = declare(
    "caught",
    "tCO2",
    (need("made", "tCO2"), need("share", "1", low=0.0, high=1.0, nil=0.0)),
    lambda made, share: made * (1 - share),
)
STATES = [State.ABSENT, State.NE, State.C, State.IE, State.NA, State.NO]
WEIGHTS = ["t", "kg", "kt", "万吨", "g"]
PERIODS = YEARS[:2]


@dataclass(frozen=True)
class World:
    """Rows (a use and a fuel each) and the leaves under them."""

    rows: tuple[Labels, ...]
    leaves: tuple[Leaf, ...]

    def graph(self) -> Graph:
        burn = Step(
            "burn", BURN, self.rows, {"fuel": Given("fuel", ("use", "fuel")), "factor": Given("factor", ("fuel",))}
        )
        caught = Step(
            "caught", CAUGHT, self.rows, {"made": Result("burn", ("use", "fuel")), "share": Given("share", ("use",))}
        )
        uses = total_by("uses", "kgCO2", [caught], by=("use",))
        fuels = total_by("fuels", "tCO2", [caught], by=("fuel",))
        return Graph((burn, caught, uses, fuels, total_by("all", "tCO2", [uses])))

    def book(self) -> Book:
        return Book(self.graph(), GivenLeaves((v, None) for v in self.leaves), PERIODS)

    def but(self, number: int, **changed: object) -> World:
        others = list(self.leaves)
        others[number] = replace(others[number], **changed)  # type: ignore[arg-type]
        return replace(self, leaves=tuple(others))


@st.composite
def worlds(draw_, missing: bool = False, spread: str = "") -> World:  # type: ignore[no-untyped-def]
    uses, fuels = draw_(st.integers(1, 3)), draw_(st.integers(1, 4))
    rows = tuple(labels(use=f"u{u}", fuel=f"f{f}") for u in range(uses) for f in range(fuels))
    number = st.floats(0.01, 1e5)

    def made(quantity: str, unit: str, about: Labels, values: st.SearchStrategy[float]) -> Leaf:
        if missing and draw_(st.integers(0, 3)) == 0:
            return no(quantity, draw_(st.sampled_from(STATES)), about)
        return leaf(quantity, draw_(values), unit, about, spread=spread)

    leaves = [made("fuel", "t", row, number) for row in rows]
    leaves += [made("factor", "tCO2/t", labels(fuel=f"f{f}"), st.floats(0.1, 10)) for f in range(fuels)]
    leaves += [made("share", "1", labels(use=f"u{u}"), st.floats(0.0, 0.9)) for u in range(uses)]
    return World(rows, tuple(leaves))


quick = settings(max_examples=40, deadline=None)


@quick
@given(worlds())
def test_totals_equal_their_parts_whichever_way_they_are_added(world: World) -> None:
    book = world.book()
    whole = book.figure("all").value
    parts = [book.figure("caught", n).value for n in range(len(world.rows))]
    assert whole == pytest.approx(math.fsum(v for v in parts if v is not None), rel=1e-12)
    assert whole == pytest.approx(book.cells["fuels"].value[:, 0].sum(), rel=1e-12)
    assert whole == pytest.approx(book.cells["uses"].value[:, 0].sum() / 1000, rel=1e-12)


@quick
@given(worlds(), st.data())
def test_the_same_value_in_another_unit_gives_the_same_figure(world: World, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(world.rows) - 1))
    unit = data.draw(st.sampled_from(WEIGHTS))
    value = world.leaves[number].value
    assert value is not None
    other = world.but(number, value=value * units.factor("t", unit), unit=unit)
    assert other.book().figure("all").value == pytest.approx(world.book().figure("all").value, rel=1e-12)


@quick
@given(worlds(missing=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_leaves_does_not_matter(world: World, chance: random.Random) -> None:
    rows, leaves = list(world.rows), list(world.leaves)
    chance.shuffle(rows)
    chance.shuffle(leaves)
    one, other = world.book(), World(tuple(rows), tuple(leaves)).book()
    for node in ("caught", "uses", "fuels", "all"):
        for row in one.graph[node].rows:
            mine, theirs = one.figure(node, row), other.figure(node, row)
            assert (mine.state, mine.flags) == (theirs.state, theirs.flags)
            assert mine.value == (None if theirs.value is None else pytest.approx(theirs.value, rel=1e-12))
    assert Lineage(one).id("all", 0, 0) == Lineage(other).id("all", 0, 0)


@quick
@given(worlds(), st.data())
def test_more_activity_never_lowers_emissions(world: World, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(world.rows) - 1))
    value = world.leaves[number].value
    assert value is not None
    before = world.book().figure("all").value
    after = world.but(number, value=value * data.draw(st.floats(1, 100))).book().figure("all").value
    assert before is not None
    assert after is not None
    assert after >= before * (1 - 1e-12)


@quick
@given(worlds(missing=True))
def test_a_missing_leaf_never_yields_a_number(world: World) -> None:
    book, known = world.book(), {(v.quantity, v.labels): v for v in world.leaves}
    for number, row in enumerate(world.rows):
        fuel, factor = known["fuel", row], known["factor", (("fuel", dict(row)["fuel"]),)]
        share = known["share", (("use", dict(row)["use"]),)]
        there = fuel.value is not None and factor.value is not None and (share.value is not None or share.state.is_nil)
        assert (book.figure("caught", number).value is not None) == there
    for node in ("uses", "all"):
        for row in range(len(book.graph[node].rows)):
            found = book.figure(node, row)
            assert (found.value is None) == (found.state is not State.VALUE)
            if found.value is not None:
                assert found.value == pytest.approx(found.known)
    parts = [book.figure("caught", n).state for n in range(len(world.rows))]
    if any(state in (State.ABSENT, State.FAILED) for state in parts):
        assert book.figure("all").value is None


@settings(max_examples=15, deadline=None)
@given(worlds(spread="±4%"))
def test_draws_scatter_around_the_figure_as_far_as_propagated(world: World) -> None:
    book, count = world.book(), 4000
    found, value = draw(book, count), book.figure("all").value
    sd = Propagation(book).sd([Target("all", 0, 0)])[0]
    assert found.mean("all")[0, 0] == pytest.approx(value, abs=5 * sd / math.sqrt(count) + 1e-9)
    # The error of a standard deviation from n draws is its 1/sqrt(2n)-th part: here 1.1 %; five of them.
    assert found.sd("all")[0, 0] == pytest.approx(sd, rel=0.06)


@settings(max_examples=15, deadline=None)
@given(worlds(missing=True, spread="±20%"))
def test_a_figure_without_a_value_has_no_draws_and_one_with_a_value_all(world: World) -> None:
    book = world.book()
    found = draw(book, 16, keep=[node.key for node in book.graph])
    for key, drawn in found.draws.items():
        there = book.cells[key].state == State.VALUE
        assert (np.isfinite(drawn).all(axis=-1) == there).all()
        assert (np.isnan(drawn).all(axis=-1) == ~there).all()


@quick
@given(worlds())
def test_gradients_are_those_of_small_changes(world: World) -> None:
    book = world.book()
    gradient = Propagation(book).gradients([Target("all", 0, 0)])[0]
    before = book.figure("all").value
    assert before is not None
    for number, one in enumerate(world.leaves):
        assert one.value is not None
        if one.quantity == "share":
            continue  # a step from nought would leave the range of the formula
        step = one.value * 1e-6
        after = world.but(number, value=one.value + step).book().figure("all").value
        assert after is not None
        place = [v.id for v in book.leaves].index(one.id)
        # The graph is linear in each leaf: only rounding of the difference is lost.
        assert (after - before) / step == pytest.approx(gradient[place], rel=1e-6, abs=before * 1e-9 / step)
