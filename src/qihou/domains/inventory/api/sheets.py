"""The sheets of a year: what a department must fill, and how a sheet goes from one desk to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.scheme.parts import Nature, Quantity, Sheet
from qihou.figures.graph import Labels
from qihou.record.api import audit, entries, many_entries
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Entry, EntryStatus, Feature, Organisation

from ..models import SheetState, SheetStatus
from . import schemes
from .errors import UnableToChange
from .reading import Answered, answers, newest, watched
from .staleness import mark_stale
from .years import inventory_row, sheet_row


@dataclass(frozen=True)
class SheetView:
    """A sheet of a year: with whom, how far, and what the reader may do with it.

    ``asked``: what must be answered; ``answered``: how many of those have a value or a key; ``illustrative``: how many values are.
    """

    sheet: Sheet
    organisation: str
    organisation_code: str
    status: str
    status_label: str
    note: str
    asked: int
    answered: int
    illustrative: int
    submitted_by: str
    submitted_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    may_fill: bool
    may_submit: bool
    may_decide: bool
    may_assign: bool

    @property
    def lacks(self) -> int:
        return self.asked - self.answered


@dataclass(frozen=True)
class CellView:
    """One quantity of a sheet with what was last entered; ``before`` is the year before's value, for comparison.

    ``uid``: of the entry; empty where nothing was entered.
    """

    quantity: Quantity
    code: str
    value: Decimal | None
    notation: str
    reason: str
    spread: str
    note: str
    status: str
    status_label: str
    revision: int
    illustrative: bool
    basis: str
    place: str
    entered_by: str
    before: Decimal | None
    before_notation: str
    uid: str = ""

    @property
    def is_answered(self) -> bool:
        return self.value is not None or bool(self.notation)

    @property
    def is_required(self) -> bool:
        return self.quantity.nature is Nature.ACTIVITY


@dataclass(frozen=True)
class SheetPage:
    """A sheet with its cells, in order."""

    view: SheetView
    cells: tuple[CellView, ...]


def sheets_of(actor: Actor, district: Feature, year: int) -> list[SheetView]:
    """All sheets of a year and where they stand.

    Raises:
        NotPermitted, UnableToFind
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    inventory = inventory_row(district, year)
    scheme = schemes.scheme_of(inventory)
    present = answers(district, year)
    rows = inventory.sheets.select_related("organisation", "submitted_by", "decided_by")
    states = {state.sheet: state for state in rows}
    asked: dict[str, list[Quantity]] = {}
    for quantity in scheme.quantities:
        asked.setdefault(quantity.sheet, []).append(quantity)
    return [
        _view(actor, sheet, states[sheet.key], asked.get(sheet.key, []), present)
        for sheet in scheme.sheets
        if sheet.key in states
    ]


def my_sheets(actor: Actor, district: Feature, year: int) -> list[SheetView]:
    """The sheets one's own organisation fills.

    Raises:
        NotPermitted, UnableToFind
    """
    return [view for view in sheets_of(actor, district, year) if view.organisation_code in _own_codes(actor, district)]


def sheet_page(actor: Actor, district: Feature, year: int, sheet: str) -> SheetPage:
    """A sheet with its cells: one's own; any for the bureau and the auditor.

    Raises:
        NotPermitted, UnableToFind
    """
    state = sheet_row(district, year, sheet)
    if not actor.may(Act.READ_INVENTORY, district_id=district.pk):
        require(actor, Act.FILL_INVENTORY, district_id=district.pk, organisation_ids=[state.organisation_id or 0])
    scheme = schemes.scheme_of(state.inventory)
    asked = schemes.quantities_of(scheme, sheet)
    keys = [(quantity.key, quantity.labels) for quantity in asked]
    present, before = newest(district, year, keys), newest(district, year - 1, keys)
    view = _view(actor, schemes.sheet_of(scheme, sheet), state, asked, present)
    cells = (_cell(quantity, present, before) for quantity in asked)
    return SheetPage(view, tuple(cells))


def submit_sheet(actor: Actor, district: Feature, year: int, sheet: str) -> SheetState:
    """Hand a sheet in: every cell that is asked for has a value, or a key with its reason.

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: it is not being filled, or something is missing; the sentence says what.
    """
    with transaction.atomic():
        state = sheet_row(district, year, sheet, lock=True)
        owner = state.organisation_id
        require(actor, Act.FILL_INVENTORY, district_id=district.pk, organisation_ids=[owner or 0])
        if state.status not in (SheetStatus.DRAFT, SheetStatus.RETURNED, SheetStatus.WAITING):
            raise UnableToChange(_("这张表现在是“{status}”，不能再提交。").format(status=_label(state)))
        asked = schemes.quantities_of(schemes.scheme_of(state.inventory), sheet)
        present = newest(district, year)
        missing = [q.zh for q in asked if q.nature is Nature.ACTIVITY and not _answered(present.get((q.key, q.labels)))]
        if missing:
            raise UnableToChange(
                _("还有 {count} 格没有填：{names}。没有数的，选一个标记并写明理由。").format(
                    count=len(missing), names="、".join(missing[:5]) + ("…" if len(missing) > 5 else "")
                )
            )
        drafts = _of(state, present, EntryStatus.DRAFT)
        owners = {entry.datastream_id: owner for entry in drafts}
        with watched(district, year) as counted_otherwise:
            many_entries.submit_entries(actor, drafts, owners=owners)
        mark_stale(district, year, counted_otherwise)
        _step(actor, state, SheetStatus.SUBMITTED, "")
    return state


def approve_sheet(actor: Actor, district: Feature, year: int, sheet: str, note: str = "") -> SheetState:
    """Approve what somebody else handed in; its values count from now on.

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: it was not handed in, or by oneself.
    """
    require(actor, Act.DECIDE_INVENTORY, district_id=district.pk)
    with transaction.atomic():
        state = sheet_row(district, year, sheet, lock=True)
        if state.status != SheetStatus.SUBMITTED:
            raise UnableToChange(_("这张表现在是“{status}”，不能审定。").format(status=_label(state)))
        if not actor.is_system and state.submitted_by_id == actor.person_id:
            raise UnableToChange(_("提交的人不能自己审定，请同事审定。"))
        submitted = _of(state, newest(district, year), EntryStatus.SUBMITTED)
        with watched(district, year) as counted_otherwise:
            try:
                many_entries.approve_entries(actor, submitted, note)
            except entries.UnableToMoveEntry as trouble:
                raise UnableToChange(str(trouble)) from trouble
        mark_stale(district, year, counted_otherwise)
        _step(actor, state, SheetStatus.APPROVED, note)
    return state


def return_sheet(actor: Actor, district: Feature, year: int, sheet: str, note: str) -> SheetState:
    """Give a sheet back with the reason.

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: it was not handed in, or no reason is given.
    """
    require(actor, Act.DECIDE_INVENTORY, district_id=district.pk)
    if not note.strip():
        raise UnableToChange(_("请写明退回的理由。"), field="note")
    with transaction.atomic():
        state = sheet_row(district, year, sheet, lock=True)
        if state.status not in (SheetStatus.SUBMITTED, SheetStatus.APPROVED):
            raise UnableToChange(_("这张表现在是“{status}”，不能退回。").format(status=_label(state)))
        given = _of(state, newest(district, year), EntryStatus.SUBMITTED, EntryStatus.APPROVED)
        with watched(district, year) as counted_otherwise:
            many_entries.return_entries(actor, given, note)
        mark_stale(district, year, counted_otherwise)
        _step(actor, state, SheetStatus.RETURNED, note)
    return state


def _step(actor: Actor, state: SheetState, to: SheetStatus, note: str) -> None:
    before, state.status, state.note = state.status, to, note
    if to is SheetStatus.SUBMITTED:
        state.submitted_by_id, state.submitted_at = actor.person_id, timezone.now()
    else:
        state.decided_by_id, state.decided_at = actor.person_id, timezone.now()
    state.save()
    audit.write(
        actor, f"inventory.sheet_{to.value}", district=state.inventory.district, about=state,
        detail={"year": state.inventory.year, "sheet": state.sheet, "from": before, "note": note},
    )  # fmt: skip


def _of(state: SheetState, present: dict[tuple[str, Labels], Entry], *statuses: str) -> list[Entry]:
    """The newest entries of a sheet in one of the statuses."""
    asked = schemes.quantities_of(schemes.scheme_of(state.inventory), state.sheet)
    here = (present.get((quantity.key, quantity.labels)) for quantity in asked)
    return [entry for entry in here if entry is not None and entry.status in statuses]


def _answered(entry: Entry | Answered | None) -> bool:
    return entry is not None and entry.status != EntryStatus.RETURNED


def _own_codes(actor: Actor, district: Feature) -> set[str]:
    mine = actor.organisations(district.pk, Act.FILL_INVENTORY)
    return set(Organisation.objects.filter(pk__in=mine).values_list("code", flat=True))


def _view(
    actor: Actor,
    sheet: Sheet,
    state: SheetState,
    asked: list[Quantity],
    present: Mapping[tuple[str, Labels], Entry | Answered],
) -> SheetView:
    district = state.district_id
    owner = [state.organisation_id] if state.organisation_id else None
    fills = actor.may(Act.FILL_INVENTORY, district_id=district, organisation_ids=owner)
    decides = actor.may(Act.DECIDE_INVENTORY, district_id=district)
    closed = state.status in (SheetStatus.SUBMITTED, SheetStatus.APPROVED)
    required = [q for q in asked if q.nature is Nature.ACTIVITY]
    there = [present[q.key, q.labels] for q in asked if (q.key, q.labels) in present]
    return SheetView(
        sheet=sheet,
        organisation=state.organisation.name if state.organisation else "",
        organisation_code=state.organisation.code if state.organisation else "",
        status=state.status,
        status_label=_label(state),
        note=state.note,
        asked=len(required),
        answered=sum(_answered(present.get((q.key, q.labels))) for q in required),
        illustrative=sum(entry.illustrative for entry in there),
        submitted_by=state.submitted_by.name if state.submitted_by else "",
        submitted_at=state.submitted_at,
        decided_by=state.decided_by.name if state.decided_by else "",
        decided_at=state.decided_at,
        may_fill=fills and (decides or not closed),
        may_submit=fills and not closed,
        may_decide=decides and closed,
        may_assign=actor.may(Act.OPEN_INVENTORY, district_id=district),
    )


def _label(state: SheetState) -> str:
    return _(SheetStatus(state.status).label)


def _cell(
    quantity: Quantity, present: dict[tuple[str, Labels], Entry], before: dict[tuple[str, Labels], Entry]
) -> CellView:
    key = (quantity.key, quantity.labels)
    now, then = present.get(key), before.get(key)
    code = schemes.property_code(*key)
    old, old_notation = (then.value, then.notation) if then else (None, "")
    if now is None:
        return CellView(quantity, code, None, "", "", "", "", "", "", 0, False, "", "", "", old, old_notation)
    place = "!".join(part for part in (now.source.name if now.source else "", now.source_place) if part)
    return CellView(
        quantity, code, now.value, now.notation, now.reason, now.uncertainty, now.note, now.status,
        _(EntryStatus(now.status).label), now.revision, now.illustrative, now.basis, place,
        now.entered_by.name if now.entered_by else "", old, old_notation, str(now.uid),
    )  # fmt: skip
