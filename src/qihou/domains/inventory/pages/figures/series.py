"""All years: by sector with the net line, by gas, and what the emissions are held against."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.domains.inventory.api import history, queries
from qihou.domains.inventory.api.history import YearFigures
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line
from qihou.face.charts import Chart
from qihou.face.pages import PageRequest, page
from qihou.face.tables import Column, Table
from qihou.figures.missing import Flag

from .bands import band, stack
from .category import trend_title
from .cells import emission, half
from .choosing import NAV, Answer, nothing_yet, tabs
from .words import F_GASES, gas_name, name, total_name

MAIN = ("CO2", "CH4", "N2O")


@page("inventory/figures/series.html", nav=NAV)
def series(request: PageRequest) -> Answer:
    actor, district = request.actor, request.district
    latest = next((view for view in reversed(queries.overview(actor, district)) if view.run), None)
    if latest is None or latest.run is None:
        return nothing_yet(request)
    tree = queries.tree(actor, district, latest.run.uid)
    sectors = [row.category for row in tree.sectors if row.category.sector.in_total]
    codes = [TOTAL, TOTAL_WITHOUT_LULUCF, *(sector.code for sector in sectors)]
    through = [each for each in history.history(actor, district, codes) if _worth_showing(each)]
    sets = sorted({each.run.settings["gwp_set"] for each in through})
    by_sector = _stacked(request, through, "sectors", [(name(s), (s.code, "")) for s in sectors])
    gases = list(dict.fromkeys(gas for each in through for code, gas in each.lines if code == TOTAL and gas))
    gases.sort(key=lambda gas: (gas not in MAIN, MAIN.index(gas) if gas in MAIN else 0))
    by_gas = _stacked(request, through, "gases", [(gas_name(gas), (TOTAL, gas)) for gas in gases])
    return {
        "tabs": tabs(district.code, latest.inventory.year, "series"),
        "by_sector": by_sector,
        "by_gas": by_gas,
        "total": _total(request, through),
        "sets": sets,
        "years": [each.year for each in through],
        "stale": [each.year for each in through if each.run.stale_at],
    }


def _worth_showing(each: YearFigures) -> bool:
    """A year of which only a few sheets exist (waste of long ago, for its decay) has no totals and nothing to be stacked."""
    return any(
        line.value is not None for (code, _gas), line in each.lines.items() if code in (TOTAL, TOTAL_WITHOUT_LULUCF)
    )


def _points(through: list[YearFigures], key: tuple[str, str]) -> list[Line | None]:
    return [each.lines.get(key) for each in through]


def _stacked(
    request: PageRequest, through: list[YearFigures], what: str, parts: list[tuple[str, tuple[str, str]]]
) -> Chart:
    years = [each.year for each in through]
    net = _points(through, (TOTAL, ""))
    columns = [Column("year", gettext_lazy("年份"), heading=True)]
    columns += [Column(f"part{n}", label, "number", unit=gettext_lazy("万吨")) for n, (label, _key) in enumerate(parts)]
    columns += [
        Column("without", gettext_lazy("总量（不含林业）"), "number", unit=gettext_lazy("万吨")),
        Column("net", gettext_lazy("净排放（含林业）"), "number", unit=gettext_lazy("万吨")),
        Column("half", "±"),
    ]
    rows = [_row(each, parts) for each in through]
    table = Table(f"series-{what}", columns, title=_("时间序列"), prefix=what, file_name=f"series-{what}").bind(
        rows, request.GET, district_code=request.district.code
    )
    option = stack(
        years, _drawn(through, parts), (_("净排放"), [line.value if line else None for line in net]), _("万吨CO₂e")
    )
    heading = _("按部门") if what == "sectors" else _("按气体")
    values = [(year, line.value if line else None) for year, line in zip(years, net, strict=True)]
    return Chart(
        f"series-{what}", f"{heading} · {trend_title(_('净排放'), values)}", option, table, _("万吨CO₂e"), size="tall",
        illustrative=_illustrative(through), notes=[_("吸收量画在零线以下；黑线是净排放。缺的年份留空。")],
    )  # fmt: skip


def _drawn(
    through: list[YearFigures], parts: list[tuple[str, tuple[str, str]]]
) -> list[tuple[str, list[float | None]]]:
    """The parts in tonnes, year by year; gases with fluorine together, too small to be told apart one by one."""
    found: dict[str, list[float | None]] = {}
    for label, key in parts:
        values = [line.value if line else None for line in _points(through, key)]
        shown = gas_name(F_GASES) if key[1] and key[1] not in MAIN else label
        before = found.get(shown)
        found[shown] = values if before is None else [_sum(a, b) for a, b in zip(before, values, strict=True)]
    return list(found.items())


def _sum(one: float | None, other: float | None) -> float | None:
    return one if other is None else other if one is None else one + other


def _row(each: YearFigures, parts: list[tuple[str, tuple[str, str]]]) -> dict[str, Any]:
    uid, net = each.run.uid, each.lines.get((TOTAL, ""))
    found: dict[str, Any] = {"year": str(each.year)}
    for number, (_label, key) in enumerate(parts):
        found[f"part{number}"] = emission(each.lines.get(key), uid, marks=False)
    found["without"] = emission(each.lines.get((TOTAL_WITHOUT_LULUCF, "")), uid)
    return {**found, "net": emission(net, uid), "half": half(net)}


def _total(request: PageRequest, through: list[YearFigures]) -> Chart:
    years = [each.year for each in through]
    points = _points(through, (TOTAL_WITHOUT_LULUCF, ""))
    label = total_name(lulucf=False)
    columns = [
        Column("year", gettext_lazy("年份"), heading=True),
        Column("value", label, "number", unit=gettext_lazy("万吨")),
        Column("half", "±"),
        Column("low", gettext_lazy("下限"), "number", unit="tCO₂e"),
        Column("high", gettext_lazy("上限"), "number", unit="tCO₂e"),
        Column("run", gettext_lazy("第几次计算")),
    ]
    rows = [
        {
            "year": str(each.year), "value": emission(line, each.run.uid), "half": half(line), "run": str(each.run.number),
            "low": line.low if line else None, "high": line.high if line else None,
        }
        for each, line in zip(through, points, strict=True)
    ]  # fmt: skip
    table = Table("series-total", columns, title=label, prefix="total", file_name="series-total")
    values = [(year, line.value if line else None) for year, line in zip(years, points, strict=True)]
    return Chart(
        "series-total", trend_title(label, values), band(years, points, label, _("95% 区间"), _("万吨CO₂e")),
        table.bind(rows, request.GET, district_code=request.district.code), _("万吨CO₂e"), illustrative=_illustrative(through),
    )  # fmt: skip


def _illustrative(through: list[YearFigures]) -> bool:
    return any(line.flags & Flag.ILLUSTRATIVE for each in through for line in each.lines.values())
