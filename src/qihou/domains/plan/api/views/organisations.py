"""What an organisation leads, supports and owes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from .money import Money
from .reports import Due, ReportView
from .rows import IndicatorView, ProjectView, TaskView
from .versions import VersionView


@dataclass(frozen=True)
class OrganisationView:
    """Everything one organisation leads or supports in a version, and what it owes."""

    version: VersionView
    id: int
    uid: UUID
    code: str
    name: str
    full_name: str
    aliases: tuple[str, ...]
    indicators: tuple[IndicatorView, ...]
    projects: tuple[ProjectView, ...]
    tasks: tuple[TaskView, ...]
    money: Money  # of the projects it leads
    due: tuple[Due, ...]


@dataclass(frozen=True)
class OrganisationPage:
    """An organisation with its reports of the last four quarters."""

    organisation: OrganisationView
    reports: tuple[ReportView, ...]


@dataclass(frozen=True)
class OrganisationRow:
    """One line of the organisations' list."""

    id: int
    uid: UUID
    code: str
    name: str
    kind: str
    leads: dict[str, int]
    supports: dict[str, int]
    overdue: int


@dataclass(frozen=True)
class MineView:
    organisations: tuple[OrganisationView, ...]
    waiting: tuple[ReportView, ...]  # returned to me, or (lead bureau) submitted and awaiting a decision
    period: str
    period_label: str
