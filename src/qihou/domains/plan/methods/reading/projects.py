"""Rows of a project table, and what its total and subtotal rows claim."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ..layout.roles import FUNDS, Role, clean_label
from ..layout.table import Record, Slot, Table
from ..register import UNDETERMINED, Amount, Cell, How, ProjectRow, Totals
from .fields import Carry, absent, category_of, group_title, leads_and_support, plain_text, row_number
from .numbers import is_nothing, money_factor, read_amount, squeeze
from .years import Span, read_span

FUND_FIELDS = {Role.UPPER: "upper_level", Role.DISTRICT: "district_budget", Role.PRIVATE: "private"}
MONEY_FIELDS = {Role.INVESTMENT: "investment", **FUND_FIELDS}
_TEN_THOUSAND = Decimal(1)


_OWN = {
    "province": re.compile(r"^(省|自治区|直辖市|市|县|区|市县|地方|州|盟|旗)"),
    "city": re.compile(r"^(市|州|盟|地区)(?!县?(?:级)?以上)"),
}


def _own_funds(table: Table, own_level: str | None) -> None:
    """In a city's or a province's own plan its own money is no money from above."""
    pattern = _OWN.get(own_level or "")
    for column in table.columns:
        if pattern is not None and column.role is Role.UPPER and pattern.match(clean_label(column.label)):
            column.role = Role.DISTRICT


_MARK = re.compile(r"[√✓✔●▲★■◆*☑]+")


class ProjectReader:
    """One table. ``factor`` to 10⁴ CNY from header or caption; where neither names a unit, 万元 is assumed and said so."""

    def __init__(self, table: Table, own_level: str | None = None) -> None:
        self.table = table
        _own_funds(table, own_level)
        named = next((c.factor for c in table.columns if c.role in MONEY_FIELDS and c.factor is not None), None)
        if named is None and table.caption is not None:
            named = money_factor(table.caption.text)
        self.factor = named if named is not None else _TEN_THOUSAND
        self.unit_known = named is not None

    def rows(self) -> list[ProjectRow]:
        carry = Carry()
        out = []
        for record in self.table.records:
            if record.kind == "group":
                carry.take("category", Slot(group_title(record.label), record.lines))
            elif record.kind == "row":
                row = self._row(record, carry)
                if row.name or row.content:
                    out.append(row)
        return out

    def _row(self, record: Record, carry: Carry) -> ProjectRow:
        at = self.table.index(Role.NO)
        slot = record.slots.get(at) if at is not None else None
        row = ProjectRow(row_number(slot))
        row.cells["no"] = slot.cell() if slot else absent()
        row.category, row.cells["category"] = category_of(self.table, record, carry)
        name, row.cells["name"] = plain_text(self.table, record, Role.NAME)
        row.content, row.cells["content"] = plain_text(self.table, record, Role.CONTENT, Role.TEXT)
        row.name = name or ""
        self._read_period(row, record)
        self._read_money(row, record)
        leads, row.cells["leads"], support, row.cells["supporting"] = leads_and_support(self.table, record)
        row.leads, row.supporting = leads.names, support.names
        row.supporting_open = support.open
        return row

    def _read_period(self, row: ProjectRow, record: Record) -> None:
        row.cells["start"] = row.cells["end"] = absent()
        at = self.table.index(Role.PERIOD)
        if at is not None and (slot := record.slots.get(at)) and not is_nothing(slot.text):
            self._set_span(row, read_span(slot.text), slot)
        for role in (Role.START, Role.END):
            at = self.table.index(role)
            if at is None or not (slot := record.slots.get(at)) or is_nothing(slot.text):
                continue
            span = read_span(slot.text, deadline_column=True)
            if role is Role.START:
                row.start, row.start_month = span.end or span.start, span.end_month or span.start_month
                row.cells["start"] = slot.cell()
            elif row.end is None or span.start is not None:
                self._set_span(row, span, slot)
        if row.start is None and row.end is None:
            self._read_marks(row, record)

    def _set_span(self, row: ProjectRow, span: Span, slot: Slot) -> None:
        if span.start is not None:
            row.start, row.start_month, row.cells["start"] = span.start, span.start_month, slot.cell()
        row.end, row.end_month, row.cells["end"] = span.end, span.end_month, slot.cell()
        if span.start is None and span.end is None and row.start is None:
            row.cells["start"] = slot.cell()

    def _read_marks(self, row: ProjectRow, record: Record) -> None:
        """A schedule of marks under columns of years: from the first marked year to the last."""
        marked = [
            (column.year, column.lines, slot)
            for i, column in enumerate(self.table.columns)
            if column.year is not None and (slot := record.slots.get(i)) and _MARK.fullmatch(slot.text.strip())
        ]
        if not marked:
            return
        ends = min(marked, key=lambda m: m[0]), max(marked, key=lambda m: m[0])
        for name, (year, head, slot) in zip(("start", "end"), ends, strict=True):
            setattr(row, name, year)
            row.cells[name] = Cell(slot.text, (*head, *slot.lines), How.READ, 0.9, "marked_year")

    def _read_money(self, row: ProjectRow, record: Record) -> None:
        for role, name in MONEY_FIELDS.items():
            amount, cell = self._amount(record, role)
            self._assign(row, name, amount)
            row.cells[name] = cell
        for i, column in enumerate(self.table.columns):
            slot = record.slots.get(i)
            label = squeeze(column.label)
            if slot is None or not label or is_nothing(slot.text) or _MARK.fullmatch(slot.text.strip()):
                continue
            if column.role in (Role.MONEY_OTHER, Role.YEAR_VALUE) or (
                column.role in (Role.OTHER, Role.GROUP) and re.search(r"资金|投资", label)
            ):
                row.beside[label] = slot.cell()
        if record.loose and any(self.table.columns[i].role in FUNDS for i in record.undecided):
            self._leave_open(row, record)

    def _assign(self, row: ProjectRow, name: str, amount: Amount) -> None:
        if name == "investment":
            row.investment = amount
        else:
            setattr(row.funding, name, amount)

    def _amount(self, record: Record, role: Role) -> tuple[Amount, Cell]:
        """The sum of the columns with this role (two columns may both be funds from above); usually there is one."""
        slots = [(i, record.slots[i]) for i in self.table.indexes(role) if i in record.slots]
        slots = [(i, s) for i, s in slots if not is_nothing(s.text)]
        if not slots:
            return None, absent()
        values = [read_amount(s.text, self._factor(i)) for i, s in slots]
        cell = slots[0][1].cell()
        if len(slots) > 1:
            cell = Cell(" + ".join(s.text for _, s in slots), tuple(n for _, s in slots for n in s.lines))
            cell.reason = "sum_of_columns"
        if any(v is None for v in values):
            cell.how, cell.confidence, cell.reason = How.UNDECIDED, 0.3, "no_single_amount"
            return UNDETERMINED, cell
        if not self.unit_known and not re.search(r"[元亿万]", slots[0][1].text):
            cell.confidence = min(cell.confidence, 0.7)
            cell.reason = cell.reason or "unit_assumed"
        return sum((v for v in values if v is not None), Decimal(0)), cell

    def _factor(self, column: int) -> Decimal:
        factor = self.table.columns[column].factor
        return factor if factor is not None else self.factor

    def _leave_open(self, row: ProjectRow, record: Record) -> None:
        """Keep the printed amounts in order; their columns are for the printed totals, or a human, to decide."""
        amounts = [(s, read_amount(s.text, self.factor)) for s in record.loose]
        row.funding_amounts = [a for _, a in amounts if a is not None]
        kept = [s for s, a in amounts if a is not None]
        printed = " ".join(s.text for s in kept)
        lines = tuple(s.lines[0] for s in kept)
        row.cells["funding_amounts"] = Cell(printed, lines, How.ALIGNED, 1.0, "blank_cells_lost")
        if hint := record.slots_hint:
            row.cells["funding_amounts"].reason_params["blank_lines"] = hint
        for i in record.undecided:
            name = MONEY_FIELDS.get(self.table.columns[i].role)
            if name is not None:
                self._assign(row, name, UNDETERMINED)
                row.cells[name] = Cell(printed, lines, How.UNDECIDED, 0.33, "blank_cells_lost")

    def read_totals(self, totals: Totals) -> None:
        """Total rows fill ``totals`` (the last one wins over none); subtotals and priced group rows are listed."""
        for record in self.table.records:
            if record.kind == "row":
                continue
            entry: dict[str, Any] = {"label": group_title(record.label), "lines": record.lines, "printed": {}}
            for role, name in MONEY_FIELDS.items():
                amount, cell = self._amount(record, role)
                if isinstance(amount, Decimal):
                    entry[name] = amount
                    entry["printed"][name] = cell.printed
                    if record.kind == "total" and getattr(totals, name) is None:
                        setattr(totals, name, amount)
                        totals.cells[name] = cell
            if record.kind in ("subtotal", "group") and len(entry) > 3:
                totals.subtotals.append(entry)
