"""Where a factor stands in the inventories of a district: in which year's newest run, under which figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from qihou.domains.inventory.methods.results import Line
from qihou.domains.inventory.methods.usage import usage_of
from qihou.figures.graph import Labels
from qihou.record.api.access import Actor
from qihou.record.models import Feature, Run

from . import runs


@dataclass(frozen=True)
class Standing:
    """A run in which the factor was used, and the figures that stand on it: categories and what is derived.

    ``words``: what each of them is called, in Chinese and English, by code.
    """

    run: Run
    year: int
    lines: tuple[Line, ...]
    words: Mapping[str, tuple[str, str]]


def standing_of_factor(actor: Actor, district: Feature, factor_id: str) -> tuple[Standing, ...]:
    """The newest readable run of each year that used the factor, newest year first.

    Raises:
        NotPermitted
    """
    found: dict[int, Run] = {}
    for run in runs.runs(actor, district):
        found.setdefault(run.period_start.year, run)
    standings = []
    for year, run in found.items():
        asked = _facts_of(run.pk, run.digest).get(factor_id, ())
        if not asked:
            continue
        uses = usage_of(runs.scheme_of_run(run))
        codes = {code for quantity, labels in asked for use in uses.asking(quantity, labels) for code in use.codes}
        lines = tuple(line for (code, gas), line in runs.lines_of(run).items() if code in codes and not gas)
        standings.append(Standing(run, year, lines, {line.code: uses.words(line.code) for line in lines}))
    return tuple(standings)


@lru_cache(maxsize=32)
def _facts_of(pk: int, digest: str) -> Mapping[str, tuple[tuple[str, Labels], ...]]:
    """For each factor of a run's frozen reading, what was asked for and answered with it. A run with a digest never changes."""
    reading = runs.reading_of(Run.objects.get(pk=pk, digest=digest))
    found: dict[str, dict[tuple[str, Labels], None]] = defaultdict(dict)
    for (quantity, labels, _), leaf in reading.items():
        if leaf.origin.kind == "fact":
            found[leaf.origin.id][quantity, labels] = None
    return {factor: tuple(asked) for factor, asked in found.items()}
