"""Where a project's bar stands on the time axis, in months; the template draws it as SVG attributes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from qihou.domains.plan.api.views import ProjectView


@dataclass(frozen=True)
class Axis:
    """Whole years, both included. One unit of width is one month."""

    first_year: int
    last_year: int

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.first_year, self.last_year + 1))

    @property
    def months(self) -> int:
        return 12 * len(self.years)

    @property
    def year_marks(self) -> tuple[int, ...]:
        """Months at which a year begins, the axis' own ends left out."""
        return tuple(range(12, self.months, 12))

    def month_of(self, day: date) -> float | None:
        """Months from the axis' start to ``day``, or None when it lies outside."""
        at = 12 * (day.year - self.first_year) + (day.month - 1) + (day.day - 1) / 31
        return round(at, 2) if 0 <= at <= self.months else None


@dataclass(frozen=True)
class Bar:
    """A bar from ``x`` for ``width`` months; ``done`` is the part of the width reported as done.

    ``open_start`` and ``open_end`` mark an end the document does not print: the bar then runs to the axis' edge.
    """

    x: int
    width: int
    done: float
    open_start: bool = False
    open_end: bool = False


def axis_of(rows: Iterable[ProjectView], plan_years: tuple[int | None, int | None]) -> Axis | None:
    """From the earliest start to the latest end of the rows and of the plan; None when no year is known at all."""
    years = [y for r in rows for y in (r.start_year, r.end_year) if y] + [y for y in plan_years if y]
    return Axis(min(years), max(years)) if years else None


def bar_of(row: ProjectView, axis: Axis) -> Bar | None:
    """None when neither end of the project is known, or the printed end lies before its start."""
    if row.start_year is None and row.end_year is None:
        return None
    start = 0 if row.start_year is None else 12 * (row.start_year - axis.first_year) + (row.start_month or 1) - 1
    end = axis.months if row.end_year is None else 12 * (row.end_year - axis.first_year) + (row.end_month or 12)
    if end <= start:
        return None
    share = min(max(float(row.percent or 0) / 100, 0.0), 1.0)
    return Bar(start, end - start, round((end - start) * share, 2), row.start_year is None, row.end_year is None)


def title(rows: Sequence[ProjectView], last_year: int | None, ending: int) -> str:
    """What the chart shows: how many projects are due in the plan's last year, or how many carry no time at all."""
    without = sum(r.start_year is None and r.end_year is None for r in rows)
    if last_year is None or not ending:
        return _("%(n)s 个项目的起止时间") % {"n": len(rows) - without}
    return _("%(n)s 个项目中有 %(ending)s 个计划在 %(year)s 年完成") % {
        "n": len(rows),
        "ending": ending,
        "year": last_year,
    }
