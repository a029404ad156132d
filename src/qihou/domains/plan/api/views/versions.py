"""A version of a plan and the file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID


@dataclass(frozen=True)
class SourceView:
    uid: UUID
    name: str
    sha256: str
    size: int
    received_at: datetime
    title: str
    publisher: str
    published_on: date | None


@dataclass(frozen=True)
class VersionName:
    plan_title: str
    number: int
    status: str


@dataclass(frozen=True)
class VersionView:
    """One version of a plan. ``status``: review, adopted, superseded or discarded."""

    id: int
    uid: UUID
    district_id: int
    plan_id: int
    plan_code: str
    plan_title: str
    number: int
    label: str
    status: str
    title: str
    first_year: int | None
    last_year: int | None
    line_count: int
    reader_version: str
    lacks: tuple[str, ...]
    outline: tuple[dict[str, Any], ...]
    totals: dict[str, Any]
    source: SourceView
    imported_at: datetime
    adopted_at: datetime | None
    status_note: str
    illustrative: bool

    @property
    def query(self) -> str:
        """How an address names this version: ``plan=climate-2021&version=2``."""
        return urlencode({"plan": self.plan_code, "version": self.number})
