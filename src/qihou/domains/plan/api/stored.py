"""Values as the database keeps them: text both databases accept, and plain JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


def clean(value: Any) -> Any:
    """JSON-plain, with decimals as text and without what PostgreSQL refuses (NUL, half characters)."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {clean(str(k)): clean(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(v) for v in value]
    return clean(json.loads(json.dumps(value, default=str)))


def fit(text: str, length: int) -> str:
    """Clean text no longer than its column; what is cut off is marked. The cell's ``printed`` keeps all of it."""
    text = clean(text).strip()
    return text if len(text) <= length else text[: length - 1] + "…"


def year_or_none(year: int | None) -> int | None:
    """A calendar year, or nothing where the number can be none."""
    return year if year is not None and 1900 <= year <= 2200 else None
