"""How sure the change of a total since a base year is."""

from __future__ import annotations

from uuid import UUID

from qihou.domains.inventory.methods import trend_error
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF
from qihou.domains.inventory.methods.trend_error import Trend
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from . import runs
from .held import HeldRun, once_for_two


def trend(actor: Actor, district: Feature, run: UUID | str, base: int, *, lulucf: bool) -> Trend | None:
    """The total's change since the newest run of the base year; None where the two cannot be compared.

    Raises:
        NotPermitted, UnableToFind
    """
    before = runs.newest_run(actor, district, base)
    if before is None:
        return None
    row = runs.the_run(actor, district, run)
    return once_for_two(_trend, before, row, TOTAL if lulucf else TOTAL_WITHOUT_LULUCF)


def _trend(older: HeldRun, newer: HeldRun, code: str) -> Trend | None:
    return trend_error.trend(older.worked, newer.worked, code)
