"""The published text's own tables, written out again as rows and as a web page: the same register, or nothing less.

Its task table has a head that stands over two columns (重点任务 over title and wording); copies print that head twice, leave
the second empty, or print one label fewer than there are cells.
"""

from __future__ import annotations

import html
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from qihou.domains.plan.methods.read import read_bytes
from qihou.domains.plan.methods.register import Register, TaskRow

SEED = Path(__file__).parents[2] / "shared" / "seeds" / "tongliang-climate-plan.txt"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the folder shared/seeds is not beside the checkout")

TWICE = ["序号", "任务类别", "重点任务", "重点任务", "牵头部门", "配合部门"]
EMPTY = ["序号", "任务类别", "重点任务", "", "牵头部门", "配合部门"]
FEWER = ["序号", "任务类别", "重点任务", "牵头部门", "配合部门"]


@pytest.fixture(scope="module")
def register() -> Register:
    return read_bytes(SEED.read_bytes(), SEED.name)


def facts(rows: list[TaskRow]) -> list[tuple[Any, ...]]:
    return [(t.no, t.chapter, t.key_task, t.text, t.leads, t.supporting, t.supporting_open) for t in rows]


def before_tasks() -> list[str]:
    lines = SEED.read_text(encoding="utf-8").splitlines()
    at = max(n for n, line in enumerate(lines) if line.startswith("附表2"))
    return lines[: at + 1]


def cells(task: TaskRow) -> list[str]:
    support = "、".join(task.supporting) + ("等" if task.supporting_open else "")
    return [str(task.no), task.chapter or "", task.key_task or "", task.text, "、".join(task.leads), support]


@pytest.mark.parametrize("separator", ["|", "\t", " | "], ids=["pipes", "tabs", "spaced pipes"])
@pytest.mark.parametrize("head", [TWICE, EMPTY, FEWER], ids=["printed twice", "left empty", "one label fewer"])
def test_rows_with_separators(register: Register, separator: str, head: list[str]) -> None:
    rows = [separator.join(row) for row in [head, *map(cells, register.tasks)]]
    again = read_bytes("\n".join([*before_tasks(), *rows]).encode(), "plan.txt")
    assert facts(again.tasks) == facts(register.tasks)
    assert len(again.projects) == 45


@pytest.mark.parametrize("spans", [True, False], ids=["colspan", "empty head"])
def test_a_web_page_with_merged_cells(register: Register, spans: bool) -> None:
    head = '<td colspan="2">重点任务</td>' if spans else "<td>重点任务</td><td></td>"
    out = [f"<p>{html.escape(line)}</p>" for line in before_tasks() if line]
    out.append(f"<table><tr><td>序号</td><td>任务类别</td>{head}<td>牵头部门</td><td>配合部门</td></tr>")
    runs: dict[tuple[int, int], int] = {}
    for column in (1, 2):
        at = 0
        for _, group in groupby(register.tasks, key=lambda t, c=column: cells(t)[c]):
            length = len(list(group))
            runs[at, column] = length
            at += length
    for n, task in enumerate(register.tasks):
        tds = []
        for column, text in enumerate(cells(task)):
            if column in (1, 2):
                if (n, column) in runs:
                    tds.append(f'<td rowspan="{runs[n, column]}">{html.escape(text)}</td>')
            else:
                tds.append(f"<td>{html.escape(text)}</td>")
        out.append(f"<tr>{''.join(tds)}</tr>")
    out.append("</table>")
    again = read_bytes("".join(out).encode(), "plan.html")
    assert facts(again.tasks) == facts(register.tasks)
