"""Two years or two versions side by side: what moved the total, category by category and value by value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.domains.inventory.api import decomposing, differences, runs
from qihou.domains.inventory.api.decomposing import Decomposition
from qihou.domains.inventory.api.differences import Difference, DifferenceRow, Moved
from qihou.domains.inventory.methods.label_names import label_words
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.face.charts import Chart
from qihou.face.formats import number
from qihou.face.html import with_query
from qihou.face.pages import PageRequest, page
from qihou.face.tables import Column, Table
from qihou.face.values import Cell, Link, Why
from qihou.figures.leaf import Leaf
from qihou.figures.missing import Flag
from qihou.record.models import Run

from ..libraries.words import unit_label
from .cells import TONNES_IN_UNIT, WHY, digits, emission, in_unit, neat
from .choosing import NAV, Answer, found_or_404, nothing_yet, tabs
from .waterfall import waterfall
from .words import STATES, gas_name, in_brackets, is_english, listed, name, total_name

MOST_BARS = 14
MOST_MOVED = 30
FACTORS = {
    "output": gettext_lazy("经济规模（地区生产总值）"),
    "intensity": gettext_lazy("能源强度（单位产出的燃料）"),
    "structure": gettext_lazy("燃料结构"),
    "carbon": gettext_lazy("燃料含碳"),
}


@page("inventory/figures/compare.html", nav=NAV)
def compare(request: PageRequest) -> Answer:
    """``?a=`` and ``?b=``: the uids of the earlier and the later run."""
    actor, district = request.actor, request.district
    all_runs = runs.runs(actor, district)
    if not all_runs:
        return nothing_yet(request)
    one, other = _chosen(request, all_runs)
    shown: dict[str, Any] = {
        "tabs": tabs(district.code, all_runs[0].period_start.year, "compare"),
        "choices": all_runs,
        "one": one,
        "other": other,
    }
    if one is None or other is None or one == other:
        return {**shown, "found": None}
    found: Difference = found_or_404(differences.difference, actor, district, one.uid, other.uid)
    scheme = runs.scheme_of_run(other)
    apart = (
        decomposing.decomposition(actor, district, one.uid, other.uid)
        if one.period_start != other.period_start
        else None
    )
    totals = {row.code: row for row in found.rows if row.code in (TOTAL, TOTAL_WITHOUT_LULUCF) and not row.gas}
    return {
        **shown,
        "found": found,
        "same_year": one.period_start == other.period_start,
        "totals": [_total(totals[code], found) for code in (TOTAL, TOTAL_WITHOUT_LULUCF) if code in totals],
        "chart": _waterfall(found, scheme, request) if found.comparable else None,
        "apart": apart,
        "apart_chart": _decomposed(apart, found, request) if apart and not apart.said else None,
        "moved": _moved_table(totals.get(TOTAL), other, scheme, request),
        "table": _differences(found, scheme, request),
        "changes": len(found.changes),
        "by_gas": request.GET.get("gases") == "1",
        "gases_url": with_query(request.GET, gases=None if request.GET.get("gases") == "1" else "1"),
    }


def _chosen(request: PageRequest, some: Sequence[Run]) -> tuple[Run | None, Run | None]:
    """Those of the address; else the newest year that has figures against the year before, else two versions of it."""
    by_uid = {str(run.uid): run for run in some}
    one, other = by_uid.get(request.GET.get("a", "")), by_uid.get(request.GET.get("b", ""))
    other = other or some[0]
    if one is None:
        earlier = [run for run in some if run.period_start.year == other.period_start.year - 1]
        versions = [run for run in some if run.period_start == other.period_start and run.number < other.number]
        one = next(iter(earlier or versions), None)
    return one, other


def run_label(run: Run) -> str:
    return _("{year} 年第 {n} 次").format(year=run.period_start.year, n=run.number)


def _total(row: DifferenceRow, found: Difference) -> dict[str, Any]:
    moved = row.difference if found.comparable else None
    return {
        "name": total_name(lulucf=row.code == TOTAL),
        "before": emission(row.before, found.before.uid) if row.before else None,
        "after": emission(row.after, found.after.uid) if row.after else None,
        "moved": None if moved is None else in_unit(moved),
        "exact": "" if moved is None else f"{digits(moved)} tCO₂e",
        "percent": _percent(row) if found.comparable else "",
    }


def _percent(row: DifferenceRow) -> str:
    if row.difference is None or row.before is None or not row.before.value:
        return ""
    part = 100 * row.difference / abs(row.before.value)
    return f"{'+' if part > 0 else ''}{number(round(part, 1))}%"


def _steps(found: Difference, scheme: Scheme) -> list[DifferenceRow]:
    """The categories right under the sectors that count in the totals; together they are the whole difference."""
    return [
        row
        for row in found.rows
        if row.category is not None
        and not row.gas
        and row.category.sector.in_total
        and not row.category.memo
        and (row.code.count(".") == 1 or (row.code.count(".") == 0 and not _has_figures_under(row.code, found)))
    ]


def _has_figures_under(code: str, found: Difference) -> bool:
    return any(row.category and row.category.parent == code and not row.category.memo for row in found.rows)


def _waterfall(found: Difference, scheme: Scheme, request: PageRequest) -> Chart | None:
    total = next(row for row in found.rows if row.code == TOTAL and not row.gas)
    if total.difference is None or total.before is None or total.before.value is None:
        return None
    steps = [(name(row.category), row.difference) for row in _steps(found, scheme) if row.category and row.difference]
    steps.sort(key=lambda step: -abs(step[1]))
    shown, rest = steps[:MOST_BARS], total.difference - sum(step[1] for step in steps[:MOST_BARS])
    # What has no value in one of the years cannot be told apart from the smaller steps.
    if abs(rest) > 1:
        shown.append((_("其余"), rest))
    rows = [{"name": label, "value": in_unit(value), "tonnes": round(value, 3)} for label, value in shown]
    table = Table(
        "steps",
        [
            Column("name", _("类别"), heading=True),
            Column("value", _("变化"), "number", unit=_("万吨CO₂e")),
            Column("tonnes", _("精确值"), "number", unit="tCO₂e"),
        ],
        title=_("变化来自哪里"), prefix="steps", file_name="difference-steps",
    )  # fmt: skip
    direction = _("增加") if total.difference > 0 else _("减少")
    title = _("净排放{direction} {amount} 万吨，最大的一项是{what}").format(
        direction=direction, amount=number(abs(in_unit(total.difference))), what=shown[0][0] if shown else "—"
    )
    option = waterfall(
        (run_label(found.before), total.before.value),
        shown,
        run_label(found.after),
        _("万吨CO₂e"),
        float(TONNES_IN_UNIT),
    )
    illustrative = bool(total.after and total.after.flags & Flag.ILLUSTRATIVE)
    return Chart(
        "difference", title, option, table.bind(rows, request.GET), _("万吨CO₂e"), size="tall", illustrative=illustrative,
        notes=[_("含土地利用变化和林业；碳汇增加使净排放减少。"), *_axis_note(option)],
    )  # fmt: skip


def _decomposed(apart: Decomposition, found: Difference, request: PageRequest) -> Chart:
    steps = [(str(FACTORS[key]), value) for key, value in apart.effects.items()]
    rows = [{"name": label, "value": in_unit(value), "tonnes": round(value, 3)} for label, value in steps]
    table = Table(
        "factors",
        [
            Column("name", _("因素"), heading=True),
            Column("value", _("贡献"), "number", unit=_("万吨CO₂")),
            Column("tonnes", _("精确值"), "number", unit="tCO₂"),
        ],
        title=_("燃料二氧化碳变化的因素"), prefix="factors", file_name="decomposition",
    )  # fmt: skip
    option = waterfall(
        (run_label(found.before), apart.before), steps, run_label(found.after), _("万吨CO₂"), float(TONNES_IN_UNIT)
    )
    biggest = max(steps, key=lambda step: abs(step[1]))
    title = _("燃料二氧化碳变化的主要因素是{what}：{amount} 万吨").format(
        what=biggest[0], amount=number(in_unit(biggest[1]))
    )
    source = _("加法对数平均迪氏指数法（LMDI-I，Ang 2005）；各因素之和等于全部变化。")
    return Chart(
        "decomposition",
        title,
        option,
        table.bind(rows, request.GET),
        _("万吨CO₂"),
        source=source,
        notes=_axis_note(option),
    )


def _axis_note(option: Mapping[str, Any]) -> list[str]:
    return [_("纵轴不从零开始。")] if option["yAxis"].get("min") else []


def _moved_table(total: DifferenceRow | None, run: Run, scheme: Scheme, request: PageRequest) -> Any:
    rows = [_moved_row(moved, run, scheme) for moved in (total.moved[:MOST_MOVED] if total else ())]
    return Table(
        "moved",
        [
            Column("name", _("数据"), heading=True),
            Column("before", _("之前"), "number"),
            Column("after", _("现在"), "number"),
            Column("unit", _("计量单位")),
            Column("effect", _("对净排放的影响（约）"), "number", unit=_("万吨CO₂e")),
            Column("kind", _("性质")),
            Column("where", _("出处"), "long", optional=True),
        ],
        title=_("哪些数据使它变了"), prefix="moved", file_name="difference-data",
        empty_title=_("没有共有的数据发生变化"),
    ).bind(rows, request.GET, district_code=request.district.code)  # fmt: skip


def _moved_row(moved: Moved, run: Run, scheme: Scheme) -> dict[str, Any]:
    change = moved.change
    quantity = scheme.quantity.get((change.quantity, change.labels))
    leaf = change.after or change.before
    words = label_words(dict(change.labels), english=is_english())
    title = name(quantity) if quantity else fact_name(leaf, change.quantity) + in_brackets(words)
    why = Why(WHY, f"{run.uid}:leaf:{change.after.id}") if change.after else None

    def shown(one: Any) -> Any:
        if one is None:
            return Cell(None)
        return neat(one.value) if one.value is not None else Cell(None, note=str(STATES[one.state]))

    after = shown(change.after)
    return {
        "name": title,
        "before": shown(change.before),
        "after": Cell(after, why=why) if not isinstance(after, Cell) else after,
        "unit": unit_label(leaf.unit) if leaf else "",
        "effect": None if moved.effect is None else in_unit(moved.effect),
        "kind": _("因子") if change.is_fact else _("填报"),
        "where": leaf.origin.where if leaf else "",
    }


def _differences(found: Difference, scheme: Scheme, request: PageRequest) -> Any:
    code = request.district.code

    def shown(line: Line | None, run: Run) -> Any:
        return emission(line, run.uid, marks=False) if line else Cell(None)

    def label(row: DifferenceRow) -> Any:
        if row.category is None:
            return total_name(lulucf=row.code == TOTAL) if row.code in (TOTAL, TOTAL_WITHOUT_LULUCF) else row.code
        year = found.after.period_start.year
        url = reverse("inventory:category", kwargs={"district_code": code, "year": year, "code": row.code})
        return Link(f"{row.category.number} {name(row.category)}", f"{url}?run={found.after.uid}")

    by_gas = request.GET.get("gases") == "1"
    rows = [
        row
        for row in found.different
        if (row.category is not None or row.code in (TOTAL, TOTAL_WITHOUT_LULUCF)) and (by_gas or not row.gas)
    ]
    return Table(
        "differences",
        [
            Column("name", _("类别"), "link", value=label, heading=True),
            Column("gas", _("气体"), value=lambda r: gas_name(r.gas) if r.gas else str(_("合计"))),
            Column("before", run_label(found.before), "number", unit=_("万吨"), value=lambda r: shown(r.before, found.before)),
            Column("after", run_label(found.after), "number", unit=_("万吨"), value=lambda r: shown(r.after, found.after)),
            Column("moved", _("变化"), "number", unit=_("万吨"), sort_by=lambda r: r.difference,
                   value=lambda r: None if r.difference is None or not found.comparable else Cell(in_unit(r.difference), title=digits(r.difference))),
            Column("percent", _("变化率"), value=lambda r: _percent(r) if found.comparable else ""),
            Column("because", _("主要因为"), "long", value=lambda r: _because(r, scheme)),
        ],
        title=_("逐类差别"), prefix="all", file_name="difference", search_label=_("查找类别"), page_size=50,
    ).bind(rows, request.GET, district_code=code)  # fmt: skip


def _because(row: DifferenceRow, scheme: Scheme) -> str:
    """The three values that moved it most."""
    said = []
    for moved in row.moved[:3]:
        quantity = scheme.quantity.get((moved.change.quantity, moved.change.labels))
        leaf = moved.change.after or moved.change.before
        words = name(quantity) if quantity else fact_name(leaf, moved.change.quantity)
        said.append(
            words
            if moved.effect is None
            else words + in_brackets([f"{'+' if moved.effect > 0 else ''}{number(in_unit(moved.effect))}"])
        )
    return listed(said)


def fact_name(leaf: Leaf | None, quantity: str) -> str:
    """What a factor is called, without how it was found."""
    if leaf is None:
        return quantity
    said = leaf.origin.en if is_english() and leaf.origin.en else leaf.origin.zh
    return said.partition("：")[0].partition("；")[0] or quantity
