"""Everything between typing ``qihou serve`` and the first page: the data folder made ready, cheaply when it already is."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import polib
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from qihou.record.api import districts, jobs, people
from qihou.record.api.access import Actor

Say = Callable[[str], None]
PACKAGE: Path = settings.PACKAGE
UNUSED = ["django_htmx/*"]  # we ship htmx ourselves; its copy refers to files it does not bring


class UnableToServe(Exception):
    """The portal cannot start; the message says why and what to do."""


@dataclass(frozen=True)
class Ready:
    """``first`` is the sign-in made just now, shown once; None when somebody can sign in already."""

    first: people.FirstSignIn | None
    interrupted: int


def prepare(say: Say) -> Ready:
    """Make the data folder ready. Each step first asks whether there is anything to do."""
    migrate(say)
    compile_messages()
    collect_static(say)
    load_bundled(say)
    interrupted = jobs.mark_interrupted()
    return Ready(people.first_sign_in(), interrupted)


def migrate(say: Say) -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        say("正在准备数据库 · preparing the database")
        call_command("migrate", interactive=False, verbosity=0)


def compile_messages() -> None:
    for path in PACKAGE.glob("locale/*/LC_MESSAGES/*.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            polib.pofile(str(path)).save_as_mofile(str(target))


def static_fingerprint() -> str:
    """Changes when any static file of the package does: name, size and time, not content, so that it costs little."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.glob("**/static/**/*")):
        if path.is_file():
            about = path.stat()
            digest.update(f"{path.relative_to(PACKAGE)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static(say: Say) -> None:
    """Hash and compress the static files when they changed; the server process then finds their manifest."""
    from django.contrib.staticfiles.management.commands.collectstatic import Command

    from .staticfiles import HashedFiles

    if not (PACKAGE / "face/static/vendor/manifest.json").exists():
        raise UnableToServe(
            "the front-end libraries are not in place: run `make setup` (or `python tools/assets.py`) first"
        )
    stamp = Path(settings.DATA) / "static.fingerprint"
    wanted = static_fingerprint()
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if stamp.exists() and stamp.read_text() == wanted and manifest.exists():
        return
    say("正在整理页面文件 · collecting page assets")
    manifest.unlink(missing_ok=True)
    command = Command()
    command.storage = HashedFiles()
    call_command(command, interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
    stamp.write_text(wanted)


def load_bundled(say: Say) -> None:
    """The districts that come with the program, when the record has none."""
    if districts.districts().exists():
        return
    for folder in sorted(Path(settings.DISTRICTS).glob("*/district.yaml")):
        say(f"正在载入 · loading {folder.parent.name}")
        actor = Actor.system("first start")
        loaded = districts.load_district(actor, folder.parent)
        for line in districts.load_parts(actor, loaded, folder.parent):
            say(line)


def free_port(address: str, port: int) -> int:
    """The port to use: the one asked for, or any free one for 0.

    Raises:
        UnableToServe: somebody else has it, or we may not take it.
    """
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError:
            raise UnableToServe(
                f"port {port} needs an administrator here; take one above 1023, e.g. --port 8000"
            ) from None
        except OSError:
            raise UnableToServe(
                f"端口 {port} 已被占用 · port {port} is taken: stop what uses it, or run `qihou serve --port 0` to take any free one"
            ) from None
        return int(probe.getsockname()[1])


def run(address: str, port: int, *, workers: int, threads: int) -> NoReturn:
    """Become the server. A fresh process, so that no database connection of the preparation is shared with workers."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws",
        "--host", address, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads),
        "--log-level", "error", "--respawn-failed-workers", "--workers-kill-timeout", "10",
        "qihou.web.wsgi:application",
    ]  # fmt: skip
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter and words
