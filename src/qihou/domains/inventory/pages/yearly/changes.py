"""What a hand-in or a pasted block would change, as rows for the preview: cells old and new, findings, totals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from qihou.domains.inventory.api import schemes, years
from qihou.face import formats
from qihou.face.pages import PageRequest

from .common import is_english, named
from .shown import ten_thousands
from .words import STATES, TOTALS

SUSPICIOUS_RATIO = 5.0


def change_rows(changes: Iterable[Mapping[str, Any]], year_url: str) -> list[dict[str, Any]]:
    """One row a quantity; ``ratio`` is new over old where both are numbers."""
    english = is_english()
    found = []
    for one in changes:
        section = one["section_en"] if english else one["section_zh"]
        ratio = _ratio(one["old"], one["new"])
        found.append(
            {
                **one,
                "name": one["en"] if english and one["en"] else one["zh"],
                "section": section,
                "sheet_name": one["place"].partition("!")[0] or section or one["sheet"],
                "cell": one["place"].partition("!")[2] or one["place"],
                "is_new": not one["old"],
                "ratio": "" if ratio is None else f"×{ratio:.3g}",
                "odd": ratio is not None and not 1 / SUSPICIOUS_RATIO <= abs(ratio) <= SUSPICIOUS_RATIO,
                "url": f"{year_url}sheets/{one['sheet']}/",
            }
        )
    return found


def finding_rows(findings: Iterable[Mapping[str, Any]], problems: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Most serious first; what cannot be written stands among the errors."""
    english = is_english()
    order = {"error": 0, "warning": 1, "note": 2}
    rows = [
        {"severity": one["severity"], "text": one["en"] if english else one["zh"], "cells": one["cells"]}
        for one in findings
    ]
    rows += [{"severity": "error", "text": said, "cells": ()} for said in problems]
    return sorted(rows, key=lambda row: order[row["severity"]])


def total_rows(request: PageRequest, year: int, totals: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Totals and sectors before and after, then the categories that would be another."""
    scheme = schemes.scheme_of(years.the_inventory(request.actor, request.district, year))
    found = []
    for one in totals:
        category = scheme.category.get(one["code"])
        before, after = one["before"], one["after"]
        both = before is not None and after is not None
        found.append(
            {
                "name": str(TOTALS[one["code"]])
                if one["code"] in TOTALS
                else named(category)
                if category
                else one["code"],
                "head": one["head"],
                "total": one["code"] in TOTALS,
                "depth": one["code"].count("."),
                "before": _said(before, one["before_state"]),
                "after": _said(after, one["after_state"]),
                "difference": _signed(after - before) if both else "",
                "percent": f"{100 * (after / before - 1):+.2f}%".replace("-", formats.MINUS) if both and before else "",
                "moved": (before, one["before_state"]) != (after, one["after_state"]),
            }
        )
    return found


def _said(value: float | None, state: str) -> str:
    words = {key.name: word for key, word in STATES.items()}
    return ten_thousands(value) if value is not None else str(words.get(state, _("未填报")))


def _signed(difference: float) -> str:
    return "0" if difference == 0 else ("+" if difference > 0 else "") + ten_thousands(difference)


def _ratio(old: str, new: str) -> float | None:
    try:
        before, after = float(old.split(" ")[0]), float(new.split(" ")[0])
    except (ValueError, IndexError):
        return None
    return after / before if before else None
