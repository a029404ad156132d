"""Quarterly reports of the leads, and the lead bureau's answer.

A draft may be saved over and over; a submitted report stands as it is until the bureau accepts or returns it; the answer
to a return is the next revision. Money is cumulative since the work began, in 10⁴ CNY, by source, and is what went
through the reporting organisation's own hands.

The lead bureau may write for a lead that does not write itself. A draft belongs to its organisation and to whoever wrote
it: nobody else reads, changes or submits it, and nobody decides on a report he had a hand in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from qihou.measure.periods import Period, PeriodKind, UnableToReadPeriod
from qihou.record.api import audit, sources
from qihou.record.api.access import Act, Actor, NotPermitted, require
from qihou.record.models import AuditEvent, Feature, Organisation

from ..models import Evidence, Involvement, Item, ProgressReport, Project, ReportStatus, Thread, VersionStatus
from .errors import ChangedMeanwhile, UnableToChange
from .scope import item_row, one, report_row
from .stored import clean, fit
from .views import FUNDING, ReportView
from .words import SOURCES

DECIDED = (ReportStatus.SUBMITTED, ReportStatus.ACCEPTED)
MAX_EVIDENCE_BYTES = 30_000_000


@dataclass(frozen=True)
class Saved:
    """The report, and what the writer should look at again before submitting (sentences)."""

    report: ProgressReport
    warnings: tuple[str, ...]


def save_report(
    actor: Actor,
    district: Feature,
    item: UUID,
    organisation: UUID,
    period: str,
    *,
    percent: Decimal | None,
    text: str,
    paid_upper_level: Decimal | None = None,
    paid_district_budget: Decimal | None = None,
    paid_private: Decimal | None = None,
    today: date,
    illustrative: bool = False,
    seen: str | None = None,
) -> Saved:
    """Write or rewrite the draft of one lead's report on a project or task for a quarter (``2026Q3``).

    Args:
        percent: how much of the work is done since it began, 0 to 100.
        paid_upper_level, paid_district_budget, paid_private: cumulative payments, 10⁴ CNY; ``None`` where unknown.
        seen: :func:`stamp` of the report the writer was shown, empty where there was none.

    Raises:
        NotPermitted: the organisation is not the actor's.
        ChangedMeanwhile: a colleague has saved the draft since.
        UnableToChange: somebody of the organisation, or another on its behalf, has a draft already; not in force, not a lead, a quarter that has not begun, a submitted report, or unfit numbers.
    """
    owner = one(Organisation.objects.filter(district=district), organisation)
    require(actor, Act.WRITE_PROGRESS, district_id=district.pk, organisation_ids=[owner.pk])
    quarter = _quarter(period, today)
    paid = {"upper_level": paid_upper_level, "district_budget": paid_district_budget, "private": paid_private}
    _check_numbers(percent, paid)
    with transaction.atomic():
        row = item_row(district, item)
        _must_report(row, owner)
        if row.kind == "task" and any(v is not None for v in paid.values()):
            raise UnableToChange(_("任务没有资金，不用填支付数。"), field="paid")
        report = _draft(actor, row, owner, quarter, seen)
        report.percent, report.text = percent, clean(text).strip()
        for source, amount in paid.items():
            setattr(report, f"paid_{source}", amount)
        report.written_by_id = actor.person_id
        report.illustrative = illustrative
        is_new = report.pk is None
        report.save()
        if is_new:
            _carry_evidence(report)
        audit.write(
            actor, "report.save", district=district, about=report,
            detail={"period": quarter.code, "revision": report.revision, "percent": percent, "paid": paid},
        )  # fmt: skip
    return Saved(report, _warnings(report, row))


def submit_report(actor: Actor, district: Feature, report: UUID, *, now: datetime) -> ProgressReport:
    """Hand a draft in. From here on it cannot be changed.

    Raises:
        UnableToChange: it is no draft, or says neither how far the work is nor anything in words.
    """
    row = _writable(actor, district, report_row(district, report))
    with transaction.atomic():
        row = _locked(row, ReportStatus.DRAFT, _("只有草稿可以提交。"))
        if not row.text:
            raise UnableToChange(_("请写明本季度的进展。"), field="text")
        row.status, row.submitted_at = ReportStatus.SUBMITTED, now
        row.written_by_id = row.written_by_id or actor.person_id
        row.save(update_fields=["status", "submitted_at", "written_by"])
        audit.write(actor, "report.submit", district=district, about=row, detail={"revision": row.revision})
    return row


def accept_report(actor: Actor, district: Feature, report: UUID, *, now: datetime, note: str = "") -> ProgressReport:
    """The lead bureau takes the report as it stands.

    Raises:
        UnableToChange: it was not submitted, or the actor wrote it.
    """
    return _decide(actor, district, report, ReportStatus.ACCEPTED, note, now)


def return_report(actor: Actor, district: Feature, report: UUID, *, now: datetime, note: str) -> ProgressReport:
    """The lead bureau gives the report back, saying why; the lead answers with the next revision.

    Raises:
        UnableToChange: it was not submitted, the actor wrote it, or no reason is given.
    """
    if not note.strip():
        require(actor, Act.DECIDE_PROGRESS, district_id=district.pk)
        raise UnableToChange(_("退回要写明理由。"), field="note")
    return _decide(actor, district, report, ReportStatus.RETURNED, note, now)


def attach_evidence(
    actor: Actor, district: Feature, report: UUID, *, name: str, content: bytes, note: str = ""
) -> Evidence:
    """Add a file to a draft.

    Raises:
        UnableToChange: the report is no draft, or the file is empty or too large.
    """
    row = _writable(actor, district, report_row(district, report))
    if not content or len(content) > MAX_EVIDENCE_BYTES:
        raise UnableToChange(_("佐证文件不能为空，也不能超过 30 MB。"), field="evidence")
    with transaction.atomic():
        row = _locked(row, ReportStatus.DRAFT, _("只有草稿可以添加佐证文件。"))
        source = sources.receive(actor, district, name=name, content=content, purpose="evidence")
        evidence = Evidence.objects.create(district=district, report=row, source=source, note=fit(note, 300))
        audit.write(actor, "report.evidence", district=district, about=row, detail={"name": source.name})
    return evidence


def remove_evidence(actor: Actor, district: Feature, evidence: UUID) -> None:
    """Take a file off a draft; the file itself stays in the record's store.

    Raises:
        UnableToChange: the report is no draft.
    """
    row = one(Evidence.objects.select_related("report", "source").filter(district=district), evidence)
    _writable(actor, district, row.report)
    with transaction.atomic():
        report = _locked(row.report, ReportStatus.DRAFT, _("只有草稿可以移除佐证文件。"))
        audit.write(actor, "report.evidence_removed", district=district, about=report, detail={"name": row.source.name})
        row.delete()


def open_evidence(actor: Actor, district: Feature, evidence: UUID) -> tuple[str, BinaryIO]:
    """The name and bytes of a file, for the lead bureau, auditors, and the organisation that gave it; of a draft, for those
    who may read the draft."""
    row = one(Evidence.objects.select_related("report", "source").filter(district=district), evidence)
    own = row.report.organisation_id in actor.organisations(district.pk)
    if row.report.status == ReportStatus.DRAFT and not holds_draft(row.report, actor):
        raise NotPermitted(Act.READ_EVIDENCE, {"department", "town"})
    require(actor, Act.VIEW_OFFICE if own else Act.READ_EVIDENCE, district_id=district.pk)
    return row.source.name, sources.open_source(row.source)


def holds_draft(report: ProgressReport, actor: Actor) -> bool:
    """Whether a draft is the actor's to read and go on with: his organisation's, or written by himself."""
    own = report.organisation_id in actor.organisations(report.district_id)
    return own or actor.is_system or (actor.person_id is not None and report.written_by_id == actor.person_id)


def had_a_hand(report: ProgressReport, actor: Actor) -> bool:
    """Whether the actor wrote in this revision or submitted it: the log knows, whoever saved it last."""
    if report.written_by_id is not None and report.written_by_id == actor.person_id:
        return True
    acts = AuditEvent.objects.filter(about_uid=report.uid, act__in=("report.save", "report.submit"))
    return actor.person_uid is not None and acts.filter(actor_uid=actor.person_uid).exists()


def stamp(report: ProgressReport | ReportView | None) -> str:
    """What a report says, in short: two stamps are the same when nothing was changed in between."""
    if report is None:
        return ""
    said = (
        report.revision, report.status, report.text, report.percent, *(getattr(report, f"paid_{f}") for f in FUNDING)
    )  # fmt: skip
    return hashlib.sha256(repr([str(part) for part in said]).encode()).hexdigest()[:16]


def _writable(actor: Actor, district: Feature, row: ProgressReport) -> ProgressReport:
    require(actor, Act.WRITE_PROGRESS, district_id=district.pk, organisation_ids=[row.organisation_id])
    if row.status == ReportStatus.DRAFT and not holds_draft(row, actor):
        raise NotPermitted(Act.WRITE_PROGRESS, {"department", "town"})
    return row


def _quarter(code: str, today: date) -> Period:
    try:
        quarter = Period.parse(code)
    except UnableToReadPeriod as trouble:
        raise UnableToChange(_("季度请写成 2026Q3 的样子。"), field="period") from trouble
    if quarter.kind != PeriodKind.QUARTER:
        raise UnableToChange(_("进展按季度填报，例如 2026Q3。"), field="period")
    if quarter.start > today:
        raise UnableToChange(_("这个季度还没有开始。"), field="period")
    return quarter


def _check_numbers(percent: Decimal | None, paid: dict[str, Decimal | None]) -> None:
    if percent is not None and not (percent.is_finite() and 0 <= percent <= 100):
        raise UnableToChange(_("进度填 0 到 100 之间的数。"), field="percent")
    for source, amount in paid.items():
        if amount is not None and not (amount.is_finite() and amount >= 0):
            raise UnableToChange(_("支付数不能为负。"), field=f"paid_{source}")


def _must_report(row: Item, owner: Organisation) -> None:
    if row.kind == "indicator":
        raise UnableToChange(_("指标按年填报数值，不填季度进展。"))
    if row.version.status != VersionStatus.ADOPTED:
        raise UnableToChange(_("只能对已采用的版本填报进展。"))
    if not Involvement.objects.filter(item=row, part="lead", organisation=owner).exists():
        raise UnableToChange(_("只有牵头单位填报进展，{name}不是。").format(name=owner.name), field="organisation")


def _draft(actor: Actor, row: Item, owner: Organisation, quarter: Period, seen: str | None) -> ProgressReport:
    """The draft to write into: the standing one, or a new revision after a return, or the first."""
    Thread.objects.select_for_update().get(pk=row.thread_id)  # before its reports, so that two first drafts cannot meet
    last = (
        ProgressReport.objects.select_for_update(of=("self",))
        .filter(thread=row.thread, organisation=owner, period_start=quarter.start)
        .order_by("-revision")
        .first()
    )
    if last is not None and last.status in DECIDED:
        raise UnableToChange(_("这个季度的进展已经提交，不能再改；需要改的请牵头局退回。"))
    if last is not None and last.status == ReportStatus.DRAFT and not holds_draft(last, actor):
        raise UnableToChange(_("{name}已经在写这个季度的进展，不能再代填。").format(name=owner.name))
    if seen is not None and seen != stamp(last):
        raise _changed(last)
    if last is not None and last.status == ReportStatus.DRAFT:
        return last
    return ProgressReport(
        district_id=row.district_id,
        thread=row.thread,
        organisation=owner,
        period_start=quarter.start,
        period_end=quarter.end,
        revision=last.revision + 1 if last else 1,
    )


def _changed(last: ProgressReport | None) -> ChangedMeanwhile:
    if last is None:
        return ChangedMeanwhile(_("您打开本页之后，这份草稿已经不在了。您填写的内容还在；再按一次就会存下。"))
    percent = "" if last.percent is None else format(last.percent, "f") + "%"
    return ChangedMeanwhile(
        _(
            "您打开本页之后，{name}改了这份报告，现在写的是：{percent} {text}。您填写的内容还在；核对之后再按一次，才会覆盖。"
        ).format(name=last.written_by.name if last.written_by else _("别人"), percent=percent, text=last.text[:200]),
        field="text",
    )


def _carry_evidence(report: ProgressReport) -> None:
    """The files of the returned revision come along."""
    former = Evidence.objects.filter(
        report__thread=report.thread,
        report__organisation=report.organisation,
        report__period_start=report.period_start,
        report__revision=report.revision - 1,
    )
    Evidence.objects.bulk_create(
        Evidence(district_id=report.district_id, report=report, source_id=e.source_id, note=e.note) for e in former
    )


def _warnings(report: ProgressReport, row: Item) -> tuple[str, ...]:
    said: list[str] = []
    former = (
        ProgressReport.objects.filter(
            thread=row.thread,
            organisation=report.organisation,
            period_start__lt=report.period_start,
            status__in=DECIDED,
        )
        .order_by("-period_start", "-revision")
        .first()
    )
    if former and former.percent is not None and report.percent is not None and report.percent < former.percent:
        said.append(_("进度比上次填报的 {percent}% 低。").format(percent=former.percent))
    project = Project.objects.filter(item=row).first()
    for source in FUNDING:
        paid = getattr(report, f"paid_{source}")
        if paid is None:
            continue
        planned = getattr(project, source) if project else None
        if planned is not None and paid > planned:
            said.append(
                _("{source}累计支付 {paid} 万元，超过规划的 {planned} 万元。").format(
                    source=SOURCES[source], paid=paid, planned=planned
                )
            )
        before = getattr(former, f"paid_{source}") if former else None
        if before is not None and paid < before:
            said.append(
                _("{source}累计支付比上次填报的 {before} 万元少。").format(source=SOURCES[source], before=before)
            )
    return tuple(said)


def _locked(row: ProgressReport, status: str, refusal: str) -> ProgressReport:
    locked = ProgressReport.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=row.pk)
    if locked.status != status:
        raise UnableToChange(refusal)
    return locked


def _decide(
    actor: Actor, district: Feature, report: UUID, status: ReportStatus, note: str, now: datetime
) -> ProgressReport:
    require(actor, Act.DECIDE_PROGRESS, district_id=district.pk)
    with transaction.atomic():
        row = _locked(report_row(district, report), ReportStatus.SUBMITTED, _("只有已提交的进展可以接收或退回。"))
        if had_a_hand(row, actor):
            raise UnableToChange(_("自己填报的进展要由别人接收。"))
        row.status, row.decision_note = status, clean(note)
        row.decided_by_id, row.decided_at = actor.person_id, now
        row.save(update_fields=["status", "decision_note", "decided_by", "decided_at"])
        audit.write(
            actor, f"report.{'accept' if status == ReportStatus.ACCEPTED else 'return'}", district=district, about=row,
            detail={"revision": row.revision, "note": note},
        )  # fmt: skip
    return row
