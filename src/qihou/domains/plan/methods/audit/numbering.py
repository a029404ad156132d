"""Numbers of headings: repeated, skipped, and a contents page that does not agree with the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..reading.outline import bare_title
from ..register import DocumentFinding
from .context import ERROR, NOTE, WARNING, Context, finding
from .text import bare, chinese_number, half_width, likeness

_PAGE = re.compile(r"[\s.…·]*[-—]?\s*\d{1,3}\s*[-—]?$")
_MARKS = (
    ("chapter", re.compile(r"^第([一二三四五六七八九十百\d]+)[章篇]")),
    ("section", re.compile(r"^第([一二三四五六七八九十百\d]+)节")),
    ("han", re.compile(r"^([一二三四五六七八九十]{1,3})\s*[、.]")),
    ("han_bracket", re.compile(r"^\(\s*([一二三四五六七八九十]{1,3})\s*\)")),
)
_CAPTION = re.compile(r"^表\s*(\d{1,2})[-—.](\d{1,2})")
_INLINE = re.compile(r"(?<![\d.第〔(])(\d{1,2})[.、](?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class _Entry:
    mark: str
    number: int
    printed: str
    title: str
    line: int


def find(context: Context) -> Iterator[DocumentFinding]:
    contents = _entries((n, context.line_text(n)) for n in sorted(context.contents))
    body = _entries(
        (h.line, context.line_text(h.line) or h.title)
        for h in context.register.outline
        if h.line not in context.register.table_lines
    )
    in_body = list(_sequence(body, "body"))
    told = {(f.params["title"], f.params["before"]): f for f in in_body}
    for item in _sequence(contents, "contents"):
        same = told.get((item.params["title"], item.params["before"]))
        if same is None:
            yield item
        else:
            same.lines, same.quotes = (*item.lines, *same.lines), (*item.quotes, *same.quotes)
            same.params["at"] = list(same.lines)
    yield from in_body
    yield from _contents_and_body(contents, body)
    yield from _captions(context)
    yield from _inline(context)


def _entries(lines: Iterator[tuple[int, str]]) -> list[_Entry]:
    result = []
    for number, text in lines:
        plain = half_width(text).strip()
        if "|" in plain or "\t" in plain:
            continue  # a row of a table, not a heading
        for mark, pattern in _MARKS:
            if m := pattern.match(plain):
                value = chinese_number(m[1])
                if value is not None:
                    title = re.split(r"[。:]", _PAGE.sub("", plain[m.end() :]))[0]
                    result.append(_Entry(mark, value, m[0], title.strip(), number))
                break
    return result


def _sequence(entries: list[_Entry], where: str) -> Iterator[DocumentFinding]:
    """Numbers must run on within their parent; a restart at one below the same parent is another list, not a slip."""
    order = [mark for mark, _ in _MARKS]
    last: dict[str, _Entry] = {}
    for entry in entries:
        rank = order.index(entry.mark)
        for lower in order[rank + 1 :]:
            last.pop(lower, None)
        before = last.get(entry.mark)
        last[entry.mark] = entry
        expected = before.number + 1 if before else 1
        if before is None or entry.number in (expected, 1):
            continue
        params: dict[str, object] = {
            "where": where,
            "printed": entry.printed,
            "title": entry.title,
            "before": before.title,
            "before_printed": before.printed,
        }
        kind = "number_repeated" if entry.number == before.number else "number_out_of_order"
        lines, quotes = [before.line, entry.line], [before.printed + before.title, entry.printed + entry.title]
        yield finding(kind, ERROR if kind == "number_repeated" else WARNING, params, lines, quotes)


def _contents_and_body(contents: list[_Entry], body: list[_Entry]) -> Iterator[DocumentFinding]:
    if not contents or not body:
        return
    left = list(body)
    titles = {bare(e.title) for e in contents}
    for entry in contents:
        title = bare(bare_title(entry.title))
        if len(title) < 2:
            continue
        candidates = [b for b in left if b.mark == entry.mark]
        same = [
            b
            for b in candidates
            if bare(b.title) == title or bare(b.title).startswith(title) or title.startswith(bare(b.title))
        ]
        match = same[0] if same else max(candidates, key=lambda b: likeness(bare(b.title), title), default=None)
        if match is not None and not same and likeness(bare(match.title), title) < 0.5:
            renamed = [b for b in candidates if b.number == entry.number and bare(b.title) not in titles]
            match = renamed[0] if renamed and entry.mark in ("chapter", "section") else None
        if match is None:
            params: dict[str, object] = {"title": entry.printed + entry.title}
            if entry.mark in ("chapter", "section", "han_bracket"):
                yield finding("contents_title_missing", WARNING, params, [entry.line], [entry.printed + entry.title])
            continue
        left.remove(match)
        quotes = [entry.printed + entry.title, match.printed + match.title]
        params = {"contents": quotes[0], "body": quotes[1]}
        if not same:
            yield finding("contents_title_differs", WARNING, params, [entry.line, match.line], quotes)
        elif entry.number != match.number:
            yield finding("contents_number_differs", ERROR, params, [entry.line, match.line], quotes)


def _captions(context: Context) -> Iterator[DocumentFinding]:
    """表3-1, 表3-3: a caption's number left out or used twice."""
    last: dict[int, tuple[int, int, str]] = {}
    for line in context.register.lines:
        text = half_width(line.text).strip()
        m = _CAPTION.match(text)
        if not m or line.number in context.contents or len(text) > 50 or "见" in text:
            continue
        part, number = int(m[1]), int(m[2])
        before = last.get(part)
        if before and text != before[2] and number not in (before[0] + 1, 1):
            params = {"printed": m[0], "before": before[2]}
            kind = "caption_repeated" if number == before[0] else "caption_skipped"
            yield finding(kind, WARNING, params, [before[1], line.number], [before[2], text])
        last[part] = (number, line.number, text)


def _inline(context: Context) -> Iterator[DocumentFinding]:
    """An enumeration inside a paragraph that begins with 2."""
    for passage in context.row_passages:
        numbers = [(int(m[1]), m) for m in _INLINE.finditer(passage.text)]
        if numbers and numbers[0][0] == 2 and numbers[0][1].start() > 0:
            at = numbers[0][1].start()
            quote = passage.text[max(0, at - 10) : at + 16]
            yield finding("enumeration_starts_late", NOTE, {"number": 2}, [passage.line], [quote])
