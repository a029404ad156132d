"""Counts the document claims, held against what it prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from ..register import DocumentFinding, How, IndicatorRow, RegisterRow
from .context import ERROR, NOTE, WARNING, Context, finding, first_line
from .text import bare, chinese_number, likeness, longest_common

_NUMBER = r"(?P<n>\d{1,4}|[一二三四五六七八九十百]{1,4})"
_CLAIM = re.compile(
    r"(?:安排|设置|设定|设立|提出|安排|纳入|列入|梳理|确定|明确|谋划|储备|分解|包含|包括|共有|规划|形成|涉及|共)[^。;,]{0,24}?"
    rf"(?:(?P<before>约束性|预期性)?(?P<a>指标|重点项目|重点工程|工程项目|项目|重点任务|工作任务|任务)(?:共|共计|合计)?{_NUMBER}(?:个|项|条)"
    rf"|{_NUMBER.replace('<n>', '<m>')}(?:个|项|条|大)?(?P<mid>约束性|预期性)?(?:重点|具体|主要|核心|工程|建设|工作)*(?P<b>指标|项目|任务))"
)
_ABOUT_PLAN = re.compile(
    r"共|重点项目|重点工程|重点任务|规划期|本规划|本方案|附表|附件|指标体系|项目库|任务分工|规划(?:提出|设置|安排|共)|期间|分解"
)
_PARTS = re.compile(
    r"由(?P<items>[^。;,由]{4,80}?)(?:共)?(?P<n>[二三四五六七八九十]|\d{1,2})(?:个|大)?部分(?:组成|构成|内容)"
)


def find(context: Context) -> Iterator[DocumentFinding]:
    yield from _categories_listed(context)
    yield from _claimed_counts(context)
    yield from _counts_in_titles(context)
    yield from _parts_listed(context)
    yield from _row_numbers(context)


def _claimed_counts(context: Context) -> Iterator[DocumentFinding]:
    for passage in context.prose:
        for m in _CLAIM.finditer(passage.text):
            sentence = passage.text[max(0, passage.text.rfind("。", 0, m.start()) + 1) : m.end()]
            if re.search(r"十[二三]五|已|建成了|累计", sentence) and not re.search(r"共设|本规划", sentence):
                continue
            claimed = chinese_number(m["n"] or m["m"])
            thing = _thing(m["a"] or m["b"])
            nature = m["before"] or m["mid"]
            if claimed is None or not _ABOUT_PLAN.search(sentence) or (thing == "project" and claimed < 5):
                continue
            counted = _counted(context, thing, nature)
            if counted and claimed != counted and _near(claimed, counted):
                last = _rows(context, thing)[-1]
                yield finding(
                    "count_differs",
                    ERROR,
                    {
                        "thing": thing,
                        "nature": {"约束性": "binding", "预期性": "expected"}.get(nature or "", ""),
                        "claimed": claimed,
                        "counted": counted,
                    },
                    [passage.line, first_line(last, "no", "name", "text")],
                    [m[0], str(last.no or "")],
                )


_IN_TITLE = re.compile(r"(?P<w>指标|项目|任务|清单|分工)[^。;,\d]{0,12}\(共(?:计)?(?P<n>\d{1,4})(?:项|个|条)\)")


def _counts_in_titles(context: Context) -> Iterator[DocumentFinding]:
    """附件2 重点任务清单(共12项)."""
    for number, text in context.plain_lines:
        m = _IN_TITLE.search(text)
        if not m or len(text.strip()) > 60:
            continue
        thing = "task" if m["w"] in ("清单", "分工") and "项目" not in text else _thing(m["w"])
        claimed, counted = int(m["n"]), _counted(context, thing, None)
        if counted and claimed != counted and _near(claimed, counted):
            params: dict[str, object] = {"thing": thing, "nature": "", "claimed": claimed, "counted": counted}
            yield finding("count_differs", ERROR, params, [number], [text])


def _thing(word: str) -> str:
    if word.endswith("指标"):
        return "indicator"
    return "task" if word.endswith("任务") else "project"


def _rows(context: Context, thing: str) -> list[RegisterRow]:
    register = context.register
    if thing == "indicator":
        return list(register.indicators)
    return list(register.projects) if thing == "project" else list(register.tasks)


def _counted(context: Context, thing: str, nature: str | None) -> int:
    register = context.register
    if thing == "indicator":
        wanted = {"约束性": "binding", "预期性": "expected"}.get(nature or "")
        return sum(1 for i in register.indicators if wanted is None or i.nature == wanted)
    return len(register.projects if thing == "project" else register.tasks)


def _near(claimed: int, counted: int) -> bool:
    """A claim of quite another size speaks of something else (three big tasks, not the table's 140)."""
    return 0.6 <= claimed / counted <= 1.6


_LISTED = re.compile(r"(?:包括|包含|分为|涵盖|分别为|由)([^。;]{6,80})")


def _categories_listed(context: Context) -> Iterator[DocumentFinding]:
    """The kinds of indicators a sentence lists against the groups of the table."""
    homes: dict[str, int] = {}
    for row in context.register.indicators:
        if row.category:
            homes.setdefault(bare(row.category), first_line(row, "category", "no"))
    for passage in context.prose:
        for m in _LISTED.finditer(passage.text):
            items = [bare(i) for i in re.split(r"、|和|及|与|,", m[1]) if bare(i)]
            kinds = [i for i in items if i.endswith("指标")]
            if len(kinds) < 2 or len(kinds) < len(items) or not any(k in homes for k in kinds):
                continue
            for item in (k for k in kinds if k not in homes):
                best = max(homes, key=lambda h: likeness(h, item))
                if best not in kinds and longest_common(best, item)[1:]:
                    params: dict[str, object] = {"thing": "indicator", "names": [item, best], "counts": [1, 1]}
                    yield finding("category_varies", NOTE, params, [passage.line, homes[best]], [m[0], best])


def _parts_listed(context: Context) -> Iterator[DocumentFinding]:
    """由甲、乙、丙三部分组成. A 和 may join two parts or stand inside one, so either count will do."""
    for passage in context.passages:
        for m in _PARTS.finditer(passage.text):
            claimed = chinese_number(m["n"])
            fewest = [p for p in m["items"].split("、") if p.strip()]
            most = [p for p in re.split(r"、|以及|及|和|与", m["items"]) if p.strip()]
            if claimed is None or "等" in m["items"] or len(fewest) < 2 or len(fewest) <= claimed <= len(most):
                continue
            if min(abs(len(fewest) - claimed), abs(len(most) - claimed)) <= 2:
                params: dict[str, Any] = {"claimed": claimed, "counted": len(most)}
                yield finding("parts_differ", WARNING, params, [passage.line], [m[0]])


def _numbered_once(rows: list[Any]) -> Iterator[Any]:
    """Rows without those that share the merged number cell of the row above."""
    before: tuple[int, ...] | None = None
    for row in rows:
        cell = row.cells.get("no")
        lines = cell.lines if cell is not None else ()
        if not (cell is not None and (cell.how is How.CARRIED or (lines and lines == before))):
            yield row
        before = lines


def _row_numbers(context: Context) -> Iterator[DocumentFinding]:
    register = context.register
    tables: tuple[tuple[str, list[Any]], ...] = (
        ("indicator", register.indicators),
        ("project", register.projects),
        ("task", register.tasks),
    )
    name: Callable[[Any], str] = lambda row: row.name if isinstance(row, IndicatorRow) else str(row.no)  # noqa: E731
    for thing, rows in tables:
        numbered = [(row.no, row) for row in _numbered_once(rows) if isinstance(row.no, int)]
        if len(numbered) < 3 or len(numbered) < len(rows):
            continue
        counts = Counter(no for no, _ in numbered)
        repeated = sorted(no for no, times in counts.items() if times > 1)
        restarts = sum(1 for (a, _), (b, _) in pairwise(numbered) if b == 1 and a > 1)
        if restarts:
            continue
        if repeated:
            lines = [first_line(row, "no") for no, row in numbered if no in repeated]
            params = {"thing": thing, "numbers": repeated}
            yield finding(
                "row_number_repeated", WARNING, params, lines, [name(r) for n, r in numbered if n in repeated]
            )
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
