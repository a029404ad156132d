"""Rows of a task table, and to which merged cell a text belongs that the table prints only once."""

from __future__ import annotations

import re
from collections import Counter

from ..layout.roles import Role
from ..layout.table import Record, Slot, Table
from ..register import Cell, Heading, How, TaskRow
from .fields import Carry, absent, group_title, leads_and_support, row_number, tidy
from .numbers import is_nothing
from .outline import bare_title
from .years import is_period, read_span


def title_key(text: str) -> str:
    """What is left of a title for comparing: no number, no punctuation, no blanks."""
    return re.sub(r"[\s“”\"'‘’《》、，,。.；;：:（）()\-—·]", "", bare_title(text))


class Titles:
    """The headings of the document by their words, with levels and parents."""

    def __init__(self, outline: list[Heading], run_in: list[Heading]) -> None:
        self.all = sorted([*outline, *run_in], key=lambda h: h.line)
        self._by_key: dict[str, Heading] = {}
        for heading in self.all:
            self._by_key.setdefault(title_key(heading.title), heading)

    def find(self, text: str) -> Heading | None:
        return self._by_key.get(title_key(text))

    def level(self, text: str | None) -> int | None:
        heading = self.find(text) if text else None
        return heading.level if heading else None

    def ancestor(self, text: str, level: int) -> Heading | None:
        """The nearest heading of ``level`` above the heading with these words."""
        heading = self.find(text)
        if heading is None or heading.level <= level:
            return None
        above = [h for h in self.all if h.line < heading.line and h.level <= level]
        return above[-1] if above and above[-1].level == level else None


class TaskReader:
    """One table read row by row with the merged cells carried down."""

    def __init__(self, table: Table, titles: Titles) -> None:
        self.table = table
        self.titles = titles
        texts = table.indexes(Role.TEXT, Role.NAME, Role.CONTENT)
        groups = table.indexes(Role.GROUPING)
        self.text_at = texts[-1] if texts else None
        before = [*groups, *texts[:-1]]
        before.sort()
        self.key_at = before[-1] if before and (len(before) > 1 or before[-1] in texts[:-1]) else None
        self.chapter_at = before[0] if before and before[0] != self.key_at else None
        self.chapter_level, self.agreement = self._usual_levels()

    def _usual_levels(self) -> tuple[int | None, float]:
        """The heading level of printed chapters, and how often key tasks stand under their chapter in the outline."""
        levels: Counter[int] = Counter()
        pairs = agree = 0
        for record in self.table.records:
            chapter, key = self._slot(record, self.chapter_at), self._slot(record, self.key_at)
            if chapter is None or key is None:
                continue
            level = self.titles.level(chapter.text)
            if level is None:
                continue
            levels[level] += 1
            if parent := self.titles.ancestor(key.text, level):
                pairs += 1
                agree += title_key(parent.title) == title_key(chapter.text)
        return (levels.most_common(1)[0][0], agree / pairs if pairs else 0.0) if levels else (None, 0.0)

    def _slot(self, record: Record, at: int | None) -> Slot | None:
        slot = record.slots.get(at) if at is not None else None
        return None if slot is None or is_nothing(slot.text) else slot

    def rows(self) -> list[TaskRow]:
        carry = Carry()
        out: list[TaskRow] = []
        for record in self.table.records:
            if record.kind == "group":
                self._take_group(record, carry)
            elif record.kind == "row":
                row = self._row(record, carry)
                if row.text or (row.key_task and row.cells["key_task"].how is not How.CARRIED):
                    out.append(row)
        return out

    def _take_group(self, record: Record, carry: Carry) -> None:
        """一、… names a chapter; (一)… under it a key task."""
        slot = Slot(group_title(record.label), record.lines)
        inner = bool(re.match(r"^[（(]", record.label.strip()))
        if inner and self.key_at is None and self._chapter_from_group:
            carry.take("key", slot)
        else:
            carry.take("chapter", slot)
            carry.drop("key")
            self._chapter_from_group = not inner

    _chapter_from_group = False

    def _row(self, record: Record, carry: Carry) -> TaskRow:
        at = self.table.index(Role.NO)
        slot = record.slots.get(at) if at is not None else None
        row = TaskRow(row_number(slot))
        row.cells["no"] = slot.cell() if slot else absent()
        self._read_headings(row, record, carry)
        text = self._slot(record, self.text_at)
        row.text = tidy(text.text) if text else ""
        row.cells["text"] = text.cell() if text else absent()
        self._carry_lead(record, carry)
        leads, row.cells["leads"], support, row.cells["supporting"] = leads_and_support(self.table, record)
        row.leads, row.leads_open = leads.names, leads.open
        row.supporting, row.supporting_open = support.names, support.open
        self._read_deadline(row, record)
        return row

    def _carry_lead(self, record: Record, carry: Carry) -> None:
        """A table ordered by department prints the name once, in a merged cell left of the texts."""
        at = self.table.index(Role.LEAD)
        if at is None or self.text_at is None or at > self.text_at:
            return
        slot = self._slot(record, at)
        text, cell = carry.take("lead", slot)
        if slot is None and text is not None:
            record.slots[at] = Slot(text, cell.lines, cell.how, cell.confidence, cell.reason)

    def _read_headings(self, row: TaskRow, record: Record, carry: Carry) -> None:
        chapter, key = self._slot(record, self.chapter_at), self._slot(record, self.key_at)
        if (chapter is None) != (key is None) and self.chapter_at is not None and self.key_at is not None:
            chapter, key = self._which(chapter or key, chapter is not None, carry)
        if chapter is not None:
            carry.drop("key")
        row.chapter, row.cells["chapter"] = carry.take("chapter", chapter)
        row.key_task, row.cells["key_task"] = carry.take("key", key)
        row.key_task = row.key_task.rstrip("。；;") if row.key_task else None
        row.chapter = row.chapter.rstrip("。；;") if row.chapter else None
        self._correct_chapter(row)

    def _which(self, slot: Slot | None, as_chapter: bool, carry: Carry) -> tuple[Slot | None, Slot | None]:
        """Only one of the two merged cells begins here: the outline says which; else it is the inner one."""
        if slot is None or self.table.grid:
            return (slot, None) if as_chapter else (None, slot)
        level = self.titles.level(slot.text)
        chapter = carry.peek("chapter")
        key = carry.peek("key")
        chapter_level = self.titles.level(chapter) if chapter else None
        key_level = self.titles.level(key) if key else None
        decided: bool | None = None
        if level is not None:
            if level == chapter_level:
                decided = True
            elif level == key_level:
                decided = False
            elif chapter_level is not None:
                decided = level < chapter_level
            elif self.chapter_level is not None:
                decided = level <= self.chapter_level
        slot.how = How.ALIGNED
        slot.confidence, slot.reason = (0.9, "outline_level") if decided is not None else (0.7, "inner_merged_cell")
        is_chapter = decided if decided is not None else (chapter is None)
        return (slot, None) if is_chapter else (None, slot)

    def _correct_chapter(self, row: TaskRow) -> None:
        """A key task the outline puts under a heading, while the chapter above it in the table is none of the outline's."""
        if self.table.grid or self.chapter_level is None or self.agreement < 0.7 or not row.key_task:
            return
        if row.cells["chapter"].how is not How.CARRIED or self.titles.find(row.chapter or ""):
            return
        parent = self.titles.ancestor(row.key_task, self.chapter_level)
        if parent is not None:
            row.chapter = bare_title(parent.title)
            row.cells["chapter"] = Cell(parent.title, (parent.line,), How.ALIGNED, 0.6, "chapter_from_outline")

    def _read_deadline(self, row: TaskRow, record: Record) -> None:
        for role in (Role.END, Role.PERIOD):
            at = self.table.index(role)
            slot = self._slot(record, at)
            if slot is None:
                continue
            row.cells["deadline"] = slot.cell()
            span = read_span(slot.text, deadline_column=True)
            if span.end is not None and is_period(slot.text):
                row.deadline = f"{span.end}-{span.end_month:02d}" if span.end_month else str(span.end)
            return
