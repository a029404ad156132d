"""What is opened at all: an xlsx of sane size. Everything else ends in one sentence."""

from __future__ import annotations

import io
import zipfile
import zlib

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
MOST_PARTS = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class UnableToReadWorkbook(ValueError):
    """The file cannot be read as a year's workbook; one sentence in each language."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} {en}")
        self.zh = zh
        self.en = en


def check_size(size: int, name: str) -> None:
    """Refuse by size alone, before anything is read into memory.

    Raises:
        UnableToReadWorkbook
    """
    if size > MOST_BYTES:
        most, found = MOST_BYTES // 1024**2, size / 1024**2
        raise UnableToReadWorkbook(
            f"文件“{name}”有 {found:.0f} MB，超过 {most} MB 的上限；填报表通常不到 1 MB，请检查是否传错文件。",
            f"The file “{name}” has {found:.0f} MB; the limit is {most} MB.",
        )


def check_file(data: bytes, name: str) -> None:
    """Refuse what is no xlsx, is encrypted, damaged, a bomb, or declares entities.

    Raises:
        UnableToReadWorkbook
    """
    check_size(len(data), name)
    if not data:
        raise UnableToReadWorkbook(f"文件“{name}”是空的。", f"The file “{name}” is empty.")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise UnableToReadWorkbook(
                f"文件“{name}”设有打开密码，请取消密码后再上传。",
                f"The file “{name}” is protected by a password; remove it and try again.",
            )
        raise UnableToReadWorkbook(
            f"文件“{name}”是旧式 xls 文件，请另存为 xlsx 后再上传。",
            f"The file “{name}” is an old xls file; save it as xlsx and try again.",
        )
    if not data.startswith(b"PK"):
        raise UnableToReadWorkbook(
            f"文件“{name}”不是 xlsx 工作簿；请上传由本系统生成的填报表。",
            f"The file “{name}” is no xlsx workbook; give the one that was generated here.",
        )
    _check_archive(data, name)


def _check_archive(data: bytes, name: str) -> None:
    damaged = UnableToReadWorkbook(
        f"文件“{name}”已损坏，打不开。", f"The file “{name}” is damaged and cannot be opened."
    )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise damaged from error
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
        raise _too_much(name)
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnableToReadWorkbook(
            f"文件“{name}”有密码保护，请取消密码后再上传。",
            f"The file “{name}” is protected by a password; remove it and try again.",
        )
    if "xl/workbook.xml" not in archive.namelist():
        raise UnableToReadWorkbook(
            f"文件“{name}”不是 xlsx 工作簿；请上传由本系统生成的填报表。",
            f"The file “{name}” is no xlsx workbook; give the one that was generated here.",
        )
    left = MOST_UNPACKED
    for part in parts:
        try:
            with archive.open(part) as stream:
                content = stream.read(left + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError) as error:
            raise damaged from error
        left -= len(content)
        if left < 0:
            raise _too_much(name)
        # XML is read by the spreadsheet library; a document that declares entities never reaches it.
        if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content:
            raise UnableToReadWorkbook(
                f"文件“{name}”含有不允许的外部实体声明，已拒绝。",
                f"The file “{name}” declares entities and was refused.",
            )


def _too_much(name: str) -> UnableToReadWorkbook:
    return UnableToReadWorkbook(
        f"文件“{name}”解压后过大，可能是压缩炸弹，已拒绝。",
        f"The file “{name}” unpacks to too much data and was refused.",
    )
