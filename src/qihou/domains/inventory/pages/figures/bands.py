"""Charts of figures through the years: lines with their range as a band, stacks with the net line above them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qihou.domains.inventory.methods.results import Line
from qihou.face.charts import Series, Text, bars, lines

from .cells import in_unit


def band(
    years: Sequence[int],
    points: Sequence[Line | None],
    name: Text,
    range_name: Text,
    unit: Text,
    *,
    as_is: bool = False,
) -> dict[str, Any]:
    """One figure as a line, its 95 % range as a band behind it. ``as_is``: in the figure's own unit."""

    def shown(value: float | None) -> float | None:
        return None if value is None else round(value, 6) if as_is else float(in_unit(value))

    middle = [shown(p.value) if p else None for p in points]
    low = [shown(p.low) if p else None for p in points]
    high = [shown(p.high) if p else None for p in points]
    option = lines([str(year) for year in years], [Series(name, middle, "pine")], unit=unit)
    # One line alone is named by the title.
    option["grid"] = {**option["grid"], "right": 24}
    option["series"][0].pop("endLabel")
    height = [None if a is None or b is None else round(b - a, 6) for a, b in zip(low, high, strict=True)]
    hidden = {
        "type": "line",
        "stack": "band",
        "symbol": "none",
        "lineStyle": {"opacity": 0},
        "tooltip": {"show": False},
        "silent": True,
    }
    # Stacked on the low end also where it is below nought.
    ends: list[dict[str, Any]] = [
        {**hidden, "name": "low", "data": low, "stackStrategy": "all"},
        {
            **hidden,
            "name": str(range_name),
            "data": height,
            "stackStrategy": "all",
            "areaStyle": {"color": "var(--pine)", "opacity": 0.15},
        },
    ]
    option["series"] = [*ends, *option["series"]]
    option["yAxis"] = {**option["yAxis"], "scale": True}
    return option


def stack(
    years: Sequence[int],
    parts: Sequence[tuple[Text, Sequence[float | None]]],
    net: tuple[Text, Sequence[float | None]],
    unit: Text,
) -> dict[str, Any]:
    """Parts in tonnes stacked year by year, what takes up below nought, and their net as a line."""

    def values(tonnes: Sequence[float | None]) -> list[float | None]:
        return [None if value is None else float(in_unit(value)) for value in tonnes]

    shown = [Series(label, values(tonnes)) for label, tonnes in parts]
    option = bars([str(year) for year in years], shown, unit=unit, stacked=True)
    line = {
        "type": "line", "name": net[0], "data": values(net[1]), "symbolSize": 6,
        "lineStyle": {"color": "var(--ink)", "width": 2}, "itemStyle": {"color": "var(--ink)"},
    }  # fmt: skip
    option["series"] = [*option["series"], line]
    return option
