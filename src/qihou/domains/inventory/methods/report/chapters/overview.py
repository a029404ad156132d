"""Chapter 1: what was counted, and the result."""

from __future__ import annotations

from qihou.domains.inventory.methods.report.parts import Bars, Chapter, Paragraph, Part, Table
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import EDITION_NAMES, NO_VALUE, half, percent
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line


def overview(source: Source) -> Chapter:
    """Scope, totals, sectors."""
    say = source.words.say
    parts: list[Part] = [
        Paragraph(_scope(source)),
        Paragraph(_total(source, source.total, with_lulucf=True)),
        Paragraph(_total(source, source.total_without_lulucf, with_lulucf=False)),
    ]
    if largest := _largest(source):
        parts.append(Paragraph(largest))
    parts += [_table(source), _chart(source)]
    if source.beside:
        parts.append(Paragraph(_beside(source)))
    return Chapter(say("总论", "Overview"), tuple(parts))


def _scope(source: Source) -> str:
    words, scheme = source.words, source.scheme
    sectors = words.join(words.name(sector.code) for sector in source.sectors)
    edition = words.pair(EDITION_NAMES[scheme.options.edition])
    return words.say(
        f"本报告给出{source.district_name}{source.year}年温室气体清单。核算范围为本行政区域内的{sectors}；方法依据{edition}；"
        f"各种气体按 IPCC {scheme.gwp_set.value} 的百年全球增温潜势折算为二氧化碳当量。调入调出电力和热力的间接排放、国际燃料舱和生物质燃烧的"
        "二氧化碳单列，不计入合计。没有值的类别写明原因，不以零代替。",
        f"This report gives the greenhouse gas inventory of {source.district_name} for {source.year}. It covers {sectors} within the "
        f"district's borders, by {edition}. Gases are weighed by the hundred-year warming potentials of IPCC {scheme.gwp_set.value}. "
        "Electricity and heat across the border, international bunkers and CO₂ of biomass are shown beside the totals and not added. "
        "A category without a value says why; it is never a nought.",
    )


def _total(source: Source, line: Line, *, with_lulucf: bool) -> str:
    words = source.words
    zh, en = ("含", "with") if with_lulucf else ("不含", "without")
    if line.value is None:
        return words.say(
            f"{source.year}年排放总量（{zh}土地利用变化和林业）不能给出：有类别既没有值，也没有说明为何没有。"
            f"已知部分之和为{words.large(line.known)}，它不是总量。",
            f"The total {en} land use and forestry of {source.year} cannot be given: some categories have neither a value nor a reason. "
            f"What is known adds up to {words.large(line.known)}; that is no total.",
        )
    between = ""
    if line.low is not None and line.high is not None:
        between = words.say(
            f"，95%置信区间为{words.large(line.low)}至{words.large(line.high)}",
            f", with a 95% interval from {words.large(line.low)} to {words.large(line.high)}",
        )
    remark = words.flags(line.flags)
    return words.say(
        f"{source.year}年温室气体排放总量（{zh}土地利用变化和林业）为{words.large(line.value)}{between}"
        f"{f'（{remark}）' if remark else ''}。",
        f"The total {en} land use and forestry of {source.year} is {words.large(line.value)}{between}"
        f"{f' ({remark})' if remark else ''}.",
    )


def _largest(source: Source) -> str:
    whole = source.total_without_lulucf.value
    values = [(source.lines[c.code, ""].value, c) for c in source.sectors]
    present = [(value, c) for value, c in values if value is not None]
    if not whole or not present:
        return ""
    value, sector = max(present, key=lambda pair: pair[0])
    words = source.words
    return words.say(
        f"排放最多的部门是{words.name(sector.code)}，占不含土地利用变化和林业总量的{percent(100 * value / whole)}。",
        f"The largest sector is {words.name(sector.code)}, with {percent(100 * value / whole)} of the total without land use and forestry.",
    )


def _table(source: Source) -> Table:
    words, say = source.words, source.words.say
    codes = [*(sector.code for sector in source.sectors), TOTAL_WITHOUT_LULUCF, TOTAL]
    rows = []
    for code in codes:
        line = source.lines[code, ""]
        rows.append(
            (words.name(code), words.value(line), half(line), words.range(line), words.remark(line) or NO_VALUE)
        )
    return Table(
        say(f"{source.year}年分部门排放", f"Emissions by sector, {source.year}"),
        (say("部门", "Sector"), f"{say('排放', 'Emissions')} ({words.unit})", say("不确定性", "Uncertainty"),
         say("95%区间", "95% interval"), say("说明", "Remarks")),
        tuple(rows), frozenset({1, 2, 3}), frozenset({len(rows) - 1, len(rows) - 2}), widths=(4.6, 2.8, 2.2, 4.2, 2.8),
        notes=(say("负数为吸收。“—”表示没有这一项。", "A negative number is a removal. “—”: there is none."),),
    )  # fmt: skip


def _chart(source: Source) -> Bars:
    words, say = source.words, source.words.say
    series = tuple(source.lines[sector.code, ""].value for sector in source.sectors)
    return Bars(
        say(f"{source.year}年各部门排放与吸收", f"Emissions and removals by sector, {source.year}"),
        words.unit,
        tuple(words.name(sector.code) for sector in source.sectors),
        ((source.year, series),),
    )


def _beside(source: Source) -> str:
    words = source.words
    said = [
        f"{words.name(c.code)} {words.large(line.value) if line.value is not None else words.state(line.state)}"
        for c in source.beside
        for line in (source.lines[c.code, ""],)
    ]
    return words.say(f"合计以外另有：{words.join(said)}。", f"Beside the totals: {words.join(said)}.")
