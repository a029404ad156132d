"""The rows of a reading, written in bulk, each joined to the thread it continues."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from qihou.record.api.organisations import Match, OrganisationMatcher

from ..methods.register import UNDETERMINED, How, IndicatorRow, ProjectRow, Register, RegisterRow, TaskRow
from ..methods.threads import Wording, same_rows
from ..models import Indicator, Involvement, Item, ItemKind, PlanVersion, Project, Task, Thread
from .rows import FIELDS
from .stored import clean, fit, year_or_none
from .views import FUNDING

_BATCH = 300


def write_rows(
    version: PlanVersion, register: Register, before: PlanVersion | None, matcher: OrganisationMatcher
) -> None:
    """Items with their kind's columns and organisations. The number of statements does not depend on the rows but by batches."""
    rows: list[tuple[Item, RegisterRow]] = []
    for kind, found in (
        (ItemKind.INDICATOR, register.indicators),
        (ItemKind.PROJECT, register.projects),
        (ItemKind.TASK, register.tasks),
    ):
        items = [_item(version, kind, order, row) for order, row in enumerate(found, 1)]
        threads = _threads(version, kind, items, before)
        for item, thread in zip(items, threads, strict=True):
            item.thread = thread
        rows += zip(items, found, strict=True)
    Item.objects.bulk_create([item for item, _ in rows], batch_size=_BATCH)
    Indicator.objects.bulk_create([_indicator(i, r) for i, r in rows if isinstance(r, IndicatorRow)], batch_size=_BATCH)
    Project.objects.bulk_create([_project(i, r) for i, r in rows if isinstance(r, ProjectRow)], batch_size=_BATCH)
    Task.objects.bulk_create([_task(i, r) for i, r in rows if isinstance(r, TaskRow)], batch_size=_BATCH)
    matches: dict[str, Match | None] = {}
    involved = [p for item, row in rows for p in _involvements(item, row, matcher, matches)]
    Involvement.objects.bulk_create(involved, batch_size=_BATCH)


def _threads(version: PlanVersion, kind: str, items: Sequence[Item], before: PlanVersion | None) -> list[Thread]:
    former = list(before.items.filter(kind=kind).select_related("thread").order_by("order")) if before else []
    same = same_rows([_wording(i) for i in former], [_wording(i) for i in items])
    threads = [
        former[same[place]].thread
        if place in same
        else Thread(district_id=version.district_id, plan_id=version.plan_id, kind=kind, title=fit(_name(item), 400))
        for place, item in enumerate(items)
    ]
    Thread.objects.bulk_create([t for t in threads if t.pk is None], batch_size=_BATCH)
    return threads


def _wording(item: Item) -> Wording:
    return Wording(item.no, _name(item))


def _name(item: Item) -> str:
    return item.text or item.title if item.kind == ItemKind.TASK else item.title


def _item(version: PlanVersion, kind: str, order: int, row: RegisterRow) -> Item:
    category, title, text = _words(row)
    cells = _cells(kind, row)
    lines = [n for cell in cells.values() for n in cell["lines"]]
    return Item(
        district_id=version.district_id,
        version=version,
        kind=kind,
        no=fit("" if row.no is None else str(row.no), 40),
        order=order,
        category=fit(category or "", 300),
        title=clean(title or ""),
        text=clean(text or ""),
        cells=cells,
        open_cells=sum(1 for cell in cells.values() if cell.get("undetermined")),
        first_line=min(lines, default=0),
        last_line=max(lines, default=0),
    )


def _words(row: RegisterRow) -> tuple[str | None, str | None, str | None]:
    if isinstance(row, IndicatorRow):
        return row.category, row.name, None
    if isinstance(row, ProjectRow):
        return row.category, row.name, row.content
    assert isinstance(row, TaskRow)
    return row.chapter, row.key_task, row.text


def _cells(kind: str, row: RegisterRow) -> dict[str, dict[str, Any]]:
    """The cells by the register's own field names; a value that cannot be decided is marked so."""
    open_fields = _undetermined(row)
    cells: dict[str, dict[str, Any]] = {}
    for name, cell in row.cells.items():
        field = name.removeprefix("funding.")
        kept: dict[str, Any] = {
            "printed": clean(cell.printed),
            "lines": list(cell.lines),
            "confidence": round(cell.confidence, 3),
            "how": cell.how.value,
        }
        if cell.reason:
            kept["reason"] = clean(cell.reason)
        if cell.reason_params:
            kept["params"] = clean(cell.reason_params)
        if field in open_fields or (cell.how == How.UNDECIDED and field in FIELDS[kind]):
            kept["undetermined"] = True
        cells[field] = kept
    for field in open_fields - cells.keys():
        cells[field] = {"printed": "", "lines": [], "confidence": 0.0, "how": How.UNDECIDED.value, "undetermined": True}
    return cells


def _undetermined(row: RegisterRow) -> set[str]:
    values: dict[str, Any] = {}
    if isinstance(row, IndicatorRow):
        values = {"base": row.base, "target": row.target, "nature": row.nature}
        if row.target_state == "undetermined":
            values["target"] = UNDETERMINED
    elif isinstance(row, ProjectRow):
        values = {"investment": row.investment, **{f: getattr(row.funding, f) for f in FUNDING}}
    return {name for name, value in values.items() if value is UNDETERMINED}


def _known(value: Any) -> Decimal | None:
    return None if value is UNDETERMINED else value


def _indicator(item: Item, row: IndicatorRow) -> Indicator:
    return Indicator(
        district_id=item.district_id,
        item=item,
        unit=fit(row.unit or "", 60),
        base_year=year_or_none(row.base_year),
        base=_known(row.base),
        base_cumulative=row.base_cumulative,
        target_year=year_or_none(row.target_year),
        target=_known(row.target),
        target_text=fit(row.target_text or "", 200),
        target_cumulative=row.target_cumulative,
        assigned_later=row.target_state == "assigned",
        sense=row.sense or "",
        nature="" if row.nature is UNDETERMINED else row.nature or "",
        other_years={str(year): clean(_known(value)) for year, value in row.years.items()},
    )


def _project(item: Item, row: ProjectRow) -> Project:
    return Project(
        district_id=item.district_id,
        item=item,
        start_year=year_or_none(row.start),
        start_month=row.start_month,
        end_year=year_or_none(row.end),
        end_month=row.end_month,
        investment=_known(row.investment),
        **{f: _known(getattr(row.funding, f)) for f in FUNDING},
        funding_amounts=clean(row.funding_amounts),
        supporting_open=row.supporting_open,
    )


def _task(item: Item, row: TaskRow) -> Task:
    return Task(
        district_id=item.district_id,
        item=item,
        supporting_open=row.supporting_open,
        leads_open=row.leads_open,
        deadline=fit(row.deadline or "", 7),
    )


def _involvements(
    item: Item, row: RegisterRow, matcher: OrganisationMatcher, matches: dict[str, Match | None]
) -> list[Involvement]:
    leads = row.departments if isinstance(row, IndicatorRow) else row.leads  # type: ignore[attr-defined]
    supporting = [] if isinstance(row, IndicatorRow) else row.supporting  # type: ignore[attr-defined]
    found = []
    for part, names in (("lead", leads), ("supporting", supporting)):
        for order, printed in enumerate(names, 1):
            printed = fit(printed, 200)
            found.append(involvement(item, printed, part, order, _matched(printed, matcher, matches)))
    return found


def _matched(printed: str, matcher: OrganisationMatcher, matches: dict[str, Match | None]) -> Match | None:
    if printed not in matches:
        matches[printed] = matcher.explain(printed)
    return matches[printed]


def involvement(item: Item, printed: str, part: str, order: int, match: Match | None) -> Involvement:
    """An organisation's part; a name nobody has stays visible without an organisation."""
    return Involvement(
        district_id=item.district_id,
        item=item,
        organisation=match.organisation if match else None,
        printed=printed,
        part=part,
        order=order,
        matched=match.how if match else "",
    )
