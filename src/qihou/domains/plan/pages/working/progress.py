"""What I must report this quarter, and for the lead bureau what waits for its decision."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qihou.domains.plan.api import queries, reporting
from qihou.domains.plan.api.errors import UnableToFind
from qihou.domains.plan.api.views import Due, OrganisationView, ReportView
from qihou.domains.plan.api.words import KINDS
from qihou.face import formats
from qihou.face.pages import Answer, PageRequest
from qihou.face.tables import Column, Table
from qihou.face.values import Link, Missing
from qihou.measure.periods import Period
from qihou.record.api.access import Act

from .common import address, current_version, plan_page

QUEUE = Table(
    name="waiting",
    prefix="w",
    title=lazy("待接收的进展"),
    file_name="待接收的进展",
    search_label=lazy("查找单位或事项"),
    columns=[
        Column("period", lazy("季度"), "period", value=lambda r: r["period"]),
        Column("organisation", lazy("单位"), value=lambda r: r["view"].organisation),
        Column("title", lazy("事项"), "link", heading=True, value=lambda r: Link(r["title"], r["url"])),
        Column("percent", lazy("完成"), "percent", value=lambda r: r["view"].percent),
        Column("paid", lazy("累计支付"), "money", unit=lazy("万元"), value=lambda r: r["paid"]),
        Column("evidence", lazy("佐证"), "number", value=lambda r: len(r["view"].evidence)),
        Column("submitted", lazy("提交"), "date", value=lambda r: r["view"].submitted_at),
        Column("text", lazy("进展"), "long", value=lambda r: r["view"].text, optional=True),
    ],
    sort="submitted",
    empty_title=lazy("没有等待接收的进展"),
    empty_text=lazy("部门提交之后会列在这里。"),
)
MINE = Table(
    name="reports",
    prefix="r",
    title=lazy("本单位报过的进展"),
    file_name="本单位报过的进展",
    columns=[
        Column("period", lazy("季度"), "period", value=lambda r: r["period"]),
        Column("title", lazy("事项"), "link", heading=True, value=lambda r: Link(r["title"], r["url"])),
        Column("organisation", lazy("单位"), value=lambda r: r["view"].organisation, optional=True),
        Column("percent", lazy("完成"), "percent", value=lambda r: r["view"].percent),
        Column("paid", lazy("累计支付"), "money", unit=lazy("万元"), value=lambda r: r["paid"]),
        Column("status", lazy("状态"), "state", value=lambda r: r["view"].status),
        Column("submitted", lazy("提交"), "date", value=lambda r: r["view"].submitted_at or Missing.NOT_DELIVERED),
        Column("note", lazy("牵头局的意见"), "long", value=lambda r: r["view"].decision_note or Missing.NOT_APPLICABLE),
    ],
    sort="-period",
    page_size=25,
    empty_title=lazy("还没有报过进展"),
)


@plan_page("plan/working/progress.html", nav="plan.progress", methods=("GET",))
def progress(request: PageRequest) -> Answer:
    """Dues of my organisations, most urgent first; the bureau's queue; what was reported before."""
    decides = request.actor.may(Act.DECIDE_PROGRESS, district_id=request.district.pk)
    try:
        version = current_version(request)
    except UnableToFind:
        return {"version": None, "decides": decides}
    mine = queries.mine(request.actor, request.district, version.uid, today=timezone.localdate())
    own = [_organisation(request, o) for o in mine.organisations]
    queue = reporting.submitted_reports(request.actor, request.district) if decides else ()
    reports = reporting.own_reports(request.actor, request.district) if own else ()
    return {
        "version": version,
        "decides": decides,
        "organisations": own,
        "returned": [_report(request, r) for r in _returned(reports)],
        "queue": QUEUE.bind([_report(request, r) for r in queue], request.GET) if decides else None,
        "queue_length": len(queue),
        "reports": MINE.bind([_report(request, r) for r in reports], request.GET) if reports else None,
        "period_label": formats.period(Period.parse(mine.period), get_language() or ""),
    }


def _returned(reports: tuple[ReportView, ...]) -> list[ReportView]:
    """Reports whose newest revision was given back."""
    newest: dict[tuple[Any, ...], ReportView] = {}
    for r in reports:
        key = (r.thread_uid, r.organisation_id, r.period)
        if key not in newest or newest[key].revision < r.revision:
            newest[key] = r
    return [r for r in newest.values() if r.status == "returned"]


def _report(request: PageRequest, view: ReportView) -> dict[str, Any]:
    return {
        "view": view,
        "period": Period.parse(view.period),
        "title": _title(view.kind, view.no, view.title),
        "paid": Missing.NOT_APPLICABLE if view.kind == "task" else reporting.paid_in_all(view),
        "url": address(request, "report_detail", uid=view.uid),
        "kind_word": KINDS[view.kind],
    }


def _title(kind: str, no: str, title: str) -> str:
    return _("%(kind)s%(no)s %(title)s") % {"kind": KINDS[kind], "no": no, "title": title}


def _organisation(request: PageRequest, view: OrganisationView) -> dict[str, Any]:
    words = {r.uid: r.text for r in (*view.projects, *view.tasks)}
    dues = [_due(request, d, view, words.get(d.item_uid, "")) for d in view.due if d.status != "returned"]
    return {
        "name": view.name,
        "reports": [d for d in dues if d["kind"] == "report"],
        "values": [d for d in dues if d["kind"] == "value"],
        "overdue": sum(d.overdue for d in view.due),
        "leads": sum(
            any(p.organisation_id == view.id for p in row.leads)
            for row in (*view.projects, *view.tasks, *view.indicators)
        ),
    }


def _due(request: PageRequest, due: Due, owner: OrganisationView, text: str) -> dict[str, Any]:
    if due.kind == "value":
        url = address(request, "indicator_values", {"year": due.period}, uid=due.item_uid)
    else:
        url = address(request, "report", {"period": due.period, "organisation": owner.uid}, uid=due.item_uid)
    words = {"draft": _("继续填写")}
    return {
        "kind": due.kind,
        "title": due.title,
        "text": text if text != due.title else "",
        "about": _("%(kind)s%(no)s · %(period)s · 最迟 %(day)s") % {
            "kind": KINDS[due.item_kind], "no": due.no, "day": formats.day(due.due_on),
            "period": formats.period(Period.parse(due.period), get_language() or ""),
        },
        "overdue": due.overdue,
        "status": due.status,
        "url": url,
        "act": words.get(due.status, _("填报数值") if due.kind == "value" else _("填报进展")),
    }  # fmt: skip
