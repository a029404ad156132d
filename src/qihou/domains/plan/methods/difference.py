"""What changed between two wordings, as runs of kept, removed and added text. A number or a Latin word is never cut."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 4000
SHORTEST_KEPT = 2  # a single kept character between two changes reads worse than one longer change
PIECE = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|.", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """``kind``: kept, removed or added."""

    kind: str
    text: str


def runs(before: str, after: str) -> tuple[Run, ...]:
    """From ``before`` to ``after``; texts past 4,000 characters, or with little in common, are replaced whole."""
    if before == after:
        return (Run("kept", before),) if before else ()
    old, new = PIECE.findall(before), PIECE.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(before), len(after)) > LONGEST or matcher.quick_ratio() < 0.3:
        return tuple(_change(before, after))
    made: list[Run] = []
    removed = added = ""
    blocks = matcher.get_opcodes()
    for n, (op, a, b, c, d) in enumerate(blocks):
        was, now = "".join(old[a:b]), "".join(new[c:d])
        lone = len(was) < SHORTEST_KEPT and 0 < n < len(blocks) - 1
        if op == "equal" and not lone:
            made += _change(removed, added)
            removed = added = ""
            made.append(Run("kept", was))
        else:
            removed, added = removed + was, added + now
    return tuple(made + _change(removed, added))


def _change(removed: str, added: str) -> list[Run]:
    return [Run(kind, text) for kind, text in (("removed", removed), ("added", added)) if text]
