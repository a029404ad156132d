"""What the public may read: published runs, down to the sectors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.figures.missing import Flag
from qihou.record.models import Feature, FigureRecord, Run, RunStatus

from . import runs
from .staleness import KIND


@dataclass(frozen=True)
class Disclosed:
    """A published year. ``gwp_set``: of its CO2 equivalents; ``is_illustrative``: whether it rests on example data."""

    year: int
    published_at: datetime | None
    edition: str
    gwp_set: str
    total: Line
    total_without_lulucf: Line
    sectors: tuple[tuple[Category, Line], ...]

    @property
    def is_illustrative(self) -> bool:
        return bool(self.total.flags & Flag.ILLUSTRATIVE)


def disclosure(district: Feature) -> list[Disclosed]:
    """Every published year in order, in two queries. Anybody may ask: nothing else is given."""
    published = Run.objects.defer("leaves").filter(district=district, kind=KIND, status=RunStatus.PUBLISHED)
    found = {run.pk: run for run in published.order_by("period_start")}
    categories = {
        pk: [category for category in runs.scheme_of_run(run).children("") if category.sector.in_total]
        for pk, run in found.items()
    }
    codes = {category.code for of_run in categories.values() for category in of_run}
    lines: dict[int, dict[str, Line]] = {pk: {} for pk in found}
    for figure in FigureRecord.objects.filter(run__in=found, key__in=[TOTAL, TOTAL_WITHOUT_LULUCF, *codes]):
        line = runs.line_of(figure)
        if not line.gas:
            lines[figure.run_id][line.code] = line
    return [
        Disclosed(
            run.period_start.year,
            run.published_at,
            run.settings["edition"],
            run.settings["gwp_set"],
            lines[pk][TOTAL],
            lines[pk][TOTAL_WITHOUT_LULUCF],
            tuple((category, lines[pk][category.code]) for category in categories[pk] if category.code in lines[pk]),
        )
        for pk, run in found.items()
    ]
