"""Back up the whole installation and restore it: database, received files and, when asked, the secret key.

A backup is one .zip, readable by its owner only, because it holds password hashes and second factors. On SQLite it
holds the database itself, copied by SQLite's online backup while the program runs; on PostgreSQL, or when ``portable``,
all rows as JSON, which either database takes back (the way from SQLite to PostgreSQL). The secret key signs sessions
and nothing else; without it a restored installation makes its own and everybody signs in again.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from qihou import __version__
from qihou.record.api import audit, sources
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.api.archives.rows import UnreadableValue
from qihou.record.api.backups import tables
from qihou.record.api.backups.parts import UnableToRestore, new_backup, open_backup

__all__ = ["Backup", "UnableToRestore", "backup", "restore"]

_DATABASE, _KEY = "database.sqlite3", "secret.key"


@dataclass(frozen=True)
class Backup:
    """What a backup holds: ``engine`` is sqlite or rows."""

    path: Path
    engine: str
    files: int
    with_secret_key: bool


def backup(actor: Actor, path: Path | str, *, portable: bool = False, with_secret_key: bool = False) -> Backup:
    """Write everything to ``path``, which appears only when it is complete. The program may keep running.

    That it was made is written to the log afterwards, so not into the backup itself.

    Raises:
        NotPermitted: only the command line makes backups.
    """
    _system_only(actor)
    path = Path(path)
    engine = "sqlite" if connection.vendor == "sqlite" and not portable else "rows"
    with new_backup(path) as parts:
        if engine == "sqlite":
            with _copy_of_database(path.parent) as copy:
                parts.add_file(_DATABASE, copy)
        else:
            with _one_moment():
                for model in tables.all_tables():
                    parts.add(f"rows/{model._meta.label_lower}.jsonl", tables.lines(model))
        files = _stored_files()  # after the database: every file a row names is there before the row
        for file in files:
            parts.add_file(f"files/{file.name}", file)
        if with_secret_key:
            parts.add(_KEY, [settings.SECRET_KEY.encode()])
        parts.finish(
            engine=engine, program=__version__, made_at=timezone.now().isoformat(), migrations=_applied_migrations()
        )
    detail = {"engine": engine, "files": len(files), "with_signing_key": with_secret_key}
    audit.write(actor, "installation.backup", district=None, detail=detail)
    return Backup(path, engine, len(files), with_secret_key)


def restore(actor: Actor, path: Path | str, *, replace: bool = False) -> Backup:
    """Put an installation back as a backup holds it; all of it or nothing. Stop the portal first.

    Args:
        replace: allow it where people or districts are present; they are replaced.

    Raises:
        UnableToRestore: not a backup, damaged, newer than this program, or the installation is in use.
    """
    _system_only(actor)
    path = Path(path)
    if not path.is_file():
        raise UnableToRestore(f"there is no file {path}")
    with open_backup(path) as (archive, manifest, names):
        newer = {tuple(m) for m in manifest["migrations"]} - set(MigrationLoader(None).disk_migrations)
        if newer:
            raise UnableToRestore("the backup was made by a newer version of the program: update it first")
        if not replace and _in_use():
            raise UnableToRestore(
                "this installation holds people or districts; say --replace to put the backup in their place"
            )
        for name in names:
            if name.startswith("files/"):
                with archive.open(name) as stream:
                    sources.store(stream)  # type: ignore[arg-type]
        if manifest["engine"] == "sqlite":
            _restore_sqlite(archive)
        else:
            _restore_rows(archive, manifest, names)
        if _KEY in names:
            _restore_key(archive.read(_KEY))
    audit.write(actor, "installation.restore", district=None, detail={"made_at": str(manifest["made_at"])})
    files = sum(name.startswith("files/") for name in names)
    return Backup(path, manifest["engine"], files, _KEY in names)


def _system_only(actor: Actor) -> None:
    if not actor.is_system:
        raise NotPermitted("backup", ())  # type: ignore[arg-type]


@contextlib.contextmanager
def _copy_of_database(folder: Path) -> Iterator[Path]:
    """A consistent copy made while others write; removed afterwards."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".qihou-database-", suffix=".part")
    os.close(handle)
    try:
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(name)) as copy:
            connection.connection.backup(copy)
            _check_sqlite(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        yield Path(name)
    finally:
        for leftover in Path(folder).glob(Path(name).name + "*"):
            leftover.unlink()


def _check_sqlite(database: sqlite3.Connection) -> None:
    try:
        answer = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise UnableToRestore(f"the database cannot be read: {error}") from error
    if answer != "ok":
        raise UnableToRestore(f"the database is damaged: {answer}")


def _restore_sqlite(archive: zipfile.ZipFile) -> None:
    if connection.vendor != "sqlite":
        raise UnableToRestore(
            "this backup holds an SQLite database; make one with `qihou backup --portable` for PostgreSQL"
        )
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as folder:
        copy = Path(archive.extract(_DATABASE, folder))
        with contextlib.closing(sqlite3.connect(copy)) as source:
            _check_sqlite(source)
            connection.ensure_connection()
            # One transaction of SQLite's own: whoever is stopped here finds the former database.
            source.backup(connection.connection)
    connection.close()
    call_command("migrate", verbosity=0, skip_checks=True, interactive=False)


def _restore_rows(archive: zipfile.ZipFile, manifest: dict[str, Any], names: list[str]) -> None:
    call_command("migrate", verbosity=0, skip_checks=True, interactive=False)
    models = tables.all_tables()
    expected = {f"rows/{m._meta.label_lower}.jsonl" for m in models}
    if expected != {n for n in names if n.startswith("rows/")} or set(map(tuple, manifest["migrations"])) != set(
        map(tuple, _applied_migrations())
    ):
        raise UnableToRestore("the backup was made by another version of the program; restore it with that version")
    try:
        with transaction.atomic():
            tables.empty_all(models)
            for model in models:
                with archive.open(f"rows/{model._meta.label_lower}.jsonl") as stream:
                    tables.fill(model, (json.loads(line) for line in stream))
            tables.number_on(models)
            connection.check_constraints()
    except (DatabaseError, UnreadableValue, ValueError, KeyError) as error:
        raise UnableToRestore(f"the backup's rows do not fit together: {error}") from error


def _restore_key(key: bytes) -> None:
    path = Path(settings.DATA) / "secret.key"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".secret-")
    with os.fdopen(handle, "wb") as out:
        out.write(key)
    os.replace(name, path)


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    nested = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _stored_files() -> list[Path]:
    root = Path(settings.FILES_ROOT)
    return sorted(p for p in root.glob("??/??/*") if p.is_file()) if root.is_dir() else []


def _applied_migrations() -> list[list[str]]:
    loader = MigrationLoader(connection)
    return sorted([app, name] for app, name in loader.applied_migrations)


def _in_use() -> bool:
    from qihou.record.models import Feature, Person

    present = set(connection.introspection.table_names())
    return any(m._meta.db_table in present and m._base_manager.exists() for m in (Person, Feature))
