"""The checks of a year: found anew on demand, kept with their explanations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.checks import check_inventory
from qihou.domains.inventory.methods.checks.finding import CheckFinding
from qihou.domains.inventory.methods.checks.finding import Severity as CheckSeverity
from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Category, Sheet
from qihou.figures.book import UnableToReadLeaf
from qihou.record.api import findings
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Finding, FindingState, RunStatus, Severity

from ..models import Inventory
from . import runs, schemes
from .errors import UnableToChange, UnableToFind
from .horizon import periods_of, years_read
from .reading import entries_of
from .workbooks import previous_of
from .years import inventory_row, sheet_owners

KIND = "inventory.year"
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


@dataclass(frozen=True)
class CellOf:
    """A quantity that a finding is about: its sheet, name and code, to be opened from the finding."""

    sheet: str
    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class YearFinding:
    """A finding of a year with how it was settled. ``places``: file cells as printed; ``cells``: the quantities it is about."""

    uid: UUID
    kind: str
    severity: str
    zh: str
    en: str
    category: Category | None
    sheets: tuple[Sheet, ...]
    cells: tuple[CellOf, ...]
    places: tuple[str, ...]
    state: str
    note: str
    settled_by: str
    settled_at: datetime | None


def run_checks(actor: Actor, district: Feature, year: int) -> int:
    """Check the year as it stands now; gives how many findings there are. What is no longer found counts as corrected.

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: a value is in a unit that its formula cannot take.
    """
    require(actor, Act.COMPUTE_INVENTORY, district_id=district.pk)
    inventory = inventory_row(district, year)
    scheme = schemes.scheme_of(inventory)
    periods = periods_of(district, scheme, year)
    entries = entries_of(district, years_read(scheme, periods))
    try:
        worked = Worked(scheme, InventoryLeaves(scheme, entries, region=schemes.region_of(district)), periods)
    except UnableToReadLeaf as trouble:
        raise UnableToChange(_("有一个数的单位与公式不符：{what}").format(what=trouble)) from trouble
    found = check_inventory(
        worked, entries, previous_of(district, scheme, year), before=_published(actor, district, year)
    )
    items = [_new(scheme, one) for one in found]
    with transaction.atomic():
        findings.record_findings(
            actor, district, about_kind=KIND, about_uid=inventory.uid, items=items, complete=True
        )  # fmt: skip
    return len(items)


def findings_of(actor: Actor, district: Feature, year: int) -> list[YearFinding]:
    """The findings of a year, most serious first: those about one's own sheets; all for the bureau and the auditor.

    Raises:
        NotPermitted, UnableToFind
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    inventory = inventory_row(district, year)
    scheme = schemes.scheme_of(inventory)
    rows = Finding.objects.filter(about_kind=KIND, about_uid=inventory.uid).select_related("state_by")
    mine = _own_sheets(actor, inventory)
    found = [_view(scheme, row) for row in rows if mine is None or mine & set(row.params.get("sheets", ()))]
    return sorted(found, key=lambda one: (one.state != FindingState.OPEN, _ORDER[Severity(one.severity)]))


def the_finding(actor: Actor, district: Feature, year: int, uid: UUID) -> YearFinding:
    """One of them.

    Raises:
        NotPermitted, UnableToFind
    """
    for one in findings_of(actor, district, year):
        if one.uid == uid:
            return one
    raise UnableToFind(_("没有这一条核查发现。"))


def settle(actor: Actor, district: Feature, year: int, uid: UUID, state: str, note: str) -> None:
    """Explain a finding, or open it again.

    Raises:
        NotPermitted
        UnableToFind: no such finding of the year.
        UnableToChange: it is explained without saying why.
    """
    require(actor, Act.DECIDE_INVENTORY, district_id=district.pk)
    inventory = inventory_row(district, year)
    row = Finding.objects.select_related("district").filter(
        about_kind=KIND, about_uid=inventory.uid, district=district, uid=uid
    )  # fmt: skip
    finding = row.first()
    if finding is None:
        raise UnableToFind(_("没有这一条核查发现。"))
    if state not in (FindingState.OPEN, FindingState.EXPLAINED):
        raise UnableToChange(
            _("只能标为“已说明”，或重新打开；数据改对之后再核查一遍，会自动成为“已更正”。"), field="state"
        )
    if state == FindingState.EXPLAINED and not note.strip():
        raise UnableToChange(_("请写明为什么这个数是对的。"), field="note")
    findings.set_state(actor, finding, state, note.strip())


def as_check_findings(rows: Iterable[YearFinding]) -> list[CheckFinding]:
    """Those that are still found, as the report takes them."""
    return [
        CheckFinding(row.kind, CheckSeverity(row.severity), row.zh, row.en, row.category.code if row.category else "", cells=row.places)
        for row in rows
        if row.state != FindingState.CORRECTED
    ]  # fmt: skip


def _published(actor: Actor, district: Feature, year: int) -> Worked | None:
    """The year as it was published, on the reading it stood on."""
    rows = [row for row in runs.runs(actor, district, year) if row.status == RunStatus.PUBLISHED]
    return runs.open_frozen(actor, district, rows[0].uid).worked if rows else None


def _own_sheets(actor: Actor, inventory: Inventory) -> set[str] | None:
    if actor.may(Act.READ_INVENTORY, district_id=inventory.district_id):
        return None
    mine = actor.organisations(inventory.district_id, Act.FILL_INVENTORY)
    return {sheet for sheet, owner in sheet_owners(inventory).items() if owner in mine}


def _new(scheme: Scheme, one: CheckFinding) -> findings.NewFinding:
    asked = [scheme.quantity[key] for key in one.quantities if key in scheme.quantity]
    codes = [schemes.property_code(quantity.key, quantity.labels) for quantity in asked]
    params = {
        "zh": one.zh, "en": one.en, "category": one.category, "cells": list(one.cells), "quantities": codes,
        "sheets": sorted({quantity.sheet for quantity in asked}),
    }  # fmt: skip
    return findings.NewFinding(one.kind, one.severity.value, params, key="|".join([one.category, *codes, one.zh]))


def _view(scheme: Scheme, row: Finding) -> YearFinding:
    params = row.params
    return YearFinding(
        row.uid, row.kind, row.severity, params.get("zh", row.kind), params.get("en", row.kind),
        scheme.category.get(params.get("category", "")),
        tuple(sheet for sheet in scheme.sheets if sheet.key in params.get("sheets", ())),
        tuple(_cells(scheme, params.get("quantities", ()))), tuple(params.get("cells", ())), row.state, row.state_note,
        row.state_by.name if row.state_by else "", row.state_at,
    )  # fmt: skip


def _cells(scheme: Scheme, codes: Sequence[str]) -> Iterable[CellOf]:
    for code in codes:
        quantity = scheme.quantity.get(schemes.quantity_of(code))
        if quantity is not None:
            yield CellOf(quantity.sheet, code, quantity.zh, quantity.en)
