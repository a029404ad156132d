"""Adopting a version, with what that means said first; or discarding it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _

from qihou.domains.plan.api import adoption, desk, pairing, queries, review
from qihou.domains.plan.api.errors import UnableToChange
from qihou.domains.plan.api.views import VersionView
from qihou.domains.plan.api.words import KINDS
from qihou.face.pages import Answer, PageRequest
from qihou.record.api.access import Act

from .common import address, go, plan_page, version_asked, wrong
from .keep import take_kept
from .typed import Typed


@plan_page("plan/working/adopt.html", nav="plan.versions")
def adopt(request: PageRequest, number: int) -> Answer:
    version = version_asked(request, number)
    form = Typed({k: str(v) for k, v in request.POST.items()})
    if request.method == "POST":
        try:
            return go(_act(request, version, form))
        except UnableToChange as refusal:
            discarding = form.text("act") == "discard"
            form.errors["discard_note" if discarding else "note"] = str(refusal)
    elif kept := take_kept(request):
        form.values = kept
    context = _context(request, version, form)
    if form.errors:
        return wrong(render(request, "plan/working/adopt.html", context))
    return context


def _act(request: PageRequest, version: VersionView, form: Typed) -> str:
    if form.text("act") == "discard":
        review.discard(request.actor, request.district, version.uid, form.text("discard_note"))
        messages.success(request, _("第 %(n)s 版已作废，仍可查看。") % {"n": version.number})
        return address(request, "versions")
    note = form.text("note")
    adoption.adopt(request.actor, request.district, version.uid, leave_undetermined=bool(note), reason=note)
    messages.success(request, _("第 %(n)s 版已采用。各部门现在可以报送进展。") % {"n": version.number})
    return address(request, "overview", {"version": version.number})


def _context(request: PageRequest, version: VersionView, form: Typed) -> dict[str, Any]:
    queue = desk.queue(request.actor, request.district, version.uid, show="all")
    findings = queries.findings(request.actor, request.district, version.uid, severity="error", state="open")
    siblings = queries.versions(request.actor, request.district, version.plan_code)
    replaces = next((v for v in siblings if v.status == "adopted"), None)
    plan = {"plan": request.GET.get("plan")}

    def review_url(show: str) -> str:
        return address(request, "review", {**plan, "show": show}, number=version.number)

    return {
        "version": version,
        "queue": queue,
        "counts": [(KINDS[k], queue.kinds[k]) for k in desk.KINDS],
        "left": queue.total - queue.reviewed,
        "open_errors": len(findings.rows),
        "needs_note": bool(queue.open_cells),
        "replaces": replaces,
        "doubtful": pairing.doubtful(request.actor, request.district, version.uid),
        "may_discard": request.actor.may(Act.REVIEW_PLAN, district_id=request.district.pk),
        "values": form.values,
        "errors": form.errors,
        "urls": {
            "review": address(request, "review", plan, number=version.number),
            "pairs": address(request, "pairing", {**plan, "show": "doubt"}, number=version.number),
            "unreviewed": review_url("unreviewed"),
            "open": review_url("open"),
            "errors": address(
                request, "findings", {**plan, "version": version.number, "severity": "error", "state": "open"}
            ),
            "overview": address(request, "overview", {**plan, "version": version.number}),
            "compare": address(request, "compare", {**plan, "a": replaces.number, "b": version.number})
            if replaces
            else "",
        },
    }
