"""Write the frozen list of all greenhouse-gas factors, so that every change of a value shows in review.

Run it after a change you mean: ``python tools/factors_snapshot.py``, and look at ``git diff`` before you commit.
"""

from __future__ import annotations

import sys
from pathlib import Path

from qihou.facts.factors import all_factors

SNAPSHOT = Path(__file__).resolve().parents[1] / "src/qihou/facts/tests/factors.snapshot.tsv"


def snapshot() -> str:
    """One line per factor, sorted: id, value, unit, range, grade, documents cited."""
    lines = (
        "\t".join((f.id, str(f.value), f.unit, f.spread, f.grade, " | ".join(s.document for s in f.sources)))
        for f in all_factors()
    )
    return "\n".join(["id\tvalue\tunit\trange\tgrade\tsources", *sorted(lines)]) + "\n"


def main() -> int:
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
