"""One row of a register: its cells, its organisations, its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

Value = str | int | bool | Decimal | None


@dataclass(frozen=True)
class Party:
    """An organisation's part in a row: ``lead`` or ``supporting``. Unmatched ones have no uid."""

    printed: str
    part: str
    organisation_uid: UUID | None
    organisation_id: int | None
    code: str
    name: str
    matched: str


@dataclass(frozen=True)
class CellView:
    """One field of one row: its value, what the document prints, where, and how sure the reading is (0–1)."""

    field: str
    value: Value
    undetermined: bool
    printed: str
    lines: tuple[int, ...]
    how: str
    confidence: float
    reason: str
    params: dict[str, Any]


@dataclass(frozen=True)
class StateView:
    """``code``: achieved, on_track, at_risk, off_track, awaiting, not_delivered, not_due or not_assessable.

    ``reason`` is a code with ``params``; ``missing`` names the organisations whose report or value is overdue.
    """

    code: str
    reason: str
    params: dict[str, Any]
    missing: tuple[str, ...] = ()
    provisional: bool = False  # rests on a report or value nobody has accepted yet


def called(kind: str, title: str, text: str) -> str:
    """What a person calls a row in a list of rows: plans print one project name or key task over several of them."""
    if kind == "task":
        return text or title
    if kind == "project" and text and text != title:
        return f"{title} · {text}" if title else text
    return title


@dataclass(frozen=True)
class ItemView:
    uid: UUID
    thread_uid: UUID
    kind: str
    no: str
    order: int
    category: str
    title: str
    text: str
    review: str
    open_cells: int
    first_line: int
    last_line: int
    leads: tuple[Party, ...]
    supporting: tuple[Party, ...]
    cells: Mapping[str, CellView]
    state: StateView
    illustrative: bool  # what its state rests on is made up to show the program


@dataclass(frozen=True)
class IndicatorView(ItemView):
    """``latest``: the newest entry's value and its year, approved or published unless ``latest_status`` says otherwise."""

    unit: str
    base_year: int | None
    base: Decimal | None
    base_cumulative: bool
    target_year: int | None
    target: Decimal | None
    target_text: str
    target_cumulative: bool
    assigned_later: bool
    assigned_value: Decimal | None
    sense: str
    nature: str
    years: dict[int, Decimal | None]
    latest: Decimal | None
    latest_year: int | None
    latest_status: str
    datastream_id: int | None
    owner_id: int | None  # the organisation that gives its values


@dataclass(frozen=True)
class ProjectView(ItemView):
    """``by_year``: investment spread evenly over the years of the period, computed, not printed."""

    start_year: int | None
    start_month: int | None
    end_year: int | None
    end_month: int | None
    investment: Decimal | None
    upper_level: Decimal | None
    district_budget: Decimal | None
    private: Decimal | None
    funding_amounts: tuple[str, ...]
    supporting_open: bool
    percent: Decimal | None
    paid: Decimal | None  # by accepted reports; paid_by_source the same, sources nobody gave an amount for left out
    paid_by_source: dict[str, Decimal]
    paid_carried: bool  # part of it is of an earlier quarter, because the newest accepted report leaves it blank
    paid_waiting: bool  # there are payments reported and not accepted yet
    by_year: dict[int, Decimal]


@dataclass(frozen=True)
class TaskView(ItemView):
    supporting_open: bool
    leads_open: bool
    deadline: str
    percent: Decimal | None

    @property
    def chapter(self) -> str:
        return self.category

    @property
    def key_task(self) -> str:
        return self.title
