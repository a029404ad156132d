"""``qihou serve`` and ``qihou account …``."""

from __future__ import annotations

import os
import sys

import click

from qihou.record.start import start_django


@click.command()
@click.option("--host", "address", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Port; 0 takes any free one."
)
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64), help="Requests handled at a time.")
@click.option(
    "--workers",
    default=min(2, os.cpu_count() or 1),
    show_default=True,
    type=click.IntRange(1, 32),
    help="Server processes.",
)
def serve(address: str, port: int, threads: int, workers: int) -> None:
    """Start the portal: prepares the data folder when needed, then serves until Ctrl-C."""
    start_django()
    from . import serving

    try:
        port = serving.free_port(address, port)
        ready = serving.prepare(lambda text: click.echo(f"  {text} …"))
    except serving.UnableToServe as trouble:
        raise click.ClickException(str(trouble)) from None
    shown = f"[{address}]" if ":" in address else address
    click.echo(f"气候 Qihou   http://{shown}:{port}/")
    if ready.first:
        click.echo(
            f"首次登录 · first sign-in   用户名 user: {ready.first.username}   一次性密码 one-time password: {ready.first.password}"
        )
        click.echo("（只显示这一次，登录后须更改 · shown only now; must be changed at sign-in）")
    else:
        click.echo("忘记密码 · forgotten password: qihou account password USERNAME")
    if ready.interrupted:
        click.echo(
            f"上次有 {ready.interrupted} 项处理中断，已标明 · {ready.interrupted} interrupted jobs were marked so"
        )
    if address not in ("127.0.0.1", "::1", "localhost") and not os.environ.get("QIHOU_HOSTS"):
        click.echo(
            "QIHOU_HOSTS 未设置：只接受本机地址 · QIHOU_HOSTS is unset: only loopback names are answered", err=True
        )
    sys.stdout.flush()
    serving.run(address, port, workers=workers, threads=threads)


@click.group()
def account() -> None:
    """People who sign in."""


@account.command("add")
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--district", "district_code", required=True, help="Code of the district, e.g. 500151.")
@click.option("--role", required=True, help="lead_bureau, department, town, auditor or administrator.")
@click.option("--organisation", "organisation_code", default="", help="Code of the organisation the role is held for.")
@click.option("--subject", default="", help="Subject at the single sign-on provider.")
def add(username: str, name: str, district_code: str, role: str, organisation_code: str, subject: str) -> None:
    """Make an account with a one-time password."""
    start_django()
    from django.db import transaction

    from qihou.record.api import people
    from qihou.record.api.access import Actor
    from qihou.record.api.districts import district_by_code
    from qihou.record.models import Feature, Organisation

    actor = Actor.system("qihou account add")
    try:
        with transaction.atomic():
            district = district_by_code(district_code)
            organisation = None
            if organisation_code:
                organisation = Organisation.objects.get(district=district, code=organisation_code)
            password = people.new_password()
            person = people.create_person(
                actor,
                district,
                username=username,
                name=name,
                organisation=organisation,
                password=password,
                oidc_subject=subject,
            )
            people.grant_role(actor, district, person, role, organisation)
    except Feature.DoesNotExist:
        raise click.ClickException(f"no district {district_code}") from None
    except Organisation.DoesNotExist:
        raise click.ClickException(f"no organisation {organisation_code} in {district_code}") from None
    except people.UnableToManagePeople as trouble:
        raise click.ClickException(str(trouble)) from None
    click.echo(f"{username}   {password}")


@account.command("password")
@click.argument("username")
@click.option("--second-factor-off", is_flag=True, help="Also remove the second factor (lost telephone).")
def new_password(username: str, second_factor_off: bool) -> None:
    """Give a new one-time password, and lift a pause after wrong ones."""
    start_django()
    from axes.utils import reset
    from django.db import transaction
    from django_otp import devices_for_user

    from qihou.record.api import audit, people
    from qihou.record.api.access import Actor
    from qihou.record.models import Person

    actor = Actor.system("qihou account password")
    person = Person.objects.filter(username=username).first()
    if person is None:
        raise click.ClickException(f"nobody has the user name {username}")
    password = people.new_password()
    with transaction.atomic():
        people.set_password(actor, person, password)
        reset(username=username)
        if second_factor_off:
            for device in list(devices_for_user(person, confirmed=None)):
                device.delete()
            audit.write(actor, "second_factor.off", district=None, about=person)
    click.echo(f"{username}   {password}")


COMMANDS: list[click.Command] = [serve, account]
