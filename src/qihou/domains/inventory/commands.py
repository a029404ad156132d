"""``qihou inventory …`` and ``qihou why``: the year's workbook out and in, the inventory worked out, a number opened.

No portal, no settings and no database are needed. Only click is imported until a command runs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from qihou.domains.inventory.methods.opening import Opened

GWP_SETS = ("SAR", "AR4", "AR5", "AR6")
EDITIONS = ("provincial-2011", "provincial-2025", "ipcc-2006")
LANDFILL = ("mass-balance", "first-order-decay")
# The ends of a 95 % interval are the third draws from either end of a hundred; of fewer they mean nothing.
_FEWEST_DRAWS = 100
_FILES = click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))


def _refuse(zh: str, en: str = "") -> None:
    click.echo(f"{zh} {en}".strip(), err=True)
    sys.exit(1)


def _chosen(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of an inventory that its workbook does not fix, or may be worked with otherwise."""
    for option in (
        click.option(
            "--edition", type=click.Choice(EDITIONS), help="methods and factors; the workbook's own by default"
        ),
        click.option("--landfill", type=click.Choice(LANDFILL), help="the workbook's own by default"),
        click.option("--gwp", type=click.Choice(GWP_SETS), default="AR5", show_default=True, help="warming potentials"),
        click.option("--year", type=int, help="the latest of the workbooks by default"),
    ):
        command = option(command)
    return command


@click.group()
def inventory() -> None:
    """The district's greenhouse-gas inventory, without portal and database."""


@inventory.command("workbook")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--year", type=click.IntRange(1990, 2100), required=True)
@click.option("--district", "code", default="", help="six digits of a bundled district; the first one by default")
@click.option("--edition", type=click.Choice(EDITIONS), default=EDITIONS[0], show_default=True)
@click.option("--landfill", type=click.Choice(LANDFILL), default=LANDFILL[0], show_default=True)
@click.option("--sheet", "sheets", multiple=True, help="only this sheet, by its key; may be given several times")
@click.option("--filled-illustrative", "illustrative", is_flag=True, help="filled with made-up data, marked so")
def workbook(
    out: Path, year: int, code: str, edition: str, landfill: str, sheets: tuple[str, ...], illustrative: bool
) -> None:
    """Write the form of a year to OUT (xlsx): a sheet for each department's figures."""
    from qihou.domains.inventory.methods.opening import UnableToOpen, write_form
    from qihou.domains.inventory.methods.scheme.parts import Options

    try:
        count = write_form(out, year, code, Options(edition, landfill), sheets, illustrative)
    except UnableToOpen as trouble:
        _refuse(str(trouble))
        return
    click.echo(f"{out}：{count} 个指标 · quantities")


@inventory.command("check")
@_FILES
@_chosen
@click.option("--json", "as_json", is_flag=True)
def check(
    files: tuple[Path, ...], edition: str | None, landfill: str | None, gwp: str, year: int | None, as_json: bool
) -> None:
    """Say what is wrong, missing or odd in filled workbooks, cell by cell."""
    from qihou.domains.inventory.methods.as_json import findings_as_json
    from qihou.domains.inventory.methods.checks import check_inventory
    from qihou.domains.inventory.methods.checks.finding import most_serious_first

    opened = _open(files, edition, landfill, gwp, year)
    found = most_serious_first([*opened.findings, *check_inventory(opened.worked, opened.entries, opened.previous)])
    if as_json:
        _print({"files": opened.about, "findings": findings_as_json(found)})
        return
    for finding in found:
        click.echo(f"[{finding.severity.value}] {finding.zh}")
        for cell in finding.cells[:5]:
            click.echo(f"    {cell}")
    click.echo(f"{len(found)} 项 · findings", err=True)


@inventory.command("compute")
@_FILES
@_chosen
@click.option("--draws", type=click.IntRange(0, 100_000), default=0, show_default=True, help="of approach 2")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="all figures as JSON, described by inventory.schema.json")
@click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), help="also write a workbook of live formulas")
def compute(
    files: tuple[Path, ...], edition: str | None, landfill: str | None, gwp: str, year: int | None, draws: int, seed: int,
    as_json: bool, xlsx: Path | None,
) -> None:  # fmt: skip
    """Work out the inventory from filled workbooks: give several years where a method needs them."""
    from qihou.domains.inventory.methods.as_json import findings_as_json, worked_as_json

    if 0 < draws < _FEWEST_DRAWS:
        raise click.UsageError(f"{draws} draws show no range; take 0 or at least {_FEWEST_DRAWS}")
    if xlsx and any(xlsx.resolve() == file.resolve() for file in files):
        _refuse(
            f"“{xlsx}”就是要读的填报表，不能写在它上面；请换一个文件名。",
            f"{xlsx} is the workbook that is read; choose another name.",
        )
    opened = _open(files, edition, landfill, gwp, year, draws, seed)
    if xlsx:
        from qihou.domains.inventory.methods.formulas import write_formulas

        _save(xlsx, write_formulas(opened.worked, opened.district_name, illustrative=opened.illustrative))
    printed = {
        "district": opened.district, "files": opened.about, "illustrative": opened.illustrative, "seed": seed,
        **worked_as_json(opened.worked), "findings": findings_as_json(opened.findings),
    }  # fmt: skip
    if as_json:
        _print(printed)
    else:
        _summary(printed)


@inventory.command("methods")
@click.option("--json", "as_json", is_flag=True)
def methods(as_json: bool) -> None:
    """All methods: key, clause, inputs with their units, unit of the result."""
    from qihou.domains.inventory.methods.listing import all_methods

    found = all_methods()
    if as_json:
        _print(found)
        return
    for method in found:
        needs = ", ".join(f"{need['name']} [{need['unit']}]" for need in method["needs"])
        click.echo(f"{method['key']}/{method['version']} → {method['unit']}  {method['name']}\n    {needs}")


@click.command("why")
@click.argument("figure")
@click.argument("files", nargs=-1, metavar="[FILE]…", type=click.Path(path_type=Path))
@_chosen
@click.option("--depth", type=click.IntRange(1), help="levels of the tree; all by default")
def why(
    figure: str, files: tuple[Path, ...], edition: str | None, landfill: str | None, gwp: str, year: int | None,
    depth: int | None,
) -> None:  # fmt: skip
    """Print the tree under FIGURE: `energy.combustion/CO2@2020`, or the beginning of an id that `compute` printed.

    Without a FILE the bundled district's illustrative figures are opened.
    """
    from qihou.domains.inventory.methods.tree import UnableToFindFigure, figure_named, tree_lines

    name, _, of_year = figure.partition("@")
    if of_year and not of_year.isdigit():
        raise click.UsageError(f"{of_year!r} is no year; write energy/CO2@2020")
    opened = _open(files, edition, landfill, gwp, int(of_year) if of_year else year)
    if opened.illustrative:
        click.echo("示例数据，并非真实统计。 Illustrative data.", err=True)
    try:
        cell = figure_named(opened.worked, name)
    except UnableToFindFigure as trouble:
        _refuse(str(trouble))
        return
    for line in tree_lines(opened.worked, cell, depth):
        click.echo(line)


def _open(
    files: tuple[Path, ...], edition: str | None, landfill: str | None, gwp: str, year: int | None, draws: int = 0,
    seed: int = 0,
) -> Opened:  # fmt: skip
    from qihou.domains.inventory.methods.opening import UnableToOpen, open_files

    try:
        return open_files(files, edition, landfill, gwp, year, draws, seed)
    except UnableToOpen as trouble:
        _refuse(str(trouble))
        raise


def _print(content: Any) -> None:
    import json

    click.echo(json.dumps(content, ensure_ascii=False, indent=1).encode())


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        _refuse(f"写不了“{path}”：{error.strerror}。", f"{path} cannot be written: {error.strerror}.")


def _summary(printed: dict[str, Any]) -> None:
    from qihou.domains.inventory.methods.words import STATUSES
    from qihou.figures.missing import Status

    marked = "【示例数据】" if printed["illustrative"] else ""
    click.echo(f"{printed['year']} · {printed['edition']} · {printed['gwp']} {marked}")
    for line in printed["lines"]:
        if line["gas"]:
            continue
        value = line["state"] if line["value"] is None else f"{_digits(line['value'])} {line['unit']}"
        half = "" if line["half_percent"] is None else f" ±{line['half_percent']:.1f}%"
        click.echo(
            f"{line['number'] or '·':<9}{line['name']}\t{value}{half}\t{STATUSES[Status(line['status'])]}\t#{line['id']}"
        )


def _digits(value: float) -> str:
    """Tonnes to a tenth; what is small (an intensity, a share) to four significant digits."""
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:.4g}"


COMMANDS = (inventory, why)
