"""The published inventories as anybody may see them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qihou.domains.inventory.api import outward
from qihou.domains.inventory.api.outward import PublicYear
from qihou.face.pages import PageRequest, page
from qihou.figures.missing import Flag

from .common import named
from .shown import figure, strip
from .words import EDITIONS, GWP_SETS


@page("inventory/yearly/public.html", public=True)
def public(request: PageRequest) -> dict[str, Any]:
    """One published year in full, the others beside it."""
    found = outward.published_years(request.district)
    if not found:
        return {"nothing": True}
    asked = request.GET.get("year", "")
    chosen = next((one for one in found if str(one.year) == asked), found[0])
    return {
        "one": chosen,
        "edition": EDITIONS[chosen.edition][0],
        "gwp": GWP_SETS[chosen.gwp_set][0],
        "total": figure(chosen.total),
        "total_without": figure(chosen.total_without_lulucf),
        "strip": strip(chosen.sectors),
        "indicators": [{"name": named(one), "shown": figure(one.line)} for one in chosen.indicators],
        "illustrative": bool(chosen.flags & Flag.ILLUSTRATIVE),
        "unverified": bool(chosen.flags & Flag.UNVERIFIED),
        "years": [_line(one, chosen) for one in found],
    }


def _line(one: PublicYear, chosen: PublicYear) -> dict[str, Any]:
    return {
        "year": one.year,
        "current": one is chosen,
        "total": figure(one.total),
        "total_without": figure(one.total_without_lulucf),
        "gwp": one.gwp_set,
        "edition": EDITIONS[one.edition][0],
        "url": f"?year={one.year}",
        "label": _("{year} 年").format(year=one.year),
    }
