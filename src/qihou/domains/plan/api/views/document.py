"""The document's lines, what was found in them, and what a search finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from .versions import VersionView


@dataclass(frozen=True)
class FindingView:
    """``sentence`` is written in the language asked for; ``quotes`` are the lines it is about, [(number, text)]."""

    uid: UUID
    kind: str
    severity: str
    state: str
    sentence: str
    params: dict[str, Any]
    lines: tuple[int, ...]
    quotes: tuple[tuple[int, str], ...]
    state_note: str
    state_by: str
    state_at: datetime | None
    corrected_in: str


@dataclass(frozen=True)
class FindingsView:
    version: VersionView
    rows: tuple[FindingView, ...]
    kinds: tuple[tuple[str, int], ...]
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True)
class RowRef:
    """``text`` is the beginning of the row's wording, at most 80 characters."""

    uid: UUID
    kind: str
    no: str
    title: str
    text: str = ""


@dataclass(frozen=True)
class LineView:
    number: int
    text: str
    page: int | None
    heading: int  # level, 0 when the line is no heading
    rows: tuple[RowRef, ...] = ()
    findings: tuple[tuple[UUID, str], ...] = ()  # (uid, severity)


@dataclass(frozen=True)
class DocumentView:
    version: VersionView
    first: int
    last: int
    lines: tuple[LineView, ...]


@dataclass(frozen=True)
class SearchHit:
    kind: str  # indicator, project, task, organisation, line
    uid: UUID | None
    title: str
    excerpt: str
    line: int | None
