"""Runs of number columns in which blank cells were lost: which assignments of the printed numbers remain."""

from __future__ import annotations

from itertools import combinations

from ..reading.numbers import read_value
from ..register import How
from .roles import FUNDS, MONEY, VALUES, Role
from .table import Column, Record, Slot


def settle_blocks(records: list[Record], columns: list[Column], extras: dict[int, int], trusted: bool) -> None:
    """For each run of value or money columns with fewer numbers than columns, keep what is sure and loosen the rest.

    ``extras`` gives the surplus blank lines before each line; ``trusted`` says that they reliably mark empty cells.
    """
    for record in records:
        for block in _runs(columns, VALUES):
            _settle_values(record, block, columns, extras, trusted)
        for block in _runs(columns, MONEY):
            _settle_money(record, block, columns, trusted)


def _runs(columns: list[Column], roles: tuple[Role, ...]) -> list[list[int]]:
    runs: list[list[int]] = []
    for i, column in enumerate(columns):
        if column.role not in roles:
            continue
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return [r for r in runs if len(r) > 1]


def _settle_values(
    record: Record, block: list[int], columns: list[Column], extras: dict[int, int], trusted: bool
) -> None:
    filled = [i for i in block if i in record.slots]
    if not filled or len(filled) == len(block):
        return
    slots = [record.slots[i] for i in filled]
    before = [extras.get(s.lines[0], 0) for s in slots]
    after = _gap_after(record, block, extras)
    possible = []
    for places in combinations(block, len(slots)):
        if not _agrees(places, block, before, after):
            continue
        if any(
            read_value(s.text).state == "assigned" and columns[i].role is Role.BASE
            for i, s in zip(places, slots, strict=True)
        ):
            continue
        if any(read_value(s.text).state == "assigned" and i == block[0] for i, s in zip(places, slots, strict=True)):
            continue
        possible.append(places)
    for i in filled:
        del record.slots[i]
    if len(possible) == 1:
        sure = trusted or any(before) or after > 0
        for i, slot in zip(possible[0], slots, strict=True):
            slot.how = How.READ if trusted else How.ALIGNED
            slot.confidence = 0.95 if trusted else (0.85 if sure else 0.8)
            slot.reason = "blank_line_marks_empty_cell" if sure else "only_place_for_this_kind"
            record.slots[i] = slot
        return
    record.loose.extend(slots)
    record.undecided.update(block)


def _gap_after(record: Record, block: list[int], extras: dict[int, int]) -> int:
    later = [record.slots[i] for i in sorted(record.slots) if i > block[-1]]
    return extras.get(later[0].lines[0], 0) if later else 0


def _agrees(places: tuple[int, ...], block: list[int], before: list[int], after: int) -> bool:
    """With no surplus blank line anything is possible; with some, each must stand where a cell is empty."""
    if not any(before) and not after:
        return True
    previous = block[0] - 1
    for place, gap in zip(places, before, strict=True):
        if (place - previous - 1 > 0) != (gap > 0):
            return False
        previous = place
    return (block[-1] - previous > 0) == (after > 0)


def _settle_money(record: Record, block: list[int], columns: list[Column], trusted: bool) -> None:
    filled = [i for i in block if i in record.slots]
    if trusted or not filled or len(filled) == len(block):
        return
    total = next((i for i in block if columns[i].role is Role.INVESTMENT), None)
    slots: list[Slot] = [record.slots.pop(i) for i in filled]
    if total is not None:
        slot = slots.pop(0) if total == block[0] else (slots.pop() if total == block[-1] else None)
        if slot is not None:
            slot.how, slot.reason = How.ALIGNED, "total_always_printed"
            slot.confidence = 0.95
            record.slots[total] = slot
    if slots:
        record.loose.extend(slots)
        record.undecided.update(i for i in block if i != total and columns[i].role in (*FUNDS, Role.MONEY_OTHER))
        if total is not None and total not in record.slots:
            record.undecided.add(total)
