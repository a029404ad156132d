"""A table once its columns have names: what the row readers work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ..register import Cell, How, Line
from .roles import Role

Kind = Literal["indicators", "projects", "tasks"]
RecordKind = Literal["row", "total", "subtotal", "group"]


@dataclass
class Column:
    """``year`` for a column of one year's values; ``factor`` to 10⁴ CNY when the header names a money unit."""

    label: str
    role: Role
    year: int | None = None
    factor: Decimal | None = None
    unit: str | None = None
    lines: tuple[int, ...] = ()


@dataclass
class Slot:
    """A printed cell placed in a column."""

    text: str
    lines: tuple[int, ...]
    how: How = How.READ
    confidence: float = 1.0
    reason: str = ""

    def cell(self) -> Cell:
        return Cell(self.text, self.lines, self.how, self.confidence, self.reason)


@dataclass
class Record:
    """One row. ``slots`` by column index; ``loose`` are printed numbers whose column was lost."""

    kind: RecordKind = "row"
    slots: dict[int, Slot] = field(default_factory=dict)
    loose: list[Slot] = field(default_factory=list)
    undecided: set[int] = field(default_factory=set)
    label: str = ""
    lines: tuple[int, ...] = ()
    slots_hint: dict[str, int] = field(default_factory=dict)  # surplus blank lines around loose numbers


@dataclass
class Table:
    kind: Kind
    columns: list[Column]
    records: list[Record]
    lines: frozenset[int]
    caption: Line | None = None
    notes: list[Line] = field(default_factory=list)
    blanks_lost: bool = False
    grid: bool = False  # the cells were known, nothing had to be aligned

    def index(self, *roles: Role) -> int | None:
        """The first column with one of the roles, in the order the roles are given."""
        for role in roles:
            for i, column in enumerate(self.columns):
                if column.role is role:
                    return i
        return None

    def indexes(self, *roles: Role) -> list[int]:
        return [i for i, column in enumerate(self.columns) if column.role in roles]
