"""Which categories make up an inventory: the kernel's assessment on the lines of one that has been worked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qihou.domains.inventory.methods.results import Line
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.figures.keycategories import (
    THRESHOLD_APPROACH_1,
    THRESHOLD_APPROACH_2,
    Ranked,
    UnableToRank,
    approach_2,
    level,
    rank,
    trend,
)
from qihou.figures.missing import State

Lines = Mapping[tuple[str, str], Line]


@dataclass(frozen=True)
class KeyCategory:
    """A category and gas with its place in one assessment."""

    line: Line
    share: float
    cumulative: float
    is_key: bool


@dataclass(frozen=True)
class Assessment:
    """Categories in order, and those that could not be ranked because they have no value (or, for the trend, none before)."""

    ranked: tuple[KeyCategory, ...]
    without_value: tuple[Line, ...]


def ranked_lines(scheme: Scheme, lines: Lines) -> list[Line]:
    """What is ranked: the deepest categories gas by gas, of the sectors that count in the total, memo items left out."""
    return [
        line
        for (code, gas), line in lines.items()
        if gas and code in scheme.category and _counts(scheme, code) and not _deeper(scheme, code)
    ]


def by_level(scheme: Scheme, lines: Lines) -> Assessment:
    """Approach 1, level: those that make up 95 % of the sum of absolute values."""
    present, absent = _split(ranked_lines(scheme, lines))
    return _assessment(present, rank(level([_value(line) for line in present]), THRESHOLD_APPROACH_1), absent)


def by_uncertainty(scheme: Scheme, lines: Lines) -> Assessment:
    """Approach 2, level: the same shares weighted by each category's uncertainty. Nought has no uncertainty in percent."""
    present, absent = _split(ranked_lines(scheme, lines))
    shares = level([_value(line) for line in present])
    weighted = approach_2(shares, [line.half_percent or 0.0 for line in present])
    return _assessment(present, rank(weighted, THRESHOLD_APPROACH_2), absent)


def by_trend(scheme: Scheme, lines: Lines, base: Lines) -> Assessment:
    """Approach 1, trend against a base year. What did not occur in one of the years counts as nought there: closing down is a trend.

    Raises:
        UnableToRank: the base year adds up to nothing.
    """
    there = {(line.code, line.gas): amount_of_trend(line) for line in ranked_lines(scheme, base)}
    present, absent, before, now = [], [], [], []
    for line in ranked_lines(scheme, lines):
        one, other = there.get((line.code, line.gas)), amount_of_trend(line)
        if one is None or other is None:
            absent.append(line)
        elif one or other:
            present.append(line)
            before.append(one)
            now.append(other)
    moved = trend(before, now)
    return _assessment(present, rank(moved, THRESHOLD_APPROACH_1), absent)


def amount_of_trend(line: Line) -> float | None:
    """A figure's value; nought where it is known not to occur; None where nobody knows."""
    return 0.0 if line.value is None and line.state in (State.NO, State.NA) else line.value


def _counts(scheme: Scheme, code: str) -> bool:
    if not scheme.category[code].sector.in_total:
        return False
    parts = code.split(".")
    return not any(scheme.category[".".join(parts[:end])].memo for end in range(1, len(parts) + 1))


def _deeper(scheme: Scheme, code: str) -> bool:
    return any(scheme.gases(child.code) and not child.memo for child in scheme.children(code))


def _split(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Those with a value, and those that lack one; what is known not to occur lacks nothing."""
    present = [line for line in lines if line.value is not None]
    return present, [line for line in lines if line.value is None and not line.state.is_nil]


def _value(line: Line) -> float:
    if line.value is None:
        raise UnableToRank(f"{line.code} {line.gas} has no value")
    return line.value


def _assessment(present: list[Line], places: list[Ranked], absent: list[Line]) -> Assessment:
    found = (KeyCategory(present[one.index], one.share, one.cumulative, one.is_key) for one in places)
    return Assessment(tuple(found), tuple(absent))
