"""The register's tables, declared once: on its own page, on an organisation's page, and in every export."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from qihou.domains.plan.api.views import FUNDING, IndicatorView, ItemView, Party, ProjectView, TaskView, VersionView
from qihou.domains.plan.api.words import NATURES, REVIEWS
from qihou.face.html import ranges
from qihou.face.states import ASSESSMENT, state
from qihou.face.tables import Column, Filter, Kind, Table
from qihou.face.values import Cell, Link, Missing, Why

from .links import item_url, organisation_url
from .values import absence, cell_why, period_text, shown, target_of
from .why import document_url

UNMATCHED = "unmatched"
NOBODY = "—"  # no supporting organisation is an answer, not a gap


def indicator_table(district_code: str, version: VersionView, rows: Sequence[IndicatorView], **options: Any) -> Table:
    base_head, target_head = base_heads(rows)
    columns = [
        Column("no", _("序号"), Kind.NUMBER, value=lambda r: r.no, sort_by=_order, align="right"),
        Column("category", _("类别"), optional="group_by" in options or not any(r.category for r in rows)),
        Column("title", _("指标"), Kind.LONG, url=lambda r: item_url(district_code, r.uid), heading=True, width=40),
        Column("unit", _("计量单位"), value=lambda r: shown(r, "unit", r.unit)),
        Column("base", base_head, Kind.NUMBER, value=_base),
        Column("target", target_head, Kind.NUMBER, value=target_of),
        Column("cumulative", _("口径"), value=_span_words, sortable=False),
        Column("nature", _("性质"), value=_nature),
        Column("latest", _("最近数值"), Kind.NUMBER, value=_latest, optional=version.status == "review"),
        _state_column(version),
        Column("leads", _("责任部门"), Kind.PEOPLE, value=_names(district_code, version, "leads")),
        *_tail(district_code, version),
    ]
    filters = [
        Filter("nature", _("性质"), [(k, str(v)) for k, v in NATURES.items()]),
        _organisation_filter("lead", _("责任部门"), rows, lambda r: r.leads),
        *_common_filters(version),
    ]
    return _table("indicators", version, _("指标"), columns, filters, options, empty=_("这个版本没有读到指标表"))


def project_table(district_code: str, version: VersionView, rows: Sequence[ProjectView], **options: Any) -> Table:
    in_review, shared = version.status == "review", names_shared(rows)
    split = any(getattr(r, f) is not None or r.cells[f].undetermined for r in rows for f in FUNDING)
    if options.pop("grouped", False):
        options |= grouping(rows, group_head if shared else lambda r: r.category)
    columns = [
        Column("no", _("序号"), value=lambda r: r.no, sort_by=_order, align="right"),
        Column("category", _("类别"), optional=True),
        *_project_names(district_code, shared, "group_by" in options),
        Column("period", _("起止年份"), Kind.PERIOD, value=_period, sort_by=lambda r: r.start_year),
        _money("investment", _("总投资")),
        _money("upper_level", _("上级资金"), split),
        _money("district_budget", _("区级财政"), split),
        _money("private", _("社会投资"), split),
        Column("leads", _("牵头单位"), Kind.PEOPLE, value=_names(district_code, version, "leads")),
        Column("percent", _("完成"), Kind.PERCENT, value=_percent, optional=in_review),
        _state_column(version),
        Column(
            "paid",
            _("已支付"),
            Kind.MONEY,
            unit=_("万元"),
            value=lambda r: Cell(paid_shown(r), illustrative=r.illustrative, note=paid_note(r)),
            optional=True,
        ),
        Column(
            "supporting", _("配合单位"), Kind.PEOPLE, value=_names(district_code, version, "supporting"), optional=True
        ),
        *_tail(district_code, version),
    ]
    categories = list(dict.fromkeys(r.category for r in rows if r.category))
    filters = [
        Filter("category", _("类别"), [(c, c) for c in categories]),
        _organisation_filter("lead", _("牵头单位"), rows, lambda r: r.leads),
        Filter("year", _("在建年份"), [(str(y), str(y)) for y in _years(rows)], of=_running_years),
        *_common_filters(version),
    ]
    return _table(
        "projects",
        version,
        _("重点项目"),
        columns,
        filters,
        options,
        empty=_("这个版本没有读到项目表"),
        shape=(shared,),
    )


def task_table(district_code: str, version: VersionView, rows: Sequence[TaskView], **options: Any) -> Table:
    grouped, in_review = "group_by" in options, version.status == "review"
    columns = [
        Column("no", _("序号"), value=lambda r: r.no, sort_by=_order, align="right"),
        Column("category", _("任务类别"), optional=grouped or not any(r.category for r in rows)),
        Column("title", _("重点任务"), optional=grouped),
        Column(
            "text", _("任务内容"), Kind.LONG, value=_wording, url=lambda r: item_url(district_code, r.uid), heading=True
        ),
        Column("leads", _("牵头部门"), Kind.PEOPLE, value=_names(district_code, version, "leads"), width=28),
        Column("supporting", _("配合部门"), Kind.PEOPLE, value=_names(district_code, version, "supporting"), width=28),
        Column(
            "deadline",
            _("时限"),
            value=lambda r: shown(r, "deadline", r.deadline),
            optional=not any(r.deadline for r in rows),
        ),
        Column("percent", _("完成"), Kind.PERCENT, value=_percent, optional=in_review),
        _state_column(version),
        *_tail(district_code, version),
    ]
    filters = [
        _organisation_filter("lead", _("牵头"), rows, lambda r: r.leads),
        _organisation_filter("supporting", _("配合"), rows, lambda r: r.supporting),
        *_common_filters(version),
    ]
    return _table("tasks", version, _("任务分工"), columns, filters, options, empty=_("这个版本没有读到任务分工表"))


def grouping(rows: Sequence[ItemView], head: Callable[[Any], Any]) -> dict[str, Any]:
    """The option that groups rows under heads, where the document has any."""
    return {"group_by": head} if any(r.category for r in rows) else {}


def names_shared(rows: Sequence[ProjectView]) -> bool:
    """Whether the document's project names are headings over several projects, told apart only by their content."""
    names = {(r.category, r.title) for r in rows}
    return len(names) < 0.7 * len(rows)


def project_name(row: ProjectView, shared: bool) -> str:
    return (row.text or row.title) if shared else (row.title or row.text)


def _project_names(district_code: str, shared: bool, grouped: bool) -> list[Column]:
    def url(row: ProjectView) -> str:
        return item_url(district_code, row.uid)

    if shared:
        return [
            Column("title", _("项目名称"), optional=grouped),
            Column("text", _("项目内容"), Kind.LONG, value=_wording, url=url, heading=True),
        ]
    return [
        Column("title", _("项目名称"), Kind.LONG, url=url, heading=True, width=32),
        Column("text", _("项目内容"), Kind.LONG, value=lambda r: r.text or absence(r.cells.get("content"))),
    ]


def group_head(row: ProjectView | TaskView) -> str:
    """Chapter and key task, or category and project name, as one group head."""
    if not row.category or row.category == row.title:
        return format_html("{}", row.title)
    return format_html('<span class="muted">{} ›</span> {}', row.category, row.title)


def _table(
    name: str,
    version: VersionView,
    title: str,
    columns: Sequence[Column],
    filters: Sequence[Filter],
    options: dict[str, Any],
    *,
    empty: str,
    shape: tuple[Hashable, ...] = (),
) -> Table:
    """``shape``: whatever else than the version and the row decides how a cell of this table is written."""
    options = dict(options)
    filters = options.pop("filters", filters)
    held_for = (name, version.uid, version.query, version.status, "group_by" in options, *shape)
    if options.pop("every_column", False):
        columns = [replace(c, optional=False) for c in columns]
    settings: dict[str, Any] = {
        "page_size": 200,
        "search_label": _("在表内查找"),
        "empty_title": empty,
        "empty_text": _("文件里有这张表却没有读出时，换一种格式（Word 或网页）重新导入往往能读到。"),
        "row_id": lambda r: f"row-{r.uid}",
        "sort": "no",
        "held_for": held_for,
        **options,
    }
    return Table(name=name, title=title, file_name=title, columns=columns, filters=filters, **settings)


def _tail(district_code: str, version: VersionView) -> list[Column]:
    def lines(row: ItemView) -> Link | Missing:
        found = sorted({n for c in row.cells.values() for n in c.lines})
        if not found:
            return Missing.ABSENT
        return Link(ranges(found), document_url(district_code, version, found[0]))

    return [
        Column("lines", _("原文行"), Kind.LINK, value=lines, optional=True, sort_by=lambda r: r.first_line),
        Column("review", _("复核"), Kind.STATE, optional=version.status != "review"),
    ]


def _common_filters(version: VersionView) -> list[Filter]:
    filters = [
        Filter("state", _("状态"), [(s, state(s).word) for s in ASSESSMENT], of=lambda r: r.state.code),
        Filter("open", _("待定"), [("1", _("有"))], of=lambda r: "1" if r.open_cells else "0"),
    ]
    if version.status == "review":
        filters.append(Filter("review", _("复核"), [(k, str(v)) for k, v in REVIEWS.items()]))
    return filters


def _organisation_filter(
    key: str, label: str, rows: Iterable[ItemView], parties: Callable[[Any], Sequence[Party]]
) -> Filter:
    found = {p.code: p.name for r in rows for p in parties(r) if p.code}
    loose = any(not p.code for r in rows for p in parties(r))
    options = sorted(found.items(), key=lambda pair: pair[1])
    if loose:
        options.append((UNMATCHED, _("未匹配的单位")))
    return Filter(key, label, options, of=lambda r: [p.code or UNMATCHED for p in parties(r)])


def _state_column(version: VersionView) -> Column:
    """Hidden while a version is under review: nobody reports on a draft."""
    return Column(
        "state",
        _("状态"),
        Kind.STATE,
        value=lambda r: Cell(r.state.code, why=Why("plan.state", str(r.uid)), illustrative=r.illustrative),
        sort_by=lambda r: ASSESSMENT.index(r.state.code),
        optional=version.status == "review",
    )


def _money(field: str, label: str, printed: bool = True) -> Column:
    """A money column; hidden at first where no row of the document prints it."""
    return Column(
        field,
        label,
        Kind.MONEY,
        unit=_("万元"),
        value=lambda r: shown(r, field, getattr(r, field)),
        total=True,
        optional=not printed,
    )


def _names(district_code: str, version: VersionView, part: str) -> Callable[[ItemView], Any]:
    """Matched organisations as links by the name the document prints; 等 at the end where the list is left open."""
    field = {"leads": "leads", "supporting": "supporting"}[part]

    def value(row: ItemView) -> Any:
        people: Sequence[Party] = getattr(row, part)
        names = [
            Link(p.printed, organisation_url(district_code, p.code, version)) if p.code else p.printed for p in people
        ]
        if not names:
            cell = row.cells.get(field) or row.cells.get("departments")
            return absence(cell) if part == "leads" or (cell and cell.undetermined) else NOBODY
        return [*names, _("等")] if getattr(row, f"{part}_open", False) else names

    return value


def _order(row: ItemView) -> int:
    return row.order


def _base(row: IndicatorView) -> Cell:
    return shown(row, "base", row.base)


def _latest(row: IndicatorView) -> Any:
    if row.latest is None:
        return Missing.NOT_DELIVERED if row.state.code == "not_delivered" else Missing.NOT_DUE
    note = _("%(year)s年") % {"year": row.latest_year}
    return Cell(row.latest, why=Why("plan.state", str(row.uid)), note=note, illustrative=row.illustrative)


def _span_words(row: IndicatorView) -> str:
    return _("五年累计") if row.base_cumulative or row.target_cumulative else _("当年值")


def _nature(row: IndicatorView) -> Any:
    return (
        str(NATURES[row.nature])
        if row.nature in NATURES
        else Cell(absence(row.cells.get("nature")), cell_why(row, "nature"))
    )


def _percent(row: ProjectView | TaskView) -> Any:
    if row.percent is not None:
        return Cell(row.percent, why=Why("plan.state", str(row.uid)))
    return Missing.NOT_DELIVERED if row.state.code == "not_delivered" else Missing.NOT_DUE


def paid_shown(row: ProjectView) -> Decimal | Missing:
    """What accepted reports say was paid; without any, whether it waits, is owed or is not due."""
    if row.paid is not None:
        return row.paid
    if row.paid_waiting:
        return Missing.AWAITING
    return Missing.NOT_DELIVERED if row.state.code == "not_delivered" else Missing.NOT_DUE


def paid_note(row: ProjectView) -> str:
    return _("部分资金来源沿用此前一季") if row.paid_carried else ""


def _period(row: ProjectView) -> Any:
    cell = row.cells.get("end") or row.cells.get("start")
    if row.start_year is None and row.end_year is None:
        return Cell(absence(cell), why=cell_why(row, "end"))
    return Cell(period_text(row), why=cell_why(row, "end"))


def _wording(row: ItemView) -> Any:
    return row.text or row.title or absence(row.cells.get("text") or row.cells.get("content"))


def _years(rows: Iterable[ProjectView]) -> list[int]:
    return sorted({int(y) for r in rows for y in _running_years(r)})


def _running_years(row: ProjectView) -> list[str]:
    if row.start_year is None or row.end_year is None:
        return [str(y) for y in (row.start_year, row.end_year) if y]
    return [str(y) for y in range(row.start_year, row.end_year + 1)]


def base_heads(rows: Sequence[IndicatorView]) -> tuple[str, str]:
    """The heads of the base and target columns: their year where all rows share one."""
    return _year(rows, "base_year") or _("基期值"), _year(rows, "target_year") or _("目标值")


def _year(rows: Iterable[IndicatorView], field: str) -> str:
    """The head of a year column when all rows name one year, as the document's own table does."""
    years = {getattr(r, field) for r in rows} - {None}
    return _("%(year)s年") % {"year": years.pop()} if len(years) == 1 else ""
