"""From a file to a register: the one door to the reader.

Pure: bytes in, a :class:`~.register.Register` out. Whatever the file holds, the answer is a register (perhaps one that
only says what is lacking) or :class:`~.errors.UnableToRead`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .document import Document
from .errors import UnableToRead
from .layout import find_tables
from .layout.fit import Fitting
from .layout.table import Table
from .layout.tokens import is_furniture
from .loading import MOST_BYTES, load, too_large
from .reading.claims import stated_claims, take_stated_total
from .reading.damage import find_damage
from .reading.indicators import read_indicators
from .reading.outline import contents_lines, read_outline, run_in_titles
from .reading.projects import ProjectReader
from .reading.prose import lead_by_rule, read_prose_tasks, without_rule
from .reading.prose_indicators import read_prose_indicators
from .reading.prose_projects import read_prose_projects
from .reading.tasks import TaskReader, Titles
from .reading.title import find_period, find_title, government_level
from .register import IndicatorRow, Line, Register

Progress = Callable[[str, float], None]
__all__ = ["Progress", "UnableToRead", "read_bytes", "read_path", "read_register"]


def read_path(path: str | Path, *, progress: Progress | None = None) -> Register:
    """Read a file from disk.

    Raises:
        UnableToRead: there is no such file, it is too large, or it holds no text.
    """
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise too_large(file.stat().st_size)
        data = file.read_bytes()
    except OSError as problem:
        raise UnableToRead(
            f"打不开文件“{file.name}”：{problem.strerror or '无法读取'}。",
            f"The file “{file.name}” cannot be opened: {problem.strerror or 'unreadable'}.",
        ) from problem
    return read_bytes(data, file.name, progress=progress)


def read_bytes(data: bytes, name: str, *, progress: Progress | None = None) -> Register:
    """Read a file's content; ``name`` helps to tell its format. ``progress(stage, share)`` is told how far it is.

    Raises:
        UnableToRead: too large, empty, damaged, or without any text.
    """
    from .audit import audit
    from .funding import settle_funding

    tell = progress or _silent
    tell("load", 0.0)
    try:
        document = load(data, name)
        tell("read", 0.3)
        register = read_register(document)
        tell("funding", 0.7)
        settle_funding(register)
        tell("audit", 0.8)
        register.findings = audit(register)
    except UnableToRead:
        raise
    except (
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as fault:
        # A fault of ours, met on a document nobody foresaw: the person gets a sentence, the log gets the cause.
        raise UnableToRead(
            f"读取“{name}”时程序出错，没有得到结果；请把文件交给维护人员。",
            f"The reader failed on “{name}” by a fault of its own; please hand the file to the maintainers.",
        ) from fault
    tell("done", 1.0)
    return register


def _silent(stage: str, share: float) -> None:
    """Progress nobody asked for."""


def read_register(document: Document) -> Register:
    """Everything the document says, before funding columns are settled and the audit is made."""
    lines = document.lines
    contents = contents_lines(lines)
    furniture = frozenset(line.number for line in lines if is_furniture(line.text))
    fitting = Fitting()
    tables = find_tables(document, contents, fitting)
    in_tables = frozenset(n for t in tables for n in t.lines)
    title = find_title(lines)
    period = find_period(title, lines)
    outline = read_outline(lines, contents | in_tables | furniture, document.marked)
    register = Register(
        title, period[0] if period else None, period[1] if period else None, lines, outline, table_lines=in_tables
    )
    prose = [n for n in lines if n.number not in in_tables and n.number not in contents and n.number not in furniture]
    _read_tables(register, tables, prose)
    if not any(t.kind == "indicators" for t in tables):
        register.indicators = read_prose_indicators(prose, outline, register.first_year)
    if not register.projects:
        register.projects = read_prose_projects(prose, outline)
        told = frozenset(n for p in register.projects for c in ("name", "leads") for n in p.cells[c].lines)
        prose = [n for n in prose if n.number not in told]
    if not register.tasks:
        register.tasks = read_prose_tasks(prose, outline)
    elif (rule := without_rule([*prose, *register.table_notes, *_heads(tables)])[0]) is not None:
        lead_by_rule(register.tasks, rule)
    names = frozenset(p.name for p in register.projects if len(p.name) >= 4)
    register.claimed = stated_claims(prose, names)
    take_stated_total(register.claimed, register.totals)
    register.damage = find_damage(lines, furniture | contents)
    register.lacks = [k for k in ("indicators", "projects", "tasks") if not getattr(register, k)]
    if not tables:
        register.lacks.append("tables")
    return register


def _heads(tables: list[Table]) -> list[Line]:
    """The labels over the columns of task tables, with the lines they stand on."""
    return [Line(c.lines[0], c.label) for t in tables if t.kind == "tasks" for c in t.columns if c.lines]


def _read_tables(register: Register, tables: list[Table], prose: list[Line]) -> None:
    spoken = {n.number for n in prose}
    skip = frozenset(n.number for n in register.lines if n.number not in spoken)
    titles = Titles(register.outline, run_in_titles(register.lines, register.outline, skip))
    elsewhere = prose + [n for t in tables if t.kind == "tasks" for n in register.lines if n.number in t.lines]
    level = government_level(register.title, prose)
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for table in tables:
        register.table_notes += table.notes
        if table.kind == "indicators":
            indicators = read_indicators(table, elsewhere, register.last_year, register.first_year)
            if not _is_past(indicators, register.first_year) and _new(seen, table.kind, [r.name for r in indicators]):
                register.indicators += indicators
        elif table.kind == "projects":
            reader = ProjectReader(table, level)
            projects = reader.rows()
            if _new(seen, table.kind, [r.name + (r.content or "") for r in projects]):
                register.projects += projects
                reader.read_totals(register.totals)
        else:
            tasks = TaskReader(table, titles).rows()
            if _new(seen, table.kind, [r.text for r in tasks]):
                register.tasks += tasks


def _is_past(rows: list[IndicatorRow], first_year: int | None) -> bool:
    """A table of how the plan before was fulfilled is no table of this plan's indicators."""
    years = {r.target_year for r in rows}
    return first_year is not None and bool(years) and all(y is not None and y < first_year for y in years)


def _new(seen: set[tuple[str, tuple[str, ...]]], kind: str, words: list[str]) -> bool:
    """A table printed twice (in the body and as an annex) is read once."""
    key = (kind, tuple(words))
    if key in seen:
        return False
    seen.add(key)
    return True
