"""What a report is made of before it is a file: chapters of paragraphs, tables and charts, all text already."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Paragraph:
    """``quiet``: a note under a table or figure."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Heading:
    """A section inside a chapter."""

    text: str


@dataclass(frozen=True)
class Table:
    """``right``: columns of numbers. ``strong``: rows that are totals. ``indent``: by row, how deep its first cell stands."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    indent: tuple[int, ...] = ()
    widths: tuple[float, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bars:
    """A bar chart: one value per name, None where there is none. The table beside it holds the same numbers."""

    title: str
    unit: str
    names: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]


Part = Paragraph | Heading | Table | Bars


@dataclass(frozen=True)
class Chapter:
    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Report:
    """``marks``: what the cover and the head of every page must say: 示例, 待核."""

    title: str
    district: str
    year: str
    cover: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    language: str
    marks: tuple[str, ...] = ()
    contents_word: str = "目录"
    figure_word: str = "图"
    table_word: str = "表"
