"""Rows of an indicator table."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..layout.roles import VALUES, Role
from ..layout.table import Column, Record, Slot, Table
from ..register import UNDETERMINED, Amount, Cell, How, IndicatorRow, Line
from .fields import Carry, absent, category_of, group_title, organisations, plain_text, row_number, tidy
from .numbers import Value, read_value, split_unit, squeeze


@dataclass(frozen=True)
class ValueColumns:
    """Which columns hold the base and the target."""

    base: int | None
    target: int | None


def value_columns(table: Table, last_year: int | None, first_year: int | None = None) -> ValueColumns:
    """Base and target among the columns: by their words first, then by their years."""
    named_base = table.index(Role.BASE)
    targets = list(table.indexes(Role.TARGET))
    years = [(i, c.year) for i, c in enumerate(table.columns) if c.role is Role.YEAR_VALUE and c.year is not None]
    dated = [(i, table.columns[i].year) for i in targets] + years
    base = named_base
    if base is None and len(years) + len(targets) > 1 and years:
        before = [p for p in years if first_year is not None and p[1] < first_year]
        base = max(before, key=lambda p: p[1])[0] if before else min(years, key=lambda p: p[1])[0]
    rest = [(i, y) for i, y in dated if i != base]
    in_plan = [i for i, y in rest if y is not None and y == last_year]
    if in_plan:
        return ValueColumns(base, in_plan[-1])
    if any(y is None for _, y in rest):
        return ValueColumns(base, next(i for i, y in rest if y is None))
    within = [(i, y) for i, y in rest if y is not None]
    return ValueColumns(base, max(within, key=lambda p: p[1])[0] if within else None)


def read_indicators(
    table: Table, prose: list[Line], last_year: int | None, first_year: int | None = None
) -> list[IndicatorRow]:
    """``prose`` are the lines outside all tables; one that states a value in a sentence may settle a lost column."""
    columns = value_columns(table, last_year, first_year)
    carry = Carry()
    rows = []
    for record in table.records:
        if record.kind == "group":
            carry.take("category", Slot(group_title(record.label), record.lines))
            continue
        if record.kind != "row":
            continue
        row = _read_row(table, record, carry, columns)
        if row.name:
            if record.undecided:
                _settle_undecided(row, record, columns, table, prose)
            rows.append(row)
    return rows


def _read_row(table: Table, record: Record, carry: Carry, columns: ValueColumns) -> IndicatorRow:
    number_at = table.index(Role.NO)
    slot = record.slots.get(number_at) if number_at is not None else None
    row = IndicatorRow(row_number(slot))
    row.cells["no"] = slot.cell() if slot else absent()
    row.category, row.cells["category"] = category_of(table, record, carry)
    name, row.cells["name"] = plain_text(table, record, Role.NAME)
    if slot is None and name and (m := re.match(r"^(\d{1,3})\s*[.、\uff0e]\s*(?!\d)(.+)$", name)):
        row.no, name = int(m[1]), m[2]
        row.cells["no"] = Cell(m[1], row.cells["name"].lines, How.READ, 0.9, "number_in_name")
    row.name, row.unit = split_unit(_FOOTNOTE.sub("", name or ""))
    row.cells["unit"] = Cell(row.unit, row.cells["name"].lines) if row.unit else absent()
    unit, cell = plain_text(table, record, Role.UNIT)
    if unit is not None:
        row.unit, row.cells["unit"] = unit, cell
    _read_values(row, table, record, columns)
    _read_nature(row, table, record)
    listed, row.cells["departments"] = organisations(table, record, Role.LEAD)
    row.departments = listed.names
    return row


_FOOTNOTE = re.compile(r"\s*(?:[①-⑳]|\[\d{1,2}\]|[*＊※])+\s*$")


def _read_values(row: IndicatorRow, table: Table, record: Record, columns: ValueColumns) -> None:
    for i, column in enumerate(table.columns):
        if column.role not in VALUES:
            continue
        slot = record.slots.get(i)
        value = read_value(slot.text) if slot else Value("none")
        if column.year is not None and i not in record.undecided:
            row.years[column.year] = _as_level(value, row.unit).number
        if i == columns.base:
            row.base, row.base_cumulative, row.base_year = value.number, value.cumulative, column.year
            row.cells["base"] = slot.cell() if slot else absent()
        elif i == columns.target:
            _set_target(row, _as_level(value, row.unit), slot, column)
    row.cells.setdefault("base", absent())
    row.cells.setdefault("target", absent())
    if row.target_state == "none" and not record.undecided:
        _read_cumulative(row, table, record)
    if row.unit is None and row.cells["target"].printed:
        unit = read_value(row.cells["target"].printed).unit
        if unit is not None and row.target is not None:
            row.unit = unit
            row.cells["unit"] = Cell(unit, row.cells["target"].lines, How.READ, 0.9, "unit_in_value")


def _read_cumulative(row: IndicatorRow, table: Table, record: Record) -> None:
    """A column of its own for totals over the plan's years: the target, where the year's column is empty."""
    for i, column in enumerate(table.columns):
        slot = record.slots.get(i)
        if slot is None or column.role is not Role.OTHER or "累计" not in column.label:
            continue
        value = read_value(slot.text)
        if "年均" in column.label and not value.cumulative:
            continue  # 年均增速〔累计〕: without the bracket it is a rate of growth
        if value.state in ("value", "assigned"):
            _set_target(row, value, slot, column)
            row.target_cumulative = value.number is not None


def _as_level(value: Value, unit: str | None) -> Value:
    """下降15% for a measure in tonnes is a change, not the level to be reached: words, until a person decides."""
    changed = value.unit in ("%", "％", "‰") and unit is not None and not re.search(r"[%％‰]|百分", unit)
    return replace(value, state="text", number=None) if value.number is not None and changed else value


def _set_target(row: IndicatorRow, value: Value, slot: Slot | None, column: Column) -> None:
    row.target, row.target_cumulative, row.target_year = value.number, value.cumulative, column.year
    row.target_state, row.sense = value.state, value.sense
    row.cells["target"] = slot.cell() if slot else absent()
    if slot and value.state in ("assigned", "text"):
        row.target_text = tidy(slot.text)


def _read_nature(row: IndicatorRow, table: Table, record: Record) -> None:
    printed, cell = plain_text(table, record, Role.NATURE)
    row.cells["nature"] = cell
    if printed is None:
        return
    if "约束" in printed:
        row.nature = "binding"
    elif re.search("预期|指导|引导|参考", printed):
        row.nature = "expected"


def _settle_undecided(
    row: IndicatorRow, record: Record, columns: ValueColumns, table: Table, prose: list[Line]
) -> None:
    """One number for two or more columns: only a sentence of the document may decide it."""
    loose = record.loose
    printed = " ".join(s.text for s in loose)
    lines = tuple(n for s in loose for n in s.lines)
    open_cell = Cell(printed, lines, How.UNDECIDED, 0.5, "blank_cells_lost")
    for i in sorted(record.undecided):
        if (year := table.columns[i].year) is not None:
            row.years[year] = UNDETERMINED
    value = read_value(loose[0].text) if len(loose) == 1 else Value("none")
    found = _stated(row, value, table, columns, prose) if value.number is not None else None
    if found is not None:
        place, line = found
        _take_unit(row, value, lines)
        _place(row, value, loose[0], place, columns, table, line)
        return
    _take_unit(row, value, lines)
    undetermined: Amount = UNDETERMINED
    if columns.base in record.undecided:
        row.base, row.cells["base"] = undetermined, open_cell
    if columns.target in record.undecided:
        row.target, row.target_state, row.cells["target"] = undetermined, "undetermined", open_cell


def _take_unit(row: IndicatorRow, value: Value, lines: tuple[int, ...]) -> None:
    if row.unit is None and value.unit is not None:
        row.unit, row.cells["unit"] = value.unit, Cell(value.unit, lines, How.READ, 0.9, "unit_in_value")


def _place(
    row: IndicatorRow, value: Value, slot: Slot, place: str, columns: ValueColumns, table: Table, line: int
) -> None:
    cell = Cell(slot.text, slot.lines, How.ALIGNED, 0.85, "stated_in_text", {"line": line})
    at = columns.target if place == "target" else columns.base
    column = table.columns[at] if at is not None else None
    if place == "target" and column is not None:
        _set_target(row, value, slot, column)
        row.cells["target"] = cell
    else:
        row.base, row.base_cumulative, row.cells["base"] = value.number, value.cumulative, cell
    for other in (columns.base, columns.target):
        year = table.columns[other].year if other is not None else None
        if year is not None:
            row.years[year] = value.number if other == at else None


_REACH = re.compile(r"达到?|提高到|提升[到至]|不低于|大于|高于|以上|降[到至]|控制在|增加到|完成|新增|≥|>|累计|力争")


def _stated(
    row: IndicatorRow, value: Value, table: Table, columns: ValueColumns, prose: list[Line]
) -> tuple[str, int] | None:
    """("target" or "base", line) when exactly one of them follows from sentences naming the indicator with the value."""
    name = squeeze(row.name)
    core = re.sub(r"(降低|下降|提高|增长|比例|比重|占比|率|面积)$", "", name)
    target_year = table.columns[columns.target].year if columns.target is not None else None
    base_year = table.columns[columns.base].year if columns.base is not None else None
    number = re.compile(rf"(?<![\d.]){re.escape(str(value.number))}(?![\d.]*\d)")
    votes: dict[str, int] = {}
    for line in prose:
        text = squeeze(line.text)
        for key in (name, core):
            at = text.find(key) if len(key) >= 3 else -1
            if at < 0:
                continue
            window = text[at + len(key) : at + len(key) + 30]
            hit = number.search(window)
            if not hit or re.search(r"[。；;]", window[: hit.start()]):
                continue
            sentence = re.split(r"[。；;]", text[:at])[-1]
            if (
                base_year
                and re.search(rf"(?<!到)(?<!至)(?<!到了){base_year}年", sentence)
                and str(target_year) not in sentence
            ):
                votes.setdefault("base", line.number)
            elif _REACH.search(window[: hit.end() + 4]) or (target_year and f"{target_year}年" in sentence):
                votes.setdefault("target", line.number)
            break
    return next(iter(votes.items())) if len(votes) == 1 else None
