"""Indicators of plans without an indicator table: the sentences of their goals that name a measure and its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..register import Cell, Heading, How, IndicatorRow, Line
from .fields import absent, tidy
from .numbers import Sense, read_value, squeeze
from .outline import bare_title, depth_of, rank_of
from .prose import duties_in
from .years import PLAN_YEARS

_GOALS = re.compile(r"目标|指标")
_NO_GOALS = re.compile(r"任务|责任|考核|分解|保障|依据|完成情况")
_BY_YEAR = re.compile(r"^[^，。；]{0,16}?(?:到|至|截至|力争)(?P<y>20\d\d)年(?:底|末)?(?:前|时)?")
_OTHER_YEAR = re.compile(r"^(?:其中)?(?:截至)?(?P<y>(?:19|20)\d\d)年(?:底|末)?(?!前)")
_BY_PLAN = re.compile(r"^[“\"]?(?P<p>十[二三四五]五)[”\"]?(?:期间|时期|末)?")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = r"个?百分点|[%％‰]|[百千万亿]*[a-zA-Zμµ℃㎡³²\u4e00-\u9fff]{0,10}?(?:/[a-zA-Z³²\d\u4e00-\u9fff()（）]{1,12})?"
_TAIL = r"左右|上下|及以上|以上|及以下|以下|以内|之内"
_REACH = (
    r"(?:五年|规划期内|力争|确保|努力|基本|总体|预计|分别|均|累计|总量|则|应|将|要)*(?:达到|达|提高到|提高至|提升到|提升至|上升到|上升至|增加到|增加至|增至|增长到|降低到|降低至"
    r"|降至|降到|下降到|下降至|减少到|减少至|压减到|压减至|控制到|控制在|稳定在|保持在|维持在|不低于|不少于|不小于|不高于|不超过|不大于|不多于|超过|高于|大于|低于|小于|少于|约为|为)"
)
_CHANGE = r"(?:累计|年均|平均|每年)?(?:下降|降低|减少|提高|提升|增长|增加|削减)"
_SINCE = r"(?:(?:比|较)(?:19|20)\d\d年(?:水平)?|(?:比|较)“?十[二三四五]五”?末)?"
_FROM = r"(?:由|从)(?:(?P<by>(?:19|20)\d\d)年)?的?(?P<base>" + _NUMBER + rf")(?:{_UNIT})?"
_ABOUT = r"(?:约|近|大约|不低于|不少于|不超过|不高于|超过|高于|[≥≤＞＜><])*"
_STATEMENT = re.compile(
    rf"^(?P<name>.*?)(?P<colon>[：:])?(?:{_FROM})?(?:(?P<reach>{_REACH})|(?P<change>{_SINCE}{_CHANGE}))(?P<about>{_ABOUT})"
    rf"(?P<n>{_NUMBER})(?P<unit>{_UNIT})(?P<tail>{_TAIL})?$"
)
_ASSIGNED = re.compile(
    r"^(?P<name>[^：:]{4,40}?)(?:[：:])?(?P<told>(?:完成|达到|控制在)(?:国家|省|市|州|盟|上级|自治区)[^，。；]{0,6}(?:下达|分解|确定)[^，。；]{0,10})$"
)
_LEADING = re.compile(
    r"^(?:[—\-–·●◆■]+|[①-⑳]|其中|使|力争|确保|预计|实现|推动|全(?:市|县|区|旗|省|州|盟|镇|乡)(?!域)|我(?:市|县|区)|以及|并|且|和)+"
)
_MEASURE = re.compile(
    r"(?:率|比例|比重|占比|量|面积|浓度|能耗|强度|水平|装机|容量|规模|指数|排放|消耗|系数|覆盖|度|里程|产值|价值|收入|总值|下降|降低|减少|提高|提升|增长|增加|数|次|能力|时间|密度|距|误差|标准|效率|成本|产能|产量|提前量|比)$"
)
_LISTED = re.compile(r"^(?P<name>[^：:，,]{3,40})[：:](?P<rest>.+)$")


@dataclass(frozen=True)
class _Told:
    """One measure with the words that give its number."""

    name: str
    printed: str
    unit: str | None
    target: Decimal | None
    sense: Sense | None
    base: Decimal | None = None
    base_year: int | None = None
    state: str = "value"


def read_prose_indicators(
    prose: list[Line], outline: list[Heading], first_year: int | None = None
) -> list[IndicatorRow]:
    """One indicator per measure whose number a sentence of the goals gives; what cannot be told apart is left out.

    Only paragraphs under a heading of goals are read (主要目标, 工作目标): a number of a task is the task's. A year holds
    from 到2025年 on until another is named; a bare 2025年 is a goal's when the plan has begun, or was
    issued, by then.
    """
    rows: list[IndicatorRow] = []
    seen: set[tuple[str, int | None]] = set()
    year: int | None = None
    begun = first_year if first_year is not None else _issued(prose)
    run_in = {h.line: h.title for h in outline}
    for line in _goal_lines(prose, outline):
        if len(line.text.strip()) > len(run_in.get(line.number, line.text)) + 5:
            year = None  # a paragraph with a title of its own begins anew
        before = len(rows)
        for clause, at in _clauses(line.text, begun):
            year = at if at is not None else year
            for told in statements(clause):
                if (told.name, year) not in seen:
                    seen.add((told.name, year))
                    rows.append(_row(told, year, line))
        if len(rows) == before + 1 and (m := _NATURE.search(squeeze(line.text))):
            rows[-1].nature = "binding" if m[1] == "约束" else "expected"
            rows[-1].cells["nature"] = Cell(m[0], (line.number,), How.PROSE, 0.8)
    return rows


_NATURE = re.compile(r"[（(](约束|预期)性(?:指标)?[）)]")


_ISSUED = re.compile(r"^[（(]?(?P<y>20\d\d)年\d{1,2}月(?:\d{1,2}日)?[）)]?$|[〔\[](?P<n>20\d\d)[〕\]]\d+号$")


def _issued(prose: list[Line]) -> int | None:
    """The year in which the document was issued, from its date or number at the head."""
    found = (_ISSUED.search(squeeze(line.text)) for line in prose[:40])
    return next((int(m["y"] or m["n"]) for m in found if m is not None), None)


def _goal_lines(prose: list[Line], outline: list[Heading]) -> Iterator[Line]:
    headings = {h.line: h for h in outline}
    inside: int | None = None
    for line in prose:
        text = line.text.strip()
        heading = headings.get(line.number)
        if heading is not None:
            title = bare_title(heading.title)
            if inside is None or heading.level <= inside or _NO_GOALS.search(title):
                goals = bool(_GOALS.search(title)) and not _NO_GOALS.search(title)
                inside = heading.level if goals else None
        elif inside is not None and depth_of(text) is not None and duties_in(text):
            inside = None
        if inside is not None and text and not duties_in(text):
            yield line


def _clauses(text: str, begun: int | None) -> Iterator[tuple[str, int | None]]:
    """Clauses with the year they speak of (None: still the one before); those of another year are left out."""
    flat = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", squeeze(ranked[1] if (ranked := rank_of(text.strip())) else text))
    flat = re.sub(r"[（(][^（）()]*[）)]", "", flat) if len(flat) > 60 else flat
    past = False
    for sentence in re.split(r"[。；;]", flat):
        listed = _LISTED.match(re.sub(r"[（(](?:约束性|预期性)(?:指标)?[）)]$", "", sentence))
        named = f"{listed['name']}：" if listed and _is_measure(_name(listed["name"]), "%") else ""
        for clause in re.split(r"[，,]", listed["rest"] if listed and named else sentence):
            if m := _BY_YEAR.match(clause):
                past = False
                yield named + clause[m.end() :].lstrip("时"), int(m["y"])
            elif m := _BY_PLAN.match(clause):
                last = PLAN_YEARS[m["p"]][1]
                past = begun is not None and last < begun
                if not past:
                    yield named + clause[m.end() :], last
            elif m := _OTHER_YEAR.match(clause):
                past = begun is None or int(m["y"]) < begun
                if not past:
                    yield named + clause[m.end() :], int(m["y"])
            elif not past:
                yield named + clause, None
        past = False


def statements(clause: str) -> list[_Told]:
    """The measures of one clause with their numbers; several names and as many numbers are told apart in order.

    >>> [(t.name, t.target) for t in statements("森林覆盖率、湿地保护率分别达到45%、60%以上")]
    [('森林覆盖率', Decimal('45')), ('湿地保护率', Decimal('60'))]
    >>> [(t.name, str(t.target), t.unit) for t in statements("单位地区生产总值能耗比2020年下降13.5%")]
    [('单位地区生产总值能耗比2020年下降', '13.5', '%')]
    """
    if "分别" in clause:
        return _several(clause)
    told = _single(clause)
    return [told] if told is not None else []


def _single(clause: str) -> _Told | None:
    if (m := _ASSIGNED.match(clause)) and _is_measure(name := _name(m["name"]), None):
        return _Told(name, m["told"], None, None, None, state="assigned")
    m = _STATEMENT.match(clause)
    if m is None:
        return None
    name = _name(m["name"])
    if m["change"]:
        name += m["change"]
    unit = re.sub(rf"(?:{_TAIL})$", "", m["unit"]) or None
    if clause.startswith("其中") and not _MEASURE.search(name):
        return None  # 其中政府投资项目达到100%: of what, the clause before says
    if not _is_measure(name, unit) or len(re.findall(_NUMBER, m["name"])) > 1:
        return None
    printed = clause[m.start("reach") if m["reach"] else m.start("change") :]
    base = Decimal(m["base"]) if m["base"] else None
    base_year = int(m["by"]) if m["by"] else None
    return _Told(name, printed, unit, Decimal(m["n"].replace(",", "")), _sense(m), base, base_year)


def _several(clause: str) -> list[_Told]:
    """A、B、C分别达到1%、2%和3%: as many numbers as names, else nothing can be said."""
    m = re.match(rf"^(?P<names>.+?)(?P<reach>{_REACH}|{_SINCE}(?:分别)?{_CHANGE})(?P<values>[^：:]+)$", clause)
    if m is None:
        return []
    names = [_name(n) for n in re.split(r"[、]", re.sub(r"分别$", "", m["names"]))]
    if len(names) == 1:
        names = [_name(n) for n in re.split(r"和|与", names[0])]
    values = re.split(r"[、和]", m["values"])
    if len(names) != len(values) or len(names) < 2:
        return []
    reach = m["reach"].replace("分别", "")
    found = [_single(f"{name}{reach}{value}") for name, value in zip(names, values, strict=True)]
    if any(t is None for t in found):
        found = [_single(f"{name}重点指标量{reach}{value}") for name, value in zip(names, values, strict=True)]
        if not _MEASURE.search(names[-1]) or any(t is None for t in found):
            return []
        return [
            _Told(name, value, t.unit, t.target, t.sense)
            for name, value, t in zip(names, values, found, strict=True)
            if t is not None
        ]
    return [t for t in found if t is not None]


def _name(text: str) -> str:
    bare = _LEADING.sub("", text.strip().strip("“”\"'、 "))
    return re.sub(r"(?:力争|确保|努力|基本|预计|总体|分别|均|累计|约)+$", "", bare).strip("：:、的 ")


def _is_measure(name: str, unit: str | None) -> bool:
    """A measure by its last word; of a share the unit says so."""
    if not 3 <= len(name) <= 40 or re.search(r"[。！!？?“”《》]", name):
        return False
    return bool(_MEASURE.search(name)) or (unit in ("%", "％", "‰") and len(name) >= 4)


def _sense(m: re.Match[str]) -> Sense | None:
    value = read_value(f"{m['about'] or ''}{m['n']}{m['tail'] or ''}")
    if value.sense is not None:
        return value.sense
    words = m["reach"] or ""
    if re.search(r"不低于|不少于|不小于|超过$|高于|(?<!不)大于", words) and not re.search(
        r"不超过|不高于|不大于", words
    ):
        return "at_least"
    return "at_most" if re.search(r"不高于|不超过|不大于|不多于|低于|小于|少于|控制在", words) else None


def _row(told: _Told, year: int | None, line: Line) -> IndicatorRow:
    def cell(printed: str) -> Cell:
        return Cell(tidy(printed), (line.number,), How.PROSE, 0.8)

    row = IndicatorRow(None, name=told.name, unit=told.unit, base=told.base, base_year=told.base_year)
    row.target, row.target_year, row.sense = told.target, year, told.sense
    row.target_state = "assigned" if told.state == "assigned" else "value"
    row.target_text = told.printed if told.state == "assigned" else None
    if year is not None:
        row.years[year] = told.target
    if told.base_year is not None:
        row.years[told.base_year] = told.base
    for name in ("no", "category", "nature", "departments"):
        row.cells[name] = absent()
    row.cells["name"], row.cells["target"] = cell(told.name), cell(told.printed)
    row.cells["unit"] = cell(told.unit) if told.unit else absent()
    row.cells["base"] = cell(f"{told.base:f}") if told.base is not None else absent()
    return row
