"""Key categories, uncertainty and quality of a run, and what would be worth improving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.key_categories import amount_of_trend
from qihou.domains.inventory.methods.results import TOTAL, Line, Worked
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.facts.loader import GRADES
from qihou.figures import keycategories
from qihou.figures.book import Numbers
from qihou.figures.keycategories import Ranked
from qihou.figures.leaf import Leaf
from qihou.figures.missing import Flag
from qihou.figures.propagation import Share, Target
from qihou.record.api.access import Actor
from qihou.record.models import Feature, Run

from . import runs
from .errors import UnableToChange, UnableToFind
from .held import HeldRun, held
from .rows import Tree


@dataclass(frozen=True)
class Source:
    """A category with one gas: what key categories and uncertainty are told for. ``base``: its value in the base year."""

    category: Category
    line: Line
    base: float | None = None

    @property
    def gas(self) -> str:
        return self.line.gas


@dataclass(frozen=True)
class KeySource:
    """One line of an assessment, largest first: its share of the whole, the shares down to it, and whether it is key."""

    source: Source
    share: float
    cumulative: float
    is_key: bool


@dataclass(frozen=True)
class KeyCategories:
    """The four assessments of the 2006 Guidelines, volume 1, chapter 4; those of the trend are empty without a base year.

    ``left_out``: sources without a value, which no assessment can rank. ``no_trend``: why there is none.
    """

    run: Run
    base: Run | None
    level_1: tuple[KeySource, ...]
    level_2: tuple[KeySource, ...]
    trend_1: tuple[KeySource, ...]
    trend_2: tuple[KeySource, ...]
    left_out: tuple[Source, ...]
    no_trend: str


@dataclass(frozen=True)
class UncertaintyRow:
    """A source's range and what it adds to the variance of the total (1 in all, with what sources share counted where it falls)."""

    source: Source
    contribution: float | None


@dataclass(frozen=True)
class UncertaintyTable:
    """By category and gas; ``total`` and ``total_without_lulucf`` as worked with shared errors. ``draws``: 0 for propagation alone."""

    rows: tuple[UncertaintyRow, ...]
    total: Line
    total_without_lulucf: Line
    draws: int


@dataclass(frozen=True)
class Portion:
    """How much of the emissions and removals (as absolute values) something is true of, in 1."""

    name: str
    share: float
    sources: int


@dataclass(frozen=True)
class Quality:
    """How well founded a run is.

    Attributes:
        by_grade: by the weakest grade of the facts under each source; the name is empty where it rests on no fact.
        by_flag: flags overlap, so these shares do not add up to 1.
        illustrative, unverified: the leaves concerned, each once.
    """

    by_grade: tuple[Portion, ...]
    by_flag: tuple[Portion, ...]
    illustrative: tuple[Leaf, ...]
    unverified: tuple[Leaf, ...]


@dataclass(frozen=True)
class Improvable:
    """A value worth improving: its share of the figure's variance. ``zh`` and ``en``: what it is."""

    share: float
    leaf: Leaf
    zh: str
    en: str


def key_categories(actor: Actor, district: Feature, run: UUID | str, base: UUID | str | None = None) -> KeyCategories:
    """Level, and against a base run the trend, by approach 1 (95 %) and 2 (90 %, weighted by uncertainty).

    Raises:
        NotPermitted, UnableToFind
        UnableToChange: the two runs are in different sets of warming potentials.
    """
    row = runs.the_run(actor, district, run)
    before = runs.the_run(actor, district, base) if base else None
    if before is not None and before.settings["gwp_set"] != row.settings["gwp_set"]:
        raise UnableToChange(_("两次计算用的全球增温潜势不同，不能比较。"))
    old = held(before).lines if before else {}
    all_sources = _sources(held(row).tree, old)
    ranked = [source for source in all_sources if source.line.value is not None]
    values = [source.line.value or 0.0 for source in ranked]
    uncertain = [source.line.half_percent or 0.0 for source in ranked]
    level = keycategories.level(values)
    trend_1: tuple[KeySource, ...] = ()
    trend_2: tuple[KeySource, ...] = ()
    no_trend = "" if before else _("没有选择基准年份。")
    if before is not None:
        both = _comparable(all_sources, old)
        comparable = [source for source, _then, _now in both]
        try:
            moved = keycategories.trend([then for _source, then, _now in both], [now for _source, _then, now in both])
        except ValueError:
            no_trend = _("基准年份合计为零，看不出趋势。请另选一年。")
        else:
            trend_1 = _ranked(comparable, keycategories.rank(moved, keycategories.THRESHOLD_APPROACH_1))
            weighted = keycategories.approach_2(moved, [source.line.half_percent or 0.0 for source in comparable])
            trend_2 = _ranked(comparable, keycategories.rank(weighted, keycategories.THRESHOLD_APPROACH_2))
    return KeyCategories(
        row,
        before,
        _ranked(ranked, keycategories.rank(level, keycategories.THRESHOLD_APPROACH_1)),
        _ranked(
            ranked, keycategories.rank(keycategories.approach_2(level, uncertain), keycategories.THRESHOLD_APPROACH_2)
        ),
        trend_1,
        trend_2,
        tuple(source for source in all_sources if source.line.value is None),
        no_trend,
    )


def uncertainty(actor: Actor, district: Feature, run: UUID | str) -> UncertaintyTable:
    """The range of every source, and what each adds to the variance of the total.

    A source's contribution is its covariance with the total over the total's variance: what it adds with everything it shares.

    Raises:
        NotPermitted, UnableToFind
    """
    row = runs.the_run(actor, district, run)
    kept = held(row)
    rows = kept.once(_uncertain)
    return UncertaintyTable(rows, kept.tree.total, kept.tree.total_without_lulucf, int(row.settings["draws"]))


def _uncertain(kept: HeldRun) -> tuple[UncertaintyRow, ...]:
    sources = _sources(kept.tree, {})
    contributions = _contributions(kept.worked, sources)
    return tuple(UncertaintyRow(source, part) for source, part in zip(sources, contributions, strict=True))


def quality(actor: Actor, district: Feature, run: UUID | str) -> Quality:
    """How much of a run rests on what: grades of facts, and flags.

    Raises:
        NotPermitted, UnableToFind
    """
    return held(runs.the_run(actor, district, run)).once(_quality)


def _quality(kept: HeldRun) -> Quality:
    sources = [source for source in _sources(kept.tree, {}) if source.line.value is not None]
    whole = sum(abs(source.line.value or 0.0) for source in sources) or 1.0
    grades: dict[str, list[Source]] = {}
    leaves: dict[str, Leaf] = {}
    for source in sources:
        under = kept.worked.why(source.category.code, source.gas).leaves()
        leaves |= {leaf.id: leaf for leaf in under}
        known = [leaf.grade for leaf in under if leaf.grade]
        grades.setdefault(max(known, key=GRADES.index, default=""), []).append(source)

    def portion(name: str, some: Sequence[Source]) -> Portion:
        return Portion(name, sum(abs(source.line.value or 0.0) for source in some) / whole, len(some))

    return Quality(
        tuple(portion(grade, grades[grade]) for grade in (*GRADES, "") if grade in grades),
        tuple(
            portion(flag.name or "", [source for source in sources if source.line.flags & flag])
            for flag in Flag
            if any(source.line.flags & flag for source in sources)
        ),
        tuple(leaf for leaf in leaves.values() if leaf.flags & Flag.ILLUSTRATIVE),
        tuple(leaf for leaf in leaves.values() if leaf.flags & Flag.UNVERIFIED),
    )


def improve(
    actor: Actor, district: Feature, run: UUID | str, code: str = TOTAL, gas: str = "", most: int = 10
) -> list[Improvable]:
    """The values that a figure's variance comes from, largest share first.

    Raises:
        NotPermitted, UnableToFind
    """
    kept = held(runs.the_run(actor, district, run))
    if (code, gas) not in kept.worked.cells:
        raise UnableToFind(_("没有这个数。"))
    return list(kept.once(_improvables, code, gas, most))


def _improvables(kept: HeldRun, code: str, gas: str, most: int) -> tuple[Improvable, ...]:
    return tuple(_improvable(kept.worked, share) for share in kept.worked.improve(code, gas)[:most])


def _sources(tree: Tree, old: Mapping[tuple[str, str], Line]) -> list[Source]:
    return [
        Source(row.category, line, old[row.code, gas].value if (row.code, gas) in old else None)
        for row in tree.leaves
        for gas, line in row.gases.items()
    ]


def _comparable(sources: Sequence[Source], old: Mapping[tuple[str, str], Line]) -> list[tuple[Source, float, float]]:
    """Sources with their amounts in both years, nought where they are known not to occur; what is nought in both is left away."""
    found = []
    for source in sources:
        line = old.get((source.category.code, source.gas))
        then, now = amount_of_trend(line) if line else None, amount_of_trend(source.line)
        if then is not None and now is not None and (then or now):
            found.append((source, then, now))
    return found


def _ranked(sources: Sequence[Source], ranked: Sequence[Ranked]) -> tuple[KeySource, ...]:
    return tuple(KeySource(sources[one.index], one.share, one.cumulative, one.is_key) for one in ranked)


def _contributions(worked: Worked, sources: Sequence[Source]) -> list[float | None]:
    cells = [worked.cells[TOTAL, ""], *(worked.cells[s.category.code, s.gas] for s in sources)]
    spread = worked.propagation.gradients([Target(node, row, worked.column) for node, row in cells])
    noise = _by_shared_error(worked, spread)
    whole = float(noise[0] @ noise[0])
    if whole == 0.0:
        return [None for _source in sources]
    parts = noise[1:] @ noise[0] / whole
    return [None if s.line.value is None else float(part) for s, part in zip(sources, parts, strict=True)]


def _by_shared_error(worked: Worked, gradients: Numbers) -> Numbers:
    """Gradients times standard deviations; leaves that err together are added before they are squared."""
    groups: dict[str, int] = {}
    places = [groups.setdefault(leaf.shares or leaf.id, len(groups)) for leaf in worked.book.leaves]
    joined = np.zeros((len(gradients), len(groups)))
    np.add.at(joined.T, places, (gradients * worked.propagation.leaf_sd).T)
    return joined


def _improvable(worked: Worked, share: Share) -> Improvable:
    quantity = worked.scheme.quantity.get((share.leaf.quantity, share.leaf.labels))
    zh = quantity.zh if quantity else share.leaf.origin.zh
    en = quantity.en if quantity else share.leaf.origin.en
    return Improvable(share.share, share.leaf, zh, en)
