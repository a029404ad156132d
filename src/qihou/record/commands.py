"""The record's commands. Only click is imported until one runs."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from qihou.record.geometry_command import geometry
from qihou.record.start import DatabaseNotPrepared, open_record, start_django

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FILE = click.Path(dir_okay=False, path_type=Path)


def _stop(sentence: str) -> NoReturn:
    """A plain refusal: one sentence, exit status 1."""
    raise click.ClickException(sentence)


def _open() -> None:
    try:
        open_record()
    except DatabaseNotPrepared as error:
        _stop(str(error))
    _in_english()


def _in_english() -> None:
    """The command line speaks English throughout, whatever the pages do."""
    from django.utils import translation

    translation.activate("en")


def _district(code: str):  # type: ignore[no-untyped-def]
    from qihou.record.api import districts
    from qihou.record.models import Feature

    try:
        return districts.district_by_code(code)
    except Feature.DoesNotExist:
        known = ", ".join(f"{d.code} {d.name}" for d in districts.districts()) or "none"
        _stop(f"no district {code} is loaded here (loaded: {known})")


@click.group()
def audit() -> None:
    """The audit log: verify it, export it."""


@audit.command("verify")
@click.option("--file", "file", type=_FILE, help="verify an exported .jsonl instead of this installation's log")
@click.option("--head", help="the hash noted earlier: the log must still contain it (shows a log cut short)")
def audit_verify(file: Path | None, head: str | None) -> None:
    """Check every hash chain; exit status 1 and the first broken event when one does not hold."""
    if file:
        start_django()
        _in_english()
    else:
        _open()
    from qihou.record.api import audit as log

    try:
        if file:
            with file.open(encoding="utf-8") as stream:
                events = list(log.read_export(stream))
            result = log.verify(events)
            contained = head is None or any(event["hash"] == head for event in events)
        else:
            result = log.verify()
            contained = head is None or log.contains(head)
    except (ValueError, UnicodeDecodeError) as error:
        _stop(str(error))
    if not result.ok:
        _stop(
            f"the audit log is broken at event {result.broken_sequence} of chain {result.broken_chain or 'installation'}: {result.message}"
        )
    if not contained:
        _stop("the log holds together, but the noted head is not in it: events have been cut off or the log replaced")
    click.echo(f"{result.count} events, {len(result.heads)} chains: all hold")
    for chain, (sequence, digest) in sorted(result.heads.items()):
        click.echo(f"{chain or 'installation'}  {sequence}  {digest}")


@audit.command("export")
@click.option("--out", type=_NEW_FILE, help="write to a file instead of the screen")
def audit_export(out: Path | None) -> None:
    """Write every event as one line of JSON."""
    _open()
    from qihou.record.api import audit as log

    if out is None:
        for line in log.export():
            click.echo(line)
        return
    with out.open("w", encoding="utf-8") as stream:
        for line in log.export():
            stream.write(line + "\n")
    click.echo(f"written: {out}")


@click.group()
def district() -> None:
    """Districts: load from a folder, list, export, import."""


@district.command("load")
@click.argument("folder", type=_FOLDER)
def district_load(folder: Path) -> None:
    """Load or refresh a district from its folder, e.g. districts/tongliang."""
    _open()
    from qihou.record.api import districts
    from qihou.record.api.access import Actor

    actor = Actor.system("qihou district load")
    try:
        loaded = districts.load_district(actor, folder)
        said = districts.load_parts(actor, loaded, folder)
    except districts.UnableToLoadDistrict as error:
        _stop(str(error))
    for line in (f"{loaded.code} {loaded.name}: loaded", *said):
        click.echo(line)


@district.command("list")
def district_list() -> None:
    """The districts of this installation."""
    _open()
    from qihou.record.api import districts

    for row in districts.districts():
        click.echo(f"{row.code}  {row.name}  {row.name_en}")


@district.command("demo-accounts")
@click.argument("folder", type=_FOLDER)
def district_demo_accounts(folder: Path) -> None:
    """Make the illustrative accounts a district's folder lists, with new passwords shown once."""
    _open()
    from qihou.record.api import districts, people
    from qihou.record.api.access import Actor

    actor = Actor.system("qihou district demo-accounts")
    try:
        loaded = districts.load_district(actor, folder)
        made = people.create_demo_accounts(actor, loaded, districts.demo_accounts(folder))
    except (districts.UnableToLoadDistrict, people.UnableToManagePeople) as error:
        _stop(str(error))
    for account in made:
        click.echo(f"{account.username}  {account.password}")
    click.echo(f"{len(made)} accounts made; they belong to nobody real and are marked illustrative")


@district.command("export")
@click.argument("code")
@click.argument("out", type=_NEW_FILE)
def district_export(code: str, out: Path) -> None:
    """Write a district's whole record to one .zip, to be imported elsewhere."""
    _open()
    from qihou.record.api import archive
    from qihou.record.api.access import Actor

    if not out.parent.is_dir():
        _stop(f"there is no folder {out.parent}")
    try:
        result = archive.export_district(Actor.system("qihou district export"), _district(code), out)
    except archive.UnableToExport as error:
        _stop(str(error))
    click.echo(f"{out}: {sum(result.rows.values())} rows, {result.files} files")
    click.echo(f"sha256 {result.sha256}  (note it, and give it to `qihou district import --sha256`)")


@district.command("import")
@click.argument("file", type=_FILE)
@click.option("--sha256", help="the hash that the export printed: refuse anything else")
def district_import(file: Path, sha256: str | None) -> None:
    """Take in a district's archive; all of it or nothing."""
    _open()
    import hashlib

    from qihou.record.api import archive
    from qihou.record.api.access import Actor

    if sha256:
        with file.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != sha256.strip().lower():
                _stop(f"{file.name} is not the file that was exported: its SHA-256 differs")
    try:
        result = archive.import_district(Actor.system("qihou district import"), file)
    except archive.UnableToImport as error:
        _stop(str(error))
    click.echo(f"{result.district.code} {result.district.name}: {sum(result.rows.values())} rows, {result.files} files")
    for was, now in result.renamed.items():
        click.echo(f"the user name {was} was taken here; the person is now {now}")
    click.echo("people arrive without passwords: set them with `qihou account password USERNAME`")


@click.command()
@click.argument("out", type=_NEW_FILE)
@click.option("--portable", is_flag=True, help="all rows as JSON: restores on SQLite and PostgreSQL alike")
@click.option(
    "--with-secret-key", is_flag=True, help="include the key that signs sessions; keep such a backup locked away"
)
def backup(out: Path, portable: bool, with_secret_key: bool) -> None:
    """Write the whole installation to one file; the portal may keep running."""
    _open()
    from qihou.record.api import backup as api
    from qihou.record.api.access import Actor

    if not out.parent.is_dir():
        _stop(f"there is no folder {out.parent}")
    made = api.backup(Actor.system("qihou backup"), out, portable=portable, with_secret_key=with_secret_key)
    key = (
        "with the secret key"
        if made.with_secret_key
        else "without the secret key: everybody signs in again after a restore"
    )
    click.echo(f"{out}: the database and {made.files} files, {key}")
    click.echo("it holds password hashes: keep it where only administrators can read it")


@click.command()
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="replace what this installation holds")
def restore(file: Path, replace: bool) -> None:
    """Put the installation back as a backup holds it; stop the portal first."""
    start_django()
    from qihou.record.api import audit as log
    from qihou.record.api import backup as api
    from qihou.record.api.access import Actor

    try:
        api.restore(Actor.system("qihou restore"), file, replace=replace)
    except api.UnableToRestore as error:
        _stop(str(error))
    result = log.verify()
    click.echo(f"restored from {file}; audit log: {result.count} events, {'all hold' if result.ok else result.message}")


district.add_command(geometry)
COMMANDS = (audit, district, backup, restore)
