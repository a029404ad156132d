"""What working a year again would change, category by category, before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.reading import InventoryLeaves
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line, Worked
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.figures.book import UnableToReadLeaf
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from . import runs, schemes
from .errors import UnableToChange
from .horizon import periods_of, years_read
from .reading import entries_of
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
    scheme = schemes.scheme_of(inventory)
    periods = periods_of(district, scheme, year)
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
