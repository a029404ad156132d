"""Tables written as rows with separators: pipes, markdown, tabs, commas, or runs of blanks."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from ..document import GridCell
from ..register import Line
from .broken_rows import join_broken_rows
from .cells import PIPES as _PIPES
from .fit import Fitting
from .grid import table_from_rows
from .header import Label, columns_of, kind_of
from .roles import role_of
from .table import Table
from .tokens import is_furniture, is_group, is_note, is_page_mark, is_stop, is_subtotal, is_total

_RULE = re.compile(rf"^[\s{_PIPES}:\-—─━=+┼├┤┬┴┌┐└┘╋_]+$")


@dataclass(frozen=True)
class Piece:
    """A cell of a written row with its place on the line, in display columns or, for some exports, in letters."""

    text: str
    start: int
    stop: int


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _by_pipe(text: str, closed: bool | None = None) -> list[Piece] | None:
    """Cells between pipes; with ``closed`` the row has bars at both ends, without it the ends are cells themselves."""
    if sum(text.count(c) for c in _PIPES) < 2:
        return None
    body = text.strip()
    closed = body[0] in _PIPES if closed is None else closed
    parts = re.split(rf"(?<!\\)[{_PIPES}]", body)
    if closed:
        parts = parts[1 if body[0] in _PIPES else 0 : len(parts) - (1 if body[-1] in _PIPES else 0)]
    return [Piece(_clean(p), 0, 0) for p in parts]


def _clean(text: str) -> str:
    bare = re.sub(r"<br\s*/?>", "", text.replace("\\|", "|"))
    return re.sub(r"^\*\*(.+)\*\*$", r"\1", bare.strip())


def _by_tab(text: str) -> list[Piece] | None:
    if text.count("\t") < 2:
        return None
    return [Piece(_unquote(p), 0, 0) for p in text.rstrip("\r\n").split("\t")]


def _unquote(text: str) -> str:
    bare = text.strip()
    return bare[1:-1].replace('""', '"') if len(bare) > 1 and bare[0] == bare[-1] == '"' else bare


def _by_comma(text: str) -> list[Piece] | None:
    if text.count(",") < 3:
        return None
    try:
        cells = next(csv.reader([text]))
    except (csv.Error, StopIteration):
        return None
    return [Piece(c.strip(), 0, 0) for c in cells]


def _pieces_by_blanks(text: str, measure: Callable[[str], int]) -> list[Piece]:
    return [
        Piece(m[0], measure(text[: m.start()]), measure(text[: m.end()]))
        for m in re.finditer(r"\S+(?:(?<![。；])[ \xa0]\S+)*", text.replace("\u3000", "  "))
    ]


def _head_by_blanks(text: str, measure: Callable[[str], int]) -> list[Piece]:
    """Heads may stand so close that a single blank divides them: 投资(亿元) 责任单位."""
    out: list[Piece] = []
    apart = _pieces_by_blanks(text, measure)
    if len(apart) < 2:
        return apart
    for piece in apart:
        words = piece.text.split()
        if len(words) > 1 and all(role_of(w) is not None for w in words) and role_of(piece.text) is None:
            at = piece.start
            for word in words:
                out.append(Piece(word, at, at + measure(word)))
                at += measure(word) + 1
        else:
            out.append(piece)
    return out


def _by_blanks(text: str) -> list[Piece] | None:
    found = _head_by_blanks(text, width)
    return found if len(found) >= 3 else None


_SPLITTERS = {"pipe": _by_pipe, "tab": _by_tab, "comma": _by_comma, "blanks": _by_blanks}


def find_delimited(
    lines: list[Line], skip: frozenset[int], fitting: Fitting
) -> tuple[list[Table], frozenset[int], dict[int, str]]:
    """Tables, the numbers of the lines they take, and the head lines (with separator) of tables left to alignment
    because their rows do not print every cell."""
    tables: list[Table] = []
    taken: set[int] = set()
    ragged: dict[int, str] = {}
    i = 0
    while i < len(lines):
        how = None if lines[i].number in skip else _head_style(lines, i)
        if how is None:
            i += 1
            continue
        block = _Block(lines, i, how)
        rows, end = block.rows(skip)
        if how in ("pipe", "tab") and (block.ragged or _goes_on_after(lines, end, how)):
            ragged[lines[i].number] = how
            i = max(end, i + 1)
            continue
        table = table_from_rows(rows, lines, fitting)
        if table is None or not any(r.kind == "row" for r in table.records):
            i += 1
            continue
        previous = tables[-1] if tables else None
        if previous is not None and _same(previous, table) and not _caption_between(lines, previous, table):
            previous.records += table.records
            previous.lines |= table.lines
        else:
            tables.append(table)
        table.notes += block.notes
        table.blanks_lost = how == "blanks"
        taken.update(line.number for line in lines[i:end])
        i = max(end, i + 1)
    return tables, frozenset(taken), ragged


def _goes_on_after(lines: list[Line], end: int, how: str) -> bool:
    """Whether rows follow a line that only broke the table: the rest of a cell, or a group's name."""
    following = [n for n in lines[end : end + 8] if n.text.strip()][:3]
    for line in following:
        text = line.text.strip()
        if is_stop(text) or is_furniture(text) or is_note(text) or len(text) > 300:
            return False
        pieces = _SPLITTERS[how](line.text)
        if pieces is not None and len(pieces) >= 3:
            return not any(role_of(p.text) for p in pieces if p.text) and bool(re.match(r"\d|.*\d", text))
    return False


def _same(before: Table, table: Table) -> bool:
    return before.kind == table.kind and [c.label for c in before.columns] == [c.label for c in table.columns]


def _caption_between(lines: list[Line], before: Table, table: Table) -> bool:
    first, last = min(table.lines, default=0), max(before.lines, default=0)
    return any(
        is_stop(n.text) and not is_page_mark(n.text.strip())
        for n in lines[last : max(last, first - 1)]
        if n.text.strip()
    )


def _head_style(lines: list[Line], i: int) -> str | None:
    """The separator of a head that starts at line ``i``; two-level heads count both lines."""
    text = lines[i].text
    if len(text) > 400 or not text.strip():
        return None
    for how, split in _SPLITTERS.items():
        pieces = split(text)
        if pieces is None:
            continue
        texts = [p.text for p in pieces if p.text]
        known = [t for t in texts if role_of(t) is not None]
        if (
            len(known) >= 3
            and len(known) >= 0.5 * len(texts)
            and (kind_of(columns_of([Label(t, ()) for t in texts])) is not None or _second_level(lines, i, how))
        ):
            return how
    return None


def _second_level(lines: list[Line], i: int, how: str) -> bool:
    following = next((n for n in lines[i + 1 : i + 4] if n.text.strip() and not _RULE.match(n.text)), None)
    pieces = _SPLITTERS[how](following.text) if following else None
    return bool(pieces) and sum(1 for p in pieces or [] if role_of(p.text)) >= 2


class _Block:
    """The lines of one table, from its head on."""

    def __init__(self, lines: list[Line], start: int, how: str) -> None:
        self.lines = lines
        self.start = start
        self.how = how
        self.split = _SPLITTERS[how]
        self.head = list(self.split(lines[start].text) or [])
        self.closed = lines[start].text.strip()[:1] in _PIPES
        self.notes: list[Line] = []
        self.rest_of_head: int | None = None  # the line that only holds the rest of labels broken over two
        self.measure: Callable[[str], int] = width
        if how == "blanks":
            self.measure = self._best_measure()
            self.head = _head_by_blanks(lines[start].text, self.measure)
            self.rest_of_head = self._join_head_below()
        self.ragged = False  # some row prints fewer cells than the head

    def _join_head_below(self) -> int | None:
        """实施 over 年限, 责任 over 单位: the line right below holds the rest of labels that are none without it."""
        below = self.start + 1
        if below >= len(self.lines) or not self.lines[below].text.strip():
            return None
        pieces = _pieces_by_blanks(self.lines[below].text, self.measure)
        places = [min(range(len(self.head)), key=lambda k: _apart(p, self.head[k])) for p in pieces]
        if not pieces or len(set(places)) < len(places) or len(pieces) >= len(self.head):
            return None
        joined = {k: self.head[k].text + p.text for k, p in zip(places, pieces, strict=True)}
        known = sum(1 for text in joined.values() if role_of(text) is not None)
        missing = any(role_of(self.head[k].text) is None for k in joined)
        if known < len(joined) or not missing:
            return None
        for k, p in zip(places, pieces, strict=True):
            h = self.head[k]
            self.head[k] = Piece(joined[k], min(h.start, p.start), max(h.stop, p.stop))
        return below

    def _best_measure(self) -> Callable[[str], int]:
        """Exports align cells either by display width or by counting letters: whichever suits the full rows."""
        off = {width: 0, len: 0}
        for measure in off:
            head = _head_by_blanks(self.lines[self.start].text, measure)
            for line in self.lines[self.start + 1 : self.start + 40]:
                pieces = _pieces_by_blanks(line.text, measure)
                if len(pieces) == len(head):
                    off[measure] += sum(abs(p.start - h.start) for p, h in zip(pieces, head, strict=True))
        return len if off[len] < off[width] else width

    def rows(self, skip: frozenset[int]) -> tuple[list[list[GridCell]], int]:
        rows: list[list[GridCell]] = []
        blanks = 0
        end = self.start
        for i in range(self.start, len(self.lines)):
            line = self.lines[i]
            text = line.text
            if line.number in skip:
                break
            if i == self.start and self.rest_of_head is not None:
                below = self.lines[self.rest_of_head]
                rows.append([GridCell(p.text, (line.number, below.number)) for p in self.head])
                continue
            if i == self.rest_of_head:
                continue
            if not text.strip():
                blanks += 1
                if blanks > 3:
                    break
                continue
            if _RULE.match(text) or (is_page_mark(text.strip())):
                end = i + 1
                continue
            if is_note(text):
                self.notes.append(Line(line.number, text.strip()))
                end = i + 1
                break
            if rows and self._is_over(i):
                break
            pieces = self._pieces(text)
            if pieces is None:
                if not self._goes_on(rows, text, blanks):
                    break
                self._extend(rows, line)
            else:
                rows.append([GridCell(p.text, (line.number,) if p.text else ()) for p in pieces])
            blanks = 0
            end = i + 1
        return join_broken_rows(rows, by_place=self.how == "blanks"), end

    def _is_over(self, i: int) -> bool:
        """A caption, a heading, or the head of another table."""
        text = self.lines[i].text.strip()
        plain = not any(mark in text for mark in _PIPES) and "\t" not in text and not re.search(r"\S\s{2,}\S", text)
        if plain and (is_stop(text) or (is_group(text) and self.how == "blanks")):
            return True
        if _head_style(self.lines, i) is None:
            return False
        own = [p.text for p in self.head]
        return [p.text for p in self.split(self.lines[i].text) or []] != own and len(text) > 4

    def _pieces(self, text: str) -> list[Piece] | None:
        if self.how == "pipe":
            pieces = _by_pipe(text, self.closed)
        elif self.how == "blanks":
            by_blanks = _head_by_blanks(text, self.measure)
            pieces = by_blanks if len(by_blanks) >= 3 else None
        else:
            pieces = self.split(text)
        if pieces is not None and 1 < len(pieces) < len(self.head) and not is_total(pieces[0].text):
            self.ragged = True
        if pieces is None and self.how == "blanks":
            pieces = self._short_row(text)
        elif pieces is None and self.how in ("tab", "comma") and ("\t" in text or _is_sum_line(text, self.how)):
            pieces = [Piece(p.strip(), 0, 0) for p in text.split("\t" if self.how == "tab" else ",")]
        if pieces is None or (self.how == "comma" and len(pieces) > len(self.head) + 3):
            return None
        if self.how == "blanks":
            return self._by_place(pieces)
        if (
            self.how in ("tab", "comma", "pipe")
            and len(pieces) < len(self.head)
            and len(pieces) >= 3
            and self.how != "pipe"
        ):
            pieces = [*pieces, *[Piece("", 0, 0)] * (len(self.head) - len(pieces))]
        return pieces

    def _short_row(self, text: str) -> list[Piece] | None:
        found = _pieces_by_blanks(text, self.measure)
        if len(found) == 2 or (found and found[0].start > 2 and len(text.strip()) <= 40):
            return found
        return None

    def _by_place(self, pieces: list[Piece]) -> list[Piece] | None:
        """Cells under their heads by display columns; a row as wide as the head needs no looking at places."""
        if len(pieces) == len(self.head):
            return pieces
        if len(pieces) > len(self.head):
            return None
        places: dict[int, Piece] = {}
        for piece in pieces:
            best = min(range(len(self.head)), key=lambda k: _apart(piece, self.head[k]))
            if best in places or (places and best < max(places)) or _apart(piece, self.head[best]) > 6:
                return pieces
            places[best] = piece
        return [places.get(k, Piece("", 0, 0)) for k in range(len(self.head))]

    def _goes_on(self, rows: list[list[GridCell]], text: str, blanks: int) -> bool:
        """A line without separators that can only be the rest of the cell before it."""
        if len(rows) < 2 or blanks or is_stop(text) or is_furniture(text) or is_total(text) or is_subtotal(text):
            return False
        last = rows[-1]
        open_row = len(last) < len(self.head) and self.how == "pipe"
        return open_row and len(text) < 200

    def _extend(self, rows: list[list[GridCell]], line: Line) -> None:
        last = rows[-1][-1]
        last.text += line.text.strip()
        last.lines = (*last.lines, line.number)


def _is_sum_line(text: str, how: str) -> bool:
    first = re.split(r"[,\t]", text)[0]
    return (is_total(first) or is_subtotal(first)) and how == "comma"


def _apart(piece: Piece, head: Piece) -> float:
    """Distance between a cell and a head: none when they overlap, else the blanks between them."""
    if piece.start < head.stop and head.start < piece.stop:
        return abs(piece.start - head.start) / 100
    return min(abs(piece.start - head.start), abs(piece.start - head.stop), abs(piece.stop - head.start)) + 0.5
