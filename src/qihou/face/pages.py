"""How a page is written: a function from a request to the plain values its template shows.

::

    @page("plan/indicators.html", nav="plan.indicators")
    def indicators(request: PageRequest) -> dict[str, Any]:
        rows = queries.indicators(request.actor, request.district)
        return {"table": INDICATORS.bind(rows, request.GET, district_code=request.district.code)}

The address holds ``district_code``; the decorator finds the district and the actor, sends who is not signed in to the
sign-in page, asks :func:`require` for the office side, and turns ``NotPermitted`` and missing things into their pages.
Permission for the act itself is asked by the api, never here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from qihou.record.api.access import Act, Actor, NotPermitted, require
from qihou.record.models import Feature, FeatureKind

from .charts import Chart
from .tables import BoundTable
from .words import ACTS, ROLES


class PageRequest(HttpRequest):
    """A request as a page sees it. Only a type: the middleware and the decorator put these on Django's own request."""

    actor: Actor
    district: Feature
    htmx: Any
    page_nav: str


Answer = HttpResponseBase | Mapping[str, Any]
View = Callable[..., Answer]


def district_of(code: str) -> Feature:
    try:
        return Feature.objects.get(kind=FeatureKind.DISTRICT, code=code)
    except Feature.DoesNotExist:
        raise Http404(code) from None


def page(
    template: str = "",
    *,
    nav: str = "",
    public: bool = False,
    act: Act = Act.VIEW_OFFICE,
    partial: str = "",
) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Make a view of a page function. ``partial`` is the template sent when htmx asks for a piece only."""

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def inner(request: Any, district_code: str = "", *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.page_nav = nav
            try:
                if not public and request.actor.person_id is None:
                    return to_sign_in(request)
                if district_code:
                    request.district = district_of(district_code)
                    if not public:
                        require(request.actor, act, district_id=request.district.pk)
                answer = view(request, *args, **kwargs)
            except NotPermitted as refused:
                return not_permitted(request, refused)
            except (Http404, ObjectDoesNotExist):
                return not_found(request)
            if isinstance(answer, HttpResponseBase):
                return answer
            return shown(request, answer, template, partial)

        return inner

    return decorate


def shown(request: Any, answer: Mapping[str, Any], template: str, partial: str) -> HttpResponseBase:
    """The page, or the file when the address asks a table of the page for one."""
    for value in answer.values():
        table = value.table if isinstance(value, Chart) else value
        if isinstance(table, BoundTable) and (file := table.export(request)):
            return file
    if partial and getattr(request, "htmx", False) and not request.htmx.boosted:
        template = partial
    response = render(request, template, dict(answer))
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def to_sign_in(request: HttpRequest) -> HttpResponse:
    url = f"{reverse('signin')}?next={quote(request.get_full_path())}"
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def not_permitted(request: HttpRequest, refused: NotPermitted) -> HttpResponse:
    """403 that says which act was refused and who can do it."""
    context = {
        "act": ACTS.get(str(refused.act), str(refused.act)),
        "who": [ROLES.get(role, role) for role in refused.who],
    }
    return render(request, "face/no_permission.html", context, status=403)


def not_found(request: HttpRequest) -> HttpResponse:
    return render(request, "face/not_found.html", {"path": request.path}, status=404)
