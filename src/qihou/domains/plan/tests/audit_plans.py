"""Tiny plans in our own words, for trying one detector at a time."""

from __future__ import annotations

from decimal import Decimal as D

from qihou.domains.plan.methods.audit import audit
from qihou.domains.plan.methods.register import (
    Cell,
    DocumentFinding,
    Funding,
    Heading,
    IndicatorRow,
    Line,
    ProjectRow,
    Register,
    TaskRow,
    Totals,
)


class Plan:
    """Adds rows as lines of a document, so that every cell cites a real line."""

    def __init__(self, first: int | None = 2021, last: int | None = 2025) -> None:
        self.texts: list[str] = []
        self.table: set[int] = set()
        self.register = Register("某区规划", first, last, [], [], totals=Totals())

    def say(self, text: str) -> int:
        self.texts.append(text)
        return len(self.texts)

    def _cell(self, text: str) -> Cell:
        line = self.say(text)
        self.table.add(line)
        return Cell(printed=text, lines=(line,))

    def heading(self, title: str, level: int = 1) -> int:
        line = self.say(title)
        self.register.outline.append(Heading(level, title, line))
        return line

    def indicator(self, no, name, base=None, target=None, unit="%", *, base_mark=False, target_mark=False, **more):
        row = IndicatorRow(no=no, name=name, unit=unit, base_year=2020, target_year=2025, nature="binding", **more)
        row.departments = more.get("departments", ["区水利局"])
        row.cells["name"] = self._cell(name)
        for key, value, mark in (("base", base, base_mark), ("target", target, target_mark)):
            if value is not None:
                row.cells[key] = self._cell(f"[{value}]" if mark else str(value))
                setattr(row, key, D(str(value)))
                setattr(row, f"{key}_cumulative", mark)
        if target is not None:
            row.target_state = "value"
        self.register.indicators.append(row)
        return row

    def project(self, no, content, investment=None, funding=(), leads=("区水利局",), start=2021, end=2025, name=""):
        row = ProjectRow(no=no, name=name or f"工程{no}", content=content, start=start, end=end, leads=list(leads))
        row.cells["content"] = self._cell(content)
        row.cells["start"] = row.cells["end"] = self._cell(f"{start}-{end}")
        if investment is not None:
            row.investment = D(str(investment))
            row.cells["investment"] = self._cell(str(investment))
        if funding:
            amounts = [None if a is None else D(str(a)) for a in funding]
            row.funding = Funding(*amounts)
        row.cells["leads"] = self._cell("、".join(leads))
        self.register.projects.append(row)
        return row

    def task(self, no, text, leads=("区水利局",), supporting=(), chapter=None, key_task=None, **more):
        row = TaskRow(no=no, text=text, leads=list(leads), supporting=list(supporting), **more)
        row.chapter, row.key_task = chapter, key_task
        row.cells["text"] = self._cell(text)
        row.cells["leads"] = self._cell("、".join(leads))
        if supporting:
            row.cells["supporting"] = self._cell("、".join(supporting))
        self.register.tasks.append(row)
        return row

    def total(self, **columns: str) -> None:
        for column, printed in columns.items():
            setattr(self.register.totals, column, D(printed))
            self.register.totals.cells[column] = self._cell(printed)

    def note(self, text: str) -> None:
        self.register.table_notes.append(Line(self.say(text), text))

    def done(self) -> Register:
        self.register.lines = [Line(i, t) for i, t in enumerate(self.texts, 1)]
        self.register.table_lines = frozenset(self.table)
        return self.register

    def findings(self, kind: str | None = None) -> list[DocumentFinding]:
        return [f for f in audit(self.done()) if kind is None or f.kind == kind]

    def kinds(self) -> set[str]:
        return {f.kind for f in self.findings()}
