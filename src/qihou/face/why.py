"""The why drawer: what a number stands on, step by step, the same everywhere.

A slice registers one function per kind of number; it receives the actor, the district and the key of the number and
returns an :class:`Explanation`, or raises ``LookupError`` when there is no such number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from qihou.record.api.access import Actor
from qihou.record.models import Feature

from .values import Why


@dataclass(frozen=True)
class Step:
    """One link of the chain. ``kind`` is its word （方法，输入，原文，依据）, ``quote`` the words of the source."""

    kind: Any
    title: Any
    value: Any = ""
    note: Any = ""
    quote: str = ""
    url: str = ""
    why: Why | None = None


@dataclass(frozen=True)
class Explanation:
    """``reference`` is one line to be copied into a letter: what, value, document, lines, version."""

    title: Any
    value: Any
    unit: str = ""
    steps: Sequence[Step] = field(default_factory=tuple)
    reference: str = ""
    illustrative: bool = False
    unverified: bool = False


Explain = Callable[[Actor, Feature, str], Explanation]
_kinds: dict[str, Explain] = {}


def register(kind: str, explain: Explain) -> None:
    _kinds[kind] = explain


def explain(actor: Actor, district: Feature, why: Why) -> Explanation:
    """Raises ``LookupError`` for an unknown kind or key."""
    return _kinds[why.kind](actor, district, why.key)


def why_url(district_code: str, why: Why) -> str:
    return _before_key(district_code, why.kind) + quote(why.key, safe=":@.-_~")


@lru_cache(maxsize=256)
def _before_key(district_code: str, kind: str) -> str:
    """The address up to its last part: a table of a thousand links resolves its pattern once."""
    return reverse("why", kwargs={"district_code": district_code, "kind": kind, "key": "0"}).removesuffix("0")
