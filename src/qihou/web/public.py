"""The public side: which districts run their plan here, and the way in. No office data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from qihou.face.pages import PageRequest, page
from qihou.record.api.districts import districts


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", {"districts": list(districts())})


@page("web/public_district.html", public=True)
def district(request: PageRequest) -> dict[str, Any]:
    return {"progress_url": reverse("plan_public:progress", kwargs={"district_code": request.district.code})}
