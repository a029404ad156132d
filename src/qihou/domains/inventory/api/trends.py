"""How sure the change of a total since a base year is."""

from __future__ import annotations

from uuid import UUID

from qihou.domains.inventory.methods import trend_error
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF
from qihou.domains.inventory.methods.trend_error import Trend
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from . import runs


def trend(actor: Actor, district: Feature, run: UUID | str, base: int, *, lulucf: bool) -> Trend | None:
    """The total's change since the newest run of the base year; None where the two cannot be compared.

    Raises:
        NotPermitted, UnableToFind
    """
    before = runs.newest_run(actor, district, base)
    if before is None:
        return None
    worked = runs.open_frozen(actor, district, run).worked
    older = runs.open_frozen(actor, district, before.uid).worked
    return trend_error.trend(older, worked, TOTAL if lulucf else TOTAL_WITHOUT_LULUCF)
