"""What was reported and what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True)
class EvidenceView:
    uid: UUID
    source_uid: UUID
    name: str
    size: int
    note: str


@dataclass(frozen=True)
class ReportView:
    uid: UUID
    thread_uid: UUID
    kind: str
    title: str
    no: str
    organisation: str
    organisation_id: int
    period: str
    period_label: str
    due_on: date
    revision: int
    status: str
    percent: Decimal | None
    text: str
    paid_upper_level: Decimal | None
    paid_district_budget: Decimal | None
    paid_private: Decimal | None
    written_by: str
    submitted_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    decision_note: str
    evidence: tuple[EvidenceView, ...]
    illustrative: bool


@dataclass(frozen=True)
class EntryView:
    uid: UUID
    year: int
    value: Decimal | None
    unit: str
    notation: str
    reason: str
    status: str
    revision: int
    entered_by: str
    decision_note: str
    illustrative: bool


@dataclass(frozen=True)
class Due:
    """Something an organisation owes: a report on ``thread`` for ``period``, or an indicator's value for a year."""

    kind: str  # report or value
    item_kind: str
    item_uid: UUID
    thread_uid: UUID
    no: str
    title: str
    period: str
    period_label: str
    due_on: date
    overdue: bool
    status: str  # none, draft or returned
    organisation_id: int
    organisation: str


@dataclass(frozen=True)
class Owed:
    """What one organisation has to report; ``leads`` counts the rows it leads, whether or not they owe anything."""

    uid: UUID
    name: str
    leads: int
    due: tuple[Due, ...]
