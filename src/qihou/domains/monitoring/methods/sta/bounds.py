"""How large and how deep a JSON value is, found without recursion, so that no value can exhaust the stack."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

DEEPEST_JSON = 60
LARGEST_JSON = 500_000  # members and elements in all


def trouble_with(value: Any, largest: int = LARGEST_JSON) -> str:
    """Why the value is not taken: too large, too deep, or NaN or Infinity in it. Empty when it is."""
    count, waiting = 0, [(value, 0)]
    while waiting:
        here, depth = waiting.pop()
        count += 1
        if count > largest:
            return f"a value may have at most {largest} parts"
        if depth > DEEPEST_JSON:
            return f"lists and objects may stand at most {DEEPEST_JSON} deep"
        if isinstance(here, float) and not math.isfinite(here):
            return "NaN and Infinity are no values; leave out what was not measured"
        parts = here.values() if isinstance(here, Mapping) else here if isinstance(here, list) else ()
        waiting.extend((part, depth + 1) for part in parts)
    return ""
