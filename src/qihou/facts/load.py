"""The newest values of a facts file as plain text, for methods that take a mapping."""

from __future__ import annotations

from typing import Any

from qihou.facts.loader import UnableToFindFact, load_facts

__all__ = ["UnableToFindFact", "load"]


def load(name: str) -> dict[str, Any]:
    """``{"values": {name: {"value", "unit", "grade"}}}`` of ``facts/data/<name>.yaml``, the newest value of each.

    Raises:
        UnableToFindFact: there is no file of that name.
        UnableToReadFacts: it is not as :mod:`qihou.facts.loader` describes.
    """
    facts = load_facts(name)
    return {
        "id": facts.id,
        "title": facts.title,
        "values": {
            key: {"value": format(series.newest.value, "f"), "unit": series.unit, "grade": series.newest.grade}
            for key, series in facts.values.items()
        },
    }
