"""The headings of a document, apart from its table of contents and its tables."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..register import Heading, Line

_RANKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(r"^第[一二三四五六七八九十百\d]+[篇部](?:分)?\s*(?P<t>.*)$")),
    ("chapter", re.compile(r"^第[一二三四五六七八九十百\d]+章\s*(?P<t>.*)$")),
    ("section", re.compile(r"^第[一二三四五六七八九十百\d]+节\s*(?P<t>.*)$")),
    ("han", re.compile(r"^[一二三四五六七八九十]{1,3}\s*[、．.]\s*(?P<t>.*)$")),
    ("han_bracket", re.compile(r"^[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]\s*、?(?P<t>.*)$")),
    ("digit", re.compile(r"^\d{1,2}\s*[、．.](?!\d)\s*(?P<t>.*)$")),
    ("decimal", re.compile(r"^\d{1,2}(?:[.．]\d{1,2}){1,2}[、．.]?\s+(?P<t>\D.*)$")),
    ("digit_bracket", re.compile(r"^[（(]\s*\d{1,2}\s*[）)]\s*(?P<t>.*)$")),
)
_BOX = re.compile(r"^专栏\s*[一二三四五六七八九十\d]+")
_CONTENTS = re.compile(r"^目\s*[录次]$")
_PAGE = re.compile(r"(?:\s|\.{2,}|…+|·{2,}|\t)[-—–]?\s*\d{1,3}\s*[-—–]?$")


def rank_of(text: str) -> tuple[str, str] | None:
    """The kind of numbering and the title after it, when a line starts as a heading does."""
    for rank, pattern in _RANKS:
        if m := pattern.match(text):
            return rank, m["t"].strip()
    return None


def depth_of(text: str) -> int | None:
    """How deep the usual order of numberings puts a line; None for a line without a number."""
    found = rank_of(text)
    return next((i for i, (rank, _) in enumerate(_RANKS) if found and rank == found[0]), None)


def is_box(text: str) -> bool:
    """Whether a line opens a box (专栏3 …)."""
    return bool(_BOX.match(text)) and len(text) <= 50


def bare_title(text: str) -> str:
    """A title without its number and closing mark, for comparing."""
    found = rank_of(text.strip())
    return re.sub(r"[\s。.：:；;]+$", "", found[1] if found and found[1] else text.strip())


def contents_lines(lines: list[Line]) -> frozenset[int]:
    """Numbers of the lines that make up the table of contents (empty when there is none)."""
    out: set[int] = set()
    for i, line in enumerate(lines):
        if not _CONTENTS.match(line.text.strip()):
            continue
        out.add(line.number)
        first: str | None = None
        for later in lines[i + 1 :]:
            text = later.text.strip()
            if not text:
                continue
            paged = _PAGE.search(text)
            title = _key(_PAGE.sub("", text))
            if first is not None and title == first:
                break
            if len(text) > 60 or (
                not paged and not rank_of(text) and not re.match(r"^(附[件表录]|专栏|前\s*言)", text)
            ):
                break
            first = first or title
            out.add(later.number)
    return frozenset(out)


def _key(text: str) -> str:
    return re.sub(r"\s+", "", text)


def read_outline(lines: list[Line], skip: frozenset[int], marked: Mapping[int, int] | None = None) -> list[Heading]:
    """Headings with levels 1, 2, … as the document nests them; ``marked`` gives those the format itself calls headings.

    A line that begins with a number and goes on for a paragraph yields its first sentence when that is short.
    """
    found: list[tuple[str, str, int]] = []
    texts = [(line.number, line.text.strip()) for line in lines if line.text.strip() and line.number not in skip]
    for i, (number, text) in enumerate(texts):
        if is_box(text):
            found.append(("box", text, number))
            continue
        ranked = rank_of(text)
        if ranked is None:
            if marked and number in marked and len(text) <= 60:
                found.append((f"style{marked[number]}", text, number))
            continue
        rank, title = ranked
        if not title and i + 1 < len(texts) and len(texts[i + 1][1]) <= 30:
            title, text = texts[i + 1][1], f"{text} {texts[i + 1][1]}"
        title_text = _title_of(text, title) if rank != "digit" or not re.search(r"[：:]", text) else None
        if title_text is None:
            continue
        if rank in ("part", "chapter") and (more := _second_half(texts, i)):
            title_text += more
        found.append((rank, title_text, number))
    order = _order(found, marked or {})
    levels = {rank: i + 1 for i, rank in enumerate(order)}
    return [Heading(levels.get(rank, len(order) + 1), title, number) for rank, title, number in found]


def _order(found: list[tuple[str, str, int]], marked: Mapping[int, int]) -> list[str]:
    """Kinds of headings from the outermost in: by the format's own levels where it gives any, then by their numbering."""
    usual = [r for r, _ in _RANKS]
    depths: dict[str, list[int]] = {}
    for rank, _, number in found:
        if rank != "box":
            depths.setdefault(rank, []).append(marked.get(number, 100))
    return sorted(depths, key=lambda r: (min(depths[r]), usual.index(r) if r in usual else -1))


def _title_of(text: str, title: str) -> str | None:
    if not title:
        return None
    if len(text) <= 42 and not re.search(r"[。；;!！]$", text) and "。" not in text:
        return None if re.search(r"[，,]$", text) else text
    head = re.split(r"[。：:]", text, maxsplit=1)[0]
    rest = text[len(head) + 1 :].strip()
    if re.fullmatch(r"[（(【\[〔].*[）)】\]〕][。；;]?", rest):
        return None  # a task of one sentence with those responsible in brackets
    return head if len(head) <= 34 and head != text and not re.search(r"[，,；;]", head) else None


def _second_half(texts: list[tuple[int, str]], i: int) -> str:
    """A chapter title that was broken over two lines."""
    if i + 2 >= len(texts):
        return ""
    text, after = texts[i + 1][1], texts[i + 2][1]
    joins = re.match(r"^(和|与|及|、|的)", text)
    short = len(text) <= 24 and not re.search(r"[。；;：:，,]", text) and rank_of(text) is None
    return text if joins and short and len(after) > 0 else ""


_RUN_IN = re.compile(r"^(?P<t>[^。，,；;：:]{4,30})。.+")


def run_in_titles(lines: list[Line], outline: list[Heading], skip: frozenset[int]) -> list[Heading]:
    """Paragraphs that open with a short sentence serving as title, e.g. 发展绿色交通。到…; one level below all headings."""
    level = max((h.level for h in outline), default=0) + 1
    out = []
    for line in lines:
        text = line.text.strip()
        if line.number not in skip and rank_of(text) is None and (m := _RUN_IN.match(text)):
            out.append(Heading(level, m["t"].strip(), line.number))
    return out
