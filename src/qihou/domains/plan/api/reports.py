"""Reports as plain values, whole or one page at a time.

Read as tuples of columns: an instance of each of five models per report would cost a list several times as much.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from qihou.measure.periods import Period
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..methods.progress import Rules, report_due_on
from ..models import Evidence, Item, ProgressReport, ReportStatus
from .standing import rules
from .views import EvidenceView, ReportView, called

_COLUMNS = (
    "pk", "uid", "thread_id", "thread__uid", "thread__kind", "thread__title", "organisation__name", "organisation_id",
    "period_start", "revision", "status", "percent", "text", "paid_upper_level", "paid_district_budget", "paid_private",
    "written_by__name", "submitted_at", "decided_by__name", "decided_at", "decision_note", "illustrative",
)  # fmt: skip
NEWEST_FIRST = ("-period_start", "organisation__code", "-revision", "-pk")
SORTS = {
    "period": "period_start",
    "organisation": "organisation__name",
    "percent": "percent",
    "status": "status",
    "submitted": "submitted_at",
}


@dataclass(frozen=True)
class ReportsPage:
    """Some of the reports asked for, and how many there are in all."""

    rows: tuple[ReportView, ...]
    total: int


def report_views(rows: QuerySet[ProgressReport], rules_: Rules | None = None) -> tuple[ReportView, ...]:
    """Reports, newest quarter first, with evidence and the title their row has in its newest version. Three queries."""
    return _views(rows.order_by(*NEWEST_FIRST), rules_ or rules())


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


def not_replaced(reports: QuerySet[ProgressReport], *, by_drafts: bool = True) -> QuerySet[ProgressReport]:
    """Reports without a later revision; with ``by_drafts`` off, a draft is no such revision."""
    later = ProgressReport.objects.filter(
        thread=OuterRef("thread"),
        organisation=OuterRef("organisation"),
        period_start=OuterRef("period_start"),
        revision__gt=OuterRef("revision"),
    )
    return reports.exclude(Exists(later if by_drafts else later.exclude(status=ReportStatus.DRAFT)))


def submitted_reports(actor: Actor, district: Feature) -> tuple[ReportView, ...]:
    """Every report that waits for the lead bureau, in the order they came."""
    require(actor, Act.DECIDE_PROGRESS, district_id=district.pk)
    rows = report_views(ProgressReport.objects.filter(district=district, status=ReportStatus.SUBMITTED))
    return tuple(sorted(rows, key=lambda r: (r.submitted_at is None, r.submitted_at)))


def returned_reports(actor: Actor, district: Feature) -> tuple[ReportView, ...]:
    """Reports of the actor's own organisations that came back and were not written anew, newest quarter first."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    own = ProgressReport.objects.filter(district=district, organisation__in=actor.organisations(district.pk))
    return report_views(not_replaced(own.filter(status=ReportStatus.RETURNED)))


def own_reports(
    actor: Actor, district: Feature, *, sort: str = "period", descending: bool = True, offset: int = 0, limit: int = 25
) -> ReportsPage:
    """One page of the reports of the actor's own organisations, cut and sorted by the database.

    Args:
        sort: one of ``SORTS``; reports without the value stand last in either direction.
        offset: where the page begins; past the end, the last page of ``limit`` reports is given.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    own = ProgressReport.objects.filter(district=district, organisation__in=actor.organisations(district.pk))
    rows = readable(actor, district, own)
    # Exact decimals are text on SQLite, where 9 would stand after 10.
    key: Any = Cast(F("percent"), FloatField()) if sort == "percent" else F(SORTS[sort])
    order = key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)
    total = rows.count()
    start = min(offset, max(total - 1, 0) // limit * limit)
    return ReportsPage(_views(rows.order_by(order, *NEWEST_FIRST)[start : start + limit], rules()), total)


def _views(ordered: QuerySet[ProgressReport], rules_: Rules) -> tuple[ReportView, ...]:
    rows: list[Any] = list(ordered.values_list(*_COLUMNS, named=True))
    if not rows:
        return ()
    words = _words({r.thread_id for r in rows})
    evidence = _evidence(r.pk for r in rows)
    due = {start: report_due_on(Period.quarter_of(start), rules_) for start in {r.period_start for r in rows}}
    return tuple(_view(r, words, evidence, due) for r in rows)


def _words(threads: Iterable[int]) -> dict[int, tuple[str, str]]:
    """What the row of each thread is called in its newest version, and its number."""
    rows = Item.objects.filter(thread__in=threads).order_by("version__number")
    return {
        thread: (called(kind, title, text), no)
        for thread, kind, title, text, no in rows.values_list("thread_id", "kind", "title", "text", "no")
    }


def _evidence(reports: Iterable[int]) -> dict[int, list[EvidenceView]]:
    found: dict[int, list[EvidenceView]] = defaultdict(list)
    columns = ("report_id", "uid", "source__uid", "source__name", "source__size", "note")
    for report, *values in Evidence.objects.filter(report__in=list(reports)).order_by("pk").values_list(*columns):
        found[report].append(EvidenceView(*values))
    return found


def _view(
    r: Any, words: dict[int, tuple[str, str]], evidence: dict[int, list[EvidenceView]], due: dict[date, date]
) -> ReportView:
    quarter = Period.quarter_of(r.period_start)
    title, no = words.get(r.thread_id, (r.thread__title, ""))
    uid: UUID = r.uid
    return ReportView(
        uid=uid,
        thread_uid=r.thread__uid,
        kind=r.thread__kind,
        title=title,
        no=no,
        organisation=r.organisation__name,
        organisation_id=r.organisation_id,
        period=quarter.code,
        period_label=quarter.label_zh,
        due_on=due[r.period_start],
        revision=r.revision,
        status=r.status,
        percent=r.percent,
        text=r.text,
        paid_upper_level=r.paid_upper_level,
        paid_district_budget=r.paid_district_budget,
        paid_private=r.paid_private,
        written_by=r.written_by__name or "",
        submitted_at=r.submitted_at,
        decided_by=r.decided_by__name or "",
        decided_at=r.decided_at,
        decision_note=r.decision_note,
        evidence=tuple(evidence.get(r.pk, ())),
        illustrative=r.illustrative,
    )
