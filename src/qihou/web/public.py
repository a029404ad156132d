"""The public side: which districts run their plan here, how they stand, and the way in. No office data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.inventory.api.disclosing import disclosure
from qihou.domains.plan.api import queries
from qihou.face.pages import PageRequest, page
from qihou.face.strips import states_strip
from qihou.record.api.districts import districts

from .cockpit import ordered


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", {"districts": list(districts())})


@page("web/public_district.html", public=True)
def district(request: PageRequest) -> dict[str, Any]:
    """Counts of what is adopted and accepted; before a plan is adopted there is nothing to show, and the page says so."""
    view = queries.public_progress(request.district, today=timezone.localdate())
    words = {"indicator": _("指标"), "project": _("重点项目"), "task": _("任务")}
    kinds = [
        {
            "word": word,
            "count": sum(view.states.get(kind, {}).values()),
            "strip": states_strip(view.states.get(kind, {})),
            "states": ordered(view.states.get(kind, {})),
        }
        for kind, word in words.items()
    ]
    url = reverse("plan_public:progress", kwargs={"district_code": request.district.code})
    published = [disclosed.year for disclosed in disclosure(request.district)]
    emissions_url = reverse("inventory_public:inventories", kwargs={"district_code": request.district.code})
    return {"view": view, "kinds": kinds, "progress_url": url, "published": published, "emissions_url": emissions_url}
