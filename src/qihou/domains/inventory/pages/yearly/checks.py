"""The checks of a year: what is odd, in which cells, and how it was explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qihou.domains.inventory.api import checking, years
from qihou.domains.inventory.api.checking import YearFinding
from qihou.domains.inventory.api.errors import UnableToChange
from qihou.face.pages import Answer, PageRequest
from qihou.face.states import state
from qihou.face.tables import Column, Filter, Table
from qihou.face.values import Link, Missing
from qihou.record.api.access import Act

from .common import address, go, is_english, named, wrong, yearly_page

MOST_CELLS = 6


@dataclass(frozen=True)
class Row:
    """A finding as the table shows it."""

    finding: YearFinding
    text: str
    url: str
    cells: tuple[Link, ...]
    sheets: tuple[Link, ...]


def _words(*codes: str) -> list[tuple[str, Any]]:
    return [(code, state(code).word) for code in codes]


CHECKS = Table(
    name="checks",
    title=lazy("核查发现"),
    file_name="清单核查",
    search_label=lazy("查找核查发现"),
    columns=[
        Column("severity", lazy("轻重"), "state", value=lambda r: r.finding.severity),
        Column("text", lazy("发现"), "long", heading=True, value=lambda r: r.text, url=lambda r: r.url),
        Column("sheets", lazy("所在的表"), "people", value=lambda r: list(r.sheets) or Missing.NOT_APPLICABLE, sortable=False),
        Column("cells", lazy("单元格"), "people", value=lambda r: list(r.cells) or Missing.NOT_APPLICABLE, sortable=False),
        Column("state", lazy("处理"), "state", value=lambda r: r.finding.state),
        Column("note", lazy("说明"), "long", value=lambda r: r.finding.note or None, optional=True),
        Column("places", lazy("原件单元格"), "long", value=lambda r: "、".join(r.finding.places) or None, optional=True),
    ],
    filters=[
        Filter("severity", lazy("轻重"), _words("error", "warning", "note"), of=lambda r: r.finding.severity),
        Filter("state", lazy("处理"), _words("open", "explained", "corrected"), of=lambda r: r.finding.state),
    ],
    empty_title=lazy("没有核查发现"),
    empty_text=lazy("还没有核查过，或者这一年的数据没有可疑的地方。"),
    row_id=lambda r: f"f-{r.finding.uid}",
)  # fmt: skip


@yearly_page("inventory/yearly/checks.html")
def checks(request: PageRequest, year: int) -> Answer:
    """All findings of a year; the bureau has them looked for again."""
    if request.method == "POST":
        try:
            count = checking.run_checks(request.actor, request.district, year)
        except UnableToChange as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("核查完毕，现有 {n} 条。").format(n=count))
        return go(address(request, "checks", year=year))
    found = checking.findings_of(request.actor, request.district, year)
    still_open = [one for one in found if one.state == "open"]
    return {
        "year": year,
        "inventory": years.the_inventory(request.actor, request.district, year),
        "table": CHECKS.bind([_row(request, one, year) for one in found], request.GET),
        "may_check": request.actor.may(Act.COMPUTE_INVENTORY, district_id=request.district.pk),
        "counts": [(code, sum(one.severity == code for one in still_open)) for code in ("error", "warning", "note")],
        "year_url": address(request, "year", year=year),
    }


@yearly_page("inventory/yearly/check.html")
def check(request: PageRequest, year: int, uid: UUID) -> Answer:
    """One finding: explained with a reason, or opened again."""
    finding = checking.the_finding(request.actor, request.district, year, uid)
    values = {"state": finding.state, "note": finding.note}
    errors: dict[str, str] = {}
    if request.method == "POST":
        values = {"state": request.POST.get("state", ""), "note": request.POST.get("note", "")}
        try:
            checking.settle(request.actor, request.district, year, uid, values["state"], values["note"])
        except UnableToChange as refusal:
            errors[refusal.field or "note"] = str(refusal)
        else:
            messages.success(request, _("已保存。"))
            return go(address(request, "checks", year=year) + f"#f-{uid}")
    context = {
        "year": year, "finding": finding, "row": _row(request, finding, year, most=40), "values": values, "errors": errors,
        "may_settle": request.actor.may(Act.DECIDE_INVENTORY, district_id=request.district.pk),
        "checks_url": address(request, "checks", year=year),
        "category": named(finding.category) if finding.category else "",
    }  # fmt: skip
    return wrong(render(request, "inventory/yearly/check.html", context)) if errors else context


def _row(request: PageRequest, one: YearFinding, year: int, most: int = MOST_CELLS) -> Row:
    cells = [
        Link(named(cell), address(request, "cell", {"code": cell.code}, year=year, sheet=cell.sheet))
        for cell in one.cells[:most]
    ]
    if len(one.cells) > most:
        cells.append(Link(_("等 {n} 格").format(n=len(one.cells)), address(request, "check", year=year, uid=one.uid)))
    return Row(
        one,
        one.en if is_english() else one.zh,
        address(request, "check", year=year, uid=one.uid),
        tuple(cells),
        tuple(Link(named(s), address(request, "sheet", year=year, sheet=s.key)) for s in one.sheets),
    )
