"""Findings of a plan handed to an organisation: the acts, in this slice's words and refusals."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from qihou.facts.loader import load_facts
from qihou.measure.working_days import WorkingDay, working_days_after
from qihou.record.api import actions as record
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Action, Feature, Finding, Organisation

from .errors import UnableToChange
from .scope import one
from .stored import clean
from .words import ACTION_KINDS

LONGEST_TITLE = 400


def days_by_default() -> int:
    """How many working days an organisation is given unless the bureau says otherwise."""
    return int(load_facts("plan-progress")["action_due_working_days"].newest.value)


def due_by_default(day: date) -> WorkingDay:
    """When something handed out on ``day`` is due unless the bureau says otherwise."""
    return working_days_after(day, days_by_default())


def hand_out(
    actor: Actor,
    district: Feature,
    finding: UUID,
    *,
    organisation: UUID | None,
    kind: str,
    title: str,
    due_on: date | None,
    today: date,
) -> Action:
    """Ask an organisation to do something about a finding of a plan, by a day.

    Raises:
        UnableToFind: no such finding or organisation here.
        UnableToChange: no organisation, nothing said or too much, no such kind, no day or one that has passed.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    row = one(Finding.objects.filter(district=district, about_kind="plan.version"), finding)
    if organisation is None:
        raise UnableToChange(_("请选择交给哪个单位办。"), field="organisation")
    asked = one(Organisation.objects.filter(district=district, active=True), organisation)
    title = clean(title).strip()
    if kind not in ACTION_KINDS:
        raise UnableToChange(_("请选择办什么。"), field="kind")
    if not title:
        raise UnableToChange(_("请写明要办什么。"), field="title")
    if len(title) > LONGEST_TITLE:
        raise UnableToChange(_("要办什么最多写 {most} 字。").format(most=LONGEST_TITLE), field="title")
    if due_on is None:
        raise UnableToChange(_("请写明期限，例如 2026-12-07。"), field="due_on")
    if due_on < today:
        raise UnableToChange(_("期限 {day} 已经过了。").format(day=due_on.isoformat()), field="due_on")
    return record.open_action(actor, district, kind=kind, title=title, finding=row, organisation=asked, due_on=due_on)


def finish(actor: Actor, district: Feature, action: UUID, note: str) -> Action:
    """Say that it is done, and what was done: the organisation asked, or the lead bureau for it.

    Raises:
        UnableToFind, UnableToChange
    """
    return _take(record.finish_action, actor, district, action, note, _("请写明办了什么。"))


def confirm(actor: Actor, district: Feature, action: UUID, note: str = "") -> Action:
    """Close what was done; not by whoever did it.

    Raises:
        UnableToFind, UnableToChange
    """
    return _take(record.confirm_action, actor, district, action, note, "")


def reopen(actor: Actor, district: Feature, action: UUID, note: str) -> Action:
    """Give it back with what is still missing, or open a closed one again.

    Raises:
        UnableToFind, UnableToChange
    """
    return _take(record.reopen_action, actor, district, action, note, _("请写明还差什么。"))


def withdraw(actor: Actor, district: Feature, action: UUID, note: str) -> Action:
    """Take back what was asked.

    Raises:
        UnableToFind, UnableToChange
    """
    return _take(record.withdraw_action, actor, district, action, note, _("请写明为什么撤回。"))


def _take(act: record.Step, actor: Actor, district: Feature, action: UUID, note: str, no_note: str) -> Action:
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = one(Action.objects.filter(district=district, finding__about_kind="plan.version"), action)
    try:
        return act(actor, row, clean(note).strip())
    except record.UnableToTakeStep as trouble:
        sentences = {
            "note": no_note,
            "state": _("这一项已经有了变化，请看现在的状态，再决定。"),
            "own": _("报告已办的人不能自己确认办结，请由另一位复核人员确认。"),
        }
        field = "note" if trouble.reason == "note" else ""
        raise UnableToChange(sentences[trouble.reason], field=field) from trouble
