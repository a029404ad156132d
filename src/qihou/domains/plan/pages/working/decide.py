"""One report with its history; the bureau's answer; and the evidence files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.domains.plan.api import progress as acts
from qihou.domains.plan.api import reporting, reports
from qihou.domains.plan.api.errors import UnableToChange
from qihou.domains.plan.api.reporting import ReportPage
from qihou.domains.plan.api.standing_words import reason
from qihou.domains.plan.api.views import FUNDING, ProjectView
from qihou.domains.plan.api.words import KINDS, SOURCES
from qihou.face import formats
from qihou.face.pages import Answer, PageRequest
from qihou.measure.periods import Period
from qihou.record.api.sources import UnableToReadSource

from .common import address, go, plan_page, wrong
from .keep import take_kept
from .typed import Typed


@plan_page("plan/working/report_detail.html", nav="plan.progress", methods=("GET",))
def report_detail(request: PageRequest, uid: UUID) -> Answer:
    page = reporting.report_page(request.actor, request.district, uid, today=timezone.localdate())
    return _context(request, page, Typed(take_kept(request) or {}))


@plan_page(nav="plan.progress", methods=("POST",))
def report_accept(request: PageRequest, uid: UUID) -> Answer:
    form = Typed({k: str(v) for k, v in request.POST.items()})
    try:
        done = acts.accept_report(
            request.actor, request.district, uid, now=timezone.now(), note=form.text("accept_note")
        )
    except UnableToChange as refusal:
        form.errors[refusal.field or "accept_note"] = str(refusal)
        return _again(request, uid, form)
    messages.success(request, _("已接收。公开进展页从现在起显示这份进展。"))
    return go(_next(request, done.uid))


@plan_page(nav="plan.progress", methods=("POST",))
def report_return(request: PageRequest, uid: UUID) -> Answer:
    form = Typed({k: str(v) for k, v in request.POST.items()})
    try:
        done = acts.return_report(request.actor, request.district, uid, now=timezone.now(), note=form.text("note"))
    except UnableToChange as refusal:
        form.errors[refusal.field or "note"] = str(refusal)
        return _again(request, uid, form)
    messages.success(request, _("已退回给填报单位，理由会显示在他们的待办里。"))
    return go(_next(request, done.uid))


@plan_page(methods=("GET",))
def evidence(request: PageRequest, uid: UUID) -> Answer:
    """The file as it was received, as a download only: it never opens as a page of ours."""
    try:
        name, stream = acts.open_evidence(request.actor, request.district, uid)
    except UnableToReadSource:
        return render(
            request, "plan/working/evidence_gone.html", {"number": getattr(request, "number", "")}, status=410
        )
    response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _again(request: PageRequest, uid: UUID, form: Typed) -> HttpResponse:
    page = reporting.report_page(request.actor, request.district, uid, today=timezone.localdate())
    return wrong(render(request, "plan/working/report_detail.html", _context(request, page, form)))


def _next(request: PageRequest, done: UUID) -> str:
    """The bureau goes on to the next report that waits, else back to this one."""
    waiting = reports.submitted_reports(request.actor, request.district)
    if request.POST.get("then") == "next" and waiting:
        return address(request, "report_detail", uid=waiting[0].uid)
    return address(request, "report_detail", uid=done)


def _context(request: PageRequest, page: ReportPage, form: Typed) -> dict[str, Any]:
    report, row = page.report, page.row
    planned = row if isinstance(row, ProjectView) else None
    language = get_language() or ""
    return {
        "page": page,
        "report": report,
        "row": row,
        "kind_word": KINDS[report.kind],
        "period_label": formats.period(Period.parse(report.period), language),
        "former": page.former,
        "former_period": formats.period(Period.parse(page.former.period), language) if page.former else "",
        "money": [
            {
                "word": SOURCES[f],
                "planned": getattr(planned, f),
                "planned_open": planned.cells[f].undetermined,
                "before": getattr(page.former, f"paid_{f}") if page.former else None,
                "paid": getattr(report, f"paid_{f}"),
            }
            for f in FUNDING
        ]
        if planned
        else [],
        "evidence": [
            {"name": e.name, "size": e.size, "note": e.note, "url": address(request, "evidence", uid=e.uid)}
            for e in report.evidence
        ],
        "standing": reason(row.state) if row else "",
        "revisions": [
            {"view": r, "current": r.uid == report.uid, "url": address(request, "report_detail", uid=r.uid)}
            for r in page.revisions
        ],
        "values": form.values,
        "errors": form.errors,
        "urls": {
            "item": address(request, "item", uid=row.uid) if row else "",
            "write": address(
                request, "report", {"period": report.period, "organisation": page.organisation_uid}, uid=row.uid
            )
            if row
            else "",
            "accept": address(request, "report_accept", uid=report.uid),
            "return": address(request, "report_return", uid=report.uid),
            "progress": address(request, "progress"),
        },
    }
