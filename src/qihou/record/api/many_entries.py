"""Entries by the hundred: a whole workbook in a few queries, by the rules of :mod:`qihou.record.api.entries`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.measure.periods import Period
from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.api.entries import STEPS, Step, UnableToEnter, UnableToMoveEntry, check_value
from qihou.record.models import Datastream, Entry, EntryStatus, Feature, Organisation, Procedure, Property, Row, Source


@dataclass(frozen=True)
class Series:
    """A datastream as it is asked for; ``organisation`` is whose it becomes when it is new."""

    property: str
    name: str
    unit: str
    name_en: str = ""
    organisation: Organisation | None = None


@dataclass(frozen=True)
class NewEntry:
    """One value, or a notation key with its reason, for one period of a datastream; ``value`` in the datastream's unit."""

    datastream: Datastream
    period: Period
    value: Decimal | None = None
    notation: str = ""
    reason: str = ""
    source_place: str = ""
    illustrative: bool = False
    uncertainty: str = ""
    basis: str = ""
    note: str = ""


@dataclass(frozen=True)
class Written:
    """The new drafts, and how many rows said what already stood there."""

    entries: tuple[Entry, ...]
    unchanged: int


def datastreams_for(
    actor: Actor,
    district: Feature,
    feature: Feature,
    procedure_code: str,
    cadence: str,
    wanted: Sequence[Series],
    *,
    procedure_name: str = "",
) -> dict[str, Datastream]:
    """The datastreams of many properties of one feature, by property code; those that are missing are made.

    Raises:
        NotPermitted: one that is missing would belong to another organisation.
        UnableToEnter: one exists with another unit.
    """
    with transaction.atomic():
        rows = Datastream.objects.select_related("property", "organisation").filter(
            feature=feature, procedure__code=procedure_code, cadence=cadence
        )
        found = {stream.property.code: stream for stream in rows}
        for series in wanted:
            if series.property in found and found[series.property].unit != series.unit:
                kept = found[series.property].unit or "1"
                raise UnableToEnter(
                    f"{series.property} of {feature.name} is kept in {kept}, not in {series.unit or '1'}"
                )
        missing = [series for series in wanted if series.property not in found]
        if missing:
            for organisation in {series.organisation for series in missing}:
                owners = [organisation.pk] if organisation else None
                require(actor, Act.WRITE_ENTRY, district_id=district.pk, organisation_ids=owners)
            made = _make(district, feature, procedure_code, procedure_name, cadence, missing)
            found |= {stream.property.code: stream for stream in made}
            audit.write(
                actor, "datastream.create_many", district=district, about=feature,
                detail={"procedure": procedure_code, "properties": sorted(s.property for s in missing)},
            )  # fmt: skip
    return {series.property: found[series.property] for series in wanted}


def _make(
    district: Feature,
    feature: Feature,
    procedure_code: str,
    procedure_name: str,
    cadence: str,
    missing: Sequence[Series],
) -> list[Datastream]:
    procedure = Procedure.objects.get_or_create(
        code=procedure_code, defaults={"name": procedure_name or procedure_code, "kind": "return"}
    )[0]
    codes = [series.property for series in missing]
    known = Property.objects.in_bulk(codes, field_name="code")
    Property.objects.bulk_create(
        [
            Property(code=s.property, name=s.name[:200], name_en=s.name_en[:200], unit=s.unit)
            for s in missing
            if s.property not in known
        ]
    )
    known = Property.objects.in_bulk(codes, field_name="code")
    return Datastream.objects.bulk_create(
        [
            Datastream(
                district=district, feature=feature, property=known[s.property], procedure=procedure, cadence=cadence,
                unit=s.unit, organisation=s.organisation,
            )
            for s in missing
        ]
    )  # fmt: skip


def write_entries(
    actor: Actor,
    district: Feature,
    rows: Sequence[NewEntry],
    *,
    source: Source | None = None,
    owners: Mapping[int, int | None] | None = None,
    about: Row | None = None,
) -> Written:
    """Enter many values as new drafts; all or none. What already stands as the newest revision is not written again.

    Args:
        owners: whose each datastream (by id) is for this act, where a slice hands work out by year; its own otherwise.
        about: what the one event of the audit log is about.

    Raises:
        NotPermitted: a datastream is another organisation's.
        UnableToEnter: a row has no value and no reason, or both, or one datastream and period stands twice.
    """
    for row in rows:
        if row.datastream.district_id != district.pk:
            raise UnableToEnter(f"{row.datastream} belongs to another district")
    _may(actor, Act.WRITE_ENTRY, district.pk, [row.datastream for row in rows], owners)
    keys = [(row.datastream.pk, row.period.kind.value, row.period.start) for row in rows]
    if len(set(keys)) != len(keys):
        raise UnableToEnter("one series and period stands twice among the rows")
    for row in rows:
        check_value(row.value, row.notation, row.reason)
    with transaction.atomic():
        streams = _locked({row.datastream.pk for row in rows})
        newest = _newest(
            Entry.objects.filter(datastream__in=streams, period_start__in={row.period.start for row in rows})
        )
        new = [
            _entry(actor, row, newest.get(key), source)
            for row, key in zip(rows, keys, strict=True)
            if not _says_the_same(row, newest.get(key))
        ]
        Entry.objects.bulk_create(new)
        if new:
            audit.write(
                actor, "entry.write_many", district=district, about=about,
                detail={"count": len(new), "unchanged": len(rows) - len(new), "digest": digest(new), "source": source.sha256 if source else ""},
            )  # fmt: skip
    return Written(tuple(new), len(rows) - len(new))


def submit_entries(actor: Actor, entries: Iterable[Entry], *, owners: Mapping[int, int | None] | None = None) -> int:
    """Hand drafts in for approval; all or none."""
    return _move(actor, entries, "submit", "", owners)


def approve_entries(actor: Actor, entries: Iterable[Entry], note: str = "") -> int:
    """Approve what others submitted; all or none."""
    return _move(actor, entries, "approve", note, None)


def return_entries(actor: Actor, entries: Iterable[Entry], note: str) -> int:
    """Give them back with the reason; all or none."""
    return _move(actor, entries, "return", note, None)


def publish_entries(actor: Actor, entries: Iterable[Entry], note: str = "") -> int:
    """Make approved values public; all or none."""
    return _move(actor, entries, "publish", note, None)


def newest_entries(streams: Iterable[int], period: Period) -> list[Entry]:
    """The last revision of each of the datastreams (ids) in a period."""
    rows = Entry.objects.filter(
        datastream__in=list(streams), period_kind=period.kind.value, period_start=period.start
    ).select_related("datastream", "source")
    return list(_newest(rows).values())


def digest(entries: Iterable[Entry]) -> str:
    """SHA-256 over what the entries say, in a fixed order: an auditor holds it against the rows."""
    lines = sorted(
        f"{e.datastream.uid} {e.period_kind} {e.period_start} {e.revision} {e.notation or format(e.value, 'f')}"
        for e in entries
        if e.notation or e.value is not None
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _move(actor: Actor, entries: Iterable[Entry], name: str, note: str, owners: Mapping[int, int | None] | None) -> int:
    step = STEPS[name]
    if step.note_required and not note.strip():
        raise UnableToMoveEntry(_("请写明理由。"))
    with transaction.atomic():
        asked = [entry.pk for entry in entries]
        found = Entry.objects.filter(pk__in=asked)
        streams = _locked(set(found.values_list("datastream_id", flat=True)))
        rows = list(found.select_related("datastream", "district"))
        if not rows:
            return 0
        district = rows[0].district
        for district_id in {row.district_id for row in rows}:
            here = [row.datastream for row in rows if row.district_id == district_id]
            _may(actor, step.act, district_id, here, owners)
        _refuse(actor, step, rows, _last_revisions(streams, {row.period_start for row in rows}))
        change: dict[str, object] = {"status": step.end}
        if step.act is Act.DECIDE_ENTRY:
            change |= {"decided_by_id": actor.person_id, "decided_at": timezone.now(), "decision_note": note}
        found.update(**change)
        audit.write(
            actor, f"entry.{name}_many", district=district,
            detail={"count": len(rows), "digest": digest(rows), "note": note},
        )  # fmt: skip
    return len(rows)


def _refuse(actor: Actor, step: Step, rows: Sequence[Entry], last: Mapping[tuple[int, str, date], int]) -> None:
    if wrong := [row for row in rows if row.status not in step.start]:
        status = _(EntryStatus(wrong[0].status).label)
        raise UnableToMoveEntry(
            _("有 {count} 个数值不能走这一步，例如“{name}”的状态是“{status}”。").format(
                count=len(wrong), name=wrong[0].datastream.property.name, status=status
            )
        )
    if any(last[row.datastream_id, row.period_kind, row.period_start] != row.revision for row in rows):
        raise UnableToMoveEntry(_("有的数值已有更新的一稿，请看最新的。"))
    if step.second_pair_of_eyes and not actor.is_system and any(r.entered_by_id == actor.person_id for r in rows):
        raise UnableToMoveEntry(_("填报人不能审定自己填的数值，请同事审定。"))


def _last_revisions(streams: Iterable[int], starts: Iterable[date]) -> dict[tuple[int, str, date], int]:
    rows = Entry.objects.filter(datastream__in=streams, period_start__in=starts)
    grouped = rows.values_list("datastream_id", "period_kind", "period_start").annotate(last=Max("revision"))
    return {(stream, kind, start): last for stream, kind, start, last in grouped}


def _may(
    actor: Actor,
    act: Act,
    district_id: int,
    streams: Iterable[Datastream],
    owners: Mapping[int, int | None] | None,
) -> None:
    whose = {owners[s.pk] if owners is not None and s.pk in owners else s.organisation_id for s in streams}
    for owner in whose or {None}:
        require(actor, act, district_id=district_id, organisation_ids=[owner or 0])


def _locked(streams: set[int]) -> list[int]:
    """One writer of a series at a time; in one order, so that two do not wait for each other."""
    rows: QuerySet[Datastream, int] = (
        Datastream.objects.select_for_update().filter(pk__in=streams).order_by("pk").values_list("pk", flat=True)
    )
    return list(rows)


def _newest(rows: Iterable[Entry]) -> dict[tuple[int, str, date], Entry]:
    found: dict[tuple[int, str, date], Entry] = {}
    for entry in rows:
        key = (entry.datastream_id, entry.period_kind, entry.period_start)
        if key not in found or entry.revision > found[key].revision:
            found[key] = entry
    return found


def _says_the_same(row: NewEntry, last: Entry | None) -> bool:
    """A value given back must be answered, even with the same number."""
    if last is None or last.status == EntryStatus.RETURNED:
        return False
    given = (row.value, row.notation, row.reason, row.uncertainty, row.basis, row.illustrative)
    return given == (last.value, last.notation, last.reason, last.uncertainty, last.basis, last.illustrative)


def _entry(actor: Actor, row: NewEntry, last: Entry | None, source: Source | None) -> Entry:
    return Entry(
        district_id=row.datastream.district_id,
        datastream=row.datastream,
        period_kind=row.period.kind.value,
        period_start=row.period.start,
        period_end=row.period.end,
        revision=(last.revision if last else 0) + 1,
        value=row.value,
        unit=row.datastream.unit,
        notation=row.notation,
        reason=row.reason,
        source=source,
        source_place=row.source_place[:200],
        entered_by_id=actor.person_id,
        illustrative=row.illustrative,
        uncertainty=row.uncertainty,
        basis=row.basis,
        note=row.note,
    )
