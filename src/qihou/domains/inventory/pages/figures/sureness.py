"""How sure a run is: ranges by both approaches, key categories, and how much rests on what evidence."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.domains.inventory.api import analysis, errors, queries, runs, trends
from qihou.domains.inventory.api.analysis import KeySource, UncertaintyRow
from qihou.domains.inventory.methods.results import TOTAL, Line
from qihou.face.html import with_query
from qihou.face.pages import PageRequest
from qihou.face.tables import Column, Table
from qihou.face.values import Cell, Why
from qihou.figures.missing import Flag

from .cells import WHY, digits, emission, half, percent
from .choosing import Answer, Chosen, figures_page
from .words import FLAGS, gas_name, is_english, name, total_name

MOST_WEAK = 40


@figures_page("inventory/figures/uncertainty.html", "uncertainty")
def uncertainty(request: PageRequest, *, chosen: Chosen) -> Answer:
    found = analysis.uncertainty(request.actor, request.district, chosen.run.uid)
    years = _years_before(request, chosen)
    base = _base(request, years)
    moved = []
    if base is not None:
        moved = [
            (total_name(lulucf=lulucf), trend)
            for lulucf in (True, False)
            if (trend := trends.trend(request.actor, request.district, chosen.run.uid, base, lulucf=lulucf)) is not None
        ]
    return {
        "draws": found.draws,
        "totals": [_total(found.total, True, found.draws, chosen), _total(found.total_without_lulucf, False, found.draws, chosen)],
        "trends": [
            (label, base, percent(trend.moved), _points(trend.half), percent(trend.moved - trend.half), percent(trend.moved + trend.half))
            for label, trend in moved
        ],
        "base": base,
        "base_choices": [(year, year == base) for year in years],
        "table": _uncertainty_table(chosen, found.draws).bind(found.rows, request.GET, district_code=chosen.code),
    }  # fmt: skip


def _points(part: float) -> str:
    return _("±{points} 个百分点").format(points=f"{part * 100:.1f}")


def _total(line: Line, lulucf: bool, draws: int, chosen: Chosen) -> dict[str, Any]:
    propagated = _propagated(line)
    return {
        "name": total_name(lulucf=lulucf),
        "value": emission(line, chosen.run.uid),
        "half": half(line),
        "low_1": digits(propagated[0]) if propagated else "—",
        "high_1": digits(propagated[1]) if propagated else "—",
        "low_2": digits(line.low) if draws and line.low is not None else "",
        "high_2": digits(line.high) if draws and line.high is not None else "",
    }


def _propagated(line: Line) -> tuple[float, float] | None:
    """The ends by approach 1: around the value, half of the interval either way."""
    if line.value is None or line.half_percent is None:
        return None
    width = abs(line.value) * line.half_percent / 100
    return line.value - width, line.value + width


def _uncertainty_table(chosen: Chosen, draws: int) -> Table:
    uid = chosen.run.uid

    def end(row: UncertaintyRow, place: int) -> float | None:
        found = _propagated(row.source.line)
        return round(found[place], 3) if found else None

    def drawn(row: UncertaintyRow, place: int) -> float | None:
        line = row.source.line
        value = line.high if place else line.low
        return None if value is None or line.value is None else round(value, 3)

    second = [
        Column("low_2", _("下限（抽样法）"), "number", unit="tCO₂e", value=lambda r: drawn(r, 0)),
        Column("high_2", _("上限（抽样法）"), "number", unit="tCO₂e", value=lambda r: drawn(r, 1)),
    ]
    return Table(
        "uncertainty",
        [
            Column("number", _("编号"), value=lambda r: r.source.category.number, optional=True),
            Column("name", _("类别"), value=lambda r: name(r.source.category), url=lambda r: chosen.category_url(r.source.category.code), heading=True),
            Column("gas", _("气体"), value=lambda r: gas_name(r.source.gas)),
            Column("value", _("排放量"), "number", unit=_("万吨CO₂e"), value=lambda r: emission(r.source.line, uid, marks=False),
                   sort_by=lambda r: r.source.line.value),
            Column("half", _("±（传递法）"), "percent", value=lambda r: _rounded(r.source.line.half_percent)),
            Column("low_1", _("下限（传递法）"), "number", unit="tCO₂e", value=lambda r: end(r, 0), optional=bool(draws)),
            Column("high_1", _("上限（传递法）"), "number", unit="tCO₂e", value=lambda r: end(r, 1), optional=bool(draws)),
            *(second if draws else []),
            Column("part", _("对总量方差的贡献"), "percent", value=lambda r: _rounded(None if r.contribution is None else r.contribution * 100)),
        ],
        title=_("各类别、各气体的不确定性"),
        sort="-part",
        file_name=f"uncertainty-{chosen.year}",
        search_label=_("查找类别"),
        page_size=60,
    )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


@figures_page("inventory/figures/key_categories.html", "key_categories")
def key_categories(request: PageRequest, *, chosen: Chosen) -> Answer:
    years = _years_before(request, chosen)
    base = _base(request, years)
    run = _run_of(request, base)
    try:
        found = analysis.key_categories(request.actor, request.district, chosen.run.uid, run)
    except errors.UnableToChange as trouble:
        found = analysis.key_categories(request.actor, request.district, chosen.run.uid)
        base, refused = None, str(trouble)
    else:
        refused = found.no_trend
    lists = {
        "level_1": (_("水平评估，方法一"), found.level_1), "level_2": (_("水平评估，方法二"), found.level_2),
        "trend_1": (_("趋势评估，方法一"), found.trend_1), "trend_2": (_("趋势评估，方法二"), found.trend_2),
    }  # fmt: skip
    which = request.GET.get("by", "level_1")
    which = which if which in lists else "level_1"
    label, ranked = lists[which]
    everywhere: dict[tuple[str, str], list[str]] = {}
    for key, (_label, some) in lists.items():
        for one in some:
            if one.is_key:
                everywhere.setdefault((one.source.category.code, one.source.gas), []).append(key)
    return {
        "choices": [(key, words, with_query(request.GET, by=key, page=None), key == which, sum(o.is_key for o in some)) for key, (words, some) in lists.items()],
        "label": label,
        "base": base,
        "base_choices": [(year, year == base) for year in years],
        "no_trend": refused,
        "left_out": [f"{name(source.category)} {gas_name(source.gas)}" for source in found.left_out if not source.line.state.is_nil],
        "key_count": len(everywhere),
        "threshold": "95%" if which.endswith("1") else "90%",
        "table": _key_table(chosen, everywhere, base).bind(ranked, request.GET, district_code=chosen.code),
    }  # fmt: skip


def _key_table(chosen: Chosen, everywhere: dict[tuple[str, str], list[str]], base: int | None) -> Table:
    uid = chosen.run.uid

    def also(row: KeySource) -> str:
        words = {"level_1": "L1", "level_2": "L2", "trend_1": "T1", "trend_2": "T2"}
        return " ".join(words[key] for key in everywhere.get((row.source.category.code, row.source.gas), []))

    return Table(
        "key-categories",
        [
            Column("key", _("关键类别"), value=lambda r: str(_("是")) if r.is_key else str(_("否"))),
            Column("name", _("类别"), value=lambda r: name(r.source.category), url=lambda r: chosen.category_url(r.source.category.code), heading=True),
            Column("gas", _("气体"), value=lambda r: gas_name(r.source.gas)),
            Column("base", _("基准年（{year}）").format(year=base) if base else _("基准年"), "number", unit="tCO₂e", optional=base is None,
                   value=lambda r: None if r.source.base is None else round(r.source.base, 3)),
            Column("value", _("排放量"), "number", unit=_("万吨CO₂e"), value=lambda r: emission(r.source.line, uid, marks=False)),
            Column("half", "±", value=lambda r: half(r.source.line)),
            Column("share", _("份额"), "percent", value=lambda r: round(r.share * 100, 2)),
            Column("cumulative", _("累计"), "percent", value=lambda r: round(r.cumulative * 100, 2)),
            Column("also", _("在哪些评估中是关键"), value=also),
        ],
        title=_("关键类别"),
        file_name=f"key-categories-{chosen.year}",
        page_size=60,
    )  # fmt: skip


@figures_page("inventory/figures/quality.html", "quality")
def quality(request: PageRequest, *, chosen: Chosen) -> Answer:
    actor, district, run = request.actor, request.district, chosen.run
    found = analysis.quality(actor, district, run.uid)
    best = analysis.improve(actor, district, run.uid, TOTAL, most=15)
    return {
        "grades": [(part.name, GRADES.get(part.name, _("只用填报的数")), percent(part.share), part.share * 100, part.sources) for part in found.by_grade],
        "flags": [(FLAGS[Flag[part.name]], percent(part.share), part.share * 100, part.sources) for part in found.by_flag],
        "illustrative": len(found.illustrative),
        "unverified": len(found.unverified),
        "table": _weak_table(chosen).bind(best, request.GET, district_code=chosen.code),
        "unverified_facts": [
            (leaf.origin.en if is_english() and leaf.origin.en else leaf.origin.zh, leaf.origin.where, f"{run.uid}:leaf:{leaf.id}")
            for leaf in found.unverified[:MOST_WEAK]
        ],
    }  # fmt: skip


# In the order of qihou.facts.loader.GRADES.
GRADES = {
    "A": gettext_lazy("两处独立出版物一致"),
    "B": gettext_lazy("一处出版物"),
    "L": gettext_lazy("转录IPCC表格的维护库"),
    "C": gettext_lazy("由上述数据推算"),
    "M": gettext_lazy("凭记忆，待核"),
    "declared": gettext_lazy("本程序自行设定"),
}


def _weak_table(chosen: Chosen) -> Table:
    uid = chosen.run.uid
    return Table(
        "weakest",
        [
            Column("name", _("最值得改进的数据"), heading=True, value=lambda r: Cell(r.en if is_english() else r.zh, why=Why(WHY, f"{uid}:leaf:{r.leaf.id}"),
                   illustrative=bool(r.leaf.flags & Flag.ILLUSTRATIVE), unverified=bool(r.leaf.flags & Flag.UNVERIFIED))),
            Column("share", _("占总量方差"), "percent", value=lambda r: round(r.share * 100, 1)),
            Column("spread", _("现有不确定度"), value=lambda r: r.leaf.spread),
            Column("grade", _("等级"), value=lambda r: r.leaf.grade or str(_("填报"))),
            Column("where", _("出处"), "long", value=lambda r: r.leaf.origin.where),
        ],
        title=_("最值得改进的数据"),
        file_name=f"weakest-{chosen.year}",
    )  # fmt: skip


def _base(request: PageRequest, years: list[int]) -> int | None:
    """The base year the address names, else the earliest year whose total has a value."""
    wanted = request.GET.get("base", "")
    return int(wanted) if wanted.isdecimal() and int(wanted) in years else min(years, default=None)


def _years_before(request: PageRequest, chosen: Chosen) -> list[int]:
    views = queries.overview(request.actor, request.district)
    return [
        view.inventory.year
        for view in views
        if view.run and view.total and view.total.value is not None and view.inventory.year < chosen.year
    ]


def _run_of(request: PageRequest, year: int | None) -> str | None:
    run = runs.newest_run(request.actor, request.district, year) if year else None
    return str(run.uid) if run else None
