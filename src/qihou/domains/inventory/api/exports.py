"""A run as files: the results with live formulas, all lines as JSON, and the written report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from qihou.domains.inventory.methods.as_json import worked_as_json
from qihou.domains.inventory.methods.formulas import write_formulas
from qihou.domains.inventory.methods.report import report
from qihou.domains.inventory.methods.results import Line
from qihou.figures.missing import Flag
from qihou.record.api.access import Act, Actor
from qihou.record.models import Feature, Run

from . import checking, runs


def results_workbook(actor: Actor, district: Feature, run: UUID | str) -> tuple[str, bytes]:
    """The results as a workbook whose formulas give the totals anew; a file's name and its bytes.

    Raises:
        NotPermitted, UnableToFind
    """
    row = runs.the_run(actor, district, run)
    worked = runs.open_frozen(actor, district, run).worked
    marked = is_illustrative(runs.lines_of(row))
    return f"{_stem(district, row)}计算结果.xlsx", write_formulas(worked, district.name, illustrative=marked)


def results_json(actor: Actor, district: Feature, run: UUID | str) -> tuple[str, bytes]:
    """All lines of a run as they were stored, with the methods under them.

    Raises:
        NotPermitted, UnableToFind
    """
    row = runs.the_run(actor, district, run)
    lines = runs.lines_of(row)
    data = worked_as_json(runs.open_frozen(actor, district, run).worked)
    data["draws"] = row.settings["draws"]
    for one in data["lines"]:
        if stored := lines.get((one["code"], one["gas"])):
            one |= _as_stored(stored)
    head: dict[str, Any] = {
        "district": district.code,
        "district_name": district.name,
        "run": str(row.uid),
        "number": row.number,
        "status": row.status,
        "made_at": row.made_at.isoformat(),
        "illustrative": is_illustrative(lines),
    }
    return f"{_stem(district, row)}.json", json.dumps(head | data, ensure_ascii=False, indent=1).encode()


def report_docx(actor: Actor, district: Feature, run: UUID | str, *, language: str, today: date) -> tuple[str, bytes]:
    """The written report of a run beside the year before, where that was worked; ``language``: ``zh`` or ``en``.

    Raises:
        NotPermitted, UnableToFind
    """
    row = runs.the_run(actor, district, run)
    year = row.period_start.year
    before = runs.newest_run(actor, district, year - 1)
    if before is not None and before.settings["gwp_set"] != row.settings["gwp_set"]:
        before = None
    found = None
    if actor.may(Act.READ_INVENTORY, district_id=district.pk):
        found = checking.as_check_findings(checking.findings_of(actor, district, year))
    content = report(
        runs.open_frozen(actor, district, run).worked,
        district_name=district.name_en or district.name if language.startswith("en") else district.name,
        previous=runs.open_frozen(actor, district, before.uid).worked if before else None,
        language=language,
        findings=found,
        lines=runs.lines_of(row),
        previous_lines=runs.lines_of(before) if before else None,
        draws=int(row.settings["draws"]),
        made_on=today,
    )
    return f"{_stem(district, row)}报告.docx", content


def is_illustrative(lines: Mapping[tuple[str, str], Line]) -> bool:
    """Whether any figure of the totals rests on made-up data."""
    return any(line.flags & Flag.ILLUSTRATIVE for line in lines.values())


def _stem(district: Feature, row: Run) -> str:
    return f"{district.name}{row.period_start.year}年温室气体清单第{row.number}次"


def _as_stored(line: Line) -> dict[str, Any]:
    return {
        "value": line.value, "known": line.known, "low": line.low, "high": line.high,
        "half_percent": line.half_percent, "id": line.id,
    }  # fmt: skip
