"""The whole register of a version as one file: Word in the annex's layout, or a workbook with typed cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from qihou.face import formats
from qihou.face.tables.export import put
from qihou.face.values import Missing
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from .annex import Sheet, annex
from .reading import findings
from .registers import indicators, projects, tasks
from .sums import rests_on
from .views import (
    FindingsView,
    IndicatorsView,
    IndicatorView,
    ItemView,
    Money,
    Party,
    ProjectsView,
    ProjectView,
    TasksView,
    VersionView,
)
from .words import FINDING_STATES, MONEY_FIELDS, NATURES, SEVERITIES, field_name, list_mark

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BLANK = "—"


def register_docx(actor: Actor, district: Feature, version: UUID, *, today: date) -> bytes:
    """Indicators, projects with a total row, and tasks as the three tables of an annex; says version and source."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    listed = indicators(actor, district, version, today=today)
    sheets = (
        indicator_sheet(listed),
        project_sheet(projects(actor, district, version, today=today)),
        task_sheet(tasks(actor, district, version, today=today)),
    )
    title = listed.version.title or listed.version.plan_title
    return annex(title, provenance(listed.version, today), sheets, numbered=_("附表"))


def register_xlsx(actor: Actor, district: Feature, version: UUID, *, today: date) -> bytes:
    """A sheet each for indicators, projects, tasks, findings and provenance; numbers are numbers, text is never run."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    listed = indicators(actor, district, version, today=today)
    book = Workbook()
    book.remove(book.worksheets[0])
    _write(book, _("指标"), *_indicator_table(listed))
    _write(book, _("项目"), *_project_table(projects(actor, district, version, today=today)))
    _write(book, _("任务"), *_task_table(tasks(actor, district, version, today=today)))
    _write(book, _("问题"), *_finding_table(findings(actor, district, version)))
    _write(book, _("说明"), [_("说明")], [[line] for line in provenance(listed.version, today)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def provenance(version: VersionView, today: date) -> tuple[str, ...]:
    """Which version this is, what it was read from, and what its words mean."""
    words = {
        "review": _("待复核，不是正式文本"),
        "adopted": _("已采用"),
        "superseded": _("已被替代"),
        "discarded": _("已作废"),
    }
    lines = [
        _("{plan} 第{number}版 {label}（{status}）").format(
            plan=version.plan_title, number=version.number, label=version.label, status=words[version.status]
        ),
        _("原文件：{name},SHA-256 {hash}。导出于 {day}。").format(
            name=version.source.name, hash=version.source.sha256, day=today.isoformat()
        ),
        _("“待定”是原文无法判定、尚待人工确定的单元格；“—”表示原文未印。"),
    ]
    if version.illustrative:
        lines.append(_("示例数据，不是真实规划。"))
    return tuple(lines)


def indicator_sheet(view: IndicatorsView) -> Sheet:
    heads = (
        _("类别"), _("序号"), _("具体指标"), _("单位"), _year_head(view.rows, "base_year", _("基期值")),
        _year_head(view.rows, "target_year", _("目标值")), _("指标性质"), _("责任部门"),
    )  # fmt: skip
    rows = [
        (
            r.category, r.no, r.title, r.unit or BLANK, _number(r, "base", r.base_cumulative), _target(r), _nature(r),
            people(r.leads),
        )
        for r in view.rows
    ]  # fmt: skip
    cumulative = any(r.base_cumulative or r.target_cumulative for r in view.rows)
    return Sheet(
        title=_("规划指标"), heads=heads, widths=(3, 1.2, 7, 2.4, 2.6, 3.6, 2.2, 4.4), rows=rows,
        right=frozenset({4, 5}), merged=frozenset({0}), notes=(_("〔 〕内为累计数。"),) if cumulative else (),
        empty=_("原文没有指标表。"),
    )  # fmt: skip


def project_sheet(view: ProjectsView) -> Sheet:
    heads = (
        _("序号"), _("类别"), _("项目名称"), _("建设内容"), _("建设年限"), _("总投资"), _("上级资金"), _("区级财政投资"),
        _("社会投资"), _("牵头单位"),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = [
        (
            r.no, r.category, r.title, r.text or BLANK, period_text(r), *(_number(r, f) for f in MONEY_FIELDS),
            people(r.leads),
        )
        for r in view.rows
    ]  # fmt: skip
    total = ("", "", _("合计"), "", "", *(_sum(view.total, f) for f in MONEY_FIELDS), "")
    notes = [_("金额单位：万元。合计为已确定的单元格逐项相加。")]
    notes += [
        _("{column}：{rests}。").format(column=field_name(f), rests=rests)
        for f in MONEY_FIELDS
        if (rests := rests_on(view.total, f))
    ]
    if view.total.unplaced:
        notes.append(
            _("另有 {amount} 万元的资金来源待定或原文未列。").format(amount=formats.money(view.total.unplaced))
        )
    return Sheet(
        title=_("重点项目"), heads=heads, widths=(1.1, 2.4, 3.2, 6.8, 2.1, 2.0, 2.0, 2.0, 2.0, 2.8),
        rows=[*rows, total] if rows else [], right=frozenset({5, 6, 7, 8}), merged=frozenset({1, 2}),
        strong=frozenset({len(rows)}), notes=notes if rows else (), empty=_("原文没有项目表。"),
    )  # fmt: skip


def _sum(total: Money, field: str) -> str:
    amount = total.shown(field)
    if isinstance(amount, Missing):
        return BLANK if amount is Missing.ABSENT else str(amount.label)
    return formats.money(amount)


def task_sheet(view: TasksView) -> Sheet:
    heads = (_("序号"), _("任务类别"), _("重点任务"), _("任务内容"), _("牵头部门"), _("配合部门"))
    rows = [
        (
            r.no, r.chapter, r.key_task, r.text, people(r.leads, open_ended=r.leads_open),
            people(r.supporting, open_ended=r.supporting_open),
        )
        for r in view.rows
    ]  # fmt: skip
    return Sheet(
        title=_("任务分工"), heads=heads, widths=(1.1, 3, 3.4, 11, 3.8, 4.1), rows=rows, merged=frozenset({1, 2}),
        empty=_("原文没有任务分工表。"),
    )  # fmt: skip


def people(parties: Sequence[Party], *, open_ended: bool = False) -> str:
    """Names as the document prints them, with 等 where it leaves the list open."""
    text = list_mark().join(p.printed for p in parties)
    return f"{text}{_('等')}" if text and open_ended else text or BLANK


def period_text(row: ProjectView) -> str:
    if row.cells["start"].undetermined or row.cells["end"].undetermined:
        return _("待定")
    start, end = row.cells["start"].value, row.cells["end"].value
    if start is None and end is None:
        return BLANK
    return str(start) if start == end else f"{start or '…'}—{end or '…'}"


def _number(row: ItemView, field: str, cumulative: bool = False) -> str:
    cell = row.cells[field]
    if cell.undetermined:
        return _("待定")
    if not isinstance(cell.value, Decimal):
        return BLANK
    text = formats.money(cell.value) if field in MONEY_FIELDS else formats.number(cell.value)
    return f"〔{text}〕" if cumulative else text


def _target(row: IndicatorView) -> str:
    if row.cells["target"].undetermined:
        return _("待定")
    if row.assigned_later and row.assigned_value is not None:
        return _("{value}（已下达）").format(value=formats.number(row.assigned_value))
    if row.target is None:
        return row.target_text or (str(Missing.ASSIGNED_LATER.label) if row.assigned_later else BLANK)
    return _number(row, "target", row.target_cumulative)


def _nature(row: IndicatorView) -> str:
    if row.cells["nature"].undetermined:
        return _("待定")
    return str(NATURES.get(row.nature, BLANK))


def _year_head(rows: Iterable[IndicatorView], field: str, otherwise: str) -> str:
    years = {y for r in rows if (y := getattr(r, field)) is not None}
    return _("{year}年").format(year=years.pop()) if len(years) == 1 else otherwise


def _cell(row: ItemView, field: str) -> Any:
    cell = row.cells[field]
    if cell.undetermined:
        return _("待定")
    return str(Missing.ABSENT.label) if cell.value in (None, "") else cell.value


def _lines(row: ItemView) -> str:
    return "、".join(map(str, sorted({n for c in row.cells.values() for n in c.lines})))


def _indicator_table(view: IndicatorsView) -> tuple[list[str], list[list[Any]]]:
    heads = [_("序号"), _("类别"), _("指标"), _("单位"), _("基期年"), _("基期值"), _("目标年"), _("目标值"), _("性质"),
             _("责任部门"), _("最近数值"), _("数值年份"), _("原文行")]  # fmt: skip
    rows = [
        [
            r.no, r.category, r.title, _cell(r, "unit"), _cell(r, "base_year"), _cell(r, "base"),
            _cell(r, "target_year"), _cell(r, "target") if r.target is not None else _target(r), _nature(r),
            people(r.leads), r.latest, r.latest_year, _lines(r),
        ]
        for r in view.rows
    ]  # fmt: skip
    return heads, rows


def _project_table(view: ProjectsView) -> tuple[list[str], list[list[Any]]]:
    money = [_("{name}（万元）").format(name=n) for n in (_("总投资"), _("上级资金"), _("区级财政"), _("社会投资"))]
    heads = [_("序号"), _("类别"), _("项目"), _("建设内容"), _("起始"), _("完成"), *money, _("牵头单位"), _("配合单位"),
             _("进度（%）"), _("原文行")]  # fmt: skip
    rows = [
        [
            r.no, r.category, r.title, r.text, _cell(r, "start"), _cell(r, "end"), *(_cell(r, f) for f in MONEY_FIELDS),
            people(r.leads), people(r.supporting, open_ended=r.supporting_open), r.percent, _lines(r),
        ]
        for r in view.rows
    ]  # fmt: skip
    return heads, rows


def _task_table(view: TasksView) -> tuple[list[str], list[list[Any]]]:
    heads = [_("序号"), _("任务类别"), _("重点任务"), _("任务内容"), _("牵头部门"), _("配合部门"), _("时限"), _("进度（%）"),
             _("原文行")]  # fmt: skip
    rows = [
        [
            r.no, r.chapter, r.key_task, r.text, people(r.leads, open_ended=r.leads_open),
            people(r.supporting, open_ended=r.supporting_open), _cell(r, "deadline"), r.percent, _lines(r),
        ]
        for r in view.rows
    ]  # fmt: skip
    return heads, rows


def _finding_table(view: FindingsView) -> tuple[list[str], list[list[Any]]]:
    heads = [_("严重程度"), _("问题"), _("原文行"), _("状态"), _("说明")]
    rows = [
        [
            str(SEVERITIES[f.severity]),
            f.sentence,
            "、".join(map(str, f.lines)),
            str(FINDING_STATES[f.state]),
            f.state_note,
        ]
        for f in view.rows
    ]
    return heads, [list(r) for r in rows]


def _write(book: Workbook, title: str, heads: list[str], rows: list[list[Any]]) -> None:
    sheet = book.create_sheet(title)
    for row_number, row in enumerate([heads, *rows], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(row=row_number, column=column)
            put(cell, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if row_number == 1:
                cell.font = Font(bold=True)
    for column in range(1, len(heads) + 1):
        longest = max((len(str(r[column - 1] or "")) for r in rows), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest * 1.6, 10), 60)
    sheet.freeze_panes = "A2"
    if rows:
        sheet.auto_filter.ref = sheet.dimensions
