"""Tables whose cells are known: from web pages, Word and PDF files, and from rows with separators."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from ..document import Grid, GridCell
from ..reading.numbers import is_nothing, plain_number, read_amount, squeeze
from ..register import Line
from .align import Aligner, Gaps
from .blocks import settle_blocks
from .fit import Fitting
from .header import Label, columns_of, kind_of
from .reach import reaching
from .roles import MONEY, VALUES, Role, group_label, role_of
from .table import Column, Record, RecordKind, Slot, Table
from .tokens import Token, is_group, is_note, is_page_mark, is_stop, is_subtotal, is_total

_HEAD_WITHIN = 6


def tables_from_grids(grids: list[Grid], lines: list[Line], fitting: Fitting) -> list[Table]:
    """One table per grid of a known kind; a grid without a head goes on with the table before it (page breaks)."""
    tables: list[Table] = []
    for grid in _joined(grids, lines):
        rows = [r for r in grid.rows if any(c.text.strip() for c in r)]
        for start, stop in _parts(rows):
            part = rows[start:stop]
            table = table_from_rows(part, lines, fitting)
            if table is None and tables and _continues(part, tables[-1]):
                table = _body(tables[-1].columns, part, fitting)
                if table is not None:
                    _append(tables[-1], table)
            elif table is None:
                continue
            elif tables and _same_head(table, tables[-1]) and not _new_caption(table, tables[-1], lines):
                _append(tables[-1], table)
            elif any(r.kind == "row" for r in table.records):
                tables.append(table)
    return tables


def _joined(grids: list[Grid], lines: list[Line]) -> list[Grid]:
    """Old pages give every row a table of its own: such rows, one right under another, are one table again."""
    out: list[Grid] = []
    single = False
    for grid in grids:
        one = len(grid.rows) == 1 and bool(grid.lines)
        if one and single and len(grid.rows[0]) == len(out[-1].rows[0]):
            between = lines[max(out[-1].lines) : grid.first_line - 1]
            if not any(n.text.strip() for n in between):
                out[-1] = Grid([*out[-1].rows, *grid.rows])
                continue
        out.append(grid)
        single = one
    return out


def _parts(rows: list[list[GridCell]]) -> list[tuple[int, int]]:
    """A grid may hold several tables one under another, each with its own head."""
    starts = [0]
    for i in range(1, len(rows)):
        if i - starts[-1] > 2 and _is_head(rows[i]) and not _is_head(rows[i - 1]):
            starts.append(i)
    return list(zip(starts, [*starts[1:], len(rows)], strict=True))


def _is_head(row: list[GridCell]) -> bool:
    texts = _texts(row)
    known = sum(1 for t in texts if role_of(t) is not None)
    return len(texts) >= 3 and known >= 3 and known >= 0.6 * len(texts)


def _texts(row: list[GridCell]) -> list[str]:
    return [c.text.strip() for c in row if c.text.strip() and not c.spanned]


def _same_head(table: Table, before: Table) -> bool:
    return [squeeze(c.label) for c in table.columns] == [squeeze(c.label) for c in before.columns]


def _new_caption(table: Table, before: Table, lines: list[Line]) -> bool:
    """Whether another caption stands between two tables with the same head."""
    first, last = min(table.lines, default=0), max(before.lines, default=0)
    between = [n.text.strip() for n in lines[last : max(last, first - 1)] if n.text.strip()]
    return any(is_stop(t) and not is_page_mark(t) for t in between)


def _continues(rows: list[list[GridCell]], before: Table) -> bool:
    return bool(rows) and max(len(r) for r in rows) == len(before.columns)


def _append(table: Table, more: Table) -> None:
    if more.records and table.records and _is_rest(more, table):
        first, last = more.records.pop(0), table.records[-1]
        for i, slot in first.slots.items():
            if i in last.slots:
                last.slots[i].text += slot.text
                last.slots[i].lines += slot.lines
            else:
                last.slots[i] = slot
        last.lines = tuple(sorted({*last.lines, *first.lines}))
    table.records += more.records
    table.lines |= more.lines
    table.notes += more.notes


def _is_rest(more: Table, table: Table) -> bool:
    """The first row after a page break is the rest of the last one when it has no number and few cells."""
    number = table.index(Role.NO)
    first = more.records[0]
    return (
        number is not None
        and first.kind == "row"
        and number not in first.slots
        and len(first.slots) <= max(1, len(table.columns) // 2)
        and table.records[-1].kind == "row"
        and any(i in table.records[-1].slots for i in first.slots)
    )


def table_from_rows(rows: list[list[GridCell]], lines: list[Line], fitting: Fitting) -> Table | None:
    """A table of a known kind, or None."""
    for at in range(min(_HEAD_WITHIN, len(rows))):
        if not _is_head(rows[at]) and not (at + 1 < len(rows) and _is_split_head(rows[at], rows[at + 1])):
            continue
        depth = _head_depth(rows, at)
        labels = reaching(_labels(rows[at : at + depth]), rows[at + depth :], fitting)
        columns = _same_width(columns_of(labels), labels)
        kind = kind_of(columns)
        if kind is None:
            continue
        table = _body(columns, rows[at + depth :], fitting)
        if table is None:
            return None
        head_lines = frozenset(n for r in rows[: at + depth] for c in r for n in c.lines)
        table.lines |= head_lines
        over = [c for r in rows[:at] for c in r if c.text.strip()]
        table.caption = _caption(over, lines, min(head_lines, default=0))
        return table
    return None


def _is_split_head(row: list[GridCell], below: list[GridCell]) -> bool:
    texts = [*_texts(row), *_texts(below)]
    return len(_texts(row)) >= 2 and sum(1 for t in texts if role_of(t)) >= 4 and _is_subhead(below)


def _head_depth(rows: list[list[GridCell]], at: int) -> int:
    depth = 1
    while at + depth < len(rows) and depth < 4 and _is_subhead(rows[at + depth]):
        depth += 1
    return depth


_UNIT_LINE = re.compile(r"^[（(](?:年|%|万元|亿元|万元/年|项|个|公里|亩|万亩|吨|万吨)[）)]$")


def _is_subhead(row: list[GridCell]) -> bool:
    """A second level of the head: only labels, and cells spanning down from above."""
    own = [c.text.strip() for c in row if c.text.strip() and not c.spanned]
    if not own or any(plain_number(t) is not None and not re.fullmatch(r"20\d\d", t) for t in own):
        return False
    known = sum(
        1
        for t in own
        if role_of(t) is not None
        or group_label(t)
        or _UNIT_LINE.match(t)
        or re.fullmatch(
            r"已落实|已到位|待落实|总额|合计|小计|总计|中央|国家|省级?|市级?|县级?|区级?|旗级?|州级?|地方|上级|本级|财政|其他|社会|企业|自筹|银行|序号|预计|预测|实际|实绩",
            squeeze(t),
        )
    )
    return known == len(own) and known >= 1


def _labels(head: list[list[GridCell]]) -> list[Label]:
    width = max(len(r) for r in head)
    head = _spread(head)
    labels = []
    for i in range(width):
        column = [r[i] for r in head if i < len(r)]
        texts: list[str] = []
        for cell in column:
            text = cell.text.strip()
            if texts and _UNIT_LINE.match(text):
                texts[-1] += text
            elif text and (not texts or texts[-1] != text):
                texts.append(text)
        label_lines = tuple(sorted({n for c in column for n in c.lines}))
        labels.append(Label(texts[-1] if texts else "", label_lines, tuple(texts[:-1])))
    return labels


def _spread(head: list[list[GridCell]]) -> list[list[GridCell]]:
    """Where spans are not known, a label over several columns reaches to the next label, as far as labels stand below."""
    out = [list(row) for row in head]
    for upper, lower in pairwise(out):
        over: GridCell | None = None
        for i, cell in enumerate(upper):
            below = lower[i] if i < len(lower) else None
            if cell.text.strip():
                over = cell if group_label(cell.text) or role_of(cell.text) in (*MONEY, *VALUES) else None
                over = over if below is not None and below.text.strip() and not below.spanned else None
            elif over is not None and below is not None and below.text.strip() and not cell.spanned:
                upper[i] = GridCell(over.text, over.lines, spanned=True)
            else:
                over = None
    return out


def _same_width(columns: list[Column], labels: list[Label]) -> list[Column]:
    """Settling ambiguities may have dropped a label; in a grid every place must stay a column."""
    if len(columns) == len(labels):
        return columns
    kept: list[Column] = []
    rest = list(columns)
    for label in labels:
        if rest and rest[0].label == label.text:
            kept.append(rest.pop(0))
        else:
            kept.append(Column(label.text, Role.OTHER, lines=label.lines))
    return kept


def _body(columns: list[Column], rows: list[list[GridCell]], fitting: Fitting) -> Table | None:
    kind = kind_of(columns)
    if kind is None:
        return None
    table = Table(kind, columns, [], frozenset(n for r in rows for c in r for n in c.lines), grid=True)
    labels = [squeeze(c.label) for c in columns]
    for row in rows:
        texts = [squeeze(c.text) for c in row]
        if sum(1 for a, b in zip(texts, labels, strict=False) if a and a == b) >= max(2, len(labels) // 2):
            continue
        record = read_row(columns, row, fitting)
        if record is None:
            continue
        if record.kind == "group" and is_note(record.label):
            table.notes.append(Line(record.lines[0] if record.lines else 0, record.label))
            continue
        table.records.append(record)
    return table if table.records else None


def read_row(columns: list[Column], row: list[GridCell], fitting: Fitting) -> Record | None:
    """One row of known cells; a row shorter than the head is aligned by the kinds of its cells."""
    filled = [c for c in row if c.text.strip()]
    own = _distinct(filled)
    if not own:
        return None
    lines = tuple(sorted({n for c in filled for n in c.lines}))
    if is_page_mark(own[0].text) and len(own) == 1:
        return None
    kind = _kind_of_row(columns, row, own)
    if kind == "group":
        label = own[0].text.strip()
        if len(own) > 1 and re.fullmatch(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、．.]?", squeeze(label)):
            mark = label if re.search(r"[、．.）)]$", label) else label + "、"
            label = mark + own[1].text.strip()
        record = Record("group", label=label, lines=lines)
        record.slots = {i: s for i, s in _slots(columns, row).items() if columns[i].role in MONEY}
        return record
    record = Record(kind, lines=lines)
    if len(row) < len(columns) and kind == "row":
        return _aligned(columns, own, fitting)
    record.slots = _slots(columns, row)
    if kind in ("total", "subtotal"):
        record.label = next(
            (c.text.strip() for c in own if is_total(c.text) or is_subtotal(c.text)), own[0].text.strip()
        )
        record.slots = {i: s for i, s in record.slots.items() if columns[i].role in MONEY}
    return record


def _distinct(cells: list[GridCell]) -> list[GridCell]:
    out: list[GridCell] = []
    for cell in cells:
        if cell.spanned and any(cell.text == o.text and cell.lines == o.lines for o in out):
            continue
        out.append(cell)
    return out


def _slots(columns: list[Column], row: list[GridCell]) -> dict[int, Slot]:
    slots: dict[int, Slot] = {}
    for i, cell in enumerate(row[: len(columns)]):
        if not cell.text.strip():
            continue
        twin = i > 0 and cell.spanned and slots.get(i - 1) is not None and slots[i - 1].lines == cell.lines
        if twin and columns[i].role is not columns[i - 1].role and columns[i].role in (*MONEY, Role.NO):
            continue
        slots[i] = Slot(cell.text.strip(), cell.lines)
    return slots


def _kind_of_row(columns: list[Column], row: list[GridCell], own: list[GridCell]) -> RecordKind:
    first = [c.text.strip() for c in own[:3]]
    if any(is_subtotal(t) for t in first):
        return "subtotal"
    if any(is_total(t) for t in first):
        return "total"
    if len(own) == 1 and (len(row) > 1 or is_group(own[0].text)):
        at = next((i for i, c in enumerate(row) if c.text.strip()), 0)
        roles = {columns[i].role for i, c in enumerate(row[: len(columns)]) if c.text.strip()}
        everywhere = sum(1 for c in row if c.text.strip()) >= max(2, len(columns) - 1)
        if everywhere or is_group(own[0].text) or (at <= 1 and roles <= {Role.NO, Role.GROUPING, Role.NAME, Role.TEXT}):
            return "group"
    number = next((i for i, c in enumerate(columns) if c.role is Role.NO), None)
    if number is not None and number < len(row):
        text = squeeze(row[number].text)
        if re.fullmatch(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.]?", text) and _only_names_and_sums(columns, row):
            return "group"
        if is_group(row[number].text) and _only_names_and_sums(columns, row):
            return "group"
    return "row"


def _only_names_and_sums(columns: list[Column], row: list[GridCell]) -> bool:
    for column, cell in zip(columns, row, strict=False):
        text = cell.text.strip()
        if not text or is_nothing(text) or column.role in (Role.NO, Role.NAME, Role.TEXT, Role.GROUPING, *MONEY):
            continue
        if column.role is Role.OTHER or cell.spanned or read_amount(text, _UNITY) is not None:
            continue
        return False
    return True


def _aligned(columns: list[Column], own: list[GridCell], fitting: Fitting) -> Record | None:
    tokens = [Token(c.text.strip(), c.lines[0] if c.lines else 0) for c in own]
    number = next((i for i, c in enumerate(columns) if c.role is Role.NO), None)
    numbers = frozenset([0]) if number is not None and plain_number(tokens[0].text) is not None else frozenset()
    use = columns if numbers or number is None else [c for c in columns if c.role is not Role.NO]
    placed = Aligner(use, Gaps(0), fitting).place(tokens, numbers, last=False)
    record = Record()
    for token, cell, at in zip(tokens, own, placed, strict=True):
        if at is None or at[0] > 0:
            continue
        i = columns.index(use[at[1]])
        if i in record.slots:
            record.slots[i].text += token.text
        else:
            record.slots[i] = Slot(token.text, cell.lines)
    settle_blocks([record], columns, {}, False)
    record.lines = tuple(sorted({n for c in own for n in c.lines}))
    return record


def _caption(over: list[GridCell], lines: list[Line], first: int) -> Line | None:
    for pattern in (r"单位[：:]", r"表|项目库"):
        for cell in over:
            if re.search(pattern, cell.text):
                return Line(cell.lines[0] if cell.lines else 0, cell.text)
    near = [n for n in lines[max(0, first - 8) : max(0, first - 1)] if n.text.strip()][-3:]
    for line in reversed(near):
        if (
            re.search(r"单位[：:]", line.text)
            or is_stop(line.text)
            or re.search(r"(表|清单|项目库|一览)$", line.text.strip())
        ):
            return line
    return None


_UNITY = Decimal(1)
