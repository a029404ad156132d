"""One category of a run: its figures, what is put in, by which formulas, through the years, and in its versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.domains.inventory.api import analysis, checking, history, queries
from qihou.domains.inventory.api.queries import CategoryPage
from qihou.domains.inventory.methods.results import Line
from qihou.domains.inventory.methods.scheme.parts import Quantity
from qihou.face.charts import Chart
from qihou.face.pages import PageRequest
from qihou.face.tables import Column, Table
from qihou.face.values import Cell, Why
from qihou.figures.leaf import Leaf
from qihou.figures.lineage import Why as Tree
from qihou.figures.method import Method
from qihou.figures.missing import Flag, State
from qihou.measure import units

from ..libraries.formula import mathml
from ..libraries.words import unit_label
from .bands import band
from .cells import WHY, digits, emission, half, missing, neat, percent
from .choosing import Answer, Chosen, figures_page, found_or_404
from .words import STATES, flag_words, gas_name, is_english, listed, name


@dataclass(frozen=True)
class Formula:
    """A method that stands under the category, ready to be shown."""

    name: str
    id: str
    formula: Any
    cites: list[tuple[str, bool]]
    needs: list[tuple[Any, str, str]]


YEARS = Table(
    "years",
    [
        Column("year", gettext_lazy("年份"), heading=True),
        Column("value", gettext_lazy("排放量"), "number", unit=gettext_lazy("万吨CO₂e")),
        Column("half", "±"),
        Column("low", gettext_lazy("下限"), "number", unit="tCO₂e"),
        Column("high", gettext_lazy("上限"), "number", unit="tCO₂e"),
        Column("status", gettext_lazy("状态"), "state"),
    ],
    title=gettext_lazy("历年排放"),
    prefix="years",
)
INPUTS = Table(
    "inputs",
    [
        Column("name", gettext_lazy("数据"), heading=True),
        Column("value", gettext_lazy("数值"), "number"),
        Column("unit", gettext_lazy("计量单位")),
        Column("spread", gettext_lazy("不确定度")),
        Column("where", gettext_lazy("出处"), "long"),
        Column("said", gettext_lazy("须说明")),
    ],
    title=gettext_lazy("填报的数据"),
    prefix="inputs",
    page_size=200,
    empty_title=gettext_lazy("这一类别没有自己的填报数据"),
    empty_text=gettext_lazy("它由下级类别相加，或由其他表的数据算出。"),
)


@figures_page("inventory/figures/category.html", "tree")
def category(request: PageRequest, *, chosen: Chosen, code: str) -> Answer:
    actor, district, run = request.actor, request.district, chosen.run
    found: CategoryPage = found_or_404(queries.category, actor, district, run.uid, code)
    through = [each for each in history.history(actor, district, [code]) if (code, "") in each.lines]
    line = found.row.line
    return {
        "found": found,
        "category": found.row.category,
        "name": name(found.row.category),
        "path": [(name(each), chosen.category_url(each.code)) for each in found.path[:-1]],
        "line": line,
        "value": emission(line, run.uid) if line else None,
        "half": half(line),
        "share": percent(found.row.share),
        "flags": listed(flag_words(line.flags)) if line else "",
        "gases": [(gas_name(gas), one, emission(one, run.uid, marks=False), half(one), _mass_share(one, line)) for gas, one in found.row.gases.items()],
        "children": [
            (name(row.category), chosen.category_url(row.code), emission(row.line, run.uid) if row.line else None, half(row.line),
             f"figure_{row.line.status.value}" if row.line else "", row.category.number, row.category.memo)
            for row in found.children
        ],
        "inputs": INPUTS.bind([_input(q, leaf, chosen) for q, leaf in found.quantities], request.GET, district_code=chosen.code),
        "answered": sum(leaf is not None and leaf.state is not State.ABSENT for _q, leaf in found.quantities),
        "formulas": [_formula(method) for method in _methods(found.why)],
        "chart": _chart(request, chosen, name(found.row.category), code, through),
        "best": [
            (one.en if is_english() else one.zh, f"{one.share:.0%}", one.leaf.spread, f"{run.uid}:leaf:{one.leaf.id}")
            for one in (analysis.improve(actor, district, run.uid, code, most=5) if line and line.value else [])
        ],
        "versions": [
            (each.run, emission(each.lines.get((code, "")), each.run.uid, marks=False) if (code, "") in each.lines else None,
             f"{chosen.address('category', year=chosen.year, code=code)}?run={each.run.uid}", each.run == run)
            for each in history.versions(actor, district, chosen.year, [code])
        ],
        "checks": _checks(request, chosen, code),
        "state_word": STATES.get(line.state, "") if line else "",
    }  # fmt: skip


def _checks(request: PageRequest, chosen: Chosen, code: str) -> list[dict[str, Any]]:
    """What the checks of the year say of this category and of those under it, as far as the reader may see them."""
    return [
        {
            "severity": one.severity,
            "state": one.state,
            "said": one.en if is_english() and one.en else one.zh,
            "url": chosen.address("check", year=chosen.year, uid=one.uid),
        }
        for one in checking.findings_of(request.actor, request.district, chosen.year)
        if one.category is not None and f"{one.category.code}.".startswith(f"{code}.")
    ]


def _input(quantity: Quantity, leaf: Leaf | None, chosen: Chosen) -> dict[str, Any]:
    if leaf is None:
        return {
            "name": name(quantity),
            "value": None,
            "unit": "",
            "spread": "",
            "where": "",
            "said": _("这次计算没有用到"),
        }
    why = Why(WHY, f"{chosen.run.uid}:leaf:{leaf.id}")
    mark = bool(leaf.flags & Flag.ILLUSTRATIVE)
    value = (
        Cell(missing(_as_line(leaf)), why=why, note=leaf.reason)
        if leaf.value is None
        else Cell(neat(leaf.value), why=why, illustrative=mark, unverified=bool(leaf.flags & Flag.UNVERIFIED))
    )
    return {
        "name": name(quantity),
        "value": value,
        "unit": unit_label(leaf.unit) if leaf.value is not None else "",
        "spread": leaf.spread,
        "where": leaf.origin.where,
        "said": listed(flag_words(leaf.flags & ~Flag.ILLUSTRATIVE)),
    }


def _as_line(leaf: Leaf) -> Line:
    return Line("", "", None, 0.0, leaf.unit, None, None, None, leaf.state, leaf.flags, leaf.id)


def _mass_share(part: Line, whole: Line | None) -> str:
    if part.value is None or whole is None or not whole.value:
        return ""
    return percent(part.value / whole.value)


def _methods(tree: Tree | None) -> Iterable[Method]:
    """Every method under a figure once, from above; the weighing of gases is said elsewhere."""
    found: dict[str, Method] = {}
    waiting = [tree] if tree else []
    while waiting:
        here = waiting.pop(0)
        if here.method is not None and not here.method.key.startswith("gwp."):
            found.setdefault(here.method.id, here.method)
        waiting += [given.below for given in here.inputs if isinstance(given.below, Tree)]
    return found.values()


def _formula(method: Method) -> Formula:
    return Formula(
        name(method),
        method.id,
        mathml(method.formula),
        [(str(cite), cite.grade == "M") for cite in method.cites],
        [
            (
                mathml(need.symbol) if need.symbol else need.name,
                name(need),
                digits(need.constant) if need.constant is not None else units.label(need.unit),
            )
            for need in method.needs
        ],
    )


def _chart(
    request: PageRequest, chosen: Chosen, title: str, code: str, through: list[history.YearFigures]
) -> Chart | None:
    points = [each.lines[code, ""] for each in through]
    if sum(point.value is not None for point in points) < 2:
        return None
    rows = [
        {
            "year": each.year, "value": emission(point, each.run.uid), "half": half(point), "low": point.low,
            "high": point.high, "status": f"figure_{point.status.value}",
        }
        for each, point in zip(through, points, strict=True)
    ]  # fmt: skip
    option = band([each.year for each in through], points, title, _("95% 区间"), _("万吨CO₂e"))
    sets = {each.run.settings["gwp_set"] for each in through}
    notes = (
        [_("各年用的全球增温潜势不同（{sets}），不能直接比较。").format(sets=listed(sorted(sets)))]
        if len(sets) > 1
        else []
    )
    return Chart(
        f"category-{code}", trend_title(title, [(e.year, p.value) for e, p in zip(through, points, strict=True)]), option,
        YEARS.bind(rows, request.GET, district_code=chosen.code), _("万吨CO₂e"),
        illustrative=any(point.flags & Flag.ILLUSTRATIVE for point in points), notes=notes,
    )  # fmt: skip


def trend_title(what: str, points: list[tuple[int, float | None]]) -> str:
    """The finding in a sentence: from the first year with a value to the last."""
    known = [(year, value) for year, value in points if value is not None]
    if len(known) < 2 or not known[0][1]:
        return what
    (first, start), (last, end) = known[0], known[-1]
    moved = (end - start) / abs(start)
    words = {"what": what, "first": first, "last": last, "percent": percent(abs(moved))}
    if abs(moved) < 0.005:
        return _("{what}：{first} 年到 {last} 年基本持平").format(**words)
    if moved > 0:
        return _("{what}：{first} 年到 {last} 年上升 {percent}").format(**words)
    return _("{what}：{first} 年到 {last} 年下降 {percent}").format(**words)
