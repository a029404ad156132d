"""One row with everything that hangs on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from qihou.measure.periods import Period
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Entry, Feature, Finding

from ..methods.progress import Rules, report_due_on
from ..models import Correction, Evidence, Item, ProgressReport, ReportStatus
from .reading import finding_views, line_views
from .rows import parties, version_view, views_of
from .scope import item_row
from .standing import OFFICE_ENTRIES, Standing, rules
from .views import CorrectionView, EntryView, EvidenceView, ItemPage, PastRow, ReportView, called


def item(actor: Actor, district: Feature, uid: UUID, *, today: date, language: str = "") -> ItemPage:
    """A row of one version: its other versions, corrections, reports, values, findings and the lines it came from."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = item_row(district, uid)
    standing = Standing.of(row.version, today=today, only=row.thread)
    this = Item.objects.filter(pk=row.pk)
    view = views_of(row.kind, this, standing, parties(this))[0]
    lines = {n for cell in row.cells.values() for n in cell.get("lines", ())}
    every = Finding.objects.filter(about_kind="plan.version", about_uid=row.version.uid).select_related("state_by")
    about = [f for f in every if lines & set(f.lines)]
    leads = [p.organisation_id for p in view.leads if p.organisation_id]
    in_review = row.version.status == "review"
    return ItemPage(
        version=version_view(row.version),
        row=view,
        history=_history(row),
        corrections=tuple(
            CorrectionView(c.field, c.before, c.after, c.reason, c.by.name if c.by else "", c.created_at)
            for c in Correction.objects.filter(item=row).select_related("by").order_by("created_at", "pk")
        ),
        reports=report_views(
            readable(actor, district, ProgressReport.objects.filter(thread=row.thread)), standing.rules
        ),
        entries=_entries(actor, district, row),
        findings=finding_views(row.version, about, language),
        lines=tuple(v for v in line_views(row.version, min(lines), max(lines)) if v.number in lines) if lines else (),
        may_correct=in_review and actor.may(Act.REVIEW_PLAN, district_id=district.pk),
        may_report=row.version.status == "adopted"
        and row.kind != "indicator"
        and actor.may(Act.WRITE_PROGRESS, district_id=district.pk, organisation_ids=leads),
        may_decide=actor.may(Act.DECIDE_PROGRESS, district_id=district.pk),
    )


def readable(actor: Actor, district: Feature, reports: QuerySet[ProgressReport]) -> QuerySet[ProgressReport]:
    """Reports the actor may read: a draft is seen only by its organisation and by who wrote it on its behalf."""
    if actor.is_system:
        return reports
    own = actor.organisations(district.pk)
    theirs = [pk for pk in own if actor.may(Act.WRITE_PROGRESS, district_id=district.pk, organisation_ids=[pk])]
    mine = Q(organisation__in=theirs)
    if actor.person_id is not None:
        mine |= Q(written_by_id=actor.person_id)
    return reports.filter(~Q(status=ReportStatus.DRAFT) | mine)


def report_views(rows: QuerySet[ProgressReport], rules_: Rules | None = None) -> tuple[ReportView, ...]:
    """Reports, newest quarter first, with evidence and the title their row has in its newest version. Three queries."""
    rules_ = rules_ or rules()
    newest = Item.objects.only("thread_id", "kind", "title", "text", "no").order_by("version__number")
    found = (
        rows.select_related("thread", "organisation", "written_by", "decided_by")
        .prefetch_related(
            Prefetch("evidence", Evidence.objects.select_related("source")), Prefetch("thread__items", newest)
        )
        .order_by("-period_start", "organisation__code", "-revision")
    )
    return tuple(_report(r, rules_) for r in found)


def _report(r: ProgressReport, rules_: Rules) -> ReportView:
    quarter = Period.quarter_of(r.period_start)
    rows = list(r.thread.items.all())
    return ReportView(
        uid=r.uid,
        thread_uid=r.thread.uid,
        kind=r.thread.kind,
        title=called(r.thread.kind, rows[-1].title, rows[-1].text) if rows else r.thread.title,
        no=rows[-1].no if rows else "",
        organisation=r.organisation.name,
        organisation_id=r.organisation_id,
        period=quarter.code,
        period_label=quarter.label_zh,
        due_on=report_due_on(quarter, rules_),
        revision=r.revision,
        status=r.status,
        percent=r.percent,
        text=r.text,
        paid_upper_level=r.paid_upper_level,
        paid_district_budget=r.paid_district_budget,
        paid_private=r.paid_private,
        written_by=r.written_by.name if r.written_by else "",
        submitted_at=r.submitted_at,
        decided_by=r.decided_by.name if r.decided_by else "",
        decided_at=r.decided_at,
        decision_note=r.decision_note,
        evidence=tuple(
            EvidenceView(e.uid, e.source.uid, e.source.name, e.source.size, e.note) for e in r.evidence.all()
        ),
        illustrative=r.illustrative,
    )


def _history(row: Item) -> tuple[PastRow, ...]:
    """The same thread in the plan's other versions, newest first. Four queries."""
    items = Item.objects.filter(thread=row.thread).exclude(pk=row.pk)
    others = {i.uid: i.version for i in items.select_related("version__plan", "version__source")}
    if not others:
        return ()
    views = views_of(row.kind, items, Standing.unknown(row.version), parties(items))
    past = [PastRow(version_view(others[v.uid]), v) for v in views]
    return tuple(sorted(past, key=lambda p: -p.version.number))


def _entries(actor: Actor, district: Feature, row: Item) -> tuple[EntryView, ...]:
    """An indicator's values; a draft and what came back are seen only by those who may write them."""
    stream = row.thread.datastream
    if stream is None:
        return ()
    entries = Entry.objects.filter(datastream=stream, period_kind="year")
    if not actor.may(Act.WRITE_ENTRY, district_id=district.pk, organisation_ids=[stream.organisation_id or 0]):
        entries = entries.filter(status__in=OFFICE_ENTRIES)
    return tuple(
        EntryView(
            uid=e.uid,
            year=e.period_start.year,
            value=e.value,
            unit=e.unit,
            notation=e.notation,
            reason=e.reason,
            status=e.status,
            revision=e.revision,
            entered_by=e.entered_by.name if e.entered_by else "",
            decision_note=e.decision_note,
            illustrative=e.illustrative,
        )
        for e in entries.select_related("entered_by").order_by("-period_start", "-revision")
    )
