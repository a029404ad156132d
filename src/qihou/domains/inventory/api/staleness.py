"""What a run stands on may change after it was made: marking it, and saying what changed."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.measure.periods import Period
from qihou.record.models import Feature, Run, RunStatus

from ..models import Inventory
from .reading import Key

KIND = "inventory"


def mark_stale(district: Feature, year: int, changed: Collection[Key]) -> int:
    """Mark the newest runs that read one of the changed values; gives how many. Part of the act that changed them."""
    if not changed:
        return 0
    rows = Run.objects.defer("leaves").filter(district=district, kind=KIND, stale_at__isnull=True)
    affected = [
        run for run in rows.exclude(status=RunStatus.SUPERSEDED) if str(year) in run.settings.get("periods", [])
    ]
    mark(affected, _("{year} 年有 {count} 个数据在计算之后变了。").format(year=year, count=len(changed)))
    return len(affected)


def mark_chosen_otherwise(inventory: Inventory) -> None:
    """Mark the year's newest runs when something else is chosen for the year than they were worked with."""
    rows = Run.objects.defer("leaves").filter(
        district=inventory.district, kind=KIND, period_start=Period.year(inventory.year).start, stale_at__isnull=True
    )
    worked = [run for run in rows.exclude(status=RunStatus.SUPERSEDED) if chosen_otherwise(inventory, run)]
    mark(worked, _("计算之后改选了指南版本、方法或全球增温潜势。"))


def chosen_otherwise(inventory: Inventory, run: Run) -> bool:
    """Whether the year is to be worked otherwise now than the run was."""
    return any(run.settings[name] != getattr(inventory, name) for name in ("edition", "landfill", "gwp_set"))


def mark(affected: Collection[Run], note: str) -> None:
    """Say of runs that what they stand on is otherwise now."""
    for run in affected:
        run.stale_at, run.stale_note = timezone.now(), note
    Run.objects.bulk_update(affected, ["stale_at", "stale_note"])
