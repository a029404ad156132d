"""The progress of the plan as anybody may see it: only what was accepted or published, no names of persons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.views import PublicRow
from qihou.domains.plan.api.words import KINDS
from qihou.face.pages import PageRequest, page
from qihou.face.states import ASSESSMENT, state
from qihou.face.tables import Column, Filter, Table
from qihou.face.values import Cell, Missing

_STATES = [(code, state(code).word) for code in ASSESSMENT]


def _state_filter() -> Filter:
    return Filter("state", lazy("状态"), _STATES, of=lambda r: r.state.code)


def _target(row: PublicRow) -> Any:
    if row.target is not None:
        return row.target
    if row.assigned_later:
        return Missing.ASSIGNED_LATER
    return row.target_text or Missing.ABSENT


def _not_there(row: PublicRow) -> Missing:
    waits = {"awaiting": Missing.AWAITING, "not_delivered": Missing.NOT_DELIVERED}
    return waits.get(row.state.code, Missing.NOT_DUE)


def _latest(row: PublicRow) -> Any:
    if row.latest is None:
        return _not_there(row)
    return Cell(row.latest, note=str(row.latest_year or ""), illustrative=row.illustrative)


def _percent(row: PublicRow) -> Any:
    if row.percent is None:
        return _not_there(row)
    return Cell(row.percent, note=row.period_label, illustrative=row.illustrative)


INDICATORS = Table(
    name="indicators",
    prefix="i",
    title=lazy("目标指标"),
    file_name="目标指标",
    filters=[_state_filter()],
    page_size=200,
    columns=[
        Column("no", lazy("序号"), value=lambda r: r.no, optional=True),
        Column("title", lazy("指标"), heading=True, value=lambda r: r.title),
        Column("unit", lazy("单位"), value=lambda r: r.unit or Missing.NOT_APPLICABLE),
        Column("base", lazy("基期值"), "number", value=lambda r: Missing.ABSENT if r.base is None else r.base),
        Column("target", lazy("目标"), value=_target, align="right"),
        Column("latest", lazy("最新数值"), "number", value=_latest),
        Column("state", lazy("状态"), "state", value=lambda r: r.state.code),
        Column("leads", lazy("责任部门"), "people", value=lambda r: list(r.leads)),
    ],
    empty_title=lazy("规划里没有指标"),
)


def _work(name: str, prefix: str, title: Any, file_name: str, search: Any, page_size: int) -> Table:
    return Table(
        name=name,
        prefix=prefix,
        title=title,
        file_name=file_name,
        search_label=search,
        page_size=page_size,
        filters=[_state_filter()],
        columns=[
            Column("no", lazy("序号"), value=lambda r: r.no, sortable=False),
            Column("title", lazy("内容"), "long", heading=True, value=lambda r: r.title),
            Column("percent", lazy("累计完成"), "percent", value=_percent),
            Column("state", lazy("状态"), "state", value=lambda r: r.state.code),
            Column("leads", lazy("牵头单位"), "people", value=lambda r: list(r.leads)),
            Column("category", lazy("类别"), value=lambda r: r.category, optional=True),
        ],
        empty_title=lazy("规划里没有这一类"),
    )


PROJECTS = _work("projects", "p", lazy("重点项目"), "重点项目", lazy("查找项目"), 100)
TASKS = _work("tasks", "t", lazy("重点任务"), "重点任务", lazy("查找任务"), 50)


@page("plan/working/public.html", public=True)
def progress(request: PageRequest) -> dict[str, Any]:
    view = queries.public_progress(request.district, today=timezone.localdate())
    if view.version is None:
        return {"view": view}
    groups = (("indicator", view.indicators), ("project", view.projects), ("task", view.tasks))
    return {
        "view": view,
        "summaries": [_summary(kind, rows, view.states.get(kind, {})) for kind, rows in groups if rows],
        "indicators": INDICATORS.bind(view.indicators, request.GET),
        "projects": PROJECTS.bind(view.projects, request.GET),
        "tasks": TASKS.bind(view.tasks, request.GET),
        "illustrative": any(r.illustrative for _kind, rows in groups for r in rows),
    }


def _summary(kind: str, rows: Sequence[PublicRow], states: dict[str, int]) -> dict[str, Any]:
    """A sentence and the tally of one kind; states nobody is in are left out."""
    present = [(code, states[code]) for code in ASSESSMENT if states.get(code)]
    words = _("、").join(
        _("%(n)s 项%(state)s") % {"n": n, "state": str(state(code).word).lower()} for code, n in present
    )
    total = len(rows)
    place, bars = 0.0, []
    for code, n in present:
        width = 100 * n / total
        bars.append({"tone": state(code).tone, "x": f"{place:.3f}", "width": f"{width:.3f}"})
        place += width
    return {
        "word": KINDS[kind],
        "total": total,
        "sentence": _("%(kind)s共 %(total)s 项：%(states)s") % {"kind": KINDS[kind], "total": total, "states": words},
        "states": present,
        "bars": bars,
    }
