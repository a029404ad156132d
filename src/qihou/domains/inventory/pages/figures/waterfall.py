"""A waterfall: from one total through its steps to the next."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from qihou.face.charts import Series, Text, bars

# Steps that together are less than this share of the total are hard to see on an axis from nought.
_FAR = 0.4


def waterfall(
    start: tuple[str, float], steps: Sequence[tuple[str, float]], end: str, unit: Text, per: float
) -> dict[str, Any]:
    """The option of the chart; ``per``: how much one unit of the axis is. What increases is clay, what falls is pine.

    Each bar is drawn from where the one before ended, above and below nought apart, so that a total may change its sign.
    """
    names = [start[0], *(label for label, _ in steps), end]
    level = start[1]
    spans = [(0.0, level, "ends")]
    for _, value in steps:
        spans.append((level, level + value, "up" if value > 0 else "down"))
        level += value
    spans.append((0.0, level, "ends"))
    colours = {"ends": "series-6", "up": "clay", "down": "pine"}
    hidden_above, hidden_below, shown_above, shown_below = [], [], [], []
    for one, other, kind in spans:
        low, high = sorted((one / per, other / per))
        style = {"color": f"var(--{colours[kind]})"}
        hidden_above.append(round(max(low, 0.0), 6))
        hidden_below.append(round(min(high, 0.0), 6))
        shown_above.append({"value": round(max(high, 0.0) - max(low, 0.0), 6), "itemStyle": style})
        shown_below.append({"value": round(min(low, 0.0) - min(high, 0.0), 6), "itemStyle": style})
    option = bars(names, [Series("", [])], unit=unit, stacked=True)
    clear = {
        "type": "bar",
        "stack": "all",
        "itemStyle": {"color": "transparent"},
        "silent": True,
        "tooltip": {"show": False},
    }
    solid = {"type": "bar", "stack": "all", "barMaxWidth": 36}
    option["series"] = [
        {**clear, "name": "", "data": hidden_above},
        {**clear, "name": "", "data": hidden_below},
        {**solid, "name": str(unit), "data": shown_above, "label": {"show": False}},
        {**solid, "name": str(unit), "data": shown_below},
    ]
    option["yAxis"] = {**option["yAxis"], **_axis([end / per for _, end, _ in spans[:-1]])}
    option["tooltip"] = {"trigger": "item"}
    option["xAxis"] = {
        **option["xAxis"],
        "axisLabel": {"color": "var(--ink)", "interval": 0, "rotate": 35, "width": 110, "overflow": "truncate"},
    }
    return option


def _axis(levels: list[float]) -> dict[str, Any]:
    """Where all levels lie far above nought, the axis begins just below the lowest: else the steps could not be seen."""
    low, high = min(levels), max(levels)
    span = high - low
    if low <= 0 or span > high * _FAR or span == 0:
        return {}
    step = 10 ** math.floor(math.log10(span))
    return {"min": math.floor((low - span * 0.4) / step) * step}
