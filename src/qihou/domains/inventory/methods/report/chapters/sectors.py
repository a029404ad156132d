"""Chapter 3: sector by sector, category by category, gas by gas, with what is missing and why."""

from __future__ import annotations

from collections.abc import Iterable

from qihou.domains.inventory.methods.report.parts import Bars, Chapter, Heading, Paragraph, Part, Table
from qihou.domains.inventory.methods.report.source import Gap, Source
from qihou.domains.inventory.methods.report.words import NO_VALUE, half, number
from qihou.domains.inventory.methods.scheme.parts import Category

MAIN_GASES = ("CO2", "CH4", "N2O")


def sectors(source: Source) -> Chapter:
    """One section for each sector, those beside the total last."""
    parts: list[Part] = []
    for sector in (*source.sectors, *source.beside):
        parts += _sector(source, sector)
    return Chapter(source.words.say("分部门排放", "Emissions by sector"), tuple(parts))


def _sector(source: Source, sector: Category) -> list[Part]:
    words = source.words
    line = source.lines[sector.code, ""]
    if line.value is not None:
        said = words.say(
            f"{words.name(sector.code)}{source.year}年为{words.large(line.value)}。",
            f"{words.name(sector.code)}: {words.large(line.value)} in {source.year}.",
        )
    else:
        zh, en = (
            (f"，已知部分{words.large(line.known)}", f"; known part {words.large(line.known)}")
            if line.known
            else ("", "")
        )
        said = words.say(
            f"{words.name(sector.code)}{source.year}年的合计：{words.state(line.state)}{zh}。",
            f"{words.name(sector.code)} in {source.year}: {words.state(line.state)}{en}.",
        )
    parts: list[Part] = [Heading(words.name(sector.code)), Paragraph(said), category_table(source, sector)]
    below = [c for c in source.scheme.children(sector.code) if not c.memo and _to_be_drawn(source, c)]
    if len(below) > 1:
        parts.append(Bars(
            words.say(f"{words.name(sector.code)}的构成", f"{words.name(sector.code)}: what it is made of"), words.unit,
            tuple(words.name(c.code) for c in below), ((source.year, tuple(source.lines[c.code, ""].value for c in below)),),
        ))  # fmt: skip
    if gaps := source.gaps(sector.code):
        parts.append(gap_table(source, sector, gaps))
    return parts


def _to_be_drawn(source: Source, category: Category) -> bool:
    """What is known not to occur needs no bar; what is missing keeps its place, empty."""
    line = source.lines.get((category.code, ""))
    return line is not None and not line.state.is_nil


def category_table(source: Source, sector: Category) -> Table:
    """All categories of a sector: the three main gases and the fluorinated ones, in CO2 equivalent."""
    words, say = source.words, source.words.say
    rows, indent = [], []
    fluorinated = any(
        gas not in MAIN_GASES for _, c in source.under(sector.code) for gas in source.scheme.gases(c.code)
    )
    for depth, category in source.under(sector.code):
        line = source.lines[category.code, ""]
        main = [words.short(source.lines.get((category.code, gas))) for gas in MAIN_GASES]
        others = [_fluorinated(source, category.code)] if fluorinated else []
        name = f"{category.number} {words.name(category.code)}".strip()
        memo = say("单列，不计入", "beside the total") if category.memo else ""
        remark = say("；", "; ").join(part for part in (memo, words.remark(line)) if part)
        rows.append((name, *main, *others, words.value(line), half(line), remark or NO_VALUE))
        indent.append(depth)
    gas_heads = ("CO₂", "CH₄", "N₂O", *((say("含氟气体", "F-gases"),) if fluorinated else ()))
    widths = (4.4, 1.9, 1.7, 1.7, *((1.7,) if fluorinated else ()), 2.1, 1.7, 1.9 if fluorinated else 3.1)
    return Table(
        say(f"{words.name(sector.code)}（{words.unit}）", f"{words.name(sector.code)} ({words.unit})"),
        (say("类别", "Category"), *gas_heads, say("合计", "All gases"), say("不确定性", "Half width"), say("说明", "Remarks")),
        tuple(rows), frozenset(range(1, len(gas_heads) + 3)), frozenset({0}), tuple(indent), widths,
    )  # fmt: skip


def _fluorinated(source: Source, code: str) -> str:
    """All fluorinated gases of a category; with one gas that gas, with several their sum where all of them have a value."""
    lines = [source.lines[code, gas] for gas in source.scheme.gases(code) if gas not in MAIN_GASES]
    if len(lines) < 2:
        return source.words.short(lines[0] if lines else None)
    present = [line.value for line in lines if line.value is not None]
    if any(line.value is None and not line.state.is_nil for line in lines):
        return source.words.say("见附表", "see annex")
    return number(sum(present)) if present else source.words.short(lines[0])


def gap_table(source: Source, sector: Category, gaps: Iterable[Gap]) -> Table:
    """What has no value in a sector, with the notation key and the reason; names that share both stand in one row."""
    words, say = source.words, source.words.say
    joined: dict[tuple[str, str, str], list[str]] = {}
    for gap in gaps:
        joined.setdefault((gap.category.code, words.state(gap.state), gap.reason), []).append(gap.name)
    rows = tuple(
        (words.name(code), words.join(dict.fromkeys(n for n in names if n)) or NO_VALUE, state, reason or NO_VALUE)
        for (code, state, reason), names in joined.items()
    )
    return Table(
        say(f"{words.name(sector.code)}中没有值的项及其原因", f"{words.name(sector.code)}: what has no value, and why"),
        (say("类别", "Category"), say("没有值的数据", "Item"), say("符号", "Key"), say("原因", "Reason")),
        rows, widths=(3.8, 6.2, 2.4, 4.2),
    )  # fmt: skip
