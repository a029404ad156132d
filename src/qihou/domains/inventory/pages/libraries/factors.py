"""The factor library: the list, and one factor with its sources, its other editions and who uses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.domains.inventory.api import libraries
from qihou.face.pages import PageRequest, page
from qihou.face.tables import Column, Filter, Kind, Table
from qihou.face.values import Cell
from qihou.facts.factors import Factor, all_factors, by_quantity, overdue
from qihou.facts.vocabulary import editions, label_name, quantities, regions

from ..figures.cells import WHY, why_key
from .beside import beside
from .links import factor_url, factors_by_key
from .uses import uses_of
from .words import EVIDENCE, GRADES, in_language, unit_label, years

NAV = "inventory.factors"
OVERDUE = "overdue"


@page("inventory/libraries/factors.html", nav=NAV)
def factors(request: PageRequest) -> Mapping[str, Any]:
    """Every factor, filtered by what it is, whose, where, how good and whether it wants to be looked at again."""
    found = all_factors()
    late = {factor.id for factor in overdue(timezone.localdate())}
    table = factor_table(request.district.code, found, late).bind(
        found, request.GET, district_code=request.district.code
    )
    return {
        "table": table,
        "count": len(found),
        "quantities": len(by_quantity()),
        "unverified": sum(factor.to_confirm for factor in found),
        "late": len(late),
    }


@page("inventory/libraries/factor.html", nav=NAV)
def factor(request: PageRequest, factor: str) -> Mapping[str, Any]:
    """One factor."""
    found = factors_by_key().get(factor)
    if found is None:
        raise Http404(factor)
    language, today, code = get_language() or "zh", timezone.localdate(), request.district.code
    about = quantities()[found.quantity]
    region = f"CN-{code[:2]}"
    return {
        "f": found,
        "name": found.said(language),
        "quantity": about.name.in_language(language),
        "quantity_note": about.note if language.startswith("en") else "",
        "labels": [label_name(kind, one, language) for kind, one in found.labels],
        "unit": unit_label(found.unit),
        "years": years(found),
        "edition": editions()[found.edition],
        "edition_name": editions()[found.edition].name.in_language(language),
        "region": regions()[found.region].name.in_language(language),
        "evidence": EVIDENCE[found.evidence],
        "grade": GRADES[found.grade],
        "overdue": found.review_by < today,
        "beside": beside(found, code, request.GET),
        "uses": uses_of(found, code, region, found.first_year or today.year),
        "standings": [
            _standing(one) for one in libraries.standing_of_factor(request.actor, request.district, found.id)
        ],
        "figure_kind": WHY,
    }


def _standing(one: libraries.Standing) -> Mapping[str, Any]:
    figures = [(in_language(*one.words[line.code]), why_key(one.run.uid, line.code)) for line in one.lines]
    return {"year": one.year, "number": one.run.number, "status": one.run.status, "figures": figures}


def factor_table(code: str, found: Sequence[Factor], late: set[str]) -> Table:
    language = get_language() or "zh"
    named = {f.id: f.said(language) for f in found}
    used_quantities = sorted({f.quantity for f in found}, key=lambda key: quantities()[key].name.in_language(language))
    columns = [
        Column("name", _("因子"), Kind.LONG, value=lambda f: named[f.id], heading=True, url=lambda f: factor_url(code, f), width=36),
        Column("value", _("值"), Kind.NUMBER, value=lambda f: Cell(f.value, unit=unit_label(f.unit), unverified=f.to_confirm)),
        Column("spread", _("95%范围"), value=lambda f: f.spread or _("未给出")),
        Column("edition", _("因子版本"), value=lambda f: editions()[f.edition].name.in_language(language)),
        Column("region", _("地区"), value=lambda f: regions()[f.region].name.in_language(language)),
        Column("years", _("年份"), value=years, sort_by=lambda f: f.first_year),
        Column("grade", _("等级"), value=lambda f: str(GRADES[f.grade])),
        Column("evidence", _("证据类别"), value=lambda f: str(EVIDENCE[f.evidence]), optional=True),
        Column("source", _("出处"), Kind.LONG, value=lambda f: f"{f.sources[0].document}，{f.sources[0].clause}", optional=True, width=40),
        Column("last_checked", _("上次核对"), Kind.DATE, optional=True),
        Column("review_by", _("下次复核"), Kind.DATE, value=lambda f: Cell(f.review_by, note=_("已过期") if f.id in late else "")),
        Column("note", _("备注"), Kind.LONG, value=lambda f: f.note or _("无"), optional=True),
        Column("key", _("代码"), value=lambda f: f.id, optional=True),
    ]  # fmt: skip
    filters = [
        Filter("quantity", _("量"), [(k, quantities()[k].name.in_language(language)) for k in used_quantities]),
        Filter("edition", _("因子版本"), _present(found, "edition", {k: e.name.in_language(language) for k, e in editions().items()})),
        Filter("grade", _("等级"), _present(found, "grade", GRADES)),
        Filter("evidence", _("证据类别"), _present(found, "evidence", EVIDENCE)),
        Filter("region", _("地区"), _present(found, "region", {k: r.name.in_language(language) for k, r in regions().items()})),
        Filter("year", _("适用年份"), [(str(y), str(y)) for y in _years(found)], of=_years_held(found)),
        Filter("review", _("复核"), [(OVERDUE, _("已过期"))], of=lambda f: OVERDUE if f.id in late else ""),
    ]  # fmt: skip
    return Table(
        name="factors",
        title=_("因子库"),
        file_name=_("因子库"),
        columns=columns,
        filters=filters,
        page_size=100,
        search_label=_("查找因子"),
        empty_title=_("因子库里没有因子"),
        empty_text=_("因子随程序安装；请联系管理员检查安装。"),
    )


def _present(found: Sequence[Factor], field: str, words: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """The codes that occur, in the order of the vocabulary."""
    there = {getattr(f, field) for f in found}
    return [(str(code), str(word)) for code, word in words.items() if code in there]


def _years(found: Sequence[Factor]) -> list[int]:
    return sorted({f.first_year for f in found if f.first_year}, reverse=True)


def _years_held(found: Sequence[Factor]) -> Any:
    """Dated factors by the years they hold in; undated ones belong to no year in particular and are found without the filter."""
    all_years = _years(found)
    return lambda f: [str(y) for y in all_years if f.is_dated and f.holds_in(y)]
