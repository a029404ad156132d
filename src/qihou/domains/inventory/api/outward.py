"""What anybody may see of the inventories: the published years, their totals, sectors and derived indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qihou.domains.inventory.methods.results import Line
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.figures.graph import Step
from qihou.figures.missing import Flag
from qihou.record.models import Feature, Run, RunStatus

from . import runs
from .rows import Row, Tree, tree_of
from .staleness import KIND


@dataclass(frozen=True)
class Indicator:
    """A derived figure with its name in both languages."""

    zh: str
    en: str
    line: Line


@dataclass(frozen=True)
class PublicYear:
    """One published year."""

    year: int
    number: int
    published_at: datetime | None
    edition: str
    gwp_set: str
    total: Line
    total_without_lulucf: Line
    sectors: tuple[Row, ...]
    indicators: tuple[Indicator, ...]

    @property
    def flags(self) -> Flag:
        flags = self.total.flags
        for one in self.indicators:
            flags |= one.line.flags
        return flags


def published_years(district: Feature) -> list[PublicYear]:
    """The published years of a district, newest first, for anybody."""
    rows = (
        Run.objects.defer("leaves")
        .filter(district=district, kind=KIND, status=RunStatus.PUBLISHED)
        .order_by("-period_start")
    )
    return [_public(row) for row in rows]


def indicators_of(scheme: Scheme, tree: Tree) -> tuple[Indicator, ...]:
    """The derived indicators of a run, in the order of the scheme."""
    found = []
    for node in scheme.after:
        line = tree.lines.get((node.key, ""))
        if line is None or node.key not in _SHOWN:
            continue
        named = node.method if isinstance(node, Step) else node
        found.append(Indicator(named.zh, named.en, line))
    return tuple(found)


# The four indicators of the plan that an inventory answers; sums on the way to them are not shown.
_SHOWN = (
    "indicator.co2_per_gdp",
    "indicator.co2_per_industrial_value_added",
    "indicator.energy_per_gdp",
    "indicator.non_fossil_share",
)


def _public(row: Run) -> PublicYear:
    scheme = runs.scheme_of_run(row)
    tree = tree_of(scheme, runs.lines_of(row))
    return PublicYear(
        row.period_start.year, row.number, row.published_at, row.settings["edition"], row.settings["gwp_set"],
        tree.total, tree.total_without_lulucf, tree.sectors, indicators_of(scheme, tree),
    )  # fmt: skip
