"""Settling one finding of a document: open, explained, or corrected in a version."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.domains.plan.api import review, settling, todo
from qihou.domains.plan.api.errors import UnableToChange
from qihou.domains.plan.api.views import VersionView
from qihou.domains.plan.api.words import FINDING_STATES
from qihou.face.pages import Answer, PageRequest

from .common import address, go, plan_page, wrong
from .keep import take_kept
from .typed import Typed


@plan_page("plan/working/finding_state.html", nav="plan.findings")
def finding_state(request: PageRequest, uid: UUID) -> Answer:
    page = settling.finding_page(request.actor, request.district, uid)
    form = Typed({k: str(v) for k, v in request.POST.items()})
    back = address(request, "findings", {"version": page.version.number})
    if request.method == "POST":
        try:
            review.set_finding_state(
                request.actor, request.district, uid, form.text("state"), note=form.text("note"),
                corrected_in=form.text("corrected_in"),
            )  # fmt: skip
        except UnableToChange as refusal:
            field = "corrected_in" if form.text("state") == "corrected" else "note"
            form.errors[field] = str(refusal)
        else:
            messages.success(request, _("已保存。"))
            return go(f"{back}#f-{uid}")
    else:
        form.values = take_kept(request) or {
            "state": page.finding.state,
            "note": page.finding.state_note,
            "corrected_in": page.finding.corrected_in,
        }
    context = {
        "finding": page.finding,
        "version": page.version,
        "may_change": page.may_change,
        "handed": todo.of_findings(
            request.actor, request.district, [uid], today=timezone.localdate(), language=get_language() or ""
        ).get(uid, ()),
        "states": [
            ("open", FINDING_STATES["open"], _("还没有看，或者还要查")),
            ("explained", FINDING_STATES["explained"], _("看过了，文件没有错，或已知如何理解")),
            ("corrected", FINDING_STATES["corrected"], _("文件有错，已在某一版改正")),
        ],
        "versions": [(_name(v), _name(v)) for v in page.siblings],
        "values": form.values,
        "errors": form.errors,
        "urls": {
            "here": address(request, "finding_state", uid=uid),
            "findings": back,
            "hand_out": address(request, "hand_out", uid=uid),
            "document": address(
                request, "document", {"version": page.version.number, "line": min(page.finding.lines, default=None)}
            ),
        },
    }
    if form.errors:
        return wrong(render(request, "plan/working/finding_state.html", context))
    return context


def _name(version: VersionView) -> str:
    return _("第 %(n)s 版 %(label)s") % {"n": version.number, "label": version.label or version.source.name}
