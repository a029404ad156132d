"""One thing's values in all editions side by side: a chart drawn on the server, and its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.face.tables import BoundTable, Column, Kind, Table
from qihou.face.values import Cell
from qihou.facts.factors import Factor, by_quantity
from qihou.facts.vocabulary import UnableToName, editions, region_chain, regions
from qihou.figures.spread import UnableToReadSpread, spread
from qihou.measure import units

from .links import factor_url
from .words import GRADES, unit_label, written, years

MOST = 24
LEFT, WIDTH, ROW, TOP, RIGHT = 310, 820, 26, 8, 90


@dataclass(frozen=True)
class Bar:
    """A value of one edition, in the unit of the factor the page is about. ``low`` and ``high``: its 95 % range, if any."""

    label: str
    shown: str
    url: str
    current: bool
    unverified: bool
    y: float
    x: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Beside:
    bars: tuple[Bar, ...]
    unit: str
    zero: float
    height: float
    width: int
    left_out: int
    table: BoundTable


def beside(found: Factor, code: str, params: QueryDict) -> Beside | None:
    """None where no other edition, region or year has a value for the same thing.

    Drawn are the values of the factor's own region, of the district's, and of the wider ones; the table has all.
    """
    same = [
        f
        for f in by_quantity()[found.quantity]
        if f.labels == found.labels and units.same_dimension(f.unit, found.unit)
    ]
    if len(same) < 2:
        return None
    same.sort(key=lambda f: (f.edition != found.edition, f.edition, f.region != found.region, f.region, f.first_year))
    near = {*region_chain(found.region), *_regions_of(code)}
    shown = [found, *[f for f in same if f.region in near and f is not found][: MOST - 1]]
    shown.sort(key=same.index)
    ranges = {f.id: _range(f, found.unit) for f in shown}
    ends = [end for value, low, high in ranges.values() for end in (value, low, high) if end is not None]
    first, last = min(0.0, *ends), max(0.0, *ends)
    room = (last - first) or 1.0

    def x(value: float | None) -> float | None:
        return None if value is None else round(LEFT + (WIDTH - LEFT - RIGHT) * (value - first) / room, 1)

    bars = []
    for place, one in enumerate(shown):
        value, low, high = ranges[one.id]
        bars.append(
            Bar(
                label_of(one),
                written(value),
                factor_url(code, one),
                one.id == found.id,
                one.to_confirm,
                TOP + place * ROW,
                x(value) or 0.0,
                x(low),
                x(high),
            )
        )
    return Beside(
        tuple(bars), unit_label(found.unit), x(0.0) or 0.0, TOP * 2 + ROW * len(bars), WIDTH, len(same) - len(shown),
        _table(code, found).bind(same, params, district_code=code),
    )  # fmt: skip


def _regions_of(district_code: str) -> tuple[str, ...]:
    """The district's province and the wider regions; none where the library does not know the province."""
    try:
        return region_chain(f"CN-{district_code[:2]}")
    except UnableToName:
        return ()


def label_of(one: Factor) -> str:
    """Edition, and what tells it from others of the same edition: region and year."""
    language = get_language() or "zh"
    parts = [editions()[one.edition].name.in_language(language)]
    if one.region != "CN":
        parts.append(regions()[one.region].name.in_language(language))
    if one.is_dated:
        parts.append(str(one.first_year or years(one)))
    return " · ".join(parts)


def _range(one: Factor, unit: str) -> tuple[float, float | None, float | None]:
    factor = units.factor(one.unit, unit)
    value = float(one.value)
    if not one.spread:
        return value * factor, None, None
    try:
        read = spread(one.spread, value)
    except UnableToReadSpread:
        return value * factor, None, None
    return value * factor, read.low * factor, read.high * factor


def _table(code: str, found: Factor) -> Table:
    language = get_language() or "zh"
    columns = [
        Column("edition", _("因子版本"), value=lambda f: editions()[f.edition].name.in_language(language), heading=True, url=lambda f: factor_url(code, f)),
        Column("value", _("值"), Kind.NUMBER, value=lambda f: Cell(Decimal(f.value), unit=unit_label(f.unit), unverified=f.to_confirm)),
        Column("spread", _("95%范围"), value=lambda f: f.spread or _("未给出")),
        Column("region", _("地区"), value=lambda f: regions()[f.region].name.in_language(language)),
        Column("years", _("年份"), value=years, sort_by=lambda f: f.first_year),
        Column("grade", _("等级"), value=lambda f: str(GRADES[f.grade]), optional=True),
    ]  # fmt: skip
    name: Any = f"{_('同一因子的各版本值')}-{found.quantity}"
    return Table(
        name="beside", title=_("同一因子的各版本值"), file_name=name, columns=columns, prefix="beside", page_size=15
    )
