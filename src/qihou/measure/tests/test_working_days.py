"""Days of 国办发明电〔2024〕12号 (2025) counted by hand, and a year nobody has announced."""

from datetime import date

import pytest

from qihou.measure.working_days import working_days_after


def test_national_day_is_skipped_and_the_saturday_made_up_for_counts():
    # 2025: 1–8 October off; Saturday 11 October is worked.
    assert working_days_after(date(2025, 9, 30), 1).day == date(2025, 10, 9)
    assert working_days_after(date(2025, 9, 30), 3).day == date(2025, 10, 11)
    assert working_days_after(date(2025, 9, 30), 3).announced


def test_ten_working_days_of_an_ordinary_month_are_two_weeks():
    # Monday 3 March 2025 → Monday 17 March: no holiday between.
    assert working_days_after(date(2025, 3, 3), 10).day == date(2025, 3, 17)


def test_a_year_not_announced_has_its_weekends_only_and_says_so():
    # 30 December 2095 is a Friday: Monday 2 January 2096 is the next weekday; whether it is worked nobody knows.
    assert working_days_after(date(2095, 12, 30), 1) == working_days_after(date(2095, 12, 31), 1)
    found = working_days_after(date(2095, 12, 30), 1)
    assert (found.day, found.announced) == (date(2096, 1, 2), False)


def test_no_days_are_no_question():
    with pytest.raises(ValueError, match="at least one"):
        working_days_after(date(2025, 3, 3), 0)
