"""A worked inventory and findings as plain JSON, described by ``inventory.schema.json``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from qihou.domains.inventory.methods.checks.finding import CheckFinding
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line, Worked
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.figures.graph import Result, Step
from qihou.figures.missing import Flag

_TOTALS = {TOTAL: ("排放总量（含土地利用变化与林业）", "Total with land use"),
           TOTAL_WITHOUT_LULUCF: ("排放总量（不含土地利用变化与林业）", "Total without land use")}  # fmt: skip


def worked_as_json(worked: Worked) -> dict[str, Any]:
    """Settings and all lines of the inventory's year; numbers in the unit of their line, null where there is none."""
    scheme = worked.scheme
    methods = _methods_of(worked)
    return {
        "year": worked.period.start.year,
        "years_read": [period.start.year for period in worked.book.periods],
        "edition": scheme.options.edition,
        "landfill": scheme.options.landfill,
        "gwp": scheme.gwp_set.value,
        "draws": worked.drawn.count if worked.drawn else 0,
        "lines": [_line(worked, line, methods(*worked.cells[key])) for key, line in worked.lines.items()],
    }


def names_of(worked: Worked, code: str) -> tuple[str, str]:
    """What a line is called in both languages: a category, a total, or what is derived."""
    if code in _TOTALS:
        return _TOTALS[code]
    if code in worked.scheme.category:
        category = worked.scheme.category[code]
        return category.zh, category.en
    node = worked.scheme.graph[code]
    return (node.method.zh, node.method.en) if isinstance(node, Step) else (node.zh, node.en)


def _line(worked: Worked, line: Line, methods: tuple[str, ...]) -> dict[str, Any]:
    zh, en = names_of(worked, line.code)
    category = worked.scheme.category.get(line.code)
    return {
        "code": line.code,
        "number": category.number if category else "",
        "name": zh,
        "name_en": en,
        "gas": line.gas,
        "value": line.value,
        "known": line.known,
        "unit": line.unit,
        "low": line.low,
        "high": line.high,
        "half_percent": line.half_percent,
        "state": line.state.name,
        "status": line.status.value,
        "flags": [str(flag.name).lower() for flag in Flag if flag and flag in line.flags],
        "memo": bool(category and category.memo),
        "methods": list(methods),
        "id": line.id,
    }


def _methods_of(worked: Worked) -> Any:
    """For a cell, the methods under it with their versions, sorted."""
    graph = worked.scheme.graph
    partners: dict[tuple[str, str], list[int]] = {}

    @cache
    def under(node: str, row: int) -> frozenset[str]:
        found = graph[node]
        if not isinstance(found, Step):
            return frozenset().union(*(under(*part) for part in found.parts[row]))
        below = {found.method.id}
        for name, feed in found.feeds.items():
            if isinstance(feed, Result):
                place = (node, name)
                if place not in partners:
                    partners[place] = graph.partners(found, feed)
                below |= under(feed.node, partners[place][row])
        return frozenset(below)

    return lambda node, row: tuple(sorted(under(node, row)))


def findings_as_json(findings: Iterable[CheckFinding]) -> list[dict[str, Any]]:
    """Findings in both languages, with cells and the quantities' machine names."""
    return [
        {
            "kind": finding.kind,
            "severity": finding.severity.value,
            "message": finding.zh,
            "message_en": finding.en,
            "category": finding.category,
            "quantities": [code_of(*key) for key in finding.quantities],
            "cells": list(finding.cells),
            "values": dict(finding.values),
        }
        for finding in findings
    ]
