"""Money charts: what stands where, as numbers a template puts into SVG attributes; and the sentence that is the title.

Amounts are in 10⁴ CNY. A source that is not decided is a segment of its own, never spread over the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from qihou.domains.plan.api.views import Money
from qihou.domains.plan.api.words import SOURCES

WIDTH = 1000
COLUMNS_WIDTH, COLUMNS_HEIGHT, FOOT = 640, 250, 24


@dataclass(frozen=True)
class Segment:
    """One source's part; ``at`` and ``size`` are along the bar's length, ``share`` is 0–1 of the whole."""

    source: str
    label: str
    amount: Decimal
    share: float
    at: float
    size: float


@dataclass(frozen=True)
class Column:
    """One year's stack. ``x`` and ``middle`` are along the axis; the label stands at ``top``."""

    year: int
    amount: Decimal
    x: float
    middle: float
    width: float
    top: float
    parts: tuple[Segment, ...]


@dataclass(frozen=True)
class YearChart:
    width: int
    height: int
    base: float
    columns: tuple[Column, ...]


def segments(money: Money, length: float = WIDTH) -> tuple[Segment, ...]:
    """The sources side by side along ``length``; empty when there is no money at all."""
    whole = sum((amount for _source, amount in money.parts), Decimal(0))
    made, at = [], 0.0
    for source, amount in money.parts:
        share = float(amount / whole)
        made.append(Segment(source, str(SOURCES[source]), amount, share, round(at, 2), round(share * length, 2)))
        at += share * length
    return tuple(made)


def year_chart(by_year: Mapping[int, Money]) -> YearChart | None:
    """Stacked columns, one per year, or None when no amount falls on a year."""
    most = max((m.investment for m in by_year.values()), default=Decimal(0))
    if most <= 0:
        return None
    years = sorted(by_year)
    step = COLUMNS_WIDTH / len(years)
    width = min(step * 0.62, 72.0)
    base, room = float(COLUMNS_HEIGHT - FOOT), float(COLUMNS_HEIGHT - FOOT - 22)
    columns = []
    for i, year in enumerate(years):
        money = by_year[year]
        tall = float(money.investment / most) * room
        parts, floor = [], base
        for part in segments(money, tall):
            floor -= part.size
            parts.append(Segment(part.source, part.label, part.amount, part.share, round(floor, 2), part.size))
        middle = step * (i + 0.5)
        columns.append(
            Column(
                year, money.investment, round(middle - width / 2, 1), round(middle, 1), round(width, 1),
                round(base - tall - 6, 1), tuple(parts),
            )
        )  # fmt: skip
    return YearChart(COLUMNS_WIDTH, COLUMNS_HEIGHT, base, tuple(columns))


def percent(share: float) -> str:
    return f"{share * 100:.1f}%"


def source_title(money: Money) -> str:
    """What the split by source shows: the largest decided source, and how much is not decided."""
    parts = segments(money)
    placed = [p for p in parts if p.source != "unplaced"]
    loose = next((p for p in parts if p.source == "unplaced"), None)
    if not parts:
        return _("项目表没有可以相加的金额")
    if not placed:
        return _("全部投资的资金来源都待定或未印")
    largest = max(placed, key=lambda p: p.amount)
    words = {"source": largest.label, "share": percent(largest.share)}
    if loose is None:
        return _("%(source)s最多，占 %(share)s；来源全部明确") % words
    words["loose"] = percent(loose.share)
    if loose.share > largest.share:
        return _("%(loose)s 的投资来源待定；已明确的部分%(source)s最多") % words
    return _("%(source)s最多，占 %(share)s；另有 %(loose)s 来源待定") % words


def year_title(by_year: Mapping[int, Money]) -> str:
    """The heaviest year when every project's money is spread evenly over its own years."""
    if not any(m.investment > 0 for m in by_year.values()):
        return _("没有同时印有金额和年份的项目，无法分摊到年")
    most = max(by_year.values(), key=lambda m: m.investment).investment
    heaviest = [str(y) for y, m in sorted(by_year.items()) if m.investment == most]
    whole = sum((m.investment for m in by_year.values()), Decimal(0))
    return _("投资最集中的是 %(years)s 年，占 %(share)s") % {
        "years": _("、").join(heaviest),
        "share": percent(float(most / whole)),
    }
