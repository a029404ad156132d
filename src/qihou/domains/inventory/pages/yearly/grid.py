"""The rows of a sheet as its grid shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qihou.domains.inventory.api.sheets import CellView, SheetPage
from qihou.domains.inventory.api.workbooks import Typed
from qihou.domains.inventory.methods.checks.finding import CheckFinding
from qihou.face.pages import PageRequest
from qihou.measure import units

from .common import address, is_english, named

FIELDS = ("value", "notation", "reason", "spread", "note")


@dataclass(frozen=True)
class Line:
    """One row: the cell, what stands in its fields, what is odd about it, and where its history is."""

    cell: CellView
    typed: Typed
    name: str = ""
    section: str = ""
    unit: str = ""
    bounds: str = ""
    hint: str = ""
    odd: tuple[str, ...] = ()
    history_url: str = ""

    @classmethod
    def of(cls, cell: CellView) -> Line:
        """As it stands, without what a screen adds."""
        value = "" if cell.value is None else f"{cell.value:f}"
        return cls(cell, Typed(cell.code, value, cell.notation, cell.reason, cell.spread, cell.note))


def grid(request: PageRequest, year: int, page: SheetPage, odd: Mapping[str, tuple[CheckFinding, ...]]) -> list[Line]:
    """The rows of a sheet, in order."""
    english = is_english()
    found = []
    for cell in page.cells:
        quantity = cell.quantity
        said = tuple(one.en if english else one.zh for one in odd.get(cell.code, ()))
        found.append(
            Line(
                cell,
                Line.of(cell).typed,
                named(quantity),
                quantity.section_en if english and quantity.section_en else quantity.section_zh,
                units.label(quantity.unit) if quantity.unit != "1" else "",
                _bounds(quantity.low, quantity.high),
                quantity.note_en if english and quantity.note_en else quantity.note_zh,
                said,
                address(request, "cell", {"code": cell.code}, year=year, sheet=page.view.sheet.key),
            )
        )
    return found


def _bounds(low: float | None, high: float | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return f"≥ {low:g}"
    return f"≤ {high:g}" if low is None else f"{low:g}–{high:g}"
