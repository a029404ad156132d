"""Findings handed to organisations: handing one out, the list of what is to be done, and one thing to be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.domains.plan.api import actions as acts
from qihou.domains.plan.api import desk, settling, todo
from qihou.domains.plan.api.errors import UnableToChange
from qihou.domains.plan.api.todo import ActionView
from qihou.domains.plan.api.words import ACTION_KINDS, ACTION_STATES, ACTION_STEPS
from qihou.face.pages import Answer, PageRequest
from qihou.face.tables import Column, Filter, Table
from qihou.face.values import Link, Missing
from qihou.record.api.access import Act, require

from .common import address, go, plan_page, wrong
from .keep import take_kept
from .typed import Typed

WAITING = ("open", "done")


@plan_page("plan/working/hand_out.html", nav="plan.findings")
def hand_out(request: PageRequest, uid: UUID) -> Answer:
    """The form with which the lead bureau asks an organisation to do something about a finding."""
    who, where, today = request.actor, request.district, timezone.localdate()
    require(who, Act.REVIEW_PLAN, district_id=where.pk)
    page = settling.finding_page(who, where, uid, language=get_language() or "")
    form = Typed({k: str(v) for k, v in request.POST.items()})
    default = acts.due_by_default(today)
    back = address(request, "findings", {"plan": page.version.plan_code, "version": page.version.number})
    if request.method == "POST":
        try:
            made = acts.hand_out(
                who, where, uid, organisation=_uid(form.text("organisation")), kind=form.text("kind"),
                title=form.text("title"), due_on=_day(form.text("due_on")), today=today,
            )  # fmt: skip
        except UnableToChange as refusal:
            form.errors[refusal.field] = str(refusal)
        else:
            messages.success(request, _("已交办，列在该单位的“本单位”和“待办”里。"))
            return go(address(request, "action", uid=made.uid))
    suggestion = todo.suggested(who, where, uid)
    if request.method != "POST":
        form.values = take_kept(request) or {
            "organisation": str(suggestion.organisation or ""),
            "kind": "check",
            "title": page.finding.sentence[: acts.LONGEST_TITLE],
            "due_on": default.day.isoformat(),
        }
    context = {
        "finding": page.finding,
        "version": page.version,
        "organisations": desk.organisation_choices(who, where),
        "kinds": ACTION_KINDS.items(),
        "suggestion": suggestion,
        "default": default,
        "days": acts.days_by_default(),
        "longest": acts.LONGEST_TITLE,
        "today": today.isoformat(),
        "handed": todo.of_findings(who, where, [uid], today=today, language=get_language() or "").get(uid, ()),
        "values": form.values,
        "errors": form.errors,
        "urls": {
            "here": address(request, "hand_out", uid=uid),
            "findings": f"{back}#finding-{uid}",
            "document": address(
                request, "document", {"version": page.version.number, "line": min(page.finding.lines, default=None)}
            ),
        },
    }
    return wrong(render(request, "plan/working/hand_out.html", context)) if form.errors else context


@plan_page("plan/working/actions.html", nav="plan.actions", methods=("GET",))
def actions(request: PageRequest) -> Answer:
    """What is to be done; what was closed or withdrawn behind a tab."""
    today = timezone.localdate()
    every = todo.actions(request.actor, request.district, today=today, language=get_language() or "")
    own = request.actor.organisations(request.district.pk)
    waiting = [a for a in every if a.state in WAITING]
    mine = [a for a in waiting if a.organisation_id in own]
    show = request.GET.get("show", "")
    chosen = {"mine": mine, "all": list(every)}.get(show, waiting)
    tabs = [("", _("没有办结的"), len(waiting)), ("mine", _("本单位的"), len(mine)), ("all", _("全部"), len(every))]
    return {
        "table": _table(request, every).bind(chosen, request.GET, district_code=request.district.code),
        "tabs": [
            {"label": label, "n": n, "url": address(request, "actions", {"show": code}), "current": code == show}
            for code, label, n in tabs
            if code != "mine" or own
        ],
        "open": sum(a.state == "open" for a in every),
        "late": sum(a.overdue for a in every),
        "to_confirm": sum(a.state == "done" for a in every),
        "may_hand_out": request.actor.may(Act.REVIEW_PLAN, district_id=request.district.pk),
        "any": bool(every),
        "findings_url": address(request, "findings"),
    }


def _table(request: PageRequest, rows: tuple[ActionView, ...]) -> Table:
    organisations = sorted({(r.organisation_code, r.organisation) for r in rows}, key=lambda pair: pair[1])
    return Table(
        name="actions",
        title=_("待办"),
        file_name=_("待办"),
        sort="due",
        search_label=_("查找待办"),
        columns=[
            Column("state", _("状态"), "state", value=lambda a: f"action_{a.state}"),
            Column("title", _("要办的事"), "link", heading=True, value=lambda a: _link(request, a)),
            Column("organisation", _("单位"), value=lambda a: a.organisation),
            Column("kind", _("办什么"), value=lambda a: str(ACTION_KINDS.get(a.kind, a.kind))),
            Column("due", _("期限"), "date", value=lambda a: a.due_on),
            Column("late", _("逾期"), value=lambda a: days_late(a) or Missing.NOT_APPLICABLE, sortable=False),
            Column("opened", _("交办"), "date", value=lambda a: a.opened_at),
            Column("done", _("报告已办"), "date", value=lambda a: a.done_at or Missing.NOT_DELIVERED),
            Column("done_note", _("办了什么"), "long", value=lambda a: a.done_note or Missing.NOT_DELIVERED),
            Column("finding", _("核查发现"), "long", value=lambda a: a.finding, optional=True),
        ],
        filters=[
            Filter("state", _("状态"), [(k, str(v)) for k, v in ACTION_STATES.items()], of=lambda a: a.state),
            Filter("organisation", _("单位"), organisations, of=lambda a: a.organisation_code),
            Filter("late", _("期限"), [("1", _("已逾期"))], of=lambda a: "1" if a.overdue else "0"),
        ],
        empty_title=_("没有待办的事"),
        empty_text=_("牵头局在核查发现上按“交办”，事情就列在这里。"),
    )


def days_late(action: ActionView) -> str:
    """How far past its day, in words; empty while there is time or nothing is open."""
    if not action.overdue or action.due_on is None:
        return ""
    return _("已逾期 %(n)s 天") % {"n": (timezone.localdate() - action.due_on).days}


def _link(request: PageRequest, action: ActionView) -> Link:
    return Link(action.title, address(request, "action", uid=action.uid))


@plan_page("plan/working/action.html", nav="plan.actions")
def action(request: PageRequest, uid: UUID) -> Answer:
    """One thing to be done: what was asked, why, what was done about it, and the next step for whoever may take it."""
    today, language = timezone.localdate(), get_language() or ""
    form = Typed({k: str(v) for k, v in request.POST.items()})
    here = address(request, "action", uid=uid)
    if request.method == "POST":
        try:
            messages.success(request, _act(request, uid, form))
        except UnableToChange as refusal:
            form.errors[refusal.field or "action"] = str(refusal)
        else:
            return go(here)
    elif kept := take_kept(request):
        form.values = kept
    page = todo.action_page(request.actor, request.district, uid, today=today, language=language)
    context = {
        "page": page,
        "a": page.action,
        "state": f"action_{page.action.state}",
        "late": days_late(page.action),
        "kind_word": ACTION_KINDS.get(page.action.kind, page.action.kind),
        "steps": [(s, ACTION_STEPS.get(s.step, s.step)) for s in page.action.steps],
        "finding": page.finding,
        "values": form.values,
        "errors": form.errors,
        "urls": {
            "here": here,
            "list": address(request, "actions"),
            "finding": address(request, "finding_state", uid=page.finding.uid),
            "document": address(
                request, "document", {"version": page.version.number, "line": min(page.finding.lines, default=None)}
            ),
        },
    }
    return wrong(render(request, "plan/working/action.html", context)) if form.errors else context


def _act(request: PageRequest, uid: UUID, form: Typed) -> str:
    """Take the step asked for and say what was done.

    Raises:
        UnableToChange: with the sentence that says why not.
    """
    steps: dict[str, tuple[Callable[..., Any], str]] = {
        "finish": (acts.finish, _("已报告，等牵头局确认。")),
        "confirm": (acts.confirm, _("已确认办结。")),
        "reopen": (acts.reopen, _("已退回，单位会在“待办”里看到还差什么。")),
        "withdraw": (acts.withdraw, _("已撤回，单位不用再办。")),
    }
    if form.text("act") not in steps:
        raise UnableToChange(_("不认识的操作，请重新打开本页再试。"))
    act, said = steps[form.text("act")]
    act(request.actor, request.district, uid, form.text("note"))
    return said


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
