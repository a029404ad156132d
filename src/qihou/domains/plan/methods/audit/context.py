"""What every detector looks at: the register, and the document's passages told apart by where they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from ..reading.outline import contents_lines
from ..register import (
    Cell,
    DocumentFinding,
    FindingSeverity,
    IndicatorRow,
    ProjectRow,
    Register,
    RegisterRow,
    TaskRow,
)
from .text import bare, half_width, sentences, shorten

Place = Literal["prose", "indicator", "project", "task"]
_BACKGROUND = re.compile(r"现状|成效|成绩|回顾|形势|基础(?!设施|研究|能力|工程|管理)|背景|机遇|挑战|进展|问题|前\s*言")
ERROR, WARNING, NOTE = FindingSeverity.ERROR, FindingSeverity.WARNING, FindingSeverity.NOTE


@dataclass(frozen=True, eq=False)
class Passage:
    """One paragraph of the body, or the text of one row. ``background``: it tells how things are, not what will be."""

    line: int
    text: str  # half-width, as long as the original
    place: Place
    row: RegisterRow | None = None
    chapter: str = ""
    background: bool = False

    @cached_property
    def bare(self) -> str:
        return bare(self.text)

    @cached_property
    def sentences(self) -> list[str]:
        return sentences(self.text)


@dataclass
class Context:
    register: Register
    contents: frozenset[int] = frozenset()
    prose: list[Passage] = field(default_factory=list)
    project_texts: list[Passage] = field(default_factory=list)
    task_texts: list[Passage] = field(default_factory=list)
    cache: dict[int, Any] = field(default_factory=dict)  # by the passage's identity, for what several detectors need

    @classmethod
    def of(cls, register: Register) -> Context:
        contents = contents_lines(register.lines)
        context = cls(register, contents)
        context.prose = list(_prose(register, contents))
        context.project_texts = [_row_passage(p, "project") for p in register.projects]
        context.task_texts = [_row_passage(t, "task") for t in register.tasks]
        return context

    @cached_property
    def row_passages(self) -> list[Passage]:
        return [p for p in [*self.project_texts, *self.task_texts] if p.text]

    @cached_property
    def passages(self) -> list[Passage]:
        return [*self.prose, *self.row_passages]

    @cached_property
    def bare_text(self) -> str:
        """The whole document without its contents page, for counting how often something occurs."""
        return "\n".join(bare(line.text) for line in self.register.lines if line.number not in self.contents)

    @cached_property
    def plain_lines(self) -> list[tuple[int, str]]:
        """Every line with something on it but those of the contents page, half-width, with its number."""
        lines = self.register.lines
        return [(n.number, half_width(n.text)) for n in lines if n.text.strip() and n.number not in self.contents]

    def line_text(self, number: int) -> str:
        lines = self.register.lines
        if 0 < number <= len(lines) and lines[number - 1].number == number:
            return lines[number - 1].text
        return next((line.text for line in lines if line.number == number), "")


def _prose(register: Register, contents: frozenset[int]) -> list[Passage]:
    chapter, section, result = "", "", []
    headings = {h.line: h for h in register.outline}
    top = min((h.level for h in register.outline), default=1)
    seen_chapter = not register.outline
    for line in register.lines:
        if line.number in contents or line.number in register.table_lines or not line.text.strip():
            continue
        heading = headings.get(line.number)
        whole = heading is not None and len(half_width(line.text).strip()) <= len(heading.title) + 8
        if heading is not None and heading.level == top:
            chapter, section, seen_chapter = heading.title, "", True
        elif heading is not None and whole and heading.level == top + 1:
            section = heading.title
        if whole:
            continue
        place = section or chapter
        background = not seen_chapter or bool(_BACKGROUND.search(place) and "目标" not in place)
        result.append(Passage(line.number, half_width(line.text), "prose", None, chapter, background))
    return result


def _row_passage(row: ProjectRow | TaskRow, place: Place) -> Passage:
    if isinstance(row, ProjectRow):
        parts = [(row.name, "name"), (row.content or "", "content")]
        text = row.content or row.name
        line = first_line(row, "content", "name")
        if row.content and row.name and row.name not in row.content and len(row.name) > 12:
            text = "。".join(part for part, _ in parts)
    else:
        text, line = row.text, first_line(row, "text")
    return Passage(line, half_width(text), place, row)


def first_line(row: RegisterRow, *fields: str) -> int:
    """The line of the first of ``fields`` that cites one, else the row's first line, else 0."""
    for name in fields:
        cell = row.cells.get(name)
        if cell is not None and cell.lines:
            return cell.lines[0]
    return row.lines[0] if row.lines else 0


def lines_of(row: RegisterRow, *fields: str) -> tuple[int, ...]:
    found = [n for name in fields for n in row.cells.get(name, Cell()).lines]
    return tuple(dict.fromkeys(found)) or row.lines[:1]


def row_name(row: RegisterRow | None) -> str:
    """How a finding names a row: its number, else the beginning of its text."""
    if row is None:
        return ""
    if row.no is not None:
        return str(row.no)
    if isinstance(row, IndicatorRow | ProjectRow):
        return shorten(row.name, 16)
    return shorten(row.text, 16) if isinstance(row, TaskRow) else ""


def finding(
    kind: str,
    severity: FindingSeverity,
    params: Mapping[str, object],
    lines: tuple[int, ...] | list[int],
    quotes: tuple[str, ...] | list[str] = (),
) -> DocumentFinding:
    """Lines sorted and without repeats, also in ``params["at"]``; quotes in their order when there is one for each."""
    at = sorted({n for n in lines if n > 0})
    full = {**params, "at": at}
    pairs = list(zip(lines, quotes, strict=True)) if len(lines) == len(quotes) else None
    if pairs is not None:
        unique: dict[int, str] = {}
        for line, quote in sorted(pairs, key=lambda p: p[0]):
            unique[line] = f"{unique[line]} … {quote}" if line in unique and quote not in unique[line] else quote
        kept = [(n, shorten(q, 60)) for n, q in unique.items() if n > 0]
        return DocumentFinding(kind, severity, full, tuple(n for n, _ in kept), tuple(q for _, q in kept))
    return DocumentFinding(kind, severity, full, tuple(at), tuple(shorten(q, 60) for q in quotes))
