"""One row with everything that hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .document import FindingView, LineView
from .reports import EntryView, ReportView
from .rows import ItemView
from .versions import VersionView


@dataclass(frozen=True)
class PastRow:
    version: VersionView
    row: ItemView


@dataclass(frozen=True)
class CorrectionView:
    field: str
    before: Any
    after: Any
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ItemPage:
    version: VersionView
    row: ItemView
    history: tuple[PastRow, ...]
    corrections: tuple[CorrectionView, ...]
    reports: tuple[ReportView, ...]
    entries: tuple[EntryView, ...]
    findings: tuple[FindingView, ...]
    lines: tuple[LineView, ...]
    may_correct: bool
    may_report: bool
    may_decide: bool
