"""One row of the register with everything that hangs on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.errors import UnableToFind
from qihou.domains.plan.api.views import CellView, EntryView, IndicatorView, ItemPage, ItemView, ProjectView
from qihou.domains.plan.api.words import KINDS, MONEY_FIELDS, field_name, how_words, value_text
from qihou.face.pages import Answer, PageRequest, page
from qihou.face.values import Missing

from . import money
from .frame import shared
from .links import page_url
from .tables import paid_note, paid_shown
from .values import cell_why, target_of, unit_of
from .why import document_url

LONGEST_NAME = 46
QUIET = {"no", "category", "chapter"}  # said in the head of the page already


@page("plan/reading/item.html", nav="plan.overview")
def item(request: PageRequest, uid: UUID) -> Answer:
    try:
        found = queries.item(
            request.actor, request.district, uid, today=timezone.localdate(), language=get_language() or ""
        )
    except UnableToFind as trouble:
        raise Http404 from trouble
    row, code = found.row, request.district.code
    tab = f"{row.kind}s"
    return {
        **shared(request, found.version, tab),
        "p": found,
        "row": row,
        "kind_word": KINDS[row.kind],
        "name": name_of(row),
        "content": row.text if row.kind == "project" and row.title and row.text != row.title else "",
        "list_url": f"{page_url(tab, code)}?{found.version.query}",
        "cells": [cell_line(found, c) for name, c in row.cells.items() if name not in QUIET],
        "hero": hero(row),
        "lines": [(line, document_url(code, found.version, line.number)) for line in found.lines if line.text.strip()],
        "parts": project_parts(row),
        "paid": paid_shown(row) if isinstance(row, ProjectView) else None,
        "paid_note": paid_note(row) if isinstance(row, ProjectView) else "",
        "corrections": list(reversed(found.corrections)),
        "track": track(row, found.entries),
    }


def name_of(row: ItemView) -> str:
    """What the page is called: an indicator's or project's name, a task's first words, cut at a stop."""
    text = row.text if row.kind == "task" and row.text else row.title or row.text
    if len(text) <= LONGEST_NAME:
        return text
    stops = [at for mark in "。;,:、，；：" if (at := text.rfind(mark, 12, LONGEST_NAME)) > 0]
    return text[: max(stops, default=LONGEST_NAME)] + "…"


def cell_line(found: ItemPage, cell: CellView) -> dict[str, Any]:
    """One field: its value, what is printed, how it was read, and the way to its why."""
    value: Any = Missing.UNDETERMINED if cell.undetermined else value_text(cell.field, cell.value)
    if not cell.undetermined and cell.value in (None, ""):
        value = Missing.ABSENT
    return {
        "field": cell.field,
        "name": field_name(cell.field),
        "value": value,
        "missing": isinstance(value, Missing),
        "number": cell.field in MONEY_FIELDS or cell.field in ("base", "target"),
        "unit": "" if isinstance(value, Missing) else unit_of(found.row, cell.field),
        "key": cell_why(found.row, cell.field).key,
        "printed": cell.printed,
        "lines": cell.lines,
        "confidence": cell.confidence,
        "how": how_words(cell.how)[0],
        "how_long": how_words(cell.how)[1],
        "corrected": any(c.field == cell.field for c in found.corrections),
    }


def hero(row: Any) -> dict[str, Any]:
    """The number the page is about: an indicator's target, a project's investment, a task's percent."""
    if isinstance(row, IndicatorView):
        target = target_of(row)
        return {"field": "target", "value": target.value, "key": cell_why(row, "target").key, "note": target.note}
    if isinstance(row, ProjectView):
        undetermined = row.cells["investment"].undetermined
        absent = Missing.UNDETERMINED if undetermined else Missing.ABSENT
        value = absent if row.investment is None else row.investment
        return {"field": "investment", "value": value, "key": cell_why(row, "investment").key, "note": ""}
    return {}


def project_parts(row: Any) -> tuple[money.Segment, ...]:
    from qihou.domains.plan.api.sums import money_of

    return money.segments(money_of([row])) if isinstance(row, ProjectView) else ()


def track(row: Any, entries: tuple[EntryView, ...]) -> dict[str, Any] | None:
    """An indicator's way from base to target with the values in between, as points of a small chart.

    Only when at least two of base, values and target are numbers with a year: a single point is no way.
    """
    if not isinstance(row, IndicatorView):
        return None
    newest: dict[int, EntryView] = {}
    for entry in entries:
        if entry.value is not None and entry.status not in ("draft", "returned"):
            newest.setdefault(entry.year, entry)
    points: list[Point] = [(y, e.value, "value", e) for y, e in newest.items() if e.value is not None]
    goal = row.target if row.target is not None else row.assigned_value
    if row.base is not None and row.base_year:
        points.append((row.base_year, row.base, "base", None))
    if goal is not None and row.target_year:
        points.append((row.target_year, goal, "target", None))
    if len(points) < 2 or len({p[0] for p in points}) < 2:
        return None
    return place(points)


Point = tuple[int, Decimal, str, EntryView | None]
WIDTH, HEIGHT, SIDE, TOP, FOOT = 640, 170, 56, 26, 26


def place(points: list[Point]) -> dict[str, Any]:
    years = [p[0] for p in points]
    low, high = float(min(p[1] for p in points)), float(max(p[1] for p in points))
    room = (high - low) or abs(high) or 1.0
    first, span = min(years), max(years) - min(years)

    def x(year: int) -> float:
        return round(SIDE + (WIDTH - 2 * SIDE) * (year - first) / span, 1)

    def y(value: Decimal) -> float:
        return round(HEIGHT - FOOT - 14 - (HEIGHT - FOOT - TOP - 14) * (float(value) - low) / room, 1)

    placed = [
        {"year": year, "value": value, "kind": kind, "x": x(year), "y": y(value), "entry": entry}
        for year, value, kind, entry in sorted(points, key=lambda p: (p[0], p[2]))
    ]
    plan = [p for p in placed if p["kind"] in ("base", "target")]
    values = [p for p in placed if p["kind"] != "target"]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "floor": HEIGHT - FOOT,
        "points": placed,
        "plan": plan if len(plan) == 2 else [],
        "line": " ".join(f"{p['x']},{p['y']}" for p in values) if len(values) > 1 else "",
        "years": [(year, x(year)) for year in range(first, first + span + 1)],
    }
