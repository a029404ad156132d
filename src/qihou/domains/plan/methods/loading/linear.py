"""Building a document line by line, so that every cell of a table has lines of its own."""

from __future__ import annotations

from ..document import Document, Grid, GridCell
from ..errors import UnableToRead
from ..register import Line
from .guards import MOST_LINES


def one_line(text: str) -> str:
    """The paragraphs of a cell as one line; a blank stays only between Latin words and numbers."""
    out = ""
    for part in (p.strip() for p in text.split("\n")):
        latin = out and part and out[-1].isascii() and part[0].isascii() and out[-1].isalnum() and part[0].isalnum()
        out += (" " if latin else "") + part
    return out


class Builder:
    """Collects lines and grids in reading order."""

    def __init__(self, name: str, kind: str) -> None:
        self.document = Document(name, kind)
        self.page: int | None = None

    def add(self, text: str) -> tuple[int, ...]:
        """Append text, one line per line of it; returns the numbers of the non-empty ones."""
        numbers = []
        for part in text.split("\n"):
            number = len(self.document.lines) + 1
            if number > MOST_LINES:
                raise UnableToRead(
                    f"文件“{self.document.name}”超过 {MOST_LINES} 行的上限。",
                    f"The file “{self.document.name}” has more than {MOST_LINES} lines.",
                    line=MOST_LINES,
                )
            self.document.lines.append(Line(number, part, self.page))
            if part.strip():
                numbers.append(number)
        return tuple(numbers)

    def add_table(self, places: list[list[tuple[int, str] | None]]) -> None:
        """A table given as places: (cell id, text), the same id in every place a cell spans; None for a hole."""
        seen: dict[int, GridCell] = {}
        rows: list[list[GridCell]] = []
        for row in places:
            out: list[GridCell] = []
            for place in row:
                if place is None:
                    out.append(GridCell())
                    continue
                identity, text = place
                if identity in seen:
                    first = seen[identity]
                    out.append(GridCell(first.text, first.lines, spanned=True))
                    continue
                flat = "\n".join(p.strip() for p in text.split("\n") if p.strip())
                cell = GridCell(flat, self.add(one_line(flat)) if flat else ())
                seen[identity] = cell
                out.append(cell)
            rows.append(out)
        if rows:
            self.document.grids.append(Grid(rows))
        self.add("")
