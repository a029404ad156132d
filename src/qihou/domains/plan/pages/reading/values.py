"""From the views of the register to what the face shows: values with their reasons for being absent and their why."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from qihou.domains.plan.api.views import CellView, IndicatorView, ItemView, ProjectView
from qihou.domains.plan.api.words import MONEY_FIELDS
from qihou.face.values import Cell, Missing, Why


def cell_why(row: ItemView, field: str) -> Why:
    return Why("plan.cell", f"{row.uid}.{field}")


def absence(cell: CellView | None) -> Missing:
    """Why a cell has no value: it could not be decided, or the document prints nothing."""
    return Missing.UNDETERMINED if cell is not None and cell.undetermined else Missing.ABSENT


def shown(row: ItemView, field: str, value: Any = None, *, unit: str = "") -> Cell:
    """A field of a row as a table shows it: its value or why there is none, and the way to its why."""
    cell = row.cells.get(field)
    if value is None and cell is not None and not cell.undetermined:
        value = cell.value
    if value is None or value == "":
        value = absence(cell)
    return Cell(value, why=cell_why(row, field), unit=unit)


def target_of(row: IndicatorView) -> Cell:
    """The target as a number, as words, as assigned by the municipality, or as absent with its reason."""
    why = cell_why(row, "target")
    if row.target is not None:
        return Cell(row.target, why=why)
    if row.assigned_value is not None:
        return Cell(row.assigned_value, why=why, note=_("市级下达"))
    if row.assigned_later:
        return Cell(Missing.ASSIGNED_LATER, why=why)
    if row.target_text:
        return Cell(row.target_text, why=why)
    return Cell(absence(row.cells.get("target")), why=why)


def period_text(row: ProjectView) -> str:
    """2021—2025, with months where they are printed; an end that is not printed reads as …"""
    start, end = (
        (f"{year}-{month:02d}" if month else str(year)) if year else "…"
        for year, month in ((row.start_year, row.start_month), (row.end_year, row.end_month))
    )
    return start if start == end else f"{start}—{end}"


def unit_of(row: ItemView, field: str) -> str:
    if field in MONEY_FIELDS:
        return _("万元")
    if isinstance(row, IndicatorView) and field in ("base", "target"):
        return row.unit
    return ""
