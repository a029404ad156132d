"""Which indicators of the plan's register the inventory answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from qihou.domains.inventory.methods.plan_indicators import answer_to
from qihou.domains.plan.api import choosing, registers
from qihou.domains.plan.api.errors import PlanError
from qihou.record.api.access import Actor
from qihou.record.models import Feature


@dataclass(frozen=True)
class Answered:
    """An indicator of the register and the derived one that answers it; its newest value in the register, if any."""

    key: str
    is_reduction: bool
    uid: UUID
    name: str
    unit: str
    base_year: int | None
    latest: Decimal | None
    latest_year: int | None


def answered(actor: Actor, district: Feature, *, today: date) -> list[Answered]:
    """The indicators of the plan in force that a derived one answers; none where there is no plan.

    Raises:
        NotPermitted
    """
    try:
        version = choosing.choose_version(actor, district)
        rows = registers.indicators(actor, district, version.uid, today=today).rows
    except PlanError:
        return []
    found = []
    for row in rows:
        answer = answer_to(row.title)
        if answer is not None:
            found.append(
                Answered(
                    answer.key,
                    answer.is_reduction,
                    row.uid,
                    row.title,
                    row.unit,
                    row.base_year,
                    row.latest,
                    row.latest_year,
                )
            )
    return found
