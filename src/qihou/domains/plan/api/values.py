"""Indicators' yearly values: what the responsible organisation enters and the lead bureau approves and publishes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from qihou.measure.periods import Period
from qihou.record.api import entries
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Entry, Feature, Source

from ..models import Thread
from .errors import UnableToChange, UnableToFind
from .scope import item_row, one


def save_value(
    actor: Actor,
    district: Feature,
    item: UUID,
    year: int,
    *,
    value: Decimal | None,
    notation: str = "",
    reason: str = "",
    source: UUID | None = None,
    source_place: str = "",
    today: date,
    illustrative: bool = False,
) -> Entry:
    """Enter an indicator's value for a year as a draft, or a notation key with a reason where there is none.

    A cumulative indicator's value is the cumulative figure reached by the end of that year.

    Raises:
        NotPermitted: the series belongs to another organisation.
        UnableToChange: the indicator has no series yet (the version is not adopted), a year to come, or an unfit value.
    """
    row = item_row(district, item)
    stream = row.thread.datastream
    owner = [stream.organisation_id or 0] if stream else []
    require(actor, Act.WRITE_ENTRY, district_id=district.pk, organisation_ids=owner)
    if stream is None:
        raise UnableToChange(_("这一指标还没有填报序列：先采用规划版本。"))
    if not 1990 <= year <= today.year:
        raise UnableToChange(_("年份应在 1990 到 {year} 之间。").format(year=today.year), field="year")
    document = one(Source.objects.filter(district=district), source) if source else None
    try:
        return entries.write_entry(
            actor,
            stream,
            Period.year(year),
            value=value,
            notation=notation,
            reason=reason,
            source=document,
            source_place=source_place,
            illustrative=illustrative,
        )
    except entries.UnableToEnter as trouble:
        raise UnableToChange(
            _("填一个数；没有数时选一个标记并写明理由。"), field="value" if not notation else "reason"
        ) from trouble


def submit_value(actor: Actor, district: Feature, entry: UUID) -> Entry:
    """Hand a draft value in for approval."""
    return _move(actor, district, entry, Act.WRITE_ENTRY, lambda row: entries.submit_entry(actor, row))


def approve_value(actor: Actor, district: Feature, entry: UUID, note: str = "") -> Entry:
    """Approve a submitted value; not by the person who entered it."""
    return _move(actor, district, entry, Act.DECIDE_ENTRY, lambda row: entries.approve_entry(actor, row, note))


def return_value(actor: Actor, district: Feature, entry: UUID, note: str) -> Entry:
    """Give a value back with the reason."""
    return _move(actor, district, entry, Act.DECIDE_ENTRY, lambda row: entries.return_entry(actor, row, note))


def publish_value(actor: Actor, district: Feature, entry: UUID, note: str = "") -> Entry:
    """Make an approved value public."""
    return _move(actor, district, entry, Act.DECIDE_ENTRY, lambda row: entries.publish_entry(actor, row, note))


def _move(actor: Actor, district: Feature, entry: UUID, act: Act, step: Callable[[Entry], Entry]) -> Entry:
    row = one(Entry.objects.select_related("datastream").filter(district=district), entry)
    require(actor, act, district_id=district.pk, organisation_ids=[row.datastream.organisation_id or 0])
    if not Thread.objects.filter(district=district, datastream_id=row.datastream_id).exists():
        raise UnableToFind(_("没有这一条记录。"))
    try:
        return step(row)
    except entries.UnableToMoveEntry as trouble:
        raise UnableToChange(_("这个数值现在不能走这一步：{why}").format(why=trouble)) from trouble
