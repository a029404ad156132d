"""An inventory as JSON: every figure with its range, state, flags and id, and the choices it was worked by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qihou.domains.inventory.methods.results import Line, Worked
from qihou.figures.missing import Flag, State

SCHEMA = 1


def as_json(
    worked: Worked, *, district_name: str = "", lines: Mapping[tuple[str, str], Line] | None = None
) -> dict[str, Any]:
    """Plain data for ``json.dumps``. A missing value is null with its state, never 0.

    Args:
        lines: the figures as a run stored them, where they are not to be worked out again.
    """
    scheme = worked.scheme
    found = worked.lines if lines is None else lines
    return {
        "schema": SCHEMA,
        "district": district_name,
        "year": worked.period.start.year,
        "edition": scheme.options.edition,
        "landfill": scheme.options.landfill,
        "gwp_set": scheme.gwp_set.value,
        "categories": [
            {
                "code": category.code,
                "number": category.number,
                "zh": category.zh,
                "en": category.en,
                "sector": category.sector.value,
                "ipcc": category.ipcc,
                "gpc": category.gpc,
                "memo": category.memo,
                "sink": category.sink,
            }
            for category in scheme.categories
        ],
        "figures": [line_as_json(line) for line in found.values()],
    }


def line_as_json(line: Line) -> dict[str, Any]:
    """One figure. ``state`` is ``VALUE`` or why there is none (``NO``, ``NE``, ``IE`` … ``ABSENT``)."""
    return {
        "code": line.code,
        "gas": line.gas or None,
        "value": line.value,
        "known": line.known,
        "unit": line.unit,
        "half_percent": line.half_percent,
        "low": line.low,
        "high": line.high,
        "state": State(line.state).name,
        "status": line.status.value,
        "flags": [flag.name for flag in Flag if flag & line.flags],
        "id": line.id,
    }
