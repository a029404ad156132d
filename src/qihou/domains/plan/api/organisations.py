"""What each organisation leads, supports and owes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q

from qihou.measure.periods import Period
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Alias, Feature, Organisation

from ..methods import progress as rules_of
from ..methods.progress import State
from ..models import PlanVersion, ProgressReport, ReportStatus
from .held import Held, register_of
from .reports import not_replaced, readable, report_views
from .rows import version_view
from .scope import one, version_row
from .standing import Standing
from .sums import money_of
from .views import (
    Due,
    IndicatorView,
    ItemView,
    MineView,
    OrganisationPage,
    OrganisationRow,
    OrganisationView,
    Owed,
    Party,
    ReportView,
    called,
)


def organisation(actor: Actor, district: Feature, version: UUID, uid: UUID, *, today: date) -> OrganisationPage:
    """Everything one organisation leads or supports in a version, what it owes and what it reported."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    found = one(Organisation.objects.filter(district=district), uid)
    held = register_of(row, today=today)
    recent = Period.quarter_of(today).previous().previous().previous()
    reports = ProgressReport.objects.filter(
        organisation=found, thread__plan_id=row.plan_id, period_start__gte=recent.start
    )
    return OrganisationPage(
        organisation=_view(row, found, held),
        reports=report_views(readable(actor, district, reports), held.standing.rules),
    )


def owed(actor: Actor, district: Feature, version: UUID, *, today: date) -> tuple[Owed, ...]:
    """What each of the actor's own organisations has to report, the earliest deadline first."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    own = actor.organisations(district.pk)
    held = register_of(row, today=today)
    due = due_of(row, held.standing, held.rows, own)
    leads = Counter(o for view in held.rows for o in {p.organisation_id for p in view.leads})
    return tuple(
        Owed(o.uid, o.name, leads[o.pk], tuple(d for d in due if d.organisation_id == o.pk))
        for o in Organisation.objects.filter(district=district, pk__in=own).order_by("code")
    )


def mine(actor: Actor, district: Feature, version: UUID, *, today: date) -> MineView:
    """The actor's own organisations, and what waits for the actor: returned reports, or reports to decide."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    own = actor.organisations(district.pk)
    held = register_of(row, today=today)
    rows = Organisation.objects.filter(district=district, pk__in=own).order_by("code")
    period = Period.quarter_of(today)
    return MineView(
        organisations=tuple(_view(row, o, held) for o in rows),
        waiting=_waiting(actor, district, row, own),
        period=period.code,
        period_label=period.label_zh,
    )


def organisations(actor: Actor, district: Feature, version: UUID, *, today: date) -> tuple[OrganisationRow, ...]:
    """All organisations with how much they lead and support and how many reports are overdue."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    held = register_of(row, today=today)
    parts: dict[tuple[int | None, str], Counter[str]] = defaultdict(Counter)
    for view in held.rows:
        for party in (*view.leads, *view.supporting):
            parts[party.organisation_id, party.part][view.kind] += 1
    late = Counter(d.organisation_id for d in due_of(row, held.standing, held.rows) if d.overdue)
    return tuple(
        OrganisationRow(
            id=o.pk,
            uid=o.uid,
            code=o.code,
            name=o.name,
            kind=o.kind,
            leads=dict(parts[o.pk, "lead"]),
            supports=dict(parts[o.pk, "supporting"]),
            overdue=late[o.pk],
        )
        for o in Organisation.objects.filter(district=district).order_by("kind", "code")
    )


def due_of(
    version: PlanVersion, standing: Standing, rows: Iterable[ItemView], of: Collection[int] | None = None
) -> list[Due]:
    """Reports and values owed on ``rows``, the earliest deadline first: last quarter's report, else the running one's.

    ``of`` are the organisations asked about, by id; without it, all of them.

    Work not begun owes nothing, nor does a lead whose accepted report says its work is complete. An indicator's value is
    owed by the organisation that may give it. One query, for what was already written.
    """
    if standing.reporting_from is None:
        return []
    current = Period.quarter_of(standing.today)
    before = current.previous()
    told = _newest_status(version, before.start, of)
    owed: list[Due] = []
    for row in rows:
        idle = row.state.code == State.ACHIEVED or row.state.reason == "not_begun"
        for lead in row.leads:
            if lead.organisation_id is None or (of is not None and lead.organisation_id not in of):
                continue
            if isinstance(row, IndicatorView):
                owed += _value_due(row, lead, standing)
            elif not idle and (row.thread_uid, lead.organisation_id) not in standing.finished:
                quarters = [before, current] if before.end > standing.reporting_from else [current]
                status = {q: told.get((row.thread_uid, lead.organisation_id, q.start), "none") for q in quarters}
                waiting = [q for q in quarters if status[q] not in _DELIVERED]
                owed += [_report_due(row, lead, q, status[q], standing) for q in waiting[:1]]
    return sorted(owed, key=lambda d: (d.due_on, d.item_kind))  # rows of a kind stay in the plan's order


_DELIVERED = {ReportStatus.SUBMITTED, ReportStatus.ACCEPTED}


def _newest_status(version: PlanVersion, since: date, of: Collection[int] | None) -> dict[tuple[UUID, int, date], str]:
    """The status of the newest revision of every report since a day."""
    reports = ProgressReport.objects.filter(thread__plan_id=version.plan_id, period_start__gte=since)
    if of is not None:
        reports = reports.filter(organisation__in=of)
    newest = reports.order_by("revision").values_list("thread__uid", "organisation_id", "period_start", "status")
    return {(thread, organisation_, start): status for thread, organisation_, start, status in newest}


def _report_due(row: ItemView, lead: Party, quarter: Period, status: str, standing: Standing) -> Due:
    due_on = rules_of.report_due_on(quarter, standing.rules)
    return _due("report", row, lead, quarter.code, quarter.label_zh, due_on, status, standing)


def _value_due(row: IndicatorView, lead: Party, standing: Standing) -> list[Due]:
    year = standing.today.year - 1
    if row.owner_id != lead.organisation_id or standing.reporting_from is None or year < standing.reporting_from.year:
        return []
    if row.latest_year is not None and row.latest_year >= year:
        return []
    period, due_on = Period.year(year), rules_of.value_due_on(year, standing.rules)
    return [_due("value", row, lead, period.code, period.label_zh, due_on, "none", standing)]


def _due(
    kind: str, row: ItemView, lead: Party, period: str, label: str, due_on: date, status: str, standing: Standing
) -> Due:
    return Due(
        kind=kind,
        item_kind=row.kind,
        item_uid=row.uid,
        thread_uid=row.thread_uid,
        no=row.no,
        title=called(row.kind, row.title, row.text),
        period=period,
        period_label=label,
        due_on=due_on,
        overdue=due_on < standing.today,
        status=status,
        organisation_id=lead.organisation_id or 0,
        organisation=lead.name,
    )


def _view(version: PlanVersion, row: Organisation, held: Held) -> OrganisationView:
    indicators = [r for r in held.indicators if _takes_part(r, row)]
    projects = [r for r in held.projects if _takes_part(r, row)]
    tasks = [r for r in held.tasks if _takes_part(r, row)]
    every: list[ItemView] = [*indicators, *projects, *tasks]
    return OrganisationView(
        version=version_view(version),
        id=row.pk,
        uid=row.uid,
        code=row.code,
        name=row.name,
        full_name=row.full_name,
        aliases=tuple(Alias.objects.filter(organisation=row).order_by("name").values_list("name", flat=True)),
        indicators=tuple(indicators),
        projects=tuple(projects),
        tasks=tuple(tasks),
        money=money_of(p for p in projects if any(lead.organisation_id == row.pk for lead in p.leads)),
        due=tuple(due_of(version, held.standing, every, [row.pk])),
    )


def _takes_part(row: ItemView, organisation: Organisation) -> bool:
    return any(p.organisation_id == organisation.pk for p in (*row.leads, *row.supporting))


def _waiting(actor: Actor, district: Feature, version: PlanVersion, own: set[int]) -> tuple[ReportView, ...]:
    reports = ProgressReport.objects.filter(thread__plan_id=version.plan_id)
    waiting = Q(organisation__in=own, status=ReportStatus.RETURNED)
    if actor.may(Act.DECIDE_PROGRESS, district_id=district.pk):
        waiting |= Q(status=ReportStatus.SUBMITTED)
    return report_views(not_replaced(reports.filter(waiting)))
