"""What a run stands on may change after it was made: marking it, and saying what changed."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.record.models import Feature, Run, RunStatus

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
    for run in affected:
        run.stale_at = timezone.now()
        run.stale_note = _("{year} 年有 {count} 个数据在计算之后变了。").format(year=year, count=len(changed))
    Run.objects.bulk_update(affected, ["stale_at", "stale_note"])
    return len(affected)
