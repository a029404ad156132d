"""The title of a plan and the years it covers."""

from __future__ import annotations

import re

from ..layout.tokens import is_furniture
from ..register import Line
from .numbers import squeeze
from .years import plan_period

_KIND = r"(?:规划纲要|规划|行动方案|实施方案|工作方案|行动计划|实施计划|工作计划|方案|计划|纲要|实施意见|意见|路线图|总体方案|任务书|清单)"
_TITLE = re.compile(rf"^[^。，；：！？,;?:]{{4,60}}{_KIND}\s*(?:[（(][^（）()]{{2,24}}[）)]\s*){{0,2}}$")
# A list published on its own is titled by its place: 某市…任务分工表, 某县…规划附表.
_NAMED = re.compile(
    rf"^[^。，；：！？,;?:]{{2,8}}?(?:省|市|州|盟|区|县|旗|镇|乡)[^。，；：！？,;?:]{{4,50}}(?:{_KIND}|分工表|责任表|清单|指标体系|计划表|要点|一览表|项目表)"
    r"\s*(?:[（(][^（）()]{2,24}[）)]\s*)?$"
)
# The title of a list published as a sheet of its own, in the first row; 分年度投资计划 below it is only a column.
_LIST_TITLE = re.compile(
    r"^[^。，；：！？,;?:]{2,12}(?:省|市|州|盟|区|县|旗|镇|乡)[^。，；：！？,;?:]{4,50}(?:计划表|项目表|清单|一览表)[（(](?:19|20)\d\d[^（）()]{2,12}[）)]$"
)
_ANNEX_OF = re.compile(
    rf"^(?P<t>[^。，；：！？,;?:（(]{{4,50}}{_KIND}[（(](?:19|20)\d\d[^（）()]{{2,12}}[）)])(?:重点)?(?:项目|任务|工程|指标)?(?:附表|附件)$"
)
_COLUMN = re.compile(r"^(?:分年度|年度|分期)(?:投资|资金)计划$")
_QUOTED = re.compile(rf"《([^《》]{{4,60}}{_KIND}\s*(?:[（(][^（）()]{{2,24}}[）)])?)》")
_NOT = re.compile(
    r"^(?:关于|附件|附表|附录|第|[一二三四五六七八九十]+、|[（(]|\d|.*(?:的通知|公告|函|说明)$|各|推进|编制|制定|实施|研究|落实|根据|为)"
)


def find_title(lines: list[Line]) -> str | None:
    """The title printed as a line of its own near the top; else the first plan named in 《》."""
    texts = [t for line in lines[:400] if (t := unspaced(line.text)) and not is_furniture(t)]
    title = _find_title(texts)
    if title is None:
        return None
    # a running head prints the title without its period
    dated = re.compile(rf"{re.escape(title)}[（(]\s*(?:19|20)\d\d[^（）()]{{2,14}}[）)]")
    return next((t for t in texts[:80] if dated.fullmatch(t)), title)


def _find_title(texts: list[str]) -> str | None:
    head = texts[:80]
    if head and (m := _ANNEX_OF.match(head[0])) and not rejected(head[0]):
        return m["t"]
    for i, text in enumerate(head):
        if rejected(text):
            continue
        if i < 3 and _LIST_TITLE.match(text):
            return _with_bracket(text, head, i)
        if _TITLE.match(text) and not _COLUMN.match(text):
            return _with_bracket(text, head, i)
        if i + 1 < len(head) and len(text) <= 40 and not re.search(r"[。，；：,;:]", text):
            joined = text + head[i + 1]
            if (
                len(head[i + 1]) <= 24
                and _TITLE.match(joined)
                and not rejected(head[i + 1])
                and _looks_cut(text, head[i + 1])
            ):
                return _with_bracket(joined, head, i + 1)
    for text in head:
        joined = re.sub(r"\s+", "", text)
        if m := _QUOTED.search(joined):
            return m[1]
    for i, text in enumerate(head[:-1]):
        if m := _QUOTED.search(squeeze_cjk(text + head[i + 1])):
            return m[1]
    for i, text in enumerate(head[:12]):
        bare = re.sub(r"附[件表]\s*\d*$", "", text)
        if _NAMED.match(bare) and not rejected(bare):
            return _with_bracket(bare, head, i)
    return None


def unspaced(text: str) -> str:
    """A line whose letters were set apart with blanks, put together again."""
    parts = text.split()
    single = sum(1 for p in parts if len(p) <= 2)
    return "".join(parts) if len(parts) > 4 and single >= 0.6 * len(parts) else " ".join(parts)


def squeeze_cjk(text: str) -> str:
    return re.sub(r"\s+", "", text)


def rejected(text: str) -> bool:
    return (
        bool(_NOT.match(text))
        or len(text) > 70
        or ("》" in text and not text.endswith("》"))
        or "→" in text
        or ">" in text
    )


def _looks_cut(first: str, second: str) -> bool:
    """A title broken over two lines: neither half is a sentence, and the first is not a title itself."""
    return (
        bool(re.search(r"[区县市州盟旗省”\d年期]|气候|碳", first))
        and len(first) >= 5
        and not re.search(r"\d{4}年\d", second)
    )


def _with_bracket(title: str, head: list[str], i: int) -> str:
    """A period in brackets on the next line belongs to the title; 征求意见稿 does not."""
    if i + 1 < len(head) and re.fullmatch(r"[（(]\s*(?:19|20)\d{2}.{0,16}年?[）)]", head[i + 1]):
        return title + head[i + 1]
    return re.sub(r"\s*[（(](?:征求意见稿|送审稿|公示稿|草案|讨论稿|报批稿|审议稿|修订稿)[）)]\s*$", "", title)


_LEVELS = (("province", "省|自治区"), ("city", "市|州|盟|地区"), ("district", "区|县|旗"))
_NAME = re.compile(
    r"^(.{2,24}?(?:省|自治区|市|州|盟|地区|区|县|旗))(?=应对|适应|低碳|碳|绿色|气候|“|十|生态|控制|节能|减污|推进|\d|人民政府)"
)


def government_level(title: str | None, lines: list[Line]) -> str | None:
    """province, city or district: whose plan it is, from the last unit named at the head of the title."""
    for text in [title or "", *(n.text.strip() for n in lines[:12])]:
        bare = squeeze(re.sub(r"^(关于印发|关于)?《?", "", text))
        if m := _NAME.match(bare):
            return next(
                (level for level, ends in _LEVELS if re.search(rf"(?:{ends})$", m[1]) and not _is_district(m[1])),
                "district",
            )
    return None


def _is_district(name: str) -> bool:
    """重庆市铜梁区, 某县: a unit below the city, but not an autonomous region."""
    return bool(re.search(r"(?<!自治)(?<!地)[区县旗]$", name))


_TERM = re.compile(r"(规划期限?|实施期限|行动期限|规划时段|规划年限|规划期为|期限为|方案期|计划期)")


_CAPTION = re.compile(r"^(?:专栏|表\d|附表|附件).{0,40}(?:指标|目标|项目|工程|任务)")
_PAST = re.compile(r"回顾|完成情况|进展|现状|成效|以来")


def find_period(title: str | None, lines: list[Line]) -> tuple[int, int] | None:
    """First and last year: from the title, else from a sentence on the plan's term, else from the first five-year plan named."""
    if title and (found := plan_period(title)):
        return found
    for line in lines:
        text = squeeze(line.text)
        if m := _TERM.search(text):
            found = plan_period(text[m.start() : m.start() + 40])
            if found:
                return found
    for line in lines:
        text = squeeze(line.text)
        if _CAPTION.match(text) and not _PAST.search(text) and (found := plan_period(text)):
            return found
    for line in lines[:200]:
        for quoted in _QUOTED.findall(line.text):
            if found := plan_period(quoted):
                return found
    return None
