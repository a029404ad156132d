"""Which year and which of its runs a page is about, and the frame all pages about figures share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from qihou.domains.inventory.api import runs
from qihou.domains.inventory.api.errors import UnableToFind
from qihou.domains.inventory.methods.results import Line
from qihou.face.pages import PageRequest, page
from qihou.figures.missing import Flag
from qihou.record.models import Run

NAV = "inventory.figures"
Answer = HttpResponseBase | Mapping[str, Any]


@dataclass(frozen=True)
class Chosen:
    """A run, the other runs of its year, and the years that have one. ``named``: the address names the run itself."""

    year: int
    run: Run
    runs: tuple[Run, ...]
    years: tuple[int, ...]
    named: bool
    code: str

    @property
    def query(self) -> str:
        return f"?run={self.run.uid}" if self.named else ""

    def url(self, page_name: str, **more: Any) -> str:
        """A page about the same run."""
        return self.address(page_name, year=self.year, **more) + self.query

    def address(self, page_name: str, **more: Any) -> str:
        return reverse(f"inventory:{page_name}", kwargs={"district_code": self.code, **more})

    def category_url(self, category: str) -> str:
        return self.url("category", code=category)

    @property
    def is_newest(self) -> bool:
        return self.run == self.runs[0]


def figures_page(template: str, tab: str) -> Callable[[Callable[..., Answer]], Callable[..., HttpResponseBase]]:
    """A page of one run: the view gets it as ``chosen``. Without any run the page says what to do first."""

    def decorate(view: Callable[..., Answer]) -> Callable[..., HttpResponseBase]:
        @page(template, nav=NAV)
        @wraps(view)
        def inner(request: PageRequest, year: int, **more: Any) -> Answer:
            chosen = choose(request, year)
            if chosen is None:
                return nothing_yet(request, year)
            answer = view(request, chosen=chosen, **more)
            return answer if isinstance(answer, HttpResponseBase) else {**shared(request, chosen, tab), **answer}

        return inner

    return decorate


def choose(request: PageRequest, year: int) -> Chosen | None:
    """The run the address names, else the newest of the year; None where the year has none to see."""
    every = runs.runs(request.actor, request.district)
    of_year = tuple(run for run in every if run.period_start.year == year)
    wanted = request.GET.get("run", "")
    if not of_year:
        return None
    run = next((run for run in of_year if str(run.uid) == wanted), None) if wanted else of_year[0]
    if run is None:
        raise Http404(wanted)
    with_figures = tuple(sorted({run.period_start.year for run in every}))
    return Chosen(year, run, of_year, with_figures, bool(wanted), request.district.code)


def shared(request: PageRequest, chosen: Chosen, tab: str) -> dict[str, Any]:
    """What the head of every page about a run shows."""
    return {
        "chosen": chosen,
        "run": chosen.run,
        "year": chosen.year,
        "tabs": tabs(chosen.code, chosen.year, tab, chosen.query),
        "year_choices": [(each, _same_page(request, chosen, each)) for each in chosen.years],
        "run_choices": [(run, f"?run={run.uid}", run == chosen.run) for run in chosen.runs],
        "settings_line": settings_line(chosen.run),
        "unit": _("万吨CO₂e"),
    }


def settings_line(run: Run) -> str:
    """What was chosen for a run, in a line."""
    said = _("{edition} · {gwp}").format(edition=run.settings["edition"], gwp=run.settings["gwp_set"])
    draws = run.settings["draws"]
    return said + " · " + (_("抽样 {n} 次").format(n=draws) if draws else _("误差传递，未抽样"))


def tabs(code: str, year: int, current: str, query: str = "") -> list[dict[str, Any]]:
    """All pages about figures; those of one run keep it."""

    def url(name: str, **more: Any) -> str:
        return reverse(f"inventory:{name}", kwargs={"district_code": code, **more})

    of_run = (
        ("tree", _("部门与气体")),
        ("flows", _("流向")),
        ("uncertainty", _("不确定性")),
        ("key_categories", _("关键类别")),
        ("quality", _("数据质量")),
        ("towns", _("分镇街")),
    )
    across = (("series", _("时间序列")), ("compare", _("比较")), ("indicators", _("四项指标")))
    found = [
        {"label": label, "url": url(name, year=year) + query, "current": name == current} for name, label in of_run
    ]
    return found + [{"label": label, "url": url(name), "current": name == current} for name, label in across]


def nothing_yet(request: PageRequest, year: int | None = None) -> HttpResponseBase:
    """No run that this person may see: what to do first, and who does it."""
    from qihou.record.api.access import Act

    context = {
        "year": year,
        "may_compute": request.actor.may(Act.COMPUTE_INVENTORY, district_id=request.district.pk),
    }
    return render(request, "inventory/figures/nothing_yet.html", context)


def found_or_404(ask: Callable[..., Any], *arguments: Any) -> Any:
    """What the api finds; its sentence as the 404 page where there is none."""
    try:
        return ask(*arguments)
    except UnableToFind as trouble:
        raise Http404(str(trouble)) from trouble


def illustrative(lines: Mapping[tuple[str, str], Line]) -> bool:
    return any(line.flags & Flag.ILLUSTRATIVE for line in lines.values())


def _same_page(request: PageRequest, chosen: Chosen, year: int) -> str:
    match = request.resolver_match
    if match is None or "year" not in match.kwargs:
        return chosen.address("tree", year=year)
    return reverse(match.view_name, kwargs={**match.kwargs, "year": year})
