"""The four indicators of the plan that are derived from the inventory, through the years, and where they go in the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.domains.inventory.api import history, register_links
from qihou.domains.inventory.api.history import YearFigures
from qihou.domains.inventory.methods.results import Line
from qihou.face.charts import Chart
from qihou.face.pages import PageRequest, page
from qihou.face.tables import Column, Table
from qihou.figures.missing import Flag

from .bands import band
from .category import trend_title
from .cells import half, plain
from .choosing import NAV, Answer, nothing_yet, tabs
from .words import STATES, flag_words, listed


@dataclass(frozen=True)
class Indicator:
    """One of the four, with the unit and the places it is shown in."""

    key: str
    name: Any
    unit: Any
    places: int


INDICATORS = (
    Indicator("indicator.co2_per_gdp", gettext_lazy("单位地区生产总值二氧化碳排放"), gettext_lazy("吨CO₂/万元"), 4),
    Indicator("indicator.co2_per_industrial_value_added", gettext_lazy("单位工业增加值二氧化碳排放"), gettext_lazy("吨CO₂/万元"), 4),
    Indicator("indicator.energy_per_gdp", gettext_lazy("单位地区生产总值能耗"), gettext_lazy("吨标准煤/万元"), 4),
    Indicator("indicator.non_fossil_share", gettext_lazy("非化石能源占能源消费比重"), gettext_lazy("比值（1 为全部）"), 4),
)  # fmt: skip


@page("inventory/figures/indicators.html", nav=NAV)
def indicators(request: PageRequest) -> Answer:
    actor, district = request.actor, request.district
    through = history.history(actor, district, [one.key for one in INDICATORS])
    if not through:
        return nothing_yet(request)
    links = register_links.answered(actor, district, today=timezone.localdate())
    return {
        "tabs": tabs(district.code, through[-1].year, "indicators"),
        "shown": [_shown(request, one, through, links) for one in INDICATORS],
    }


def _shown(
    request: PageRequest, one: Indicator, through: list[YearFigures], links: list[register_links.Answered]
) -> dict[str, Any]:
    with_value = [each for each in through if (line := each.lines.get((one.key, ""))) and line.value is not None]
    latest = with_value[-1] if with_value else None
    line = latest.lines[one.key, ""] if latest else None
    newest = through[-1].lines.get((one.key, ""))
    return {
        "one": one,
        "latest": latest,
        "value": plain(line, latest.run.uid, one.places) if latest and line else None,
        "half": half(line),
        "flags": listed(flag_words(line.flags)) if line else "",
        "missing": STATES.get(newest.state, "") if newest and newest.value is None else "",
        "chart": _chart(request, one, with_value),
        "register": [
            {
                "name": answered.name,
                "url": reverse("plan:item", kwargs={"district_code": request.district.code, "uid": answered.uid}),
                "as": _("较 {year} 年降低的百分比").format(year=answered.base_year or "—")
                if answered.is_reduction
                else _("当年值"),
                "latest": answered.latest,
                "latest_year": answered.latest_year,
                "unit": answered.unit,
            }
            for answered in links
            if answered.key == one.key
        ],
    }


def _chart(request: PageRequest, one: Indicator, some: list[YearFigures]) -> Chart | None:
    if len(some) < 2:
        return None
    points: list[Line | None] = [each.lines[one.key, ""] for each in some]
    rows = [
        {
            "year": str(each.year),
            "value": plain(line, each.run.uid, one.places),
            "half": half(line),
            "said": listed(flag_words(line.flags)),
        }
        for each in some
        for line in (each.lines[one.key, ""],)
    ]
    table = Table(
        one.key.replace(".", "-"),
        [
            Column("year", gettext_lazy("年份"), heading=True),
            Column("value", one.name, "number", unit=one.unit),
            Column("half", "±"),
            Column("said", gettext_lazy("须说明")),
        ],
        title=one.name, prefix=one.key.rpartition(".")[2], file_name=one.key,
    )  # fmt: skip
    years = [each.year for each in some]
    title = trend_title(
        str(one.name), [(year, point.value if point else None) for year, point in zip(years, points, strict=True)]
    )
    return Chart(
        one.key, title, band(years, points, one.name, _("95% 区间"), one.unit, as_is=True),
        table.bind(rows, request.GET, district_code=request.district.code), one.unit, size="short",
        illustrative=any(point.flags & Flag.ILLUSTRATIVE for point in points if point),
    )  # fmt: skip
