"""Limits on what is opened at all."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from ..errors import UnableToRead

MOST_BYTES = 50 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
MOST_PARTS = 5000
MOST_LINES = 200_000


def too_large(size: int) -> UnableToRead:
    most = MOST_BYTES // (1024 * 1024)
    found = size / (1024 * 1024)
    return UnableToRead(
        f"文件有 {found:.0f} MB,超过 {most} MB 的上限。",
        f"The file has {found:.0f} MB; the limit is {most} MB.",
    )


def checked_zip(data: bytes, name: str) -> zipfile.ZipFile:
    """An archive that unpacks to a sane size.

    Raises:
        UnableToRead: damaged, or a bomb.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise UnableToRead(
            f"文件“{name}”已损坏，打不开。", f"The file “{name}” is damaged and cannot be opened."
        ) from problem
    unpacked = sum(e.file_size for e in entries)
    packed = max(1, sum(e.compress_size for e in entries))
    if (
        unpacked > MOST_UNPACKED
        or len(entries) > MOST_PARTS
        or (unpacked > 20 * 1024 * 1024 and unpacked / packed > MOST_RATIO)
    ):
        raise UnableToRead(
            f"文件“{name}”解压后过大，可能是压缩炸弹，已拒绝。",
            f"The file “{name}” unpacks to too much data and was refused.",
        )
    if any(e.flag_bits & 0x1 for e in entries):
        raise UnableToRead(f"文件“{name}”有密码保护。", f"The file “{name}” is protected by a password.")
    return archive


_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    EOFError,
)


def check_streams(data: bytes, name: str) -> None:
    """Refuse a PDF whose packed streams unpack to more than we take; they are unpacked here a megabyte at a time.

    Raises:
        UnableToRead: a bomb.
    """
    left = MOST_UNPACKED
    for start in (m.end() for m in re.finditer(rb"stream\r?\n(?=[\x08-\x78])", data)):
        inflate = zlib.decompressobj()
        packed = data[start : start + MOST_BYTES]
        try:
            while packed and not inflate.eof:
                left -= len(inflate.decompress(packed, 1 << 20))
                packed = inflate.unconsumed_tail
                if left < 0:
                    raise UnableToRead(
                        f"文件“{name}”解压后过大，可能是压缩炸弹，已拒绝。",
                        f"The file “{name}” unpacks to too much data and was refused.",
                    )
        except zlib.error:
            continue  # not packed this way, or damaged: the reader of the format will say


def read_part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """One part, never more than its directory entry promised.

    Raises:
        UnableToRead: the part is damaged or longer than promised.
    """
    try:
        with archive.open(part) as stream:
            most = min(MOST_UNPACKED, archive.getinfo(part).file_size)
            content = stream.read(most + 1)
    except _DAMAGE as problem:
        raise UnableToRead(
            f"文件“{name}”已损坏，打不开。", f"The file “{name}” is damaged and cannot be opened."
        ) from problem
    if len(content) > most:
        raise UnableToRead(
            f"文件“{name}”解压后过大，已拒绝。", f"The file “{name}” unpacks to too much data and was refused."
        )
    return content
