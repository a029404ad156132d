"""Working days of mainland China, with the days moved by the State Council's yearly notice on holidays.

The announced days come from the package ``chinesecalendar`` (1.11: 2004–2026, from 国务院办公厅关于部分节假日安排的通知 of
each year). A year that is not announced yet has only its weekends, and the answer says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar


@dataclass(frozen=True)
class WorkingDay:
    """``announced`` is False when a day on the way lies in a year whose holidays are not known: it may move."""

    day: date
    announced: bool


def working_days_after(start: date, count: int) -> WorkingDay:
    """The ``count``-th working day after ``start``, which itself is not counted.

    Raises:
        ValueError: ``count`` is less than one.
    """
    if count < 1:
        raise ValueError("count at least one working day")
    day, announced = start, True
    while count:
        day += timedelta(days=1)
        working, known = _is_working(day)
        announced = announced and known
        count -= working
    return WorkingDay(day, announced)


def _is_working(day: date) -> tuple[bool, bool]:
    try:
        return chinese_calendar.is_workday(day), True
    except NotImplementedError:
        return day.weekday() < 5, False
