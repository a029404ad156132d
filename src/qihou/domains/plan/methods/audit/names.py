"""Names, titles and terms that vary where they should not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from ..reading.outline import bare_title
from ..register import DocumentFinding
from .context import ERROR, NOTE, WARNING, Context, finding, first_line
from .slips import SLIPS
from .text import bare, half_width, is_subsequence, likeness, longest_common

_TITLE = re.compile(r"《([^《》]{4,60})》")
_QUOTED = re.compile(r"“([^“”]{2,16})”")


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _titles(context)
    yield from _quoted_terms(context)
    yield from _organisations(context)
    yield from _places(context)
    yield from _categories(context)
    yield from _row_titles(context)
    yield from _doubled_words(context)
    yield from _slips(context)


def _occurrences(context: Context, pattern: re.Pattern[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, text in [(n.number, half_width(n.text)) for n in context.register.lines]:
        for m in pattern.finditer(text):
            term = re.sub(r"\s+", "", m[1])
            if number not in found[term]:
                found[term].append(number)
    return found


def _titles(context: Context) -> Iterator[DocumentFinding]:
    """Cited documents whose titles differ only in a qualifier or the order of their words."""
    found = _occurrences(context, _TITLE)
    deeds: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for title in sorted(found):
        core = bare(_STATE.sub("", title))
        if len(core) >= 6 and not re.search(r"征求意见稿|送审稿|草案", title):
            deeds["".join(sorted(core)), *sorted(set(_YEARS.findall(title)))].append(title)
    groups = [g for g in deeds.values() if len(g) > 1 and not set.intersection(*(set(found[t]) for t in g))]
    for group in groups:
        titles = sorted(group, key=lambda t: found[t][0])
        lines = [n for t in titles for n in found[t][:3]]
        quotes = [f"《{t}》" for t in titles for _ in found[t][:3]]
        yield finding("title_varies", WARNING, {"titles": [f"《{t}》" for t in titles]}, lines, quotes)


_STATE = re.compile(r"\((?:试行|实行|暂行|修订|征求意见稿|送审稿|草案|\d{4}年?[^()]{0,8})\)|暂行|试行|(?<=管理)实行")
_YEARS = re.compile(r"20\d{2}|十[一二三四五六]五|第[一二三四五六七八九十]+")


def _quoted_terms(context: Context) -> Iterator[DocumentFinding]:
    """Coined terms, set in quotation marks, that differ by one character."""
    found = _occurrences(context, _QUOTED)
    terms = [t for t in found if 3 <= len(t) <= 8 and re.fullmatch(r"[\u4e00-\u9fff]+", t)]
    sentences: dict[str, set[int]] = defaultdict(set)
    for number, sentence in enumerate(s for p in context.passages for s in p.sentences):
        for m in _QUOTED.finditer(sentence):
            sentences[m[1]].add(number)
    for one, other in combinations(sorted(terms), 2):
        if len(one) != len(other) or sum(a != b for a, b in zip(one, other, strict=True)) != 1:
            continue
        changed = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
        if re.search(r"[一二三四五六七八九十百两双多]", one + other) or all(c in "上下左右大小" for c in changed):
            continue  # 十三五 and 十四五, 一心两带 and 一轴两带 are two things
        if one[-1] != other[-1] or one[0] != other[0] or sentences[one] & sentences[other]:
            continue
        lines = [*found[one][:4], *found[other][:4]]
        quotes = [f"“{one}”"] * len(found[one][:4]) + [f"“{other}”"] * len(found[other][:4])
        params = {"terms": [one, other], "counts": [len(found[one]), len(found[other])]}
        yield finding("term_varies", WARNING, params, lines, quotes)


def _organisations(context: Context) -> Iterator[DocumentFinding]:
    places: dict[str, list[int]] = defaultdict(list)
    for row in context.register.rows():
        for cell, names in _organisation_cells(row):
            for name in (n for n in names if n.strip()):
                places[name].append(first_line(row, cell))
    names = sorted(places)
    for short, long in combinations(names, 2):
        if len(short) > len(long):
            short, long = long, short
        if short[0] != long[0] or len(short) < 3 or short == long:
            continue
        if (
            long.startswith(short)
            and len(long) - len(short) == 1
            and long[-1] in "局委办"
            and short[-1] not in "局委办会部"
        ):
            params = {"cut": short, "whole": long, "count": len(places[long])}
            yield finding("organisation_cut", WARNING, params, places[short][:3], [short] * len(places[short][:3]))
        elif short not in long and _abbreviates(short, long):
            lines = [places[short][0], places[long][0]]
            params = {"names": [short, long], "counts": [len(places[short]), len(places[long])]}
            yield finding("organisation_name_varies", NOTE, params, lines, [short, long])


def _organisation_cells(row: object) -> list[tuple[str, list[str]]]:
    cells = [(c, getattr(row, c, None)) for c in ("departments", "leads", "supporting")]
    return [(c, list(names)) for c, names in cells if isinstance(names, list)]


def _abbreviates(short: str, long: str) -> bool:
    ends = {"局": ("局",), "委": ("委", "委员会"), "办": ("办", "办公室")}.get(short[-1])
    if ends is None or not long.endswith(ends) or not 1 <= len(long) - len(short) <= 6 or len(short) < 4:
        return False
    stem, whole = short[1:-1], long[1:]
    return stem[0] == whole[0] and is_subsequence(stem, whole) and not whole.startswith(stem + "和")


_CHAIN = re.compile(r"([\u4e00-\u9fff]{2,3})(市|区|县)([\u4e00-\u9fff]{2,3})(区|县|市)")


def _places(context: Context) -> Iterator[DocumentFinding]:
    """重庆区某某区, where the document elsewhere writes 重庆市某某区."""
    text = "\n".join(line for _, line in context.plain_lines)
    chains = Counter(m.groups() for m in _CHAIN.finditer(text))
    wrong: dict[str, tuple[str, list[int]]] = {}
    for a, rank, b, kind in chains:
        if rank != "区" or ((a, "市", b, kind) not in chains and not re.search(rf"{re.escape(a)}市", text)):
            continue
        printed, right = f"{a}区{b}{kind}", f"{a}市{b}{kind}"
        if right not in text:
            continue
        lines = [number for number, line in context.plain_lines if printed in line]
        wrong[printed] = (right, lines)
    for printed, (right, lines) in wrong.items():
        params = {"printed": printed, "right": right}
        yield finding("place_name_slip", ERROR, params, lines, [printed] * len(lines))


def _categories(context: Context) -> Iterator[DocumentFinding]:
    """Categories of projects, or chapters of tasks, that are one heading in two wordings."""
    register = context.register
    for thing, pairs in (
        ("project", [(p.category, p) for p in register.projects]),
        ("task", [(t.chapter, t) for t in register.tasks]),
        ("indicator", [(i.category, i) for i in register.indicators]),
    ):
        found: dict[str, list[int]] = defaultdict(list)
        for label, row in pairs:
            if label and label.strip():
                found[label.strip()].append(first_line(row, "category", "chapter", "no"))
        for one, other in combinations(found, 2):
            a, b = bare(one), bare(other)
            if a != b and (Counter(a) == Counter(b) or (len(a) >= 8 and likeness(a, b) >= 0.8)):
                params = {"thing": thing, "names": [one, other], "counts": [len(found[one]), len(found[other])]}
                lines = [found[one][0], found[other][0]]
                yield finding("category_varies", WARNING, params, lines, [one, other])


def _row_titles(context: Context) -> Iterator[DocumentFinding]:
    """Chapters and key tasks of the task table against the headings of the body."""
    headings = {bare(bare_title(h.title)): (h.title, h.line) for h in context.register.outline}
    for passage in context.prose:
        first = passage.sentences[0] if passage.sentences else ""
        if 4 <= len(first) <= 30 and "," not in first:
            headings.setdefault(bare(first), (first, passage.line))
    if not headings or not context.register.tasks:
        return
    matched = 0
    varied: list[tuple[str, str, int, int]] = []
    seen: set[str] = set()
    for task in context.register.tasks:
        for cell, label in (("chapter", task.chapter), ("key_task", task.key_task)):
            key = bare(label or "")
            if len(key) < 4 or key in seen:
                continue
            seen.add(key)
            if key in headings:
                matched += 1
                continue
            best = max(headings, key=lambda h: likeness(key, h))
            score = likeness(key, best)
            if score == 1.0:
                matched += 1
            elif score >= 0.5 and longest_common(key, best)[3:]:
                varied.append((label or "", headings[best][0], first_line(task, cell), headings[best][1]))
    if matched >= 5:
        for label, title, line, home in varied:
            params = {"annex": label.strip(), "body": title}
            yield finding("heading_varies", NOTE, params, [home, line], [title, label])


_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2})\1")


def _doubled_words(context: Context) -> Iterator[DocumentFinding]:
    """落实落实, 碳排排放: a word or character set twice, where the text elsewhere has it once."""
    whole = context.bare_text
    for number, text in context.plain_lines:
        for m in _DOUBLED.finditer(text):
            if m[1][0] != m[1][1] and whole.count(m[0]) <= 2 and whole.count(m[1]) > 2 * whole.count(m[0]) + 1:
                yield finding("word_doubled", ERROR, {"printed": m[0], "word": m[1]}, [number], [_near(text, m)])
        for m in re.finditer(r"([\u4e00-\u9fff])([\u4e00-\u9fff])\2([\u4e00-\u9fff])", text):
            once = m[1] + m[2] + m[3]
            if whole.count(m[0]) <= 3 and whole.count(once) >= 8:
                yield finding("word_doubled", ERROR, {"printed": m[0], "word": once}, [number], [_near(text, m)])


def _near(text: str, m: re.Match[str]) -> str:
    return text[max(0, m.start() - 6) : m.end() + 8]


def _slips(context: Context) -> Iterator[DocumentFinding]:
    """Common slips of the pen in official Chinese, gathered into one finding."""
    told: list[str] = []
    hits: list[tuple[int, str]] = []
    for slip in SLIPS:
        own = [(number, _near(text, m)) for number, text in context.plain_lines if (m := slip.pattern.search(text))]
        if own:
            told.append(f"{slip.printed}→{slip.meant}")
            hits += own
    if hits:
        yield finding(
            "word_slip", NOTE, {"slips": told, "count": len(told)}, [n for n, _ in hits], [q for _, q in hits]
        )
