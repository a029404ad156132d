"""What every working page needs: its decorator, the version asked for, addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.errors import UnableToFind
from qihou.domains.plan.api.views import VersionView
from qihou.face.pages import Answer, PageRequest, page

from .keep import keeps_what_was_typed

Page = Callable[..., Answer]


def plan_page(
    template: str = "", *, nav: str = "", partial: str = "", methods: tuple[str, ...] = ("GET", "POST")
) -> Any:
    """:func:`~qihou.face.pages.page` for the plan: what the plan's api cannot find is a 404; typed text outlives sign-in."""

    def decorate(view: Page) -> Any:
        @wraps(view)
        def inner(request: PageRequest, *args: Any, **kwargs: Any) -> Answer:
            if request.method not in (*methods, "HEAD"):
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            try:
                return view(request, *args, **kwargs)
            except UnableToFind as trouble:
                raise Http404(str(trouble)) from trouble

        return keeps_what_was_typed(page(template, nav=nav, partial=partial)(inner))

    return decorate


def address(request: PageRequest, name: str, query: dict[str, Any] | None = None, **parts: Any) -> str:
    """The address of a page of this district, with the parameters that are not empty."""
    url = reverse(f"plan:{name}", kwargs={"district_code": request.district.code, **parts})
    kept = {k: v for k, v in (query or {}).items() if v not in (None, "")}
    return f"{url}?{urlencode(kept)}" if kept else url


def go(url: str) -> HttpResponseRedirect:
    """After an act, to the page that shows what it did; 303 so that going back never repeats it."""
    return HttpResponseRedirect(url, status=303)


def version_asked(request: PageRequest, number: int) -> VersionView:
    """The version in the address; ``?plan=`` says of which plan where a district has several."""
    return queries.choose_version(request.actor, request.district, request.GET.get("plan") or None, number)


def current_version(request: PageRequest) -> VersionView:
    """The version in force, or the one ``?version=`` asks for."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 else None
    return queries.choose_version(request.actor, request.district, request.GET.get("plan") or None, number)


def wrong(response: HttpResponse) -> HttpResponse:
    """A form shown again with its errors: 422, so that no machine takes it for success."""
    response.status_code = 422
    return response
