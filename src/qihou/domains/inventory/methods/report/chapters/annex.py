"""The annex: every category and gas, every datum entered, every factor and method used."""

from __future__ import annotations

from qihou.domains.inventory.methods.report.chapters.methods import edition_of, methods_table
from qihou.domains.inventory.methods.report.parts import Chapter, Part, Table
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import NO_VALUE, given, half
from qihou.facts.vocabulary import editions
from qihou.figures.leaf import Leaf
from qihou.figures.missing import State
from qihou.measure import units


def annex(source: Source) -> Chapter:
    """The long tables."""
    parts: list[Part] = [_categories(source), _entries(source), _factors(source), methods_table(source)]
    return Chapter(source.words.say("附表", "Annex"), tuple(parts))


def _categories(source: Source) -> Table:
    words, say = source.words, source.words.say
    rows = []
    for (code, gas), line in source.lines.items():
        if gas and code in source.scheme.category:
            category = source.scheme.category[code]
            name = f"{category.number} {words.name(code)}".strip()
            corresponding = " / ".join(part for part in (category.ipcc, category.gpc) if part)
            rows.append(
                (name, corresponding or NO_VALUE, gas, words.value(line), half(line), words.remark(line) or NO_VALUE)
            )
    return Table(
        say(f"各类别各气体（{words.unit}）", f"Every category and gas ({words.unit})"),
        (say("类别", "Category"), "IPCC / GPC", say("气体", "Gas"), say("排放", "Emissions"), say("不确定性", "Half width"), say("说明", "Remarks")),
        tuple(rows), frozenset({3, 4}), widths=(5, 2.6, 1.7, 2.8, 2, 2.6),
    )  # fmt: skip


def _entries(source: Source) -> Table:
    words, say = source.words, source.words.say
    leaves = [leaf for leaf in source.leaves if leaf.origin.kind in ("entry", "none", "given")]
    rows = tuple(
        (source.leaf_name(leaf), _value(source, leaf), units.label(leaf.unit) if leaf.value is not None else NO_VALUE,
         leaf.spread or NO_VALUE, leaf.origin.where or source.reason(leaf) or NO_VALUE, words.flags(leaf.flags) or NO_VALUE)
        for leaf in leaves
    )  # fmt: skip
    return Table(
        say("部门填报的数据", "Data entered by departments"),
        (say("数据", "Item"), say("值", "Value"), say("单位", "Unit"), say("不确定性", "Spread"), say("出处或原因", "Place or reason"), say("说明", "Remarks")),
        rows, frozenset({1}), widths=(5.6, 2.6, 1.8, 1.8, 3.2, 1.7),
    )  # fmt: skip


def _factors(source: Source) -> Table:
    words, say = source.words, source.words.say
    rows = []
    for leaf in source.leaves:
        if leaf.origin.kind == "fact" and leaf.value is not None:
            known = editions().get(edition_of(leaf))
            name = known.name.in_language(words.language) if known else NO_VALUE
            rows.append((source.leaf_name(leaf), given(leaf.value), units.label(leaf.unit), leaf.spread or NO_VALUE,
                         f"{name}{say('：', ': ')}{leaf.origin.where}" if leaf.origin.where else name, words.flags(leaf.flags) or NO_VALUE))  # fmt: skip
    return Table(
        say("引用的排放因子与参数", "Factors and parameters cited"),
        (say("因子", "Factor"), say("值", "Value"), say("单位", "Unit"), say("不确定性", "Spread"), say("出处", "Source"), say("说明", "Remarks")),
        tuple(rows), frozenset({1}), widths=(4.2, 2, 2.2, 1.9, 4.7, 1.7),
    )  # fmt: skip


def _value(source: Source, leaf: Leaf) -> str:
    return given(leaf.value) if leaf.state is State.VALUE and leaf.value is not None else source.words.state(leaf.state)
