"""The audit of a plan's document: everything in it that does not add up, each with its lines.

One module per family of findings; each offers ``find(context)`` and yields :class:`..register.DocumentFinding`.
The sentences are in :mod:`..wording`. Detectors look for forms, never for the names of one district.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ..register import DocumentFinding, FindingSeverity, How, Register
from . import (
    conflicts,
    counts,
    damage,
    divergence,
    doubles,
    duties,
    money,
    names,
    numbering,
    periods,
    plausibility,
    states,
    targets,
)
from .context import Context

FAMILIES: tuple[Callable[[Context], Iterator[DocumentFinding]], ...] = (
    counts.find,
    money.find,
    conflicts.find,
    doubles.find,
    periods.find,
    targets.find,
    duties.find,
    names.find,
    numbering.find,
    divergence.find,
    states.find,
    plausibility.find,
    damage.find,
)
_ORDER = {FindingSeverity.ERROR: 0, FindingSeverity.WARNING: 1, FindingSeverity.NOTE: 2}

__all__ = ["FAMILIES", "audit"]


def audit(register: Register) -> list[DocumentFinding]:
    """All findings of a document, errors first, then by line; the register is not changed.

    Call :func:`..funding.settle_funding` before, so that columns it filled are added up too.
    """
    # goals told in sentences are the text itself: holding them against the text would find only themselves
    tabled = [r for r in register.indicators if r.cells.get("name") is None or r.cells["name"].how is not How.PROSE]
    context = Context.of(replace(register, indicators=tabled))
    found: dict[tuple[str, str, tuple[int, ...]], DocumentFinding] = {}
    for family in FAMILIES:
        for item in family(context):
            found.setdefault((item.kind, repr(sorted(item.params.items(), key=lambda p: p[0])), item.lines), item)
    return sorted(found.values(), key=lambda f: (_ORDER[f.severity], f.lines[:1] or (0,), f.kind))
