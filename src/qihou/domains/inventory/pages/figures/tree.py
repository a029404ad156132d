"""The sector tree of a run: every category with its gases, range, share, status and what changed since the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qihou.domains.inventory.api import queries, runs
from qihou.domains.inventory.api.rows import Row, Tree
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line
from qihou.domains.inventory.methods.scheme.parts import Category, Sector
from qihou.face.html import with_query
from qihou.face.pages import PageRequest, page
from qihou.face.tables import BoundTable, Column, Table
from qihou.face.tables.render import cell_html
from qihou.face.values import Cell
from qihou.figures.missing import Flag

from .cells import emission, half, in_unit, missing, percent
from .choosing import NAV, Answer, Chosen, figures_page, illustrative, nothing_yet
from .words import F_GASES, gas_name, listed, name, total_name

MAIN_GASES = ("CO2", "CH4", "N2O")
_NUMBER = Column("value", "", "number")


@dataclass(frozen=True)
class Shown:
    """A row of the tree as the template writes it."""

    code: str
    number: str
    name: str
    depth: int
    url: str
    toggle: str
    is_open: bool
    value: str
    half: str
    share: str
    gases: tuple[str, ...]
    change: str
    status: str
    ipcc: str
    gpc: str
    sink: bool


@page("", nav=NAV)
def results(request: PageRequest) -> Answer:
    """The newest year that has figures."""
    years = [view.inventory.year for view in queries.overview(request.actor, request.district) if view.run]
    if not years:
        return nothing_yet(request)
    return HttpResponseRedirect(
        reverse("inventory:tree", kwargs={"district_code": request.district.code, "year": max(years)})
    )


@figures_page("inventory/figures/tree.html", "tree")
def tree(request: PageRequest, *, chosen: Chosen) -> Answer:
    found = queries.tree(request.actor, request.district, chosen.run.uid)
    with_lulucf = request.GET.get("lulucf", "1") != "0"
    before = _year_before(request, chosen)
    gases = (*(g for g in MAIN_GASES if g in found.gases), *([F_GASES] if set(found.gases) - set(MAIN_GASES) else []))
    show = _Showing(request, chosen, found, before, gases, with_lulucf)
    counted = [row for row in found.rows if row.counts and (with_lulucf or row.category.sector is not Sector.LULUCF)]
    beside = [row for row in found.rows if not row.counts]
    return {
        "with_lulucf": with_lulucf,
        "lulucf_urls": (with_query(request.GET, lulucf=None), with_query(request.GET, lulucf="0")),
        "gases": [gas_name(gas) for gas in gases],
        "crosswalk": request.GET.get("crosswalk") == "1",
        "crosswalk_url": with_query(request.GET, crosswalk=None if request.GET.get("crosswalk") == "1" else "1"),
        "open_all_url": with_query(request.GET, open="all"),
        "close_all_url": with_query(request.GET, open="none"),
        "rows": list(show.rows(counted)),
        "totals": [show.total(lulucf=with_lulucf), show.total(lulucf=not with_lulucf)],
        "memo": [show.one(row) for row in beside if row.category.sector.in_total and row.line],
        "indirect": [show.one(row) for row in beside if row.category.sector is Sector.INDIRECT and row.line],
        "before": before is not None,
        "illustrative": illustrative(found.lines),
        "table": export_table(found, chosen, request),
    }


class _Showing:
    """Rows as strings, with what all of them need at hand."""

    def __init__(
        self,
        request: PageRequest,
        chosen: Chosen,
        found: Tree,
        before: Mapping[tuple[str, str], Line] | None,
        gases: tuple[str, ...],
        with_lulucf: bool,
    ) -> None:
        self.request, self.chosen, self.before, self.gases = request, chosen, before, gases
        self.found = found
        whole = found.total if with_lulucf else found.total_without_lulucf
        self.whole = whole.value
        self.bound = BoundTable(Table("cells", [_NUMBER]), [], request.GET, district_code=chosen.code)
        wanted = request.GET.get("open", "")
        parents = {row.category.parent for row in found.rows if row.category.parent}
        sectors = {row.code for row in found.rows if row.depth == 0}
        self.parents = parents
        self.open = (
            parents if wanted == "all" else set() if wanted == "none" else set(wanted.split(",")) if wanted else sectors
        )

    def rows(self, rows: list[Row]) -> Iterator[Shown]:
        """Those under open categories."""
        for row in rows:
            parts = row.code.split(".")
            above = {".".join(parts[:end]) for end in range(1, len(parts))}
            if above <= self.open:
                yield self.one(row)

    def one(self, row: Row) -> Shown:
        category, line = row.category, row.line
        return Shown(
            row.code, category.number, name(category), row.depth, self.chosen.category_url(row.code),
            self._toggle(row.code), row.code in self.open,
            *self._numbers(line, row.gases), self._change(line),
            f"figure_{line.status.value}" if line else "", category.ipcc, category.gpc, category.sink,
        )  # fmt: skip

    def total(self, *, lulucf: bool) -> Shown:
        code = TOTAL if lulucf else TOTAL_WITHOUT_LULUCF
        line = self.found.lines[code, ""]
        gases = {gas: each for (key, gas), each in self.found.lines.items() if key == code and gas}
        return Shown(
            code, "", total_name(lulucf=lulucf), 0, "", "", False, *self._numbers(line, gases), self._change(line),
            f"figure_{line.status.value}", "", "", False,
        )  # fmt: skip

    def _numbers(self, line: Line | None, gases: Mapping[str, Line]) -> tuple[str, str, str, tuple[str, ...]]:
        uid = self.chosen.run.uid
        share = line.value / self.whole if line and line.value is not None and self.whole else None
        by_gas = []
        for gas in self.gases:
            if gas == F_GASES:
                by_gas.append(self._fluorinated(gases))
            else:
                by_gas.append(self._html(emission(gases.get(gas), uid, marks=False)))
        return self._html(emission(line, uid)), half(line), percent(share), tuple(by_gas)

    def _fluorinated(self, gases: Mapping[str, Line]) -> str:
        """Their sum; each opens by itself on the category's page."""
        some = [line for gas, line in gases.items() if gas not in MAIN_GASES]
        values = [line.value for line in some if line.value is not None]
        if not values:
            return self._html(emission(some[0] if some else None, self.chosen.run.uid, marks=False))
        return self._html(
            Cell(
                in_unit(sum(values)),
                title=listed([f"{gas_name(one.gas)} {in_unit(one.value)}" for one in some if one.value]),
            )
        )

    def _change(self, line: Line | None) -> str:
        old = self.before.get((line.code, line.gas)) if line and self.before else None
        if line is None or line.value is None or old is None or not old.value:
            return ""
        moved = (line.value - old.value) / abs(old.value)
        return ("+" if moved > 0 else "") + percent(moved)

    def _html(self, cell: Cell) -> SafeString:
        return SafeString(cell_html(cell, _NUMBER, None, self.bound))

    def _toggle(self, code: str) -> str:
        if code not in self.parents:
            return ""
        kept = self.open ^ {code}
        return with_query(self.request.GET, open=",".join(sorted(kept)) or "none")


def _year_before(request: PageRequest, chosen: Chosen) -> Mapping[tuple[str, str], Line] | None:
    """The newest figures of the year before, where they may be compared."""
    older = runs.newest_run(request.actor, request.district, chosen.year - 1)
    if older is None or older.settings["gwp_set"] != chosen.run.settings["gwp_set"]:
        return None
    return runs.lines_of(older)


def export_table(found: Tree, chosen: Chosen, request: PageRequest) -> BoundTable:
    """Everything in tonnes, category by category and gas by gas, for xlsx and csv."""
    uid = chosen.run.uid
    columns = [
        Column("number", _("编号"), value=lambda r: r.category.number),
        Column("name", _("类别"), value=lambda r: name(r.category), heading=True),
        Column("value", _("排放量"), "number", unit="tCO₂e", value=lambda r: _tonnes(r.line)),
        Column("low", _("下限（95%）"), "number", unit="tCO₂e", value=lambda r: r.line.low if r.line else None),
        Column("high", _("上限（95%）"), "number", unit="tCO₂e", value=lambda r: r.line.high if r.line else None),
        Column("half", _("±（传递法）"), "percent", value=lambda r: r.line.half_percent if r.line else None),
        *(Column(f"gas_{gas}", gas_name(gas), "number", unit="tCO₂e", value=_gas_column(gas)) for gas in found.gases),
        Column("counts", _("计入总量"), value=lambda r: str(_("是")) if r.counts else str(_("否"))),
        Column("status", _("状态"), "state", value=lambda r: f"figure_{r.line.status.value}" if r.line else None),
        Column(
            "illustrative",
            _("数据"),
            value=lambda r: str(_("示例")) if r.line and r.line.flags & Flag.ILLUSTRATIVE else str(_("填报")),
        ),
        Column("ipcc", "IPCC 2006", value=lambda r: r.category.ipcc),
        Column("gpc", "GPC", value=lambda r: r.category.gpc),
        Column("id", _("数的编号"), value=lambda r: r.line.id if r.line else None),
    ]
    rows = [*found.rows, *(_total_row(found, lulucf) for lulucf in (True, False))]
    label = f"{chosen.code}-{chosen.year}"
    return Table("tree-table", columns, title=_("温室气体清单"), file_name=f"inventory-{label}-{uid}").bind(
        rows, request.GET, district_code=chosen.code
    )


def _gas_column(gas: str) -> Callable[[Row], Any]:
    return lambda row: _tonnes(row.gases.get(gas))


def _tonnes(line: Line | None) -> Any:
    if line is None:
        return None
    return missing(line) if line.value is None else line.value


def _total_row(found: Tree, lulucf: bool) -> Row:
    code = TOTAL if lulucf else TOTAL_WITHOUT_LULUCF
    label = total_name(lulucf=lulucf)
    gases = {gas: line for (key, gas), line in found.lines.items() if key == code and gas}
    return Row(Category(code, "", label, label, Sector.CONTEXT), 0, found.lines[code, ""], gases, None, True, False)
