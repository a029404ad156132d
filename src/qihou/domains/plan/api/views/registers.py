"""The register of a version: overview, indicators, projects, tasks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .money import Money
from .rows import IndicatorView, Party, ProjectView, TaskView
from .versions import VersionView


@dataclass(frozen=True)
class Overview:
    """``counts``: {kind: rows}; ``open_cells``, ``reviewed``: {kind: n}; ``findings``: {severity: {state: n}};
    ``states``: {kind: {state: n}}; ``claimed`` vs ``money``: what the document states against the sum of its rows."""

    version: VersionView
    versions: tuple[VersionView, ...]
    counts: dict[str, int]
    open_cells: dict[str, int]
    reviewed: dict[str, int]
    findings: dict[str, dict[str, int]]
    states: dict[str, dict[str, int]]
    money: Money
    claimed: dict[str, Decimal | None]
    unmatched: tuple[str, ...]
    may_review: bool
    may_adopt: bool


@dataclass(frozen=True)
class IndicatorsView:
    version: VersionView
    rows: tuple[IndicatorView, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProjectsView:
    """``by_year``: {year: Money}, each project's amounts spread evenly over the years of its period (computed)."""

    version: VersionView
    rows: tuple[ProjectView, ...]
    total: Money
    claimed: dict[str, Decimal | None]
    by_year: dict[int, Money]
    by_category: dict[str, Money]
    categories: tuple[str, ...]
    organisations: tuple[Party, ...]


@dataclass(frozen=True)
class TaskGroup:
    chapter: str
    key_tasks: tuple[tuple[str, tuple[TaskView, ...]], ...]


@dataclass(frozen=True)
class TasksView:
    version: VersionView
    rows: tuple[TaskView, ...]
    groups: tuple[TaskGroup, ...]
    chapters: tuple[str, ...]
    organisations: tuple[Party, ...]
