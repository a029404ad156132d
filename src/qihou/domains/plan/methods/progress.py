"""Whether work and indicators are where they should be: pure rules, the day passed in.

The schedule is even: work is expected to advance with the days of its period, a level with the years between base and
target. How many points behind is still on track, at risk or off track is data (``facts/data/plan-progress.yaml``).

*Not delivered* speaks of a report or a value that was due and is absent; *off track* speaks of the work itself and is
only ever said of something reported. Neither stands in for the other. *Awaiting* is said of what was delivered and is
not decided yet, where only decided reports and values may be shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any

from qihou.facts.loader import Facts
from qihou.measure.periods import Period

HUNDRED = Decimal(100)


class State(StrEnum):
    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    AWAITING = "awaiting"
    NOT_DELIVERED = "not_delivered"
    NOT_DUE = "not_due"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True)
class Rules:
    """Points are percentage points behind the even schedule; days run from the last day of the period."""

    on_track_within: Decimal
    off_track_beyond: Decimal
    report_due_days: int
    value_due_days: int

    @classmethod
    def from_facts(cls, facts: Facts, day: date | None = None) -> Rules:
        """The rules that hold on a day, or the newest ones.

        Raises:
            UnableToFindFact: one of the values does not hold on that day.
        """

        def value(name: str) -> Decimal:
            series = facts[name]
            return (series.on(day) if day else series.newest).value

        return cls(
            on_track_within=value("on_track_within_points"),
            off_track_beyond=value("off_track_beyond_points"),
            report_due_days=int(value("report_due_days")),
            value_due_days=int(value("value_due_days")),
        )


@dataclass(frozen=True)
class Judgement:
    """A state with the code of its reason and the numbers behind it (all as text, ready for JSON)."""

    state: State
    reason: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Span:
    """Half-open days during which a piece of work runs."""

    start: date
    end: date


def work_span(
    start_year: int | None, start_month: int | None, end_year: int | None, end_month: int | None
) -> Span | None:
    """The days of a period printed in years or months; ``None`` when either end is unknown or they are reversed."""
    if start_year is None or end_year is None:
        return None
    start = date(start_year, start_month or 1, 1)
    end = date(end_year + 1, 1, 1) if end_month in (None, 12) else date(end_year, (end_month or 0) + 1, 1)
    return Span(start, end) if start < end else None


def deadline_span(first_year: int | None, deadline: str, last_year: int | None) -> Span | None:
    """A task runs from the plan's first year to its own deadline (``2025`` or ``2025-06``), else the plan's last year."""
    if first_year is None:
        return None
    year, _, month = deadline.partition("-")
    if year.isdigit():
        return work_span(first_year, None, int(year), int(month) if month.isdigit() else None)
    return work_span(first_year, None, last_year, None)


def expected_percent(span: Span, at: date) -> Decimal:
    """Share of the period's days gone by at the start of day ``at`` [%], 0 to 100."""
    if at <= span.start:
        return Decimal(0)
    if at >= span.end:
        return HUNDRED
    return HUNDRED * (at - span.start).days / (span.end - span.start).days


def report_due_on(quarter: Period, rules: Rules) -> date:
    """Last day on which the quarter's report is in time."""
    return quarter.end - timedelta(days=1) + timedelta(days=rules.report_due_days)


def value_due_on(year: int, rules: Rules) -> date:
    """Last day on which the year's value is in time."""
    return date(year, 12, 31) + timedelta(days=rules.value_due_days)


@lru_cache(maxsize=64)
def last_overdue_quarter(today: date, rules: Rules) -> Period:
    """The newest quarter whose report should be in by now."""
    quarter = Period.quarter_of(today).previous()
    while report_due_on(quarter, rules) >= today:
        quarter = quarter.previous()
    return quarter


@lru_cache(maxsize=64)
def last_overdue_year(today: date, rules: Rules) -> int:
    """The newest year whose value should be in by now."""
    year = today.year - 1
    while value_due_on(year, rules) >= today:
        year -= 1
    return year


def owed_quarter(*, today: date, rules: Rules, span: Span | None, reporting_from: date | None) -> Period | None:
    """The newest quarter a report on this work should be in for, or ``None`` when none is due yet.

    ``reporting_from`` is the day the version was adopted: nothing is owed for quarters that ended before it.
    """
    if reporting_from is None:
        return None
    quarter = last_overdue_quarter(today, rules)
    if quarter.end <= reporting_from or (span is not None and quarter.end <= span.start):
        return None
    return quarter


def judge_work(
    *,
    span: Span | None,
    owed: Period | None,
    reported: Period | None,
    percent: Decimal | None,
    today: date,
    rules: Rules,
    complete: bool,
    newest: Period | None = None,
    delivered: Period | None = None,
) -> Judgement:
    """The state of a project or task from the newest report of each of its leads, the least of them counting.

    ``reported`` is the quarter of the least report that may be shown, ``percent`` what it says [%], ``newest`` the newest
    quarter any lead reported on (``reported`` unless given), ``delivered`` the newest quarter handed in, decided or not
    (``newest`` unless given). ``complete``: every lead's newest accepted report says 100 %. ``owed`` comes from
    :func:`owed_quarter`.
    """
    newest = newest or reported
    delivered = delivered or newest
    if reported is not None and newest is not None and complete:
        return Judgement(State.ACHIEVED, "complete", {"period": newest.code})
    if owed is not None and (delivered is None or delivered.end < owed.end):
        return Judgement(State.NOT_DELIVERED, "report_overdue", {"period": owed.code})
    if delivered is not None and (newest is None or (owed is not None and newest.end < owed.end)):
        return Judgement(State.AWAITING, "report_waiting", {"period": delivered.code})
    if reported is None:
        begun = span is None or span.start <= today
        return Judgement(State.NOT_DUE, "no_report_due" if begun else "not_begun")
    if percent is None:
        return Judgement(State.NOT_ASSESSABLE, "no_percent", {"period": reported.code})
    if percent >= HUNDRED:
        return Judgement(State.ON_TRACK, "complete_in_part", {"period": reported.code})
    if span is None:
        return Judgement(State.NOT_ASSESSABLE, "no_period")
    params = {"period": reported.code, "percent": format(percent, "f")}
    if reported.end >= span.end:
        return Judgement(State.OFF_TRACK, "deadline_passed", {**params, "end": span.end.isoformat()})
    expected = expected_percent(span, reported.end)
    return _behind(expected - percent, {**params, "expected": _text(expected)}, rules)


@dataclass(frozen=True)
class Goal:
    """What an indicator promises. ``start_year`` is the base year, or the year before the plan's first."""

    sense: str
    base: Decimal | None
    start_year: int | None
    target: Decimal | None
    target_year: int | None
    cumulative: bool = False
    absent: str = "no_target"  # why there is no target: target_awaited, target_in_words, target_undetermined, no_target


def judge_indicator(
    *,
    goal: Goal,
    value: Decimal | None,
    value_year: int | None,
    notation: str,
    owed_year: int | None,
    rules: Rules,
    delivered_year: int | None = None,
) -> Judgement:
    """The state of an indicator from its newest value.

    A cumulative target counts from zero at ``start_year``; values are then the cumulative figure reached so far.
    ``owed_year`` is the newest year whose value is overdue, ``None`` when none is owed; ``delivered_year`` the newest
    year handed in, decided or not (``value_year`` unless given).
    """
    delivered_year = delivered_year or value_year
    if owed_year is not None and (delivered_year is None or delivered_year < owed_year):
        return Judgement(State.NOT_DELIVERED, "value_overdue", {"year": owed_year})
    if delivered_year is not None and (value_year is None or (owed_year is not None and value_year < owed_year)):
        return Judgement(State.AWAITING, "value_waiting", {"year": delivered_year})
    if goal.target is None:
        return Judgement(State.NOT_ASSESSABLE, goal.absent)
    if value_year is None:
        return Judgement(State.NOT_DUE, "no_value_due")
    if value is None:
        return Judgement(State.NOT_ASSESSABLE, "value_absent", {"year": value_year, "notation": notation})
    base = Decimal(0) if goal.cumulative else goal.base
    sense = goal.sense or _sense_from(base, goal.target)
    if not sense:
        return Judgement(State.NOT_ASSESSABLE, "no_direction")
    params = {"year": value_year, "value": format(value, "f"), "target": format(goal.target, "f")}
    final = goal.target_year is not None and value_year >= goal.target_year
    if _meets(value, goal.target, sense):
        return Judgement(State.ACHIEVED, "met" if final else "met_early", params)
    if final:
        return Judgement(State.OFF_TRACK, "missed", params)
    if base is None or goal.start_year is None or goal.target_year is None:
        return Judgement(State.NOT_ASSESSABLE, "no_base", params)
    if base == goal.target:
        return Judgement(State.OFF_TRACK, "level_not_held", params)
    if goal.target_year <= goal.start_year:
        return Judgement(State.NOT_ASSESSABLE, "no_period")
    gone = HUNDRED * (value - base) / (goal.target - base)
    expected = HUNDRED * (value_year - goal.start_year) / (goal.target_year - goal.start_year)
    return _behind(expected - gone, {**params, "percent": _text(gone), "expected": _text(expected)}, rules)


def spread_evenly(amount: Decimal, first_year: int, last_year: int) -> dict[int, Decimal]:
    """An amount over the years of a period, equal parts cut to two decimals, the last year taking the remainder."""
    years = range(first_year, last_year + 1)
    part = (amount / len(years)).quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    shares = dict.fromkeys(years, part)
    shares[last_year] = amount - part * (len(years) - 1)
    return shares


def _sense_from(base: Decimal | None, target: Decimal) -> str:
    if base is None or base == target:
        return ""
    return "at_least" if target > base else "at_most"


def _meets(value: Decimal, target: Decimal, sense: str) -> bool:
    if sense == "at_least":
        return value >= target
    if sense == "at_most":
        return value <= target
    return value == target


def _behind(points: Decimal, params: dict[str, Any], rules: Rules) -> Judgement:
    params = {**params, "behind": _text(points)}
    if points <= rules.on_track_within:
        return Judgement(State.ON_TRACK, "on_schedule", params)
    if points <= rules.off_track_beyond:
        return Judgement(State.AT_RISK, "behind", params)
    return Judgement(State.OFF_TRACK, "far_behind", params)


def _text(number: Decimal) -> str:
    rounded = number.quantize(Decimal("0.1"))
    return format(rounded if rounded != rounded.to_integral() else rounded.to_integral(), "f")
