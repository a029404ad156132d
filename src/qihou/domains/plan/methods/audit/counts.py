"""Counts the document claims, held against what it prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from ..register import DocumentFinding, IndicatorRow
from .context import ERROR, NOTE, WARNING, Context, finding, first_line
from .text import chinese_number

_NUMBER = r"(?P<n>\d{1,4}|[一二三四五六七八九十百]{1,4})"
_CLAIM = re.compile(
    r"(?:设置|设定|设立|提出|安排|纳入|列入|梳理|确定|明确|谋划|储备|分解|包含|包括|共有|规划|形成|涉及|共)[^。;,]{0,24}?"
    rf"(?:(?P<before>约束性|预期性)?(?P<a>指标|重点项目|重点工程|工程项目|项目|重点任务|工作任务|任务)(?:共|共计|合计)?{_NUMBER}(?:个|项|条)"
    rf"|{_NUMBER.replace('<n>', '<m>')}(?:个|项|条|大)?(?P<mid>约束性|预期性)?(?:重点|具体|主要|核心|工程|建设|工作)*(?P<b>指标|项目|任务))"
)
_ABOUT_PLAN = re.compile(r"共|本规划|本方案|附表|附件|指标体系|项目库|任务分工|规划(?:提出|设置|安排|共)|期间|分解")
_PARTS = re.compile(
    r"由(?P<items>[^。;,由]{4,80}?)(?:共)?(?P<n>[二三四五六七八九十]|\d{1,2})(?:个|大)?部分(?:组成|构成|内容)"
)


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _claimed_counts(context)
    yield from _parts_listed(context)
    yield from _row_numbers(context)


def _claimed_counts(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    for passage in context.prose:
        if passage.background:
            continue
        for m in _CLAIM.finditer(passage.text):
            sentence = passage.text[max(0, passage.text.rfind("。", 0, m.start()) + 1) : m.end()]
            claimed = chinese_number(m["n"] or m["m"])
            thing = _thing(m["a"] or m["b"])
            nature = m["before"] or m["mid"]
            if claimed is None or not _ABOUT_PLAN.search(sentence) or (thing == "project" and claimed < 5):
                continue
            counted = _counted(context, thing, nature)
            if counted and claimed != counted and _near(claimed, counted):
                head = {"indicator": register.indicators, "project": register.projects, "task": register.tasks}[thing]
                last = head[-1]
                yield finding(
                    "count_differs",
                    ERROR,
                    {"thing": thing, "nature": nature or "", "claimed": claimed, "counted": counted},
                    [passage.line, first_line(last, "no", "name", "text")],
                    [m[0], str(last.no or "")],
                )


def _thing(word: str) -> str:
    if word.endswith("指标"):
        return "indicator"
    return "task" if word.endswith("任务") else "project"


def _counted(context: Context, thing: str, nature: str | None) -> int:
    register = context.register
    if thing == "indicator":
        wanted = {"约束性": "binding", "预期性": "expected"}.get(nature or "")
        return sum(1 for i in register.indicators if wanted is None or i.nature == wanted)
    return len(register.projects if thing == "project" else register.tasks)


def _near(claimed: int, counted: int) -> bool:
    """A claim of quite another size speaks of something else (three big tasks, not the table's 140)."""
    return 0.6 <= claimed / counted <= 1.6


def _parts_listed(context: Context) -> Iterator[DocumentFinding]:
    for passage in context.passages:
        for m in _PARTS.finditer(passage.text):
            claimed = chinese_number(m["n"])
            if "等" in m["items"] or claimed is None:
                continue
            listed = [p for p in re.split(r"、|以及|及|和|与", m["items"]) if p.strip()]
            if len(listed) != claimed and abs(len(listed) - claimed) <= 2 and len(re.split("、", m["items"])) > 1:
                params: dict[str, Any] = {"claimed": claimed, "counted": len(listed)}
                if len(re.split("、", m["items"])) + 1 == claimed or len(re.split("、", m["items"])) == claimed:
                    continue
                yield finding("parts_differ", WARNING, params, [passage.line], [m[0]])


def _row_numbers(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    tables: tuple[tuple[str, list[Any]], ...] = (
        ("indicator", register.indicators),
        ("project", register.projects),
        ("task", register.tasks),
    )
    name: Callable[[Any], str] = lambda row: row.name if isinstance(row, IndicatorRow) else str(row.no)  # noqa: E731
    for thing, rows in tables:
        numbered = [(row.no, row) for row in rows if isinstance(row.no, int)]
        if len(numbered) < 3 or len(numbered) < len(rows):
            continue
        counts = Counter(no for no, _ in numbered)
        repeated = sorted(no for no, times in counts.items() if times > 1)
        restarts = sum(1 for (a, _), (b, _) in zip(numbered, numbered[1:], strict=False) if b == 1 and a > 1)
        if restarts:
            continue
        if repeated:
            lines = [first_line(row, "no") for no, row in numbered if no in repeated]
            params = {"thing": thing, "numbers": repeated}
            yield finding("row_number_repeated", WARNING, params, lines, [name(r) for n, r in numbered if n in repeated])
        present = set(counts)
        missing = [n for n in range(min(present), max(present) + 1) if n not in present]
        if missing and len(missing) <= max(3, len(rows) // 10):
            after = [row for no, row in numbered if no - 1 in missing]
            yield finding(
                "row_number_missing",
                NOTE,
                {"thing": thing, "numbers": missing},
                [first_line(r, "no") for r in after],
                [name(r) for r in after],
            )
