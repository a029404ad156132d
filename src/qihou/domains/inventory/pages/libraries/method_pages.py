"""The methods library: the list by sector, and one method with its formula, inputs, clauses, users and a calculator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.listing import declared
from qihou.domains.inventory.methods.scheme.parts import Sector
from qihou.domains.inventory.methods.trying import Problem, Tried, attempt
from qihou.domains.inventory.methods.usage import all_options, usage
from qihou.face.pages import PageRequest, page
from qihou.face.tables import Column, Filter, Kind, Table
from qihou.face.values import Cell
from qihou.figures.method import Method, Need

from .formula import mathml
from .links import method_url
from .words import EDITIONS, GRADES, LANDFILLS, SECTORS, in_language, joined, unit_label, written

NAV = "inventory.methods"
TRIED = "try"


@dataclass(frozen=True)
class Row:
    """A method in the list. ``sectors``: those whose figures stand on it; ``editions``: the ways an inventory uses it."""

    method: Method
    sectors: tuple[Sector, ...]
    editions: tuple[str, ...]
    landfills: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]

    @property
    def unverified(self) -> bool:
        return all(cite.grade == "M" for cite in self.method.cites)


@page("inventory/libraries/methods.html", nav=NAV)
def methods(request: PageRequest) -> Mapping[str, Any]:
    """Every method, by sector."""
    found = rows()
    table = _table(request.district.code).bind(found, request.GET, district_code=request.district.code)
    return {
        "table": table,
        "count": len(found),
        "unverified": sum(row.unverified for row in found),
        "unused": sum(not row.editions for row in found),
    }


@page("inventory/libraries/method.html", nav=NAV)
def method(request: PageRequest, method: str) -> Mapping[str, Any]:
    """One method, tried on the numbers of the address."""
    row = next((row for row in rows() if row.method.key == method), None)
    if row is None:
        raise Http404(method)
    found = row.method
    given = request.GET
    tried = attempt(found, given.dict()) if TRIED in given and not found.series else None
    return {
        # A template would call a method, so it gets only what it shows.
        "m": {field: getattr(found, field) for field in ("key", "version", "formula", "note", "series")},
        "name": in_language(found.zh, found.en),
        "other_name": found.zh if in_language("", "en") else found.en,
        "formula": mathml(found.formula, block=True),
        "unit": unit_label(found.unit) or "1",
        "unverified": row.unverified,
        "inputs": [_input(need, given, tried) for need in found.needs],
        "cites": [(cite, str(GRADES[cite.grade])) for cite in found.cites],
        "sectors": [str(SECTORS[s]) for s in row.sectors],
        "editions": joined(EDITIONS[e] for e in row.editions),
        "landfill": str(LANDFILLS[row.landfills[0]]) if len(row.landfills) == 1 else "",
        "users": [in_language(*words) for words in row.codes],
        "tried": tried,
        "result": written(tried.result) if tried and tried.result is not None else "",
    }


@cache
def rows() -> tuple[Row, ...]:
    """All methods in the order of the sectors. Made once: methods change only with the program."""
    found = []
    for one in declared():
        sectors: dict[Sector, None] = {}
        codes: dict[tuple[str, str], None] = {}
        editions: dict[str, None] = {}
        landfills: dict[str, None] = {}
        for options in all_options():
            uses = usage(options)
            for code in uses.codes_of_method(one):
                category = uses.scheme.category.get(code)
                sectors[category.sector if category else Sector.CONTEXT] = None
                codes[uses.words(code)] = None
                editions[options.edition] = None
                landfills[options.landfill] = None
        found.append(Row(one, tuple(sectors), tuple(editions), tuple(landfills), tuple(codes)))
    order = {sector: place for place, sector in enumerate(Sector)}
    return tuple(
        sorted(found, key=lambda row: (min((order[s] for s in row.sectors), default=len(order)), row.method.key))
    )


def _table(code: str) -> Table:
    columns = [
        Column("name", _("方法"), Kind.LONG, value=lambda r: Cell(in_language(r.method.zh, r.method.en), unverified=r.unverified),
               heading=True, url=lambda r: method_url(code, r.method), sort_by=lambda r: r.method.key),
        Column("formula", _("公式"), value=lambda r: mathml(r.method.formula), sortable=False),
        Column("unit", _("结果单位"), value=lambda r: unit_label(r.method.unit) or "1"),
        Column("clause", _("条款"), Kind.LONG, value=lambda r: in_language("；", "; ").join(str(c) for c in r.method.cites), width=44),
        Column("editions", _("用于"), value=lambda r: _editions(r)),
        Column("version", _("版次"), value=lambda r: str(r.method.version)),
        Column("users", _("使用它的类别"), Kind.LONG, value=lambda r: joined(in_language(*c) for c in r.codes) or _("尚未使用"), optional=True),
        Column("key", _("代码"), value=lambda r: r.method.key, optional=True),
    ]  # fmt: skip
    filters = [
        Filter("sector", _("排放部门"), [(s.value, str(word)) for s, word in SECTORS.items()], of=lambda r: [s.value for s in r.sectors]),
        Filter("edition", _("清单版本"), [(e, str(word)) for e, word in EDITIONS.items()], of=lambda r: list(r.editions)),
        Filter("grade", _("条款核对"), [("M", _("待核")), ("read", _("已读到"))], of=lambda r: "M" if r.unverified else "read"),
    ]  # fmt: skip
    return Table(
        name="methods", title=_("方法库"), file_name=_("方法库"), columns=columns, filters=filters, page_size=200,
        search_label=_("查找方法"), group_by=lambda r: str(SECTORS[r.sectors[0]]) if r.sectors else _("没有类别使用"),
        empty_title=_("没有方法"), empty_text=_("方法随程序安装；请联系管理员检查安装。"),
    )  # fmt: skip


def _editions(row: Row) -> str:
    if not row.editions:
        return _("尚未使用")
    return _("各版本") if len(row.editions) == len(EDITIONS) else joined(EDITIONS[e] for e in row.editions)


def _input(need: Need, given: QueryDict, tried: Tried | None) -> Mapping[str, Any]:
    problem = next((one for one in tried.problems if one.need is need), None) if tried else None
    return {
        "need": need,
        "name": in_language(need.zh, need.en),
        "symbol": mathml(need.symbol) if need.symbol else "",
        "unit": unit_label(need.unit) or "1",
        "range": _range(need),
        "constant": written(need.constant) if need.constant is not None else "",
        "value": given.get(need.name, ""),
        "problem": _sentence(problem) if problem else "",
    }


def _range(need: Need) -> str:
    if need.low is not None and need.high is not None:
        return _("{low} 至 {high}").format(low=written(need.low), high=written(need.high))
    if need.low is not None:
        return _("不小于 {low}").format(low=written(need.low))
    if need.high is not None:
        return _("不大于 {high}").format(high=written(need.high))
    return _("不限")


def _sentence(problem: Problem) -> str:
    """What to change, in words."""
    name, unit = in_language(problem.need.zh, problem.need.en), unit_label(problem.need.unit)
    match problem.kind:
        case "missing":
            return _("请填写{name}。").format(name=name)
        case "not_a_number":
            return _("{name}应是一个数，例如 1234.5。").format(name=name)
        case "below":
            return _("{name}不能小于 {bound}{unit}：公式只在这一范围内成立。").format(
                name=name, bound=written(problem.bound or 0.0), unit=f" {unit}" if unit else ""
            )
        case _:
            return _("{name}不能大于 {bound}{unit}：公式只在这一范围内成立。").format(
                name=name, bound=written(problem.bound or 0.0), unit=f" {unit}" if unit else ""
            )
