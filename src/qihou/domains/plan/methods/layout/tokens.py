"""Printed cells of a flattened table, one after another, with the blank lines that stood before each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..reading.numbers import squeeze


@dataclass(frozen=True)
class Token:
    """``gap`` counts the blank lines right before it, or the empty cells where its line holds several cells.

    ``place`` is its place among the filled cells of such a line (0 the first); None for a line of one cell.
    """

    text: str
    line: int
    gap: int = 0
    place: int | None = None
    more: tuple[int, ...] = ()  # further lines of the same cell

    @property
    def lines(self) -> tuple[int, ...]:
        return (self.line, *self.more)


_PAGE_MARK = re.compile(
    r"^(?:[-—–―~·]\s*\d{1,4}\s*[-—–―~·]|第\s*\d+\s*页(?:\s*[，,/]?\s*共\s*\d+\s*页)?|\d+\s*/\s*\d+\s*页?)$"
)
_CONTINUED = re.compile(r"^(?:续\s*表.*|.{0,20}[（(]续[）)]|(?:附表|表)\s*[\d一二三四五六七八九十\-—.]+\s*续)$")
_TOTAL = re.compile(r"^(?:项目|投资)?(?:合计|总计|共计|总合计)(?:[（(].*)?[：:]?$")
_SUBTOTAL = re.compile(r"^.{0,16}(?:小计)(?:[（(].*)?[：:]?$")
_NOTE = re.compile(r"^(?:备\s*注|注|说\s*明|注释|附注)\s*\d?\s*[：:]")
_GROUP = re.compile(r"^(?:[一二三四五六七八九十]{1,3}\s*[、．.]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)])\s*\S{2,}$")
_STOP = re.compile(
    r"^(?:附\s*(?:表|件|录|图)\s*[\d一二三四五六七八九十]*|第[一二三四五六七八九十]+[章节篇]|专栏\s*[\d一二三四五六七八九十]+"
    r"|表\s*\d+\s*[-—–.]?\s*\d*(?!\d)|图\s*\d+)(?:\s|[：:]|\S|$)"
)
_FURNITURE = re.compile(
    r"^(?:扫一扫.*|打印(?:本页)?|关闭(?:窗口|本页)?|分享到?[：:]?.*|【?字体[：:].*|【.{0,6}(?:打印|关闭).*|上一篇.*|下一篇.*|相关(?:链接|文档|附件|阅读|解读)[：:]?"
    r"|返回顶部|网站地图.*|版权所有.*|主办单位[：:].*|承办单位[：:].*|.*ICP备.*|.*公网安备.*|网站标识码.*|您(?:当前|现在)的?(?:所在)?位置.*|当前位置.*"
    r"|首页\s*[>|>».*]|智能(?:机器人|问答).*|.*机器人形象|.*(?:在手机打开当前页|无障碍|长者模式|繁體).*|来源[：:].{0,20}|发布(?:日期|时间)[：:].*|浏览次数.*|点击数.*"
    r"|责任编辑.*|Copyright.*)$",
    re.IGNORECASE,
)


def is_page_mark(text: str) -> bool:
    return bool(_PAGE_MARK.match(text) or _CONTINUED.match(squeeze(text)))


def is_total(text: str) -> bool:
    return bool(_TOTAL.match(squeeze(text)))


def is_subtotal(text: str) -> bool:
    return bool(_SUBTOTAL.match(squeeze(text)))


def is_note(text: str) -> bool:
    return bool(_NOTE.match(text.strip()))


def is_group(text: str) -> bool:
    """Whether a cell is a row of its own that only names the rows under it: 一、能源领域."""
    bare = text.strip()
    return bool(_GROUP.match(bare)) and len(bare) <= 40 and not re.search(r"[。；;]", bare)


def is_stop(text: str) -> bool:
    """Whether a line can only stand after a table: another caption, a chapter."""
    return bool(_STOP.match(text.strip())) and len(text.strip()) <= 60


def is_furniture(text: str) -> bool:
    """Words of the web page around the document."""
    return bool(_FURNITURE.match(text.strip())) and len(text) <= 80
