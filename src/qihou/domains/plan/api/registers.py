"""The register of one version: overview, indicators, projects, tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Finding

from ..models import Involvement, PlanVersion
from .filters import chosen, claimed, grouped, involved, tally
from .held import register_of
from .rows import version_view
from .scope import version_row
from .sums import money_by_year, money_of
from .views import (
    IndicatorsView,
    ItemView,
    Overview,
    ProjectsView,
    TasksView,
)


def overview(actor: Actor, district: Feature, version: UUID, *, today: date) -> Overview:
    """Counts, states, money, findings and open questions of one version."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    held = register_of(row, today=today)
    groups: dict[str, Sequence[ItemView]] = {
        "indicator": held.indicators,
        "project": held.projects,
        "task": held.tasks,
    }
    unmatched = Involvement.objects.filter(item__version=row, organisation=None)
    found = Finding.objects.filter(about_kind="plan.version", about_uid=row.uid).values_list("severity", "state")
    siblings = PlanVersion.objects.filter(plan_id=row.plan_id).select_related("plan", "source").order_by("number")
    return Overview(
        version=version_view(row),
        versions=tuple(version_view(v) for v in siblings),
        counts={k: len(rows) for k, rows in groups.items()},
        open_cells={k: sum(r.open_cells for r in rows) for k, rows in groups.items()},
        reviewed={k: sum(r.review != "unreviewed" for r in rows) for k, rows in groups.items()},
        findings=tally(found),
        states={k: dict(Counter(r.state.code for r in rows)) for k, rows in groups.items()},
        money=money_of(held.projects),
        claimed=claimed(row),
        unmatched=tuple(unmatched.order_by("printed").values_list("printed", flat=True).distinct()),
        may_review=row.status == "review" and actor.may(Act.REVIEW_PLAN, district_id=district.pk),
        may_adopt=row.status == "review" and actor.may(Act.ADOPT_PLAN, district_id=district.pk),
    )


def indicators(actor: Actor, district: Feature, version: UUID, *, today: date) -> IndicatorsView:
    """The indicator table with each indicator's newest value and state."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    return IndicatorsView(version_view(row), register_of(row, today=today).indicators)


def projects(
    actor: Actor,
    district: Feature,
    version: UUID,
    *,
    today: date,
    category: str = "",
    organisation: UUID | str = "",
    state: str = "",
    text: str = "",
) -> ProjectsView:
    """Projects that pass the filters, with their money by source and year.

    Spreading rule: a project's investment is divided evenly over the calendar years of its period (both ends included),
    to two decimals, the last year taking the remainder. It is computed, the plan prints no yearly amounts.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    every = register_of(row, today=today).projects
    rows = chosen(every, category=category, organisation=organisation, state=state, text=text)
    categories = tuple(dict.fromkeys(r.category for r in every if r.category))
    return ProjectsView(
        version=version_view(row),
        rows=tuple(rows),
        total=money_of(rows),
        claimed=claimed(row),
        by_year=money_by_year(rows),
        by_category={c: money_of(r for r in rows if r.category == c) for c in categories},
        categories=categories,
        organisations=involved(every),
    )


def tasks(
    actor: Actor,
    district: Feature,
    version: UUID,
    *,
    today: date,
    chapter: str = "",
    organisation: UUID | str = "",
    part: str = "",
    state: str = "",
    text: str = "",
) -> TasksView:
    """Tasks that pass the filters, flat and as chapter → key task → tasks in the document's order."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    every = register_of(row, today=today).tasks
    rows = chosen(every, category=chapter, organisation=organisation, part=part, state=state, text=text)
    return TasksView(
        version=version_view(row),
        rows=tuple(rows),
        groups=grouped(rows),
        chapters=tuple(dict.fromkeys(r.chapter for r in every if r.chapter)),
        organisations=involved(every),
    )
