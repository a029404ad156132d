"""Charts: an ECharts option from plain values, with its table behind it and its picture and workbook out.

Colours are names of tokens (``var(--pine)``); ``static/face/chart.js`` reads them from the page, so that the same chart
follows the light and the night set. A missing value is ``None`` and leaves a gap, never a zero.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise

from .tables import BoundTable

Text = str | Promise
Number = Decimal | float | int | None
SERIES_COLOURS = [f"var(--series-{n})" for n in range(1, 7)]


@dataclass(frozen=True)
class Series:
    """One row of values; ``colour`` is a token's name such as ``pine`` or ``at-risk``."""

    name: Text
    values: Sequence[Number]
    colour: str = ""


@dataclass(frozen=True)
class Chart:
    """``title`` says the finding, not the subject. ``table`` holds the same numbers and answers the exports."""

    name: str
    title: Text
    option: Mapping[str, Any]
    table: BoundTable | None = None
    unit: Text = ""
    source: Text = ""
    size: str = ""  # short or tall
    illustrative: bool = False
    notes: Sequence[Text] = field(default_factory=tuple)

    def data(self) -> str:
        """The option as JSON for an attribute: a script element would be dropped when htmx swaps the chart in."""
        return json.dumps(_plain(self.option), ensure_ascii=False)

    def __html__(self) -> str:
        return render_to_string("face/parts/chart.html", {"c": self})

    def __str__(self) -> str:
        return self.__html__()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Promise):
        return str(value)
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def _axes(categories: Sequence[Text], unit: Text, horizontal: bool) -> dict[str, Any]:
    names = {
        "type": "category",
        "data": list(categories),
        "axisTick": {"show": False},
        "axisLine": {"lineStyle": {"color": "var(--line-strong)"}},
        "axisLabel": {"color": "var(--ink)"},
    }
    amounts = {
        "type": "value",
        "name": unit,
        "nameTextStyle": {"color": "var(--secondary)", "align": "left" if not horizontal else "right"},
        "axisLabel": {"color": "var(--secondary)"},
        "splitLine": {"lineStyle": {"color": "var(--line)"}},
    }
    if horizontal:
        return {"yAxis": {**names, "inverse": True}, "xAxis": amounts}
    return {"xAxis": names, "yAxis": amounts}


def _colour(series: Series, index: int) -> str:
    return f"var(--{series.colour})" if series.colour else SERIES_COLOURS[index % len(SERIES_COLOURS)]


def _frame(series: Sequence[Series]) -> dict[str, Any]:
    many = len(series) > 1
    return {
        "grid": {"left": 8, "right": 16, "top": 44 if many else 32, "bottom": 8, "containLabel": True},
        "legend": {"show": many, "top": 0, "right": 0, "icon": "rect", "itemWidth": 10, "itemHeight": 10},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "aria": {"enabled": True, "decal": {"show": False}},
    }


def bars(
    categories: Sequence[Text],
    series: Sequence[Series],
    *,
    unit: Text = "",
    stacked: bool = False,
    horizontal: bool = False,
) -> dict[str, Any]:
    """The option of a bar chart; every series has one value per category."""
    shown = [
        {
            "type": "bar",
            "name": s.name,
            "data": list(s.values),
            "stack": "all" if stacked else None,
            "barMaxWidth": 28,
            "itemStyle": {"color": _colour(s, i)},
        }
        for i, s in enumerate(series)
    ]
    return {**_frame(series), **_axes(categories, unit, horizontal), "series": shown}


def lines(categories: Sequence[Text], series: Sequence[Series], *, unit: Text = "") -> dict[str, Any]:
    """The option of a line chart, each line named at its end."""
    shown = [
        {
            "type": "line",
            "name": s.name,
            "data": list(s.values),
            "symbolSize": 6,
            "connectNulls": False,
            "lineStyle": {"color": _colour(s, i), "width": 2},
            "itemStyle": {"color": _colour(s, i)},
            "endLabel": {"show": True, "formatter": "{a}", "color": "var(--ink)"},
        }
        for i, s in enumerate(series)
    ]
    frame = _frame(series)
    frame["grid"] = {**frame["grid"], "right": 96}
    frame["tooltip"] = {"trigger": "axis"}
    return {**frame, **_axes(categories, unit, False), "series": shown}
