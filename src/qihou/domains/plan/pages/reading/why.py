"""What a number of the register stands on: a cell on its lines of the document, a total on its rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.errors import UnableToFind
from qihou.domains.plan.api.standing_words import reason
from qihou.domains.plan.api.sums import rests_on
from qihou.domains.plan.api.views import CellView, EntryView, IndicatorView, ItemPage, ProjectsView, VersionView
from qihou.domains.plan.api.words import (
    ENTRY_STATES,
    KINDS,
    MONEY_FIELDS,
    REPORT_STATES,
    field_name,
    how_words,
    reason_sentence,
    value_text,
)
from qihou.face import formats
from qihou.face.html import ranges
from qihou.face.states import state
from qihou.face.values import Missing
from qihou.face.why import Explanation, Step, register
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from .links import item_url
from .values import cell_why, unit_of


def explain_cell(actor: Actor, district: Feature, key: str) -> Explanation:
    """``key`` is ``<item uid>.<field>``."""
    uid, _dot, field = key.partition(".")
    page = queries.item(actor, district, _uid(uid), today=timezone.localdate())
    cell = page.row.cells.get(field)
    if cell is None:
        raise UnableToFind(_("没有这一栏。"))
    value = Missing.UNDETERMINED if cell.undetermined else value_text(field, cell.value)
    return Explanation(
        title=_("%(row)s · %(field)s") % {"row": _row_name(page), "field": field_name(field)},
        value=value,
        unit="" if cell.undetermined or cell.value in (None, "") else unit_of(page.row, field),
        steps=tuple(_cell_steps(page, cell, district.code)),
        reference=_reference(page, cell, formats.plain(value)),
        illustrative=page.version.illustrative,
    )


def explain_total(actor: Actor, district: Feature, key: str) -> Explanation:
    """``key`` is ``<version uid>.<money field>``: the sum over all projects of the version, beside what is claimed."""
    uid, _dot, field = key.partition(".")
    if field not in MONEY_FIELDS:
        raise UnableToFind(_("没有这项合计。"))
    view = queries.projects(actor, district, _uid(uid), today=timezone.localdate())
    total = view.total.shown(field)
    added = total if isinstance(total, Missing) else formats.money(total)
    return Explanation(
        title=_("重点项目合计 · %(field)s") % {"field": field_name(field)},
        value=added,
        unit="" if isinstance(total, Missing) else _("万元"),
        steps=tuple(_total_steps(view, field, district.code)),
        reference=_total_reference(view, field),
        illustrative=view.version.illustrative,
    )  # fmt: skip


def explain_state(actor: Actor, district: Feature, key: str) -> Explanation:
    """``key`` is an item's uid: why the row stands as it does, and the report or value that rests on."""
    page = queries.item(actor, district, _uid(key), today=timezone.localdate())
    row = page.row
    steps = [Step(_("理由"), reason(row.state))]
    if isinstance(row, IndicatorView):
        steps += [_field_step(page, f) for f in ("base", "target", "target_year") if f in row.cells]
        steps += [
            Step(
                _("报送"),
                _("%(year)s年的数值") % {"year": e.year},
                value=formats.plain(e.notation if e.value is None else e.value),
                note=_entry_note(e),
            )
            for e in page.entries[:3]
        ]
    else:
        steps += [_field_step(page, f) for f in ("start", "end", "deadline") if f in row.cells]
        steps += [
            Step(
                _("报告"),
                f"{r.organisation} {r.period_label}",
                value="" if r.percent is None else f"{formats.number(r.percent)}%",
                note=str(REPORT_STATES[r.status]),
            )
            for r in page.reports[:3]
        ]
    return Explanation(
        title=_("%(row)s · 状态") % {"row": _row_name(page)},
        value=state(row.state.code).word,
        steps=(*steps, _file_step(page.version)),
        reference=_("%(document)s，%(row)s：%(state)s。%(reason)s") % {
            "document": document_name(page.version), "row": _row_name(page),
            "state": state(row.state.code).word, "reason": reason(row.state),
        },
        illustrative=page.version.illustrative or row.illustrative,
    )  # fmt: skip


def register_all() -> None:
    """Called once, when the slice is ready."""
    register("plan.cell", explain_cell)
    register("plan.total", explain_total)
    register("plan.state", explain_state)


def _field_step(page: ItemPage, field: str) -> Step:
    cell = page.row.cells[field]
    value = Missing.UNDETERMINED.label if cell.undetermined else value_text(field, cell.value)
    return Step(_("输入"), field_name(field), value=value, why=cell_why(page.row, field))


def _entry_note(entry: EntryView) -> str:
    status = str(ENTRY_STATES[entry.status])
    return f"{status} {entry.reason}".strip()


def _cell_steps(page: ItemPage, cell: CellView, district_code: str) -> Iterator[Step]:
    texts = {line.number: line.text for line in page.lines}
    for correction in reversed(page.corrections):
        if correction.field == cell.field:
            yield Step(
                _("更正"),
                _("%(before)s 改为 %(after)s") % {
                    "before": _plain(cell.field, correction.before), "after": _plain(cell.field, correction.after),
                },
                note=_("%(by)s，%(at)s。%(reason)s") % {
                    "by": correction.by, "at": formats.moment(correction.at), "reason": correction.reason,
                },
            )  # fmt: skip
    short, long = how_words(cell.how)
    because = reason_sentence(cell.reason, cell.params)
    sure = (
        "" if cell.undetermined or not cell.printed else _("把握 %(percent)s") % {"percent": f"{cell.confidence:.0%}"}
    )
    yield Step(_("读法"), short, value=sure, note=" ".join(w for w in (long, because) if w))
    if cell.printed and [cell.printed] != [texts.get(n, "").strip() for n in cell.lines]:
        yield Step(_("印作"), cell.printed)
    for number in cell.lines:
        yield Step(
            _("原文"),
            _("第 %(n)s 行") % {"n": number},
            quote=texts.get(number, ""),
            url=document_url(district_code, page.version, number),
        )
    yield Step(_("登记行"), page.row.text[:40] or page.row.title, url=item_url(district_code, page.row.uid))
    yield _file_step(page.version)


def _total_steps(view: ProjectsView, field: str, district_code: str) -> Iterator[Step]:
    rows = sorted(((r, getattr(r, field)) for r in view.rows), key=lambda pair: pair[1] is None)
    open_rows = [r for r, _amount in rows if r.cells[field].undetermined]
    counted = view.total.counted.get(field, 0)
    yield Step(_("方法"), _("逐项相加 %(n)s 个项目") % {"n": counted}, note=rests_on(view.total, field))
    claimed = view.claimed.get(field)
    if claimed is not None:
        lines = claimed_lines(view.version, field)
        yield Step(
            _("文件所称"),
            _("合计行"),
            value=formats.money(claimed),
            note=_difference(getattr(view.total, field) - claimed) if counted else "",
            url=document_url(district_code, view.version, lines[0]) if lines else "",
        )
    for row, amount in rows:
        if amount is not None or row in open_rows:
            yield Step(
                _("项目 %(no)s") % {"no": row.no},
                row.text[:40] or row.title,
                value=Missing.UNDETERMINED.label if amount is None else formats.money(amount),
                why=cell_why(row, field),
            )
    yield _file_step(view.version)


def _total_reference(view: ProjectsView, field: str) -> str:
    total = view.total.shown(field)
    words = {
        "document": document_name(view.version),
        "field": field_name(field),
        "total": formats.plain(total) if isinstance(total, Missing) else formats.money(total),
        "n": len(view.rows),
        "rests": rests_on(view.total, field),
    }
    if isinstance(total, Missing):
        return _("%(document)s：重点项目“%(field)s”没有可以相加的金额（%(n)s 个项目，%(total)s）") % words
    if not words["rests"]:
        return _("%(document)s：重点项目“%(field)s”逐项相加为 %(total)s 万元（%(n)s 个项目）") % words
    return _("%(document)s：重点项目“%(field)s”逐项相加为 %(total)s 万元（%(rests)s）") % words


def _difference(difference: Decimal) -> str:
    if difference == 0:
        return _("与逐项相加一致。")
    return _("逐项相加比它%(direction)s %(amount)s 万元。") % {
        "direction": _("多") if difference > 0 else _("少"),
        "amount": formats.money(abs(difference)),
    }


def _file_step(version: VersionView) -> Step:
    source = version.source
    return Step(
        _("文件"),
        source.name,
        note=_("收到于 %(at)s；SHA-256 %(hash)s")
        % {"at": formats.moment(source.received_at), "hash": source.sha256[:16]},
    )


def _reference(page: ItemPage, cell: CellView, value: str) -> str:
    unit = "" if cell.undetermined or cell.value in (None, "") else unit_of(page.row, cell.field)
    words = {
        "document": document_name(page.version),
        "row": _row_name(page),
        "field": field_name(cell.field),
        "value": f"{value} {unit}".strip(),
        "lines": ranges(cell.lines),
    }
    if not cell.lines:
        return _("%(document)s，%(row)s，%(field)s：%(value)s") % words
    return _("%(document)s，%(row)s，%(field)s：%(value)s（原文第 %(lines)s 行）") % words


def claimed_lines(version: VersionView, field: str) -> tuple[int, ...]:
    """The lines of the document on which a column's total is printed."""
    return tuple(version.totals.get("lines", {}).get(field, ()))


def document_name(version: VersionView) -> str:
    return _("《%(title)s》第 %(n)s 版") % {"title": version.title or version.plan_title, "n": version.number}


def document_url(district_code: str, version: VersionView, line: int) -> str:
    base = reverse("plan:document", kwargs={"district_code": district_code})
    return f"{base}?{version.query}&line={line}#L{line}"


def _row_name(page: ItemPage) -> str:
    kind = str(KINDS[page.row.kind])
    return f"{kind} {page.row.no}" if page.row.no else f"{kind} {page.row.title[:20]}"


def _plain(field: str, value: Any) -> str:
    if value == "undetermined":
        return str(Missing.UNDETERMINED.label)
    return value_text(field, value)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as trouble:
        raise UnableToFind(_("没有这一条记录。")) from trouble
