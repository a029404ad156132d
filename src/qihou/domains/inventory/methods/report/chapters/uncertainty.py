"""Chapter 5: how uncertain the totals are, and what that comes from."""

from __future__ import annotations

from qihou.domains.inventory.methods.report.parts import Chapter, Heading, Paragraph, Table
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import half, percent
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF
from qihou.figures.missing import Flag

SHOWN = 12


def uncertainty(source: Source, *, drawn: int) -> Chapter:
    """Sectors and totals with their ranges; the data that contribute most. ``drawn``: draws the intervals come from, 0 for none."""
    say = source.words.say
    how = say(
        "不确定性按方法 1（误差传播）给出 95% 置信区间的半宽；", "Uncertainty is half of the 95% interval by approach 1 (propagation of error). "
    ) + (
        say(f"区间的上下限由方法 2（蒙特卡罗，抽样{drawn}次）给出。", f"The ends of the interval are by approach 2 (Monte Carlo, {drawn} draws).")
        if drawn else say("区间的上下限由同一方法给出。", "The ends of the interval are by the same approach.")
    )  # fmt: skip
    defaults = sum(bool(leaf.flags & Flag.DEFAULT_SPREAD) for leaf in source.leaves)
    unknown = sum(bool(leaf.flags & Flag.NO_SPREAD) for leaf in source.leaves)
    said = say(
        f"所依据的数据中，{defaults}项没有自己的不确定性、取同类缺省值；{unknown}项的不确定性不明，按精确值计，因此区间偏窄。",
        f"Of the data, {defaults} had no uncertainty of their own and took the default of their kind; {unknown} are of unknown uncertainty "
        "and were taken as exact, so that the intervals are too narrow.",
    )
    return Chapter(
        say("不确定性", "Uncertainty"),
        (Paragraph(how), Paragraph(said), _ranges(source), Heading(say("下一步最值得改进的数据", "What to improve next")), *_shares(source)),
    )  # fmt: skip


def _ranges(source: Source) -> Table:
    words, say = source.words, source.words.say
    codes = [*(c.code for c in source.sectors), TOTAL_WITHOUT_LULUCF, TOTAL, *(c.code for c in source.beside)]
    rows = tuple(
        (words.name(code), words.value(line), half(line), words.range(line))
        for code in codes
        for line in (source.lines[code, ""],)
    )
    return Table(
        say(f"不确定性（{words.unit}）", f"Uncertainty ({words.unit})"),
        (say("部门", "Sector"), say("排放", "Emissions"), say("半宽", "Half width"), say("95%区间", "95% interval")),
        rows, frozenset({1, 2, 3}), widths=(6.2, 3.2, 2.6, 4.6),
    )  # fmt: skip


def _shares(source: Source) -> tuple[Paragraph | Table, ...]:
    say = source.words.say
    shares = source.worked.improve(TOTAL)[:SHOWN]
    if not shares:
        return (
            Paragraph(
                say(
                    "总量没有值，或没有不确定的数据，无从排序。",
                    "The total has no value, or nothing under it is uncertain; there is nothing to rank.",
                )
            ),
        )
    rows = tuple(
        (str(place), source.leaf_name(one.leaf), one.leaf.spread, percent(100 * one.share))
        for place, one in enumerate(shares, 1)
    )
    return (Table(
        say("对总量方差贡献最大的数据", "Data that contribute most to the variance of the total"),
        (say("序", "No."), say("数据", "Item"), say("自身不确定性", "Its own uncertainty"), say("占方差", "Share of variance")),
        rows, frozenset({0, 3}), widths=(1.2, 9.2, 3.6, 2.6),
    ),)  # fmt: skip
