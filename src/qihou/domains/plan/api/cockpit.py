"""One district on a wall, and what the public may see of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from qihou.measure.periods import Period
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Finding

from ..models import PlanVersion, VersionStatus
from .choosing import current_row
from .errors import UnableToFind
from .filters import tally
from .held import register_of
from .organisations import due_of
from .rows import version_view
from .sums import money_by_year, money_of, paid_of
from .views import (
    CockpitData,
    IndicatorView,
    ItemView,
    ProjectView,
    PublicRow,
    PublicView,
    TaskView,
)


def cockpit(actor: Actor, district: Feature, *, today: date, plan_code: str | None = None) -> CockpitData:
    """Indicators' states, projects' money and progress, findings, and who owes reports, of the version in force."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    try:
        row = current_row(district, plan_code)
    except UnableToFind:
        return CockpitData(district.code, district.name, None)
    held = register_of(row, today=today)
    indicators, projects, tasks = held.indicators, held.projects, held.tasks
    late = Counter(d.organisation for d in due_of(row, held.standing, held.rows) if d.overdue)
    found = Finding.objects.filter(about_kind="plan.version", about_uid=row.uid).values_list("severity", "state")
    paid, paid_from = paid_of(projects)
    return CockpitData(
        district_code=district.code,
        district_name=district.name,
        version=version_view(row),
        indicators=indicators,
        states=_states(indicators, projects, tasks),
        money=money_of(projects),
        paid=paid,
        paid_from=paid_from,
        by_year=money_by_year(projects),
        projects=projects,
        tasks=tasks,
        findings=tally(found),
        overdue=tuple(late.most_common()),
        period_label=Period.quarter_of(today).label_zh,
        illustrative=row.illustrative or any(r.illustrative for r in held.rows),
    )


def public_progress(district: Feature, *, today: date, plan_code: str | None = None) -> PublicView:
    """What everybody may see: the adopted version, accepted reports, published values. No names of persons.

    A report or value that was handed in and is not decided yet is *awaiting*; only what was not handed in is not delivered.
    """
    rows = PlanVersion.objects.filter(district=district, status=VersionStatus.ADOPTED)
    rows = rows.select_related("plan", "source", "district")
    rows = rows.filter(plan__code=plan_code) if plan_code else rows
    row = rows.order_by("-adopted_at").first()
    if row is None:
        return PublicView(district.name, None, (), (), (), {}, today)
    held = register_of(row, today=today, public=True)
    indicators, projects, tasks = held.indicators, held.projects, held.tasks
    return PublicView(
        district_name=district.name,
        version=version_view(row),
        indicators=tuple(_public(r) for r in indicators),
        projects=tuple(_public(r) for r in projects),
        tasks=tuple(_public(r) for r in tasks),
        states=_states(indicators, projects, tasks),
        as_of=today,
    )


def _states(
    indicators: Sequence[ItemView], projects: Sequence[ItemView], tasks: Sequence[ItemView]
) -> dict[str, dict[str, int]]:
    groups = {"indicator": indicators, "project": projects, "task": tasks}
    return {kind: dict(Counter(r.state.code for r in rows)) for kind, rows in groups.items()}


def _public(row: ItemView) -> PublicRow:
    indicator = row if isinstance(row, IndicatorView) else None
    percent = row.percent if isinstance(row, ProjectView | TaskView) else None
    params = row.state.params
    period = params.get("period")
    return PublicRow(
        kind=row.kind,
        no=row.no,
        category=row.category,
        title=row.text or row.title if row.kind == "task" else row.title,
        leads=tuple(p.name for p in row.leads),
        state=row.state,
        percent=percent,
        unit=indicator.unit if indicator else "",
        base=indicator.base if indicator else None,
        target=(indicator.target if indicator.target is not None else indicator.assigned_value) if indicator else None,
        target_text=indicator.target_text if indicator else "",
        latest=indicator.latest if indicator else None,
        latest_year=indicator.latest_year if indicator else None,
        period_label=Period.parse(period).label_zh if period else "",
        illustrative=row.illustrative,
        assigned_later=bool(indicator and indicator.assigned_later),
    )
