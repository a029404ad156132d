"""Tables flattened to one cell per line."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise

from ..reading.numbers import is_nothing, read_amount, squeeze
from ..register import Line
from .align import Aligner, Gaps
from .blocks import settle_blocks
from .chain import row_numbers
from .fit import Fitting
from .header import kind_of
from .merged import settle_merged_leads
from .roles import MONEY, ORGANISATIONS, Role
from .stacked_head import match_header
from .table import Column, Record, Slot, Table
from .tokens import Token, is_furniture, is_group, is_note, is_page_mark, is_stop, is_subtotal, is_total
from .wrapping import full_lines, join_wrapped

_HAN_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.]?$")


class Stacked:
    """One table found in the tokens between two indexes."""

    def __init__(self, columns: list[Column], head: list[Token], body: list[Token], fitting: Fitting) -> None:
        self.columns = columns
        self.head = head
        self.fitting = fitting
        self.notes: list[Line] = []
        self.body = join_wrapped(self._clean(body), fitting)
        has_number = any(c.role is Role.NO for c in columns)
        if not has_number and self._counts_without_a_head():
            self.columns = columns = [Column("", Role.NO), *columns]
            has_number = True
        before = next((i for i, c in enumerate(columns) if c.role is Role.NO), 0)
        self.numbers = row_numbers(self.body, before) if has_number else {}
        if has_number and len(self.numbers) < 1:
            self.columns = [c for c in columns if c.role is not Role.NO]
        self.is_full = full_lines(self.body)
        self._cut_after_last_row()
        self._reveal_hidden_column()
        self.gaps = self._measure_gaps()

    def _clean(self, body: list[Token]) -> list[Token]:
        """Without repeated heads and page marks; cut at the first line that can only stand after the table."""
        heads = [squeeze(t.text) for t in self.head]
        out: list[Token] = []
        i = 0
        while i < len(body):
            token = body[i]
            if [squeeze(t.text) for t in body[i : i + len(heads)]] == heads:
                i += len(heads)
                continue
            if is_note(token.text):
                self.notes.append(Line(token.line, token.text))
                i += 1
                if i < len(body) and body[i].text not in ("1",) and not is_page_mark(body[i].text):
                    break
                continue
            if is_page_mark(token.text):
                i += 1
                continue
            if is_stop(token.text) or is_furniture(token.text):
                break
            out.append(token)
            i += 1
        return out

    def _counts_without_a_head(self) -> bool:
        """Whether the rows are numbered 1, 2, 3, … though no label stands over the numbers."""
        counted = row_numbers(self.body)
        values = list(counted.values())
        return 0 in counted and len(values) >= 3 and values == list(range(1, len(values) + 1))

    def _cut_after_last_row(self) -> None:
        """A numbered title after the last row is a heading of the text, not a group of rows."""
        if not self.numbers:
            return
        last = max(self.numbers)
        for i in range(last + 1, len(self.body)):
            if is_group(self.body[i].text):
                del self.body[i:]
                return

    def _rows_by_number(self) -> list[list[Token]]:
        starts = sorted(self.numbers)
        return [self.body[a:b] for a, b in pairwise([*starts, len(self.body)])]

    def _reveal_hidden_column(self) -> None:
        """A head merged over two columns is printed once: rows then hold one text more than there are heads for."""
        roles = [c.role for c in self.columns]
        text_at = [i for i, r in enumerate(roles) if r in (Role.TEXT, Role.GROUPING, Role.NAME, Role.CONTENT)]
        if kind_of(self.columns) != "tasks" or not self.numbers or not text_at:
            return
        after_number = [i for i in text_at if i > roles.index(Role.NO)]
        first_body = next((i for i, r in enumerate(roles) if r in ORGANISATIONS), len(roles))
        beside = sum(1 for r in roles[roles.index(Role.NO) : first_body] if r is Role.OTHER)
        extra = 0
        for row in self._rows_by_number()[:-1]:
            texts: list[Token] = []
            for token in row[1:]:
                if self.fitting.organisation(token.text) >= 0.8 or is_nothing(token.text):
                    break
                texts.append(token)
            if len(texts) == len(after_number) + beside + 1 and all(
                len(t.text) <= 26 and "。" not in t.text for t in texts[:-1]
            ):
                extra += 1
        if extra >= 2 and after_number and roles[after_number[-1]] is Role.TEXT:
            twin = self.columns[after_number[-1]]
            self.columns.insert(after_number[-1], Column(twin.label, Role.TEXT, lines=twin.lines))

    def _measure_gaps(self) -> Gaps:
        """Blank lines between cells, and whether extra ones reliably stand for empty cells."""
        if len(self.body) < 2:
            return Gaps(0)
        if any(t.place is not None for t in self.body):
            explicit = any(t.gap for t in self.body if t.place)
            return Gaps(0, 1 if explicit else None, dropped=True)
        usual = Counter(t.gap for t in self.body[1:]).most_common(1)[0][0]
        width = len(self.columns)
        merged = sum(1 for c in self.columns if c.role in (Role.GROUPING, Role.TEXT))
        rows = self._rows_by_number()[:-1]
        for unit in (1, 2):
            short = agree = 0
            for row, after in zip(rows, self._rows_by_number()[1:], strict=False):
                extras = [max(0, t.gap - usual) for t in [*row[1:], after[0]]]
                cells = len(row) + sum(extras) / unit
                if len(row) < width:
                    short += 1
                    agree += 1 if sum(extras) and width - merged <= cells <= width else 0
            if short >= 2 and agree >= 0.8 * short and usual <= 1:
                return Gaps(usual, unit)
        return Gaps(usual)

    def read(self) -> list[Record]:
        segments = self._segments()
        records: list[Record] = []
        aligner = Aligner(self.columns, self.gaps, self.fitting, self.is_full)
        for index, (kind, tokens) in enumerate(segments):
            if kind == "row":
                records.extend(self._rows(aligner, tokens, index == len(segments) - 1))
            elif kind == "numbered":
                group = self._sum("subtotal", tokens[1:])
                group.kind, group.label = "group", tokens[1].text
                group.lines = tuple(t.line for t in tokens)
                records.append(group)
            elif kind == "group":
                records.append(Record("group", label=tokens[0].text, lines=(tokens[0].line,)))
            else:
                records.append(self._sum(kind, tokens))
        return records

    def _segments(self) -> list[tuple[str, list[Token]]]:
        segments: list[tuple[str, list[Token]]] = []
        row: list[Token] = []
        i = 0
        while i < len(self.body):
            token = self.body[i]
            kind = "total" if is_total(token.text) else "subtotal" if is_subtotal(token.text) else None
            if kind is None and is_group(token.text) and self._stands_alone(i):
                kind = "group"
            if kind is None and (until := self._numbered_group(i)):
                if row:
                    segments.append(("row", row))
                    row = []
                segments.append(("numbered", self.body[i:until]))
                i = until
                continue
            if kind is None:
                row.append(token)
                i += 1
                continue
            if row:
                segments.append(("row", row))
                row = []
            part = [token]
            i += 1
            while kind != "group" and i < len(self.body) and self._of_sum(i) and not self._numbered_group(i):
                part.append(self.body[i])
                i += 1
            segments.append((kind, part))
        if row:
            segments.append(("row", row))
        return segments

    def _numbered_group(self, i: int) -> int:
        """一 in a cell of its own, the group's name in the next, perhaps its sums: the index after them, else 0."""
        if not self.numbers or i in self.numbers or not _HAN_NUMBER.match(self.body[i].text) or i + 1 >= len(self.body):
            return 0
        if read_amount(self.body[i + 1].text, _UNITY) is not None or len(self.body[i + 1].text) > 30:
            return 0
        until = i + 2
        while until < len(self.body) and self._of_sum(until):
            until += 1
        return until if until in self.numbers else 0

    def _stands_alone(self, i: int) -> bool:
        """A numbered title is a group row when a new row starts after it."""
        if self.numbers:
            return i + 1 in self.numbers or (i + 2 in self.numbers and is_group(self.body[i + 1].text))
        return True

    def _of_sum(self, i: int) -> bool:
        text = self.body[i].text
        return i not in self.numbers and (read_amount(text, _UNITY) is not None or is_nothing(text))

    def _sum(self, kind: str, tokens: list[Token]) -> Record:
        record = Record("total" if kind == "total" else "subtotal", label=tokens[0].text)
        record.lines = tuple(t.line for t in tokens)
        amounts = [t for t in tokens[1:] if read_amount(t.text, _UNITY) is not None]
        money = [i for i, c in enumerate(self.columns) if c.role in MONEY]
        if len(amounts) == len(money):
            record.slots = {i: Slot(t.text, (t.line,)) for i, t in zip(money, amounts, strict=True)}
        elif amounts and money:
            record.slots = {money[0]: Slot(amounts[0].text, (amounts[0].line,))}
            record.loose = [Slot(t.text, (t.line,)) for t in amounts[1:]]
        return record

    def _rows(self, aligner: Aligner, tokens: list[Token], last: bool) -> list[Record]:
        known = {id(self.body[i]) for i in self.numbers}
        numbers = frozenset(i for i, t in enumerate(tokens) if id(t) in known)
        placed = aligner.place(tokens, numbers, last=last)
        rows: dict[int, Record] = {}
        latest: dict[tuple[int, int], str] = {}
        for token, at in zip(tokens, placed, strict=True):
            if at is None:
                continue
            record = rows.setdefault(at[0], Record())
            slot = record.slots.get(at[1])
            if slot is None:
                record.slots[at[1]] = Slot(token.text, token.lines)
            else:
                glue = self._glue(at[1], slot.text, latest[at], token.text)
                slot.text, slot.lines = slot.text + glue + token.text, (*slot.lines, *token.lines)
            latest[at] = token.text
        out = [r for r in rows.values() if self._is_row(r)]
        if not self.gaps.dropped:
            extras = {t.line: self.gaps.surplus(t) for t in self.body}
            settle_blocks(out, self.columns, extras, self.gaps.unit is not None)
        else:
            if self.gaps.unit is None:
                settle_blocks(out, self.columns, {}, False)
            settle_merged_leads(out, self.columns, self._empty_after(tokens, placed))
        for record in out:
            record.lines = tuple(sorted(n for s in [*record.slots.values(), *record.loose] for n in s.lines))
        return out

    def _empty_after(self, tokens: list[Token], placed: list[tuple[int, int] | None]) -> frozenset[int]:
        """Lines on which an empty cell is printed right after the lead."""
        found = set()
        for (token, at), following in zip(zip(tokens, placed, strict=True), tokens[1:], strict=False):
            if at is not None and self.columns[at[1]].role is Role.LEAD and self.gaps.surplus(following):
                found.add(token.line)
        return frozenset(found)

    def _glue(self, column: int, before: str, line_before: str, text: str) -> str:
        """What stands between two lines of one cell: a new paragraph between whole names, a blank between Latin words."""
        if (
            self.columns[column].role in ORGANISATIONS
            and self.fitting.organisation(re.split(r"[、，,；;]", before)[-1]) >= 0.6
        ):
            return "" if before.endswith("、") else "\n"
        if self.is_full(line_before):
            return ""
        return " " if re.search(r"[A-Za-z0-9]$", before) and re.match(r"[A-Za-z0-9]", text) else ""

    def _is_row(self, record: Record) -> bool:
        """At least a text and one cell more: a stray line is no row."""
        roles = {self.columns[i].role for i in record.slots}
        return (
            len(record.slots) >= 2
            and bool(roles & {Role.NAME, Role.TEXT, Role.CONTENT, Role.GROUPING})
            and (Role.NO in roles or len(roles) >= max(2, len(self.columns) // 3) or bool(roles & set(ORGANISATIONS)))
        )


_UNITY = Decimal(1)


def find_stacked(tokens: list[Token], fitting: Fitting) -> list[Table]:
    """All tables of known kinds among the tokens."""
    heads: list[tuple[int, int, list[Column]]] = []
    i = 0
    while i < len(tokens):
        matched = match_header(tokens, i)
        if matched:
            heads.append((i, matched[1], matched[0]))
            i = matched[1]
        else:
            i += 1
    heads = _without_repeats(tokens, heads)
    tables = []
    for k, (start, body_at, columns) in enumerate(heads):
        end = heads[k + 1][0] if k + 1 < len(heads) else len(tokens)
        kind = kind_of(columns)
        if kind is None:
            continue
        stacked = Stacked(columns, tokens[start:body_at], tokens[body_at:end], fitting)
        records = stacked.read()
        if not any(r.kind == "row" for r in records):
            continue
        lines = {t.line for t in tokens[start:body_at]} | {n for r in records for n in r.lines}
        table = Table(kind, stacked.columns, records, frozenset(lines), notes=stacked.notes)
        table.caption = _caption(tokens, start)
        table.blanks_lost = stacked.gaps.unit is None
        tables.append(table)
    return tables


def _without_repeats(
    tokens: list[Token], heads: list[tuple[int, int, list[Column]]]
) -> list[tuple[int, int, list[Column]]]:
    """A head printed again where a page broke does not begin a new table, unless a caption stands between."""
    kept: list[tuple[int, int, list[Column]]] = []
    for head in heads:
        if kept:
            previous = kept[-1]
            same = [squeeze(t.text) for t in tokens[previous[0] : previous[1]]] == [
                squeeze(t.text) for t in tokens[head[0] : head[1]]
            ]
            between = tokens[previous[1] : head[0]]
            if same and not any(is_stop(t.text) and not is_page_mark(t.text) for t in between):
                continue
        kept.append(head)
    return kept


def _caption(tokens: list[Token], start: int) -> Line | None:
    """The line over the head: 附表1 …, or the unit line 单位:万元 with the caption before it."""
    for token in reversed(tokens[max(0, start - 3) : start]):
        if (
            re.search(r"单位[：:]", token.text)
            or is_stop(token.text)
            or re.search(r"(表|清单|项目库|一览)$", token.text)
        ):
            return Line(token.line, token.text)
    return None
