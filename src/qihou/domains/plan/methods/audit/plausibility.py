"""Numbers that cannot be, or hardly can be, each with its arithmetic in the params."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..register import DocumentFinding, ProjectRow
from ..totals import is_amount
from .benchmarks import (
    LARGEST_BOILER_SUM,
    LARGEST_CATCHMENT,
    LEAST_REUSE_CAPACITY,
    RESERVOIRS,
    SMALL_RIVER,
    UNIT_COSTS,
)
from .context import ERROR, NOTE, WARNING, Context, Passage, finding, first_line, row_name
from .quantities import Quantity, context_quantities, quantities_of
from .text import bare, chinese_number

_SCALE = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "千": Decimal(1000), "百": Decimal(100)}
_SHARE_WORD = re.compile(r"(?:率|占比|比重|比例|覆盖|份额)")
_TRIPLE = re.compile(r"(?<![\d:.])(\d{1,2}(?:\.\d+)?):(\d{1,2}(?:\.\d+)?):(\d{1,2}(?:\.\d+)?)(?![\d:.])")
_GDP = re.compile(r"(?:地区生产总值|GDP)(?:达到|达|为|完成|实现)?(\d+(?:\.\d+)?)亿元")
_SECTOR = re.compile(
    r"(农业|第一产业|一产|工业|第二产业|二产|服务业|第三产业|三产)增加值(?:达到|达|为|完成|实现)?(\d+(?:\.\d+)?)亿元"
)
_POWER = re.compile(
    r"(?:最大电力|最大负荷|最高负荷|用电负荷|装机容量|装机规模|总装机)[^,。;]{0,6}?\d+(?:\.\d+)?[万亿]?(?:千瓦时|kWh|度)"
)


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _shares(context)
    yield from _structure(context)
    yield from _growth(context)
    yield from _energy_for_power(context)
    yield from _reservoirs(context)
    yield from _catchments(context)
    yield from _facilities(context)
    yield from _phases(context)
    yield from _unit_costs(context)


def _base(quantity: Quantity) -> Decimal:
    """The value without 万 and 亿."""
    return quantity.value * _SCALE.get(quantity.unit[0], Decimal(1))


def _grouped(found: list[Quantity]) -> dict[tuple[str, Decimal], list[Quantity]]:
    groups: dict[tuple[str, Decimal], list[Quantity]] = {}
    for q in found:
        groups.setdefault((bare(q.noun), q.value), []).append(q)
    return groups


def _shares(context: Context) -> Iterator[DocumentFinding]:
    shares = [q for q in context_quantities(context) if q.unit == "%" and _SHARE_WORD.search(q.noun)]
    for i in context.register.indicators:
        for name in ("base", "target"):
            value = getattr(i, name)
            if is_amount(value) and value > 100 and _is_share(i.name, i.unit):
                params: dict[str, object] = {"name": i.name, "printed": f"{i.name} {value:f}%"}
                yield finding(
                    "share_over_hundred", ERROR, params, [first_line(i, name, "name")], [f"{i.name} {value:f}"]
                )
    growth = re.compile(r"增长|增速|增幅|提升率|完成率|产能利用")
    over = [q for q in shares if q.value > 100 and not growth.search(q.clause)]
    cap = [q for q in shares if q.value == 100 and q.sense in ("at_least", "more_than")]
    for kind, severity, found in (("share_over_hundred", ERROR, over), ("share_at_cap", NOTE, cap)):
        for group in _grouped(found).values():
            params = {"name": group[0].noun, "printed": group[0].clause}
            yield finding(kind, severity, params, [q.line for q in group], [q.clause for q in group])


def _is_share(name: str, unit: str | None) -> bool:
    """A rate that cannot pass one hundred, as growth and loads can."""
    return (unit or "").strip() in ("%", "％") and bool(
        re.search(
            r"(?:覆盖|普查|普及|利用|保有|保护|达标|处理|绿地|绿化|合格|安装|完好|清洁化)率|占比|比重$|比例$", name
        )
    )


def _structure(context: Context) -> Iterator[DocumentFinding]:
    for passage in context.passages:
        for sentence in passage.sentences:
            triples = list(_TRIPLE.finditer(sentence)) if re.search(r"结构|占比|之比|比例", sentence) else []
            for m in triples:
                total = sum((Decimal(v) for v in m.groups()), Decimal(0))
                if abs(total - 100) > Decimal("0.25"):
                    params: dict[str, object] = {"printed": m[0], "sum": f"{total:f}"}
                    yield finding("shares_do_not_add_up", ERROR, params, [passage.line], [m[0]])
            if triples:
                yield from _sectors(passage, sentence, triples[-1])


def _sectors(passage: Passage, sentence: str, structure: re.Match[str]) -> Iterator[DocumentFinding]:
    """Value added of farming and services over the product, against the printed shares."""
    whole = _GDP.search(sentence)
    if whole is None:
        return
    product = Decimal(whole[1])
    shares = {"农业": 1, "第一产业": 1, "一产": 1, "服务业": 3, "第三产业": 3, "三产": 3, "第二产业": 2, "二产": 2}
    for m in _SECTOR.finditer(passage.text):
        level = Decimal(m[2])
        if m[1] == "工业":
            most = product * (Decimal(structure[2]) + Decimal("0.15")) / 100
            wrong = level > most
            share, position = structure[2], 2
        else:
            position = shares[m[1]]
            share = structure[position]
            wrong = product > 0 and abs(level / product * 100 - Decimal(share)) > Decimal("0.15")
        if wrong:
            params: dict[str, object] = {
                "sector": m[1],
                "level": m[2],
                "product": whole[1],
                "share": share,
                "computed": f"{level / product * 100:.1f}" if product else "",
            }
            yield finding(
                "share_contradicts_level", ERROR, params, [passage.line], [f"{whole[0]} {structure[0]} {m[0]}"]
            )


_N = r"(\d+(?:\.\d+)?)"
_GROWTH = re.compile(
    rf"(?:由|从)(?:20\d{{2}}年)?的?{_N}(?P<unit>[\u4e00-\u9fff%‰/]{{0,6}}?)(?P<way>增加|提高|增长|提升|扩大|减少|下降|降低)?[到至](?:20\d{{2}}年)?的?{_N}"
    rf"(?P=unit),?(?:累计)?(?:增长|增幅为?|增幅达到?|提高|提升|下降|降低|减少|降幅为?)(?:了)?{_N}(?P<by>%|个百分点)"
)


def _growth(context: Context) -> Iterator[DocumentFinding]:
    """由80提高到100,增长25%: the change computed from the two values against the printed one."""
    for passage in context.passages:
        for m in _GROWTH.finditer(passage.text):
            first, last, told = (Decimal(m[i]) for i in (1, 4, 5))
            points = m["by"] == "个百分点"
            if first == 0 or (m["unit"] in ("%", "‰") and not points) or (points and m["unit"] != "%"):
                continue
            computed = abs(last - first) if points else abs(last / first - 1) * 100
            slack = Decimal(1) if points else Decimal(100) / first * (first + last) / first
            digits = -min(0, *(_exponent(Decimal(m[i])) for i in (1, 4)))
            tolerance = Decimal(5).scaleb(-digits - 1) * slack + Decimal(5).scaleb(_exponent(told) - 1)
            if abs(computed - told) > tolerance:
                params: dict[str, object] = {
                    "printed": m[0],
                    "computed": f"{computed:.1f}",
                    "told": m[5] + m["by"],
                    "by": m["by"],
                }
                yield finding("growth_contradicts_levels", ERROR, params, [passage.line], [m[0]])


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return min(0, exponent) if isinstance(exponent, int) else 0


def _energy_for_power(context: Context) -> Iterator[DocumentFinding]:
    for passage in context.passages:
        for m in _POWER.finditer(passage.text):
            yield finding("energy_unit_for_power", WARNING, {"printed": m[0]}, [passage.line], [m[0]])


def _reservoirs(context: Context) -> Iterator[DocumentFinding]:
    """A class of reservoir that its own storage does not reach."""
    for q in context_quantities(context):
        if not re.search(r"m3|m³|立方米|方$", q.unit) or "/" in q.unit:
            continue
        kind = next((k for k in RESERVOIRS if k in q.clause), None)
        if kind is None:
            continue
        least, most = RESERVOIRS[kind]
        low, high = least.value, most.value if most else None
        if _base(q) < low or (high is not None and _base(q) > high):
            params: dict[str, object] = {
                "printed": q.printed,
                "kind": kind,
                "low": f"{low:f}",
                "high": None if high is None else f"{high:f}",
                "times": f"{low / _base(q):.0f}" if q.value and _base(q) < low else "",
                "with_wan": _base(q) * 10_000 >= low and (high is None or _base(q) * 10_000 <= high),
                "source_zh": least.source_zh,
                "source_en": least.source_en,
                "no": row_name(q.passage.row),
            }
            severity = WARNING if params["with_wan"] else ERROR  # a character lost in copying explains it
            yield finding("reservoir_class_impossible", severity, params, [q.line], [q.clause])


def _catchments(context: Context) -> Iterator[DocumentFinding]:
    for q in context_quantities(context):
        if q.unit not in ("km2", "km²", "平方公里", "平方千米"):
            continue
        no = row_name(q.passage.row)
        if _base(q) > LARGEST_CATCHMENT.value:
            params: dict[str, object] = {
                "printed": q.printed,
                "limit": f"{LARGEST_CATCHMENT.value:f}",
                "source_zh": LARGEST_CATCHMENT.source_zh,
                "source_en": LARGEST_CATCHMENT.source_en,
                "readings": _split_ranges(q.printed),
                "no": no,
            }
            yield finding("area_impossible", WARNING if params["readings"] else ERROR, params, [q.line], [q.clause])
        elif re.search(r"中小(?:河流|流域)", q.clause) and q.sense == "at_least" and q.value >= SMALL_RIVER[1].value:
            params = {
                "printed": q.printed,
                "low": f"{SMALL_RIVER[0].value:f}",
                "high": f"{SMALL_RIVER[1].value:f}",
                "source_zh": SMALL_RIVER[0].source_zh,
                "source_en": SMALL_RIVER[0].source_en,
                "no": no,
            }
            yield finding("river_class_contradicts", WARNING, params, [q.line], [q.clause])


def _split_ranges(printed: str) -> list[str]:
    """Two round numbers that a lost dash may have run together: 2003000 → 200–3000."""
    digits = re.match(r"\d+", printed)
    if digits is None:
        return []
    text, result = digits[0], []
    for cut in range(2, len(text) - 1):
        low, high = text[:cut], text[cut:]
        if high[0] != "0" and low.endswith("0") and high.endswith("0") and int(low) < int(high):
            result.append(f"{low}-{high}")
    return result


def _facilities(context: Context) -> Iterator[DocumentFinding]:
    reuse, boilers = [], []
    for q in context_quantities(context):
        if re.match(r"m3|m³|立方米|方|吨", q.unit) and re.search(r"/(?:天|日|d)", q.unit):
            if re.search(r"中水|再生水|污水", q.noun) and _base(q) < LEAST_REUSE_CAPACITY.value:
                reuse.append(q)
        elif q.unit.endswith("蒸吨") and _base(q) > LARGEST_BOILER_SUM.value:
            boilers.append(q)
    for group in _grouped(reuse).values():
        params: dict[str, object] = {"name": group[0].noun, "printed": group[0].printed}
        params["limit"] = f"{LEAST_REUSE_CAPACITY.value:f}"
        yield finding("capacity_implausible", WARNING, params, [q.line for q in group], [q.clause for q in group])
    for q in boilers:
        params = {"printed": q.printed, "limit": f"{LARGEST_BOILER_SUM.value:f}", "no": row_name(q.passage.row)}
        params["readings"] = [
            f"{q.value:f}"[:cut] + "台" + f"{q.value:f}"[cut:] for cut in (1, 2) if f"{q.value:f}"[cut] != "0"
        ]
        yield finding("boilers_implausible", WARNING, params, [q.line], [q.clause])


_PHASES = re.compile(
    r"(?P<n>\d{2,5})(?P<unit>兆瓦|千瓦|MW|吨|立方米)[^。]{0,30}?分(?P<a>\d|[一二三四])期[^。]{0,12}?每期(?P<b>\d|[一二三四])(?P<c>[台座条套])"
)


def _phases(context: Context) -> Iterator[DocumentFinding]:
    """41兆瓦 … 分2期, 每期2台: 2 × 2 = 4, so that 41 reads as 4 台 of 1 兆瓦, a character lost."""
    for passage in context.passages:
        for m in _PHASES.finditer(passage.text):
            a, b = chinese_number(m["a"]), chinese_number(m["b"])
            if a is None or b is None:
                continue
            units = a * b
            if m["n"].startswith(str(units)) and len(m["n"]) > len(str(units)):
                each = m["n"][len(str(units)) :]
                if each.startswith("0"):
                    continue
                params: dict[str, object] = {
                    "printed": m["n"] + m["unit"],
                    "phases": a,
                    "per_phase": b,
                    "units": units,
                    "reading": f"{units}{m['c']}{each}{m['unit']}",
                    "no": row_name(passage.row),
                }
                yield finding("digits_run_together", WARNING, params, [passage.line], [m[0]])


def _unit_costs(context: Context) -> Iterator[DocumentFinding]:
    for passage in context.project_texts:
        project = passage.row
        if not isinstance(project, ProjectRow) or not is_amount(project.investment) or project.investment <= 0:
            continue
        own = quantities_of(context, passage)
        for cost in UNIT_COSTS:
            for q in own:
                if q.unit not in cost.units or not re.search(cost.noun, q.noun) or q.value <= 0:
                    continue
                each = project.investment * 10_000 / (q.value * cost.units[q.unit])
                low = cost.least if cost.least and each < cost.least.value else None
                high = cost.most if cost.most and each > cost.most.value and len(own) == 1 else None
                limit = low or high
                if limit is None:
                    continue
                params: dict[str, object] = {
                    "no": row_name(project),
                    "investment": f"{project.investment:f}",
                    "quantity": q.printed,
                    "each": f"{each:.0f}",
                    "unit": cost.base_unit,
                    "limit": f"{limit.value:f}",
                    "side": "low" if low else "high",
                    "source_zh": limit.source_zh,
                    "source_en": limit.source_en,
                    "judgement": limit.judgement,
                }
                lines = [passage.line, first_line(project, "investment")]
                yield finding("unit_cost_unusual", NOTE, params, lines, [q.clause, f"{project.investment:f}"])
                break
