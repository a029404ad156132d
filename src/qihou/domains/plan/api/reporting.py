"""What the pages of reporting show: the form of one report, one report with its revisions, how much waits for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from qihou.measure.periods import Period
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..methods.progress import report_due_on
from ..models import Involvement, Item, PlanVersion, ProgressReport, ReportStatus, VersionStatus
from .errors import UnableToFind
from .itempage import item as item_page
from .progress import DECIDED, had_a_hand, holds_draft
from .reports import not_replaced, report_views
from .scope import item_row, report_row
from .standing import rules
from .views import ItemView, ReportView, VersionView


@dataclass(frozen=True)
class Lead:
    """An organisation that must report on a row. ``mine``: the actor may write for it; ``own``: it is the actor's own."""

    uid: UUID
    id: int
    name: str
    mine: bool
    own: bool


@dataclass(frozen=True)
class ReportForm:
    """One lead's report on one row for one quarter, ready to be written.

    ``report`` is the newest revision of the quarter, if any; ``former`` the newest delivered one of an earlier quarter.
    """

    version: VersionView
    row: ItemView
    lead: Lead
    leads: tuple[Lead, ...]
    period: Period
    due_on: date
    report: ReportView | None
    former: ReportView | None
    may_write: bool

    @property
    def is_open(self) -> bool:
        """Whether something can still be written for this quarter."""
        return self.may_write and (self.report is None or self.report.status not in DECIDED)

    @property
    def overdue(self) -> bool:
        return self.report is None or self.report.status not in DECIDED


@dataclass(frozen=True)
class ReportPage:
    """One report with the other revisions of its quarter, newest first, and what its reader may do."""

    report: ReportView
    revisions: tuple[ReportView, ...]
    former: ReportView | None
    row: ItemView | None
    organisation_uid: UUID
    may_write: bool
    may_decide: bool
    may_read_evidence: bool
    is_own: bool


def report_form(
    actor: Actor, district: Feature, item: UUID, period: Period, organisation: UUID | None = None, *, today: date
) -> ReportForm:
    """What stands already for a row, a lead and a quarter; the lead is the actor's own where there is a choice.

    Raises:
        UnableToFind: the row is not of a version in force, is an indicator, or has no such lead.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = item_row(district, item)
    if row.kind == "indicator" or row.version.status != VersionStatus.ADOPTED:
        raise UnableToFind(str(item))
    leads = _leads(actor, district, row)
    lead = next((x for x in leads if x.uid == organisation), None) if organisation else next(iter(leads), None)
    if lead is None:
        raise UnableToFind(str(organisation))
    if _taken(actor, row, lead, period):
        lead = replace(lead, mine=False)  # somebody else is writing it; what it says is not shown
    page = item_page(actor, district, item, today=today)
    of_lead = [r for r in page.reports if r.organisation_id == lead.id]
    return ReportForm(
        version=page.version,
        row=page.row,
        lead=lead,
        leads=leads,
        period=period,
        due_on=report_due_on(period, rules()),
        report=next((r for r in of_lead if r.period == period.code), None),
        former=_former(of_lead, period),
        may_write=lead.mine,
    )


def report_page(actor: Actor, district: Feature, report: UUID, *, today: date) -> ReportPage:
    """A report and its revisions. A draft is seen by its own organisation, and by who wrote it on its behalf.

    Raises:
        UnableToFind: no such report here, or a draft of another organisation.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = report_row(district, report)
    own = row.organisation_id in actor.organisations(district.pk) or actor.is_system
    if row.status == ReportStatus.DRAFT and not holds_draft(row, actor):
        raise UnableToFind(str(report))
    every = ProgressReport.objects.filter(thread=row.thread, organisation=row.organisation)
    hidden = [r.pk for r in every.filter(status=ReportStatus.DRAFT) if not holds_draft(r, actor)]
    of_lead = report_views(every.exclude(pk__in=hidden))
    this = next(r for r in of_lead if r.uid == row.uid)
    newest = Item.objects.filter(thread=row.thread).order_by("-version__number")
    held = newest.filter(version__status=VersionStatus.ADOPTED).first() or newest.first()
    revisions = tuple(r for r in of_lead if r.period == this.period)
    return ReportPage(
        report=this,
        revisions=revisions,
        former=_former(of_lead, Period.parse(this.period)),
        row=item_page(actor, district, held.uid, today=today).row if held else None,
        organisation_uid=row.organisation.uid,
        may_write=revisions[0].uid == this.uid
        and row.status in (ReportStatus.DRAFT, ReportStatus.RETURNED)
        and actor.may(Act.WRITE_PROGRESS, district_id=district.pk, organisation_ids=[row.organisation_id]),
        may_decide=row.status == ReportStatus.SUBMITTED
        and actor.may(Act.DECIDE_PROGRESS, district_id=district.pk)
        and not had_a_hand(row, actor),
        is_own=row.organisation_id in actor.organisations(district.pk),
        may_read_evidence=own or actor.may(Act.READ_EVIDENCE, district_id=district.pk),
    )


def reports_waiting(actor: Actor, district_id: int) -> int:
    """What waits for this actor: reports to decide, and own reports that came back. At most two queries."""
    waiting = 0
    if actor.may(Act.DECIDE_PROGRESS, district_id=district_id):
        waiting += ProgressReport.objects.filter(district_id=district_id, status=ReportStatus.SUBMITTED).count()
    if own := actor.organisations(district_id):
        returned = ProgressReport.objects.filter(
            district_id=district_id, organisation__in=own, status=ReportStatus.RETURNED
        )
        waiting += not_replaced(returned, by_drafts=False).count()
    return waiting


def versions_waiting(actor: Actor, district_id: int) -> int:
    """Draft versions that wait for this actor's review. One query."""
    if not actor.may(Act.REVIEW_PLAN, district_id=district_id):
        return 0
    return PlanVersion.objects.filter(district_id=district_id, status=VersionStatus.REVIEW).count()


def paid_in_all(report: ReportView) -> Decimal | None:
    """The sum of the payments reported; None when none is."""
    paid = [p for p in (report.paid_upper_level, report.paid_district_budget, report.paid_private) if p is not None]
    return sum(paid, Decimal(0)) if paid else None


def _leads(actor: Actor, district: Feature, row: Item) -> tuple[Lead, ...]:
    found = Involvement.objects.filter(item=row, part="lead", organisation__isnull=False).select_related("organisation")
    own = actor.organisations(district.pk)
    leads = [
        Lead(
            uid=p.organisation.uid,
            id=p.organisation.pk,
            name=p.organisation.name,
            mine=actor.may(Act.WRITE_PROGRESS, district_id=district.pk, organisation_ids=[p.organisation.pk]),
            own=p.organisation.pk in own,
        )
        for p in found.order_by("order")
        if p.organisation
    ]
    return tuple(sorted(leads, key=lambda x: (not x.own, not x.mine)))


def _taken(actor: Actor, row: Item, lead: Lead, period: Period) -> bool:
    """Whether the quarter's draft is somebody else's."""
    drafts = ProgressReport.objects.filter(
        thread_id=row.thread_id, organisation_id=lead.id, period_start=period.start, status=ReportStatus.DRAFT
    )
    return any(not holds_draft(draft, actor) for draft in drafts)


def _former(reports: list[ReportView] | tuple[ReportView, ...], period: Period) -> ReportView | None:
    earlier = [r for r in reports if Period.parse(r.period).start < period.start and r.status in DECIDED]
    return max(earlier, key=lambda r: (Period.parse(r.period).start, r.revision), default=None)
