"""Chapter 8: the indicators that stand on the inventory."""

from __future__ import annotations

from qihou.domains.inventory.methods.report.parts import Chapter, Paragraph, Part, Table
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import NO_VALUE, half
from qihou.figures.missing import State
from qihou.measure import units


def indicators(source: Source) -> Chapter:
    """Everything derived after the totals; what lacks an input says which."""
    words, say = source.words, source.words.say
    title = say("导出指标", "Derived indicators")
    keys = [node.key for node in source.scheme.after]
    if not keys:
        return Chapter(title, (Paragraph(say("本清单没有导出指标。", "Nothing is derived from this inventory.")),))
    rows = []
    for key in keys:
        line = source.lines[key, ""]
        rows.append(
            (words.name(key), words.value(line), units.label(line.unit), half(line), words.remark(line) or NO_VALUE)
        )
    parts: list[Part] = [Table(
        say(f"{source.year}年导出指标", f"Derived indicators, {source.year}"),
        (say("指标", "Indicator"), say("值", "Value"), say("单位", "Unit"), say("不确定性", "Uncertainty"), say("说明", "Remarks")),
        tuple(rows), frozenset({1, 3}), widths=(6.4, 3.2, 2.6, 2, 2.4),
    )]  # fmt: skip
    for key in keys:
        if source.lines[key, ""].value is None:
            missing = [
                leaf
                for leaf in source.worked.why(key).leaves()
                if leaf.state is not State.VALUE and not leaf.state.is_nil
            ]
            names = words.join(dict.fromkeys(source.leaf_name(leaf) for leaf in missing))
            if names:
                parts.append(
                    Paragraph(
                        say(
                            f"{words.name(key)}没有值，因为缺：{names}。",
                            f"{words.name(key)} has no value for want of: {names}.",
                        ),
                        quiet=True,
                    )
                )
    return Chapter(title, tuple(parts))
