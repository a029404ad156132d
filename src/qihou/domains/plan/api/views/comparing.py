"""Two versions side by side."""

from __future__ import annotations

from dataclasses import dataclass

from .rows import ItemView, Value
from .versions import VersionView


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: Value
    after: Value


@dataclass(frozen=True)
class RowChange:
    """``change``: added, removed, changed or same."""

    kind: str
    change: str
    before: ItemView | None
    after: ItemView | None
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Comparison:
    a: VersionView
    b: VersionView
    rows: tuple[RowChange, ...]
    counts: dict[str, dict[str, int]]  # {kind: {change: n}}
