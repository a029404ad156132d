"""One cell of a sheet with all its revisions, and the why of a value: its source cell and who gave it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404
from django.utils.translation import gettext as _

from qihou.domains.inventory.api import revisions
from qihou.domains.inventory.api.errors import UnableToFind
from qihou.domains.inventory.api.revisions import CellHistory, Revision
from qihou.face import formats, why
from qihou.face.pages import Answer, PageRequest
from qihou.face.states import state
from qihou.face.why import Explanation, Step
from qihou.measure import units
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from .common import address, is_english, named, yearly_page
from .words import NOTATIONS

KIND = "inventory.cell"


@yearly_page("inventory/yearly/cell.html", methods=("GET",))
def cell(request: PageRequest, year: int, sheet: str) -> Answer:
    """Every revision of one cell."""
    code = request.GET.get("code", "")
    if not code:
        raise Http404("code")
    history = revisions.cell_history(request.actor, request.district, year, sheet, code)
    return {
        "history": history,
        "year": year,
        "name": named(history.quantity),
        "sheet_name": named(history.sheet),
        "unit": units.label(history.quantity.unit),
        "rows": [{"revision": one, "said": said(one)} for one in history.revisions],
        "sheet_url": address(request, "sheet", year=year, sheet=sheet),
    }


def said(one: Revision) -> str:
    """The value as it was given, or the notation in words."""
    if one.value is None:
        return f"{NOTATIONS.get(one.notation, one.notation)}（{one.reason}）"
    return f"{formats.number(one.value)} {one.spread}".strip()


def explain(actor: Actor, district: Feature, key: str) -> Explanation:
    """``key`` is the uid of an entry."""
    history, one = revisions.cell_of_entry(actor, district, key)
    value = formats.number(one.value) if one.value is not None else str(NOTATIONS.get(one.notation, one.notation))
    unit = units.label(one.unit) if one.value is not None and one.unit != "1" else ""
    return Explanation(
        title=_("{year} 年 · {sheet} · {name}").format(
            year=history.year, sheet=named(history.sheet), name=named(history.quantity)
        ),
        value=value,
        unit=unit,
        steps=tuple(_steps(history, one)),
        reference=_("{district} {year} 年清单填报数据：{name} {value}{unit}，来源 {place}，记录 {uid}").format(
            district=(district.name_en if is_english() else "") or district.name, year=history.year, name=named(history.quantity), value=value,
            unit=f" {unit}" if unit else "", place=_place(one), uid=one.uid,
        ),
        illustrative=one.illustrative,
    )  # fmt: skip


def register() -> None:
    """Called once, when the slice is ready."""
    why.register(KIND, _or_not)


def _or_not(actor: Actor, district: Feature, key: str) -> Explanation:
    try:
        return explain(actor, district, key)
    except UnableToFind as trouble:
        raise LookupError(str(trouble)) from trouble


def _steps(history: CellHistory, one: Revision) -> Iterator[Step]:
    if one.notation:
        yield Step(_("理由"), one.reason)
    yield Step(_("来源单元格"), _place(one), note=one.note, quote=f"SHA-256 {one.sha256}" if one.sha256 else "")
    if one.basis:
        yield Step(_("依据"), one.basis)
    if one.spread:
        yield Step(_("不确定度"), one.spread)
    yield Step(_("填报"), one.entered_by or _("系统"), note=formats.moment(one.entered_at))
    if one.decided_by:
        when = formats.moment(one.decided_at) if one.decided_at else ""
        yield Step(_("审定"), one.decided_by, note=f"{when} {one.decision_note}".strip())
    yield Step(
        _("状态"),
        str(state(one.status).word),
        note=_("第 {n} 次填报，共 {of} 次").format(n=one.number, of=len(history.revisions)),
    )
    if history.before is not None:
        yield Step(_("上一年"), f"{formats.number(history.before)} {units.label(history.quantity.unit)}")


def _place(one: Revision) -> str:
    return " ".join(part for part in (one.file, one.place) if part) or _("直接填入")
