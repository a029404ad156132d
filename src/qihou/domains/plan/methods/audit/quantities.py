"""Numbers in sentences: the value, its unit, what it counts, and whether it is a promise or a fact of the past."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .context import Context, Passage

Sense = Literal["at_least", "more_than", "at_most", "less_than", "about"] | None

COUNTERS = "个台辆座处家项套条所户名批艘盏株支张眼口根组"
_UNITS = (
    r"[万亿千百]?(?:千瓦时|兆瓦|千瓦|平方公里|平方千米|平方米|立方米|公里|千米|公顷|吨标准煤|吨标煤|蒸吨|亿元|万元|百分点"
    rf"|km[23²³]?|m[23²³]|hm[2²]|MW|kW|GW|[{COUNTERS}]|亩|吨|米|元|人|方|度|%|‰)"
    r"(?:/(?:天|日|年|小时|[dha]))?"
)
_NUMBER = re.compile(
    rf"(?<![\d.A-Za-z〔《])(?P<value>\d+(?:\.\d+)?)(?:[-—~](?P<high>\d+(?:\.\d+)?))?(?P<unit>{_UNITS})(?P<after>及?以上|及?以下|及?以内|左右)?"
)
_BEFORE = re.compile(
    r"(?:力争|努力)?(?:稳定)?(?:达到|达|提高到|提高至|提升到|提升至|降低到|降至|降到|下降到?|降低|控制在|保持在|稳定在|增长|提高|提升|扩大到|增加到"
    r"|不低于|不少于|不小于|不高于|不超过|不大于|大于|小于|高于|低于|超过|突破|≥|≤|>|<|约为?|近|为|至|到|共计|总计|合计|累计|共|完成|建成|建设|新建|新增"
    r"|覆盖|占|仅|率先|总长(?:度)?|全长|规模)+$"
)
_LEAD_IN = re.compile(
    r"^(?:[\d.]+|(?:力争)?(?:到|至|截至|截止|于)?\s*(?:20\d{2}|“?十[二三四五六]五”?(?:期间|末|时期|以来)?)年?(?:底|末|前)*|全[区县市省州旗]|我[区县市]|辖区内?|力争|努力|确保|实现|推动|推进|促进"
    r"|继续|进一步|基本|使|其中|同时|并|和|及|与|在|对|由|以|将|把)+"
)
_SENSES: tuple[tuple[str, Sense], ...] = (
    (r"不低于|不少于|不小于|≥", "at_least"),
    (r"不高于|不超过|不大于|≤|控制在", "at_most"),
    (r"大于|高于|超过|突破|>", "more_than"),
    (r"小于|低于|<", "less_than"),
)
_AFTER: dict[str, Sense] = {"以上": "at_least", "及以上": "at_least", "以下": "at_most", "及以下": "at_most"}
_VERB_BEFORE_COUNT = re.compile(
    r"(?:建设|建成|新建|打造|创建|完成|改造|实施|新增|购置|优选|培育|引进|配备|布设|设置|改建|扩建|更新|推广)$"
)
_PAST = re.compile(
    r"十[二三]五|截[至止]|已|以来|(?<!到)(?<!\d)20(?:0\d|1\d|20)年|累计(?:完成|建设|建成|实施)|目前|现有|同比|较20\d\d年"
)
_TIME_AHEAD = re.compile(
    r"(?<!降低)(?<!提高)(?<!下降)(?<!增长)(?<!提升)(?<!从)(?:到|至)\s*(20\d{2})年|十[四五]五”?(?:期间|末)?"
)


@dataclass(frozen=True)
class Quantity:
    """``noun`` is what is counted, as printed; ``promise`` when the sentence looks ahead; ``past`` when it looks back."""

    value: Decimal
    high: Decimal | None
    unit: str
    noun: str
    sense: Sense
    passage: Passage
    clause: str
    sentence: str
    promise: bool
    past: bool
    printed: str

    @property
    def line(self) -> int:
        return self.passage.line

    @property
    def is_share(self) -> bool:
        return self.unit in ("%", "‰")


def quantities(passage: Passage, first_year: int | None = None) -> list[Quantity]:
    """All numbers with units in a passage, in order. A year before ``first_year`` of the plan promises nothing."""
    found = []
    for sentence in passage.sentences:
        if not re.search(r"\d", sentence):
            continue
        masked = re.sub(r"《[^》]*》|〔[^〕]*[〕号]|\([^()]{0,30}号\)", lambda m: "*" * len(m[0]), sentence)
        ahead_until = -1
        for m in _NUMBER.finditer(masked):
            start = _clause_start(masked, m.start())
            lead = masked[start : m.start()]
            if re.search(r"20\d{2}$", lead + m["value"]) and m["unit"] in ("人", "元") and len(m["value"]) == 4:
                continue
            ahead = [a for a in _TIME_AHEAD.finditer(masked[: m.start()]) if _lies_ahead(a[1], first_year)]
            if ahead:
                ahead_until = len(masked)
            noun = _noun(lead, masked, m)
            clause = masked[start : _clause_end(masked, m.end())]
            found.append(
                Quantity(
                    value=Decimal(m["value"]),
                    high=Decimal(m["high"]) if m["high"] else None,
                    unit=m["unit"],
                    noun=noun,
                    sense=_sense(lead, m["after"] or ""),
                    passage=passage,
                    clause=clause,
                    sentence=sentence,
                    promise=m.start() < ahead_until,
                    past=m.start() >= ahead_until and (bool(_PAST.search(masked[: m.start()])) or passage.background),
                    printed=sentence[m.start() : m.end()],
                )
            )
    return found


def context_quantities(context: Context) -> list[Quantity]:
    """All quantities of the document, in order, computed once per audit."""
    return [q for passage in context.passages for q in quantities_of(context, passage)]


def quantities_of(context: Context, passage: Passage) -> list[Quantity]:
    """The quantities of one passage."""
    found = context.cache.get(id(passage))
    if found is None:
        found = context.cache[id(passage)] = quantities(passage, context.register.first_year)
    return found


def _lies_ahead(year: str | None, first_year: int | None) -> bool:
    return year is None or first_year is None or int(year) >= first_year


def _clause_start(text: str, at: int) -> int:
    depth = 0
    for i in range(at - 1, -1, -1):
        if text[i] == ")":
            depth += 1
        elif text[i] == "(":
            if depth == 0:
                return i + 1
            depth -= 1
        elif depth == 0 and text[i] in ",;。:、":
            return i + 1
    return 0


def _clause_end(text: str, at: int) -> int:
    m = re.search(r"[,;。:、]", text[at:])
    return at + m.start() if m else len(text)


def _noun(lead: str, text: str, m: re.Match[str]) -> str:
    stripped = re.sub(r"[“”\"'‘’]", "", lead).strip()
    if m["unit"][-1:] in COUNTERS and _VERB_BEFORE_COUNT.search(stripped):
        after = re.match(r"(?:新的|以上)?([\u4e00-\u9fff“”()]{2,20}?)(?=[,;。:、和及与并]|$)", text[m.end() :])
        if after:
            return re.sub(r"[“”()]", "", after[1])
    previous: str | None = None
    while previous != stripped:
        previous = stripped
        stripped = _BEFORE.sub("", stripped).strip()
    stripped = _LEAD_IN.sub("", stripped)
    stripped = re.sub(
        r"^(?:完成|建成|新建|改建|扩建|建设|改造|铺设|实施|新增|更新|推广使用|推广)(?=[\u4e00-\u9fff]{3})", "", stripped
    )
    if len(stripped) < 2 and (
        after := re.match(r"(?:的)?([\u4e00-\u9fff]{2,20}?)(?=[,;。:、和及与并]|$)", text[m.end() :])
    ):
        return after[1]
    return re.sub(r"(?:的)?(?:面积|数量|总数)?$", "", stripped) if m["unit"][-1:] in COUNTERS else stripped


def _sense(lead: str, after: str) -> Sense:
    if after in _AFTER:
        return _AFTER[after]
    if after.endswith("以内"):
        return "at_most"
    for pattern, sense in _SENSES:
        if re.search(rf"(?:{pattern})\D*$", lead[-8:]):
            return sense
    return "about" if after == "左右" or lead.endswith("约") else None
