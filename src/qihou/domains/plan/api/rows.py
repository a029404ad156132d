"""From the register's rows in the database to the views pages are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from qihou.record.models import Organisation

from ..methods.progress import spread_evenly, work_span
from ..models import Indicator, Involvement, Item, PlanVersion, Project, Task
from .standing import Standing, task_span
from .views import FUNDING, CellView, IndicatorView, ItemView, Party, ProjectView, SourceView, TaskView, VersionView

_NOT_READ = {"id", "uid", "created_at", "district_id", "item_id"}
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
    """The organisations of each item, in printed order. Two queries; rows that say the same share one value."""
    rows = list(
        Involvement.objects.filter(item__in=items.order_by().values("pk"))
        .order_by("item_id", "part", "order")
        .values_list("item_id", "printed", "part", "organisation_id", "matched")
    )
    known = {o.pk: o for o in Organisation.objects.filter(pk__in={row[3] for row in rows} - {None})}
    shared: dict[tuple[str, str, int | None, str], Party] = {}
    found: dict[int, list[Party]] = defaultdict(list)
    for item_id, printed, part, organisation_id, matched in rows:
        key = (printed, part, organisation_id, matched)
        if key not in shared:
            organisation = known[organisation_id] if organisation_id else None
            shared[key] = Party(
                printed=printed,
                part=part,
                organisation_uid=organisation.uid if organisation else None,
                organisation_id=organisation_id,
                code=organisation.code if organisation else "",
                name=organisation.name if organisation else printed,
                matched=matched,
            )
        found[item_id].append(shared[key])
    return found


def indicator_views(items: QuerySet[Item], standing: Standing, known: dict[int, list[Party]]) -> list[IndicatorView]:
    return [_indicator(r, standing, known) for r in _read(items, "indicator")]


def project_views(items: QuerySet[Item], standing: Standing, known: dict[int, list[Party]]) -> list[ProjectView]:
    return [_project(r, standing, known) for r in _read(items, "project")]


def task_views(items: QuerySet[Item], standing: Standing, known: dict[int, list[Party]]) -> list[TaskView]:
    return [_task(r, standing, known) for r in _read(items, "task")]


def views_of(kind: str, items: QuerySet[Item], standing: Standing, known: dict[int, list[Party]]) -> Sequence[ItemView]:
    """The views of items of one kind."""
    if kind == "indicator":
        return indicator_views(items, standing, known)
    if kind == "project":
        return project_views(items, standing, known)
    return task_views(items, standing, known)


_COMMON = (
    "pk", "uid", "thread_id", "thread__uid", "thread__datastream_id", "thread__datastream__organisation_id", "kind",
    "no", "order", "category", "title", "text", "review", "open_cells", "first_line", "last_line", "cells",
)  # fmt: skip
_OWN = {
    kind: tuple(f"{kind}__{f.attname}" for f in model._meta.concrete_fields if f.attname not in _NOT_READ)
    for kind, model in (("indicator", Indicator), ("project", Project), ("task", Task))
}


def _read(items: QuerySet[Item], kind: str) -> Any:
    """Named tuples of the columns a view needs: a model's instance per row would cost several times as much."""
    return items.filter(kind=kind).order_by("order").values_list(*_COMMON, *_OWN[kind], named=True)


class Cells(Mapping[str, CellView]):
    """The cells of one row, each made when it is asked for: lists show few of them."""

    __slots__ = ("_fields", "_kept", "_values")

    def __init__(self, fields: tuple[str, ...], values: dict[str, Any], kept: dict[str, Any]) -> None:
        self._fields, self._values, self._kept = fields, values, kept

    def __getitem__(self, name: str) -> CellView:
        if name not in self._fields:
            raise KeyError(name)
        return _cell(name, self._values.get(name), self._kept.get(name, {}))

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def _common(row: Any, values: dict[str, Any], people: list[Party], standing: Standing) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "thread_uid": row.thread__uid,
        "kind": row.kind,
        "no": row.no,
        "order": row.order,
        "category": row.category,
        "title": row.title,
        "text": row.text,
        "review": row.review,
        "open_cells": row.open_cells,
        "first_line": row.first_line,
        "last_line": row.last_line,
        "leads": tuple(p for p in people if p.part == "lead"),
        "supporting": tuple(p for p in people if p.part == "supporting"),
        "cells": Cells(FIELDS[row.kind], values, row.cells),
        "illustrative": standing.made_up(row.thread_id, row.thread__datastream_id),
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


def _indicator(row: Any, standing: Standing, known: dict[int, list[Party]]) -> IndicatorView:
    people = known.get(row.pk, [])
    state, entry = standing.indicator(row)
    promise = standing.promises.get(row.thread__uid)
    values = {
        "no": row.no, "category": row.category, "name": row.title, "unit": row.indicator__unit,
        "base": row.indicator__base, "base_year": row.indicator__base_year, "target": row.indicator__target,
        "target_year": row.indicator__target_year, "target_text": row.indicator__target_text,
        "sense": row.indicator__sense, "nature": row.indicator__nature, "departments": _names(people, "lead"),
    }  # fmt: skip
    return IndicatorView(
        **_common(row, values, people, standing),
        state=state,
        unit=row.indicator__unit,
        base_year=row.indicator__base_year,
        base=row.indicator__base,
        base_cumulative=row.indicator__base_cumulative,
        target_year=row.indicator__target_year,
        target=row.indicator__target,
        target_text=row.indicator__target_text,
        target_cumulative=row.indicator__target_cumulative,
        assigned_later=row.indicator__assigned_later,
        assigned_value=promise.value if promise and row.indicator__assigned_later else None,
        sense=row.indicator__sense,
        nature=row.indicator__nature,
        years={int(y): (Decimal(v) if v is not None else None) for y, v in row.indicator__other_years.items()},
        latest=entry.value if entry else None,
        latest_year=entry.period_start.year if entry else None,
        latest_status=entry.status if entry else "",
        datastream_id=row.thread__datastream_id,
        owner_id=row.thread__datastream__organisation_id,
    )


def _project(row: Any, standing: Standing, known: dict[int, list[Party]]) -> ProjectView:
    people = known.get(row.pk, [])
    leads = [p for p in people if p.part == "lead"]
    first, last, amount = row.project__start_year, row.project__end_year, row.project__investment
    span = work_span(first, row.project__start_month, last, row.project__end_month)
    state, percent = standing.work(row.thread_id, span, leads)
    paid = standing.paid(row.thread_id)
    amounts = paid.amounts if paid else {}
    by_year = spread_evenly(amount, first, last) if amount is not None and first and last and first <= last else {}
    values = {
        "no": row.no, "category": row.category, "name": row.title, "content": row.text,
        "start": year_month(first, row.project__start_month), "end": year_month(last, row.project__end_month),
        "investment": amount, "upper_level": row.project__upper_level,
        "district_budget": row.project__district_budget, "private": row.project__private,
        "leads": _names(people, "lead"), "supporting": _names(people, "supporting"),
    }  # fmt: skip
    return ProjectView(
        **_common(row, values, people, standing),
        state=state,
        start_year=first,
        start_month=row.project__start_month,
        end_year=last,
        end_month=row.project__end_month,
        investment=amount,
        upper_level=row.project__upper_level,
        district_budget=row.project__district_budget,
        private=row.project__private,
        funding_amounts=tuple(row.project__funding_amounts),
        supporting_open=row.project__supporting_open,
        percent=percent,
        paid=sum(amounts.values(), Decimal(0)) if amounts else None,
        paid_by_source=amounts,
        paid_carried=bool(paid and paid.carried),
        paid_waiting=row.thread_id in standing.waiting,
        by_year=by_year,
    )


def _task(row: Any, standing: Standing, known: dict[int, list[Party]]) -> TaskView:
    people = known.get(row.pk, [])
    leads = [p for p in people if p.part == "lead"]
    state, percent = standing.work(row.thread_id, task_span(standing.version, row.task__deadline), leads)
    values = {
        "no": row.no, "chapter": row.category, "key_task": row.title, "text": row.text,
        "leads": _names(people, "lead"), "supporting": _names(people, "supporting"), "deadline": row.task__deadline,
    }  # fmt: skip
    return TaskView(
        **_common(row, values, people, standing),
        state=state,
        supporting_open=row.task__supporting_open,
        leads_open=row.task__leads_open,
        deadline=row.task__deadline,
        percent=percent,
    )
