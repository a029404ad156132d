"""Small tools on Chinese text that every family of findings shares. All keep positions, so that quotes stay exact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

_HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_SENTENCE_END = re.compile(r"[。;!?\n]")
_CLAUSE_END = re.compile(r"[。;!?,:\n]")
_KEEP = re.compile(r"-(?!\d)|(?<!\d)-|[^0-9A-Za-z\u4e00-\u9fff.%‰-]")


def half_width(text: str) -> str:
    """Full-width letters, digits and marks as half-width ones, character for character.

    >>> half_width("达到20％，约3处")
    '达到20%,约3处'
    """
    return text.translate(_HALF_WIDTH)


@lru_cache(maxsize=50_000)
def bare(text: str) -> str:
    """Only what carries meaning: Han, letters, digits, points, percent signs, and the dash of a range."""
    return _KEEP.sub("", half_width(text))


def spans(text: str, ends: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Pieces of ``text`` between end marks, with their offsets."""
    start = 0
    for mark in ends.finditer(text):
        if text[start : mark.start()].strip():
            yield start, text[start : mark.start()]
        start = mark.end()
    if text[start:].strip():
        yield start, text[start:]


def sentences(text: str) -> list[str]:
    return [piece.strip() for _, piece in spans(half_width(text), _SENTENCE_END)]


def clauses(text: str) -> list[str]:
    return [piece.strip() for _, piece in spans(half_width(text), _CLAUSE_END)]


@lru_cache(maxsize=20_000)
def bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def containment(small: str, large: str) -> float:
    """Share of the bigrams of ``small`` that ``large`` has too, 0–1."""
    grams = bigrams(small)
    return len(grams & bigrams(large)) / len(grams) if grams else 0.0


def likeness(one: str, other: str) -> float:
    """Jaccard similarity of the bigrams, 0–1."""
    a, b = bigrams(one), bigrams(other)
    return len(a & b) / len(a | b) if a or b else 0.0


def longest_common(one: str, other: str) -> str:
    """The longest string that stands in both."""
    if len(one) > len(other):
        one, other = other, one
    best = ""
    start = 0
    while start + len(best) < len(one):
        length = len(best) + 1
        while start + length <= len(one) and one[start : start + length] in other:
            best = one[start : start + length]
            length += 1
        start += 1
    return best


def sharing(ones: Sequence[str], others: Sequence[str], length: int, most: int) -> list[list[int]]:
    """For each of ``ones``, the positions in ``others`` with a run of ``length`` characters in common.

    Runs that stand in more than ``most`` of the others are phrases of the trade and bring nothing together. The work
    grows with the text, not with the square of the number of rows.
    """
    homes: dict[str, set[int]] = {}
    for position, text in enumerate(others):
        for start in range(len(text) - length + 1):
            homes.setdefault(text[start : start + length], set()).add(position)
    result = []
    for text in ones:
        found: set[int] = set()
        for start in range(len(text) - length + 1):
            near = homes.get(text[start : start + length], ())
            if len(near) <= most:
                found.update(near)
        result.append(sorted(found))
    return result


def is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def counted(text: str, length: int) -> Counter[str]:
    return Counter(text[i : i + length] for i in range(len(text) - length + 1))


def shorten(text: str, most: int = 40) -> str:
    """A quote no longer than ``most`` characters, cut in the middle of nothing but length."""
    text = text.strip()
    return text if len(text) <= most else text[: most - 1] + "…"


_CHINESE_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}


def chinese_number(text: str) -> int | None:
    """Whole numbers below one thousand in Chinese or Arabic digits.

    >>> chinese_number("十二"), chinese_number("二十"), chinese_number("一百零五"), chinese_number("13")
    (12, 20, 105, 13)
    """
    if text.isascii() and text.isdigit():
        return int(text)
    total, digit = 0, 0
    for letter in text:
        if letter in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[letter]
        elif letter in "十百":
            total += (digit or (1 if letter == "十" else 0)) * (10 if letter == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit if text else None
