"""Computing a year and publishing a run: options, what would change, what stands in the way, the runs so far."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.inventory import jobs
from qihou.domains.inventory.api import checking, computing, gaps, publishing, queries, recomputing, runs, years
from qihou.domains.inventory.api.errors import UnableToChange, UnableToPublish
from qihou.domains.inventory.api.feeding import Fed
from qihou.domains.inventory.api.gaps import Gap
from qihou.face.pages import Answer, PageRequest
from qihou.record.api.access import Act, require
from qihou.record.models import Run

from .common import address, go, named, wrong, yearly_page
from .shown import figure, ten_thousands
from .words import EDITIONS, STATES, TOTALS

TEMPLATE = "inventory/yearly/compute.html"


@yearly_page(TEMPLATE)
def compute(request: PageRequest, year: int) -> Answer:
    """The lead bureau computes, accepts gaps with a reason and publishes; the auditor reads."""
    require(request.actor, Act.READ_INVENTORY, district_id=request.district.pk)
    if request.method != "POST":
        return _context(request, year)
    act = request.POST.get("act", "")
    try:
        if act == "compute":
            return _compute(request, year)
        if act == "accept":
            reason = request.POST.get("reason", "")
            gaps.accept_gap(request.actor, request.district, year, request.POST.get("category", ""), reason)
            messages.success(request, _("已记下理由。") if reason.strip() else _("已撤回。"))
        elif act == "publish":
            return _publish(request, year)
        else:
            raise UnableToChange(_("没有“{act}”这一步。").format(act=act))
    except UnableToChange as refusal:
        return _again(request, year, {refusal.field or "act": str(refusal)})
    except UnableToPublish as refusal:
        return _again(request, year, {}, refused=refusal.reasons)
    return go(address(request, "compute", year=year))


def _compute(request: PageRequest, year: int) -> Answer:
    draws, seed = _whole(request, "draws"), _whole(request, "seed")
    reason = request.POST.get("reason", "").strip()
    here = address(request, "compute", year=year)
    if draws:
        job = jobs.start_compute(
            request.actor, request.district, year, draws=draws, seed=seed, reason=reason, url=here
        )  # fmt: skip
        return go(reverse("job", kwargs={"district_code": request.district.code, "uid": job.uid}))
    before = runs.newest_run(request.actor, request.district, year)
    run = computing.compute(request.actor, request.district, year, draws=0, seed=seed, reason=reason)
    checking.run_checks(request.actor, request.district, year)
    if before is not None and before.pk == run.pk:
        messages.success(request, _("数据和选项都没有变，结果与第 {n} 次相同，没有另存。").format(n=run.number))
    else:
        messages.success(request, _("第 {n} 次计算完成。").format(n=run.number))
    return go(here)


def _publish(request: PageRequest, year: int) -> Answer:
    run = _uid(request.POST.get("run", ""))
    done, fed = publishing.publish(
        request.actor, request.district, run, today=timezone.localdate(), note=request.POST.get("note", "").strip()
    )  # fmt: skip
    messages.success(request, _("{year} 年清单第 {n} 次计算已发布。").format(year=year, n=done.number))
    for one in fed:
        messages.info(request, _fed(one))
    return go(address(request, "year", year=year))


def _fed(one: Fed) -> str:
    value = "—" if one.value is None else f"{one.value.normalize():f}"
    return _("规划指标“{name}”：{value} {said}").format(name=one.indicator, value=value, said=one.said)


def _again(request: PageRequest, year: int, errors: dict[str, str], refused: tuple[str, ...] = ()) -> Any:
    context = _context(request, year) | {"errors": errors, "refused": refused}
    context["values"] |= {key: request.POST.get(key, "") for key in ("draws", "seed", "reason") if key in request.POST}
    return wrong(render(request, TEMPLATE, context))


def _context(request: PageRequest, year: int) -> dict[str, Any]:
    actor, district = request.actor, request.district
    found = queries.home(actor, district, year)
    run = found.view.run
    code = district.code
    waiting = publishing.why_not_publish(actor, district, run.uid) if run else []
    may_publish = found.may_publish and run is not None and run.status == "draft"
    return {
        "year": year,
        "inventory": found.view.inventory,
        "edition": EDITIONS[found.view.inventory.edition][0],
        "run": run,
        "total": figure(found.view.total, run.uid, code) if run else None,
        "total_without": figure(found.view.total_without_lulucf, run.uid, code) if run else None,
        "may_compute": found.may_compute,
        "may_publish": may_publish,
        "waiting": waiting if run and run.status == "draft" else [],
        "gaps": [_gap(gap) for gap in found.gaps],
        "differences": _differences(request, year) if run and found.may_compute else [],
        "runs": [_run_line(request, one) for one in runs.runs(actor, district, year)],
        "values": {"draws": str(found.view.inventory.draws), "seed": "0", "reason": ""},
        "most_draws": years.MOST_DRAWS,
        "urls": {
            "here": address(request, "compute", year=year),
            "year": address(request, "year", year=year),
            "checks": address(request, "checks", year=year),
        },
    }


def _differences(request: PageRequest, year: int) -> list[dict[str, Any]]:
    found = []
    for one in recomputing.would_change(request.actor, request.district, year):
        before, after = (line.value if line else None for line in (one.before, one.after))
        both = before is not None and after is not None
        found.append(
            {
                "name": named(one.category) if one.category else str(TOTALS[one.code]),
                "number": one.category.number if one.category else "",
                "total": one.category is None,
                "depth": one.code.count("."),
                "before": _said(one.before),
                "after": _said(one.after),
                "difference": f"{'+' if after > before else ''}{ten_thousands(after - before)}" if both else "",  # type: ignore[operator]
            }
        )
    return found


def _said(line: Any) -> str:
    if line is None:
        return "—"
    return str(STATES[line.state]) if line.value is None else ten_thousands(line.value)


def _gap(gap: Gap) -> dict[str, Any]:
    reasons = list(dict.fromkeys(leaf.reason for leaf in gap.because if leaf.reason))
    return {
        "gap": gap,
        "code": gap.row.code,
        "number": gap.row.category.number,
        "name": named(gap.row.category),
        "state": str(STATES[gap.row.line.state]) if gap.row.line and gap.row.line.value is None else _("有未计入项"),
        "because": reasons,
    }


def _run_line(request: PageRequest, run: Run) -> dict[str, Any]:
    settings = run.settings
    return {
        "run": run,
        "by": run.made_by.name if run.made_by else _("系统"),
        "gwp": settings["gwp_set"],
        "edition": EDITIONS[settings["edition"]][0],
        "draws": _("抽样 {n} 次，种子 {seed}").format(n=settings["draws"], seed=settings["seed"])
        if settings["draws"]
        else _("误差传递"),
        "files": [
            (label, address(request, "run_file", uid=run.uid, form=form))
            for form, label in (("report", "docx"), ("results", "xlsx"), ("json", "JSON"))
        ],
        "tree_url": address(request, "tree", {"run": run.uid}, year=run.period_start.year),
    }


def _whole(request: PageRequest, field: str) -> int:
    text = request.POST.get(field, "").strip() or "0"
    if not text.isdecimal() or len(text) > 9:
        raise UnableToChange(_("“{text}”不是整数。").format(text=text), field=field)
    return int(text)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as trouble:
        raise UnableToChange(_("没有这一次计算。"), field="run") from trouble
