"""Values that people enter: exact, with their source, through draft, submission, approval and publication."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.figures.missing import Notation
from qihou.measure.periods import Period
from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import (
    Datastream,
    Entry,
    EntryStatus,
    Feature,
    NotAnExactDecimal,
    Organisation,
    Procedure,
    Property,
    Source,
)
from qihou.record.models.base import exact


class UnableToEnter(ValueError):
    """The entry is not acceptable as it stands; the message says what to change."""


class UnableToMoveEntry(ValueError):
    """The entry cannot take this step from where it stands."""


@dataclass(frozen=True)
class Step:
    """One allowed step of an entry's life. ``second_pair_of_eyes``: not by the person who entered the value."""

    start: frozenset[str]
    end: EntryStatus
    act: Act
    second_pair_of_eyes: bool = False
    note_required: bool = False


STEPS: dict[str, Step] = {
    "submit": Step(frozenset({EntryStatus.DRAFT}), EntryStatus.SUBMITTED, Act.WRITE_ENTRY),
    "return": Step(
        frozenset({EntryStatus.SUBMITTED, EntryStatus.APPROVED}),
        EntryStatus.RETURNED,
        Act.DECIDE_ENTRY,
        note_required=True,
    ),
    "approve": Step(frozenset({EntryStatus.SUBMITTED}), EntryStatus.APPROVED, Act.DECIDE_ENTRY, True),
    "publish": Step(frozenset({EntryStatus.APPROVED}), EntryStatus.PUBLISHED, Act.DECIDE_ENTRY),
}
_STANDING = [
    EntryStatus.PUBLISHED,
    EntryStatus.APPROVED,
    EntryStatus.SUBMITTED,
    EntryStatus.DRAFT,
    EntryStatus.RETURNED,
]


def datastream_for(
    actor: Actor,
    district: Feature,
    feature: Feature,
    property_code: str,
    procedure_code: str,
    cadence: str,
    unit: str,
    organisation: Organisation | None = None,
    *,
    property_name: str = "",
    procedure_name: str = "",
    aggregation: str = "",
) -> Datastream:
    """The datastream of a property of a feature by a procedure at a cadence; made, with its property, when new.

    Raises:
        UnableToEnter: the datastream exists with another unit.
    """
    with transaction.atomic():
        found = Datastream.objects.filter(
            feature=feature, property__code=property_code, procedure__code=procedure_code, cadence=cadence
        ).first()
        if found:
            if found.unit != unit:
                raise UnableToEnter(
                    f"{property_code} of {feature.name} is kept in {found.unit or '1'}, not in {unit or '1'}"
                )
            return found
        require(
            actor,
            Act.WRITE_ENTRY,
            district_id=district.pk,
            organisation_ids=[organisation.pk] if organisation else None,
        )
        property_ = Property.objects.get_or_create(
            code=property_code,
            defaults={"name": property_name or property_code, "unit": unit, "aggregation": aggregation},
        )[0]
        procedure = Procedure.objects.get_or_create(
            code=procedure_code, defaults={"name": procedure_name or procedure_code, "kind": "return"}
        )[0]
        stream = Datastream.objects.create(
            district=district,
            feature=feature,
            property=property_,
            procedure=procedure,
            cadence=cadence,
            unit=unit,
            organisation=organisation,
        )
        audit.write(
            actor, "datastream.create", district=district, about=stream,
            detail={"property": property_code, "procedure": procedure_code, "feature": feature.code, "unit": unit},
        )  # fmt: skip
    return stream


def write_entry(
    actor: Actor,
    datastream: Datastream,
    period: Period,
    *,
    value: Decimal | None = None,
    notation: str = "",
    reason: str = "",
    unit: str | None = None,
    source: Source | None = None,
    source_place: str = "",
    illustrative: bool = False,
) -> Entry:
    """Enter a value, or why there is none, as a new draft revision; earlier revisions stay.

    Args:
        value: in the datastream's unit, kept digit for digit; None when ``notation`` says why it is absent.
        notation: one of :class:`~qihou.figures.missing.Notation`, with a ``reason``.
        unit: the unit the person read; refused when it is not the datastream's. None means the datastream's.

    Raises:
        NotPermitted: the datastream is another organisation's.
        UnableToEnter: no value and no reason, both, or another unit.
    """
    district = datastream.district
    require(actor, Act.WRITE_ENTRY, district_id=district.pk, organisation_ids=[datastream.organisation_id or 0])
    if unit is not None and unit != datastream.unit:
        raise UnableToEnter(
            f"this series is kept in {datastream.unit or '1'}; convert the value given in {unit or '1'} first"
        )
    check_value(value, notation, reason)
    with transaction.atomic():
        Datastream.objects.select_for_update().get(pk=datastream.pk)  # one writer of a series at a time
        last = Entry.objects.filter(
            datastream=datastream, period_kind=period.kind, period_start=period.start
        ).aggregate(last=Max("revision"))["last"]
        entry = Entry.objects.create(
            district=district,
            datastream=datastream,
            period_kind=period.kind,
            period_start=period.start,
            period_end=period.end,
            revision=(last or 0) + 1,
            value=value,
            unit=datastream.unit,
            notation=notation,
            reason=reason,
            source=source,
            source_place=source_place,
            entered_by_id=actor.person_id,
            illustrative=illustrative,
        )
        audit.write(
            actor, "entry.write", district=district, about=entry,
            detail={"period": period.code, "revision": entry.revision, "value": value, "notation": notation},
        )  # fmt: skip
    return entry


def check_value(value: Decimal | None, notation: str, reason: str) -> None:
    """Refuse what is neither an exact value nor a notation key with its reason.

    Raises:
        UnableToEnter
    """
    if value is None:
        if notation not in list(Notation):
            raise UnableToEnter(f"a missing value needs one of the keys {', '.join(Notation)}")
        if not reason.strip():
            raise UnableToEnter("a missing value needs a written reason")
    elif notation:
        raise UnableToEnter("an entry is either a value or a key that says why there is none, not both")
    elif not isinstance(value, Decimal):
        raise UnableToEnter("a value must be an exact decimal number")
    else:
        try:
            exact(value)
        except NotAnExactDecimal as error:
            raise UnableToEnter(str(error)) from error


def submit_entry(actor: Actor, entry: Entry) -> Entry:
    """Hand a draft in for approval."""
    return _move(actor, entry, "submit")


def approve_entry(actor: Actor, entry: Entry, note: str = "") -> Entry:
    """Approve what somebody else submitted."""
    return _move(actor, entry, "approve", note)


def return_entry(actor: Actor, entry: Entry, note: str) -> Entry:
    """Give it back with the reason; the answer is a new revision."""
    return _move(actor, entry, "return", note)


def publish_entry(actor: Actor, entry: Entry, note: str = "") -> Entry:
    """Make an approved value public."""
    return _move(actor, entry, "publish", note)


def _move(actor: Actor, entry: Entry, name: str, note: str = "") -> Entry:
    step = STEPS[name]
    with transaction.atomic():
        Datastream.objects.select_for_update().get(pk=entry.datastream_id)
        entry = Entry.objects.select_related("datastream", "district").get(pk=entry.pk)
        require(
            actor, step.act, district_id=entry.district_id, organisation_ids=[entry.datastream.organisation_id or 0]
        )
        if entry.status not in step.start:
            raise UnableToMoveEntry(_("这个数值的状态是“{status}”。").format(status=_(EntryStatus(entry.status).label)))
        if Entry.objects.filter(
            datastream=entry.datastream_id,
            period_kind=entry.period_kind,
            period_start=entry.period_start,
            revision__gt=entry.revision,
        ).exists():
            raise UnableToMoveEntry(_("这个数值已有更新的一稿，请看最新的。"))
        if step.note_required and not note.strip():
            raise UnableToMoveEntry(_("请写明理由。"))
        if step.second_pair_of_eyes and not actor.is_system and entry.entered_by_id == actor.person_id:
            raise UnableToMoveEntry(_("填报人不能审定自己填的数值，请同事审定。"))
        before = entry.status
        entry.status = step.end
        if step.act is Act.DECIDE_ENTRY:
            entry.decided_by_id, entry.decided_at, entry.decision_note = actor.person_id, timezone.now(), note
        entry.save(update_fields=["status", "decided_by", "decided_at", "decision_note"])
        audit.write(
            actor, f"entry.{name}", district=entry.district, about=entry,
            detail={"from": before, "to": entry.status, "note": note},
        )  # fmt: skip
    return entry


def current_entry(datastream: Datastream, period: Period, *, published_only: bool = False) -> Entry | None:
    """The entry that stands for a period: the newest published one, else approved, submitted, draft, returned."""
    rows = Entry.objects.filter(datastream=datastream, period_kind=period.kind, period_start=period.start)
    if published_only:
        rows = rows.filter(status=EntryStatus.PUBLISHED)
    return max(rows, key=_standing, default=None)


def current_entries(datastreams: Iterable[int], *, published_only: bool = False) -> dict[int, dict[str, Entry]]:
    """For many datastreams (ids) at once, in one query: ``{datastream id: {period code: entry}}``, periods in order."""
    rows = Entry.objects.filter(datastream__in=list(datastreams)).order_by("period_start", "period_kind")
    if published_only:
        rows = rows.filter(status=EntryStatus.PUBLISHED)
    standing: dict[int, dict[str, Entry]] = {}
    for entry in rows:
        periods = standing.setdefault(entry.datastream_id, {})
        code = period_of(entry).code
        if code not in periods or _standing(entry) > _standing(periods[code]):
            periods[code] = entry
    return standing


def period_of(entry: Entry) -> Period:
    """The entry's period as a value."""
    from qihou.measure.periods import PeriodKind

    return Period(entry.period_start, entry.period_end, PeriodKind(entry.period_kind))


def _standing(entry: Entry) -> tuple[int, int]:
    return -_STANDING.index(EntryStatus(entry.status)), entry.revision
