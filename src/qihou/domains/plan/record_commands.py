"""``qihou plan import`` and ``qihou plan export``: into the record and out of it. Only click is imported until one runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from qihou.record.api.access import Actor
    from qihou.record.models import Feature

_LACKS = {
    "indicators": "没有读到指标表 (no table of indicators)",
    "projects": "没有读到项目表 (no table of projects)",
    "tasks": "没有读到任务 (no tasks)",
    "tables": "文中没有可以识别的表格 (no table of a known kind)",
}


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--district", required=True, help="the district's code, e.g. 500151")
@click.option("--plan", "plan_code", help="the plan it is a version of; a new code makes a new plan")
@click.option("--label", default="", help="what this version is, e.g. 征求意见稿")
@click.option("--title", help="the title of a new plan; otherwise the document's own")
def import_(file: Path, district: str, plan_code: str | None, label: str, title: str | None) -> None:
    """Read a plan into the record as a draft version for review: all of it or nothing."""
    feature, actor = _district(district), _operator()
    from qihou.domains.plan.api.errors import UnableToImport
    from qihou.domains.plan.api.importing import import_plan

    try:
        version = import_plan(
            actor,
            feature,
            name=file.name,
            content=file.read_bytes(),
            plan_code=plan_code,
            title=title,
            label=label,
            progress=_Echo(),
        )
    except UnableToImport as refusal:
        raise click.ClickException(str(refusal)) from refusal
    kinds = list(version.items.values_list("kind", flat=True))
    counted = " · ".join(
        f"{word} {kinds.count(kind)}" for word, kind in (("指标", "indicator"), ("项目", "project"), ("任务", "task"))
    )
    click.echo(
        f"{version.plan.title} ({version.plan.code}) 第 {version.number} 版 / version {version.number}: {counted}"
    )
    for code in version.statement:
        click.echo(f"- {_LACKS.get(code, code)}")


@click.command("export")
@click.option("--district", required=True, help="the district's code, e.g. 500151")
@click.option("--plan", "plan_code", help="the plan's code, where the district has several")
@click.option("--number", type=int, help="the version; otherwise the one in force, else the newest under review")
@click.option("--docx", type=click.Path(dir_okay=False, path_type=Path), help="the register as a Word file")
@click.option("--xlsx", type=click.Path(dir_okay=False, path_type=Path), help="the register as a workbook")
def export(district: str, plan_code: str | None, number: int | None, docx: Path | None, xlsx: Path | None) -> None:
    """Write a version's register to a file."""
    if not (docx or xlsx):
        raise click.UsageError("say where to: --docx FILE or --xlsx FILE")
    feature, actor = _district(district), _operator()
    from django.utils import timezone

    from qihou.domains.plan.api import exports, queries
    from qihou.domains.plan.api.errors import UnableToFind

    try:
        version = queries.choose_version(actor, feature, plan_code, number)
    except UnableToFind as trouble:
        raise click.ClickException(str(trouble)) from trouble
    for target, make in ((docx, exports.register_docx), (xlsx, exports.register_xlsx)):
        if target:
            _write_whole(target, make(actor, feature, version.uid, today=timezone.localdate()))
            click.echo(str(target))


def _write_whole(target: Path, content: bytes) -> None:
    """Beside it first, then in its place: who finds the file finds all of it."""
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as trouble:
        beside.unlink(missing_ok=True)
        raise click.ClickException(f"{target}: {trouble.strerror}") from trouble


class _Echo:
    """Progress on the error stream, so that the output stays clean."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        click.echo(f"{done}/{total} {text}" if total else text, err=True)


def _district(code: str) -> Feature:
    from qihou.record.start import DatabaseNotPrepared, open_record

    try:
        open_record()
    except DatabaseNotPrepared as trouble:
        raise click.ClickException(str(trouble)) from trouble
    from qihou.record.api import districts
    from qihou.record.models import Feature

    try:
        return districts.district_by_code(code)
    except Feature.DoesNotExist as trouble:
        known = ", ".join(f"{d.code} {d.name}" for d in districts.districts()) or "none"
        raise click.ClickException(f"no district {code} is loaded here (loaded: {known})") from trouble


def _operator() -> Actor:
    from qihou.record.api.access import Actor

    return Actor.system("command line")
