"""What working a year again would change, category by category, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line, Worked
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.figures.book import UnableToReadLeaf
from qihou.measure.periods import Period
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Run

from ..models import Inventory
from . import runs, schemes
from .computing import methods_of
from .errors import UnableToChange
from .held import held, while_unchanged
from .horizon import periods_of, years_read
from .reading import entries_of
from .staleness import chosen_otherwise
from .years import inventory_row


@dataclass(frozen=True)
class WouldChange:
    """One figure as the newest run has it and as it would be now; ``category`` is None for a total."""

    code: str
    category: Category | None
    before: Line | None
    after: Line | None


def would_change(actor: Actor, district: Feature, year: int) -> list[WouldChange]:
    """The totals and every category, all gases together, that would be another; empty where there is no run yet.

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: a value is in a unit that its formula cannot take.
    """
    require(actor, Act.COMPUTE_INVENTORY, district_id=district.pk)
    inventory = inventory_row(district, year)
    run = runs.newest_run(actor, district, year)
    if run is None:
        return []
    what = ("would change", year, run.uid, run.digest)
    return list(while_unchanged(district, what, lambda: _would_change(inventory, run)))


def _would_change(inventory: Inventory, run: Run) -> list[WouldChange]:
    district = inventory.district
    scheme = schemes.scheme_of(inventory)
    periods = periods_of(district, scheme, inventory.year)
    if _is_as_it_was(inventory, run, scheme, periods):
        return []
    entries = entries_of(district, years_read(scheme, periods))
    try:
        after = Worked(scheme, InventoryLeaves(scheme, entries, region=schemes.region_of(district)), periods).lines
    except UnableToReadLeaf as trouble:
        raise UnableToChange(_("有一个数的单位与公式不符：{what}").format(what=trouble)) from trouble
    before = runs.lines_of(run)
    found = []
    for code in dict.fromkeys(code for code, gas in (*after, *before) if not gas):
        one, other = before.get((code, "")), after.get((code, ""))
        is_figure = code in (TOTAL, TOTAL_WITHOUT_LULUCF) or code in scheme.category
        if is_figure and (one is None or other is None or (one.value, one.state) != (other.value, other.state)):
            found.append(WouldChange(code, scheme.category.get(code), one, other))
    return found


def _is_as_it_was(inventory: Inventory, run: Run, scheme: Scheme, periods: Sequence[Period]) -> bool:
    """Whether nothing is otherwise that figures come from: what was chosen, methods, years read, values, facts, arithmetic."""
    return (
        not chosen_otherwise(inventory, run)
        and run.settings["methods"] == methods_of(scheme)
        and run.settings["periods"] == [period.code for period in periods]
        and run.settings["region"] == schemes.region_of(inventory.district)
        and not runs.changes_since(run)
        and not held(run).otherwise
    )
