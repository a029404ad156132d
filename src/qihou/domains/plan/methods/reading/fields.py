"""What the three row readers share: numbers of rows, carried cells, organisations of a row."""

from __future__ import annotations

import re

from ..layout.roles import Role
from ..layout.table import Record, Slot, Table
from ..register import Cell, How
from .numbers import is_nothing, plain_number, squeeze
from .organisations import OrganisationList, marked_leads, split_organisations


def absent(reason: str = "") -> Cell:
    return Cell(how=How.ABSENT, reason=reason)


def row_number(slot: Slot | None) -> int | str | None:
    """An integer where the printed number is one, else the text: 1.2, (3), 一."""
    if slot is None or is_nothing(slot.text):
        return None
    bare = squeeze(slot.text).rstrip(".、")
    number = plain_number(bare)
    if number is not None and re.fullmatch(r"\d{1,6}", bare):
        return int(bare)
    return bare


class Carry:
    """A merged cell printed once stands for the rows under it."""

    def __init__(self) -> None:
        self._kept: dict[str, Slot] = {}

    def take(self, key: str, slot: Slot | None, *, carry: bool = True) -> tuple[str | None, Cell]:
        if slot is not None and not is_nothing(slot.text):
            self._kept[key] = slot
            return tidy(slot.text), slot.cell()
        kept = self._kept.get(key) if carry else None
        if kept is None:
            return None, absent()
        return tidy(kept.text), Cell(kept.text, kept.lines, How.CARRIED, 0.95 * kept.confidence, "merged_cell")

    def peek(self, key: str) -> str | None:
        kept = self._kept.get(key)
        return kept.text if kept else None

    def drop(self, *keys: str) -> None:
        for key in keys:
            self._kept.pop(key, None)


def tidy(text: str) -> str:
    """One line, no blanks at the ends; blanks between Chinese characters (broken lines) removed."""
    one = re.sub(r"[\u200b\ufeff]", "", text)
    one = re.sub(r"\s*\n\s*(?![A-Za-z0-9])|(?<![A-Za-z0-9])\s*\n\s*", "", one.strip())
    one = re.sub(r"\s+", " ", one).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", one)


def plain_text(table: Table, record: Record, *roles: Role) -> tuple[str | None, Cell]:
    at = table.index(*roles)
    slot = record.slots.get(at) if at is not None else None
    if slot is None or is_nothing(slot.text):
        return None, absent()
    return tidy(slot.text), slot.cell()


def organisations(table: Table, record: Record, role: Role) -> tuple[OrganisationList, Cell]:
    at = table.index(role)
    slot = record.slots.get(at) if at is not None else None
    if slot is None or is_nothing(slot.text):
        return OrganisationList([]), absent()
    return split_organisations(slot.text), slot.cell()


_BOTH = re.compile(
    r"^(?:牵头(?:单位|部门)?[：:])?\s*(?P<lead>.+?)[；;。\n\s，,]*(?:配合|参与|协同|协办|责任)(?:单位|部门)?[：:]\s*(?P<support>.+)$"
)

# 市城管局牵头；市工业和信息化局、市住建局配合
_VERBS = re.compile(
    r"^(?P<lead>[^；;，,。\n]+?)牵头(?:负责)?[；;，,。\s]+(?P<support>.+?)(?:按(?:各自)?职责分工)?(?:配合|参与|协同|协助|负责)[。；;]?$",
    re.DOTALL,
)


def leads_and_support(table: Table, record: Record) -> tuple[OrganisationList, Cell, OrganisationList, Cell]:
    """Leads and supporting organisations, also where one cell names both (牵头单位:…;配合单位:…)."""
    leads, lead_cell = organisations(table, record, Role.LEAD)
    support, support_cell = organisations(table, record, Role.SUPPORT)
    printed = lead_cell.printed.strip()
    if printed and not support.names and (m := _BOTH.match(printed) or _VERBS.match(printed)):
        leads, support = split_organisations(m["lead"]), split_organisations(m["support"])
        support_cell = Cell(
            lead_cell.printed, lead_cell.lines, lead_cell.how, lead_cell.confidence, "one_cell_for_both"
        )
    if not support.names and (marked := marked_leads(leads)) is not None:
        leads, support = marked
        support_cell = Cell(
            lead_cell.printed, lead_cell.lines, lead_cell.how, lead_cell.confidence, "one_cell_for_both"
        )
    return leads, lead_cell, support, support_cell


def category_of(table: Table, record: Record, carry: Carry) -> tuple[str | None, Cell]:
    """The first grouping column, carried down; group rows stand in where there is none."""
    at = table.index(Role.GROUPING)
    slot = record.slots.get(at) if at is not None else None
    text, cell = carry.take("category", slot)
    return (group_title(text), cell) if text else (text, cell)


def group_title(label: str) -> str:
    """The words of a group row without its number and count: 一、能源领域（2个） → 能源领域."""
    bare = re.sub(
        r"^(?:[一二三四五六七八九十]{1,3}\s*[、．.]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]、?)\s*", "", label
    )
    return re.sub(r"[（(]\s*(?:共)?\d+\s*[个项]\s*[）)]$", "", bare)
