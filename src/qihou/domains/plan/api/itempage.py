"""One row with everything that hangs on it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Entry, Feature, Finding

from ..models import Correction, Item, ProgressReport
from .reading import finding_views, line_views
from .reports import readable, report_views
from .rows import parties, version_view, views_of
from .scope import item_row
from .standing import OFFICE_ENTRIES, Standing
from .views import CorrectionView, EntryView, ItemPage, PastRow


def item(actor: Actor, district: Feature, uid: UUID, *, today: date, language: str = "") -> ItemPage:
    """A row of one version: its other versions, corrections, reports, values, findings and the lines it came from."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = item_row(district, uid)
    standing = Standing.of(row.version, today=today, only=row.thread)
    this = Item.objects.filter(pk=row.pk)
    view = views_of(row.kind, this, standing, parties(this))[0]
    lines = {n for cell in row.cells.values() for n in cell.get("lines", ())}
    every = Finding.objects.filter(about_kind="plan.version", about_uid=row.version.uid)
    near = [pk for pk, numbers in every.values_list("pk", "lines") if lines & set(numbers)]
    about = every.filter(pk__in=near).select_related("state_by")
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
