"""Actions: what an organisation is asked to do, done and confirmed.

Open → done (by the organisation asked, with a note) → closed (confirmed by the bureau), or open again with what is still
missing. The bureau withdraws what it should not have asked. Every step is kept with who took it and what they said.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import transaction

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Action, ActionState, ActionStep, Feature, Finding, Organisation

Step = Callable[[Actor, Action, str], Action]

FROM: dict[str, tuple[ActionState, set[str]]] = {
    "done": (ActionState.DONE, {ActionState.OPEN}),
    "confirmed": (ActionState.CLOSED, {ActionState.DONE}),
    "reopened": (ActionState.OPEN, {ActionState.DONE, ActionState.CLOSED}),
    "withdrawn": (ActionState.WITHDRAWN, {ActionState.OPEN, ActionState.DONE}),
}


class UnableToTakeStep(ValueError):
    """The action cannot take this step. ``reason``: state (not from the state it is in), note (none), own (one's own)."""

    def __init__(self, message: str, *, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


def open_action(
    actor: Actor,
    district: Feature,
    *,
    kind: str,
    title: str,
    finding: Finding | None = None,
    organisation: Organisation | None = None,
    due_on: date | None = None,
) -> Action:
    """Ask an organisation to do something about a finding, by a day."""
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        action = Action.objects.create(
            district=district, finding=finding, organisation=organisation, kind=kind, title=title, due_on=due_on
        )
        ActionStep.objects.create(district=district, action=action, step="opened", by_id=actor.person_id)
        audit.write(
            actor, "action.open", district=district, about=action,
            detail={"title": title, "organisation": organisation.code if organisation else "", "due_on": due_on},
        )  # fmt: skip
    return action


def finish_action(actor: Actor, action: Action, note: str) -> Action:
    """Say that it is done, and what was done. The organisation asked may, and the lead bureau.

    Raises:
        UnableToTakeStep: it is not open, or the note is empty.
    """
    owners = [action.organisation_id] if action.organisation_id else []
    require(actor, Act.WRITE_PROGRESS, district_id=action.district_id, organisation_ids=owners)
    return _step(actor, action, "done", note, needs_note=True)


def confirm_action(actor: Actor, action: Action, note: str = "") -> Action:
    """Close what was done. Nobody confirms what he did himself.

    Raises:
        UnableToTakeStep: it is not done, or the actor said himself that it is.
    """
    require(actor, Act.REVIEW_PLAN, district_id=action.district_id)
    return _step(actor, action, "confirmed", note, not_by_doer=True)


def reopen_action(actor: Actor, action: Action, note: str) -> Action:
    """Give it back: what is still missing. What was closed may be opened again too.

    Raises:
        UnableToTakeStep: it is neither done nor closed, or the note is empty.
    """
    require(actor, Act.REVIEW_PLAN, district_id=action.district_id)
    return _step(actor, action, "reopened", note, needs_note=True)


def withdraw_action(actor: Actor, action: Action, note: str) -> Action:
    """Take back what was asked. It stays on record.

    Raises:
        UnableToTakeStep: it is closed or withdrawn already, or the note is empty.
    """
    require(actor, Act.REVIEW_PLAN, district_id=action.district_id)
    return _step(actor, action, "withdrawn", note, needs_note=True)


def _step(
    actor: Actor, action: Action, step: str, note: str, *, needs_note: bool = False, not_by_doer: bool = False
) -> Action:
    if needs_note and not note.strip():
        raise UnableToTakeStep(f"say in a note why the action is {step}", reason="note")
    after, allowed = FROM[step]
    with transaction.atomic():
        action = Action.objects.select_for_update(of=("self",)).get(pk=action.pk)
        if action.state not in allowed:
            raise UnableToTakeStep(f"an action that is {action.state} cannot be {step}", reason="state")
        if not_by_doer:
            last = action.steps.filter(step="done").last()
            if last and last.by_id is not None and last.by_id == actor.person_id:
                raise UnableToTakeStep("who did it does not confirm it", reason="own")
        action.state = after
        action.save(update_fields=["state"])
        ActionStep.objects.create(district=action.district, action=action, step=step, note=note, by_id=actor.person_id)
        audit.write(actor, f"action.{step}", district=action.district, about=action, detail={"note": note})
    return action
