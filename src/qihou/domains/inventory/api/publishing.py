"""Publishing a run: what must stand first, what is frozen, and what goes into the plan's register."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.scheme.parts import Nature
from qihou.measure.periods import Period
from qihou.record.api import audit, many_entries
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import EntryStatus, Feature, Run, RunStatus

from ..models import Inventory, InventoryStatus, SheetStatus
from . import runs, schemes
from .errors import UnableToPublish
from .feeding import Fed, feed_plan
from .gaps import gaps_of
from .reading import newest
from .rows import tree_of
from .staleness import KIND, chosen_otherwise
from .years import inventory_row


def publish(
    actor: Actor, district: Feature, run: UUID | str, *, today: date, note: str = ""
) -> tuple[Run, tuple[Fed, ...]]:
    """Publish a run with the values it stands on; the run published before is superseded, and stays.

    The derived indicators then go into the plan's register as values handed in for approval.

    Raises:
        NotPermitted, UnableToFind
        UnableToPublish: something must be done first; all of it is said.
    """
    require(actor, Act.PUBLISH_INVENTORY, district_id=district.pk)
    with transaction.atomic():
        year = runs.the_run(actor, district, run).period_start.year
        inventory = inventory_row(district, year, lock=True)
        row = runs.the_run(actor, district, run)
        if reasons := reasons_against(inventory, row):
            raise UnableToPublish(reasons)
        approved = [entry for entry in newest(district, year).values() if entry.status == EntryStatus.APPROVED]
        many_entries.publish_entries(actor, approved, note)
        of_year = Run.objects.filter(kind=KIND, subject=district, period_start=row.period_start)
        of_year.filter(status=RunStatus.PUBLISHED).update(status=RunStatus.SUPERSEDED)
        row.status, row.published_by_id, row.published_at = RunStatus.PUBLISHED, actor.person_id, timezone.now()
        row.save(update_fields=["status", "published_by", "published_at"])
        inventory.status = InventoryStatus.PUBLISHED
        inventory.save(update_fields=["status"])
        fed = feed_plan(actor, district, row, today=today)
        audit.write(
            actor, "inventory.publish", district=district, about=row,
            detail={
                "year": year, "number": row.number, "digest": row.digest, "note": note,
                "indicators": {one.key: one.said for one in fed},
            },
        )  # fmt: skip
    return row, tuple(fed)


def why_not_publish(actor: Actor, district: Feature, run: UUID | str) -> list[str]:
    """What must be done before a run can be published; empty when it can be.

    Raises:
        NotPermitted, UnableToFind
    """
    require(actor, Act.READ_INVENTORY, district_id=district.pk)
    row = runs.the_run(actor, district, run)
    return reasons_against(inventory_row(district, row.period_start.year), row)


def reasons_against(inventory: Inventory, row: Run) -> list[str]:
    """All reasons at once, so that nobody fixes one only to meet the next."""
    if row.status == RunStatus.PUBLISHED:
        return [_("这一次计算已经发布。")]
    reasons = []
    if row.status == RunStatus.SUPERSEDED:
        reasons.append(_("后来又算过一次，请发布最新的一次。"))
    if chosen_otherwise(inventory, row):
        reasons.append(_("计算之后改选了指南版本、方法或全球增温潜势，请先重新计算。"))
    if changed := runs.changes_since(row):
        reasons.append(_("计算之后有 {count} 个数据变了，请先重新计算。").format(count=len(changed)))
    reasons += _open_sheets(inventory)
    scheme = runs.scheme_of_run(row)
    tree = tree_of(scheme, runs.lines_of(row))
    for gap in gaps_of(tree, scheme, lambda: runs.reading_of(row), Period.year(inventory.year), inventory.accepted):
        name = f"{gap.row.category.number} {gap.row.category.zh}"
        because = "；".join(dict.fromkeys(leaf.reason for leaf in gap.because if leaf.reason)) or "—"
        if gap.blocks:
            reasons.append(_("“{name}”算不出来：{because}").format(name=name, because=because))
        elif not gap.accepted:
            reasons.append(
                _("“{name}”有未估算的部分（{because}）。请补上，或写明为什么可以不估算。").format(
                    name=name, because=because
                )
            )
    return reasons


def _open_sheets(inventory: Inventory) -> list[str]:
    """A sheet that asks for nothing but parameters, and in which nobody has begun, holds up nothing."""
    scheme = schemes.scheme_of(inventory)
    states = dict(inventory.sheets.values_list("sheet", "status"))
    asked = {quantity.sheet for quantity in scheme.quantities if quantity.nature is Nature.ACTIVITY}
    asked |= {sheet for sheet, status in states.items() if status != SheetStatus.WAITING}
    return [
        _("“{sheet}”还没有审定（{status}）。").format(sheet=sheet.zh, status=_(SheetStatus(states[sheet.key]).label))
        for sheet in scheme.sheets
        if sheet.key in asked and sheet.key in states and states[sheet.key] != SheetStatus.APPROVED
    ]
