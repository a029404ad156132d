"""Years and months as plans print them: spans, deadlines, and words that are neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numbers import squeeze

_MOMENT = r"(?P<y{0}>(?:19|20)\d{{2}})年?(?:[./\-年]?(?P<m{0}>1[0-2]|0?[1-9])(?![\d])月?)?(?:[./\-]?\d{{1,2}}日?)?(?:底|末|初)?前?"
_DASH = r"(?:-|—|–|―|～|~|至|到|−|─|—{1,2})+"
_SPAN = re.compile(rf"(?:从|自)?{_MOMENT.format(1)}{_DASH}{_MOMENT.format(2)}")
_FROM_TO = re.compile(
    rf"{_MOMENT.format(1)}(?:启动|开工|开始|动工|起)[^\d]{{0,6}}{_MOMENT.format(2)}(?:底前)?(?:完成|完工|建成|竣工|投产|投运)"
)
_UNTIL = re.compile(rf"{_MOMENT.format(1)}起[^\d]{{0,10}}(?:至|到){_MOMENT.format(2)}")
_LISTED = re.compile(
    r"((?:19|20)\d{2})年?(?:[、,，和及](?:(?:19|20)\d{2})年?)*[、,，和及]((?:19|20)\d{2})年?(?:实施|建设)?"
)
_SINGLE = re.compile(
    r"(?P<y>(?:19|20)\d{2})(?:年|\.|/|-)?(?:(?P<m>1[0-2]|0?[1-9])(?!\d)月?)?(?:\d{1,2}日)?(?P<tail>.{0,10})$"
)
PLAN_YEARS = {"十二五": (2011, 2015), "十三五": (2016, 2020), "十四五": (2021, 2025), "十五五": (2026, 2030)}


@dataclass(frozen=True)
class Span:
    """Both ends included; None where the text gives none."""

    start: int | None = None
    start_month: int | None = None
    end: int | None = None
    end_month: int | None = None


def read_span(printed: str, *, deadline_column: bool = False) -> Span:
    """A period cell. A deadline alone gives the end only; words such as 长期 give nothing.

    >>> read_span("2021—2025年").end, read_span("2025年底前").start
    (2025, None)
    """
    bare = squeeze(printed)
    if m := _SPAN.search(bare):
        return Span(int(m["y1"]), _month(m["m1"]), int(m["y2"]), _month(m["m2"]))
    if m := _FROM_TO.search(bare) or _UNTIL.search(bare):
        return Span(int(m["y1"]), _month(m["m1"]), int(m["y2"]), _month(m["m2"]))
    if m := _LISTED.fullmatch(bare):
        return Span(int(m[1]), None, int(m[2]), None)
    if m := _SINGLE.match(re.sub(r"^(到|至|于|在|力争|截至|计划|预计|不晚于)+", "", bare)):
        year, month, tail = int(m["y"]), _month(m["m"]), m["tail"]
        if re.match(r"(起|开工|启动|开始)", tail):
            return Span(year, month)
        until = deadline_column or re.search(r"前|底|末|完成|完工|竣工|建成", tail) or re.match(r"(到|至|截至)", bare)
        return Span(None, None, year, month) if until else Span(year, month, year, month)
    return Span()


def _month(text: str | None) -> int | None:
    return int(text) if text else None


def is_period(text: str) -> bool:
    """Whether a cell says when: a span, a deadline, or one of the words used instead."""
    bare = squeeze(text)
    if not bare or len(bare) > 24:
        return False
    if _SPAN.fullmatch(bare) or re.fullmatch(
        r"(长期(坚持|推进|实施)?|每年(底前)?|持续(推进|实施)?|常年|按年度|全年|年度|常态化)", bare
    ):
        return True
    if re.fullmatch(r"[“\"]?十[二三四五]五[”\"]?(期间|时期|末)?", bare):
        return True
    m = _SINGLE.fullmatch(re.sub(r"^(到|至|截至|力争)", "", bare))
    return bool(
        m
        and re.fullmatch(
            r"年?(?:主?汛期?|采暖季|供暖季|入冬|入汛)?(底|末|初|起|以前|之前|前|内|完成|底前|底前完成|前完成|竣工|开工|建成|及以后)*",
            m["tail"],
        )
    )


def plan_period(text: str) -> tuple[int, int] | None:
    """The period a title or a sentence about the plan's term names.

    >>> plan_period("某县碳达峰行动方案(2024—2026年)")
    (2024, 2026)
    """
    bare = squeeze(text)
    if (m := re.search(rf"((?:19|20)\d{{2}})年?{_DASH}((?:19|20)\d{{2}})年?", bare)) and int(m[1]) <= int(m[2]):
        return int(m[1]), int(m[2])
    for word, years in PLAN_YEARS.items():
        if word in bare:
            return years
    return None
