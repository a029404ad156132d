"""Files exactly as they were received, addressed by their content."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Source

_CHUNK = 1 << 20
_ACT_BY_PURPOSE = {"plan": Act.IMPORT_PLAN, "evidence": Act.WRITE_PROGRESS, "workbook": Act.WRITE_ENTRY}


class UnableToReadSource(OSError):
    """The stored file is gone or no longer what was received."""


def file_of(sha256: str) -> Path:
    """Where a file with this SHA-256 stands: ``FILES_ROOT/ab/cd/abcd…``."""
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:4] / sha256


def store(content: bytes | BinaryIO) -> tuple[str, int]:
    """Put content under its SHA-256 and give that and its size in bytes.

    The bytes are on the disk before the name is: whoever finds the name finds the whole file. A file without a row,
    left by an interrupted act, costs room and nothing else.
    """
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    stream: BinaryIO = io.BytesIO(content) if isinstance(content, bytes | bytearray | memoryview) else content
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(dir=root, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as out:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        target = file_of(digest.hexdigest())
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(name, target)
        _sync_folder(target.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest.hexdigest(), size


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable (a folder cannot be synced on Windows, nor needs to be)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def receive(
    actor: Actor,
    district: Feature,
    *,
    name: str,
    content: bytes | BinaryIO,
    purpose: str,
    media_type: str = "",
    title: str = "",
    publisher: str = "",
    published_on: date | None = None,
    licence: str = "",
) -> Source:
    """Keep a file as received. The same bytes for the same purpose in a district are one Source.

    Evidence is one only for the same sender and file name: nobody's file appears under another's name for it.

    Args:
        purpose: ``plan``, ``evidence`` or ``workbook``; decides which permission is asked for.

    Raises:
        NotPermitted: the actor may not bring in files for this purpose.
        ValueError: an unknown purpose.
    """
    if purpose not in _ACT_BY_PURPOSE:
        raise ValueError(f"a source is received for {', '.join(_ACT_BY_PURPOSE)}; {purpose!r} is none of them")
    require(actor, _ACT_BY_PURPOSE[purpose], district_id=district.pk, organisation_ids=actor.organisations(district.pk))
    sha256, size = store(content)
    name = Path(name.replace("\\", "/")).name[:300] or "file"
    known = Source.objects.filter(district=district, sha256=sha256, purpose=purpose)
    if purpose == "evidence":
        known = known.filter(name=name, received_by_id=actor.person_id)
    if existing := known.first():
        return existing
    try:
        with transaction.atomic():
            source = Source.objects.create(
                district=district,
                name=name,
                media_type=media_type[:120],
                sha256=sha256,
                size=size,
                received_by_id=actor.person_id,
                title=title[:300],
                publisher=publisher[:300],
                published_on=published_on,
                licence=licence[:200],
                purpose=purpose,
            )
            audit.write(
                actor, "source.receive", district=district, about=source,
                detail={"name": source.name, "sha256": sha256, "size": size, "purpose": purpose},
            )  # fmt: skip
    except IntegrityError:
        return known.get()  # somebody else received the same file in the same moment
    return source


def open_source(source: Source) -> BinaryIO:
    """The file's bytes. The caller has decided that the reader may see them.

    The content is checked against its SHA-256 first, so what is handed out is what was received.

    Raises:
        UnableToReadSource: the file is missing or has been altered on the disk.
    """
    path = file_of(source.sha256)
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise UnableToReadSource(
            f"the file of source {source.uid} ({source.name}) is missing from the store"
        ) from error
    if hashlib.file_digest(stream, "sha256").hexdigest() != source.sha256:
        stream.close()
        raise UnableToReadSource(f"the file of source {source.uid} ({source.name}) is not what was received")
    stream.seek(0)
    return stream
