"""The home of the inventory: a year with its steps, who is late, its total and sectors; and opening a year."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.inventory.api import checking, deadlines, outward, queries, runs, years
from qihou.domains.inventory.api.deadlines import Standing
from qihou.domains.inventory.api.errors import UnableToChange
from qihou.domains.inventory.api.queries import Home, YearView
from qihou.domains.inventory.methods.freezing import Change
from qihou.face.pages import Answer, PageRequest
from qihou.measure.gases import GwpSet, warming_potential
from qihou.record.api.access import Act, require
from qihou.record.models import Run

from .common import address, go, is_english, named, wrong, yearly_page
from .shown import figure, strip
from .steps import steps_of
from .words import EDITIONS, FIRST_YEAR, GWP_SETS, LANDFILLS, LAST_YEAR, SHEET_WORDS

MOST_CHANGES = 8


@yearly_page("inventory/yearly/home.html", methods=("GET",))
def home(request: PageRequest) -> Answer:
    """The newest year; without any, what to do first."""
    overview = queries.overview(request.actor, request.district)
    if not overview:
        may_open = request.actor.may(Act.OPEN_INVENTORY, district_id=request.district.pk)
        return {"nothing": True, "may_open": may_open, "open_url": address(request, "open_year")}
    return _year(request, overview, _busiest(overview).inventory.year)


@yearly_page("inventory/yearly/home.html")
def year(request: PageRequest, year: int) -> Answer:
    """One year; the lead bureau also sets its deadline here."""
    if request.method == "POST":
        try:
            deadlines.set_deadline(request.actor, request.district, year, _day(request.POST.get("due_on", "")))
        except UnableToChange as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已保存。"))
        return go(address(request, "year", year=year))
    return _year(request, queries.overview(request.actor, request.district), year)


@yearly_page("inventory/yearly/open.html")
def open_year(request: PageRequest) -> Answer:
    """Open a year: which edition, landfill method and warming potentials, and by when."""
    require(request.actor, Act.OPEN_INVENTORY, district_id=request.district.pk)
    opened = {view.inventory.year for view in queries.overview(request.actor, request.district)}
    free = _free(opened)
    asked = request.GET.get("year", "")
    values = {
        "year": asked if asked.isdecimal() else str(free[0] if free else ""),
        "edition": "provincial-2011", "landfill": "mass-balance", "gwp_set": "AR5", "draws": "0", "due_on": "",
    }  # fmt: skip
    errors: dict[str, str] = {}
    if request.method == "POST":
        values |= {key: str(request.POST.get(key, "")).strip() for key in values}
        try:
            made = deadlines.open_year_until(
                request.actor, request.district, _whole(values["year"], "year"), due_on=_day(values["due_on"]),
                edition=values["edition"], landfill=values["landfill"], gwp_set=values["gwp_set"],
                draws=_whole(values["draws"] or "0", "draws"),
            )  # fmt: skip
        except UnableToChange as refusal:
            errors[refusal.field or "year"] = str(refusal)
        else:
            messages.success(
                request, _("{year} 年的清单已经开始编制，各张表已分给通常填报它的单位。").format(year=made.year)
            )
            return go(address(request, "year", year=made.year))
    context = {
        "values": values, "errors": errors, "free": free, "editions": _choices(EDITIONS, values["edition"]),
        "landfills": _choices(LANDFILLS, values["landfill"]), "gwp_sets": [
            {**one, "help": f"{_weights(one['code'])} {one['help']}"} for one in _choices(GWP_SETS, values["gwp_set"])
        ],
        "home_url": address(request, "home"), "most_draws": years.MOST_DRAWS,
    }  # fmt: skip
    return wrong(render(request, "inventory/yearly/open.html", context)) if errors else context


def _free(opened: Collection[int]) -> list[int]:
    """The years that can still be opened, newest first: from 2015 to 2025, and later ones as they come."""
    last = max(LAST_YEAR, timezone.localdate().year)
    return [n for n in range(last, FIRST_YEAR - 1, -1) if n not in opened]


def _busiest(overview: list[YearView]) -> YearView:
    """The newest year that is being worked on; without one, the newest."""
    still_open = [view for view in overview if view.inventory.status == "open"]
    return (still_open or overview)[-1]


def _year(request: PageRequest, overview: list[YearView], year: int) -> dict[str, Any]:
    found = queries.home(request.actor, request.district, year)
    inventory, run = found.view.inventory, found.view.run
    today = timezone.localdate()
    may_read = request.actor.may(Act.READ_INVENTORY, district_id=request.district.pk)
    all_findings = checking.findings_of(request.actor, request.district, year)
    standings = deadlines.standings(found.sheets, inventory.due_on, today)
    urls = {
        "workbook": address(request, "workbook", year=year),
        "checks": address(request, "checks", year=year),
        "compute": address(request, "compute", year=year),
        "tree": address(request, "tree", year=year),
        "sheets": "#sheets",
        "files": "#files",
    }
    mine = [view for view in found.sheets if view.may_submit and not view.may_assign]
    return {
        "inventory": inventory,
        "year": year,
        "run": run,
        "chosen": [
            EDITIONS[inventory.edition][0], LANDFILLS[inventory.landfill][0], inventory.gwp_set,
            _("抽样 {n} 次").format(n=inventory.draws) if inventory.draws else _("误差传递"),
        ],
        "year_tabs": _tabs(request, overview, year, found.may_open),
        "steps": steps_of(found, all_findings or None, urls),
        "urls": urls,
        "may_read": may_read,
        "may_open": found.may_open,
        "may_compute": found.may_compute,
        "mine": [_sheet_line(request, view, year) for view in mine],
        "standings": [_standing(request, one, year, may_read) for one in standings],
        "late": [one for one in standings if one.late],
        "open_findings": sum(one.state == "open" and one.severity != "note" for one in all_findings),
        "gaps": found.gaps,
        "today": today,
        **_figures(request, found, run),
    }  # fmt: skip


def _figures(request: PageRequest, found: Home, run: Run | None) -> dict[str, Any]:
    if run is None or found.tree is None:
        return {}
    code, year = request.district.code, found.view.inventory.year
    scheme = runs.scheme_of_run(run)
    before = next(
        (v for v in queries.overview(request.actor, request.district) if v.inventory.year == year - 1 and v.run), None
    )
    total, last = found.view.total, before.total if before else None
    return {
        "total": figure(found.view.total, run.uid, code),
        "total_without": figure(found.view.total_without_lulucf, run.uid, code),
        "against_last": _against(total, last) if before and before.run and before.run.settings["gwp_set"] == run.settings["gwp_set"] else "",
        "strip": strip(
            found.tree.sectors, run.uid, code, lambda sector: address(request, "category", year=year, code=sector)
        ),
        "indicators": [
            {"name": named(one), "shown": figure(one.line, run.uid, code)}
            for one in outward.indicators_of(scheme, found.tree)
        ],
        "stale": _stale(request, run) if run.stale_at else None,
        "files": [
            {"label": label, "note": note, "url": address(request, "run_file", uid=run.uid, form=form)}
            for form, label, note in (
                ("report", _("报告"), "docx"), ("results", _("计算结果（带公式）"), "xlsx"), ("json", _("全部数据"), "JSON"),
            )
        ],
    }  # fmt: skip


def _against(total: Any, last: Any) -> str:
    if total is None or last is None or total.value is None or not last.value:
        return ""
    percent = 100 * (total.value / last.value - 1)
    return _("比上年 {sign}{percent:.1f}%").format(sign="+" if percent >= 0 else "−", percent=abs(percent))


def _stale(request: PageRequest, run: Run) -> dict[str, Any]:
    """Since when the run no longer holds, and what changed."""
    if not request.actor.may(Act.READ_INVENTORY, district_id=request.district.pk):
        return {"since": run.stale_at, "note": run.stale_note, "changes": [], "more": 0}
    changes = runs.stale(request.actor, request.district, run.uid)
    scheme = runs.scheme_of_run(run)

    def said(change: Change) -> str:
        quantity = scheme.quantity.get((change.quantity, change.labels))
        leaf = change.after or change.before
        name = (
            named(quantity)
            if quantity
            else (leaf.origin.en if is_english() else leaf.origin.zh)
            if leaf
            else change.quantity
        )
        old, new = (f"{x.value:,.6g}" if x and x.value is not None else "—" for x in (change.before, change.after))
        return f"{name}：{old} → {new}"

    return {
        "since": run.stale_at,
        "note": run.stale_note,
        "changes": [said(change) for change in changes[:MOST_CHANGES]],
        "more": max(len(changes) - MOST_CHANGES, 0),
    }


def _tabs(request: PageRequest, overview: list[YearView], current: int, may_open: bool) -> list[dict[str, Any]]:
    """Every year from 2015 to 2025, and any other that was opened; those not opened lead to opening them."""
    opened = {view.inventory.year: view for view in overview}
    found = []
    for n in sorted(opened.keys() | set(range(FIRST_YEAR, LAST_YEAR + 1))):
        view = opened.get(n)
        if view is None and not may_open:
            continue
        url = address(request, "year", year=n) if view else address(request, "open_year", {"year": n})
        state = "new" if view is None else "stale" if view.is_stale else view.inventory.status
        found.append({"year": n, "url": url, "current": n == current, "state": state})
    if may_open and all(tab["state"] != "new" for tab in found) and _free(opened):
        found.append({"year": "+", "url": address(request, "open_year"), "current": False, "state": "new"})
    return found


def _standing(request: PageRequest, one: Standing, year: int, may_read: bool) -> dict[str, Any]:
    return {
        "one": one,
        "name": one.organisation or _("还没有分给哪个单位"),
        "sheets": [_sheet_line(request, view, year, may_read) for view in one.sheets],
    }


def _sheet_line(request: PageRequest, view: Any, year: int, may_read: bool = True) -> dict[str, Any]:
    opens = may_read or view.may_submit or view.may_fill
    return {
        "view": view,
        "name": named(view.sheet),
        "word": SHEET_WORDS[view.status],
        "url": address(request, "sheet", year=year, sheet=view.sheet.key) if opens else "",
    }


def _choices(words: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    return [{"code": c, "word": w, "help": h, "chosen": c == chosen} for c, (w, h) in words.items()]


def _weights(gwp_set: str) -> str:
    """What the two other main gases weigh in a set, so that one can tell the sets apart."""
    methane, laughing = (warming_potential(gas, GwpSet(gwp_set)).value for gas in ("CH4", "N2O"))
    return _("甲烷 {methane:g}、氧化亚氮 {n2o:g}。").format(methane=methane, n2o=laughing)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as trouble:
        raise UnableToChange(_("“{text}”不是日期，请写成 2026-03-31。").format(text=text), field="due_on") from trouble


def _whole(text: str, field: str) -> int:
    if not text.isdecimal() or len(text) > 6:
        raise UnableToChange(_("“{text}”不是整数。").format(text=text), field=field)
    return int(text)
