"""A graph whose parts do not fit is refused when it is built, with the node and what to change."""

from __future__ import annotations

import pytest

from qihou.figures.graph import Given, Graph, Result, Step, Total, UnableToBuildGraph, labels, only, total_by
from qihou.figures.tests.kit import BURN, LESS, fuels

ROWS = fuels(2)
FEEDS = {"fuel": Given("fuel", ("fuel",)), "factor": Given("factor", ("fuel",))}
STEP = Step("burn", BURN, ROWS, FEEDS)


def less(**feeds: object) -> Step:
    return Step("less", LESS, ROWS, {"made": Result("burn", ("fuel",)), "caught": Given("caught"), **feeds})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ((STEP, STEP), "two nodes are called burn"),
        ((Step("burn", BURN, (ROWS[0], ROWS[0]), FEEDS),), "two of its rows have the same labels"),
        ((Step("burn", BURN, ROWS, {"fuel": FEEDS["fuel"]}),), "needed are"),
        ((Step("burn", BURN, ROWS, {**FEEDS, "more": Given("x")}),), "needed are"),
        ((less(),), "burn, which does not stand before it"),
        ((less(), STEP), "does not stand before it"),
        ((Step("burn", BURN, ROWS, {**FEEDS, "fuel": Given("fuel", ("area",))}),), "lacks"),
        ((STEP, less(made=Result("burn", ("fuel",), labels(gas="CO2")))), "no row of burn fits"),
        ((STEP, less(made=Result("burn", ()))), "several rows of burn fit"),
        ((STEP, Total("sum", "tCH4", ((),), ((("burn", 0),),))), "different things"),
        ((STEP, Total("sum", "tCO2", ((),), ())), "1 rows and 0 lists of parts"),
        ((STEP, Total("sum", "tCO2", ((),), ((("burn", 2),),))), "burn has no row 2"),
        ((STEP, Total("sum", "tCO2", ((),), ((("burn", -1),),))), "burn has no row -1"),
        ((STEP, Total("sum", "tCO2", ((),), ((("other", 0),),))), "adds other, which does not stand before it"),
        ((STEP, Step("again", BURN, ROWS, {**FEEDS, "fuel": Result("burn", ("fuel",))})), "different things"),
    ],
)
def test_refused(nodes: tuple, said: str) -> None:
    with pytest.raises(UnableToBuildGraph, match=said):
        Graph(nodes)


def test_partners_are_found_by_labels_not_by_place() -> None:
    graph = Graph(
        (STEP, Step("less", LESS, ROWS[::-1], {"made": Result("burn", ("fuel",)), "caught": Given("caught")}))
    )
    step = graph["less"]
    assert isinstance(step, Step)
    made = step.feeds["made"]
    assert isinstance(made, Result)
    assert graph.partners(step, made) == [1, 0]


def test_labels_have_no_order() -> None:
    assert labels(b="2", a="1") == labels(a="1", b="2")
    assert only(labels(a="1", b="2"), ("b", "c")) == labels(b="2")
    assert Given("q", ("b",), labels(a="0")).labels_of(labels(b="2", z="9")) == labels(a="0", b="2")


def test_totals_by_label() -> None:
    rows = tuple(labels(use=use, fuel=fuel) for use in "xy" for fuel in "12")
    step = Step("burn", BURN, rows, FEEDS)
    found = total_by("by_use", "tCO2", [step], by=("use",))
    assert found.rows == (labels(use="x"), labels(use="y"))
    assert found.parts == ((("burn", 0), ("burn", 1)), (("burn", 2), ("burn", 3)))
    assert total_by("all", "tCO2", [found]).parts == ((("by_use", 0), ("by_use", 1)),)
