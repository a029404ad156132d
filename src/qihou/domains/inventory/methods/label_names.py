"""What the labels of rows are called: the factor library's words, and the sectors' own where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from qihou.facts.vocabulary import label_name

# Labels that only choose a factor; beside the use and the fuel they say nothing more to a reader.
_SILENT = ("user", "fuel_kind", "scope")


def label_words(labels: Mapping[str, str], *, english: bool) -> list[str]:
    """Names of a row's labels in their order; a code without a name stands for itself."""
    return [_word(kind, code, english) for kind, code in labels.items() if kind not in _SILENT]


@cache
def _own() -> Mapping[tuple[str, str], tuple[str, str]]:
    from qihou.domains.inventory.methods.scheme import (
        agriculture_names,
        context,
        energy_names,
        industry,
        land_names,
        waste_names,
    )

    parts = (energy_names, industry, agriculture_names, land_names, waste_names, context)
    return {
        (kind, code): names
        for part in parts
        for kind, words in part.LABEL_NAMES.items()
        for code, names in words.items()
    }


def _word(kind: str, code: str, english: bool) -> str:
    if (kind, code) in _own():
        return _own()[kind, code][1 if english else 0]
    try:
        return label_name(kind, code, "en" if english else "zh")
    except LookupError:
        return code
