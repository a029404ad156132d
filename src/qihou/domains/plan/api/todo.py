"""What was asked because of a plan's findings: the list, one of them, what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Action, ActionState, ActionStep, Feature, Finding

from ..models import Involvement, Item
from .scope import one
from .sentences import finding_sentence
from .settling import finding_page
from .views import FindingView, VersionView


@dataclass(frozen=True)
class StepView:
    step: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ActionView:
    """One thing asked. ``overdue``: still open past its day; ``done_note``: what was last said to be done."""

    uid: UUID
    kind: str
    title: str
    state: str
    organisation: str
    organisation_code: str
    organisation_id: int | None
    due_on: date | None
    overdue: bool
    opened_at: datetime
    opened_by: str
    done_at: datetime | None
    done_by: str
    done_note: str
    finding_uid: UUID | None
    finding: str
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class ActionPage:
    action: ActionView
    finding: FindingView
    version: VersionView
    may_finish: bool
    is_own: bool
    may_confirm: bool
    may_decide: bool


@dataclass(frozen=True)
class Suggestion:
    """Whom a finding would be handed to: the one organisation that leads the rows its lines stand in, if it is one."""

    organisation: UUID | None
    leads: tuple[str, ...]


def actions(actor: Actor, district: Feature, *, today: date, language: str) -> tuple[ActionView, ...]:
    """Everything asked because of a plan's findings, what waits longest first. Queries do not grow with the rows."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    return _views(_rows(district), today, language)


def open_for_mine(actor: Actor, district: Feature, *, today: date, language: str) -> tuple[ActionView, ...]:
    """What the actor's organisations still have to do, the earliest day first."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    own = actor.organisations(district.pk)
    return _views(_rows(district).filter(state=ActionState.OPEN, organisation__in=own), today, language)


def of_findings(
    actor: Actor, district: Feature, findings: Iterable[UUID], *, today: date, language: str
) -> dict[UUID, tuple[ActionView, ...]]:
    """What was asked because of each of these findings."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    found: dict[UUID, list[ActionView]] = {}
    for view in _views(_rows(district).filter(finding__uid__in=list(findings)), today, language):
        if view.finding_uid:
            found.setdefault(view.finding_uid, []).append(view)
    return {uid: tuple(views) for uid, views in found.items()}


def action_page(actor: Actor, district: Feature, uid: UUID, *, today: date, language: str) -> ActionPage:
    """One thing asked, with the finding it is about and what its reader may do.

    Raises:
        UnableToFind: no such action in this district.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = one(_rows(district), uid)
    assert row.finding is not None
    about = finding_page(actor, district, row.finding.uid, language=language)
    decides = actor.may(Act.REVIEW_PLAN, district_id=district.pk)
    owners = [row.organisation_id] if row.organisation_id else []
    may_finish = actor.may(Act.WRITE_PROGRESS, district_id=district.pk, organisation_ids=owners)
    doer = next((s.by_id for s in reversed(row.steps.all()) if s.step == "done"), None)
    return ActionPage(
        action=_view(row, today, language),
        finding=about.finding,
        version=about.version,
        may_finish=may_finish and row.state == ActionState.OPEN,
        is_own=row.organisation_id in actor.organisations(district.pk),
        may_confirm=decides and row.state == ActionState.DONE and (doer is None or doer != actor.person_id),
        may_decide=decides,
    )


def suggested(actor: Actor, district: Feature, finding: UUID) -> Suggestion:
    """Whom a finding concerns, by the rows whose cells cite its lines. Four queries."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = one(Finding.objects.filter(district=district, about_kind="plan.version"), finding)
    lines = set(row.lines)
    if not lines:
        return Suggestion(None, ())
    near = Item.objects.filter(
        version__uid=row.about_uid, first_line__lte=max(lines), last_line__gte=min(lines), last_line__gt=0
    )
    cited = [
        pk
        for pk, cells in near.values_list("pk", "cells")
        if lines & {n for cell in cells.values() for n in cell.get("lines", ())}
    ]
    leads = Involvement.objects.filter(item__in=cited, part="lead", organisation__active=True)
    found = dict(leads.values_list("organisation__uid", "organisation__name").distinct())
    return Suggestion(next(iter(found)) if len(found) == 1 else None, tuple(sorted(found.values())))


def actions_waiting(actor: Actor, district_id: int) -> int:
    """What waits for this actor: open ones of his organisations, and those he may confirm. At most two queries."""
    rows = Action.objects.filter(district_id=district_id, finding__about_kind="plan.version")
    waiting = 0
    if own := actor.organisations(district_id):
        waiting += rows.filter(state=ActionState.OPEN, organisation__in=own).count()
    if actor.may(Act.REVIEW_PLAN, district_id=district_id):
        done = ActionStep.objects.filter(action=OuterRef("pk"), step="done").order_by("-created_at", "-pk")
        doers = rows.filter(state=ActionState.DONE).annotate(doer=Subquery(done.values("by_id")[:1]))
        waiting += doers.filter(Q(doer=None) | ~Q(doer=actor.person_id)).count()
    return waiting


def _rows(district: Feature) -> QuerySet[Action]:
    rows = Action.objects.filter(district=district, finding__about_kind="plan.version")
    return rows.select_related("finding", "organisation").prefetch_related("steps__by").order_by("due_on", "pk")


def _views(rows: Iterable[Action], today: date, language: str) -> tuple[ActionView, ...]:
    return tuple(_view(row, today, language) for row in rows)


def _view(row: Action, today: date, language: str) -> ActionView:
    steps = tuple(StepView(s.step, s.note, s.by.name if s.by else "", s.created_at) for s in row.steps.all())
    done = next((s for s in reversed(steps) if s.step == "done"), None)
    opened = next((s for s in steps if s.step == "opened"), None)
    return ActionView(
        uid=row.uid,
        kind=row.kind,
        title=row.title,
        state=row.state,
        organisation=row.organisation.name if row.organisation else "",
        organisation_code=row.organisation.code if row.organisation else "",
        organisation_id=row.organisation_id,
        due_on=row.due_on,
        overdue=row.state == ActionState.OPEN and row.due_on is not None and row.due_on < today,
        opened_at=row.created_at,
        opened_by=opened.by if opened else "",
        done_at=done.at if done else None,
        done_by=done.by if done else "",
        done_note=done.note if done else "",
        finding_uid=row.finding.uid if row.finding else None,
        finding=finding_sentence(row.finding.kind, row.finding.params, language) if row.finding else "",
        steps=steps,
    )
