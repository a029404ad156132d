"""A register as plain JSON values: what ``qihou plan read FILE --json`` prints.

Values: null where the document prints nothing, ``"undetermined"`` where it cannot be decided, numbers as JSON numbers.
The form is described by ``register.schema.json`` beside this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from .register import (
    UNDETERMINED,
    Cell,
    DocumentFinding,
    How,
    IndicatorRow,
    ProjectRow,
    Register,
    RegisterRow,
    TaskRow,
    Totals,
)


def to_json(register: Register) -> dict[str, Any]:
    """The whole register; money in 10⁴ CNY."""
    return {
        "title": register.title,
        "period": {"first_year": register.first_year, "last_year": register.last_year},
        "lacks": list(register.lacks),
        "indicators": [_indicator(r) for r in register.indicators],
        "projects": [_project(r) for r in register.projects],
        "tasks": [_task(r) for r in register.tasks],
        "totals": _totals(register.totals),
        "claimed": plain(register.claimed),
        "findings": [_finding(f) for f in register.findings],
        "damage": plain(register.damage),
        "notes": [{"line": n.number, "text": n.text} for n in register.table_notes],
        "outline": [{"level": h.level, "title": h.title, "line": h.line} for h in register.outline],
        "line_count": len(register.lines),
    }


def plain(value: Any) -> Any:
    """Any value of a register as JSON knows it."""
    if value is UNDETERMINED:
        return "undetermined"
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, Enum):
        return plain(value.value)
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v) for v in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def _number(value: Decimal) -> int | float:
    if value == value.to_integral_value():
        return int(value)
    return float(value)


_AMOUNTS = frozenset({"base", "target", "investment", "upper_level", "district_budget", "private"})


def _cited(name: str, cell: Cell) -> int | list[int]:
    """The line a cell begins on; all its lines for an amount that was added up from several."""
    if name in _AMOUNTS and len(cell.lines) > 1 and cell.how is not How.UNDECIDED:
        return list(cell.lines)
    return cell.lines[0]


def _row(row: RegisterRow) -> dict[str, Any]:
    """What every row carries about where its fields come from."""
    return {
        "lines": {name: _cited(name, cell) for name, cell in row.cells.items() if cell.lines},
        "cell_lines": {name: list(cell.lines) for name, cell in row.cells.items() if cell.lines},
        "as_printed": {name: cell.printed for name, cell in row.cells.items() if cell.printed},
        "row_lines": list(row.lines),
        "how": {name: cell.how.value for name, cell in row.cells.items()},
        "confidence": {name: round(cell.confidence, 3) for name, cell in row.cells.items()},
        "reasons": {
            name: {"code": cell.reason, "params": plain(cell.reason_params)}
            for name, cell in row.cells.items()
            if cell.reason
        },
    }


def _indicator(row: IndicatorRow) -> dict[str, Any]:
    return {
        "no": row.no,
        "category": row.category,
        "name": row.name,
        "unit": row.unit,
        "base": plain(row.base),
        "base_year": row.base_year,
        "base_cumulative": row.base_cumulative,
        "target": plain(row.target),
        "target_year": row.target_year,
        "target_cumulative": row.target_cumulative,
        "target_state": row.target_state,
        "target_text": row.target_text,
        "sense": row.sense,
        "nature": plain(row.nature),
        "departments": list(row.departments),
        "years": {str(year): plain(value) for year, value in sorted(row.years.items())},
        **_row(row),
    }


def _project(row: ProjectRow) -> dict[str, Any]:
    return {
        "no": row.no,
        "category": row.category,
        "name": row.name,
        "content": row.content,
        "start": row.start,
        "start_month": row.start_month,
        "end": row.end,
        "end_month": row.end_month,
        "investment": plain(row.investment),
        "funding": {
            "upper_level": plain(row.funding.upper_level),
            "district_budget": plain(row.funding.district_budget),
            "private": plain(row.funding.private),
        },
        "funding_amounts": plain(row.funding_amounts),
        "leads": list(row.leads),
        "supporting": list(row.supporting),
        "supporting_open": row.supporting_open,
        **_with_money_beside(row),
    }


def _with_money_beside(row: ProjectRow) -> dict[str, Any]:
    """Money per year and the like has no field: it stands in ``as_printed`` under its own label."""
    common = _row(row)
    for label, cell in row.beside.items():
        common["as_printed"].setdefault(label, cell.printed)
        common["cell_lines"].setdefault(label, list(cell.lines))
    return common


def _task(row: TaskRow) -> dict[str, Any]:
    return {
        "no": row.no,
        "chapter": row.chapter,
        "key_task": row.key_task,
        "text": row.text,
        "leads": list(row.leads),
        "leads_open": row.leads_open,
        "supporting": list(row.supporting),
        "supporting_open": row.supporting_open,
        "deadline": row.deadline,
        **_row(row),
    }


def _totals(totals: Totals) -> dict[str, Any]:
    fields = ("investment", "upper_level", "district_budget", "private")
    return {
        **{f: plain(getattr(totals, f)) for f in fields},
        "lines": {name: cell.lines[0] for name, cell in totals.cells.items() if cell.lines},
        "as_printed": {name: cell.printed for name, cell in totals.cells.items() if cell.printed},
        "subtotals": plain(totals.subtotals),
    }


def _finding(finding: DocumentFinding) -> dict[str, Any]:
    from .wording import render

    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "message": render(finding.kind, finding.params, "zh"),
        "message_en": render(finding.kind, finding.params, "en"),
        "params": plain(finding.params),
        "lines": list(finding.lines),
        "quotes": list(finding.quotes),
    }
