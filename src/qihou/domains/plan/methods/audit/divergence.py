"""Body and annex: sentences that say almost the same, and commitments only one of them makes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from ..reading.outline import bare_title
from ..register import DocumentFinding
from .context import ERROR, NOTE, WARNING, Context, Passage, finding, row_name
from .text import bare, bigrams, shorten

_ALIKE = 0.72
_SHORTEST = 10
_MARKS = ",;:、。 "
_MANY = 12


def find(context: Context) -> Iterator[DocumentFinding]:
    in_prose = {p.line for p in context.prose}
    if sum(t.line in in_prose for t in context.task_texts) * 2 >= len(context.task_texts):
        return  # no tasks, or tasks that were taken out of the body itself
    body = [(p, s, bare(s)) for p in context.prose if not p.background for s in p.sentences]
    body = [(p, s, b) for p, s, b in body if len(b) >= _SHORTEST]
    titles = {bare(bare_title(h.title)) for h in context.register.outline}
    titles |= {bare(t.key_task or "") for t in context.register.tasks} | {
        bare(t.chapter or "") for t in context.register.tasks
    }
    body = [(p, s, b) for p, s, b in body if b not in titles]
    by_text = {b: p for p, _, b in body}
    index: dict[str, set[int]] = defaultdict(set)
    for position, (_, _, text) in enumerate(body):
        for gram in bigrams(text):
            index[gram].add(position)
    whole_body = "".join(b for _, _, b in body)
    covered: set[int] = set()
    unmatched = exact = 0
    results: list[DocumentFinding] = []
    annex_text = "".join(p.bare for p in context.task_texts)
    for passage in context.task_texts:
        for sentence in passage.sentences:
            text = bare(sentence)
            if len(text) < _SHORTEST:
                continue
            if text in by_text or text in whole_body:
                exact += 1
                covered |= {i for i, (_, _, b) in enumerate(body) if b in text or text in b}
                continue
            best = _nearest(text, body, index)
            if best is None:
                unmatched += 1
                continue
            covered.add(best)
            results.extend(_difference(passage, sentence, body[best][0], body[best][1], annex_text))
    if len(covered) < max(5, unmatched // 2):
        return  # the annex is written anew
    if len(results) > exact:
        results = [r for r in results if r.params["numbers_differ"]]  # the annex rewords: only numbers must agree
    yield from results
    yield from _without_task(context, body, covered, annex_text)


def _nearest(text: str, body: list[tuple[Passage, str, str]], index: dict[str, set[int]]) -> int | None:
    grams = bigrams(text)
    homes = sorted((index[g] for g in grams if g in index), key=len)
    votes = Counter(
        position for home in homes[: max(8, len(homes) // 2)] for position in home
    )  # the rarer half decides
    likely = [position for position, _ in votes.most_common(6)]
    best = max(
        likely, key=lambda i: len(grams & bigrams(body[i][2])) / max(len(bigrams(body[i][2])), len(grams)), default=None
    )
    if best is None:
        return None
    return best if SequenceMatcher(None, text, body[best][2], autojunk=False).ratio() >= _ALIKE else None


def _difference(
    passage: Passage, sentence: str, home: Passage, original: str, annex_text: str
) -> Iterator[DocumentFinding]:
    annex, body = re.sub(r"\s+", "", sentence), re.sub(r"\s+", "", original)
    changes = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, body, annex, autojunk=False).get_opcodes():
        was, now = body[a1:a2], annex[b1:b2]
        if tag != "equal" and (bare(was) or bare(now)) and bare(was) != bare(now):
            changes.append((was, now, a1, b1))
    if not changes:
        return
    if all(_harmless(was, now, body, annex, annex_text) for was, now, _, _ in changes):
        return
    numeric = any(re.search(r"\d", was + now) for was, now, _, _ in changes)
    params: dict[str, object] = {
        "task": row_name(passage.row),
        "changes": [{"body": was.strip(_MARKS), "annex": now.strip(_MARKS)} for was, now, _, _ in changes],
        "numbers_differ": numeric,
    }
    _, _, at_body, at_annex = changes[0]
    quotes = [body[max(0, at_body - 12) : at_body + 28], annex[max(0, at_annex - 12) : at_annex + 28]]
    yield finding("body_and_annex_differ", ERROR if numeric else WARNING, params, [home.line, passage.line], quotes)


def _harmless(was: str, now: str, body: str, annex: str, annex_text: str) -> bool:
    """A half-sentence that stands in another task, or a word set twice, which is a finding of its own."""
    if was and not now:
        return len(bare(was)) >= 8 and bare(was) in annex_text
    return bool(now and not was and (now * 2 in annex) and now * 2 not in body)


def _without_task(
    context: Context, body: list[tuple[Passage, str, str]], covered: set[int], annex_text: str
) -> Iterator[DocumentFinding]:
    """Sentences of paragraphs the task table otherwise follows, which no task carries."""
    by_passage: dict[int, list[int]] = defaultdict(list)
    for i, (passage, _, _) in enumerate(body):
        by_passage[passage.line].append(i)
    annex_grams = bigrams(annex_text)
    left: list[tuple[int, str]] = []
    for line, members in by_passage.items():
        if sum(i in covered for i in members) * 2 < len(members) or len(members) < 2:
            continue
        for i in members:
            grams = bigrams(body[i][2])
            if i not in covered and grams and len(grams & annex_grams) / len(grams) < 0.75:
                left.append((line, body[i][1]))
    if len(left) > _MANY:
        params: dict[str, object] = {"count": len(left), "sentence": shorten(left[0][1], 40)}
        yield finding("commitments_without_task", NOTE, params, [n for n, _ in left], [s for _, s in left])
        left = []
    for line, sentence in left:
        params = {"sentence": shorten(sentence, 80)}
        yield finding("commitment_without_task", NOTE, params, [line], [sentence])
    yield from _chapters_without_task(body, covered)


_FRAME = re.compile(r"总体要求|指导思想|基本原则|总则|附则|前\s*言")


def _chapters_without_task(body: list[tuple[Passage, str, str]], covered: set[int]) -> Iterator[DocumentFinding]:
    chapters: dict[str, list[int]] = defaultdict(list)
    for i, (passage, _, _) in enumerate(body):
        if passage.chapter:
            chapters[passage.chapter].append(i)
    served = [c for c, members in chapters.items() if any(i in covered for i in members)]
    for chapter, members in chapters.items():
        if chapter in served or len(served) < 3 or len(members) < 4 or _FRAME.search(chapter):
            continue
        passage = body[members[0]][0]
        yield finding("chapter_without_task", NOTE, {"chapter": chapter}, [passage.line], [body[members[0]][1]])
