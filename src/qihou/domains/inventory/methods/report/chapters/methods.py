"""Chapter 2: by which methods, and from which data."""

from __future__ import annotations

from collections import Counter

from qihou.domains.inventory.methods.report.parts import Chapter, Heading, Paragraph, Table
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import EDITION_NAMES, LANDFILL_NAMES, NO_VALUE, given
from qihou.facts.factors import UnableToFindFactor, factor_by_id
from qihou.facts.vocabulary import editions
from qihou.figures.graph import Step
from qihou.figures.leaf import Leaf
from qihou.figures.method import Cite, Method
from qihou.figures.missing import Flag, State


def methods_and_data(source: Source) -> Chapter:
    """Edition, warming potentials, methods with their clauses, and where the data come from."""
    words, say = source.words, source.words.say
    options = source.scheme.options
    return Chapter(
        say("方法与数据来源", "Methods and data"),
        (
            Paragraph(say(
                f"方法依据{words.pair(EDITION_NAMES[options.edition])}。垃圾填埋采用{words.pair(LANDFILL_NAMES[options.landfill])}。"
                "每种方法的条款和版本见附表；凭记忆引用、尚未与原文核对的，写“待核”。",
                f"Methods follow {words.pair(EDITION_NAMES[options.edition])}; landfill by {words.pair(LANDFILL_NAMES[options.landfill])}. "
                "Each method's clause and version stand in the annex; what was cited from memory and not yet held against the original is marked unverified.",
            )),
            Heading(say("全球增温潜势", "Warming potentials")),
            _potentials(source),
            Heading(say("数据来源", "Data")),
            Paragraph(_data(source)),
            _factor_sets(source),
        ),
    )  # fmt: skip


def _potentials(source: Source) -> Table:
    words, say = source.words, source.words.say
    rows = tuple(
        (words.gas(dict(leaf.labels)["gas"]), dict(leaf.labels)["gas"], given(leaf.value), _place(source, leaf))
        for leaf in source.leaves
        if leaf.origin.kind == "potential" and leaf.value is not None
    )
    return Table(
        say(f"百年全球增温潜势（{source.scheme.gwp_set.value}）", f"Hundred-year warming potentials ({source.scheme.gwp_set.value})"),
        (say("气体", "Gas"), say("代码", "Code"), "tCO₂e/t", say("出处", "Source")),
        rows, frozenset({2}), widths=(4, 2.4, 2.2, 8),
    )  # fmt: skip


def _place(source: Source, leaf: Leaf) -> str:
    """CO2 is one by definition; the other potentials say whose they are."""
    return source.words.say("按定义", leaf.origin.where) if dict(leaf.labels)["gas"] == "CO2" else leaf.origin.where


def used_methods(source: Source) -> list[Method]:
    """The methods of the scheme's steps, weighing apart, in the order of the calculation, each once."""
    found = {
        step.method.id: step.method for step in (*source.scheme.steps, *source.scheme.after) if isinstance(step, Step)
    }
    return list(found.values())


def methods_table(source: Source) -> Table:
    words, say = source.words, source.words.say
    unverified = say("【待核】", " [unverified]")
    rows = tuple(
        (
            method.en if words.english else method.zh,
            f"{method.key} ({method.version})",
            "; ".join(
                f"{_written(cite, words.english)}{unverified if cite.grade == 'M' else ''}" for cite in method.cites
            ),
        )
        for method in used_methods(source)
    )
    return Table(
        say("采用的方法及其条款", "Methods used, with their clauses"),
        (say("方法", "Method"), say("编号（版本）", "Key (version)"), say("出处", "Source")),
        rows, widths=(4.2, 4.6, 7.8),
    )  # fmt: skip


def _written(cite: Cite, english: bool) -> str:
    return f"{cite.document} ({cite.year}), {cite.clause}" if english else str(cite)


def _data(source: Source) -> str:
    entries = [leaf for leaf in source.leaves if leaf.origin.kind == "entry"]
    with_value = sum(leaf.state is State.VALUE for leaf in entries)
    absent = sum(leaf.state is State.ABSENT for leaf in source.leaves)
    facts = sum(leaf.origin.kind == "fact" for leaf in source.leaves)
    plan = sum(bool(leaf.flags & Flag.FROM_PLAN) for leaf in entries)
    shown = sum(bool(leaf.flags & Flag.ILLUSTRATIVE) for leaf in entries)
    return source.words.say(
        f"本清单的数共依据{len(entries)}项部门填报（其中{with_value}项有数值，其余以符号说明；{plan}项取自规划，{shown}项为示例数据）和"
        f"{facts}项引用的排放因子；另有{absent}项未填报。逐项见附表。",
        f"The figures stand on {len(entries)} items entered by departments ({with_value} with a number, the rest with a notation key; "
        f"{plan} from the plan, {shown} illustrative) and {facts} cited factors; {absent} items were not reported. All are listed in the annex.",
    )


def edition_of(leaf: Leaf) -> str:
    """The id of the set a fact is from; empty where the library no longer has it."""
    try:
        return factor_by_id(leaf.origin.id).edition
    except UnableToFindFactor:
        return ""


def _factor_sets(source: Source) -> Table:
    words, say = source.words, source.words.say
    facts = [leaf for leaf in source.leaves if leaf.origin.kind == "fact"]
    count = Counter(edition_of(leaf) for leaf in facts)
    unverified = Counter(edition_of(leaf) for leaf in facts if leaf.grade == "M")
    rows = []
    for code, number in count.most_common():
        known = editions().get(code)
        name = known.name.in_language(words.language) if known else say("因子库已无此组", "no longer in the library")
        rows.append((name, known.document if known else NO_VALUE, str(number), str(unverified[code])))
    return Table(
        say("引用的因子按版本", "Cited factors by set"),
        (say("因子组", "Set"), say("文件", "Document"), say("引用数", "Cited"), say("其中待核", "Unverified")),
        tuple(rows), frozenset({2, 3}), widths=(4.6, 7.6, 2.2, 2.2),
    )  # fmt: skip
