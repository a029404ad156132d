"""Reviewer's acts that settle several cells or rows at once, and the undoing of a correction."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..models import Correction, Involvement, Item, RowReview
from . import past
from .desk import DOUBTFUL_BELOW, funding_choices
from .errors import UnableToChange
from .itempage import item as item_page
from .review import correct_cell, open_version, under_review
from .scope import item_row, version_row
from .views import FUNDING, ProjectView


def decide_funding(actor: Actor, district: Feature, item: UUID, code: str, reason: str) -> None:
    """Lay a project's printed amounts into the funding columns as a reviewer chose, all or none.

    Args:
        code: one of :func:`~.desk.funding_choices`' codes.

    Raises:
        ChangedMeanwhile: somebody has laid them already.
        UnableToChange: the choice is not one of those the document leaves open, or no reason is given.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        held = under_review(item_row(district, item))
        if not any(held.cells.get(name, {}).get("undetermined") for name in FUNDING):
            past.refuse_changed(held, FUNDING)
        row = item_page(actor, district, item, today=timezone.localdate()).row
        ways = funding_choices(row) if isinstance(row, ProjectView) else ()
        chosen = next((w for w in ways if w.code == code), None)
        if chosen is None:
            raise UnableToChange(_("请选一种填法。"), field="choice")
        for name in FUNDING:
            if row.cells[name].undetermined:
                amount: Decimal | None = getattr(chosen, name)
                correct_cell(actor, district, item, name, "" if amount is None else format(amount, "f"), reason)


def confirm_sure(actor: Actor, district: Feature, version: UUID, kind: str = "") -> int:
    """Confirm every unreviewed row whose cells were all read surely and whose organisations are all known.

    Raises:
        UnableToChange: the version is not under review.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = open_version(version_row(district, version))
        rows = Item.objects.filter(version=row, review=RowReview.UNREVIEWED, open_cells=0)
        rows = rows.exclude(pk__in=Involvement.objects.filter(item__version=row, organisation=None).values("item_id"))
        if kind:
            rows = rows.filter(kind=kind)
        sure = [item.pk for item in rows if surely_read(item)]
        Item.objects.filter(pk__in=sure).update(review=RowReview.CONFIRMED)
        if sure:
            audit.write(
                actor, "plan.confirm_sure", district=district, about=row, detail={"kind": kind, "count": len(sure)}
            )
    return len(sure)


def surely_read(item: Item) -> bool:
    return all(c["confidence"] >= DOUBTFUL_BELOW for c in item.cells.values() if c.get("how") != "absent")


def undo_correction(actor: Actor, district: Feature, item: UUID, field: str, *, seen: int | None = None) -> Correction:
    """Take back the last correction of a cell that stands: the cell is again exactly what it was before it.

    Asked again, the correction before that one is taken back. The log keeps all; undoing is one more correction.
    ``seen`` is how many corrections of the cell the reviewer was shown, undoings included.

    Raises:
        ChangedMeanwhile: the cell was corrected since.
        UnableToChange: no correction stands there, or the version is not under review.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = under_review(item_row(district, item))
        past.must_have_seen(row, (field,), seen)
        cell = row.cells.get(field, {})
        if not cell.get("past"):
            raise UnableToChange(_("这一格没有可以撤销的更正。"), field=field)
        before = past.shown(row, field)
        *rest, entry = cell["past"]
        past.bring_back(row, field, cell, entry)
        cell["past"] = rest
        row.save()
        after = "undetermined" if cell.get("undetermined") else past.shown(row, field)
        undone = Correction.objects.create(
            district=district, item=row, field=field, before=before, after=after, reason=_("撤销更正"),
            by_id=actor.person_id,
        )  # fmt: skip
        audit.write(
            actor, "plan.undo", district=district, about=row, detail={"field": field, "before": before, "after": after}
        )
    return undone


def standing_corrections(actor: Actor, district: Feature, item: UUID) -> dict[str, datetime]:
    """By field, when the correction was made that undoing would take back."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    row = item_row(district, item)
    top = {cell["past"][-1]["correction"]: field for field, cell in row.cells.items() if cell.get("past")}
    made = Correction.objects.filter(item=row, uid__in=top).values_list("uid", "created_at")
    return {top[str(uid)]: at for uid, at in made}
