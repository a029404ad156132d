"""``qihou …``: the program from the command line. Heavy imports stay inside the commands that need them."""

from __future__ import annotations

import click

from qihou import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="qihou")
def main() -> None:
    """气候 Qihou: run a district's climate plan."""


def _django() -> None:
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qihou.web.settings")
    import django

    django.setup()


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("args", nargs=-1, type=click.UNPROCESSED)
def manage(args: tuple[str, ...]) -> None:
    """Django's own management commands, e.g. `qihou manage migrate`."""
    _django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["qihou manage", *args])
