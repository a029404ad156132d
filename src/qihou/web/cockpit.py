"""The district at a glance: on the desk and on a wall."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.domains.inventory.api import queries as inventories
from qihou.domains.plan.api import queries
from qihou.domains.plan.api.sums import paid_rests_on, rests_on
from qihou.domains.plan.api.views import FUNDING, SPLIT, CockpitData, IndicatorView, Money
from qihou.domains.plan.api.words import SOURCES
from qihou.face import formats
from qihou.face.charts import Chart, Series, bars
from qihou.face.pages import PageRequest, page
from qihou.face.states import ASSESSMENT
from qihou.face.strips import Part, states_strip, strip
from qihou.face.tables import BoundTable, Column, Table
from qihou.face.values import Missing
from qihou.figures.missing import Flag
from qihou.measure.periods import Period

from .district_map import district_map

TONNES = 10_000  # in a 万吨
COLOURS = {"upper_level": "series-2", "district_budget": "series-1", "private": "series-3", "unplaced": "not-due"}


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator as one line: where it started, where it is, where it must get to."""

    no: str
    title: str
    url: str
    unit: str
    state: str
    base: Any
    latest: Any
    latest_year: int | None
    target: Any
    binding: bool
    illustrative: bool

    @property
    def has_latest(self) -> bool:
        return not isinstance(self.latest, Missing)

    @property
    def target_unit(self) -> str:
        return "" if isinstance(self.target, Missing) else self.unit


@dataclass(frozen=True)
class EmissionsTile:
    """The newest year's total in 万吨CO₂e, net of land use, as far as the reader may see one."""

    year: int
    value: Decimal | None
    half_percent: float | None
    illustrative: bool
    unverified: bool
    stale: bool
    url: str


def emissions_tile(request: PageRequest) -> EmissionsTile | None:
    """None where no year has been worked out, or none that the reader may see."""
    points = inventories.series(request.actor, request.district)
    if not points:
        return None
    newest, line = points[-1], points[-1].line
    return EmissionsTile(
        newest.year,
        None if line.value is None else Decimal(repr(line.value)) / TONNES,
        line.half_percent,
        bool(line.flags & Flag.ILLUSTRATIVE),
        bool(line.flags & Flag.UNVERIFIED),
        newest.stale,
        reverse("inventory:tree", kwargs={"district_code": request.district.code, "year": newest.year}),
    )


def cockpit_data(request: PageRequest) -> CockpitData:
    return queries.cockpit(request.actor, request.district, today=timezone.localdate())


@page("web/cockpit.html", nav="cockpit")
def cockpit(request: PageRequest) -> dict[str, Any]:
    data = cockpit_data(request)
    emissions = emissions_tile(request)
    if data.version is None:
        return {"data": data, "emissions": emissions}
    return {
        "emissions": emissions,
        **shared(request, data),
        "chart": by_year_chart(request, data),
        "map": district_map(request.district, live=True),
    }


@page("web/wall.html", nav="cockpit")
def wall(request: PageRequest) -> dict[str, Any]:
    """For a screen nobody touches: it renews itself, and its session with it."""
    request.session.modified = True
    data = cockpit_data(request)
    context: dict[str, Any] = {"data": data, "now": timezone.localtime(), "reload_seconds": 60}
    if data.version is None:
        return context
    drawn = district_map(request.district, live=False, label_size=19)
    return {**context, **shared(request, data), "map": drawn}


def shared(request: PageRequest, data: CockpitData) -> dict[str, Any]:
    states = {kind: data.states.get(kind, {}) for kind in ("indicator", "project", "task")}
    opened = {severity: by_state.get("open", 0) for severity, by_state in data.findings.items()}
    english = (get_language() or "").startswith("en")
    quarter = Period.quarter_of(timezone.localdate())
    return {
        "data": data,
        "period": formats.period(quarter, "en" if english else "zh-hans"),
        "indicators": [indicator_line(request.district.code, i) for i in data.indicators],
        "counts": {kind: sum(of.values()) for kind, of in states.items()},
        "states": {kind: ordered(of) for kind, of in states.items()},
        "strips": {kind: states_strip(of) for kind, of in states.items()},
        "chapters": chapters(data),
        "money": money_parts(data.money),
        "money_strip": money_strip(data.money),
        "invested": data.money.shown("investment"),
        "invested_rests_on": rests_on(data.money, "investment"),
        "sources_rest_on": source_notes(data.money),
        "paid": paid(data),
        "paid_rests_on": paid_rests_on(data.paid_from) if data.projects else "",
        "paid_share": share(data.paid.investment, data.money.investment) if _reported(data) else None,
        "opened": opened,
        "opened_total": sum(opened.values()),
        "overdue": data.overdue[:8],
        "overdue_total": sum(n for _name, n in data.overdue),
        "waiting": sum(i.target is None and i.assigned_later and i.assigned_value is None for i in data.indicators),
    }


def _reported(data: CockpitData) -> bool:
    return any(p.paid is not None for p in data.projects)


def paid(data: CockpitData) -> Decimal | Missing:
    """What accepted reports say was paid; without any that is unknown, not zero."""
    if _reported(data):
        return data.paid.investment
    return Missing.AWAITING if data.paid_from.waiting else Missing.NOT_DELIVERED


def source_notes(money: Money) -> list[str]:
    """Per source, what its sum lacks."""
    notes = [(SOURCES[key], rests_on(money, key)) for key in FUNDING]
    return [_("%(source)s：%(rests)s") % {"source": word, "rests": rests} for word, rests in notes if rests]


def ordered(counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(code, counts[code]) for code in ASSESSMENT if counts.get(code)]


def indicator_line(district_code: str, row: IndicatorView) -> IndicatorLine:
    target: Any = row.target if row.target is not None else row.assigned_value
    if target is None:
        target = Missing.ASSIGNED_LATER if row.assigned_later else row.target_text or _absent(row, "target")
    return IndicatorLine(
        no=row.no,
        title=row.title,
        url=reverse("plan:item", kwargs={"district_code": district_code, "uid": row.uid}),
        unit=row.unit,
        state=row.state.code,
        base=row.base if row.base is not None else _absent(row, "base"),
        latest=row.latest if row.latest is not None else Missing.NOT_DELIVERED,
        latest_year=row.latest_year,
        target=target,
        binding=row.nature == "binding",
        illustrative=row.illustrative,
    )


def _absent(row: IndicatorView, field: str) -> Missing:
    cell = row.cells.get(field)
    return Missing.UNDETERMINED if cell is not None and cell.undetermined else Missing.ABSENT


def chapters(data: CockpitData) -> list[dict[str, Any]]:
    """Per chapter of the tasks: how many, and how they stand."""
    counts: dict[str, Counter[str]] = {}
    for task in data.tasks:
        counts.setdefault(task.chapter or _("未分章"), Counter())[task.state.code] += 1
    return [
        {"title": title, "count": sum(of.values()), "strip": states_strip(of), "states": ordered(dict(of))}
        for title, of in counts.items()
    ]


def money_parts(money: Money) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "amount": amount,
            "word": SOURCES[key],
            "fill": COLOURS[key],
            "share": share(amount, money.investment),
        }
        for key, amount in money.parts
    ]


def money_strip(money: Money) -> str:
    parts = [
        Part(p["amount"], p["fill"], f"{p['word']} {formats.money(p['amount'])} {_('万元')}")
        for p in money_parts(money)
    ]
    return strip(parts, _("投资按资金来源"), height=18)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    return None if not whole else (part * 100 / whole).quantize(Decimal("0.1"))


def by_year_chart(request: PageRequest, data: CockpitData) -> Chart | None:
    """Investment by year and source; the years' shares are computed, which the note says."""
    if not data.by_year:
        return None
    years = sorted(data.by_year)
    highest = max(years, key=lambda y: data.by_year[y].investment)
    series = [
        Series(SOURCES[key], [getattr(data.by_year[y], key) for y in years], colour)
        for key, colour in COLOURS.items()
        if any(getattr(data.by_year[y], key) for y in years)
    ]
    return Chart(
        name="investment-by-year",
        title=_("年度投资 %(year)s 年最多，%(amount)s 万元")
        % {"year": highest, "amount": formats.money(data.by_year[highest].investment)},
        option=bars([_("%(year)s年") % {"year": y} for y in years], series, unit=_("万元"), stacked=True),
        table=year_table(request, data),
        notes=[_("按各项目起止年份平均分摊推算，文件未逐年列出。"), *not_spread(data)],
        size="short",
    )


def not_spread(data: CockpitData) -> list[str]:
    """Projects that stand in no year, because their amount or their years are missing."""
    left = [p for p in data.projects if not p.by_year]
    amount = sum((p.investment for p in left if p.investment is not None), Decimal(0))
    if not left:
        return []
    if not amount:
        return [_("%(n)s 个项目没有印出金额或年份，不在图中。") % {"n": len(left)}]
    words = {"n": len(left), "amount": formats.money(amount)}
    return [_("%(n)s 个项目没有印出金额或年份，不在图中；其中印出的投资 %(amount)s 万元。") % words]


def year_table(request: PageRequest, data: CockpitData) -> BoundTable:
    def part(key: str) -> Any:
        return lambda row: row[1].shown(key)

    columns = [
        Column("year", _("年份"), value=lambda row: str(row[0]), sortable=False),
        Column(
            "investment", _("总投资"), "money", unit=_("万元"), value=part("investment"), total=True, sortable=False
        ),
        *(
            Column(key, SOURCES[key], "money", unit=_("万元"), value=part(key), total=True, sortable=False)
            for key in SPLIT
        ),
    ]
    table = Table(name="years", title=_("年度投资"), file_name=_("年度投资"), columns=columns, prefix="years")
    return table.bind(sorted(data.by_year.items()), request.GET)
