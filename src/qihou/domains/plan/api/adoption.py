"""Adopting a version: from then on it is the plan, and its promises are on record."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.record.api import audit, commitments, entries
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Commitment, Feature, Organisation

from ..models import Indicator, Involvement, Item, PlanVersion, Project, Task, Thread, VersionStatus
from .errors import UnableToChange
from .scope import item_row, version_row
from .standing import project_span, task_span

PROCEDURE = "plan.annual-return"


def adopt(
    actor: Actor, district: Feature, version: UUID, *, leave_undetermined: bool = False, reason: str = ""
) -> PlanVersion:
    """Make a reviewed version the plan in force; the one before is superseded.

    Each indicator gets its series (property and datastream, a value a year) and a target commitment, waiting where the
    level above assigns the number; each project and task gets its deadline. Commitments of rows that are gone, or whose
    promise changed, are withdrawn and stay on record; a number already assigned to an indicator that still waits for
    one is kept.

    Raises:
        UnableToChange: the version is not under review, or cells are undetermined and ``leave_undetermined`` is not
            set with a reason.
    """
    require(actor, Act.ADOPT_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = version_row(district, version)
        status = PlanVersion.objects.select_for_update().get(pk=row.pk).status
        if status != VersionStatus.REVIEW:
            raise UnableToChange(_("这个版本不在复核中，不能采用。"))
        open_cells = sum(Item.objects.filter(version=row).values_list("open_cells", flat=True))
        if open_cells and not (leave_undetermined and reason.strip()):
            raise UnableToChange(
                _("还有 {count} 个待定的单元格。先确定它们，或写明理由后带着待定项采用。").format(count=open_cells),
                field="reason",
            )
        former = row.plan.versions.filter(status=VersionStatus.ADOPTED)
        superseded = list(former.values_list("number", flat=True))
        former.update(status=VersionStatus.SUPERSEDED)
        row.status, row.adopted_at, row.adopted_by_id = VersionStatus.ADOPTED, timezone.now(), actor.person_id
        row.status_note = reason if open_cells else ""
        row.save(update_fields=["status", "adopted_at", "adopted_by", "status_note"])
        if row.title and row.title != row.plan.title and row.number == 1:
            row.plan.title = row.title
            row.plan.save(update_fields=["title"])
        _commit(actor, row)
        audit.write(
            actor, "plan.adopt", district=district, about=row,
            detail={"number": row.number, "superseded": superseded, "undetermined": open_cells, "reason": reason},
        )  # fmt: skip
    return row


def assign_target(
    actor: Actor, district: Feature, indicator: UUID, value: Decimal, *, note: str, unit: str | None = None
) -> Commitment:
    """The level above has assigned the number of an indicator of the version in force.

    Args:
        indicator: the item's uid. note: the document that assigns it.

    Raises:
        UnableToChange: no commitment waits (the version is not adopted, or the plan prints the target), no note, or
            another unit.
    """
    require(actor, Act.ADOPT_PLAN, district_id=district.pk)
    row = item_row(district, indicator)
    waiting = Commitment.objects.filter(
        district=district, about_kind="plan.thread", about_uid=row.thread.uid, kind="target", withdrawn_at=None
    ).first()
    if row.kind != "indicator" or waiting is None or not row.indicator.assigned_later:
        raise UnableToChange(_("这一指标的目标值不是由上级下达的，或规划还没有采用。"))
    try:
        return commitments.assign_value(actor, waiting, value, note=note, unit=unit)
    except commitments.UnableToCommit as trouble:
        raise UnableToChange(_("请写明下达目标的文件，单位要与指标一致。"), field="note") from trouble


def name_first_leads(version: PlanVersion) -> None:
    """After a printed name became known: the series and standing promises of an adopted version get its first leads.

    Must be called inside the transaction that matched the name; writes no event of its own.
    """
    leads = _first_leads(version)
    for item in Item.objects.filter(version=version, pk__in=leads).select_related("thread__datastream"):
        lead, stream = leads[item.pk], item.thread.datastream
        if stream and stream.organisation_id != lead.pk:
            stream.organisation = lead
            stream.save(update_fields=["organisation"])
        Commitment.objects.filter(
            district_id=version.district_id, about_kind="plan.thread", about_uid=item.thread.uid, withdrawn_at=None
        ).exclude(organisation_id=lead.pk).update(organisation=lead)


def _commit(actor: Actor, version: PlanVersion) -> None:
    standing = {
        (c.about_uid, c.kind): c
        for c in Commitment.objects.filter(
            district_id=version.district_id,
            about_kind="plan.thread",
            withdrawn_at=None,
            about_uid__in=version.plan.threads.values("uid"),
        )
    }
    leads = _first_leads(version)
    kept: set[tuple[UUID | None, str]] = set()
    rows = Indicator.objects.filter(item__version=version).select_related("item__thread")
    for indicator in rows.order_by("item__order"):
        _series(actor, version, indicator, leads.get(indicator.item_id))
        kept |= _keep_target(actor, version, indicator, leads.get(indicator.item_id), standing)
    for item, due_on in _deadlines(version):
        kept |= _keep_deadline(actor, version, item, due_on, leads.get(item.pk), standing)
    for key, commitment in standing.items():
        if key not in kept:
            commitments.withdraw(actor, commitment, _("第{number}版不再包含").format(number=version.number))


def _first_leads(version: PlanVersion) -> dict[int, Organisation]:
    """The first matched lead of each row: who answers for its promise."""
    rows = Involvement.objects.filter(item__version=version, part="lead", organisation__isnull=False)
    return {r.item_id: r.organisation for r in rows.select_related("organisation").order_by("-order") if r.organisation}


def _series(actor: Actor, version: PlanVersion, row: Indicator, lead: Organisation | None) -> None:
    """Where the indicator's yearly values go. A unit that changed between versions starts a new series."""
    thread = row.item.thread
    if thread.datastream_id and thread.datastream and thread.datastream.unit == row.unit:
        if lead and thread.datastream.organisation_id != lead.pk:
            thread.datastream.organisation = lead
            thread.datastream.save(update_fields=["organisation"])
        return
    code = f"plan.{version.district.code}.{version.plan.code}.{thread.uid.hex[:12]}"
    thread.datastream = entries.datastream_for(
        actor,
        version.district,
        version.district,
        code if not thread.datastream_id else f"{code}.v{version.number}",
        PROCEDURE,
        "year",
        row.unit,
        lead,
        property_name=row.item.title[:200],
        procedure_name=_("规划指标年度填报"),
    )
    thread.save(update_fields=["datastream"])


def _keep_target(
    actor: Actor,
    version: PlanVersion,
    row: Indicator,
    lead: Organisation | None,
    standing: dict[tuple[UUID | None, str], Commitment],
) -> set[tuple[UUID | None, str]]:
    thread: Thread = row.item.thread
    key = (thread.uid, "target")
    if row.target is None and not row.assigned_later:
        return set()  # a target in words or undetermined promises no number; the register shows it as it is
    due_on = date(row.target_year, 12, 31) if row.target_year else None
    known = standing.get(key)
    if known:
        same = (known.unit, known.sense, known.nature, known.due_on) == (row.unit, row.sense, row.nature, due_on)
        if same and (row.assigned_later or known.value == row.target):
            return {key}
        commitments.withdraw(actor, known, _("第{number}版改变了目标").format(number=version.number))
        standing.pop(key)
    commitments.commit(
        actor,
        version.district,
        kind="target",
        title=row.item.title,
        property=thread.datastream.property if thread.datastream else None,
        feature=version.district,
        organisation=lead,
        nature=row.nature,
        sense=row.sense,
        value=None if row.assigned_later else row.target,
        unit=row.unit,
        assigned_later=row.assigned_later,
        due_on=due_on,
        about_kind="plan.thread",
        about_uid=thread.uid,
    )
    return {key}


def _deadlines(version: PlanVersion) -> list[tuple[Item, date]]:
    """Projects' ends, and tasks' own deadlines (the plan's end is no deadline of a task's own)."""
    found: list[tuple[Item, date]] = []
    for project in Project.objects.filter(item__version=version).select_related("item__thread"):
        if span := project_span(project):
            found.append((project.item, span.end - timedelta(days=1)))
    for task in Task.objects.filter(item__version=version).exclude(deadline="").select_related("item__thread"):
        if span := task_span(version, task.deadline):
            found.append((task.item, span.end - timedelta(days=1)))
    return found


def _keep_deadline(
    actor: Actor,
    version: PlanVersion,
    item: Item,
    due_on: date,
    lead: Organisation | None,
    standing: dict[tuple[UUID | None, str], Commitment],
) -> set[tuple[UUID | None, str]]:
    key = (item.thread.uid, "deadline")
    known = standing.get(key)
    if known and known.due_on == due_on:
        return {key}
    if known:
        commitments.withdraw(actor, known, _("第{number}版改变了期限").format(number=version.number))
        standing.pop(key)
    commitments.commit(
        actor,
        version.district,
        kind="deadline",
        title=item.title or item.text,
        feature=version.district,
        organisation=lead,
        due_on=due_on,
        about_kind="plan.thread",
        about_uid=item.thread.uid,
    )
    return {key}
