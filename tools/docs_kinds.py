"""Write the table of findings into ``docs/plan-reading.md``, between its two marks, from the wording itself."""

from __future__ import annotations

import sys
from pathlib import Path

from qihou.domains.plan.methods.wording import KINDS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "plan-reading.md"
BEGIN, END = "<!-- kinds: begin -->", "<!-- kinds: end -->"


def table() -> str:
    """One row per kind, in the order in which they are declared."""
    rows = [f"| `{kind}` | {k.name_zh} | {k.about_zh} | {k.about_en} |" for kind, k in KINDS.items()]
    return "\n".join(["| kind | 名称 | 含义 | meaning |", "|---|---|---|---|", *rows])


def renewed(text: str) -> str:
    """The page with today's table."""
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
