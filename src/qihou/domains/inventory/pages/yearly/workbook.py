"""The workbook of a year: handing it out, taking it in, and showing what it would change before anything is written."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _

from qihou.domains.inventory import jobs
from qihou.domains.inventory.api import queries, sheets, workbooks, years
from qihou.domains.inventory.api.errors import UnableToChange, UnableToTakeIn
from qihou.domains.inventory.methods.workbook.guards import MOST_BYTES
from qihou.face import formats
from qihou.face.pages import Answer, PageRequest
from qihou.record.api import sources
from qihou.record.api.access import Act
from qihou.record.models import Job

from .changes import change_rows, finding_rows, total_rows
from .common import XLSX, address, download, go, named, wrong, yearly_page
from .words import SHEET_WORDS


@yearly_page("inventory/yearly/workbook.html")
def workbook(request: PageRequest, year: int) -> Answer:
    """Download the forms; upload them filled."""
    inventory = years.the_inventory(request.actor, request.district, year)
    errors: dict[str, str] = {}
    if request.method == "POST":
        workbooks.require_some_sheet(request.actor, inventory)
        file = request.FILES.get("file")
        if trouble := _refuse(file):
            errors["file"] = trouble
        else:
            assert file is not None
            job = jobs.start_hand_in(
                request.actor, request.district, year, name=file.name or "", content=file.read()
            )  # fmt: skip
            return go(address(request, "hand_in", year=year, uid=job.uid))
    views = sheets.sheets_of(request.actor, request.district, year)
    may_read = request.actor.may(Act.READ_INVENTORY, district_id=request.district.pk)
    mine = [view for view in views if view.may_fill or view.may_submit]
    context = {
        "inventory": inventory, "year": year, "errors": errors, "may_read": may_read, "may_fill": bool(mine),
        "sheets": [
            {"view": view, "name": named(view.sheet), "word": SHEET_WORDS[view.status],
             "url": address(request, "workbook_file", {"sheet": view.sheet.key}, year=year)}
            for view in (views if may_read else mine)
        ],
        "recent": [_line(request, job, year) for job in jobs.recent_hand_ins(request.actor, request.district, year)],
        "limit": formats.size(MOST_BYTES), "limit_bytes": MOST_BYTES, "year_url": address(request, "year", year=year),
        "file_url": address(request, "workbook_file", year=year),
        "empty_url": address(request, "workbook_file", {"empty": "1"}, year=year),
        "years": [view.inventory.year for view in queries.overview(request.actor, request.district)],
    }  # fmt: skip
    return wrong(render(request, "inventory/yearly/workbook.html", context)) if errors else context


@yearly_page(methods=("GET",))
def workbook_file(request: PageRequest, year: int) -> Answer:
    """The xlsx: all sheets one may read, or those that are named."""
    wanted = frozenset(request.GET.getlist("sheet"))
    name, content = workbooks.hand_out(
        request.actor, request.district, year, sheets=wanted or None, filled=request.GET.get("empty") != "1"
    )  # fmt: skip
    return download(name, content, XLSX)


@yearly_page("inventory/yearly/hand_in.html", partial="inventory/yearly/_hand_in.html")
def hand_in(request: PageRequest, year: int, uid: UUID) -> Answer:
    """A workbook being read, then what it would change; written or dropped."""
    job = jobs.hand_in(request.actor, request.district, year, uid)
    problems: tuple[str, ...] = ()
    if request.method == "POST":
        if request.POST.get("act") == "drop":
            messages.success(request, _("没有写入任何内容。收到的文件仍按原样保存。"))
            return go(address(request, "workbook", year=year))
        try:
            done = jobs.commit_hand_in(
                request.actor, request.district, year, uid, illustrative=request.POST.get("illustrative") == "1"
            )  # fmt: skip
        except UnableToTakeIn as refusal:
            problems = refusal.problems
        except UnableToChange as refusal:
            problems = (str(refusal),)
        else:
            messages.success(request, _written(done.written, done.unchanged))
            return go(_after(request, year, done.sheets))
    context = {**_shown(request, job, year), "problems": problems}
    return wrong(render(request, "inventory/yearly/hand_in.html", context)) if problems else context


@yearly_page(methods=("GET",))
def hand_in_file(request: PageRequest, year: int, uid: UUID) -> Answer:
    """The file of a hand-in exactly as it was received."""
    source = jobs.file_of(request.actor, request.district, year, uid)
    with sources.open_source(source) as stream:
        return download(source.name, stream.read(), "application/octet-stream")


def _shown(request: PageRequest, job: Job, year: int) -> dict[str, Any]:
    result = job.result or {}
    changes = change_rows(result.get("changes", ()), address(request, "year", year=year))
    found = finding_rows(result.get("findings", ()), result.get("problems", ()))
    errors = [one for one in found if one["severity"] == "error"]
    return {
        "job": job,
        "year": year,
        "running": job.state in ("waiting", "running"),
        "here": address(request, "hand_in", year=year, uid=job.uid),
        "back": address(request, "workbook", year=year),
        "file_url": address(request, "hand_in_file", year=year, uid=job.uid),
        "file": job.params.get("file", ""),
        "size": job.params.get("size", 0),
        "findings": found,
        "errors_count": len(errors),
        "changes": changes,
        "groups": _grouped(changes),
        "unchanged": result.get("unchanged", 0),
        "totals": total_rows(request, year, result.get("totals", ())),
        "illustrative": result.get("illustrative", False),
        "may_commit": job.state == "done" and not errors and bool(changes),
    }


def _grouped(changes: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for one in changes:
        found.setdefault(one["sheet_name"], []).append(one)
    return list(found.items())


def _line(request: PageRequest, job: Job, year: int) -> dict[str, Any]:
    result = job.result or {}
    return {
        "state": job.state, "file": job.params.get("file", ""), "at": job.created_at,
        "by": job.asked_by.name if job.asked_by else "", "changes": len(result.get("changes", ())),
        "url": address(request, "hand_in", year=year, uid=job.uid),
    }  # fmt: skip


def _written(written: int, unchanged: int) -> str:
    if not written:
        return _("没有写入任何内容：{n} 个数与已有的完全一样。").format(n=unchanged)
    return _("写入了 {written} 个数；{unchanged} 个与原来一样，没有动。核对后请提交这张表。").format(
        written=written, unchanged=unchanged
    )


def _after(request: PageRequest, year: int, written: tuple[str, ...]) -> str:
    if len(written) == 1:
        return address(request, "sheet", year=year, sheet=written[0])
    return address(request, "year", year=year)


def _refuse(file: Any) -> str:
    """Why the file is not worth reading, or nothing."""
    if file is None:
        return _("没有选择文件。请选填好的填报表（.xlsx）。")
    if file.size == 0:
        return _("文件“{name}”是空的（0 字节）。请检查保存是否成功，再重新选择。").format(name=file.name)
    if file.size > MOST_BYTES:
        return _("文件“{name}”有 {size}，超过上限 {most}。填报表一般不到 1 MB，请检查是否选错。").format(
            name=file.name, size=formats.size(file.size), most=formats.size(MOST_BYTES)
        )
    ending = PurePath(file.name).suffix.lower()
    if ending != ".xlsx":
        return _("不能读“{ending}”文件。请用这里下载的填报表，另存为 .xlsx 再上传。").format(
            ending=ending or _("没有后缀的")
        )
    return ""
