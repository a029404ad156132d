"""Targets the indicator table does not carry, and indicators that carry no number, no base or a misplaced mark."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ..register import DocumentFinding, IndicatorRow, TaskRow
from ..totals import is_amount
from .benchmarks import FASTEST_GROWTH
from .conflicts import speaks_of
from .context import NOTE, WARNING, Context, finding, first_line, row_name
from .quantities import Quantity, context_quantities
from .text import bare, containment, likeness, longest_common


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _words_only(context)
    if context.register.indicators:
        yield from _targets_in_no_table(context)
        yield from _named_otherwise(context)
        yield from _gaps(context)
        yield from _units_uneven(context)
        yield from _marks(context)
        yield from _jumps(context)
        yield from _backwards(context)


def _targets_in_no_table(context: Context) -> Iterator[DocumentFinding]:
    indicators = context.register.indicators
    groups: dict[tuple[str, Decimal, str], list[Quantity]] = defaultdict(list)
    for q in context_quantities(context):
        if not q.promise or q.past or (q.passage.place == "project" and not q.is_share):
            continue
        if len(bare(q.noun)) < 4 and not q.is_share:
            continue
        if any(speaks_of(q.noun, i) or _same_promise(q, i) for i in indicators):
            continue
        if re.search(r"(?:指标|任务|项目|工程|行动|措施)$", q.noun) and q.unit in ("项", "个", "大"):
            continue
        groups[_key(groups, q)].append(q)
    merged = _merged(groups)
    if len(merged) > _MANY:
        merged = _by_passage(merged)
    for names, told in merged:
        params = {
            "name": "、".join(noun for noun, _, _ in names),
            "value": "、".join(f"{value:f}{unit}" for noun, value, unit in names if f"{value:f}{unit}" not in noun),
            "forms": list(dict.fromkeys(q.clause for q in told))[:3],
        }
        yield finding("target_in_no_table", WARNING, params, [q.line for q in told], [q.clause for q in told])


_Key = tuple[str, Decimal, str]
_MANY = 20


def _by_passage(merged: list[tuple[list[_Key], list[Quantity]]]) -> list[tuple[list[_Key], list[Quantity]]]:
    """One finding for each paragraph where a plan sets very many targets."""
    by_lines: dict[frozenset[int], tuple[list[_Key], list[Quantity]]] = {}
    for names, told in merged:
        home = by_lines.setdefault(frozenset(q.line for q in told), ([], []))
        home[0].extend(names)
        home[1].extend(told)
    return list(by_lines.values())


def _merged(groups: dict[_Key, list[Quantity]]) -> list[tuple[list[_Key], list[Quantity]]]:
    """Kinds of one thing counted in the same sentences (two kinds of charging pile) make one finding."""
    merged: list[tuple[list[_Key], list[Quantity]]] = []
    for key, told in groups.items():
        lines = {q.line for q in told}
        for names, others in merged:
            if {q.line for q in others} == lines and names[0][2] == key[2] and names[0][0][-2:] == key[0][-2:]:
                names.append(key)
                others.extend(told)
                break
        else:
            merged.append(([key], list(told)))
    return merged


def _key(groups: dict[tuple[str, Decimal, str], list[Quantity]], q: Quantity) -> tuple[str, Decimal, str]:
    for noun, value, unit in groups:
        if (
            value == q.value
            and unit == q.unit
            and (noun in (q.noun, q.clause) or longest_common(bare(noun), bare(q.noun))[3:])
        ):
            return noun, value, unit
    measured = not q.is_share or re.search(r"(?:率|比重|占比|比例|比|系数|覆盖面|增速|程度|水平)$", q.noun)
    return (q.noun if measured and q.noun else q.clause), q.value, q.unit


def _same_promise(q: Quantity, indicator: IndicatorRow) -> bool:
    """The same number for nearly the same name: the table's target in other words."""
    return (
        is_amount(indicator.target)
        and q.value == indicator.target
        and (
            containment(bare(q.noun), bare(indicator.name)) >= 0.5
            or containment(bare(indicator.name), bare(q.clause)) >= 0.6
        )
    )


def _named_otherwise(context: Context) -> Iterator[DocumentFinding]:
    for i in context.register.indicators:
        if not is_amount(i.target):
            continue
        others = [
            q
            for q in context_quantities(context)
            if not q.past
            and q.value == i.target
            and not speaks_of(q.noun, i)
            and _same_promise(q, i)
            and _unit_fits(q, i)
            and containment(bare(i.name), bare(q.clause)) < 0.85
            and (q.passage.place != "project" or likeness(bare(q.noun), bare(i.name)) >= 0.38)
        ]
        names = list(dict.fromkeys(q.noun for q in others if len(q.noun) >= 4))
        if names:
            params: dict[str, object] = {
                "no": row_name(i),
                "name": i.name,
                "value": f"{i.target:f}{i.unit or ''}",
                "told": names,
            }
            lines = [first_line(i, "name"), *(q.line for q in others)]
            yield finding("indicator_name_differs", NOTE, params, lines, [i.name, *(q.clause for q in others)])


def _unit_fits(q: Quantity, indicator: IndicatorRow) -> bool:
    return not indicator.unit or q.unit == indicator.unit.replace("％", "%")


def _units_uneven(context: Context) -> Iterator[DocumentFinding]:
    """20% in a column where the unit otherwise stands in the name."""
    shares = [i for i in context.register.indicators if i.target_state == "value" and (i.unit or "") in ("%", "％")]
    inside = [i for i in shares if re.search(r"[%％]", i.cells["target"].printed if "target" in i.cells else "")]
    named = [i for i in inside if re.search(r"[(（]\s*[%％]", i.cells["name"].printed if "name" in i.cells else "")]
    if named and len(inside) < len(shares):
        lines = [first_line(i, "target") for i in inside]
        params: dict[str, object] = {"numbers": [row_name(i) for i in inside]}
        yield finding("unit_printed_unevenly", NOTE, params, lines, [i.cells["target"].printed for i in inside])


_WISH = re.compile(
    r"持续(?:降低|下降|减少|提升|提高|改善|增长)|(?:明显|显著|大幅|稳步|有效|进一步)(?:提升|提高|改善|降低|减少|治理|增强|优化)"
)
_BY_YEAR = re.compile(r"到20\d{2}年")


def _words_only(context: Context) -> Iterator[DocumentFinding]:
    """到某年 … 持续降低: a deadline without a number. General aims at the head of the plan are left alone."""
    hits: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for passage in context.passages:
        if passage.background or re.search(r"总体要求|总体目标|指导思想", passage.chapter):
            continue
        for sentence in passage.sentences:
            m = _BY_YEAR.search(sentence)
            rest = sentence[m.end() :] if m else ""
            if m and not re.search(r"\d", rest) and _WISH.search(rest):
                hits[bare(rest)].append((passage.line, m[0] + rest))
    if hits:
        told = [pair for pairs in hits.values() for pair in pairs]
        yield finding("targets_without_number", NOTE, {"count": len(hits)}, [n for n, _ in told], [q for _, q in told])


def _gaps(context: Context) -> Iterator[DocumentFinding]:
    indicators = context.register.indicators
    without_base = [
        i
        for i in indicators
        if i.base is None and not re.search(r"降低|下降|减少|降幅|新增|增长", i.name) and not i.target_cumulative
    ]
    if without_base:
        params = {
            "numbers": [row_name(i) for i in without_base],
            "count": len(without_base),
            "total": len(indicators),
            "year": next((i.base_year for i in indicators if i.base_year), None),
        }
        lines = [first_line(i, "name") for i in without_base]
        yield finding("indicators_without_base", WARNING, params, lines, [i.name for i in without_base])
    assigned = [i for i in indicators if i.target_state == "assigned"]
    if assigned:
        params = {"numbers": [row_name(i) for i in assigned], "count": len(assigned), "total": len(indicators)}
        lines = [first_line(i, "target", "name") for i in assigned]
        yield finding("indicators_assigned", NOTE, params, lines, [f"{i.name} {i.target_text or ''}" for i in assigned])
    wordy = [i for i in indicators if i.target_state in ("none", "text")]
    if wordy:
        params = {"numbers": [row_name(i) for i in wordy], "count": len(wordy), "total": len(indicators)}
        lines = [first_line(i, "target", "name") for i in wordy]
        yield finding(
            "indicators_without_number", WARNING, params, lines, [f"{i.name} {i.target_text or ''}" for i in wordy]
        )
    by_field = [
        ("indicators_without_department", [i for i in indicators if not i.departments]),
        ("indicators_without_nature", [i for i in indicators if i.nature is None]),
    ]
    for kind, rows in by_field:
        if rows and len(rows) < len(indicators):
            lines = [first_line(i, "name") for i in rows]
            yield finding(kind, WARNING, {"numbers": [row_name(i) for i in rows]}, lines, [i.name for i in rows])


def _marks(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    explained = any(
        "累计" in n.text and re.search(r"十[二三四五六]五|规划期|本规划", n.text) for n in register.table_notes
    )
    base_only = [i for i in register.indicators if i.base_cumulative and not i.target_cumulative and explained]
    for i in base_only:
        printed = i.cells["base"].printed if "base" in i.cells else ""
        params = {"no": row_name(i), "name": i.name, "printed": printed, "year": i.base_year}
        note = [n for n in register.table_notes if "累计" in n.text]
        lines = [first_line(i, "base", "name"), *(n.number for n in note[:1])]
        yield finding(
            "cumulative_mark_in_base", WARNING, params, lines, [f"{i.name} {printed}", *(n.text for n in note[:1])]
        )
    yield from _bracket_kinds(context)
    yield from _unmarked_sums(context, bool([n for n in register.table_notes if "累计" in n.text]))


def _bracket_kinds(context: Context) -> Iterator[DocumentFinding]:
    for note in context.register.table_notes:
        m = re.search(r"([\[〔【［]).{0,2}([\]〕】］])[^。;；,，]{0,4}(?:为|是|内|中|表示)", note.text)
        if not m or "累计" not in note.text:
            continue
        used = []
        for i in context.register.indicators:
            for name in ("base", "target"):
                cell = i.cells.get(name)
                if (
                    cell
                    and cell.printed.strip()[:1] in "[〔【［"
                    and cell.printed.strip()[:1] != m[1]
                    and cell.printed.strip()
                ):
                    used.append((i, cell.printed.strip(), first_line(i, name)))
        if used:
            params = {
                "note": m[1] + m[2],
                "table": used[0][1][0] + used[0][1][-1],
                "numbers": [row_name(i) for i, _, _ in used],
            }
            lines = [note.number, *(line for _, _, line in used)]
            yield finding("bracket_kind_differs", NOTE, params, lines, [note.text, *(p for _, p, _ in used)])


def _unmarked_sums(context: Context, marks_used: bool) -> Iterator[DocumentFinding]:
    """An amount the projects call new or cumulative stands in the table without the mark for running totals."""
    if not marks_used:
        return
    for i in context.register.indicators:
        if i.target_cumulative or not is_amount(i.target) or i.unit in ("%", "％", "‰", None):
            continue
        for q in context_quantities(context):
            if q.past or q.value != i.target or not re.search(r"新增|累计", q.clause):
                continue
            if (
                len(longest_common(bare(q.noun), bare(i.name))) >= 2
                and containment(bare(i.name), bare(q.clause)) >= 0.5
            ):
                params = {"no": row_name(i), "name": i.name, "target": f"{i.target:f}", "clause": q.clause}
                lines = [first_line(i, "target", "name"), q.line]
                yield finding("cumulative_mark_missing", WARNING, params, lines, [f"{i.name} {i.target:f}", q.clause])
                break


def _jumps(context: Context) -> Iterator[DocumentFinding]:
    """A stock that is to grow faster than the benchmark within the plan's years."""
    for i in context.register.indicators:
        base, target = i.base, i.target
        if not is_amount(base) or not is_amount(target) or i.base_cumulative or i.target_cumulative:
            continue
        if (
            not (base.is_finite() and target.is_finite())
            or base <= 0
            or not re.search(r"蓄积|森林覆盖率|林木绿化率|湿地面积|耕地面积|林地面积", i.name)
        ):
            continue
        growth = (target / base - 1) * 100
        if growth > FASTEST_GROWTH.value:
            years = (i.target_year or 0) - (i.base_year or 0)
            yearly = ((float(target / base)) ** (1 / years) - 1) * 100 if years > 0 else None
            params = {
                "no": row_name(i),
                "name": i.name,
                "base": f"{base:f}",
                "target": f"{target:f}",
                "growth": f"{growth:.1f}",
                "yearly": None if yearly is None else f"{yearly:.1f}",
                "limit": f"{FASTEST_GROWTH.value:f}",
            }
            lines = [first_line(i, "base", "name"), first_line(i, "target", "name")]
            yield finding("indicator_jumps", WARNING, params, lines, [f"{base:f}", f"{target:f}"])


_RISING = re.compile(r"覆盖率|普查率|普及率|利用率|达标率|处理率|清洁化率|绿地率|绿化率|利用系数|蓄积量")


def _backwards(context: Context) -> Iterator[DocumentFinding]:
    """A rate meant to rise whose target lies below its base.

    A floor may well lie below today's value (保有率不低于…), and a limit above it (受害率控制在0.9‰以内); both are left out.
    """
    for i in context.register.indicators:
        base, target = i.base, i.target
        if not is_amount(base) or not is_amount(target) or i.base_cumulative != i.target_cumulative:
            continue
        if re.search(r"下降|降低|减少|增长|提高|提升|降幅|增幅", i.name):
            continue
        if _RISING.search(i.name) and target < base and i.sense != "at_most":
            params = {"no": row_name(i), "name": i.name, "base": f"{base:f}", "target": f"{target:f}"}
            lines = [first_line(i, "base", "name"), first_line(i, "target", "name")]
            yield finding("target_behind_base", WARNING, params, lines, [f"{base:f}", f"{target:f}"])


def tasks_of_indicators(context: Context) -> list[tuple[IndicatorRow, TaskRow]]:
    """Tasks that restate an indicator's target."""
    pairs = []
    for i in context.register.indicators:
        core = bare(re.sub(r"\(.*$", "", i.name))
        for t in context.register.tasks:
            if len(core) >= 4 and bare(t.text).startswith(core):
                pairs.append((i, t))
    return pairs
