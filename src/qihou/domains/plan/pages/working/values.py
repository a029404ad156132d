"""An indicator's yearly values: entered, submitted, approved, published; and the target the level above assigns."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.plan.api import adoption, queries, values
from qihou.domains.plan.api.errors import UnableToChange
from qihou.domains.plan.api.standing_words import reason
from qihou.domains.plan.api.views import EntryView, IndicatorView, ItemPage
from qihou.face.pages import Answer, PageRequest
from qihou.figures.missing import Notation
from qihou.record.api.access import Act

from .common import address, go, plan_page, wrong
from .keep import take_kept
from .typed import Typed

STEPS = ("submit", "approve", "return", "publish")


@plan_page("plan/working/values.html", nav="plan.indicators")
def indicator_values(request: PageRequest, uid: UUID) -> Answer:
    page, row = _indicator(request, uid)
    form = Typed({k: str(v) for k, v in request.POST.items()})
    if request.method == "POST":
        try:
            done = _act(request, uid, row.unit, form)
        except UnableToChange as refusal:
            form.errors[refusal.field or "value"] = str(refusal)
        else:
            if not form.errors:
                messages.success(request, done)
                return go(address(request, "indicator_values", uid=uid))
    elif kept := take_kept(request):
        form.values = kept
    context = _context(request, page, row, form)
    if form.errors:
        return wrong(render(request, "plan/working/values.html", context))
    return context


def _indicator(request: PageRequest, uid: UUID) -> tuple[ItemPage, IndicatorView]:
    page = queries.item(request.actor, request.district, uid, today=timezone.localdate())
    if not isinstance(page.row, IndicatorView):
        raise Http404(str(uid))
    return page, page.row


def _act(request: PageRequest, uid: UUID, unit: str, form: Typed) -> str:
    """Do what was asked; the sentence says what happened. Wrong fields are noted in ``form``."""
    who, where, act = request.actor, request.district, form.text("act")
    if act in STEPS:
        try:
            entry = UUID(form.text("entry"))
        except ValueError as trouble:
            raise Http404(form.text("entry")) from trouble
        return _move(request, act, entry, form.text("note"))
    today = timezone.localdate()
    year = form.text("year")
    if not (year.isascii() and year.isdecimal() and len(year) == 4):
        form.errors["year"] = _("请选年份。")
    value, notation = form.decimal("value", unit), form.text("notation")
    if value is None and not notation and "value" not in form.errors:
        form.errors["value"] = _("请填数值；确实没有数时，在下面选一个标记并写明理由。")
    if value is not None and notation:
        form.errors["notation"] = _("数值和“没有数”只能选一个：要么清空数值，要么不选标记。")
    if notation and not form.text("reason"):
        form.errors["reason"] = _("选了“没有数”就要写明理由。")
    if form.errors:
        return ""
    saved = values.save_value(
        who, where, uid, int(year), value=value, notation=notation, reason=form.text("reason"),
        source_place=form.text("source_place")[:200], today=today,
    )  # fmt: skip
    if act == "save_submit":
        values.submit_value(who, where, saved.uid)
        return _("%(year)s年的数值已提交，等牵头局审定。") % {"year": year}
    return _("%(year)s年的数值已存为草稿。") % {"year": year}


def _move(request: PageRequest, act: str, entry: UUID, note: str) -> str:
    who, where = request.actor, request.district
    if act == "submit":
        values.submit_value(who, where, entry)
        return _("已提交，等牵头局审定。")
    if act == "approve":
        values.approve_value(who, where, entry, note)
        return _("已审定。发布之后公众才能看到。")
    if act == "return":
        if not note:
            raise UnableToChange(_("退回要写明理由。"), field="note")
        values.return_value(who, where, entry, note)
        return _("已退回。填报单位改好后会成为新的一稿。")
    values.publish_value(who, where, entry, note)
    return _("已发布到公开进展页。")


def _context(request: PageRequest, page: ItemPage, row: IndicatorView, form: Typed) -> dict[str, Any]:
    today = timezone.localdate()
    owners = [row.owner_id or 0]
    may_write = page.version.status == "adopted" and request.actor.may(
        Act.WRITE_ENTRY, district_id=request.district.pk, organisation_ids=owners
    )
    decides = request.actor.may(Act.DECIDE_ENTRY, district_id=request.district.pk)
    last = today.year
    first = max(min(page.version.first_year or last, last), last - 15)
    asked = request.GET.get("year", "")
    year = form.values.get("year") or (asked if asked.isdecimal() else str(today.year - 1))
    return {
        "page": page,
        "row": row,
        "version": page.version,
        "standing": reason(row.state),
        "years": [str(y) for y in range(last, first - 1, -1)],
        "year": year,
        "entries": [_entry(e, page.entries, may_write, decides) for e in page.entries],
        "may_write": may_write,
        "notations": notations(),
        "values": form.values,
        "errors": form.errors,
        "urls": {
            "here": address(request, "indicator_values", uid=row.uid),
            "item": address(request, "item", uid=row.uid),
            "assign": address(request, "assign_target", uid=row.uid)
            if row.assigned_later and request.actor.may(Act.ADOPT_PLAN, district_id=request.district.pk)
            else "",
        },
    }


def _entry(entry: EntryView, every: tuple[EntryView, ...], may_write: bool, decides: bool) -> dict[str, Any]:
    """An entry with the steps open to this reader; only the newest revision of a year moves on."""
    newest = max(e.revision for e in every if e.year == entry.year) == entry.revision
    steps: list[str] = []
    if newest and entry.status == "draft" and may_write:
        steps.append("submit")
    if newest and decides:
        steps += {"submitted": ["approve", "return"], "approved": ["publish", "return"]}.get(entry.status, [])
    return {"view": entry, "newest": newest, "steps": steps, "notation": notations().get(entry.notation, "")}


def notations() -> dict[str, str]:
    return {
        Notation.NOT_ESTIMATED.value: _("NE 没有统计或估算"),
        Notation.NOT_OCCURRING.value: _("NO 没有发生"),
        Notation.NOT_APPLICABLE.value: _("NA 不适用"),
        Notation.INCLUDED_ELSEWHERE.value: _("IE 并入别处统计"),
        Notation.CONFIDENTIAL.value: _("C 不能公开"),
    }


@plan_page("plan/working/assign.html", nav="plan.indicators")
def assign_target(request: PageRequest, uid: UUID) -> Answer:
    """Put in the number the municipality has assigned, with the document that assigns it."""
    page, row = _indicator(request, uid)
    form = Typed({k: str(v) for k, v in request.POST.items()})
    if request.method == "POST":
        value = form.decimal("value", row.unit)
        if value is None and "value" not in form.errors:
            form.errors["value"] = _("请填下达的目标值。")
        note = form.required("note", _("请写明下达目标的文件，例如文号和日期。"))
        if not form.errors and value is not None:
            try:
                adoption.assign_target(request.actor, request.district, uid, value, note=note, unit=row.unit)
            except UnableToChange as refusal:
                form.errors[refusal.field or "value"] = str(refusal)
            else:
                messages.success(request, _("目标值已登记，这一指标从现在起可以评估。"))
                return go(address(request, "item", uid=uid))
    elif kept := take_kept(request):
        form.values = kept
    context = {
        "row": row,
        "version": page.version,
        "may_assign": row.assigned_later
        and page.version.status == "adopted"
        and request.actor.may(Act.ADOPT_PLAN, district_id=request.district.pk),
        "values": form.values,
        "errors": form.errors,
        "urls": {"item": address(request, "item", uid=uid), "here": address(request, "assign_target", uid=uid)},
    }
    if form.errors:
        return wrong(render(request, "plan/working/assign.html", context))
    return context
