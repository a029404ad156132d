"""Write ``docs/methods.md`` from the methods themselves: ``python tools/docs_methods.py``. A test holds it current."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import Any

from qihou.domains.inventory.methods.listing import all_methods

PAGE = Path(__file__).resolve().parents[1] / "docs/methods.md"
_HEAD = """# Methods of the inventory

Written by `python tools/docs_methods.py` from the methods themselves; do not edit it by hand.

Every method is a plain function. Call one with plain numbers, in the units of its needs:

```python
from qihou.domains.inventory.methods.listing import declared

METHODS = {method.key: method for method in declared()}
content = METHODS["energy.content.mass"]
content(fuel=1000, ncv=20.9)  # GJ
```

A clause marked *unverified* (待核) is cited from memory. *nil*: where nothing stands for what does not occur (`NO`, `NA`, `IE`), the
formula takes nought. A *constant* belongs to the formula and is never looked up. *Range*: outside it the figure fails and says so.
Beside these stand `gwp.<set>.<gas>`, one for each gas and set of warming potentials: tonnes of the gas times its GWP-100.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for sector, methods in groupby(all_methods(), lambda one: one["key"].partition(".")[0]):
        parts.append(f"\n## {sector}\n")
        parts += [_section(method) for method in methods]
    return "".join(parts)


def _section(method: dict[str, Any]) -> str:
    lines = [
        "",
        f"### `{method['key']}` {method['name']}",
        "",
        f"{method['name_en']} · version {method['version']} · result in `{method['unit']}`"
        + (" · works on a series of years" if method["series"] else ""),
        "",
        f"    {method['formula']}",
        "",
    ]
    for cite in method["cites"]:
        unverified = " (*unverified*, 待核)" if cite["grade"] == "M" else ""
        lines.append(f"- {cite['document']} ({cite['year']}), {cite['clause']}{unverified}")
    lines += ["", "| input | symbol | unit | what it is | range | |", "|---|---|---|---|---|---|"]
    for need in method["needs"]:
        symbol = f"`{need['symbol']}`" if need["symbol"] else ""
        what = f"{need['zh']} · {need['en']}".replace("|", "\\|")
        lines.append(f"| `{need['name']}` | {symbol} | `{need['unit']}` | {what} | {_range(need)} | {_kind(need)} |")
    if method["note"]:
        lines += ["", method["note"]]
    return "\n".join(lines) + "\n"


def _range(need: dict[str, Any]) -> str:
    low, high = need["low"], need["high"]
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥ {low:g}"
    return f"≤ {high:g}" if low is None else f"{low:g}–{high:g}"


def _kind(need: dict[str, Any]) -> str:
    if need["constant"] is not None:
        return f"constant {need['constant']:.6g}"
    return "nil" if need["nil"] is not None else ""


def main() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
