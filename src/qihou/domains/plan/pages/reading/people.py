"""Organisations: the list, one organisation's part in the plan, and my own department's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.domains.plan.api import queries, todo
from qihou.domains.plan.api.views import Due, OrganisationRow, OrganisationView, VersionView
from qihou.face.pages import PageRequest
from qihou.face.tables import Column, Filter, Kind, Table
from qihou.record.api.organisations import list_organisations

from . import money
from .frame import register_page
from .links import item_url, organisation_url, page_url
from .register import state_counts
from .tables import indicator_table, project_table, task_table

MOST_WAITING = 8  # reports listed before the way to all of them


@register_page("plan/reading/organisations.html", tab="organisations")
def organisations(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    rows = queries.organisations(request.actor, request.district, version.uid, today=timezone.localdate())
    table = organisation_table(request.district.code, version)
    return {
        "table": table.bind(rows, request.GET, district_code=request.district.code),
        "involved": sum(bool(r.leads or r.supports) for r in rows),
        "late": sum(r.overdue > 0 for r in rows),
    }


@register_page("plan/reading/organisation.html", tab="organisations")
def organisation(request: PageRequest, version: VersionView, code: str) -> Mapping[str, Any]:
    uid = _uid_of(request, code)
    found = queries.organisation(request.actor, request.district, version.uid, uid, today=timezone.localdate())
    return {
        "org": found.organisation,
        "reports": found.reports,
        **part_of(request, version, found.organisation),
    }


@register_page("plan/reading/mine.html", tab="mine")
def mine(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    view = queries.mine(request.actor, request.district, version.uid, today=timezone.localdate())
    wanted = request.GET.get("organisation", "")
    chosen = next((o for o in view.organisations if o.code == wanted), next(iter(view.organisations), None))
    answer: dict[str, Any] = {
        "m": view,
        "org": chosen,
        "choices": [(o.code, o.name, o is chosen) for o in view.organisations],
        "waiting": view.waiting[:MOST_WAITING],
        "more_waiting": max(len(view.waiting) - MOST_WAITING, 0),
        "progress_url": page_url("progress", request.district.code),
        "todo": todo.open_for_mine(
            request.actor, request.district, today=timezone.localdate(), language=get_language() or ""
        ),
    }
    return answer | (part_of(request, version, chosen) if chosen else {})


def part_of(request: PageRequest, version: VersionView, view: OrganisationView) -> dict[str, Any]:
    """Tables of what an organisation leads and supports, each with its own place in the address."""
    code = request.district.code
    options: dict[str, Any] = {"search_label": "", "filters": ()}
    tables = {
        "indicators": indicator_table(code, version, view.indicators, prefix="i", **options),
        "projects": project_table(code, version, view.projects, prefix="p", **options),
        "tasks": task_table(code, version, view.tasks, prefix="t", **options),
    }
    rows = {"indicators": view.indicators, "projects": view.projects, "tasks": view.tasks}
    led = [r for kind in rows.values() for r in kind if any(p.code == view.code for p in r.leads)]
    everything = [r for kind in rows.values() for r in kind]
    return {
        **{f"{k}_table": t.bind(rows[k], request.GET, district_code=code) for k, t in tables.items()},
        "leads": len(led),
        "supports": len(everything) - len(led),
        "states": state_counts(led),
        "parts": money.segments(view.money),
        "money_title": money.source_title(view.money),
        "due": [due_line(code, d) for d in view.due],
        "overdue": sum(d.overdue for d in view.due),
        "progress_url": page_url("progress", code),
    }


@dataclass(frozen=True)
class DueLine:
    due: Due
    url: str
    days: int

    @property
    def state(self) -> str:
        return (
            self.due.status
            if self.due.status in ("draft", "returned")
            else "not_delivered"
            if self.due.overdue
            else "not_due"
        )

    @property
    def when(self) -> str:
        if self.days < 0:
            return _("已逾期 %(n)s 天") % {"n": -self.days}
        return _("今天到期") if self.days == 0 else _("还有 %(n)s 天") % {"n": self.days}


def due_line(district_code: str, due: Due) -> DueLine:
    return DueLine(due, item_url(district_code, due.item_uid), (due.due_on - timezone.localdate()).days)


def organisation_table(district_code: str, version: VersionView) -> Table:
    def counts(part: str, kind: str, label: str) -> Column:
        return Column(
            f"{part}_{kind}", label, Kind.NUMBER, value=lambda r: getattr(r, part).get(kind, 0), total=part == "leads"
        )

    return Table(
        name="organisations",
        title=_("责任单位"),
        file_name=_("单位分工"),
        columns=[
            Column("name", _("单位名称"), url=lambda r: organisation_url(district_code, r.code, version), heading=True),
            counts("leads", "indicator", _("牵头指标")),
            counts("leads", "project", _("牵头项目")),
            counts("leads", "task", _("牵头任务")),
            counts("supports", "task", _("配合任务")),
            Column("overdue", _("逾期未报"), Kind.NUMBER),
        ],
        filters=[
            Filter(
                "part",
                _("分工"),
                [("lead", _("有牵头事项")), ("supporting", _("只配合")), ("none", _("没有事项"))],
                of=_part,
            ),
            Filter("late", _("报送"), [("1", _("有逾期"))], of=lambda r: "1" if r.overdue else "0"),
        ],
        search_label=_("查找单位"),
        page_size=200,
        empty_title=_("还没有登记单位"),
    )


def _part(row: OrganisationRow) -> str:
    return "lead" if any(row.leads.values()) else "supporting" if any(row.supports.values()) else "none"


def _uid_of(request: PageRequest, code: str) -> UUID:
    found = list_organisations(request.district).filter(code=code).values_list("uid", flat=True).first()
    if found is None:
        raise Http404(code)
    return found
