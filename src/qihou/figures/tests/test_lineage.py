"""A figure's id changes when, and only when, something it stands on does; its tree holds all of that."""

from __future__ import annotations

import pytest

from qihou.figures.book import Book
from qihou.figures.graph import Given, Graph, Step, Total, labels, total_by
from qihou.figures.leaf import GivenLeaves, Leaf, Origin, content_id
from qihou.figures.lineage import Lineage
from qihou.figures.method import Method
from qihou.figures.missing import Flag, State
from qihou.figures.tests.kit import BURN, LYING, YEARS, burnt, declare, leaf, need, no
from qihou.measure.periods import Period

VALUES: dict[str, tuple[float | State, float | State]] = {"a": (10.0, 2.0), "b": (5.0, 3.0)}


def one(
    method: Method = BURN, unit: str = "tCO2", about: str = "a", factor_unit: str = "tCO2/t", **changed: object
) -> str:
    """The id of the sum over one fuel, after a change to its factor's leaf."""
    row = labels(fuel=about)
    step = Step("burn", method, (row,), {"fuel": Given("fuel", ("fuel",)), "factor": Given("factor", ("fuel",))})
    told: dict = {
        "value": 2.0,
        "unit": factor_unit,
        "origin": Origin("fact", "f#1@edition-2024"),
        "labels": row,
        **changed,
    }
    given = [(leaf("fuel", 10.0, "t", row), None), (Leaf("factor", **told), None)]
    book = Book(Graph((step, total_by("all", unit, [step]))), GivenLeaves(given), YEARS[:1])
    return Lineage(book).id("all", 0, 0)


SECOND = declare(
    "burn", "tCO2", (need("fuel", "t"), need("factor", "tCO2/t")), lambda fuel, factor: fuel * factor, version=2
)


@pytest.mark.parametrize(
    "changed",
    [
        {"method": SECOND},
        {"unit": "kgCO2"},
        {"about": "b"},
        {"value": 2.0000000001},
        {"factor_unit": "kgCO2/kg"},
        {"origin": Origin("entry", "f#1@edition-2024")},
        {"origin": Origin("fact", "f#1@edition-2025")},
        {"spread": "±5%"},
        {"shares": "meter"},
        {"flags": Flag.OLDER},
        {"value": None, "state": State.NE, "reason": "not asked"},
    ],
)
def test_a_change_changes_the_id(changed: dict) -> None:
    assert one(**changed) != one()


def test_equal_work_has_an_equal_id() -> None:
    assert one() == one()
    # What is only shown beside a value does not count, nor whether it was typed as 2 or 2.0.
    assert one(origin=Origin("fact", "f#1@edition-2024", zh="别的说法", where="p. 3")) == one(value=2)


def test_ids_are_of_the_content_wherever_it_is_worked() -> None:
    # Frozen: an id that is written down must be found again by the next release.
    assert content_id("a", 1, ("b",)) == "b3b493118037b534a891"
    assert content_id("a\x1fb", "c") != content_id("a", "b\x1fc")
    assert content_id("a", "") != content_id("a")


def test_the_order_of_parts_does_not_matter() -> None:
    book = burnt(VALUES)
    step = book.graph["burn"]
    turned = Graph((step, Total("all", "tCO2", ((),), ((("burn", 1), ("burn", 0)),))))
    again = Book(turned, GivenLeaves([(v, None) for v in book.leaves]), YEARS[:1])
    assert Lineage(again).id("all", 0, 0) == Lineage(book).id("all", 0, 0)


def test_a_change_in_one_row_leaves_the_other_alone() -> None:
    one_book, other = Lineage(burnt(VALUES)), Lineage(burnt({**VALUES, "b": (6.0, 3.0)}))
    assert one_book.id("burn", 0, 0) == other.id("burn", 0, 0)
    assert one_book.id("burn", 1, 0) != other.id("burn", 1, 0)
    assert one_book.id("all", 0, 0) != other.id("all", 0, 0)


def test_the_tree_says_what_the_method_got() -> None:
    row = labels(fuel="a")
    step = Step("burn", BURN, (row,), {"fuel": Given("fuel", ("fuel",)), "factor": Given("factor", ("fuel",))})
    given = [(leaf("fuel", 3.0, "kt", row), None), (leaf("factor", 2.0, "tCO2/t", row), None)]
    book = Book(Graph((step, total_by("all", "ktCO2", [step]))), GivenLeaves(given), YEARS[:1])
    why = Lineage(book).why("all")
    assert why.method is None
    assert why.figure.value == 6.0
    (part,) = why.inputs
    assert (part.need, part.value) == (None, 6.0)  # 6000 tCO2 in kt
    below = part.below
    assert not isinstance(below, Leaf)
    assert below.method is BURN
    # The leaf was in kt; the method got tonnes.
    assert [(i.need.name, i.value) for i in below.inputs if i.need] == [("fuel", 3000.0), ("factor", 2.0)]
    assert [v.quantity for v in why.leaves()] == ["fuel", "factor"]


def test_depth() -> None:
    lineage = Lineage(burnt(VALUES))
    assert lineage.why("all", depth=0).inputs == ()
    part = lineage.why("all", depth=1).inputs[0].below
    assert not isinstance(part, Leaf)
    assert part.inputs == ()
    assert lineage.why("all", depth=1).id == lineage.why("all").id
    assert lineage.why("burn", labels(fuel="b")).figure.value == 15.0


def test_a_sum_names_what_it_lacks() -> None:
    lineage = Lineage(burnt({"a": (10.0, 2.0), "b": (State.NE, 3.0), "c": (State.NO, 3.0), "d": (-1.0, 3.0)}))
    left = lineage.why("all").left_out
    assert [(dict(f.labels)["fuel"], f.state) for f in left] == [("b", State.NE), ("d", State.FAILED)]


def test_a_series_stands_on_all_years_up_to_its_own() -> None:
    def book(first: float | None, last: float = 3.0) -> Lineage:
        step = Step("lying", LYING, ((),), {"brought": Given("brought"), "kept": Given("kept")})
        given: list[tuple[Leaf, Period | None]] = [(leaf("kept", 0.5, "1"), None)]
        for year, value in zip(YEARS, (first, 2.0, last), strict=True):
            brought = no("brought", State.NO) if value is None else leaf("brought", value, "t", (), year.code)
            given.append((brought, year))
        return Lineage(Book(Graph((step,)), GivenLeaves(given), YEARS))

    assert book(1.0).id("lying", 0, 1) != book(1.5).id("lying", 0, 1)
    assert book(1.0).id("lying", 0, 1) == book(1.0, last=9.0).id("lying", 0, 1)
    why = book(1.0).why("lying", 0, 2)
    assert [(i.need.name, i.period.code, i.value) for i in why.inputs if i.need] == [
        ("brought", "2020", 1.0), ("brought", "2021", 2.0), ("brought", "2022", 3.0), ("kept", "2022", 0.5),
    ]  # fmt: skip
    assert [v.value for v in why.leaves()] == [1.0, 2.0, 3.0, 0.5]
