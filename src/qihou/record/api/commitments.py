"""Promises about figures: targets, deadlines, quotas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Commitment, Feature, NotAnExactDecimal, Organisation, Property
from qihou.record.models.base import exact


class UnableToCommit(ValueError):
    """The commitment is not acceptable as it stands."""


def commit(
    actor: Actor,
    district: Feature,
    *,
    kind: str,
    title: str,
    property: Property | None = None,
    feature: Feature | None = None,
    organisation: Organisation | None = None,
    nature: str = "",
    sense: str = "",
    value: Decimal | None = None,
    unit: str = "",
    assigned_later: bool = False,
    due_on: date | None = None,
    about_kind: str = "",
    about_uid: UUID | None = None,
) -> Commitment:
    """Record a promise. A target without a value must say that the level above assigns it later.

    Args:
        kind: target, deadline, quota or threshold. nature: binding or expected. sense: at_least, at_most, equal.

    Raises:
        UnableToCommit: a deadline without a day, a value that is no finite number, or both a value and "assigned later".
    """
    require(actor, Act.ADOPT_PLAN, district_id=district.pk)
    _check(value)
    if assigned_later and value is not None:
        raise UnableToCommit("a value that is known is not waiting to be assigned")
    if kind == "deadline" and due_on is None:
        raise UnableToCommit("a deadline needs its day")
    with transaction.atomic():
        commitment = Commitment.objects.create(
            district=district,
            kind=kind,
            title=title[:400],
            property=property,
            feature=feature,
            organisation=organisation,
            nature=nature,
            sense=sense,
            value=value,
            unit=unit,
            assigned_later=assigned_later,
            due_on=due_on,
            about_kind=about_kind,
            about_uid=about_uid,
        )
        audit.write(
            actor, "commitment.commit", district=district, about=commitment,
            detail={"kind": kind, "title": commitment.title, "value": value, "unit": unit, "assigned_later": assigned_later},
        )  # fmt: skip
    return commitment


def assign_value(
    actor: Actor, commitment: Commitment, value: Decimal, *, note: str, unit: str | None = None
) -> Commitment:
    """The level above has set the number, or set it anew; what stood before stays in the audit log.

    Args:
        note: the document that assigns it.

    Raises:
        UnableToCommit: it is withdrawn, the unit is another, the value is not finite, or the note is empty.
    """
    require(actor, Act.ADOPT_PLAN, district_id=commitment.district_id)
    _check(value)
    if not note.strip():
        raise UnableToCommit("say which document assigns the value")
    with transaction.atomic():
        commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
        if commitment.withdrawn_at:
            raise UnableToCommit("this commitment has been withdrawn")
        if unit is not None and commitment.unit and unit != commitment.unit:
            raise UnableToCommit(f"this commitment is in {commitment.unit}; convert the value given in {unit} first")
        before = commitment.value
        commitment.value, commitment.assigned_later = value, False
        commitment.unit = commitment.unit or unit or ""
        commitment.save(update_fields=["value", "assigned_later", "unit"])
        audit.write(
            actor, "commitment.assign", district=commitment.district, about=commitment,
            detail={"before": before, "value": value, "unit": commitment.unit, "note": note},
        )  # fmt: skip
    return commitment


def withdraw(actor: Actor, commitment: Commitment, note: str) -> Commitment:
    """The promise no longer holds; it stays on record.

    Raises:
        UnableToCommit: it is withdrawn already, or the note is empty.
    """
    require(actor, Act.ADOPT_PLAN, district_id=commitment.district_id)
    if not note.strip():
        raise UnableToCommit("say why the commitment is withdrawn")
    with transaction.atomic():
        commitment = Commitment.objects.select_for_update(of=("self",)).get(pk=commitment.pk)
        if commitment.withdrawn_at:
            raise UnableToCommit("this commitment has been withdrawn already")
        commitment.withdrawn_at = timezone.now()
        commitment.save(update_fields=["withdrawn_at"])
        audit.write(actor, "commitment.withdraw", district=commitment.district, about=commitment, detail={"note": note})
    return commitment


def _check(value: Decimal | None) -> None:
    if value is not None:
        try:
            exact(value)
        except NotAnExactDecimal as error:
            raise UnableToCommit(str(error)) from error
