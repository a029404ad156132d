"""What I must report this quarter, and for the lead bureau what waits for its decision."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qihou.domains.plan.api import queries, reporting, reports
from qihou.domains.plan.api.errors import UnableToFind
from qihou.domains.plan.api.views import Due, Owed, ReportView
from qihou.domains.plan.api.words import KINDS
from qihou.face import formats
from qihou.face.pages import Answer, PageRequest
from qihou.face.tables import BoundTable, Column, Table
from qihou.face.values import Link, Missing
from qihou.measure.periods import Period
from qihou.record.api.access import Act

from .common import address, current_version, plan_page


@dataclass(frozen=True)
class ReportLine:
    """One report in a list. What costs something is made when it is shown: most reports of a quarter are not."""

    view: ReportView
    district_code: str

    @property
    def period(self) -> Period:
        return Period.parse(self.view.period)

    @property
    def title(self) -> str:
        words = {"kind": KINDS[self.view.kind], "no": self.view.no, "title": self.view.title}
        return _("%(kind)s%(no)s %(title)s") % words

    @property
    def url(self) -> str:
        return reverse("plan:report_detail", kwargs={"district_code": self.district_code, "uid": self.view.uid})

    @property
    def link(self) -> Link:
        return Link(self.title, self.url)

    @property
    def paid(self) -> Decimal | Missing | None:
        return Missing.NOT_APPLICABLE if self.view.kind == "task" else reporting.paid_in_all(self.view)

    @property
    def note(self) -> str | Missing:
        return self.view.decision_note or Missing.NOT_APPLICABLE


QUEUE = Table(
    name="waiting",
    prefix="w",
    title=lazy("待接收的进展"),
    file_name="待接收的进展",
    search_label=lazy("查找单位或事项"),
    columns=[
        Column("period", lazy("季度"), "period"),
        Column("organisation", lazy("单位"), value=lambda r: r.view.organisation),
        Column("title", lazy("事项"), "link", heading=True, value=lambda r: r.link, sort_by=lambda r: r.title),
        Column("percent", lazy("完成"), "percent", value=lambda r: r.view.percent),
        Column("paid", lazy("累计支付"), "money", unit=lazy("万元")),
        Column("evidence", lazy("佐证"), "number", value=lambda r: len(r.view.evidence)),
        Column("submitted", lazy("提交"), "date", value=lambda r: r.view.submitted_at),
        Column("text", lazy("进展"), "long", value=lambda r: r.view.text, optional=True),
    ],
    sort="submitted",
    page_size=25,
    empty_title=lazy("没有等待接收的进展"),
    empty_text=lazy("部门提交之后会列在这里。"),
)
MINE = Table(
    name="reports",
    prefix="r",
    title=lazy("本单位报过的进展"),
    file_name="本单位报过的进展",
    columns=[
        Column("period", lazy("季度"), "period"),
        Column("title", lazy("事项"), "link", heading=True, sortable=False, value=lambda r: r.link),
        Column("organisation", lazy("单位"), value=lambda r: r.view.organisation, optional=True),
        Column("percent", lazy("完成"), "percent", value=lambda r: r.view.percent),
        Column("paid", lazy("累计支付"), "money", unit=lazy("万元"), sortable=False),
        Column("status", lazy("状态"), "state", value=lambda r: r.view.status),
        Column("submitted", lazy("提交"), "date", value=lambda r: r.view.submitted_at or Missing.NOT_DELIVERED),
        Column("note", lazy("牵头局的意见"), "long", sortable=False),
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
    owed = queries.owed(request.actor, request.district, version.uid, today=timezone.localdate())
    queue = reports.submitted_reports(request.actor, request.district) if decides else ()
    return {
        "version": version,
        "decides": decides,
        "organisations": [_organisation(request, o) for o in owed],
        "returned": _lines(request, reports.returned_reports(request.actor, request.district)),
        "queue": QUEUE.bind(_lines(request, queue), request.GET) if decides else None,
        "queue_length": len(queue),
        "reports": _own(request),
    }


def _own(request: PageRequest) -> BoundTable | None:
    """One page of what was reported before, None when nothing was."""
    asked = MINE.query(request.GET)
    found = reports.own_reports(
        request.actor,
        request.district,
        sort=asked.sort,
        descending=asked.descending,
        offset=asked.offset,
        limit=asked.page_size,
    )
    if not found.total:
        return None
    return MINE.bind(_lines(request, found.rows), request.GET, total=found.total)


def _lines(request: PageRequest, views: Iterable[ReportView]) -> list[ReportLine]:
    return [ReportLine(view, request.district.code) for view in views]


def _organisation(request: PageRequest, owed: Owed) -> dict[str, Any]:
    dues = [_due(request, d, owed) for d in owed.due if d.status != "returned"]
    return {
        "name": owed.name,
        "reports": [d for d in dues if d["kind"] == "report"],
        "values": [d for d in dues if d["kind"] == "value"],
        "overdue": sum(d.overdue for d in owed.due),
        "leads": owed.leads,
    }


def _due(request: PageRequest, due: Due, owner: Owed) -> dict[str, Any]:
    if due.kind == "value":
        url = address(request, "indicator_values", {"year": due.period}, uid=due.item_uid)
    else:
        url = address(request, "report", {"period": due.period, "organisation": owner.uid}, uid=due.item_uid)
    words = {"draft": _("继续填写")}
    return {
        "kind": due.kind,
        "title": due.title,
        "about": _("%(kind)s%(no)s · %(period)s · 最迟 %(day)s") % {
            "kind": KINDS[due.item_kind], "no": due.no, "day": formats.day(due.due_on),
            "period": formats.period(Period.parse(due.period), get_language() or ""),
        },
        "overdue": due.overdue,
        "status": due.status,
        "url": url,
        "act": words.get(due.status, _("填报数值") if due.kind == "value" else _("填报进展")),
    }  # fmt: skip
