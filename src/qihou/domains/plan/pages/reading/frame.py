"""What every page of the register shares: the version it shows, the tabs, and its answers when something is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.errors import UnableToFind
from qihou.domains.plan.api.views import VersionView
from qihou.face.pages import Answer, PageRequest, page
from qihou.record.api.access import Act

from .links import page_url

TABS = (
    ("overview", gettext_lazy("总览")),
    ("indicators", gettext_lazy("指标")),
    ("projects", gettext_lazy("重点项目")),
    ("tasks", gettext_lazy("任务分工")),
    ("organisations", gettext_lazy("责任单位")),
    ("document", gettext_lazy("原文")),
    ("findings", gettext_lazy("核查发现")),
    ("compare", gettext_lazy("版本比较")),
)

NAV = {"mine": "plan.mine", "findings": "plan.findings"}  # the other pages stand under the register

RegisterView = Callable[..., Answer]


@dataclass(frozen=True)
class Tab:
    label: Any
    url: str
    current: bool


def register_page(template: str, *, tab: str = "", nav: str = "") -> Callable[[RegisterView], Callable[..., Any]]:
    """A page of one version: ``view(request, version, …)``. ``?plan=CODE&version=N`` chooses it, else the one in force.

    Before the first import the page says so and what to do first. What another district owns is not found.
    """

    def decorate(view: RegisterView) -> Callable[..., Any]:
        @page(template, nav=nav or NAV.get(tab, "plan.overview"))
        @wraps(view)
        def inner(request: PageRequest, **where: Any) -> Answer:
            plan, asked = request.GET.get("plan"), number_asked(request.GET, "version")
            try:
                version = queries.choose_version(request.actor, request.district, plan, asked)
            except UnableToFind as trouble:
                if asked is not None or plan is not None:
                    raise Http404 from trouble
                return nothing_yet(request)
            take_format(request)
            try:
                answer = view(request, version, **where)
            except UnableToFind as trouble:
                raise Http404 from trouble
            if isinstance(answer, HttpResponseBase):
                return answer
            return {**shared(request, version, tab), **answer}

        return inner

    return decorate


def shared(request: PageRequest, version: VersionView, tab: str) -> Mapping[str, Any]:
    return {
        "version": version,
        "versions": queries.versions(request.actor, request.district),
        "tabs": tabs(request, version, tab),
        "document_title": version.title or version.plan_title,
    }


def tabs(request: PageRequest, version: VersionView, current: str) -> list[Tab]:
    """The register's pages with the version kept, if the address names one."""
    kept = f"?{version.query}" if "version" in request.GET or "plan" in request.GET else ""
    return [Tab(label, page_url(name, request.district.code) + kept, name == current) for name, label in TABS]


def nothing_yet(request: PageRequest) -> HttpResponseBase:
    """No plan has been imported: an ordinary state with a first step, for those who may take it."""
    may = request.actor.may(Act.IMPORT_PLAN, district_id=request.district.pk)
    return render(request, "plan/reading/nothing_yet.html", {"may_import": may})


def take_format(request: PageRequest) -> None:
    """``?format=xlsx`` is the same wish as a table's own ``?export=xlsx``."""
    if (wanted := request.GET.get("format")) and "export" not in request.GET:
        params: QueryDict = request.GET.copy()
        params["export"] = wanted
        del params["format"]
        request.GET = params  # type: ignore[assignment]


def wants_file(request: PageRequest) -> bool:
    """A file with every column, unless the address chooses columns."""
    return "export" in request.GET and "cols" not in request.GET


def number_asked(params: Mapping[str, str], name: str) -> int | None:
    """A whole number from the address, None when it is not given.

    Raises:
        Http404: it is given and is no number of a version or a line.
    """
    text = params.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise Http404(text)
    return int(text)
