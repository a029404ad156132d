"""The HTML of a table's head, rows and totals, written directly: a page may hold thousands of cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.face import formats
from qihou.face.html import badge, illustrative, lines_ref, missing, unit, unverified, why_link
from qihou.face.values import Cell, Link, Missing

from .columns import Column, Kind
from .held import once

if TYPE_CHECKING:
    from .bound import BoundTable


def _people(value: Any, column: Column) -> str:
    names = [value] if isinstance(value, str | Link) else value
    return "、".join(_link(n, column) if isinstance(n, Link) else conditional_escape(n) for n in names)


def _link(value: Any, column: Column) -> str:
    if isinstance(value, Link):
        return format_html('<a href="{}">{}</a>', value.url, value.text)
    return conditional_escape(value)


def _long(value: Any, column: Column) -> str:
    return format_html('<span class="clamp">{}</span>', value)


_CONTENT: dict[Kind, Callable[[Any, Column], str]] = {
    Kind.TEXT: lambda v, c: conditional_escape(v),
    Kind.LONG: _long,
    Kind.NUMBER: lambda v, c: formats.number(v, c.places),
    Kind.MONEY: lambda v, c: formats.money(v),
    Kind.PERCENT: lambda v, c: f"{formats.number(v, c.places)}%",
    Kind.DATE: lambda v, c: formats.day(v),
    Kind.PERIOD: lambda v, c: conditional_escape(
        formats.period(v, get_language() or "zh-hans") if hasattr(v, "label_zh") else v
    ),
    Kind.STATE: lambda v, c: badge(v),
    Kind.PEOPLE: _people,
    Kind.LINK: _link,
}


def cell_html(value: Any, column: Column, row: Any, t: BoundTable) -> str:
    """One cell's content, escaped."""
    about = value if isinstance(value, Cell) else None
    inner = about.value if about else value
    if inner is None or inner == "" or inner == [] or inner == () or isinstance(inner, Missing):
        html: str = missing(inner if isinstance(inner, Missing) else None)
    elif isinstance(inner, SafeString):
        html = inner
    else:
        html = _CONTENT[Kind(column.kind)](inner, column)
        if column.url and (url := column.url(row)):
            html = f'<a href="{conditional_escape(url)}">{html}</a>'
    if about:
        if about.title:
            html = format_html('<span title="{}">{}</span>', about.title, mark_safe(html))  # noqa: S308 - escaped above
        if about.why and t.district_code:
            html = why_link(mark_safe(html), about.why, t.district_code)  # noqa: S308 - escaped above
        html += unit(about.unit)
        html += illustrative() if about.illustrative else ""
        html += unverified() if about.unverified else ""
        if about.note:
            html += format_html(' <span class="caption">{}</span>', about.note)
        if about.lines:
            url = f"{t.document_url}#L{min(about.lines)}" if t.document_url else ""
            html += " " + lines_ref(about.lines, url)
    return html


def _classes(column: Column) -> str:
    names = []
    if column.right:
        names.append("num")
    if column.kind == Kind.LONG:
        names.append("wide")
    if column.kind in (Kind.DATE, Kind.PERIOD, Kind.STATE):
        names.append("nowrap")
    return f' class="{" ".join(names)}"' if names else ""


def _head(t: BoundTable) -> str:
    cells = []
    for c in t.columns:
        label: str = conditional_escape(str(c.label)) + unit(c.unit)
        if not c.sortable:
            cells.append(f'<th scope="col"{_classes(c)}>{label}</th>')
            continue
        current = t.query.sort == c.key
        down = current and t.query.descending
        target = t.url(sort=c.key if not current or down else f"-{c.key}", page=None)
        arrow = ("↓" if down else "↑") if current else ""
        aria = f' aria-sort="{"descending" if down else "ascending"}"' if current else ""
        mark = f'<span class="arrow" aria-hidden="true">{arrow}</span>' if arrow else ""
        cells.append(
            f'<th scope="col"{aria}{_classes(c)}><a href="{conditional_escape(target)}" {_swap(t)}>{label}{mark}</a></th>'
        )
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _swap(t: BoundTable) -> str:
    """A link inside the table replaces only the table, and the address follows."""
    box = f"#table-{t.table.name}"
    return f'hx-boost="true" hx-target="{box}" hx-select="{box}" hx-swap="outerHTML" hx-push-url="true"'


def _foot(t: BoundTable) -> str:
    sums = t.totals()
    if not sums or not t.all_rows:
        return ""
    cells = []
    for index, c in enumerate(t.columns):
        if c.key in sums:
            amount, absent = sums[c.key]
            text = formats.money(amount) if c.kind == Kind.MONEY else formats.number(amount, c.places)
            note = (
                format_html('<br><span class="caption">{}</span>', _("另有 %(n)s 项缺") % {"n": absent})
                if absent
                else ""
            )
            cells.append(f'<td class="num">{text}{note}</td>')
        else:
            cells.append(f"<td>{conditional_escape(_('合计')) if index == 0 else ''}</td>")
    return f"<tfoot><tr>{''.join(cells)}</tr></tfoot>"


def _row(row: Any, t: BoundTable, labels: Mapping[str, str], classes: Mapping[str, str]) -> str:
    ident = f' id="{conditional_escape(t.table.row_id(row))}"' if t.table.row_id else ""
    cells = []
    for c in t.columns:
        tag, scope = ("th", ' scope="row"') if c.heading else ("td", "")
        content = cell_html(c.of(row), c, row, t)
        cells.append(f'<{tag}{scope}{classes[c.key]} data-label="{labels[c.key]}">{content}</{tag}>')
    return f"<tr{ident}>{''.join(cells)}</tr>"


def _rows(t: BoundTable) -> str:
    out: list[str] = []
    labels = {c.key: conditional_escape(str(c.label)) for c in t.columns}
    classes = {c.key: _classes(c) for c in t.columns}
    depends_on = t.table.held_for and (
        *t.table.held_for, t.district_code, t.document_url, get_language(), tuple((c.key, labels[c.key]) for c in t.columns),
    )  # fmt: skip
    group: Any = object()
    for row in t.rows:
        if t.table.group_by and t.query.sort == t.table.sort.lstrip("-"):
            here = t.table.group_by(row)
            if here != group:
                group = here
                out.append(
                    f'<tr class="group"><th scope="rowgroup" colspan="{len(t.columns)}">'
                    f"{conditional_escape(here) if here else missing(None)}</th></tr>"
                )
        out.append(
            once(row, depends_on, partial(_row, row, t, labels, classes))
            if depends_on
            else _row(row, t, labels, classes)
        )
    return f"<tbody>{''.join(out)}</tbody>"


def table_html(t: BoundTable) -> SafeString:
    kind = "data cards" if t.table.cards_on_phone else "data"
    caption = f'<caption class="sr">{conditional_escape(str(t.table.title))}</caption>' if t.table.title else ""
    return mark_safe(f'<table class="{kind}">{caption}{_head(t)}{_rows(t)}{_foot(t)}</table>')  # noqa: S308
