"""One sheet of a year: its grid, saving row by row, pasting, handing in, approving and returning; and one cell's history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qihou.domains.inventory import jobs
from qihou.domains.inventory.api import entering, sheets, workbooks, years
from qihou.domains.inventory.api.entering import Committed
from qihou.domains.inventory.api.errors import UnableToChange, UnableToTakeIn
from qihou.domains.inventory.api.sheets import SheetPage
from qihou.domains.inventory.api.workbooks import HandedIn, Typed
from qihou.domains.inventory.methods.workbook.pasted import MOST_CHARACTERS
from qihou.face.pages import Answer, PageRequest
from qihou.record.api import organisations

from .changes import change_rows, finding_rows, total_rows
from .common import address, go, is_english, named, wrong, yearly_page
from .grid import FIELDS, Line, grid
from .words import NOTATIONS, SHEET_WORDS

TEMPLATE = "inventory/yearly/sheet.html"


@yearly_page(TEMPLATE)
def sheet(request: PageRequest, year: int, sheet: str) -> Answer:
    """The sheet; whoever may fill it types or pastes, the bureau decides."""
    page = sheets.sheet_page(request.actor, request.district, year, sheet)
    if request.method != "POST":
        return _context(request, year, page)
    act = request.POST.get("act", "")
    if act == "save_row":
        return _save_row(request, year, page)
    try:
        if act in ("save", "submit"):
            return _save(request, year, page, submit=act == "submit")
        if act in ("paste", "paste_commit"):
            return _paste(request, year, page, commit=act == "paste_commit")
        _decide(request, year, sheet, act)
    except UnableToTakeIn as refusal:
        return _again(request, year, page, problems=refusal.problems)
    except UnableToChange as refusal:
        return _again(
            request, year, page, errors={refusal.field or "act": str(refusal)}, note=request.POST.get("note", "")
        )
    return go(address(request, "sheet", year=year, sheet=sheet))


def _decide(request: PageRequest, year: int, key: str, act: str) -> None:
    note = request.POST.get("note", "").strip()
    if act == "approve":
        sheets.approve_sheet(request.actor, request.district, year, key, note)
        messages.success(request, _("已审定。这张表的数从现在起计入清单。"))
    elif act == "return":
        sheets.return_sheet(request.actor, request.district, year, key, note)
        messages.success(request, _("已退回，填报单位会看到您的意见。"))
    elif act == "assign":
        chosen = request.POST.get("organisation", "")
        years.assign_sheet(request.actor, request.district, year, key, _uid(chosen))
        messages.success(request, _("已改由选定的单位填报。"))
    else:
        raise UnableToChange(_("没有“{act}”这一步。").format(act=act))


def _save(request: PageRequest, year: int, page: SheetPage, *, submit: bool) -> Answer:
    """Take the rows that differ, then hand the sheet in where that was asked; what was typed stays whatever happens."""
    typed, problems = typed_rows(request.POST, page)
    handed = workbooks.typed_in(request.actor, request.district, year, page.view.sheet.key, typed)
    errors = [*problems, *((one.en if is_english() else one.zh) for one in handed.errors)]
    if errors:
        return _again(request, year, page, problems=errors)
    done = _commit(request, year, handed)
    key = page.view.sheet.key
    if submit:
        sheets.submit_sheet(request.actor, request.district, year, key)
        messages.success(request, _("已提交，等牵头局审定。"))
    else:
        messages.success(request, _("已保存 {n} 个数。").format(n=done.written))
    return go(address(request, "sheet", year=year, sheet=key))


def _save_row(request: PageRequest, year: int, page: SheetPage) -> HttpResponse:
    """One row as it was left; answers with the state of the row alone."""
    code = request.POST.get("code", "")
    typed, problems = typed_rows(request.POST, page, only=code)
    key = page.view.sheet.key
    said, saved = list(problems), False
    if typed and not problems:
        try:
            handed = workbooks.typed_in(request.actor, request.district, year, key, typed)
            said = [one.en if is_english() else one.zh for one in handed.errors]
            if not said:
                saved = bool(_commit(request, year, handed).written)
        except UnableToTakeIn as refusal:
            said = list(refusal.problems)
    fresh = sheets.sheet_page(request.actor, request.district, year, key)
    odd = workbooks.odd_in_sheet(years.the_inventory(request.actor, request.district, year), fresh)
    line = next((one for one in grid(request, year, fresh, odd) if one.cell.code == code), None)
    context = {"line": line, "problems": said, "saved": saved, "view": fresh.view}
    answer = render(request, "inventory/yearly/_row_state.html", context)
    return wrong(answer) if said else answer


def _commit(request: PageRequest, year: int, handed: HandedIn) -> Committed:
    if not handed.filled:
        return Committed(0, 0, ())
    return entering.commit(request.actor, request.district, year, handed.filled)


def _paste(request: PageRequest, year: int, page: SheetPage, *, commit: bool) -> Answer:
    text = request.POST.get("text", "")
    key = page.view.sheet.key
    if not text.strip():
        return _again(
            request, year, page, errors={"text": _("没有粘贴任何内容。请从 Excel 里复制指标和数值两列，再粘贴到这里。")}
        )
    if len(text) > MOST_CHARACTERS:
        return _again(request, year, page, errors={"text": _("粘贴的内容过长，没有读取。")})
    handed = workbooks.read_pasted_in(request.actor, request.district, year, key, text)
    if commit and not handed.errors:
        done = entering.commit(request.actor, request.district, year, handed.filled)
        messages.success(request, _("写入了 {n} 个数。").format(n=done.written))
        return go(address(request, "sheet", year=year, sheet=key))
    shown = entering.preview(request.actor, request.district, year, handed.filled)
    found = finding_rows(jobs.findings_as_json(handed), shown.problems)
    changes = change_rows(jobs.changes_as_json(shown.changed), address(request, "year", year=year))
    errors = [one for one in found if one["severity"] == "error"]
    pasted = {
        "text": text, "findings": found, "changes": changes, "unchanged": shown.unchanged, "errors_count": len(errors),
        "totals": total_rows(request, year, jobs.totals_as_json(shown)), "may_commit": bool(changes) and not errors,
    }  # fmt: skip
    context = {**_context(request, year, page), "pasted": pasted}
    answer = render(request, TEMPLATE, context)
    return wrong(answer) if commit else answer


def typed_rows(form: Mapping[str, Any], page: SheetPage, only: str = "") -> tuple[list[Typed], list[str]]:
    """The rows of a form that differ from what stands, and why a row cannot be meant.

    What was returned does not stand: sent unchanged, it is given again.
    """
    found, problems = [], []
    for cell in page.cells:
        if (only and cell.code != only) or f"value:{cell.code}" not in form:
            continue
        typed = Typed(cell.code, **{name: str(form.get(f"{name}:{cell.code}", "")).strip() for name in FIELDS})
        stands = Line.of(cell)
        if typed == stands.typed and (cell.status != "returned" or not cell.is_answered):
            continue
        if not typed.value and not typed.notation and cell.is_answered:
            problems.append(
                _("“{name}”原来有数，不能改成空白。不再有的，请选一个标记并写明理由。").format(
                    name=named(cell.quantity)
                )
            )
            continue
        found.append(typed)
    return found, problems


def _again(
    request: PageRequest,
    year: int,
    page: SheetPage,
    *,
    problems: Sequence[str] = (),
    errors: Mapping[str, str] | None = None,
    note: str = "",
) -> HttpResponse:
    """The same page with what was typed and what is wrong."""
    context = _context(request, year, page, typed=request.POST)
    context |= {"problems": problems, "errors": errors or {}, "note": note, "text": request.POST.get("text", "")}
    return wrong(render(request, TEMPLATE, context))


def _context(
    request: PageRequest, year: int, page: SheetPage, typed: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    inventory = years.the_inventory(request.actor, request.district, year)
    lines = grid(request, year, page, workbooks.odd_in_sheet(inventory, page))
    if typed is not None:
        lines = [_with_typed(line, typed) for line in lines]
    sections: dict[str, list[Line]] = {}
    for line in lines:
        sections.setdefault(line.section, []).append(line)
    view = page.view
    english = is_english()
    return {
        "year": year,
        "view": view,
        "system": _("系统"),
        "name": named(view.sheet),
        "note_of_sheet": view.sheet.note_en if english and view.sheet.note_en else view.sheet.note_zh,
        "word": SHEET_WORDS[view.status],
        "sections": list(sections.items()),
        "notations": list(NOTATIONS.items()),
        "organisations": organisations_of(request) if view.may_assign else [],
        "keep_key": f"inventory-{request.district.code}-{year}-{view.sheet.key}-{getattr(request.user, 'uid', '')}",
        "odd": sum(bool(line.odd) for line in lines),
        "urls": {
            "here": address(request, "sheet", year=year, sheet=view.sheet.key),
            "year": address(request, "year", year=year),
            "file": address(request, "workbook_file", {"sheet": view.sheet.key}, year=year),
            "workbook": address(request, "workbook", year=year),
        },
    }


def organisations_of(request: PageRequest) -> list[dict[str, Any]]:
    """The organisations a sheet may be given to."""
    return [
        {"uid": str(one.uid), "name": one.name, "code": one.code}
        for one in organisations.list_organisations(request.district, active_only=True)
    ]


def _with_typed(line: Line, form: Mapping[str, Any]) -> Line:
    code = line.cell.code
    if f"value:{code}" not in form:
        return line
    return replace(line, typed=Typed(code, **{name: str(form.get(f"{name}:{code}", "")) for name in FIELDS}))


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as trouble:
        raise UnableToChange(_("没有这一单位。"), field="organisation") from trouble
