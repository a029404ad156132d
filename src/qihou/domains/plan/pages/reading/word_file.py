"""The register of one version as a Word file in the layout of a plan's annex."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.views import (
    IndicatorView,
    ItemView,
    Party,
    ProjectsView,
    ProjectView,
    TaskView,
    VersionView,
)
from qihou.domains.plan.api.words import MONEY_FIELDS, NATURES, list_mark, value_text
from qihou.face import formats
from qihou.face.pages import PageRequest
from qihou.face.values import Missing

from .docx import MEDIA_TYPE, Sheet, annex
from .frame import register_page
from .tables import base_heads
from .values import period_text, target_of

BLANK = "—"


@register_page("", tab="")
def register_docx(request: PageRequest, version: VersionView) -> HttpResponse:
    today = timezone.localdate()
    where = (request.actor, request.district, version.uid)
    indicators = queries.indicators(*where, today=today).rows
    projects = queries.projects(*where, today=today)
    tasks = queries.tasks(*where, today=today).rows
    title = version.title or version.plan_title
    lede = _(
        "第 %(n)s 版 %(label)s;由 %(file)s 读出(SHA-256 %(hash)s),生成于 %(day)s。“待定”是原文无法判定的单元格。"
    ) % {
        "n": version.number,
        "label": version.label,
        "file": version.source.name,
        "hash": version.source.sha256[:16],
        "day": formats.day(today),
    }
    content = annex(title, lede, [indicator_sheet(indicators), project_sheet(projects), task_sheet(tasks)])
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    name = quote(f"{title}-{_('登记册')}-{version.number}.docx")
    response["Content-Disposition"] = f"attachment; filename=\"register.docx\"; filename*=UTF-8''{name}"
    return response


def indicator_sheet(rows: tuple[IndicatorView, ...]) -> Sheet:
    base, target = base_heads(rows)
    return Sheet(
        title=_("指标体系"),
        heads=(_("类别"), _("序号"), _("具体指标"), _("单位"), base, target, _("指标性质"), _("责任部门")),
        widths=(3, 1.2, 7, 2.4, 2.6, 3.6, 2.2, 4.4),
        rows=(
            (r.category, r.no, r.title, r.unit, cell(r, "base"), target_text(r), nature(r), names(r.leads))
            for r in rows
        ),
        numeric=frozenset({4, 5}),
        merged=frozenset({0}),
        notes=(_("带〔 〕的数为五年累计数。"),),
    )


def project_sheet(view: ProjectsView) -> Sheet:
    heads = (_("序号"), _("类别"), _("项目名称"), _("项目内容"), _("完成时限"), *money_heads(), _("牵头单位"))
    return Sheet(
        title=_("重点项目库"),
        heads=heads,
        widths=(1.1, 2.2, 2.6, 7.6, 2.1, 2.0, 2.0, 2.0, 2.0, 2.8),
        rows=_project_rows(view),
        numeric=frozenset({5, 6, 7, 8}),
        merged=frozenset({1, 2}),
        notes=(_("金额单位:万元。合计为逐项相加,不含待定的单元格。"),),
    )


def money_heads() -> tuple[str, ...]:
    return (_("总投资"), _("上级资金"), _("区级财政"), _("社会投资"))


def _project_rows(view: ProjectsView) -> Iterator[tuple[str, ...]]:
    for r in view.rows:
        amounts = (cell(r, f) for f in MONEY_FIELDS)
        yield (r.no, r.category, r.title, r.text, period(r), *amounts, names(r.leads))
    totals = (formats.money(getattr(view.total, f)) for f in MONEY_FIELDS)
    yield ("", "", _("合计"), "", "", *totals, "")


def task_sheet(rows: tuple[TaskView, ...]) -> Sheet:
    return Sheet(
        title=_("任务分工表"),
        heads=(_("序号"), _("任务类别"), _("重点任务"), _("任务内容"), _("牵头部门"), _("配合部门")),
        widths=(1.1, 3, 3.4, 11, 3.8, 4.1),
        rows=(
            (r.no, r.chapter, r.key_task, r.text, names(r.leads, r.leads_open), names(r.supporting, r.supporting_open))
            for r in rows
        ),
        merged=frozenset({1, 2}),
    )


def cell(row: ItemView, field: str) -> str:
    """A cell as it is printed in the annex: its value, 待定, or a dash where the document prints nothing."""
    found = row.cells[field]
    if found.undetermined:
        return str(Missing.UNDETERMINED.label)
    value: Any = getattr(row, field, None)
    if value is None:
        return BLANK
    text = value_text(field, value)
    return f"〔{text}〕" if field == "base" and getattr(row, "base_cumulative", False) else text


def target_text(row: IndicatorView) -> str:
    text = formats.plain(target_of(row).value)
    return f"〔{text}〕" if row.target_cumulative and row.target is not None else text


def nature(row: IndicatorView) -> str:
    if row.cells["nature"].undetermined:
        return str(Missing.UNDETERMINED.label)
    return str(NATURES.get(row.nature, row.nature or BLANK))


def period(row: ProjectView) -> str:
    if row.start_year is None and row.end_year is None:
        return str(Missing.UNDETERMINED.label) if row.cells["end"].undetermined else BLANK
    return period_text(row)


def names(parties: tuple[Party, ...], open_ended: bool = False) -> str:
    text = list_mark().join(p.printed for p in parties)
    return f"{text}{_('等')}" if text and open_ended else text or BLANK
