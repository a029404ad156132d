"""The document beside its register, its findings, and search through both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Finding, Organisation

from ..models import DocumentLine, Item, PlanVersion
from .filters import tally
from .rows import version_view
from .scope import version_row
from .sentences import finding_sentence
from .views import DocumentView, FindingsView, FindingView, LineView, RowRef, SearchHit

WINDOW = 400  # lines handed out at once at most
SEVERITIES = {"error": 0, "warning": 1, "note": 2}


def findings(
    actor: Actor,
    district: Feature,
    version: UUID,
    *,
    severity: str = "",
    state: str = "",
    kind: str = "",
    language: str = "",
) -> FindingsView:
    """Findings of a version, gravest first, with the quoted lines; ``counts`` and ``kinds`` are of all of them."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    every = list(_findings(row))
    kept = [
        f
        for f in every
        if (not severity or f.severity == severity) and (not state or f.state == state) and (not kind or f.kind == kind)
    ]
    return FindingsView(
        version=version_view(row),
        rows=finding_views(row, kept, language),
        kinds=tuple(sorted(Counter(f.kind for f in every).items())),
        counts=tally((f.severity, f.state) for f in every),
    )


def finding_views(version: PlanVersion, rows: Iterable[Finding], language: str = "") -> tuple[FindingView, ...]:
    """Findings with their lines quoted, gravest first. One query, for the lines."""
    rows = sorted(rows, key=lambda f: (SEVERITIES[f.severity], min(f.lines, default=0), f.pk))
    numbers = {n for f in rows for n in f.lines}
    texts = dict(_lines(version).filter(number__in=numbers).values_list("number", "text")) if numbers else {}
    return tuple(
        FindingView(
            uid=f.uid,
            kind=f.kind,
            severity=f.severity,
            state=f.state,
            sentence=finding_sentence(f.kind, f.params, language or get_language() or "zh-hans"),
            params=f.params,
            lines=tuple(f.lines),
            quotes=tuple((n, texts[n]) for n in f.lines if n in texts),
            state_note=f.state_note,
            state_by=f.state_by.name if f.state_by else "",
            state_at=f.state_at,
            corrected_in=f.corrected_in,
        )
        for f in rows
    )


def document(
    actor: Actor, district: Feature, version: UUID, *, first: int = 1, last: int | None = None
) -> DocumentView:
    """Lines ``first`` to ``last`` (both included, at most :data:`WINDOW`) with the rows and findings that cite them."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    first = max(first, 1)
    last = min(last or first + WINDOW - 1, first + WINDOW - 1, row.line_count)
    return DocumentView(version_view(row), first, last, line_views(row, first, last))


def line_views(version: PlanVersion, first: int, last: int) -> tuple[LineView, ...]:
    """Three queries: the lines, the rows whose lines reach into the window, the findings."""
    rows_at: dict[int, dict[UUID, RowRef]] = defaultdict(dict)
    inside = Item.objects.filter(version=version, first_line__lte=last, last_line__gte=first, last_line__gt=0)
    columns = ("uid", "kind", "no", "title", "cells")
    for uid, kind, no, title, cells in inside.order_by("kind", "order").values_list(*columns):
        ref = RowRef(uid, kind, no, title)
        for n in {n for cell in cells.values() for n in cell.get("lines", ())}:
            rows_at[n][uid] = ref
    findings_at: dict[int, list[tuple[UUID, str]]] = defaultdict(list)
    for uid, severity, numbers in _findings(version).values_list("uid", "severity", "lines"):
        for n in numbers:
            findings_at[n].append((uid, severity))
    levels = {h["line"]: h["level"] for h in version.outline}
    return tuple(
        LineView(
            number=number,
            text=text,
            page=page,
            heading=levels.get(number, 0),
            rows=tuple(rows_at[number].values()) if number in rows_at else (),
            findings=tuple(findings_at.get(number, ())),
        )
        for number, text, page in _lines(version)
        .filter(number__gte=first, number__lte=last)
        .values_list("number", "text", "page")
    )


def search(actor: Actor, district: Feature, version: UUID, text: str, *, limit: int = 50) -> tuple[SearchHit, ...]:
    """Rows, organisations and lines that contain ``text`` (no word splitting: two characters are enough)."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = version_row(district, version)
    text = text.strip()
    if not text:
        return ()
    hits: list[SearchHit] = []
    rows = Item.objects.filter(version=row).filter(
        Q(title__icontains=text) | Q(text__icontains=text) | Q(category__icontains=text) | Q(no=text)
    )
    for item in rows.order_by("kind", "order")[:limit]:
        hits.append(SearchHit(item.kind, item.uid, item.title, excerpt(item.text or item.title, text), item.first_line))
    named = Organisation.objects.filter(district=district).filter(
        Q(name__icontains=text) | Q(full_name__icontains=text) | Q(aliases__name__icontains=text)
    )
    for organisation in named.distinct()[:limit]:
        hits.append(SearchHit("organisation", organisation.uid, organisation.name, organisation.full_name, None))
    for line in _lines(row).filter(text__icontains=text)[:limit]:
        hits.append(SearchHit("line", None, "", excerpt(line.text, text), line.number))
    return tuple(hits[:limit])


def excerpt(text: str, wanted: str, around: int = 30) -> str:
    """The words about the first place ``wanted`` stands at, cut with … where text is left out."""
    at = max(text.lower().find(wanted.lower()), 0)
    start, end = max(at - around, 0), at + len(wanted) + around
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _findings(version: PlanVersion) -> QuerySet[Finding]:
    return Finding.objects.filter(about_kind="plan.version", about_uid=version.uid).select_related("state_by")


def _lines(version: PlanVersion) -> QuerySet[DocumentLine]:
    return DocumentLine.objects.filter(version=version).order_by("number")
