"""The parts of a backup: written with their hashes, read only after they have been checked."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

KIND, FORMAT = "qihou backup", 1
MANIFEST = "manifest.json"
_PART_NAME = re.compile(r"database\.sqlite3|secret\.key|rows/[a-z_0-9]+\.[a-z_0-9]+\.jsonl|files/[0-9a-f]{64}")
_CHUNK = 1 << 20


class UnableToRestore(Exception):
    """The file is no backup that can be restored here; the message says why. Nothing has been changed."""


class Writer:
    """Collects parts in a .zip and, at the end, the manifest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._listed: list[dict[str, Any]] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        digest, size = hashlib.sha256(), 0
        with self._archive.open(name, "w", force_zip64=True) as out:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        self._listed.append({"name": name, "sha256": digest.hexdigest(), "size": size})

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as stream:
            self.add(name, iter(lambda: stream.read(_CHUNK), b""))

    def finish(self, **about: Any) -> None:
        manifest = {"kind": KIND, "format": FORMAT, **about, "parts": self._listed}
        self._archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


@contextlib.contextmanager
def new_backup(path: Path) -> Iterator[Writer]:
    """A backup that appears under its name only when it is complete; readable by its owner alone."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
                yield Writer(archive)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def open_backup(path: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any], list[str]]]:
    """The archive, its manifest and the names of its parts, every one checked against its hash.

    Raises:
        UnableToRestore
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive)
            names = _checked_parts(archive, manifest)
            yield archive, manifest, names
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnableToRestore(f"{path.name} is no backup, or is damaged: {error}") from error


def _manifest(archive: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise UnableToRestore("this .zip is no backup of Qihou") from error
    if not isinstance(manifest, dict) or manifest.get("kind") != KIND:
        raise UnableToRestore(
            "this .zip is no backup of Qihou (a district's archive goes in by `qihou district import`)"
        )
    if not isinstance(manifest.get("format"), int) or manifest["format"] > FORMAT:
        raise UnableToRestore("the backup was made by a newer version of the program: update it first")
    return manifest


def _checked_parts(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> list[str]:
    names = []
    for part in manifest["parts"]:
        name = part["name"]
        if not _PART_NAME.fullmatch(name):
            raise UnableToRestore(f"a part of a backup cannot be named {name[:80]!r}")
        digest = hashlib.sha256()
        try:
            with archive.open(name) as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        except KeyError as error:
            raise UnableToRestore(f"the backup lacks {name}") from error
        if digest.hexdigest() != part["sha256"]:
            raise UnableToRestore(f"{name} is not what was written: the backup has been damaged or altered")
        names.append(name)
    return names
