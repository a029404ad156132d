"""What changed between two wordings, as runs of kept, removed and added characters."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 4000
SHORTEST_KEPT = 2  # a single kept character between two changes reads worse than one longer change


@dataclass(frozen=True)
class Run:
    """``kind``: kept, removed or added."""

    kind: str
    text: str


def runs(before: str, after: str) -> tuple[Run, ...]:
    """From ``before`` to ``after``; texts past 4,000 characters, or with little in common, are replaced whole."""
    if before == after:
        return (Run("kept", before),) if before else ()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if max(len(before), len(after)) > LONGEST or matcher.quick_ratio() < 0.3:
        return tuple(Run(k, t) for k, t in (("removed", before), ("added", after)) if t)
    made: list[Run] = []
    removed = added = ""
    blocks = matcher.get_opcodes()
    for n, (op, a, b, c, d) in enumerate(blocks):
        lone = b - a < SHORTEST_KEPT and 0 < n < len(blocks) - 1
        if op == "equal" and not lone:
            made += _change(removed, added)
            removed = added = ""
            made.append(Run("kept", before[a:b]))
        else:
            removed, added = removed + before[a:b], added + after[c:d]
    return tuple(made + _change(removed, added))


def _change(removed: str, added: str) -> list[Run]:
    return [Run(k, t) for k, t in (("removed", removed), ("added", added)) if t]
