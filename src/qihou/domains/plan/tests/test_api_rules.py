"""The rules of progress, by hand: no database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D

import pytest

from qihou.domains.plan.methods.progress import (
    Goal,
    Rules,
    Span,
    deadline_span,
    expected_percent,
    judge_indicator,
    judge_work,
    last_overdue_quarter,
    last_overdue_year,
    owed_quarter,
    report_due_on,
    spread_evenly,
    work_span,
)
from qihou.facts.loader import load_facts
from qihou.measure.periods import Period

RULES = Rules(on_track_within=D(10), off_track_beyond=D(30), report_due_days=15, value_due_days=120)
# 1000 days; 400 are gone at the end of 2022Q3 (2022-10-01 is day 400 after 2021-08-27).
SPAN = Span(date(2021, 8, 27), date(2024, 5, 23))
Q3 = Period.quarter(2022, 3)


def work(percent, reported=Q3, owed=Q3, span=SPAN, today=date(2022, 11, 20)):
    done = percent is not None and percent >= 100
    return judge_work(span=span, owed=owed, reported=reported, percent=percent, today=today, rules=RULES, complete=done)


def test_the_shipped_rules_are_the_ones_documented():
    assert Rules.from_facts(load_facts("plan-progress"), date(2026, 11, 23)) == RULES


def test_a_thousand_days_are_what_they_say():
    assert (SPAN.end - SPAN.start).days == 1000
    assert expected_percent(SPAN, Q3.end) == 40
    assert expected_percent(SPAN, date(2021, 1, 1)) == 0
    assert expected_percent(SPAN, date(2030, 1, 1)) == 100


@pytest.mark.parametrize(
    ("percent", "state"),
    [
        ("55", "on_track"), ("40", "on_track"), ("30", "on_track"),  # exactly 10 points behind
        ("29.9", "at_risk"), ("10", "at_risk"),  # exactly 30 behind
        ("9.9", "off_track"), ("0", "off_track"), ("100", "achieved"),
    ],
)  # fmt: skip
def test_points_behind(percent, state):
    assert work(D(percent)).state == state


def test_an_absent_report_is_not_delivered_however_bad_the_one_before():
    before = Period.quarter(2022, 2)
    assert work(D(0), reported=before).state == "not_delivered"
    assert work(None, reported=None).state == "not_delivered"
    assert work(D(100), reported=before).state == "achieved"  # finished work owes no more reports


def test_what_cannot_be_judged_says_why():
    assert (work(None).state, work(None).reason) == ("not_assessable", "no_percent")
    assert (work(D(5), span=None).state, work(D(5), span=None).reason) == ("not_assessable", "no_period")


def test_nothing_due_is_not_due():
    assert work(None, reported=None, owed=None).reason == "no_report_due"
    later = Span(date(2024, 1, 1), date(2025, 1, 1))
    assert work(None, reported=None, owed=None, span=later).reason == "not_begun"


def test_unfinished_after_its_end_is_off_track():
    over = work(D("99"), span=Span(date(2021, 1, 1), date(2022, 7, 1)))
    assert (over.state, over.reason) == ("off_track", "deadline_passed")


def test_deadlines_of_reports_and_values():
    assert report_due_on(Q3, RULES) == date(2022, 10, 15)  # 30 September and 15 days
    assert last_overdue_quarter(date(2022, 10, 15), RULES).code == "2022Q2"  # the last day is in time
    assert last_overdue_quarter(date(2022, 10, 16), RULES).code == "2022Q3"
    assert last_overdue_year(date(2023, 4, 30), RULES) == 2021  # 31 December and 120 days is 30 April
    assert last_overdue_year(date(2023, 5, 1), RULES) == 2022


def test_nothing_is_owed_for_quarters_before_adoption_or_before_the_work_begins():
    at = {"today": date(2022, 11, 20), "rules": RULES}
    assert owed_quarter(span=SPAN, reporting_from=None, **at) is None
    assert owed_quarter(span=SPAN, reporting_from=date(2022, 10, 1), **at) is None
    assert owed_quarter(span=SPAN, reporting_from=date(2022, 9, 30), **at) == Q3
    assert owed_quarter(span=Span(date(2022, 10, 1), date(2023, 1, 1)), reporting_from=date(2022, 1, 1), **at) is None
    assert owed_quarter(span=None, reporting_from=date(2022, 1, 1), **at) == Q3


def test_spans():
    assert work_span(2021, None, 2025, None) == Span(date(2021, 1, 1), date(2026, 1, 1))
    assert work_span(2021, 3, 2021, 12) == Span(date(2021, 3, 1), date(2022, 1, 1))
    assert work_span(2025, None, 2021, None) is None
    assert work_span(None, None, 2021, None) is None
    assert deadline_span(2021, "2023-06", 2025) == Span(date(2021, 1, 1), date(2023, 7, 1))
    assert deadline_span(2021, "", 2025) == Span(date(2021, 1, 1), date(2026, 1, 1))


def goal(**given):
    return Goal(
        **{
            "sense": "at_least",
            "base": D("0.5216"),
            "start_year": 2020,
            "target": D("0.56"),
            "target_year": 2025,
            **given,
        }
    )


def indicator(value, year, owed=None, notation="", **given):
    return judge_indicator(
        goal=goal(**given), value=None if value is None else D(value), value_year=year, notation=notation,
        owed_year=owed, rules=RULES,
    )  # fmt: skip


def test_a_level_is_judged_between_base_and_target():
    # Irrigation coefficient 0.5216 → 0.56: at 0.543 the progress is 0.0214/0.0384 = 55.7 %, not 0.543/0.56 = 97 %.
    judged = indicator("0.543", 2023)  # 60 % of the years are gone: 4.3 points behind
    assert (judged.state, judged.params["percent"], judged.params["behind"]) == ("on_track", "55.7", "4.3")
    assert indicator("0.535", 2023).state == "at_risk"  # 34.9 %: 25.1 behind
    assert indicator("0.53", 2023).state == "off_track"  # 21.9 %: 38.1 behind
    assert indicator("0.56", 2023).reason == "met_early"
    assert indicator("0.56", 2025).reason == "met"
    assert (indicator("0.559", 2025).state, indicator("0.559", 2025).reason) == ("off_track", "missed")


def test_a_falling_level_and_a_direction_from_the_base():
    falling = {"sense": "", "base": D(100), "target": D(80)}
    assert indicator("92", 2022, **falling).state == "on_track"  # 8 of 20 = 40 % when 40 % of the years are gone
    assert indicator("79", 2022, **falling).state == "achieved"


def test_a_cumulative_target_counts_from_zero():
    given = {"base": D(22), "target": D(20), "cumulative": True}  # the base is another period's cumulative figure
    judged = indicator("8", 2022, **given)
    assert (judged.state, judged.params["percent"]) == ("on_track", "40")


def test_values_owed_absent_or_awaited():
    assert indicator(None, None, owed=2021).state == "not_delivered"
    assert indicator("0.55", 2020, owed=2021).state == "not_delivered"
    assert indicator(None, None).reason == "no_value_due"
    assert indicator(None, 2022, notation="NE").reason == "value_absent"
    awaited = indicator("5", 2022, target=None, absent="target_awaited")
    assert (awaited.state, awaited.reason) == ("not_assessable", "target_awaited")
    assert indicator("0.54", 2022, base=None).reason == "no_base"
    assert indicator("0.54", 2022, base=None, sense="").reason == "no_direction"
    assert indicator("0.55", 2022, base=D("0.56")).reason == "level_not_held"


def test_even_spreading_adds_up():
    # 100 over three years: 33.33 + 33.33 + 33.34
    assert spread_evenly(D(100), 2021, 2023) == {2021: D("33.33"), 2022: D("33.33"), 2023: D("33.34")}
    assert spread_evenly(D("300.50"), 2022, 2022) == {2022: D("300.50")}


def test_no_year_of_a_small_amount_is_negative():
    # 0.15 over ten years: nine times 0.01, cut down from 0.015, and the rest of 0.06 in the last.
    assert set(spread_evenly(D("0.15"), 2021, 2030).values()) == {D("0.01"), D("0.06")}


def test_what_was_delivered_and_is_not_decided_is_neither_missing_nor_judged():
    def judged(**given):
        options = {"span": SPAN, "owed": Q3, "reported": None, "percent": None, "today": date(2022, 11, 20)}
        return judge_work(**{**options, "rules": RULES, "complete": False, **given})

    assert judged().state == "not_delivered"
    assert judged(delivered=Q3).state == "awaiting"
    assert judged(owed=None, delivered=Q3).state == "awaiting"
    before = Period.quarter(2022, 2)
    assert judged(reported=before, percent=D(30), delivered=Q3).state == "awaiting"
    assert judged(reported=Q3, percent=D(100)).reason == "complete_in_part"


def test_a_value_that_was_delivered_and_is_not_published_is_awaited():
    options = {"goal": goal(), "value": None, "value_year": None, "notation": "", "owed_year": 2022, "rules": RULES}
    assert judge_indicator(**options).state == "not_delivered"
    assert judge_indicator(**options, delivered_year=2021).state == "not_delivered"
    assert judge_indicator(**options, delivered_year=2022).state == "awaiting"
