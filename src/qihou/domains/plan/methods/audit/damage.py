"""Damage from copying, told apart from the document's own errors: lost marks, brackets, units and superscripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ..register import DocumentFinding
from .context import NOTE, Context, finding

_DATE = re.compile(r"(?<!\d)20\d{2}(?:\d{2,4}日|\d{1,2}月(?!份?[\d.]*%))|^\s*20\d{2}(?:0[1-9]|1[0-2]|[1-9])\d{1,2}\s*$")
_DEED_NUMBER = re.compile(r"[〔\[(]20\d{2}\d{1,4}号|[\u4e00-\u9fff]发\(?20\d{2}\d{1,4}号")
_SUPERSCRIPT = re.compile(r"(?<![A-Za-z])(?:km|hm|m)[23](?![0-9A-Za-z])")
_PER_DAY = re.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?/(?:天|日|年|小时)")
_AREA_ABOVE = re.compile(r"(?:面积|长度|全长|库容|容量)\D{0,2}\d+(?:\.\d+)?(?:及?以[上下内])")
_NAKED = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?<![年第约为至到共达道路线号型版楼栋室])\d{3,}(?:\.\d+)?(?=\s*$|[,。;])")
_CAPTION = re.compile(r"^\s*\d{1,2}[-—]\d{1,2}\s*[\u4e00-\u9fff]{4,}")


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _matching(context, "date_marks_lost", _DATE.search)
    yield from _matching(context, "document_number_damaged", _DEED_NUMBER.search)
    yield from _matching(context, "superscript_lost", _SUPERSCRIPT.search, around=6)
    yield from _units(context)
    yield from _pairs(context)
    yield from _caption(context)


def _quote(text: str, m: re.Match[str], around: int = 4) -> str:
    return text[max(0, m.start() - around) : m.end() + around].strip()


def _matching(
    context: Context, kind: str, search: Callable[[str], re.Match[str] | None], around: int = 4
) -> Iterator[DocumentFinding]:
    hits = [(n, _quote(text, m, around)) for n, text in context.plain_lines if (m := search(text))]
    if hits:
        yield finding(kind, NOTE, {"count": len(hits)}, [n for n, _ in hits], [q for _, q in hits])


def _units(context: Context) -> Iterator[DocumentFinding]:
    hits = []
    for number, text in context.plain_lines:
        bare_of_titles = re.sub(r"《[^》]*》", lambda m: "*" * len(m[0]), text)
        for pattern in (_PER_DAY, _AREA_ABOVE):
            hits += [(number, _quote(text, m, 8)) for m in pattern.finditer(bare_of_titles)]
    for passage in context.project_texts:
        counted = len(re.findall(r"\d(?:平方米|立方米|公里|米|km|m[23²³]?|个|台|座|亩|吨)", passage.text))
        if counted >= 2:
            hits += [
                (passage.line, _quote(passage.text, m, 8))
                for m in _NAKED.finditer(passage.text)
                if not re.fullmatch(r"20\d{2}", m[0])
            ]
    if hits:
        yield finding("unit_lost", NOTE, {"count": len(hits)}, [n for n, _ in hits], [q for _, q in hits])


_REACH = 3  # lines a pair may be apart where a paragraph was broken over lines


def _pairs(context: Context) -> Iterator[DocumentFinding]:
    for kind, opening, closing in (("quotes_unbalanced", "“", "”"), ("brackets_unbalanced", "(", ")")):
        alone: list[tuple[int, int, str, bool]] = []  # line, position, text, opening or closing
        for number, text in context.plain_lines:
            text = re.sub(r"(?:^|(?<=[。;,、:\s]))\s*[\da-z一二三四五六七八九十]{1,3}\)", "", text)
            for at, opens in _unmatched(text, opening, closing):
                before = next((e for e in reversed(alone) if e[3] and number - e[0] <= _REACH), None)
                if not opens and before is not None and number != before[0]:
                    alone.remove(before)
                else:
                    alone.append((number, at, text, opens))
        hits: dict[int, str] = {}
        for number, at, text, _ in alone:
            hits.setdefault(number, text[max(0, at - 10) : at + 12].strip())
        if hits:
            yield finding(kind, NOTE, {"count": len(hits)}, list(hits), list(hits.values()))


def _unmatched(text: str, opening: str, closing: str) -> list[tuple[int, bool]]:
    """Positions of marks without a partner on the line, and whether each is an opening one."""
    waiting: list[int] = []
    lonely: list[tuple[int, bool]] = []
    for at, letter in enumerate(text):
        if letter == opening:
            waiting.append(at)
        elif letter == closing and waiting:
            waiting.pop()
        elif letter == closing:
            lonely.append((at, False))
    return sorted([*lonely, *((at, True) for at in waiting)])


def _caption(context: Context) -> Iterator[DocumentFinding]:
    """A table's caption whose 表 was lost: 2-1某某体系, right above the table."""
    table = context.register.table_lines
    hits = []
    for number, text in context.plain_lines:
        near = number in table or any(n in table for n in range(number + 1, number + 4))
        if near and (m := _CAPTION.match(text)) and len(text.strip()) < 40 and not re.search(r"\d{4}", m[0]):
            hits.append((number, text.strip()))
    hits = [(n, t) for n, t in hits if n not in table or n - 1 not in table]
    if hits:
        yield finding("caption_word_lost", NOTE, {"count": len(hits)}, [n for n, _ in hits], [q for _, q in hits])
