"""Which row of a new version is which row of the one before: by wording, with the number as a witness.

Rule, per kind of row:

1. Rows whose wording is equal once spaces and punctuation are taken away are the same row, if the wording stands once
   on each side; where it stands several times, the printed number decides.
2. Of the rest, likeness is Dice's coefficient of character pairs (twice the shared pairs over all pairs). Two rows are
   the same if each is the other's most alike row, with likeness at least 0.75, or at least 0.5 when the printed number
   is the same too, and no other row comes within 0.1 of it (unless the number decides between them).
3. Anything else is a new row. A doubtful pair is never joined.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

ALIKE = 0.75
ALIKE_WITH_NUMBER = 0.5
CLEAR_BY = 0.1
WORTH_A_LOOK = 0.3  # less alike than this, two rows are not put before a person as perhaps the same
_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Wording:
    """A row as it is compared: its printed number and its words."""

    no: str
    text: str


def same_rows(before: Sequence[Wording], after: Sequence[Wording]) -> dict[int, int]:
    """``{place in after: place in before}`` for the rows that are the same."""
    joined = _equal(before, after)
    left_before = [i for i in range(len(before)) if i not in set(joined.values())]
    left_after = [i for i in range(len(after)) if i not in joined]
    likeness = {
        (a, b): _likeness(pairs_a, pairs_b)
        for a, pairs_a in ((i, _pairs(after[i].text)) for i in left_after)
        for b, pairs_b in ((i, _pairs(before[i].text)) for i in left_before)
    }
    best_of_after = {
        a: _clear_best([(b, likeness[a, b], after[a].no == before[b].no) for b in left_before]) for a in left_after
    }
    best_of_before = {
        b: _clear_best([(a, likeness[a, b], after[a].no == before[b].no) for a in left_after]) for b in left_before
    }
    for a, b in best_of_after.items():
        if b is not None and best_of_before[b] == a:
            joined[a] = b
    return joined


def candidates(
    before: Sequence[Wording], after: Sequence[Wording], *, most: int = 3
) -> dict[int, tuple[tuple[int, float], ...]]:
    """For rows that were left apart: ``{place in after: ((place in before, likeness 0–1), …)}``, most alike first.

    Rows alike by at least 0.3 are worth a person's look, and the row that alone bears the same printed number, whatever
    it says: a renamed row keeps its number. Rows of ``after`` without any are left out.
    """
    pairs = [_pairs(b.text) for b in before]
    numbers_before, numbers_after = Counter(b.no for b in before), Counter(a.no for a in after)
    found = {}
    for place, row in enumerate(after):
        own = _pairs(row.text)
        numbered = bool(row.no) and numbers_before[row.no] == numbers_after[row.no] == 1
        alike = [(i, _likeness(own, pairs[i]), numbered and before[i].no == row.no) for i in range(len(before))]
        worth = [c for c in alike if c[1] >= WORTH_A_LOOK or c[2]]
        if worth:
            worth.sort(key=lambda c: (-c[1], not c[2], c[0]))
            found[place] = tuple((i, likeness) for i, likeness, _same_number in worth[:most])
    return found


def how_alike(a: Wording, b: Wording) -> float:
    """Dice's coefficient of the two wordings' character pairs, 0–1; exactly 1 where they are equal but for spaces."""
    return 1.0 if _plain(a.text) == _plain(b.text) else _likeness(_pairs(a.text), _pairs(b.text))


def _equal(before: Sequence[Wording], after: Sequence[Wording]) -> dict[int, int]:
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i, row in enumerate(before):
        places[_plain(row.text)][0].append(i)
    for i, row in enumerate(after):
        places[_plain(row.text)][1].append(i)
    joined = {}
    for text, (old, new) in places.items():
        if not text:
            continue
        if len(old) == len(new) == 1:
            joined[new[0]] = old[0]
            continue
        for a in new:
            same_number = [b for b in old if before[b].no == after[a].no]
            if len(same_number) == 1 and sum(after[x].no == after[a].no for x in new) == 1:
                joined[a] = same_number[0]
    return joined


def _clear_best(candidates: list[tuple[int, float, bool]]) -> int | None:
    """The one candidate that is alike enough and stands clear of the others."""
    fit = [c for c in candidates if c[1] >= (ALIKE_WITH_NUMBER if c[2] else ALIKE)]
    if not fit:
        return None
    best = max(fit, key=lambda c: (c[1], c[2]))
    rivals = [c for c in fit if c[0] != best[0] and best[1] - c[1] < CLEAR_BY]
    if not rivals:
        return best[0]
    numbered = [c for c in (best, *rivals) if c[2]]
    return numbered[0][0] if len(numbered) == 1 else None


def _plain(text: str) -> str:
    return _NOISE.sub("", text).lower()


def _pairs(text: str) -> Counter[str]:
    plain = _plain(text)
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1)) if len(plain) > 1 else Counter([plain])


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    whole = a.total() + b.total()
    return 2 * sum(min(n, b[pair]) for pair, n in a.items() if pair in b) / whole if whole else 0.0
