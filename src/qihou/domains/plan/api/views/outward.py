"""What stands on a wall or is open to everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .money import Money, PaidFrom
from .rows import IndicatorView, ProjectView, StateView, TaskView
from .versions import VersionView


@dataclass(frozen=True)
class CockpitData:
    """One district on a wall. ``version`` is None before a plan was imported."""

    district_code: str
    district_name: str
    version: VersionView | None
    indicators: tuple[IndicatorView, ...] = ()
    states: dict[str, dict[str, int]] = field(default_factory=dict)
    money: Money = field(default_factory=Money)
    paid: Money = field(default_factory=Money)
    paid_from: PaidFrom = field(default_factory=PaidFrom)
    by_year: dict[int, Money] = field(default_factory=dict)
    projects: tuple[ProjectView, ...] = ()
    tasks: tuple[TaskView, ...] = ()
    findings: dict[str, dict[str, int]] = field(default_factory=dict)
    overdue: tuple[tuple[str, int], ...] = ()  # (organisation, reports owed), most first
    period_label: str = ""
    illustrative: bool = False


@dataclass(frozen=True)
class PublicRow:
    """A row as the public sees it: no names of persons, nothing that was not accepted or published."""

    kind: str
    no: str
    category: str
    title: str
    leads: tuple[str, ...]
    state: StateView
    percent: Decimal | None
    unit: str
    base: Decimal | None
    target: Decimal | None
    target_text: str
    latest: Decimal | None
    latest_year: int | None
    period_label: str
    illustrative: bool
    assigned_later: bool = False


@dataclass(frozen=True)
class PublicView:
    district_name: str
    version: VersionView | None
    indicators: tuple[PublicRow, ...]
    projects: tuple[PublicRow, ...]
    tasks: tuple[PublicRow, ...]
    states: dict[str, dict[str, int]]
    as_of: date
