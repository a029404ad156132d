"""``qihou plan …``: read a plan without a database, bring it into the record, take its register out.

Only click is imported until a command runs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .record_commands import export, import_

if TYPE_CHECKING:
    from qihou.domains.plan.methods.register import Register


@click.group()
def plan() -> None:
    """The district's plan: read a document, bring it in."""


@plan.command("read")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="the whole register as JSON, described by register.schema.json")
def read(file: Path, as_json: bool) -> None:
    """Read a plan and print its register; nothing is stored and no database is needed.

    Exit status 0 whenever a register, or a statement of what is absent, was produced; 2 when the file yields no text.
    """
    from qihou.domains.plan.methods.errors import UnableToRead
    from qihou.domains.plan.methods.read import read_path

    try:
        register = read_path(file)
    except UnableToRead as trouble:
        where = f" (第 {trouble.line} 行 / line {trouble.line})" if trouble.line else ""
        click.echo(f"{trouble.message_zh} {trouble.message_en}{where}", err=True)
        sys.exit(2)
    if as_json:
        _print_json(register)
    else:
        _print_summary(register)


def _print_json(register: Register) -> None:
    import json

    from qihou.domains.plan.methods.as_json import to_json

    text = json.dumps(to_json(register), ensure_ascii=False, indent=1)
    click.echo(text.encode("utf-8", errors="replace"))


_LACKS = {
    "indicators": "没有读到指标表 (no table of indicators)",
    "projects": "没有读到项目表 (no table of projects)",
    "tasks": "没有读到任务 (no tasks)",
    "tables": "文中没有可以识别的表格 (no table of a known kind)",
}


def _print_summary(register: Register) -> None:
    from qihou.domains.plan.methods.as_json import to_json

    printed = to_json(register)
    years = f"{register.first_year}–{register.last_year}" if register.first_year else "?"
    click.echo(f"{register.title or '(无标题 / untitled)'} · {years}")
    open_cells = sum(1 for row in register.rows() for c in row.cells.values() if c.how == "undecided")
    click.echo(
        f"指标 {len(register.indicators)} · 项目 {len(register.projects)} · 任务 {len(register.tasks)}"
        f" · 未定 {open_cells} (indicators, projects, tasks, undetermined cells)"
    )
    for code in register.lacks:
        click.echo(f"- {_LACKS.get(code, code)}")
    for finding in printed["findings"]:
        click.echo(f"[{finding['severity']}] {finding['message']}")


plan.add_command(import_)
plan.add_command(export)

COMMANDS = (plan,)
