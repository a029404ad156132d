"""Figures as the pages of the year's work show them: in 万吨CO₂e, exact tonnes one hover away, with range and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qihou.domains.inventory.api.rows import Row
from qihou.domains.inventory.methods.results import Line
from qihou.face import formats, html
from qihou.face.values import Why
from qihou.figures.missing import Flag, State
from qihou.measure import units

from .common import named
from .words import STATES

TONNES = 10_000
_TONES = ("series-1", "series-2", "series-3", "series-4", "series-5", "series-6")
WIDTH = 1000.0


@dataclass(frozen=True)
class Shown:
    """One figure for a template: ``number`` opens its why where the reader is in the office; ``half`` is ± in percent."""

    number: SafeString
    unit: str
    half: str
    low: str
    high: str
    illustrative: bool
    unverified: bool


@dataclass(frozen=True)
class Bar:
    """One sector in the strip: where it stands in a width of 1000, and what its row says."""

    name: str
    number: str
    tone: str
    x: str
    width: str
    negative: bool
    shown: Shown
    share: str
    url: str


@dataclass(frozen=True)
class Strip:
    """Sectors side by side, what takes up left of the zero line at ``zero``."""

    bars: tuple[Bar, ...]
    zero: str
    has_negative: bool


def figure(line: Line | None, run: UUID | None = None, district_code: str = "") -> Shown | None:
    """A figure; without ``run`` it opens nothing (the public page)."""
    if line is None:
        return None
    is_emission = line.unit.startswith("tCO2e")
    if line.value is None:
        text: Any = format_html('<span class="missing">{}</span>', STATES[State(line.state)])
    else:
        said = ten_thousands(line.value) if is_emission else f"{line.value * (100 if line.unit == '1' else 1):,.4g}"
        text = format_html('<span title="{}">{}</span>', exact(line), said)
    if run is not None:
        text = html.why_link(text, Why("inventory.figure", f"{run}:{line.code}:{line.gas}"), district_code)
    scale = (lambda v: ten_thousands(v)) if is_emission else digits
    return Shown(
        SafeString(text),
        _("万吨CO₂e") if is_emission else "%" if line.unit == "1" else units.label(line.unit),
        half(line),
        "" if line.low is None else scale(line.low),
        "" if line.high is None else scale(line.high),
        bool(line.flags & Flag.ILLUSTRATIVE),
        bool(line.flags & Flag.UNVERIFIED),
    )


def strip(rows: Sequence[Row], run: UUID | None = None, district_code: str = "", url: Any = None) -> Strip:
    """The sectors that count in the total, as bars on one scale; ``url`` gives a sector's page from its code."""
    counted = [row for row in rows if row.counts and row.line is not None]
    values = [row.line.value or 0.0 for row in counted if row.line]
    down, up = -sum(v for v in values if v < 0), sum(v for v in values if v > 0)
    whole = (down + up) or 1.0
    zero = left = WIDTH * down / whole
    right = zero
    bars = []
    for place, row in enumerate(counted):
        value = (row.line.value if row.line else None) or 0.0
        width = WIDTH * abs(value) / whole
        if value < 0:
            left -= width
        x = left if value < 0 else right
        if value > 0:
            right += width
        shown = figure(row.line, run, district_code)
        assert shown is not None
        share = "" if row.share is None else f"{formats.number(round(100 * row.share, 1), 1)}%"
        bars.append(
            Bar(
                named(row.category), row.category.number, _TONES[place % len(_TONES)], f"{x:.1f}",
                f"{max(width - 2, 0):.1f}", value < 0, shown, share, url(row.code) if url else "",
            )
        )  # fmt: skip
    return Strip(tuple(bars), f"{zero:.1f}", down > 0)


def ten_thousands(tonnes: float) -> str:
    """Tonnes in 万吨 with two decimals; with four where it is less than a tenth."""
    value = Decimal(repr(tonnes)) / TONNES
    places = Decimal("0.01") if abs(value) >= Decimal("0.1") or not value else Decimal("0.0001")
    return formats.number(value.quantize(places, ROUND_HALF_UP))


def exact(line: Line) -> str:
    """The number as it was worked out, in its own unit, with its range."""
    if line.value is None:
        return ""
    said = f"{digits(line.value)} {units.label(line.unit)}"
    if line.low is not None and line.high is not None and line.low != line.high:
        said += _("（95% 区间 {low} 至 {high}）").format(low=digits(line.low), high=digits(line.high))
    return said


def half(line: Line) -> str:
    """± of approach 1 in percent of the value."""
    if line.value is None or line.half_percent is None:
        return ""
    return f"{line.half_percent:.1f}%" if line.half_percent < 100 else f"{line.half_percent:.0f}%"


def digits(value: float) -> str:
    """Up to six significant digits, grouped; whole numbers in full."""
    text = f"{value:,.0f}" if abs(value) >= 1e5 else f"{value:,.6g}"
    return text.replace("-", formats.MINUS, 1) if text.startswith("-") else text
