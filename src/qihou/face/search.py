"""Search across slices: each slice registers one function that finds its things by a few characters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from qihou.record.api.access import Actor
from qihou.record.models import Feature


@dataclass(frozen=True)
class Hit:
    kind: Any
    title: str
    url: str
    note: str = ""


Finder = Callable[[Actor, Feature, str, int], Sequence[Hit]]
_finders: dict[str, Finder] = {}


def register(key: str, finder: Finder) -> None:
    """``finder(actor, district, text, limit)`` returns at most ``limit`` hits, best first."""
    _finders[key] = finder


def find(actor: Actor, district: Feature, text: str, limit: int = 20) -> list[Hit]:
    text = text.strip()
    if not text:
        return []
    return [hit for finder in _finders.values() for hit in finder(actor, district, text, limit)]
