"""Where a run's emissions come from and where they go."""

from __future__ import annotations

from uuid import UUID

from qihou.domains.inventory.methods.flows import Flows, flows
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from . import runs
from .held import HeldRun, held


def flows_of(actor: Actor, district: Feature, run: UUID | str) -> Flows:
    """The flows of a run, worked from what it stood on.

    Raises:
        NotPermitted, UnableToFind
    """
    return held(runs.the_run(actor, district, run)).once(_flows)


def _flows(kept: HeldRun) -> Flows:
    return flows(kept.worked)
