"""A file after loading: numbered lines of text and, where the format keeps them, the grids of its tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from .register import Line


@dataclass
class GridCell:
    """One place of a grid. A cell that spans several places stands in each; ``spanned`` in all but the first."""

    text: str = ""
    lines: tuple[int, ...] = ()
    spanned: bool = False
    origin: tuple[int, int] | None = None


@dataclass
class Grid:
    """A table whose cells are known. Rows may be of unequal length."""

    rows: list[list[GridCell]]

    @property
    def lines(self) -> frozenset[int]:
        return frozenset(n for row in self.rows for cell in row for n in cell.lines)

    @property
    def first_line(self) -> int:
        return min(self.lines, default=0)


@dataclass
class Document:
    """``lines[i].number == i + 1`` always holds."""

    name: str
    kind: str
    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    marked: dict[int, int] = field(default_factory=dict)  # line → level, where the format marks headings

    @classmethod
    def of_text(cls, name: str, kind: str, text: str) -> Document:
        return cls(name, kind, [Line(i, t) for i, t in enumerate(text.split("\n"), start=1)])
