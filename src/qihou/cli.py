"""``qihou …``: the program from the command line. Heavy imports stay inside the commands that need them."""

from __future__ import annotations

from datetime import date, datetime

import click

from qihou import __version__
from qihou.domains.inventory.commands import COMMANDS as INVENTORY_COMMANDS
from qihou.domains.plan.commands import COMMANDS as PLAN_COMMANDS
from qihou.record.commands import COMMANDS as RECORD_COMMANDS
from qihou.record.start import start_django
from qihou.web.commands import COMMANDS as WEB_COMMANDS


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qihou")
def main() -> None:
    """气候 Qihou: run a district's climate plan."""


for command in (*RECORD_COMMANDS, *PLAN_COMMANDS, *INVENTORY_COMMANDS, *WEB_COMMANDS):
    main.add_command(command)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def manage(args: tuple[str, ...]) -> None:
    """Django's own management commands, e.g. `qihou manage migrate`."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["qihou manage", *args])


@main.group()
def facts() -> None:
    """Factors and other cited values: what there is, on what it stands, what wants to be looked at again."""


@facts.command("list")
@click.argument("words", nargs=-1)
@click.option("--grade", help="Only this grade, e.g. M for what is from memory.")
def facts_list(words: tuple[str, ...], grade: str | None) -> None:
    """Greenhouse-gas factors in whose names, edition, region or sources all WORDS occur."""
    from qihou.facts.factors import search
    from qihou.facts.loader import GRADES

    if grade is not None and grade not in GRADES:
        raise click.UsageError(f"there is no grade {grade!r}; there are {', '.join(GRADES)}")
    found = [f for f in search(" ".join(words)) if grade in (None, f.grade)]
    for factor in found:
        click.echo(f"{factor.value}\t{factor.unit}\t{factor.grade}\t{factor.said()}\t{factor.id}")
    click.echo(f"{len(found)} 个因子 · factors", err=True)


@facts.command("overdue")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As of this day; today if not given.")
def facts_overdue(day: datetime | None) -> None:
    """What should have been looked at again by now, the longest overdue first."""
    from qihou.facts import factors, loader

    on = day.date() if day else date.today()
    for factor in factors.overdue(on):
        click.echo(f"{factor.review_by}\t{factor.id}")
    for name, value, checked in loader.overdue(on):
        click.echo(f"{checked}\t{name}.{value}")


@facts.command("show")
@click.argument("id")
def facts_show(id: str) -> None:
    """One factor with all it stands on; ID as `qihou facts list` prints it."""
    from qihou.facts.factors import UnableToFindFactor, factor_by_id
    from qihou.facts.vocabulary import editions, regions

    try:
        factor = factor_by_id(id)
    except UnableToFindFactor as trouble:
        raise click.ClickException(f"{trouble}; qihou facts list WORDS prints the ids") from None
    click.echo(f"{factor.said()} · {factor.said('en')}")
    click.echo(f"{factor.value} {factor.unit} {factor.spread}".rstrip())
    click.echo(f"{editions()[factor.edition].name.zh} · {regions()[factor.region].name.zh} {factor.dated_as}".rstrip())
    click.echo(f"等级 {factor.grade}{'（待核）' if factor.to_confirm else ''} · {factor.evidence}")
    for source in factor.sources:
        click.echo(f"- {source.document}，{source.clause}（{source.year}）{source.link}")
    click.echo(f"核对 checked {factor.last_checked} · 再核 review by {factor.review_by}")
    if factor.note:
        click.echo(factor.note)
