"""Numbers as plans print them: with units, bounds, brackets for running totals, or words instead."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

Sense = Literal["at_least", "at_most", "equal"]
State = Literal["value", "assigned", "text", "none"]

NOTHING = frozenset({"", "-", "--", "---", "—", "——", "―", "–", "/", "\\", "无", "·", "*", "…", "……", "一"})
_NUMBER = r"[-+−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+−]?\d+(?:\.\d+)?"
_PLAIN = re.compile(rf"(?:{_NUMBER})")
_ASSIGNED = re.compile(
    r"下达|待下|分解(任务|目标|指标)|以.{0,6}(核定|考核|任务|目标).{0,4}为准|(市|省|国家|上级|州|自治区)(级|定|里)?(的)?(考核)?(目标|任务)(任务|要求|指标)?$"
)
_BRACKETED = re.compile(r"^[\[〔【［（(〈<]\s*(.+?)\s*[\]〕】］）)〉>]$")
_AT_LEAST_BEFORE = r"≥|＞|>|⩾|≧|﹥|大于等于|大于|不低于|不少于|不小于|高于|超过|达到|多于|力争达到"
_AT_MOST_BEFORE = r"≤|＜|<|⩽|≦|﹤|小于等于|小于|不高于|不超过|不大于|低于|少于|控制在|不多于"
_AT_LEAST = re.compile(r"[≥＞>⩾≧﹥]|(?<!不)大于|不低于|不少于|不小于|(?<!不)高于|(?<!不)超过|(?<!不)多于")
_AT_MOST = re.compile(r"[≤＜<⩽≦﹤]|(?<!不)小于|不高于|不超过|不大于|不多于|(?<!不)低于|(?<!不)少于|控制在")
_AROUND = r"约|近|为|力争|左右|提高到|提升至|增加到|降至|降到|降低到|稳定在|保持在|年均"
_CHANGE = r"累计|较?\d{4}年|比\d{4}年|下降|降低|减少|提高|增长|增加|提升"
_UNIT = (
    r"％|%|‰|个?百分点|[百千万亿]*(?:吨标准煤|吨标煤|吨二氧化碳|吨|立方米|平方米|平方公里|公里|千米|亩|公顷|千瓦时|千瓦|兆瓦|度|元|人|个|辆|家|座|件|户"
    r"|天|次|台|套|处|项|分|米|蒸吨|毫克|微克|克|升|株|只|头|批|条|艘|村|年|小时|分钟|艘|口|眼|孔|枚|栋|幢|所|支|名|例|平方|立方|人次|户次|千伏|千伏安)(?:/.{1,8})?|[a-zA-Zμµ℃³²]{1,8}\d?(?:/.{1,6})?"
)
_VALUE = re.compile(
    rf"^(?P<before>(?:{_AT_LEAST_BEFORE}|{_AT_MOST_BEFORE}|{_AROUND}|{_CHANGE})*)(?P<number>{_NUMBER})"
    rf"(?P<unit>{_UNIT})?(?P<after>以上|及以上|以下|及以下|以内|之内|左右|\(含\)|以上\(含\))?$"
)
_UNIT_ONLY = re.compile(rf"^(?:{_UNIT}|[百千万亿]+|/|.{{0,6}}(?:/|/).{{1,8}})$")


@dataclass(frozen=True)
class Value:
    """``number`` is None unless ``state`` is "value"."""

    state: State
    number: Decimal | None = None
    cumulative: bool = False
    sense: Sense | None = None
    unit: str | None = None


def squeeze(text: str) -> str:
    """Full-width letters and digits made ordinary, all white space removed."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).replace("\u200b", ""))


def several_numbers(text: str) -> bool:
    """Whether blanks divide the digits, so that putting them together would invent a number.

    A single blank between groups of three digits divides thousands: 12 300; so does a single blank inside digits
    that are all set apart (copied from justified text): 1 2 3.
    """
    flat = unicodedata.normalize(
        "NFKC", text.replace("\u00a0", " ").replace("\u2009", " ").replace("\u202f", " ")
    ).strip()
    if not re.search(r"\d\s+\d", flat):
        return False
    return not re.search(r"(?<![\d.])[1-9]\d{0,2}(?: \d{3})+(?![\d])", flat) or bool(
        re.search(r"\d\s{2,}\d|\d[\t\n]\d", flat)
    )


def plain_number(text: str) -> Decimal | None:
    """The number when the text is nothing but a number (thousands commas allowed).

    >>> plain_number("1,200.50")
    Decimal('1200.50')
    """
    bare = squeeze(text)
    if not _PLAIN.fullmatch(bare) or several_numbers(text):
        return None
    try:
        return Decimal(bare.replace(",", "").replace("−", "-"))
    except InvalidOperation:  # pragma: no cover - the pattern admits only what Decimal takes
        return None


def is_nothing(text: str) -> bool:
    return squeeze(text) in NOTHING


def read_value(printed: str) -> Value:
    """What a base or target cell says.

    >>> read_value("〔22〕").cumulative, read_value("≥20%").sense, read_value("市级下达").state
    (True, 'at_least', 'assigned')
    """
    if is_nothing(printed):
        return Value("none")
    bare = squeeze(printed)
    cumulative = False
    if m := _BRACKETED.match(bare):
        bare, cumulative = m[1], True
    elif m := re.match(r"^[\[〔【［](.+?)[\]〕】］]?(％|%|‰)?$", bare):
        bare, cumulative = m[1] + (m[2] or ""), True
    elif m := re.match(rf"^({_NUMBER})(?:\(累计\)|\[累计\])$", bare):
        bare, cumulative = m[1], True
    if _ASSIGNED.search(bare):
        return Value("assigned", cumulative=cumulative)
    m = _VALUE.match(bare)
    if not m or several_numbers(printed):
        return Value("text", cumulative=cumulative)
    before, after = m["before"], m["after"] or ""
    sense: Sense | None = None
    if _AT_MOST.search(before) or after in ("以下", "及以下", "以内", "之内"):
        sense = "at_most"
    elif _AT_LEAST.search(before) or after in ("以上", "及以上", "以上(含)"):
        sense = "at_least"
    if "累计" in before:
        cumulative = True
    number = Decimal(m["number"].replace(",", "").replace("−", "-"))
    return Value("value", number, cumulative, sense, m["unit"])


def looks_like_unit(text: str) -> bool:
    """Whether a text can be a unit: 万吨, %, 吨标准煤/万元, ℃."""
    return bool(_UNIT_ONLY.match(squeeze(text)))


_ABBREVIATION = re.compile(r"(?!MWH|KWH|GWH|TCE)[A-Z]{3,6}")  # 生态质量指数(EQI): another name, no unit
_TRAILING = re.compile(r"^(?P<name>.+?)\s*[（(](?P<unit>[^（）()]{1,16})[）)]?\s*$")


def split_unit(name: str) -> tuple[str, str | None]:
    """Take a unit out of an indicator's name, also when the closing bracket was lost in copying.

    >>> split_unit("森林覆盖率(%")
    ('森林覆盖率', '%')
    """
    m = _TRAILING.match(name)
    if m and looks_like_unit(m["unit"]) and not _ABBREVIATION.fullmatch(m["unit"].strip()):
        return m["name"].strip(), m["unit"].strip()
    return name.strip(), None


_FACTORS = (("亿元", Decimal(10000)), ("百万元", Decimal(100)), ("千万元", Decimal(1000)), ("万元", Decimal(1)))


def money_factor(label: str) -> Decimal | None:
    """The factor to 10⁴ CNY that a header, caption or amount names; None where it names none."""
    bare = squeeze(label)
    for word, factor in _FACTORS:
        if word in bare:
            return factor
    if re.search(r"[(:]千元|千元[)]?$", bare):
        return Decimal("0.1")
    if re.search(r"[(:]元|\d元$|^元$|单位:元", bare):
        return Decimal("0.0001")
    return None


_AMOUNT = re.compile(rf"^(?:约|≥|≤|)?({_NUMBER})(亿元|百万元|千万元|万元|千元|元|亿|万)?(?:左右|以上)?$")


def read_amount(printed: str, factor: Decimal) -> Decimal | None:
    """A money cell in 10⁴ CNY; a unit printed in the cell wins over the column's ``factor``."""
    bare = squeeze(printed)
    m = _AMOUNT.match(bare)
    if not m or several_numbers(printed):
        return None
    number = Decimal(m[1].replace(",", "").replace("−", "-"))
    own = {"亿": Decimal(10000), "万": Decimal(1)}.get(m[2] or "") or (money_factor(m[2]) if m[2] else None)
    return exact(number * (own if own is not None else factor))


def exact(number: Decimal) -> Decimal:
    """Without exponent and without trailing zeros that only the conversion made.

    >>> exact(Decimal("1.5") * Decimal(10000))
    Decimal('15000')
    """
    if number == number.to_integral_value():
        return number.quantize(Decimal(1))
    return number.normalize()
