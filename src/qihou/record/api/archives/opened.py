"""An archive as received: nothing in it is believed before it has been checked."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from qihou.record.api.archives.write import AUDIT, FORMAT, MANIFEST

MOST_BYTES = 50 * 1024**3  # of everything unpacked
MOST_MANIFEST_BYTES = 50 * 1024**2
MOST_LINE_BYTES = 64 * 1024**2
_SUSPICIOUS_SIZE, _SUSPICIOUS_RATIO = 100 * 1024**2, 500
_PART_NAME = re.compile(r"tables/[a-z_]+\.[a-z_]+\.jsonl|files/[0-9a-f]{64}|audit\.jsonl")


class UnableToImport(Exception):
    """The file is no archive that can be taken in here; the message says why. Nothing has been changed."""


@dataclass
class OpenedArchive:
    """An archive whose manifest, part names, sizes and hashes have been checked."""

    archive: zipfile.ZipFile
    manifest: dict[str, Any]
    parts: dict[str, dict[str, Any]]

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """The JSON lines of a part."""
        with self.archive.open(name) as stream:
            number = 0
            while line := stream.readline(MOST_LINE_BYTES):
                number += 1
                try:
                    row = json.loads(line)
                except (ValueError, RecursionError) as error:
                    raise UnableToImport(f"{name}, line {number}: not a line of JSON") from error
                if not isinstance(row, dict):
                    raise UnableToImport(f"{name}, line {number}: not a row")
                yield row

    def file_names(self) -> list[str]:
        return [name for name in self.parts if name.startswith("files/")]


def open_archive(path: Path) -> OpenedArchive:
    """Open and check everything that can be checked without the database.

    Raises:
        UnableToImport
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise UnableToImport(f"there is no file {path}") from error
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnableToImport(f"{path.name} is not a .zip archive, or is cut short") from error
    try:
        return _checked(archive, path)
    except UnableToImport:
        archive.close()
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        archive.close()
        raise UnableToImport(f"{path.name} is damaged: {error}") from error


def _checked(archive: zipfile.ZipFile, path: Path) -> OpenedArchive:
    infos = {info.filename: info for info in archive.infolist()}
    if len(infos) != len(archive.infolist()):
        raise UnableToImport("two parts of the archive have the same name")
    manifest = _manifest(archive, infos.get(MANIFEST), path)
    parts: dict[str, dict[str, Any]] = {}
    total = 0
    for part in manifest["parts"]:
        if not (isinstance(part, dict) and isinstance(part.get("name"), str) and isinstance(part.get("size"), int)):
            raise UnableToImport("the manifest lists something that is no part")
        name = part["name"]
        if not _PART_NAME.fullmatch(name):
            raise UnableToImport(f"a part of an archive cannot be named {name[:80]!r}")
        if name in parts or name not in infos:
            raise UnableToImport(
                f"{name} is listed in the manifest {'twice' if name in parts else 'but not in the file'}"
            )
        info = infos[name]
        total += part["size"]
        if info.file_size != part["size"] or total > MOST_BYTES:
            raise UnableToImport(f"{name} has not the size that the manifest states, or the archive is far too large")
        if info.file_size > _SUSPICIOUS_SIZE and info.file_size > _SUSPICIOUS_RATIO * max(info.compress_size, 1):
            raise UnableToImport(f"{name} unpacks to {info.file_size} bytes from {info.compress_size}: refused")
        parts[name] = part
    if strangers := set(infos) - set(parts) - {MANIFEST}:
        raise UnableToImport(f"the file holds what its manifest does not list: {sorted(strangers)[0][:80]!r}")
    if AUDIT not in parts:
        raise UnableToImport("the archive has no audit log")
    for name, part in parts.items():
        with archive.open(name) as stream:
            if _sha256(stream, part["size"]) != part.get("sha256"):
                raise UnableToImport(f"{name} is not what was written: its SHA-256 differs from the manifest's")
        if name.startswith("files/") and name != f"files/{part['sha256']}":
            raise UnableToImport(f"{name} is not named after its content")
    return OpenedArchive(archive, manifest, parts)


def _manifest(archive: zipfile.ZipFile, info: zipfile.ZipInfo | None, path: Path) -> dict[str, Any]:
    if info is None or info.file_size > MOST_MANIFEST_BYTES:
        raise UnableToImport(f"{path.name} is a .zip, but no district's archive: it has no manifest")
    try:
        manifest = json.loads(archive.read(info))
    except (ValueError, RecursionError) as error:
        raise UnableToImport("the manifest cannot be read") from error
    if isinstance(manifest, dict) and manifest.get("kind"):
        raise UnableToImport(f"{path.name} is a backup of a whole installation: it goes in by `qihou restore`")
    if not isinstance(manifest, dict) or not isinstance(manifest.get("format"), int):
        raise UnableToImport(f"{path.name} is a .zip, but no district's archive: its manifest states no format")
    if manifest["format"] > FORMAT:
        raise UnableToImport(
            f"the archive has format {manifest['format']}, this program reads up to {FORMAT}: update the program first"
        )
    district = manifest.get("district")
    if (
        manifest["format"] < 1
        or not isinstance(manifest.get("parts"), list)
        or not isinstance(district, dict)
        or not all(isinstance(district.get(key), str) for key in ("uid", "code", "name"))
    ):
        raise UnableToImport("the manifest is incomplete")
    return manifest


def _sha256(stream: Any, size: int) -> str:
    digest, read = hashlib.sha256(), 0
    source: BinaryIO = stream
    while chunk := source.read(1 << 20):
        read += len(chunk)
        if read > size:
            raise UnableToImport("a part unpacks to more than it says")
        digest.update(chunk)
    return digest.hexdigest()
