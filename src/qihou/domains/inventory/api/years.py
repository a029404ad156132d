"""Years: opening one, and which organisation fills which of its sheets."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.scheme.editions import EDITIONS
from qihou.measure.gases import GwpSet
from qihou.record.api import audit, organisations
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Organisation

from ..models import Inventory, SheetState
from . import schemes
from .errors import UnableToChange, UnableToFind
from .staleness import mark_chosen_otherwise

LANDFILLS = ("mass-balance", "first-order-decay")
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_DRAWS = 100_000


def open_year(
    actor: Actor,
    district: Feature,
    year: int,
    *,
    edition: str = EDITIONS[0],
    landfill: str = LANDFILLS[0],
    gwp_set: str = GwpSet.AR5,
    draws: int = 0,
) -> Inventory:
    """Open a year's inventory and give each sheet to the organisation that usually fills it.

    A sheet whose organisation the district does not have stays without one until it is assigned.

    Raises:
        NotPermitted
        UnableToChange: the year is open already, or something was chosen that there is not.
    """
    require(actor, Act.OPEN_INVENTORY, district_id=district.pk)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UnableToChange(
            _("年份应在 {first} 到 {last} 之间。").format(first=FIRST_YEAR, last=LAST_YEAR), field="year"
        )
    _check(edition, landfill, gwp_set, draws)
    with transaction.atomic():
        made, new = Inventory.objects.get_or_create(
            district=district,
            year=year,
            defaults={"edition": edition, "landfill": landfill, "gwp_set": gwp_set, "draws": draws},
        )
        if not new:
            raise UnableToChange(_("{year} 年的清单已经开始编制。").format(year=year), field="year")
        find = organisations.matcher(district)
        SheetState.objects.bulk_create(
            [
                SheetState(
                    district=district, inventory=made, sheet=sheet.key, organisation=find.match(sheet.department)
                )
                for sheet in schemes.scheme_of(made).sheets
            ]
        )
        audit.write(
            actor, "inventory.open", district=district, about=made,
            detail={"year": year, "edition": edition, "landfill": landfill, "gwp_set": str(gwp_set), "draws": draws},
        )  # fmt: skip
    return made


def choose(actor: Actor, district: Feature, year: int, **chosen: str | int) -> Inventory:
    """Change what was chosen for a year: ``edition``, ``landfill``, ``gwp_set``, ``draws``. Runs made before keep theirs.

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: something was chosen that there is not.
    """
    require(actor, Act.OPEN_INVENTORY, district_id=district.pk)
    with transaction.atomic():
        found = inventory_row(district, year, lock=True)
        settings: dict[str, str | int] = {
            "edition": found.edition, "landfill": found.landfill, "gwp_set": found.gwp_set, "draws": found.draws,
        }  # fmt: skip
        if unknown := set(chosen) - set(settings):
            raise UnableToChange(_("没有“{name}”这一项可选。").format(name=min(unknown)))
        settings |= chosen
        _check(str(settings["edition"]), str(settings["landfill"]), str(settings["gwp_set"]), int(settings["draws"]))
        for name, value in settings.items():
            setattr(found, name, value)
        found.save(update_fields=list(settings))
        _hand_out(found)
        mark_chosen_otherwise(found)
        audit.write(actor, "inventory.choose", district=district, about=found, detail={"year": year, **chosen})
    return found


def inventories(actor: Actor, district: Feature) -> list[Inventory]:
    """The district's years, in order."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    return list(Inventory.objects.filter(district=district).select_related("district"))


def the_inventory(actor: Actor, district: Feature, year: int) -> Inventory:
    """One year.

    Raises:
        NotPermitted, UnableToFind
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    return inventory_row(district, year)


def inventory_row(district: Feature, year: int, *, lock: bool = False) -> Inventory:
    """The row of a year, for acts that have asked for permission.

    Raises:
        UnableToFind
    """
    rows = Inventory.objects.select_related("district").filter(district=district, year=year)
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise UnableToFind(_("{year} 年的清单还没有开始编制。").format(year=year))
    return found


def assign_sheet(actor: Actor, district: Feature, year: int, sheet: str, organisation: UUID | None) -> SheetState:
    """Give a sheet to another organisation, or to nobody.

    Raises:
        NotPermitted
        UnableToFind: no such year, sheet or organisation in the district.
    """
    require(actor, Act.OPEN_INVENTORY, district_id=district.pk)
    with transaction.atomic():
        state = sheet_row(district, year, sheet, lock=True)
        before = state.organisation
        state.organisation = None
        if organisation is not None:
            state.organisation = Organisation.objects.filter(district=district, uid=organisation).first()
            if state.organisation is None:
                raise UnableToFind(_("没有这一单位。"))
        state.save(update_fields=["organisation"])
        audit.write(
            actor, "inventory.assign_sheet", district=district, about=state,
            detail={"year": year, "sheet": sheet, "from": before.name if before else "", "to": state.organisation.name if state.organisation else ""},
        )  # fmt: skip
    return state


def sheet_row(district: Feature, year: int, sheet: str, *, lock: bool = False) -> SheetState:
    """The row of a sheet, for acts that have asked for permission.

    Raises:
        UnableToFind
    """
    rows = SheetState.objects.select_related("inventory__district", "organisation").filter(
        inventory__district=district, inventory__year=year, sheet=sheet
    )
    found = (rows.select_for_update(of=("self",)) if lock else rows).first()
    if found is None:
        raise UnableToFind(_("{year} 年的清单没有这张表。").format(year=year))
    return found


def sheet_owners(inventory: Inventory) -> Mapping[str, int | None]:
    """Sheet key to the id of the organisation that fills it."""
    return dict(inventory.sheets.values_list("sheet", "organisation_id"))


def _hand_out(inventory: Inventory) -> None:
    """Sheets that the year does not have yet, each to the organisation that usually fills it."""
    find = organisations.matcher(inventory.district)
    there = set(inventory.sheets.values_list("sheet", flat=True))
    SheetState.objects.bulk_create(
        [
            SheetState(
                district_id=inventory.district_id,
                inventory=inventory,
                sheet=sheet.key,
                organisation=find.match(sheet.department),
            )
            for sheet in schemes.scheme_of(inventory).sheets
            if sheet.key not in there
        ]
    )


def _check(edition: str, landfill: str, gwp_set: str, draws: int) -> None:
    for field, value, known in (
        ("edition", edition, EDITIONS),
        ("landfill", landfill, LANDFILLS),
        ("gwp_set", gwp_set, tuple(GwpSet)),
    ):
        if value not in known:
            raise UnableToChange(
                _("“{value}”不在可选之列：{known}。").format(value=value, known="、".join(known)), field=field
            )
    if not 0 <= draws <= MOST_DRAWS:
        raise UnableToChange(_("抽样次数应在 0 到 {most} 之间。").format(most=MOST_DRAWS), field="draws")
