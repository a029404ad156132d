"""Figures through the years and through the versions of one year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from qihou.domains.inventory.methods.results import Line
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, FigureRecord, Run

from . import runs
from .held import Lru, stored_lines


@dataclass(frozen=True)
class YearFigures:
    """A run with some of its figures, by code and gas."""

    run: Run
    lines: Mapping[tuple[str, str], Line]

    @property
    def year(self) -> int:
        return self.run.period_start.year


def history(actor: Actor, district: Feature, codes: Collection[str]) -> list[YearFigures]:
    """The newest run of each year that one may see, with the figures asked for, gas by gas too; years in order, at most two queries."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    newest: dict[int, Run] = {}
    for run in runs.runs(actor, district):
        newest.setdefault(run.period_start.year, run)
    return _with_figures([newest[year] for year in sorted(newest)], codes)


def versions(actor: Actor, district: Feature, year: int, codes: Collection[str]) -> list[YearFigures]:
    """The runs of one year that one may see, newest first, with the figures asked for."""
    return _with_figures(runs.runs(actor, district, year), codes)


# Runs never change: what was read of some of them is held, as in held.py.
_read_before = Lru(32)


def _with_figures(of: list[Run], codes: Collection[str]) -> list[YearFigures]:
    key = (tuple((run.uid, run.digest) for run in of), frozenset(codes))
    found = _read_before.get(key, lambda: _read(of, codes))
    return [YearFigures(one, found[one.pk]) for one in of]


def _read(of: list[Run], codes: Collection[str]) -> dict[int, dict[tuple[str, str], Line]]:
    found: dict[int, dict[tuple[str, str], Line]] = {run.pk: {} for run in of}
    for run, line in stored_lines(FigureRecord.objects.filter(run__in=found, key__in=codes).order_by("pk")):
        found[run][line.code, line.gas] = line
    return found
