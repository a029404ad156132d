"""Every revision of one cell of a sheet: what stood there, from which file and cell, who entered and who decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.scheme.parts import Quantity, Sheet
from qihou.measure.periods import Period, PeriodKind
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Basis, Entry, EntryStatus, Feature

from . import schemes
from .errors import UnableToFind
from .years import inventory_row, sheet_row


@dataclass(frozen=True)
class Revision:
    """One entry as it was given. ``place``: sheet and cell of ``file``; ``basis``: in words, empty for an ordinary return."""

    uid: UUID
    number: int
    value: Decimal | None
    unit: str
    notation: str
    reason: str
    spread: str
    note: str
    status: str
    illustrative: bool
    basis: str
    file: str
    sha256: str
    place: str
    entered_by: str
    entered_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision_note: str


@dataclass(frozen=True)
class CellHistory:
    """A quantity of a year with all its revisions, newest first, and the value of the year before."""

    year: int
    sheet: Sheet
    quantity: Quantity
    code: str
    revisions: tuple[Revision, ...]
    before: Decimal | None


def cell_history(actor: Actor, district: Feature, year: int, sheet: str, code: str) -> CellHistory:
    """All revisions of one cell: of one's own sheet; of any for the bureau and the auditor.

    Raises:
        NotPermitted
        UnableToFind: no such year, sheet or cell.
    """
    state = sheet_row(district, year, sheet)
    if not actor.may(Act.READ_INVENTORY, district_id=district.pk):
        require(actor, Act.FILL_INVENTORY, district_id=district.pk, organisation_ids=[state.organisation_id or 0])
    scheme = schemes.scheme_of(state.inventory)
    asked = {schemes.property_code(q.key, q.labels): q for q in schemes.quantities_of(scheme, sheet)}
    if code not in asked:
        raise UnableToFind(_("这张表里没有这一格。"))
    rows = _entries(district, code, year)
    last_year = _entries(district, code, year - 1)
    return CellHistory(
        year,
        schemes.sheet_of(scheme, sheet),
        asked[code],
        code,
        tuple(_revision(row) for row in rows),
        last_year[0].value if last_year else None,
    )


def cell_of_entry(actor: Actor, district: Feature, uid: str) -> tuple[CellHistory, Revision]:
    """The cell in which an entry stands, and that revision of it.

    Raises:
        NotPermitted
        UnableToFind: no such entry of an inventory.
    """
    try:
        entry_uid = UUID(uid)
    except ValueError as trouble:
        raise UnableToFind(_("没有这个数。")) from trouble
    row = (
        Entry.objects.select_related("datastream__property")
        .filter(district=district, uid=entry_uid, datastream__procedure__code=schemes.PROCEDURE)
        .first()
    )
    if row is None:
        raise UnableToFind(_("没有这个数。"))
    year, code = row.period_start.year, row.datastream.property.code
    quantity = schemes.scheme_of(inventory_row(district, year)).quantity.get(schemes.quantity_of(code))
    if quantity is None:
        raise UnableToFind(_("清单里不再有这一格。"))
    history = cell_history(actor, district, year, quantity.sheet, code)
    return history, next(revision for revision in history.revisions if revision.uid == entry_uid)


def _entries(district: Feature, code: str, year: int) -> list[Entry]:
    rows = Entry.objects.filter(
        datastream__feature=district,
        datastream__procedure__code=schemes.PROCEDURE,
        datastream__property__code=code,
        period_kind=PeriodKind.YEAR.value,
        period_start=Period.year(year).start,
    )
    return list(rows.select_related("source", "entered_by", "decided_by").order_by("-revision", "-pk"))


def _revision(row: Entry) -> Revision:
    return Revision(
        row.uid, row.revision, row.value, row.unit, row.notation, row.reason, row.uncertainty, row.note,
        EntryStatus(row.status).value, row.illustrative, _(Basis(row.basis).label) if row.basis else "",
        row.source.name if row.source else "", row.source.sha256 if row.source else "", row.source_place,
        row.entered_by.name if row.entered_by else "", row.created_at, row.decided_by.name if row.decided_by else "",
        row.decided_at, row.decision_note,
    )  # fmt: skip
