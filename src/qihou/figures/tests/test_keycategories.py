"""Key categories: a made inventory of eight categories with a sink, and the equations of the 2006 Guidelines by hand."""

from __future__ import annotations

import numpy as np
import pytest

from qihou.figures.keycategories import (
    THRESHOLD_APPROACH_1,
    THRESHOLD_APPROACH_2,
    UnableToRank,
    approach_2,
    level,
    rank,
    trend,
)

# Power and heat, cement, rice, soils, landfill, transport, wastewater, forest.
VALUES = [500.0, 300.0, 60.0, 40.0, 50.0, 120.0, 10.0, -80.0]


def test_level_counts_a_sink_by_its_size() -> None:
    found = level(VALUES)
    # The absolute values add up to 1160.
    assert found == pytest.approx([v / 1160 for v in (500, 300, 60, 40, 50, 120, 10, 80)])
    ranked = rank(found, THRESHOLD_APPROACH_1)
    assert [r.index for r in ranked] == [0, 1, 5, 7, 2, 4, 3, 6]
    assert [round(r.share, 4) for r in ranked] == [0.4310, 0.2586, 0.1034, 0.0690, 0.0517, 0.0431, 0.0345, 0.0086]
    # 1110 of 1160 = 0.9569 is the first sum above 0.95: six are key.
    assert [r.is_key for r in ranked] == [True] * 6 + [False] * 2
    assert ranked[5].cumulative == pytest.approx(0.9569, abs=5e-5)
    assert ranked[-1].cumulative == pytest.approx(1.0)


def test_trend_by_hand() -> None:
    # From 100 + 100 = 200 to 110 + 130 = 240: the whole grew by 0.2.
    # 1: 100/200 * |0.1 - 0.2| = 0.05; 2: 100/200 * |0.3 - 0.2| = 0.05
    assert trend([100, 100], [110, 130]) == pytest.approx([0.05, 0.05])


def test_trend_with_a_sink_by_hand() -> None:
    # Base 300 - 100 = 200, now 300 - 60 = 240: change 0.2; absolute base 400.
    # 1: 300/400 * |0 - 0.2| = 0.15; sink: 100/400 * |40/100 - 0.2| = 0.05
    assert trend([300, -100], [300, -60]) == pytest.approx([0.15, 0.05])


def test_a_category_that_began_after_the_base_year_enters_by_equation_4_3() -> None:
    # New one: 50 / 200 = 0.25. Others: 0.5 * |0 - 0.25| = 0.125 each.
    assert trend([100, 100, 0], [100, 100, 50]) == pytest.approx([0.125, 0.125, 0.25])


def test_nothing_moved_nothing_is_key() -> None:
    found = rank(trend([100, 50], [100, 50]), THRESHOLD_APPROACH_1)
    assert [r.is_key for r in found] == [False, False]


def test_approach_2_weighs_by_uncertainty() -> None:
    # 0.5 * 5 = 2.5, 0.3 * 10 = 3, 0.2 * 50 = 10: the smallest is the first; 10 + 3 = 13 of 15.5 = 0.84, so all are needed for 0.90.
    found = rank(approach_2(level([50, 30, 20]), [5, 10, 50]), THRESHOLD_APPROACH_2)
    assert [(r.index, r.is_key) for r in found] == [(2, True), (1, True), (0, True)]
    assert found[0].share == pytest.approx(10 / 15.5)


def test_a_sum_that_reaches_the_threshold_on_paper_reaches_it() -> None:
    # 0.1 + ... in binary falls short of 0.95 by a last digit.
    shares = np.array([0.15] * 6 + [0.05, 0.03, 0.02])
    assert shares[:7].cumsum()[-1] != 0.95
    assert [r.is_key for r in rank(shares, 0.95)] == [True] * 7 + [False] * 2


@pytest.mark.parametrize(
    "ask",
    [lambda: level([1.0, float("nan")]), lambda: trend([1.0, 2.0], [float("nan"), 1.0]), lambda: approach_2(level([1.0]), [float("inf")])],
)  # fmt: skip
def test_a_missing_value_is_not_ranked(ask) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnableToRank, match="has no value"):
        ask()


def test_a_base_year_of_zero_tells_no_trend() -> None:
    with pytest.raises(UnableToRank, match="choose another base year"):
        trend([100, -100], [50, 20])


def test_an_empty_inventory_has_no_key_category() -> None:
    assert [r.is_key for r in rank(level([0.0, 0.0]), 0.95)] == [False, False]
