"""The cells of one row as the reviewer sees them: value, what is printed, how it was got, and a control to correct it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qihou.domains.plan.api.desk import DOUBTFUL_BELOW
from qihou.domains.plan.api.views import FUNDING, CellView, ItemView
from qihou.domains.plan.api.words import MONEY_FIELDS, NATURES, SENSES, field_name, how_words, value_text

from .typed import Typed

AREAS = {"content", "text", "name", "key_task"}
NUMBERS = {"base", "target", *MONEY_FIELDS}
PEOPLE = {"departments", "leads", "supporting"}
CHOICES = {"nature": NATURES, "sense": SENSES}


def cell_rows(
    row: ItemView, form: Typed, *, seen: Mapping[str, int], funding_asked: bool, reason: str = ""
) -> list[dict[str, Any]]:
    """Undetermined cells first, then the others in the register's order.

    ``funding_asked``: the funding columns are asked for together elsewhere on the page, so theirs stay closed.
    ``reason``: the one given last, offered again. ``seen``: by field, how many corrections the reader is shown here.
    """
    cells = [
        _cell(row, c, form, reason, seen=seen.get(c.field, 0), closed=funding_asked and c.field in FUNDING)
        for c in row.cells.values()
    ]
    return sorted(cells, key=lambda c: not c["first"])


def _cell(row: ItemView, cell: CellView, form: Typed, reason: str, *, seen: int, closed: bool) -> dict[str, Any]:
    short, long = how_words(cell.how)
    tried = form.text("act") == "correct" and form.text("field") == cell.field
    error = form.errors.get(f"v-{cell.field}") or form.errors.get(f"r-{cell.field}") or ""
    plain = _plain(cell)
    return {
        "field": cell.field,
        "name": field_name(cell.field),
        "value": "" if cell.value in (None, "") else value_text(cell.field, cell.value),
        "unit": _unit(row, cell.field),
        "undetermined": cell.undetermined,
        "first": cell.undetermined and not closed,
        "printed": cell.printed.strip(),
        "lines": cell.lines,
        "how": cell.how,
        "how_short": short,
        "how_long": long,
        "confidence": cell.confidence,
        "low": cell.how != "absent" and cell.confidence < DOUBTFUL_BELOW,
        "corrected": cell.how == "corrected",
        "long": cell.field in AREAS,
        "open": bool(error) or (cell.undetermined and not closed),
        "control": _control(cell.field),
        "choices": [("", _("（原文未印）")), *CHOICES.get(cell.field, {}).items()],
        "hint": _hint(cell.field),
        "seen": form.values.get("seen", seen) if tried else seen,
        "typed": form.text("value") if tried else plain,
        "typed_reason": form.text("reason") if tried else reason,
        "error": error,
    }


def _plain(cell: CellView) -> str:
    if cell.value is None:
        return ""
    return format(cell.value, "f") if isinstance(cell.value, Decimal) else str(cell.value)


def _unit(row: ItemView, field: str) -> str:
    if field in MONEY_FIELDS:
        return _("万元")
    return str(getattr(row, "unit", "")) if field in ("base", "target") else ""


def _control(field: str) -> str:
    if field in CHOICES:
        return "choice"
    if field in AREAS:
        return "area"
    return "number" if field in NUMBERS else "text"


def _hint(field: str) -> str:
    if field in MONEY_FIELDS:
        return _("单位：万元。留空表示原文未印。")
    if field in PEOPLE:
        return _("几个单位之间用顿号隔开。")
    if field in ("start", "end", "deadline"):
        return _("写年份或年月，例如 2025 或 2025-06。")
    return ""
