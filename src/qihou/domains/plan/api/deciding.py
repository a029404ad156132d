"""Reviewer's acts that settle several cells or rows at once, and the undoing of a correction."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from qihou.record.api import audit, organisations
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..models import Correction, Involvement, Item, RowReview, VersionStatus
from .desk import DOUBTFUL_BELOW, funding_choices
from .errors import UnableToChange
from .itempage import item as item_page
from .review import correct_cell
from .rows import FUNDING
from .scope import item_row, version_row
from .stored import fit
from .taking_in import involvement
from .typed import ORGANISATIONS, read_typed
from .views import ProjectView


def decide_funding(actor: Actor, district: Feature, item: UUID, code: str, reason: str) -> None:
    """Lay a project's printed amounts into the funding columns as a reviewer chose, all or none.

    Args:
        code: one of :func:`~.desk.funding_choices`' codes.

    Raises:
        UnableToChange: the choice is not one of those the document leaves open, or no reason is given.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    from django.utils import timezone

    with transaction.atomic():
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
        row = version_row(district, version)
        if row.status != VersionStatus.REVIEW:
            raise UnableToChange(_("这个版本不在复核中，不能再改。"))
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


def undo_correction(actor: Actor, district: Feature, item: UUID, field: str) -> Correction:
    """Take back the last correction of a cell: what stood before stands again, undetermined if it was.

    The log keeps both; undoing is one more correction.

    Raises:
        UnableToChange: nothing was corrected there, or the version is not under review.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = item_row(district, item)
        if row.version.status != VersionStatus.REVIEW:
            raise UnableToChange(_("这个版本不在复核中，不能再改。"))
        last = Correction.objects.filter(item=row, field=field).order_by("-created_at", "-pk").first()
        cell = row.cells.get(field, {})
        if last is None or not cell.get("corrected"):
            raise UnableToChange(_("这一格没有可以撤销的更正。"), field=field)
        reopened = last.before == "undetermined"
        _put_back(row, field, None if reopened else last.before)
        if reopened:
            cell["undetermined"] = True
            row.open_cells += 1
        elsewhere = Correction.objects.filter(Q(item=row) & ~Q(field=field)).exists()
        cell.pop("corrected")
        cell.update(cell.pop("was", {}))
        row.review = RowReview.CORRECTED if elsewhere else RowReview.UNREVIEWED
        row.save()
        undone = Correction.objects.create(
            district=district, item=row, field=field, before=last.after, after=last.before,
            reason=_("撤销更正"), by_id=actor.person_id,
        )  # fmt: skip
        audit.write(
            actor, "plan.undo", district=district, about=row,
            detail={"field": field, "before": last.after, "after": last.before},
        )  # fmt: skip
    return undone


def _put_back(row: Item, field: str, value: object) -> None:
    if field in ORGANISATIONS:
        part = ORGANISATIONS[field]
        names = [str(n) for n in value] if isinstance(value, list) else []
        matcher = organisations.matcher(row.district)
        Involvement.objects.filter(item=row, part=part).delete()
        Involvement.objects.bulk_create(
            involvement(row, fit(name, 200), part, order, matcher.explain(name)) for order, name in enumerate(names, 1)
        )
        return
    typed = read_typed(row, field, value)
    target = row if typed.on == "item" else getattr(row, row.kind)
    for name, old in typed.columns.items():
        setattr(target, name, old)
    if typed.on == "kind":
        target.save()
