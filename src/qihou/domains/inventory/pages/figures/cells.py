"""Emissions as screens show them: in 万吨CO₂e, exact tonnes one hover away, a missing value with its notation."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.results import Line
from qihou.face.formats import MINUS, number
from qihou.face.values import Cell, Why
from qihou.figures.missing import Flag
from qihou.measure import units

from .words import STATES

TONNES_IN_UNIT = Decimal(10_000)
WHY = "inventory.figure"
# From here on two decimals of 万吨 say enough; below, the last digit is one tonne.
_ROUNDED_FROM = Decimal("0.1")


def why_key(run: UUID, code: str, gas: str = "") -> str:
    return f"{run}:{code}:{gas}"


def in_unit(tonnes: float) -> Decimal:
    """Tonnes as 万吨, rounded for the screen."""
    exact = Decimal(repr(tonnes)) / TONNES_IN_UNIT
    places = Decimal("0.01") if abs(exact) >= _ROUNDED_FROM else Decimal("0.0001")
    return exact.quantize(places, ROUND_HALF_UP)


def exact(line: Line) -> str:
    """The number as it was worked out, with its range."""
    if line.value is None:
        return ""
    said = f"{digits(line.value)} {units.label(line.unit)}"
    if line.low is not None and line.high is not None and line.low != line.high:
        said += " " + _("（95% 区间 {low} 至 {high}）").format(low=digits(line.low), high=digits(line.high))
    return said


def emission(line: Line | None, run: UUID, *, marks: bool = True) -> Cell:
    """A figure in 万吨CO₂e that opens the why drawer; a missing one in its notation."""
    if line is None:
        return Cell(SafeString("·"), title=_("没有这一气体的排放源"))
    why = Why(WHY, why_key(run, line.code, line.gas))
    if line.value is None:
        return Cell(missing(line), why=why, title=_known(line))
    return Cell(
        in_unit(line.value),
        why=why,
        illustrative=marks and bool(line.flags & Flag.ILLUSTRATIVE),
        unverified=marks and bool(line.flags & Flag.UNVERIFIED),
        title=exact(line),
    )


def plain(line: Line | None, run: UUID, places: int | None = None) -> Cell:
    """A figure in its own unit that opens the why drawer."""
    if line is None:
        return Cell(None)
    why = Why(WHY, why_key(run, line.code, line.gas))
    if line.value is None:
        return Cell(missing(line), why=why, title=_known(line))
    shown = Decimal(repr(line.value))
    if places is not None:
        shown = shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return Cell(shown, why=why, illustrative=bool(line.flags & Flag.ILLUSTRATIVE), title=exact(line))


def missing(line: Line) -> SafeString:
    """The notation of what is not there; a column of numbers takes it as it stands."""
    return SafeString(escape(STATES[line.state]))


def half(line: Line | None) -> str:
    """± as approach 1 propagates it, in percent."""
    if line is None or line.half_percent is None:
        return ""
    percent = line.half_percent
    return f"±{percent:.1f}%" if percent < 100 else f"±{percent:.0f}%"


def digits(value: float) -> str:
    """Up to eight significant digits, grouped."""
    text = f"{value:,.8g}" if abs(value) < 1e8 else f"{value:,.0f}"
    return text.replace("-", MINUS, 1) if "e" not in text else text


def neat(value: float) -> Decimal:
    """A number as somebody wrote it: without the noise of its binary form."""
    return Decimal(f"{value:.10g}")


def percent(part: float | None, places: int = 1) -> str:
    return "" if part is None else f"{number(part * 100, places)}%"


def _known(line: Line) -> str:
    return _("已知部分 {known} 吨CO₂e").format(known=digits(line.known)) if line.known else ""
