"""``qihou …``: the program from the command line. Heavy imports stay inside the commands that need them."""

from __future__ import annotations

import click

from qihou import __version__
from qihou.domains.plan.commands import COMMANDS as PLAN_COMMANDS
from qihou.record.commands import COMMANDS as RECORD_COMMANDS
from qihou.record.start import start_django
from qihou.web.commands import COMMANDS as WEB_COMMANDS


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qihou")
def main() -> None:
    """气候 Qihou: run a district's climate plan."""


for command in (*RECORD_COMMANDS, *PLAN_COMMANDS, *WEB_COMMANDS):
    main.add_command(command)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def manage(args: tuple[str, ...]) -> None:
    """Django's own management commands, e.g. `qihou manage migrate`."""
    start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["qihou manage", *args])
