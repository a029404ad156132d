"""Strips: how many of each state, or how much from each source, as one horizontal bar drawn on the server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .states import ASSESSMENT, state

WIDTH = 1000


@dataclass(frozen=True)
class Part:
    """One piece of a strip; ``fill`` is the end of a class ``f-…`` of parts.css, ``words`` what a hover says."""

    amount: Decimal | int
    fill: str
    words: Any


def strip(parts: Sequence[Part], label: Any, *, height: int = 14) -> SafeString:
    """A bar of full width whose pieces are in proportion; nothing at all is an empty outline."""
    total = sum((Decimal(p.amount) for p in parts), Decimal(0))
    pieces = []
    x = 0.0
    for part in parts:
        if not part.amount or not total:
            continue
        width = float(Decimal(part.amount) / total) * WIDTH
        pieces.append((part.fill, f"{x:.1f}", f"{max(width - 2, 1):.1f}", height, part.words))
        x += width
    inner = format_html_join(
        "", '<rect class="f-{}" x="{}" width="{}" height="{}"><title>{}</title></rect>', pieces
    ) or format_html('<rect class="f-line" width="{}" height="{}"/>', WIDTH, height)
    return format_html(
        '<svg class="strip" viewBox="0 0 {} {}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        WIDTH, height, label, inner,
    )  # fmt: skip


def states_strip(counts: Mapping[str, int], *, height: int = 14) -> SafeString:
    """How many stand where, in the fixed order of the states, so that strips can be compared."""
    shown = [(code, counts[code]) for code in ASSESSMENT if counts.get(code)]
    words = "、".join(f"{state(code).word} {n}" for code, n in shown)
    parts = [Part(n, state(code).tone, f"{state(code).word} {n}") for code, n in shown]
    return strip(parts, words, height=height)
