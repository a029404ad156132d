"""Writing one report: percent, money paid, words and evidence; saved as a draft, then submitted."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.domains.plan.api import progress as acts
from qihou.domains.plan.api import reporting
from qihou.domains.plan.api.errors import ChangedMeanwhile, UnableToChange
from qihou.domains.plan.api.reporting import ReportForm
from qihou.domains.plan.api.views import FUNDING, ProjectView
from qihou.domains.plan.api.words import KINDS, SOURCES
from qihou.face import formats
from qihou.face.pages import Answer, PageRequest
from qihou.measure.periods import Period, PeriodKind, UnableToReadPeriod

from .common import address, go, plan_page, wrong
from .keep import take_kept
from .typed import Typed

MOST_FILES = 10


@plan_page("plan/working/report.html", nav="plan.progress")
def report(request: PageRequest, uid: UUID) -> Answer:
    today = timezone.localdate()
    asked = request.POST if request.method == "POST" else request.GET
    form = reporting.report_form(
        request.actor, request.district, uid, _period(asked.get("period", ""), today), _uid(asked.get("organisation")),
        today=today,
    )  # fmt: skip
    typed = Typed({k: str(v) for k, v in request.POST.items()})
    if request.method == "POST":
        answer = _post(request, form, typed, today)
        if answer is not None:
            return answer
    kept = take_kept(request) if request.method == "GET" else None
    if kept and form.is_open:
        typed.values = kept
    elif request.method == "GET":
        typed.values = _stored(form)
    context = _context(request, form, typed, today) | {"kept": bool(kept)}
    if typed.errors:
        return wrong(render(request, "plan/working/report.html", context))
    return context


def _period(code: str, today: date) -> Period:
    """The quarter asked for; without one the quarter that ended last, whose report is due now."""
    try:
        period = Period.parse(code)
    except UnableToReadPeriod:
        return Period.quarter_of(today).previous()
    return period if period.kind == PeriodKind.QUARTER else Period.quarter_of(today).previous()


def _uid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _stored(form: ReportForm) -> dict[str, str]:
    """What the form shows at first: the draft, or the returned revision to be mended."""
    r = form.report
    if r is None:
        return {"seen": acts.stamp(None)}
    numbers = {"percent": r.percent, **{f"paid_{f}": getattr(r, f"paid_{f}") for f in FUNDING}}
    return {
        "text": r.text,
        "seen": acts.stamp(r),
        **{k: "" if v is None else format(v, "f") for k, v in numbers.items()},
    }


def _post(request: PageRequest, form: ReportForm, typed: Typed, today: date) -> Any:
    """Save, attach, and submit when asked; None when something is to be mended first."""
    who, where = request.actor, request.district
    numbers = {f"paid_{f}": typed.decimal(f"paid_{f}", _("万元")) for f in FUNDING}
    numbers["percent"] = typed.decimal("percent", "%")
    files = request.FILES.getlist("evidence")
    if len(files) > MOST_FILES:
        typed.errors["evidence"] = _("一次最多选 %(n)s 个文件。其余的保存后再加。") % {"n": MOST_FILES}
    for file in files:
        if trouble := _refuse(file):
            typed.errors["evidence"] = trouble
    submitting = typed.text("act") == "submit"
    if submitting and not typed.text("text"):
        typed.errors["text"] = _("请写明本季度做了什么、到了哪一步。没有进展也请写明原因。")
    if submitting and numbers["percent"] is None and "percent" not in typed.errors:
        typed.errors["percent"] = _("请填自开工以来的完成百分比；确实无法估计时先存草稿，与牵头局商量。")
    if typed.errors:
        return None
    saved = None
    try:
        saved = acts.save_report(
            who, where, form.row.uid, form.lead.uid, form.period.code,
            percent=numbers["percent"], text=typed.values.get("text", ""),
            paid_upper_level=numbers["paid_upper_level"], paid_district_budget=numbers["paid_district_budget"],
            paid_private=numbers["paid_private"], today=today, seen=request.POST.get("seen"),
        )  # fmt: skip
        for file in files:
            acts.attach_evidence(who, where, saved.report.uid, name=file.name or "", content=file.read())
        if removed := _uid(typed.text("remove")):
            acts.remove_evidence(who, where, removed)
        if submitting:
            acts.submit_report(who, where, saved.report.uid, now=timezone.now())
    except ChangedMeanwhile as refusal:
        typed.values["seen"] = acts.stamp(_again(request, form, today).report)  # the sentence says what it has become
        typed.errors["text"] = str(refusal)
        return None
    except UnableToChange as refusal:
        if saved is not None:
            typed.values["seen"] = acts.stamp(saved.report)
        typed.errors[refusal.field or "text"] = str(refusal)
        return None
    for sentence in saved.warnings:
        messages.warning(request, sentence)
    if submitting:
        messages.success(request, _("已提交给牵头局。在退回之前不能再改。"))
        return go(address(request, "report_detail", uid=saved.report.uid))
    messages.success(request, _("草稿已保存。只有填报单位和起草人看得到草稿；提交后才算报送。"))
    return go(_form_url(request, form))


def _again(request: PageRequest, form: ReportForm, today: date) -> ReportForm:
    return reporting.report_form(request.actor, request.district, form.row.uid, form.period, form.lead.uid, today=today)


def _refuse(file: Any) -> str:
    if file.size == 0:
        return _("文件“%(name)s”是空的，请重新选择。") % {"name": file.name}
    if file.size > acts.MAX_EVIDENCE_BYTES:
        return _("文件“%(name)s”有 %(size)s，超过 %(most)s。照片可以先压缩，再上传。") % {
            "name": file.name, "size": formats.size(file.size), "most": formats.size(acts.MAX_EVIDENCE_BYTES),
        }  # fmt: skip
    return ""


def _form_url(request: PageRequest, form: ReportForm) -> str:
    return address(request, "report", {"period": form.period.code, "organisation": form.lead.uid}, uid=form.row.uid)


def _context(request: PageRequest, form: ReportForm, typed: Typed, today: date) -> dict[str, Any]:
    language = get_language() or ""
    report = form.report
    return {
        "form": form,
        "row": form.row,
        "report": report,
        "former": form.former,
        "former_period": formats.period(Period.parse(form.former.period), language) if form.former else "",
        "period_label": formats.period(form.period, language),
        "kind_word": KINDS[form.row.kind],
        "heading": form.row.title if form.row.kind == "project" else form.row.text or form.row.title,
        "late": form.overdue and form.due_on < today,
        "money": _money(form, typed),
        "values": typed.values,
        "errors": typed.errors,
        "has_draft": report is not None and report.status == "draft",
        "evidence": _evidence(request, form),
        "periods": _periods(request, form, today),
        "keep_key": f"report-{form.row.uid}-{form.lead.uid}-{form.period.code}",
        "most_bytes": min(acts.MAX_EVIDENCE_BYTES, settings.MAX_UPLOAD_BYTES),
        "most": formats.size(acts.MAX_EVIDENCE_BYTES),
        "urls": {
            "here": _form_url(request, form),
            "item": address(request, "item", uid=form.row.uid),
            "detail": address(request, "report_detail", uid=report.uid) if report else "",
            "progress": address(request, "progress"),
        },
    }


def _money(form: ReportForm, typed: Typed) -> list[dict[str, Any]]:
    """One line per funding source: planned, paid before, paid now. Tasks have no money."""
    row = form.row
    if not isinstance(row, ProjectView):
        return []
    return [
        {
            "name": f"paid_{source}",
            "word": SOURCES[source],
            "planned": getattr(row, source),
            "planned_open": row.cells[source].undetermined,
            "before": getattr(form.former, f"paid_{source}") if form.former else None,
            "value": typed.values.get(f"paid_{source}", ""),
            "error": typed.errors.get(f"paid_{source}", ""),
        }
        for source in FUNDING
    ]


def _evidence(request: PageRequest, form: ReportForm) -> list[dict[str, Any]]:
    files = form.report.evidence if form.report and form.lead.mine else ()
    return [
        {"name": e.name, "size": e.size, "uid": e.uid, "url": address(request, "evidence", uid=e.uid)} for e in files
    ]


def _periods(request: PageRequest, form: ReportForm, today: date) -> list[dict[str, Any]]:
    """The quarter that is due, the running one, and the two before: all a late reporter needs."""
    quarter = Period.quarter_of(today)
    found = []
    for _step in range(4):
        found.append(quarter)
        quarter = quarter.previous()
    return [
        {
            "label": formats.period(p, get_language() or ""),
            "current": p == form.period,
            "url": address(request, "report", {"period": p.code, "organisation": form.lead.uid}, uid=form.row.uid),
        }
        for p in reversed(found)
    ]
