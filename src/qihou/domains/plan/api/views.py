"""What the read side hands to pages, exports and the JSON face: plain values, nothing that can query.

Money is in 10⁴ CNY (万元). Text fields are as the document prints them. A value that is absent is ``None``; a cell
whose value cannot be decided is ``None`` too and has ``undetermined`` set in its :class:`CellView`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from qihou.face.values import Missing

Value = str | int | bool | Decimal | None


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
class Money:
    """10⁴ CNY by source. ``unplaced`` is investment whose funding column is undetermined or not printed.

    ``rows`` were looked at; ``counted`` and ``undetermined`` say, per column, how many carry an amount that is in the sum
    and how many an undetermined one that is not. What is shown comes from :meth:`shown`, never from the bare sum.
    """

    investment: Decimal = Decimal(0)
    upper_level: Decimal = Decimal(0)
    district_budget: Decimal = Decimal(0)
    private: Decimal = Decimal(0)
    unplaced: Decimal = Decimal(0)
    rows_without_amount: int = 0
    rows: int = 0
    counted: Mapping[str, int] = field(default_factory=dict)
    undetermined: Mapping[str, int] = field(default_factory=dict)

    def shown(self, column: str) -> Decimal | Missing:
        """The sum of a column; over no amount at all it is missing, not zero."""
        if self.counted.get(column):
            amount: Decimal = getattr(self, column)
            return amount
        return Missing.UNDETERMINED if self.undetermined.get(column) else Missing.ABSENT

    def absent(self, column: str) -> int:
        """How many rows carry neither an amount nor an undetermined one."""
        return self.rows - self.counted.get(column, 0) - self.undetermined.get(column, 0)


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
class EvidenceView:
    uid: UUID
    source_uid: UUID
    name: str
    size: int
    note: str


@dataclass(frozen=True)
class CorrectionView:
    field: str
    before: Any
    after: Any
    reason: str
    by: str
    at: datetime


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
class Owed:
    """What one organisation has to report; ``leads`` counts the rows it leads, whether or not they owe anything."""

    uid: UUID
    name: str
    leads: int
    due: tuple[Due, ...]


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


@dataclass(frozen=True)
class PastRow:
    version: VersionView
    row: ItemView


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
class FindingsView:
    version: VersionView
    rows: tuple[FindingView, ...]
    kinds: tuple[tuple[str, int], ...]
    counts: dict[str, dict[str, int]]


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: Value
    after: Value


@dataclass(frozen=True)
class RowChange:
    """``change``: added, removed, changed or same."""

    kind: str
    change: str
    before: ItemView | None
    after: ItemView | None
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Comparison:
    a: VersionView
    b: VersionView
    rows: tuple[RowChange, ...]
    counts: dict[str, dict[str, int]]  # {kind: {change: n}}


@dataclass(frozen=True)
class SearchHit:
    kind: str  # indicator, project, task, organisation, line
    uid: UUID | None
    title: str
    excerpt: str
    line: int | None


@dataclass(frozen=True)
class PaidFrom:
    """What the sum of payments rests on, in projects: ``without`` any accepted payment, ``carried``, ``waiting``."""

    without: int = 0
    carried: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class CockpitData:
    """One district on a wall. ``version`` is None before a plan was imported."""

    district_code: str
    district_name: str
    version: VersionView | None
    indicators: tuple[IndicatorView, ...] = ()
    states: dict[str, dict[str, int]] = field(default_factory=dict)
    money: Money = Money()
    paid: Money = Money()
    paid_from: PaidFrom = PaidFrom()
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
