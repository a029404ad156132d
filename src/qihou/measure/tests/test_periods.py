from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qihou.measure.periods import Period, PeriodKind, UnableToReadPeriod

YEARS = st.integers(1950, 2150)
PERIODS = st.one_of(
    st.builds(Period.year, YEARS),
    st.builds(Period.quarter, YEARS, st.integers(1, 4)),
    st.builds(Period.month, YEARS, st.integers(1, 12)),
    st.builds(lambda first, more: Period.span(first, first + more), YEARS, st.integers(0, 40)),
)


@pytest.mark.parametrize(
    ("code", "start", "end", "kind", "label"),
    [
        ("2025", date(2025, 1, 1), date(2026, 1, 1), "year", "2025年"),
        ("2025Q1", date(2025, 1, 1), date(2025, 4, 1), "quarter", "2025年Q1"),
        ("2025Q4", date(2025, 10, 1), date(2026, 1, 1), "quarter", "2025年Q4"),
        ("2024-02", date(2024, 2, 1), date(2024, 3, 1), "month", "2024年2月"),
        ("2025-12", date(2025, 12, 1), date(2026, 1, 1), "month", "2025年12月"),
        ("2021/2025", date(2021, 1, 1), date(2026, 1, 1), "span", "2021—2025年"),
    ],
)
def test_periods_of_the_calendar(code, start, end, kind, label):
    period = Period.parse(code)
    assert (period.start, period.end, period.kind, period.label_zh, period.code) == (start, end, kind, label, code)


@given(PERIODS)
def test_the_code_reads_back_as_the_period(period):
    assert Period.parse(period.code) == period


@given(PERIODS)
def test_the_start_is_included_and_the_end_is_not(period):
    assert period.contains(period.start)
    assert period.contains(period.end - timedelta(days=1))
    assert not period.contains(period.end)
    assert not period.contains(period.start - timedelta(days=1))


@given(PERIODS)
def test_neighbours_touch_without_overlapping(period):
    if period.kind is PeriodKind.SPAN:
        with pytest.raises(UnableToReadPeriod):
            period.previous()
    else:
        before = period.previous()
        assert (before.end, before.kind) == (period.start, period.kind)


@given(YEARS)
def test_quarters_and_months_make_the_year(year):
    for parts in (
        [Period.quarter(year, q) for q in range(1, 5)],
        [Period.month(year, m) for m in range(1, 13)],
    ):
        assert (parts[0].start, parts[-1].end) == (Period.year(year).start, Period.year(year).end)
        assert all(a.end == b.start for a, b in pairwise(parts))


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_the_quarter_of_a_day_holds_it(day):
    assert Period.quarter_of(day).contains(day)
    assert Period.quarter_of(day).kind is PeriodKind.QUARTER


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "2025Q5",
        "2025Q0",
        "2025-13",
        "2025-00",
        "2025-1",
        "2025/2021",
        "2025 ",
        "二〇二五",
        "2025Q1Q2",
        "0000",
    ],
)
def test_what_is_no_period(text):
    with pytest.raises(ValueError):
        Period.parse(text)


def test_a_period_must_end_after_it_starts():
    with pytest.raises(UnableToReadPeriod):
        Period(date(2025, 1, 1), date(2025, 1, 1), PeriodKind.YEAR)
    for quarter in (0, 5):
        with pytest.raises(UnableToReadPeriod):
            Period.quarter(2025, quarter)
