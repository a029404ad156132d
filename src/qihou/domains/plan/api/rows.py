"""From the register's rows in the database to the views pages are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from ..methods.progress import spread_evenly
from ..models import Indicator, Involvement, Item, PlanVersion, Project, Task
from .standing import Standing, project_span, task_span
from .views import CellView, IndicatorView, ItemView, Money, Party, ProjectView, SourceView, TaskView, VersionView

FUNDING = ("upper_level", "district_budget", "private")
FIELDS: dict[str, tuple[str, ...]] = {
    "indicator": (
        "no", "category", "name", "unit", "base", "base_year", "target", "target_year", "target_text", "sense",
        "nature", "departments",
    ),
    "project": (
        "no", "category", "name", "content", "start", "end", "investment", *FUNDING, "leads", "supporting",
    ),
    "task": ("no", "chapter", "key_task", "text", "leads", "supporting", "deadline"),
}  # fmt: skip


def version_view(version: PlanVersion) -> VersionView:
    """``version`` must come with its plan and source."""
    source = version.source
    return VersionView(
        id=version.pk,
        uid=version.uid,
        district_id=version.district_id,
        plan_id=version.plan_id,
        plan_code=version.plan.code,
        plan_title=version.plan.title,
        number=version.number,
        label=version.label,
        status=version.status,
        title=version.title,
        first_year=version.first_year,
        last_year=version.last_year,
        line_count=version.line_count,
        reader_version=version.reader_version,
        lacks=tuple(version.statement),
        outline=tuple(version.outline),
        totals=version.totals,
        source=SourceView(
            uid=source.uid,
            name=source.name,
            sha256=source.sha256,
            size=source.size,
            received_at=source.created_at,
            title=source.title,
            publisher=source.publisher,
            published_on=source.published_on,
        ),
        imported_at=version.created_at,
        adopted_at=version.adopted_at,
        status_note=version.status_note,
        illustrative=version.illustrative,
    )


def parties(items: QuerySet[Item]) -> dict[int, list[Party]]:
    """The organisations of each item, in printed order. One query."""
    found: dict[int, list[Party]] = defaultdict(list)
    rows = Involvement.objects.filter(item__in=items.order_by().values("pk")).select_related("organisation")
    for row in rows.order_by("item_id", "part", "order"):
        found[row.item_id].append(party(row))
    return found


def party(row: Involvement) -> Party:
    organisation = row.organisation
    return Party(
        printed=row.printed,
        part=row.part,
        organisation_uid=organisation.uid if organisation else None,
        organisation_id=row.organisation_id,
        code=organisation.code if organisation else "",
        name=organisation.name if organisation else row.printed,
        matched=row.matched,
    )


def indicator_views(items: QuerySet[Item], standing: Standing, known: dict[int, list[Party]]) -> list[IndicatorView]:
    rows = Indicator.objects.filter(item__in=items.filter(kind="indicator").order_by().values("pk"))
    return [_indicator(r, standing, known) for r in rows.select_related("item__thread").order_by("item__order")]


def project_views(items: QuerySet[Item], standing: Standing, known: dict[int, list[Party]]) -> list[ProjectView]:
    rows = Project.objects.filter(item__in=items.filter(kind="project").order_by().values("pk"))
    return [_project(r, standing, known) for r in rows.select_related("item__thread").order_by("item__order")]


def task_views(items: QuerySet[Item], standing: Standing, known: dict[int, list[Party]]) -> list[TaskView]:
    rows = Task.objects.filter(item__in=items.filter(kind="task").order_by().values("pk"))
    return [_task(r, standing, known) for r in rows.select_related("item__thread").order_by("item__order")]


def one_view(item: Item, standing: Standing, known: dict[int, list[Party]]) -> ItemView:
    """The view of an item that came with its kind's own row and its thread."""
    if item.kind == "indicator":
        item.indicator.item = item
        return _indicator(item.indicator, standing, known)
    if item.kind == "project":
        item.project.item = item
        return _project(item.project, standing, known)
    item.task.item = item
    return _task(item.task, standing, known)


def _common(item: Item, values: dict[str, Any], people: list[Party], standing: Standing) -> dict[str, Any]:
    cells = {name: _cell(name, values.get(name), item.cells.get(name, {})) for name in FIELDS[item.kind]}
    return {
        "uid": item.uid,
        "thread_uid": item.thread.uid,
        "kind": item.kind,
        "no": item.no,
        "order": item.order,
        "category": item.category,
        "title": item.title,
        "text": item.text,
        "review": item.review,
        "open_cells": item.open_cells,
        "first_line": item.first_line,
        "last_line": item.last_line,
        "leads": tuple(p for p in people if p.part == "lead"),
        "supporting": tuple(p for p in people if p.part == "supporting"),
        "cells": cells,
        "illustrative": standing.made_up(item.thread_id, item.thread.datastream_id),
    }


def _cell(name: str, value: Any, kept: dict[str, Any]) -> CellView:
    return CellView(
        field=name,
        value=value,
        undetermined=bool(kept.get("undetermined")),
        printed=kept.get("printed", ""),
        lines=tuple(kept.get("lines", ())),
        how="corrected" if kept.get("corrected") else kept.get("how", "absent"),
        confidence=kept.get("confidence", 1.0),
        reason=kept.get("reason", ""),
        params=kept.get("params", {}),
    )


def _names(people: Iterable[Party], part: str) -> str:
    return "、".join(p.printed for p in people if p.part == part)


def year_month(year: int | None, month: int | None) -> str | None:
    if year is None:
        return None
    return f"{year}-{month:02d}" if month else f"{year}"


def _indicator(row: Indicator, standing: Standing, known: dict[int, list[Party]]) -> IndicatorView:
    item = row.item
    people = known.get(item.pk, [])
    state, entry = standing.indicator(row, item.thread.datastream_id, item.thread.uid)
    promise = standing.promises.get(item.thread.uid)
    values = {
        "no": item.no, "category": item.category, "name": item.title, "unit": row.unit, "base": row.base,
        "base_year": row.base_year, "target": row.target, "target_year": row.target_year,
        "target_text": row.target_text, "sense": row.sense, "nature": row.nature,
        "departments": _names(people, "lead"),
    }  # fmt: skip
    return IndicatorView(
        **_common(item, values, people, standing),
        state=state,
        unit=row.unit,
        base_year=row.base_year,
        base=row.base,
        base_cumulative=row.base_cumulative,
        target_year=row.target_year,
        target=row.target,
        target_text=row.target_text,
        target_cumulative=row.target_cumulative,
        assigned_later=row.assigned_later,
        assigned_value=promise.value if promise and row.assigned_later else None,
        sense=row.sense,
        nature=row.nature,
        years={int(y): (Decimal(v) if v is not None else None) for y, v in row.other_years.items()},
        latest=entry.value if entry else None,
        latest_year=entry.period_start.year if entry else None,
        latest_status=entry.status if entry else "",
        datastream_id=item.thread.datastream_id,
    )


def _project(row: Project, standing: Standing, known: dict[int, list[Party]]) -> ProjectView:
    item = row.item
    people = known.get(item.pk, [])
    leads = [p for p in people if p.part == "lead"]
    state, percent = standing.work(item.thread_id, project_span(row), leads)
    paid = standing.paid(item.thread_id)
    by_year: dict[int, Decimal] = {}
    if row.investment is not None and row.start_year and row.end_year and row.start_year <= row.end_year:
        by_year = spread_evenly(row.investment, row.start_year, row.end_year)
    values = {
        "no": item.no, "category": item.category, "name": item.title, "content": item.text,
        "start": year_month(row.start_year, row.start_month), "end": year_month(row.end_year, row.end_month),
        "investment": row.investment, "upper_level": row.upper_level, "district_budget": row.district_budget,
        "private": row.private, "leads": _names(people, "lead"), "supporting": _names(people, "supporting"),
    }  # fmt: skip
    return ProjectView(
        **_common(item, values, people, standing),
        state=state,
        start_year=row.start_year,
        start_month=row.start_month,
        end_year=row.end_year,
        end_month=row.end_month,
        investment=row.investment,
        upper_level=row.upper_level,
        district_budget=row.district_budget,
        private=row.private,
        funding_amounts=tuple(row.funding_amounts),
        supporting_open=row.supporting_open,
        percent=percent,
        paid=sum(paid.values(), Decimal(0)) if paid else None,
        by_year=by_year,
    )


def _task(row: Task, standing: Standing, known: dict[int, list[Party]]) -> TaskView:
    item = row.item
    people = known.get(item.pk, [])
    leads = [p for p in people if p.part == "lead"]
    state, percent = standing.work(item.thread_id, task_span(standing.version, row.deadline), leads)
    values = {
        "no": item.no, "chapter": item.category, "key_task": item.title, "text": item.text,
        "leads": _names(people, "lead"), "supporting": _names(people, "supporting"), "deadline": row.deadline,
    }  # fmt: skip
    return TaskView(
        **_common(item, values, people, standing),
        state=state,
        supporting_open=row.supporting_open,
        leads_open=row.leads_open,
        deadline=row.deadline,
        percent=percent,
    )


def money_of(projects: Iterable[ProjectView]) -> Money:
    """Sums of what the rows carry. Investment that no funding column claims is ``unplaced``, never assumed."""
    total = {f: Decimal(0) for f in ("investment", *FUNDING)}
    unplaced, without = Decimal(0), 0
    for row in projects:
        if row.investment is None:
            without += 1
        placed = Decimal(0)
        for name in FUNDING:
            amount = getattr(row, name) or Decimal(0)
            total[name] += amount
            placed += amount
        total["investment"] += row.investment or Decimal(0)
        if row.investment is not None and placed < row.investment:
            unplaced += row.investment - placed
    return _money(total, unplaced, without)


def money_by_year(projects: Iterable[ProjectView]) -> dict[int, Money]:
    """Every amount of every project spread evenly over the years of its period: computed, not printed."""
    years: dict[int, dict[str, Decimal]] = defaultdict(lambda: {f: Decimal(0) for f in ("investment", *FUNDING)})
    unplaced: dict[int, Decimal] = defaultdict(Decimal)
    for row in projects:
        if not row.by_year:
            continue
        first, last = min(row.by_year), max(row.by_year)
        placed: dict[int, Decimal] = defaultdict(Decimal)
        for name in FUNDING:
            amount = getattr(row, name)
            for year, share in (spread_evenly(amount, first, last) if amount is not None else {}).items():
                years[year][name] += share
                placed[year] += share
        for year, share in row.by_year.items():
            years[year]["investment"] += share
            unplaced[year] += max(share - placed[year], Decimal(0))
    return {y: _money(years[y], unplaced[y]) for y in sorted(years)}


def _money(sums: dict[str, Decimal], unplaced: Decimal, without: int = 0) -> Money:
    return Money(
        investment=sums["investment"],
        upper_level=sums["upper_level"],
        district_budget=sums["district_budget"],
        private=sums["private"],
        unplaced=unplaced,
        rows_without_amount=without,
    )
