"""Choosing, grouping and counting rows that are already read: no queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from ..models import PlanVersion
from .views import FUNDING, ItemView, Party, TaskGroup, TaskView

ViewT = TypeVar("ViewT", bound=ItemView)


def chosen(
    rows: Iterable[ViewT],
    *,
    category: str = "",
    organisation: UUID | str = "",
    part: str = "",
    state: str = "",
    text: str = "",
) -> list[ViewT]:
    """Rows that pass every filter given; an empty filter lets all pass. ``organisation`` is a uid or ``unmatched``."""
    kept = []
    for row in rows:
        if category and row.category != category:
            continue
        if state and row.state.code != state:
            continue
        if text and text not in row.title and text not in row.text and text != row.no:
            continue
        if organisation and not any(
            _is(p, organisation) for p in (*row.leads, *row.supporting) if not part or p.part == part
        ):
            continue
        kept.append(row)
    return kept


def _is(party: Party, organisation: UUID | str) -> bool:
    if organisation == "unmatched":
        return party.organisation_uid is None
    return str(party.organisation_uid) == str(organisation)


def involved(rows: Iterable[ItemView]) -> tuple[Party, ...]:
    """The matched organisations of some rows, each once, by name: the choices of a filter."""
    found = {p.organisation_uid: p for r in rows for p in (*r.leads, *r.supporting) if p.organisation_uid}
    return tuple(sorted(found.values(), key=lambda p: p.name))


def grouped(rows: Iterable[TaskView]) -> tuple[TaskGroup, ...]:
    """Neighbouring tasks of one chapter and key task, in order; a chapter that comes back later is a new group."""
    chapters: list[tuple[str, list[tuple[str, list[TaskView]]]]] = []
    for row in rows:
        if not chapters or chapters[-1][0] != row.chapter:
            chapters.append((row.chapter, []))
        keys = chapters[-1][1]
        if not keys or keys[-1][0] != row.key_task:
            keys.append((row.key_task, []))
        keys[-1][1].append(row)
    return tuple(TaskGroup(c, tuple((k, tuple(r)) for k, r in keys)) for c, keys in chapters)


def tally(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """{severity: {state: n}} of findings."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for severity, state in pairs:
        counts[severity][state] = counts[severity].get(state, 0) + 1
    return dict(counts)


def claimed(version: PlanVersion) -> dict[str, Decimal | None]:
    """What the document says its projects add up to, by source, 10⁴ CNY."""
    stated = version.totals
    return {f: Decimal(stated[f]) if stated.get(f) is not None else None for f in ("investment", *FUNDING)}
