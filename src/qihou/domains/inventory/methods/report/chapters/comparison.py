"""Chapter 7: this year beside an earlier one."""

from __future__ import annotations

from qihou.domains.inventory.methods.report.parts import Bars, Chapter, Paragraph, Table
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import NO_VALUE, number, percent
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF


def comparison(source: Source) -> Chapter:
    """Sectors and totals of two years with their differences; without another year it says so."""
    words, say = source.words, source.words.say
    title = say("与上年比较", "Comparison")
    before = source.before
    if before is None:
        return Chapter(title, (Paragraph(say("没有可供比较的年份。", "There is no year to compare with.")),))
    codes = [*(c.code for c in source.sectors), TOTAL_WITHOUT_LULUCF, TOTAL, *(c.code for c in source.beside)]
    rows, then_series, now_series = [], [], []
    for code in codes:
        now, then = source.lines[code, ""], before.get((code, ""))
        change = relative = NO_VALUE
        if now.value is not None and then is not None and then.value is not None:
            change = number(now.value - then.value)
            relative = percent(100 * (now.value - then.value) / abs(then.value)) if then.value else NO_VALUE
        rows.append((words.name(code), words.value(then), words.value(now), change, relative))
        then_series.append(then.value if then else None)
        now_series.append(now.value)
    count = len(source.sectors)
    return Chapter(
        title,
        (
            Paragraph(_how(source)),
            Table(
                say(f"{source.before_year}年与{source.year}年（{words.unit}）", f"{source.before_year} and {source.year} ({words.unit})"),
                (say("部门", "Sector"), source.before_year, source.year, say("变化", "Change"), say("变化率", "Change, %")),
                tuple(rows), frozenset({1, 2, 3, 4}), frozenset({count, count + 1}), widths=(5.4, 3, 3, 3, 2.2),
            ),
            Bars(
                say("两年各部门排放与吸收", "Emissions and removals of both years"), words.unit,
                tuple(words.name(c.code) for c in source.sectors),
                ((source.before_year, tuple(then_series[:count])), (source.year, tuple(now_series[:count]))),
            ),
        ),
    )  # fmt: skip


def _how(source: Source) -> str:
    now, then, say = source.year, source.before_year, source.words.say
    if source.same_methods:
        said = say(f"下表把{now}年与{then}年按同一方法并列。", f"{now} beside {then}, by the same methods. ")
    else:
        said = say(
            f"{now}年与{then}年的方法版本不同，下表的变化有一部分来自方法，不能全当作排放的变化。",
            f"{now} and {then} were worked by different editions: part of each change comes from the methods, not from emissions. ",
        )
    return said + say("任何一年没有值的，不计变化。", "Where one of the years has no value no change is told.")
