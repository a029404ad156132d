"""The same quantity given different values in the text, the indicators, the projects and the tasks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from ..register import DocumentFinding, IndicatorRow
from ..totals import is_amount
from .context import ERROR, NOTE, WARNING, Context, finding, first_line, row_name
from .quantities import Quantity, context_quantities, quantities_of
from .text import bare, containment, is_subsequence, longest_common

_GENERIC_HEAD = re.compile(
    r"^(?:工程|项目|建设|面积|系统|能力|任务|设施|平台|企业|单位|站点|中心|试点|示范|治理|改造|建设任务|示范工程|工程建设|基地|数量|总面积|管线|比例|比重|占比|建设任务)+$"
)
_REGION = re.compile(
    r"全[区县市省]|[区县市]级|城市|城镇|农村|中心城区|建成区|园区|高新区|开发区|规上|规模以上|其中|新增|累计|重点|一期|二期"
)


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _indicator_values(context)
    yield from _indicator_bases(context)
    yield from _counts_of_one_thing(context)
    yield from _listed_twice(context)
    yield from _terms_for_one_amount(context)


def indicator_core(name: str) -> str:
    return bare(re.sub(r"\(.*$", "", name))


def speaks_of(noun: str, indicator: IndicatorRow) -> bool:
    """The noun before a number names this indicator, perhaps in other words or with a qualifier before it."""
    core, told = indicator_core(indicator.name), bare(noun)
    if len(core) < 4 or len(told) < 4:
        return False
    if told.endswith(core) or (core.endswith(told) and len(told) >= 0.7 * len(core)):
        return True
    return containment(core, told) >= 0.75 and containment(told, core) >= 0.6


def _same_unit(quantity: Quantity, indicator: IndicatorRow) -> bool:
    unit = re.sub(r"\s", "", indicator.unit or "").strip("()（）")
    if quantity.is_share or unit in ("%", "％", "‰"):
        return quantity.unit == unit.replace("％", "%") or (not unit and quantity.is_share)
    return not unit or unit == quantity.unit


def _indicator_values(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    for indicator in register.indicators:
        if not is_amount(indicator.target):
            continue
        told = [
            q
            for q in context_quantities(context)
            if not q.past and _same_unit(q, indicator) and speaks_of(q.noun, indicator) and q.high is None
        ]
        home = first_line(indicator, "target", "name")
        differing = [
            q
            for q in told
            if q.value not in (indicator.target, indicator.base) and _same_year(q, indicator) and _is_aim(q)
        ]
        name = indicator.name
        if differing:
            lines = [home, *(q.line for q in differing)]
            params = {
                "no": row_name(indicator),
                "name": name,
                "target": f"{indicator.target:f}",
                "told": sorted({q.printed for q in differing}),
            }
            yield finding(
                "indicator_value_differs", ERROR, params, lines, [_target(indicator), *(q.clause for q in differing)]
            )
            continue
        senses: set[str | None] = {
            q.sense for q in told if q.sense in ("at_least", "more_than", "at_most", "less_than")
        }
        if indicator.sense:
            senses |= {indicator.sense} - {"equal"}
        if len(senses - {None}) > 1 or (senses & {"more_than", "less_than"} and indicator.sense is None):
            lines = [home, *(q.line for q in told)]
            params = {"no": row_name(indicator), "name": name, "forms": list(dict.fromkeys(_form(q) for q in told))}
            yield finding(
                "indicator_sense_differs", NOTE, params, lines, [_target(indicator), *(q.clause for q in told)]
            )


_AIM = re.compile(
    r"达到?|提高到|提高至|提升[到至]|降[到至低]|控制在|稳定在|不低于|不高于|不超过|大于|小于|以上|以下|以内"
)


def _is_aim(quantity: Quantity) -> bool:
    """The sentence sets the number as an aim; an amount to be added is another thing than the level to be reached."""
    if re.search(r"新增|增加", quantity.clause):
        return False
    return quantity.promise or quantity.passage.place == "task" or bool(_AIM.search(quantity.clause))


_BASE_YEAR = re.compile(r"(?<![到至])(20\d{2})年(?!前|以来)")


def _indicator_bases(context: Context) -> Iterator[DocumentFinding]:
    """The base year's value in the text and in the table."""
    for indicator in context.register.indicators:
        if not is_amount(indicator.base) or indicator.base_cumulative or indicator.base_year is None:
            continue
        for q in context_quantities(context):
            if (
                q.promise
                or q.passage.place != "prose"
                or q.high is not None
                or q.value in (indicator.base, indicator.target)
            ):
                continue
            before = q.sentence[: q.sentence.find(q.clause) + len(q.clause)]
            years = _BASE_YEAR.findall(before)
            if not years or int(years[-1]) != indicator.base_year or re.search(r"下降|降低|增长|提高|较|比", q.clause):
                continue
            if _same_unit(q, indicator) and bare(q.noun).endswith(indicator_core(indicator.name)):
                params = {
                    "no": row_name(indicator),
                    "name": indicator.name,
                    "year": indicator.base_year,
                    "base": f"{indicator.base:f}",
                    "told": q.printed,
                }
                lines = [first_line(indicator, "base", "name"), q.line]
                yield finding(
                    "indicator_base_differs", ERROR, params, lines, [f"{indicator.name} {indicator.base:f}", q.clause]
                )


def _target(indicator: IndicatorRow) -> str:
    cell = indicator.cells.get("target")
    return f"{indicator.name} {cell.printed if cell else indicator.target}"


def _form(quantity: Quantity) -> str:
    m = re.search(r"(?:达到|达|不低于|大于|高于|超过|小于|低于|控制在|不高于)?\d[^,。;]*$", quantity.clause)
    return m[0] if m else quantity.printed


def _same_year(quantity: Quantity, indicator: IndicatorRow) -> bool:
    years = re.findall(r"20\d{2}(?=年)", quantity.sentence[: quantity.sentence.find(quantity.printed)])
    return not years or indicator.target_year is None or int(years[-1]) == indicator.target_year


@lru_cache(maxsize=20_000)
def _head(noun: str) -> str:
    """The noun without verbs and places before it: its last part after 的, 等, a bracket or a digit."""
    return re.split(r"[的等()\d\s“”]", bare(noun))[-1]


class _Told:
    """What the text and the tasks say of a kind of thing, looked up once for all projects that name it alike."""

    def __init__(self, others: Iterable[Quantity]) -> None:
        self._nouns: dict[tuple[str, bool], list[tuple[int, Quantity]]] = defaultdict(list)
        self._found: dict[tuple[str, bool], tuple[list[tuple[Quantity, str]], set[Decimal], dict[int, Decimal]]] = {}
        for place, q in enumerate(others):
            self._nouns[q.noun, "新增" in q.clause].append((place, q))

    def of(self, project: Quantity) -> tuple[list[tuple[Quantity, str]], set[Decimal], dict[int, Decimal]]:
        """The quantities of the same thing with the words shared, their values, and their sum on each line."""
        key = (project.noun, "新增" in project.clause)
        if key not in self._found:
            near = [
                (place, q, shared)
                for (noun, added), told in self._nouns.items()
                if added == key[1] and len(shared := shared_tail(project.noun, noun)) >= 3
                for place, q in told
            ]
            others = [(q, shared) for _, q, shared in sorted(near, key=lambda n: n[0])]
            by_line: dict[int, Decimal] = defaultdict(Decimal)
            for q, _ in others:
                by_line[q.line] += q.value
            self._found[key] = (others, {q.value for q, _ in others}, by_line)
        return self._found[key]


def _counts_of_one_thing(context: Context) -> Iterator[DocumentFinding]:
    """Ahead-looking counts of one kind of thing, in a project and in the text, that do not agree."""
    by_unit: dict[str, list[Quantity]] = defaultdict(list)
    for q in context_quantities(context):
        if not q.past and q.noun and not q.is_share and q.high is None and len(_head(q.noun)) >= 3:
            by_unit[q.unit].append(q)
    seen: set[frozenset[int]] = set()
    for unit, group in by_unit.items():
        told = _Told(q for q in group if q.passage.place != "project")
        for project in (q for q in group if q.passage.place == "project"):
            others, values, by_line = told.of(project)
            if not others or project.value <= max([*values, *by_line.values()]):
                continue  # equal, or one part of what the text promises in all
            key = frozenset([project.line, *(q.line for q, _ in others)])
            if key in seen:
                continue
            seen.add(key)
            params = {
                "thing": others[0][1],
                "no": row_name(project.passage.row),
                "project": project.printed,
                "others": list(dict.fromkeys(f"{q.noun}{q.printed}" for q, _ in others)),
                "other_sum": f"{max(by_line.values()):f}{unit}" if len(set(by_line.values()) - values) else "",
            }
            lines = [project.line, *(q.line for q, _ in others)]
            quotes = [project.clause, *(q.clause for q, _ in others)]
            yield finding("quantity_differs", WARNING, params, lines, quotes)


def shared_tail(one: str, other: str) -> str:
    """The kind of thing two nouns end in (充电桩); empty when it is only 项目, 工程 or the like."""
    short, long = sorted((_head(one), _head(other)), key=len)
    tail = _common_tail(short, long)
    if len(short) >= 3 and short[0] == long[0] and tail and len(long) - len(short) <= 2 and is_subsequence(short, long):
        tail = short
    return "" if _GENERIC_HEAD.match(tail) else tail


def _common_tail(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[-length - 1] == other[-length - 1]:
        length += 1
    return one[len(one) - length :] if length else ""


def _listed_twice(context: Context) -> Iterator[DocumentFinding]:
    """One sentence that lists the same thing twice with different numbers."""
    for passage in context.passages:
        seen: dict[tuple[str, str], Quantity] = {}
        for q in quantities_of(context, passage):
            key = (bare(q.noun), q.unit)
            if len(key[0]) < 4 or q.past or q.is_share:
                continue
            first = seen.setdefault(key, q)
            if first is not q and first.sentence == q.sentence and first.value != q.value:
                between = q.sentence[q.sentence.find(first.printed) : q.sentence.find(q.clause)]
                if re.search(r"其中|分别|另|[:期]|20\d{2}年", between + q.clause):
                    continue
                params = {"thing": q.noun, "values": [first.printed, q.printed], "no": row_name(passage.row)}
                params["place"] = passage.place if passage.row is not None else ""
                yield finding("listed_twice", WARNING, params, [q.line], [f"{first.clause},{q.clause}"])


_LONGEST_NAME, _MOST_NAMES = 40, 60


def _terms_for_one_amount(context: Context) -> Iterator[DocumentFinding]:
    """The same number and unit, in a project and in the text, for things named almost but not quite alike."""
    quantities = [
        q
        for q in context_quantities(context)
        if not q.past and len(bare(q.noun)) >= 4 and q.value >= 2 and q.high is None
    ]
    by_value: dict[tuple[Decimal, str], list[Quantity]] = defaultdict(list)
    for q in quantities:
        by_value[q.value, q.unit].append(q)
    for (value, unit), group in by_value.items():
        names: dict[str, list[Quantity]] = defaultdict(list)
        for q in group:
            if len(thing := _thing(q.noun)) <= _LONGEST_NAME:
                names[thing].append(q)
        if len(names) > _MOST_NAMES:
            continue  # so common an amount ties nothing together
        for one in names:
            for other in names:
                if not 4 <= len(one) < len(other) <= len(one) + 3:
                    continue
                common = longest_common(one, other)
                if not is_subsequence(one, other) or other.endswith(one) or other.startswith(one):
                    continue
                if (
                    len(common) < 2
                    or _REGION.search(other)
                    or re.search(r"[\d一二三四五]|[型级类期]", other.replace(common, ""))
                ):
                    continue
                both = [*names[one], *names[other]]
                if len({q.line for q in both}) < 2:
                    continue
                params = {"amount": f"{value:f}{unit}", "names": [one, other]}
                yield finding("term_differs", NOTE, params, [q.line for q in both], [q.clause for q in both])


def _thing(noun: str) -> str:
    core = re.sub(r"(?:建设|改造)?(?:任务|工程|项目|面积)$", "", bare(noun))
    return re.split(r"等(?:镇街|镇|街道|地)?|的", core)[-1]
