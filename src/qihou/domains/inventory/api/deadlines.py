"""By when the departments hand their sheets in, who is late, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..models import Inventory, InventoryStatus, SheetState, SheetStatus
from .errors import UnableToChange
from .sheets import SheetView
from .years import inventory_row, open_year

_NOT_HANDED_IN = (SheetStatus.WAITING, SheetStatus.DRAFT, SheetStatus.RETURNED)


@dataclass(frozen=True)
class Standing:
    """One organisation's sheets of a year together. ``late``: the day has passed and at least one is not handed in."""

    organisation: str
    organisation_code: str
    sheets: tuple[SheetView, ...]
    late: bool

    @property
    def handed_in(self) -> int:
        return sum(view.status in (SheetStatus.SUBMITTED, SheetStatus.APPROVED) for view in self.sheets)

    @property
    def approved(self) -> int:
        return sum(view.status == SheetStatus.APPROVED for view in self.sheets)

    @property
    def lacks(self) -> int:
        return sum(view.lacks for view in self.sheets)


def open_year_until(
    actor: Actor, district: Feature, year: int, *, due_on: date | None, **chosen: str | int
) -> Inventory:
    """Open a year and say by when its sheets are to be handed in.

    Raises:
        NotPermitted, UnableToChange
    """
    with transaction.atomic():
        inventory = open_year(actor, district, year, **chosen)  # type: ignore[arg-type]
        return set_deadline(actor, district, year, due_on) if due_on else inventory


def set_deadline(actor: Actor, district: Feature, year: int, due_on: date | None) -> Inventory:
    """Say by when the sheets of a year are to be handed in; None takes it back.

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: the day lies before the year's end.
    """
    require(actor, Act.OPEN_INVENTORY, district_id=district.pk)
    if due_on is not None and due_on <= date(year, 12, 31):
        raise UnableToChange(_("填报期限应在 {year} 年结束之后。").format(year=year), field="due_on")
    with transaction.atomic():
        inventory = inventory_row(district, year, lock=True)
        before, inventory.due_on = inventory.due_on, due_on
        inventory.save(update_fields=["due_on"])
        audit.write(
            actor, "inventory.set_deadline", district=district, about=inventory,
            detail={"year": year, "from": str(before or ""), "to": str(due_on or "")},
        )  # fmt: skip
    return inventory


def standings(views: Iterable[SheetView], due_on: date | None, today: date) -> list[Standing]:
    """A year's sheets by organisation, those who are late first, then those who lack most; sheets of nobody last."""
    by_organisation: dict[tuple[str, str], list[SheetView]] = {}
    for view in views:
        by_organisation.setdefault((view.organisation, view.organisation_code), []).append(view)
    past = due_on is not None and today > due_on
    found = [
        Standing(name, code, tuple(own), past and any(view.status in _NOT_HANDED_IN for view in own))
        for (name, code), own in by_organisation.items()
    ]
    return sorted(found, key=lambda one: (not one.organisation, not one.late, -one.lacks, one.organisation))


def sheets_waiting(actor: Actor, district_id: int) -> int:
    """How many sheets wait for the actor: to be filled by a department, to be decided by the bureau. One query."""
    rows = SheetState.objects.filter(inventory__district_id=district_id, inventory__status=InventoryStatus.OPEN)
    if actor.may(Act.DECIDE_INVENTORY, district_id=district_id):
        return rows.filter(status=SheetStatus.SUBMITTED).count()
    mine = actor.organisations(district_id, Act.FILL_INVENTORY)
    return rows.filter(status__in=_NOT_HANDED_IN, organisation__in=mine).count() if mine else 0
