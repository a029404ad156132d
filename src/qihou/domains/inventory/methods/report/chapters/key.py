"""Chapter 4: key categories."""

from __future__ import annotations

from qihou.domains.inventory.methods.key_categories import Assessment, by_level, by_trend, by_uncertainty
from qihou.domains.inventory.methods.report.parts import Chapter, Heading, Paragraph, Part, Table
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import percent
from qihou.figures.keycategories import UnableToRank


def key_categories(source: Source) -> Chapter:
    """By level, by level and uncertainty, and by trend where there is a year to compare with."""
    say = source.words.say
    parts: list[Part] = [Paragraph(say(
        "关键类别按 2006 年 IPCC 指南第 1 卷第 4 章识别：方法 1 取绝对值累计占 95% 的类别，方法 2 再以不确定性加权、取累计 90%。单列的类别不参加排序。",
        "Key categories by volume 1, chapter 4 of the 2006 IPCC Guidelines: approach 1 takes those that make up 95% of the absolute values, "
        "approach 2 weighs them by uncertainty and takes 90%. What stands beside the totals is not ranked.",
    ))]  # fmt: skip
    level = by_level(source.scheme, source.lines)
    parts += _assessment(source, say("水平评估（方法 1）", "Level (approach 1)"), level)
    if level.without_value:
        names = source.words.join(_name(source, line.code, line.gas) for line in level.without_value)
        parts.append(
            Paragraph(
                say(f"没有值、因而没有参加排序的：{names}。", f"Without a value, and therefore not ranked: {names}."),
                quiet=True,
            )
        )
    parts += _assessment(source, say("水平评估（方法 2，以不确定性加权）", "Level (approach 2, by uncertainty)"),
                         by_uncertainty(source.scheme, source.lines))  # fmt: skip
    if source.before is not None:
        title = say(
            f"趋势评估（与{source.before_year}年比，方法 1）", f"Trend against {source.before_year} (approach 1)"
        )
        try:
            parts += _assessment(source, title, by_trend(source.scheme, source.lines, source.before))
        except UnableToRank:
            parts += [
                Heading(title),
                Paragraph(
                    say("基准年合计为零，不能评估趋势。", "The base year adds up to nothing; no trend can be told.")
                ),
            ]
    return Chapter(say("关键类别", "Key categories"), tuple(parts))


def _assessment(source: Source, title: str, found: Assessment) -> list[Part]:
    words, say = source.words, source.words.say
    key = [one for one in found.ranked if one.is_key]
    if not key:
        return [Heading(title), Paragraph(say("没有可以排序的类别。", "There is nothing to rank."))]
    rows = tuple(
        (str(place), _name(source, one.line.code, one.line.gas), words.value(one.line),
         percent(100 * one.share), percent(100 * one.cumulative))
        for place, one in enumerate(key, 1)
    )  # fmt: skip
    table = Table(
        say(f"{title}：{len(key)} 个关键类别", f"{title}: {len(key)} key categories"),
        (say("序", "No."), say("类别与气体", "Category and gas"), f"{say('排放', 'Emissions')} ({words.unit})",
         say("占比", "Share"), say("累计", "Cumulative")),
        rows, frozenset({0, 2, 3, 4}), widths=(1.2, 8.2, 3, 2.1, 2.1),
    )  # fmt: skip
    return [Heading(title), table]


def _name(source: Source, code: str, gas: str) -> str:
    return f"{source.words.name(code)} {gas}"
