"""Overview, indicators, projects and tasks of one version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.sums import money_by_year, money_of, rests_on
from qihou.domains.plan.api.views import Money, Overview, ProjectView, VersionView
from qihou.domains.plan.api.words import KINDS, MONEY_FIELDS, SEVERITIES, SOURCES, field_name
from qihou.face.html import with_query
from qihou.face.pages import PageRequest
from qihou.face.states import ASSESSMENT
from qihou.face.tables import Column, Kind, Table
from qihou.face.values import Why

from . import gantt, money
from .frame import TABS, register_page, wants_file
from .links import page_url
from .tables import group_head, grouping, indicator_table, names_shared, project_name, project_table, task_table
from .why import claimed_lines

VIEWS = ("table", "money", "gantt")


@register_page("plan/reading/overview.html", tab="overview")
def overview(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    view = queries.overview(request.actor, request.district, version.uid, today=timezone.localdate())
    return {
        "o": view,
        "kinds": [kind_line(view, kind, request.district.code, version) for kind in KINDS],
        "parts": money.segments(view.money),
        "money_title": money.source_title(view.money),
        "sums": sums(view.claimed, view.money, version),
        "severities": [severity_line(view, s) for s in SEVERITIES],
        "open_findings": sum(states.get("open", 0) for states in view.findings.values()),
        "open_cells": sum(view.open_cells.values()),
    }


@register_page("plan/reading/indicators.html", tab="indicators")
def indicators(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    view = queries.indicators(request.actor, request.district, version.uid, today=timezone.localdate())
    table = indicator_table(
        request.district.code,
        version,
        view.rows,
        every_column=wants_file(request),
        **grouping(view.rows, lambda r: r.category),
    )
    waiting = sum(r.assigned_later and r.assigned_value is None for r in view.rows)
    return {
        "table": table.bind(view.rows, request.GET, district_code=request.district.code),
        "count": len(view.rows),
        "binding": sum(r.nature == "binding" for r in view.rows),
        "waiting": waiting,
        "without_base": sum(r.base is None for r in view.rows),
        "states": state_counts(view.rows),
    }


@register_page("plan/reading/projects.html", tab="projects")
def projects(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    view = queries.projects(request.actor, request.district, version.uid, today=timezone.localdate())
    shown = request.GET.get("view", "table")
    table = project_table(
        request.district.code, version, view.rows, grouped=True, every_column=wants_file(request)
    ).bind(view.rows, request.GET, district_code=request.district.code)
    found: list[ProjectView] = table.all_rows
    total = view.total if len(found) == len(view.rows) else money_of(found)
    answer = {
        "table": table,
        "view": shown if shown in VIEWS else "table",
        "views": [
            (v, label, with_query(request.GET, view=v if v != "table" else None, page=None))
            for v, label in zip(VIEWS, (_("表格"), _("资金"), _("甘特图")), strict=True)
        ],
        "found": len(found),
        "count": len(view.rows),
        "invested": total.shown("investment"),
        "invested_rests_on": rests_on(total, "investment"),
        "parts": money.segments(total),
        "money_title": money.source_title(total),
    }
    if answer["view"] == "money":
        by_year = money_by_year(found)
        answer |= {
            "chart": money.year_chart(by_year),
            "year_title": money.year_title(by_year),
            "years": years_table(by_year).bind(
                [YearRow(y, m) for y, m in by_year.items()], request.GET, district_code=request.district.code
            ),
            "by_category": categories(found),
            "not_spread": sum(not r.by_year for r in found),
        }
    elif answer["view"] == "gantt":
        answer |= chart(found, version, names_shared(view.rows))
    return answer


@register_page("plan/reading/tasks.html", tab="tasks")
def tasks(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    view = queries.tasks(request.actor, request.district, version.uid, today=timezone.localdate())
    chosen = request.GET.get("chapter", "")
    rows = [r for r in view.rows if not chosen or r.chapter == chosen]
    table = task_table(
        request.district.code,
        version,
        view.rows,
        every_column=wants_file(request),
        **grouping(view.rows, group_head),
    )
    bound = table.bind(rows, request.GET, district_code=request.district.code)
    return {
        "table": bound,
        "count": len(view.rows),
        "without_lead": sum(not r.leads for r in view.rows),
        "open_ended": sum(r.supporting_open or r.leads_open for r in view.rows),
        "chapters": [
            {
                "name": chapter,
                "count": sum(r.chapter == chapter for r in view.rows),
                "url": with_query(request.GET, chapter=None if chapter == chosen else chapter, page=None),
                "current": chapter == chosen,
            }
            for chapter in view.chapters
        ],
        "all_url": with_query(request.GET, chapter=None, page=None),
        "states": state_counts(view.rows),
    }


@dataclass(frozen=True)
class StateCount:
    code: str
    count: int
    at: float
    size: float


def state_counts(rows: Sequence[Any] | Mapping[str, int]) -> list[StateCount]:
    """How many rows stand in each state, in the house's order, with their places along a bar of 1000."""
    counts = rows if isinstance(rows, Mapping) else _counted(rows)
    whole = sum(counts.values())
    made, at = [], 0.0
    for code in ASSESSMENT:
        if n := counts.get(code, 0):
            made.append(StateCount(code, n, round(at, 2), round(1000 * n / whole, 2)))
            at += 1000 * n / whole
    return made


def _counted(rows: Sequence[Any]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[row.state.code] = counts.get(row.state.code, 0) + 1
    return counts


def kind_line(view: Overview, kind: str, district_code: str, version: VersionView) -> dict[str, Any]:
    name = f"{kind}s"
    kept = f"?{version.query}"
    return {
        "kind": kind,
        "word": dict(TABS)[name],
        "url": page_url(name, district_code) + kept,
        "open_url": page_url(name, district_code) + kept + "&open=1",
        "count": view.counts[kind],
        "open_cells": view.open_cells[kind],
        "reviewed": view.reviewed[kind],
        "reviewed_percent": 100 * view.reviewed[kind] / view.counts[kind] if view.counts[kind] else 0,
        "states": state_counts(view.states[kind]),
        "lacking": f"{kind}s" in view.version.lacks,
    }


def severity_line(view: Overview, severity: str) -> dict[str, Any]:
    states = view.findings.get(severity, {})
    return {"code": severity, "count": sum(states.values()), "states": states}


def sums(claimed: Mapping[str, Decimal | None], counted: Money, version: VersionView) -> list[dict[str, Any]]:
    """Per money column: what the document's total row says, what its rows add up to, and how the two stand.

    While cells are undetermined a column may be short of its claimed total by up to what is not placed: that is
    ``open``, not a contradiction.
    """
    lines = []
    for field in MONEY_FIELDS:
        stated, summed = claimed.get(field), getattr(counted, field)
        short = None if stated is None else stated - summed
        stands = "absent" if short is None else "agrees" if short == 0 else "differs"
        if short is not None and field != "investment" and 0 < short <= counted.unplaced:
            stands = "open"
        lines.append(
            {
                "field": field,
                "name": field_name(field),
                "claimed": stated,
                "claimed_lines": claimed_lines(version, field),
                "counted": counted.shown(field),
                "rests_on": rests_on(counted, field),
                "stands": stands,
                "difference": None if short is None else -short,
                "short": short,
                "why": Why("plan.total", f"{version.uid}.{field}").key,
            }
        )
    return lines


@dataclass(frozen=True)
class YearRow:
    year: int
    money: Money


def years_table(by_year: Mapping[int, Money]) -> Table:
    """The table behind the chart by year."""

    def amount(source: str) -> Column:
        label = _("合计") if source == "investment" else str(SOURCES[source])
        return Column(
            source,
            label,
            Kind.MONEY,
            unit=_("万元"),
            value=lambda r: r.money.shown(source),
            total=True,
            sortable=False,
        )

    return Table(
        name="years",
        prefix="years",
        title=_("按年分摊的投资"),
        columns=[
            Column("year", _("年份"), value=lambda r: str(r.year), heading=True, sortable=False),
            *(amount(s) for s in SOURCES),
            amount("investment"),
        ],
        file_name=_("按年分摊的投资"),
    )


def categories(rows: Sequence[ProjectView]) -> list[dict[str, Any]]:
    """Money per category, largest first, each bar as long as its part of the largest."""
    names = dict.fromkeys(r.category for r in rows)
    found = [(name, [r for r in rows if r.category == name]) for name in names]
    totals = sorted(((name, len(kept), money_of(kept)) for name, kept in found), key=lambda t: -t[2].investment)
    most = totals[0][2].investment if totals else Decimal(0)
    return [
        {
            "name": name or _("未分类"),
            "count": n,
            "investment": m.shown("investment"),
            "parts": money.segments(m, money.WIDTH * float(m.investment / most) if most else 0),
        }
        for name, n, m in totals
    ]


def chart(rows: Sequence[ProjectView], version: VersionView, shared: bool) -> dict[str, Any]:
    """The Gantt chart's rows. ``shared``: the projects' names are headings, so their content tells them apart."""
    axis = gantt.axis_of(rows, (version.first_year, version.last_year))
    if axis is None:
        return {"axis": None}
    bars = [(row, project_name(row, shared), gantt.bar_of(row, axis)) for row in rows]
    last = [r for r in rows if r.end_year == version.last_year]
    return {
        "axis": axis,
        "bars": bars,
        "today": axis.month_of(timezone.localdate()),
        "gantt_title": gantt.title(rows, version.last_year, len(last)),
        "outside": sum(bar is None for _row, _name, bar in bars),
    }
