"""What a reading of a plan yields: the contract between the reader, the audit, the database and the command line.

A value not present is ``None``; one the document prints but the reader cannot decide is :data:`UNDETERMINED`.
Every field of a row has a :class:`Cell` saying what was printed, on which lines, how it was got and how sure that is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Final, Literal


class _Undetermined(Enum):
    UNDETERMINED = "undetermined"

    def __repr__(self) -> str:
        return "UNDETERMINED"


UNDETERMINED: Final = _Undetermined.UNDETERMINED
type_Undetermined = Literal[_Undetermined.UNDETERMINED]
Amount = Decimal | None | type_Undetermined


class How(StrEnum):
    """How a cell's value was got."""

    READ = "read"  # stands in its own column or labelled place
    CARRIED = "carried"  # a merged cell printed once above
    ALIGNED = "aligned"  # blank cells were lost; the column follows from the kinds of the cells around it
    FORCED = "forced"  # the only assignment consistent with the printed totals
    PROSE = "prose"  # taken out of a sentence
    UNDECIDED = "undecided"  # more than one reading remains
    ABSENT = "absent"  # the document prints nothing here


@dataclass(frozen=True)
class Line:
    """One line of the source text. ``number`` starts at 1 and counts every line, blank ones too."""

    number: int
    text: str
    page: int | None = None


@dataclass(frozen=True)
class Heading:
    level: int
    title: str
    line: int


@dataclass
class Cell:
    """Where one field of a row comes from. ``confidence`` is 0–1; ``reason`` a code with ``reason_params`` (see wording)."""

    printed: str = ""
    lines: tuple[int, ...] = ()
    how: How = How.READ
    confidence: float = 1.0
    reason: str = ""
    reason_params: dict[str, Any] = field(default_factory=dict)


@dataclass
class RegisterRow:
    no: int | str | None
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def lines(self) -> tuple[int, ...]:
        """All source lines of the row, in order."""
        return tuple(sorted({n for c in self.cells.values() for n in c.lines}))


@dataclass
class IndicatorRow(RegisterRow):
    category: str | None = None
    name: str = ""
    unit: str | None = None
    base: Amount = None
    base_year: int | None = None
    base_cumulative: bool = False
    target: Amount = None
    target_year: int | None = None
    target_cumulative: bool = False
    target_text: str | None = None  # printed target that is no single number: "完成市级下达任务", "持续下降"
    target_state: Literal["value", "assigned", "text", "none", "undetermined"] = "none"
    sense: Literal["at_least", "at_most", "equal"] | None = None
    nature: Literal["binding", "expected"] | type_Undetermined | None = None
    departments: list[str] = field(default_factory=list)
    years: dict[int, Amount] = field(default_factory=dict)  # every year column, base and target included


@dataclass
class Funding:
    upper_level: Amount = None
    district_budget: Amount = None
    private: Amount = None


@dataclass
class ProjectRow(RegisterRow):
    category: str | None = None
    name: str = ""
    content: str | None = None
    start: int | None = None
    start_month: int | None = None
    end: int | None = None
    end_month: int | None = None
    investment: Amount = None  # 10⁴ CNY, whatever unit was printed; Cell.printed keeps the original
    funding: Funding = field(default_factory=Funding)
    funding_amounts: list[Decimal] = field(default_factory=list)  # printed amounts, in order, when columns were lost
    leads: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)
    supporting_open: bool = False
    # money the register has no place for, as printed under its own label: 2023年, “十四五”投资, 资金来源 in words
    beside: dict[str, Cell] = field(default_factory=dict)


@dataclass
class TaskRow(RegisterRow):
    chapter: str | None = None
    key_task: str | None = None
    text: str = ""
    leads: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)
    supporting_open: bool = False
    leads_open: bool = False
    deadline: str | None = None  # "2025" or "2025-06" when a deadline column or phrase is printed


@dataclass
class Totals:
    """What total rows and sentences of the document claim, with their lines. Amounts in 10⁴ CNY."""

    investment: Decimal | None = None
    upper_level: Decimal | None = None
    district_budget: Decimal | None = None
    private: Decimal | None = None
    cells: dict[str, Cell] = field(default_factory=dict)
    subtotals: list[dict[str, Any]] = field(default_factory=list)  # {label, investment, ..., lines}


class FindingSeverity(StrEnum):
    ERROR = "error"  # the document contradicts itself or arithmetic
    WARNING = "warning"  # needs a human's judgement
    NOTE = "note"  # worth knowing; copying damage, style


@dataclass
class DocumentFinding:
    """``kind`` is stable and documented; the sentence comes from ``wording.render(kind, params, language)``."""

    kind: str
    severity: FindingSeverity
    params: dict[str, Any]
    lines: tuple[int, ...]
    quotes: tuple[str, ...] = ()


@dataclass
class Register:
    """Everything one document yields."""

    title: str | None
    first_year: int | None
    last_year: int | None
    lines: list[Line]
    outline: list[Heading]
    indicators: list[IndicatorRow] = field(default_factory=list)
    projects: list[ProjectRow] = field(default_factory=list)
    tasks: list[TaskRow] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    findings: list[DocumentFinding] = field(default_factory=list)
    # codes of what is missing: "indicators", "projects", "tasks", "tables"
    lacks: list[str] = field(default_factory=list)
    table_notes: list[Line] = field(default_factory=list)  # 备注 / 注 under tables
    table_lines: frozenset[int] = frozenset()  # lines that belong to a table's rows or head (the rest is prose)
    claimed: dict[str, Any] = field(default_factory=dict)  # free for the reader, e.g. stated counts
    # copying damage noticed while reading: {kind, line, detail}
    damage: list[dict[str, Any]] = field(default_factory=list)

    def rows(self) -> Iterator[RegisterRow]:
        yield from self.indicators
        yield from self.projects
        yield from self.tasks
