"""Write an invented plan out in the forms that copying from a page or a file leaves behind."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from dataclasses import dataclass

from .invent import Plan

Grid = list[list[str]]


@dataclass(frozen=True)
class Form:
    """``keeps_blanks``: an empty cell leaves a trace, so every column can be told. ``merged``: printed once."""

    name: str
    suffix: str
    keeps_blanks: bool
    render: Callable[[Plan], bytes]


def grids(plan: Plan, *, merged: bool) -> list[tuple[str, Grid]]:
    """Three tables with title, first row the head. A repeated label is printed once when ``merged``."""

    def label(rows: list[str]) -> list[str]:
        return [r if not merged or i == 0 or rows[i - 1] != r else "" for i, r in enumerate(rows)]

    indicator_labels = label([i.category for i in plan.indicators])
    indicators: Grid = [["类别", "序号", "指标名称", "单位", "2020年", "2025年", "指标属性", "责任单位"]]
    indicators += [
        [c, str(i.no), i.name, i.unit or "/", i.base, i.target, i.nature, i.department]
        for c, i in zip(indicator_labels, plan.indicators, strict=True)
    ]

    def money(x: int | None) -> str:
        return "" if x is None else str(x)

    project_labels = label([p.category for p in plan.projects])
    projects: Grid = [
        [
            "序号",
            "类别",
            "项目名称",
            "建设内容",
            "建设年限",
            "总投资(万元)",
            "上级资金",
            "县级财政",
            "社会投资",
            "责任单位",
        ]
    ]
    projects += [
        [str(p.no), c, p.name, p.content, f"{p.start}-{p.end}", money(p.investment), money(p.upper), money(p.budget),
         money(p.private), "、".join(p.lead)]
        for c, p in zip(project_labels, plan.projects, strict=True)
    ]  # fmt: skip
    total = [money(t) for t in plan.totals]
    projects.append(["合计", "", "", "", "", *total, ""])
    chapters, keys = label([t.chapter for t in plan.tasks]), label([t.key_task for t in plan.tasks])
    tasks: Grid = [["序号", "任务类别", "重点任务", "主要内容", "牵头单位", "配合单位"]]
    tasks += [
        [str(t.no), c, k, t.text, "、".join(t.lead), "、".join(t.supporting)]
        for c, k, t in zip(chapters, keys, plan.tasks, strict=True)
    ]
    return [("表1 应对气候变化指标体系", indicators), ("附表1 重点项目表", projects), ("附表2 重点任务分工表", tasks)]


def prose(plan: Plan) -> list[str]:
    """What stands before the tables: a title, a preface, chapters with headings the task table repeats."""
    lines = [plan.title, "", "前 言", "", f"为落实上级部署,结合{plan.county}实际,编制本规划,规划期为2021—2025年。", ""]
    lines += ["第一章 总体要求", "", "坚持系统观念,统筹减缓与适应,协同推进各项工作。", ""]
    for n, chapter in enumerate(dict.fromkeys(t.chapter for t in plan.tasks), 2):
        lines += [f"第{'一二三四五六七'[n - 1]}章 {chapter}", ""]
        for m, key in enumerate(dict.fromkeys(t.key_task for t in plan.tasks if t.chapter == chapter)):
            lines += [f"({'一二三四五'[m]}){key}", ""]
            lines += ["".join(t.text for t in plan.tasks if t.key_task == key), ""]
    return lines


def _text(plan: Plan, body: Callable[[Grid], list[str]], *, merged: bool) -> bytes:
    lines = prose(plan)
    for title, grid in grids(plan, merged=merged):
        lines += [title, "", *body(grid), ""]
    return "\n".join(lines).encode()


def cells_blank_lost(grid: Grid) -> list[str]:
    return [x for row in grid for cell in row if cell for x in (cell, "")]


def cells_blank_kept(grid: Grid) -> list[str]:
    """One line a cell, an empty line for an empty cell, nothing between."""
    return [cell for row in grid for cell in row]


def cells_run_on(grid: Grid) -> list[str]:
    return [cell for row in grid for cell in row if cell]


def piped(grid: Grid) -> list[str]:
    return ["|".join(row) for row in grid]


def markdown(grid: Grid) -> list[str]:
    head, *rest = ["| " + " | ".join(row) + " |" for row in grid]
    return [head, "|" + "---|" * len(grid[0]), *rest]


def tabbed(grid: Grid) -> list[str]:
    return ["\t".join(row) for row in grid]


def html_tables(plan: Plan) -> bytes:
    """A page with navigation, a script, and tables whose repeated labels are merged by rowspan."""
    out = ["<html><head><meta charset='utf-8'><title>公开</title><script>var n='重点项目';</script></head><body>"]
    out.append("<div class='nav'><a href='#'>首页</a> &gt; <a href='#'>规划信息</a></div>")
    out += [f"<p>{html.escape(x)}</p>" for x in prose(plan) if x]
    for title, grid in grids(plan, merged=False):
        out.append(f"<p>{title}</p><table>")
        head, *rows = grid
        out.append("<tr>" + "".join(f"<th>{html.escape(c)}</th>" for c in head) + "</tr>")
        spans = {c: _spans([r[c] for r in rows]) for c, name in enumerate(head) if name in ("类别", "任务类别")}
        for r, row in enumerate(rows):
            cells = []
            for c, cell in enumerate(row):
                span = spans.get(c)
                if span and span[r] == 0:
                    continue
                attribute = f" rowspan='{span[r]}'" if span and span[r] > 1 else ""
                cells.append(f"<td{attribute}><p><span>{html.escape(cell)}</span></p></td>")
            out.append("<tr>" + "".join(cells) + "</tr>")
        out.append("</table>")
    out.append("<div>扫一扫在手机打开当前页</div></body></html>")
    return "".join(out).encode()


def _spans(values: list[str]) -> list[int]:
    """For each row the length of the merged cell that starts there, 0 inside one. Empty cells are not merged."""
    spans = [1] * len(values)
    start = 0
    for i in range(1, len(values)):
        if values[i] and values[i] == values[start]:
            spans[start] += 1
            spans[i] = 0
        else:
            start = i
    return spans


def docx_tables(plan: Plan) -> bytes:
    import docx

    document = docx.Document()
    for line in prose(plan):
        if line:
            document.add_paragraph(line)
    for title, grid in grids(plan, merged=False):
        document.add_paragraph(title)
        table = document.add_table(rows=len(grid), cols=len(grid[0]))
        for r, row in enumerate(grid):
            for c, cell in enumerate(row):
                table.cell(r, c).text = cell
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORMS = [
    Form("cells, blanks lost, repeated labels", ".txt", False, lambda p: _text(p, cells_blank_lost, merged=False)),
    Form("cells, blanks lost, merged labels", ".txt", False, lambda p: _text(p, cells_blank_lost, merged=True)),
    Form("cells, blanks kept, repeated labels", ".txt", True, lambda p: _text(p, cells_blank_kept, merged=False)),
    Form("cells, blanks kept, merged labels", ".txt", True, lambda p: _text(p, cells_blank_kept, merged=True)),
    Form("cells run on, repeated labels", ".txt", False, lambda p: _text(p, cells_run_on, merged=False)),
    Form("cells run on, merged labels", ".txt", False, lambda p: _text(p, cells_run_on, merged=True)),
    Form("pipes", ".txt", True, lambda p: _text(p, piped, merged=False)),
    Form("pipes, merged labels", ".txt", True, lambda p: _text(p, piped, merged=True)),
    Form("markdown", ".txt", True, lambda p: _text(p, markdown, merged=False)),
    Form("tabs", ".txt", True, lambda p: _text(p, tabbed, merged=True)),
    Form("tabs in GB18030", ".txt", True, lambda p: _text(p, tabbed, merged=False).decode().encode("gb18030")),
    Form("html", ".html", True, html_tables),
    Form("docx", ".docx", True, docx_tables),
]
