"""The plan's versions, bringing in a new one, and watching it being read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qihou.domains.plan import jobs
from qihou.domains.plan.api import queries
from qihou.domains.plan.api.views import VersionView
from qihou.domains.plan.api.words import LACKS
from qihou.face import formats
from qihou.face.pages import Answer, PageRequest
from qihou.face.tables import Column, Table
from qihou.face.values import Link, Missing
from qihou.record.api.access import Act, require
from qihou.record.models import Job

from .common import address, go, plan_page, wrong
from .keep import take_kept
from .typed import Typed

ENDINGS = (".txt", ".html", ".htm", ".docx", ".pdf")


@dataclass(frozen=True)
class VersionRow:
    view: VersionView
    url: str
    next: Link | None
    plan: str


VERSIONS = Table(
    name="versions",
    title=lazy("规划版本"),
    file_name="规划版本",
    sort="-imported",
    columns=[
        Column("number", lazy("版本"), "number", value=lambda r: r.view.number, url=lambda r: r.url),
        Column("label", lazy("这一稿"), value=lambda r: r.view.label or None, heading=True),
        Column("status", lazy("状态"), "state", value=lambda r: r.view.status),
        Column("plan", lazy("规划"), value=lambda r: r.plan),
        Column("file", lazy("文件"), value=lambda r: r.view.source.name),
        Column("imported", lazy("导入"), "date", value=lambda r: r.view.imported_at),
        Column("adopted", lazy("采用"), "date", value=lambda r: r.view.adopted_at or Missing.NOT_APPLICABLE),
        Column("next", lazy("下一步"), "link", value=lambda r: r.next or Missing.NOT_APPLICABLE, sortable=False),
        Column("note", lazy("说明"), "long", value=lambda r: r.view.status_note or None, optional=True),
        Column("sha256", lazy("文件校验值（SHA-256）"), value=lambda r: r.view.source.sha256, optional=True),
    ],
)


@plan_page("plan/working/versions.html", nav="plan.versions", methods=("GET",))
def versions(request: PageRequest) -> Answer:
    may_import = request.actor.may(Act.IMPORT_PLAN, district_id=request.district.pk)
    may_review = request.actor.may(Act.REVIEW_PLAN, district_id=request.district.pk)
    rows = [_row(request, v, may_review) for v in queries.versions(request.actor, request.district)]
    running = [
        {"state": j.state, "file": j.params.get("file", ""), "url": address(request, "job", uid=j.uid)}
        for j in jobs.recent_imports(request.actor, request.district)
    ]
    return {"table": VERSIONS.bind(rows, request.GET), "jobs": running, "may_import": may_import}


def _row(request: PageRequest, view: VersionView, may_review: bool) -> VersionRow:
    plan = {"plan": view.plan_code}
    if view.status == "review":
        word = _("继续复核") if may_review else _("看复核进度")
        following = Link(word, address(request, "review", plan, number=view.number))
    elif view.status == "discarded":
        following = None
    else:
        following = Link(_("打开登记表"), address(request, "overview", {**plan, "version": view.number}))
    return VersionRow(view, address(request, "overview", {**plan, "version": view.number}), following, view.plan_title)


@plan_page("plan/working/import.html", nav="plan.versions")
def import_upload(request: PageRequest) -> Answer:
    """Upload a document; the reading runs as a job whose page shows its progress."""
    require(request.actor, Act.IMPORT_PLAN, district_id=request.district.pk)
    form = Typed({k: str(v) for k, v in request.POST.items()})
    file = request.FILES.get("file") if request.method == "POST" else None
    if request.method == "POST":
        if trouble := _refuse(file):
            form.errors["file"] = trouble
        else:
            assert file is not None
            job = jobs.start_import(
                request.actor, request.district, name=file.name or "", content=file.read(),
                plan_code=form.text("plan") or None, label=form.text("label")[:200],
            )  # fmt: skip
            return go(address(request, "job", uid=job.uid))
    kept = take_kept(request) if request.method == "GET" else None
    plans = {v.plan_code: v.plan_title for v in queries.versions(request.actor, request.district)}
    context = {
        "limit": formats.size(settings.MAX_UPLOAD_BYTES), "limit_bytes": settings.MAX_UPLOAD_BYTES, "kept": kept,
        "values": kept or form.values, "errors": form.errors, "bound": request.method == "POST",
        "plans": [{"code": c, "title": t} for c, t in plans.items()],
    }  # fmt: skip
    if form.errors:
        return wrong(render(request, "plan/working/import.html", context))
    return context


def _refuse(file: Any) -> str:
    """Why the file is not worth reading, or nothing."""
    if file is None:
        return _("没有选择文件。请点“选择文件”，选规划的文本、网页、Word 或 PDF 文件。")
    if file.size == 0:
        return _("文件“%(name)s”是空的（0 字节）。请检查保存是否成功，再重新选择。") % {"name": file.name}
    if file.size > settings.MAX_UPLOAD_BYTES:
        return _("文件“%(name)s”有 %(size)s，超过上限 %(most)s。规划正文一般不到 10 MB，请检查是否选错，或把图片去掉后再传。") % {
            "name": file.name, "size": formats.size(file.size), "most": formats.size(settings.MAX_UPLOAD_BYTES),
        }  # fmt: skip
    ending = PurePath(file.name).suffix.lower()
    if ending not in ENDINGS:
        return _("不能读“%(ending)s”文件。请另存为 .docx、.txt、.html 或有文字层的 .pdf 再上传。") % {
            "ending": ending or _("没有后缀的")
        }
    return ""


@plan_page("plan/working/job.html", nav="plan.versions", partial="plan/working/_job.html", methods=("GET",))
def job(request: PageRequest, uid: UUID) -> Answer:
    """An import being read; asked again every second while it runs."""
    found = jobs.import_job(request.actor, request.district, uid)
    return {"job": _job(request, found), "refresh_seconds": 3}


def _job(request: PageRequest, job: Job) -> dict[str, Any]:
    result = job.result or {}
    began = job.started_at or job.created_at
    words = (
        ("indicators", _("项指标")),
        ("projects", _("个项目")),
        ("tasks", _("项任务")),
        ("open_cells", _("格待定")),
        ("findings", _("条核查发现")),
    )
    return {
        "uid": job.uid,
        "state": job.state,
        "running": job.state in ("waiting", "running"),
        "file": job.params.get("file", ""),
        "step": job.step,
        "done": job.done,
        "total": job.total,
        "percent": round(100 * job.done / job.total) if job.total else 0,
        "seconds": max(0, int((timezone.now() - began).total_seconds())),
        "message": _interrupted() if job.state == "interrupted" else job.message,
        "summary": [(word, result[key]) for key, word in words if key in result],
        "lacks": [str(LACKS.get(code, code)) for code in result.get("lacks", [])],
        "review_url": address(request, "review", {"plan": result.get("plan")}, number=result["number"])
        if "number" in result
        else "",
    }


def _interrupted() -> str:
    return _("程序在读取途中停止（停电、重启或升级）。读取是整体写入的，没有留下一半的内容。")
