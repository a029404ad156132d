"""The design system, documented by itself: every part on one page, drawn by the same code as everywhere else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.face.charts import Chart, Series, bars, lines
from qihou.face.maps import Map, Place
from qihou.face.pages import PageRequest, page
from qihou.face.states import ASSESSMENT, STATES
from qihou.face.strips import states_strip
from qihou.face.tables import Column, Filter, Table
from qihou.face.tokens import contrast, tokens
from qihou.face.values import Cell, Missing

COLOURS = ["ink", "secondary", "line", "paper", "ground", "sunk", "pine", "river", "clay"]
WORKING = [
    "draft",
    "submitted",
    "returned",
    "accepted",
    "published",
    "review",
    "adopted",
    "running",
    "failed",
    "interrupted",
]
KINDS = {
    "list": gettext_lazy("列表：筛选在地址里，列可选，表头不动，合计，导出"),
    "thing": gettext_lazy("事物：事实、状态及其原因、历史、与它相关的一切"),
    "workspace": gettext_lazy("工作台：步骤、还缺什么、谁晚了"),
    "console": gettext_lazy("值守台：实时、键盘、声音"),
    "wall": gettext_lazy("大屏：不操作，五米外能读"),
}
# An outline that is no place on earth: the office's maps are not for a public page.
ISLAND = {
    "type": "Polygon",
    "coordinates": [
        [[10.0, 30.0], [10.12, 30.08], [10.3, 30.06], [10.36, 30.2], [10.2, 30.3], [10.04, 30.22], [10.0, 30.0]]
    ],
}


class SampleForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("名称"), help_text=gettext_lazy("按文件所印填写。"))
    amount = forms.DecimalField(
        label=gettext_lazy("投资"),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=gettext_lazy("万元"),
    )
    note = forms.CharField(label=gettext_lazy("说明"), widget=forms.Textarea, required=False)


@page("web/design.html", public=True)
def design(request: PageRequest) -> dict[str, Any]:
    day = tokens()
    form = SampleForm({"title": _("示例项目"), "amount": _("约三百")})
    form.is_valid()
    return {
        "colours": [
            {"name": name, "value": day[name], "ratio": f"{contrast(day[name], day['paper']):.1f}"} for name in COLOURS
        ],
        "assessment": ASSESSMENT,
        "working": WORKING,
        "missing": [m.value for m in Missing],
        "severities": ["error", "warning", "note"],
        "levels": [("blue", _("蓝色")), ("yellow", _("黄色")), ("orange", _("橙色")), ("red", _("红色"))],
        "kinds": KINDS.items(),
        "table": sample_table(request),
        "form": form,
        "chart": sample_bars(),
        "line_chart": sample_lines(),
        "map": sample_map(),
        "strip": states_strip(
            {"achieved": 3, "on_track": 6, "at_risk": 2, "off_track": 1, "not_delivered": 4, "not_due": 5}
        ),
        "job": {
            "state": "running",
            "step": _("正在核对资金"),
            "done": 31,
            "total": 45,
            "finished": True,
            "uid": "sample",
        },
        "number": Decimal("1234.50"),
        "half": Decimal("12.5"),
        "states_count": len(STATES),
        "max_bytes": settings.MAX_UPLOAD_BYTES,
    }


def sample_table(request: HttpRequest) -> Any:
    rows = [
        {
            "name": _("河岸加固"),
            "amount": Decimal("1280.00"),
            "share": Decimal("64"),
            "state": "on_track",
            "start": date(2022, 3, 1),
        },
        {"name": _("屋顶光伏"), "amount": Missing.UNDETERMINED, "share": None, "state": "not_delivered", "start": None},
        {
            "name": _("公交更新"),
            "amount": Decimal("560.50"),
            "share": Decimal("12"),
            "state": "off_track",
            "start": date(2021, 9, 1),
        },
        {
            "name": _("湿地修复"),
            "amount": Decimal("75.25"),
            "share": Decimal("100"),
            "state": "achieved",
            "start": date(2023, 1, 1),
        },
    ]
    table = Table(
        name="sample",
        title=_("项目"),
        sort="name",
        search_label=_("在表内查找"),
        columns=[
            Column("name", _("项目"), heading=True),
            Column(
                "amount",
                _("投资"),
                "money",
                unit=_("万元"),
                total=True,
                value=lambda r: Cell(r["amount"], illustrative=True),
            ),
            Column("share", _("完成"), "percent"),
            Column("state", _("状态"), "state"),
            Column("start", _("开工"), "date", optional=True),
        ],
        filters=[Filter("state", _("状态"), [(s, STATES[s].word) for s in ASSESSMENT])],
    )
    return table.bind(rows, request.GET)


def sample_bars() -> Chart:
    series = [
        Series(_("上级资金"), [120, 180, 90, 60], "series-2"),
        Series(_("区级财政"), [40, 60, 70, 80], "series-1"),
        Series(_("社会投资"), [200, 140, None, 60], "series-3"),
    ]
    years = ["2022", "2023", "2024", "2025"]
    return Chart(
        "sample-bars", _("投资在 2023 年最多"), bars(years, series, unit=_("万元"), stacked=True), illustrative=True
    )


def sample_lines() -> Chart:
    series = [Series(_("实际"), [100, 96, 91, None], "pine"), Series(_("目标"), [100, 95, 90, 82], "secondary")]
    title = _("2024 年起没有数值：断线，不补零")
    return Chart("sample-lines", title, lines(["2021", "2022", "2023", "2024"], series, unit="%"), illustrative=True)


def sample_map() -> Map:
    places = [
        Place("a", _("甲镇"), 10.1, 30.14),
        Place("b", _("乙镇"), 10.12, 30.15),
        Place("c", _("丙镇"), 10.25, 30.2, tone="clay"),
    ]
    return Map("sample", _("三个镇（虚构）"), ISLAND, places, source=_("虚构的轮廓，仅作示例"))
