"""The district's emissions divided among its towns, declared as an allocation wherever it is shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qihou.domains.inventory.api import allocating
from qihou.domains.inventory.api.allocating import Basis
from qihou.face.charts import Chart, Series, bars
from qihou.face.formats import number
from qihou.face.pages import PageRequest
from qihou.face.tables import BoundTable, Column, Table
from qihou.face.values import Cell
from qihou.record.models import Feature

from .cells import in_unit
from .choosing import Answer, Chosen, figures_page
from .words import in_brackets, is_english, name

MOST_BARS = 28


@figures_page("inventory/figures/towns.html", "towns")
def towns(request: PageRequest, *, chosen: Chosen) -> Answer:
    """``?by.energy=population``: the share a sector is divided by."""
    wanted = {key.removeprefix("by."): request.GET.get(key, "") for key in request.GET if key.startswith("by.")}
    found = allocating.allocation(request.actor, request.district, chosen.run.uid, wanted)
    table = _table(found, chosen, request)
    illustrative = any(sector.basis.illustrative for sector in found.sectors)
    return {
        "found": found,
        "sectors": [
            (name(s.category), f"by.{s.category.code}", basis_name(s.basis), s.basis.key, _whole(s.whole), s.basis.illustrative, s.line)
            for s in found.sectors
        ],
        "bases": [(basis.key, basis_name(basis)) for basis in found.bases],
        "run_query": chosen.run.uid if chosen.named else "",
        "chart": _chart(found, table, illustrative) if found.towns else None,
        "illustrative": illustrative,
    }  # fmt: skip


def basis_name(basis: Basis) -> str:
    said = basis.name_en if is_english() else basis.name
    return said + in_brackets([str(basis.year)] if basis.year else [])


def _town(town: Feature) -> str:
    return town.name_en or town.name if is_english() else town.name


def _whole(tonnes: Decimal | None) -> str:
    return "" if tonnes is None else number(tonnes)


def _table(found: allocating.Allocation, chosen: Chosen, request: PageRequest) -> BoundTable:
    columns: list[Column] = [
        Column("name", _("镇街"), heading=True),
        Column("kind", _("性质"), value=lambda r: str(_("分配值，不是核算值"))),
    ]
    for sector in found.sectors:
        label = _("{sector}（按{basis}）").format(sector=name(sector.category), basis=basis_name(sector.basis))
        columns.append(Column(sector.category.code, label, "number", unit="tCO₂e", total=True))
    columns.append(Column("all", _("合计"), "number", unit="tCO₂e", total=True))
    rows = [_row(town, found) for town in found.towns]
    return Table(
        "towns",
        columns,
        title=_("分镇街分配（不是镇街清单）"),
        file_name=_("分镇街分配-不是镇街清单-{year}").format(year=chosen.year),
        sort="-all",
        page_size=60,
    ).bind(rows, request.GET, district_code=chosen.code)


def _row(town: Feature, found: allocating.Allocation) -> dict[str, Any]:
    row: dict[str, Any] = {"name": _town(town)}
    for sector in found.sectors:
        part = sector.parts.get(town.code)
        row[sector.category.code] = Cell(part, illustrative=sector.basis.illustrative) if part is not None else None
    return {**row, "all": found.of_town(town.code)}


def _chart(found: allocating.Allocation, table: BoundTable, illustrative: bool) -> Chart:
    ranked = sorted(found.towns, key=lambda town: -(found.of_town(town.code) or Decimal(0)))[:MOST_BARS]
    series = [
        Series(name(s.category), [in_unit(float(s.parts[t.code])) if t.code in s.parts else None for t in ranked])
        for s in found.sectors
    ]
    option = bars([_town(town) for town in ranked], series, unit=_("万吨CO₂e"), stacked=True)
    option["xAxis"] = {**option["xAxis"], "axisLabel": {"color": "var(--ink)", "interval": 0, "rotate": 45}}
    return Chart(
        "towns", _("按所选份额分配到各镇街（分配值，不是核算值）"), option, table, _("万吨CO₂e"), size="tall", illustrative=illustrative,
        notes=[_("各部门按一个声明的份额分配；各镇街之和恰等于全区。分配值没有自己的不确定性区间。")],
    )  # fmt: skip
