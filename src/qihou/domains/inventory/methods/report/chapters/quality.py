"""Chapter 6: completeness, what was checked, and what must be said beside the numbers."""

from __future__ import annotations

from collections import Counter

from qihou.domains.inventory.methods.checks.finding import CheckFinding, Severity, most_serious_first
from qihou.domains.inventory.methods.report.parts import Chapter, Heading, Paragraph, Part, Table
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import NO_VALUE
from qihou.figures.missing import Status

_SEVERITIES = {
    Severity.ERROR: ("错误", "error"),
    Severity.WARNING: ("须判断", "to be judged"),
    Severity.NOTE: ("提示", "note"),
}


def quality(source: Source) -> Chapter:
    """Categories by status, flags counted, findings of the checks."""
    say = source.words.say
    parts: list[Part] = [
        Paragraph(say(
            "每个数都能追溯到方法、输入和出处；数据按单元格留存来源，更改保留历次版本。类别的状况由其输入决定：有一项输入既无值又无说明，该类别及其上级合计就没有值。",
            "Every number leads back to its method, inputs and citations. A category's status follows from its inputs: where one has neither value "
            "nor reason, the category and the totals above it have no value.",
        )),
        _statuses(source),
        _flags(source),
    ]  # fmt: skip
    parts += _findings(source)
    return Chapter(say("质量保证", "Quality assurance"), tuple(parts))


def _statuses(source: Source) -> Table:
    words, say = source.words, source.words.say
    rows = []
    for sector in (*source.sectors, *source.beside):
        codes = [
            c.code
            for _, c in source.under(sector.code)
            if not any((k.code, "") in source.lines for k in source.scheme.children(c.code))
        ]
        count = Counter(source.lines[code, ""].status for code in codes)
        rows.append((words.name(sector.code), str(len(codes)), *(str(count[status]) for status in Status)))
    return Table(
        say("末级类别的完整性", "Completeness of the deepest categories"),
        (say("部门", "Sector"), say("类别数", "Categories"), *(words.status(status) for status in Status)),
        tuple(rows), frozenset(range(1, 6)), widths=(5.2, 2, 2.2, 2.8, 2.2, 2.2),
    )  # fmt: skip


def _flags(source: Source) -> Table:
    words, say = source.words, source.words.say
    rows = tuple(
        (word, str(sum(bool(leaf.flags & flag) for leaf in source.leaves)),
         str(sum(bool(line.flags & flag) for (code, gas), line in source.lines.items() if not gas and code in source.scheme.category)))
        for flag, word in words.every_flag()
    )  # fmt: skip
    return Table(
        say("须一并说明的情况", "What must be said beside the numbers"),
        (say("情况", "Remark"), say("数据项", "Items"), say("受影响的类别", "Categories affected")),
        rows, frozenset({1, 2}), widths=(8, 4.3, 4.3),
    )  # fmt: skip


def _findings(source: Source) -> list[Part]:
    say = source.words.say
    head = Heading(say("核查发现", "Findings of the checks"))
    if source.findings is None:
        return [head, Paragraph(say("本报告没有附核查发现。", "No findings were handed to this report."))]
    if not source.findings:
        return [head, Paragraph(say("核查没有发现需要说明的情况。", "The checks found nothing to remark."))]
    rows = tuple(_finding(source, one) for one in most_serious_first(source.findings))
    return [head, Table(
        say(f"核查发现 {len(rows)} 条", f"{len(rows)} findings"),
        (say("程度", "Severity"), say("类别", "Category"), say("发现", "Finding"), say("单元格", "Cells")),
        rows, widths=(1.8, 3.4, 8.4, 3),
    )]  # fmt: skip


def _finding(source: Source, one: CheckFinding) -> tuple[str, ...]:
    words = source.words
    category = words.name(one.category) if one.category in source.scheme.category else NO_VALUE
    return (
        words.pair(_SEVERITIES[one.severity]),
        category,
        one.message(words.language),
        words.join(one.cells) or NO_VALUE,
    )
