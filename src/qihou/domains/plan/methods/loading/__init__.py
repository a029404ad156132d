"""From a file as received to numbered lines and grids. Formats are told by content first, by name second."""

from __future__ import annotations

from collections.abc import Callable

from ..document import Document
from ..errors import UnableToRead
from .guards import MOST_BYTES, too_large

__all__ = ["MOST_BYTES", "load", "too_large"]


def load(data: bytes, name: str) -> Document:
    """A document with at least one line of text.

    Raises:
        UnableToRead: too large, empty, of a format that is not read, damaged, or without text.
    """
    if len(data) > MOST_BYTES:
        raise too_large(len(data))
    if not data.strip():
        raise UnableToRead(f"文件“{name}”是空的。", f"The file “{name}” is empty.", line=1)
    document = _loader(data, name)(data, name)
    if not any(line.text.strip() for line in document.lines):
        raise UnableToRead(f"文件“{name}”里没有文字。", f"The file “{name}” holds no text.", line=1)
    return document


def _loader(data: bytes, name: str) -> Callable[[bytes, str], Document]:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        from .pdf import load_pdf

        return load_pdf
    if data.startswith(b"PK\x03\x04"):
        from .docx import load_docx

        return load_docx
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnableToRead(
            f"“{name}”是旧版 Word/Excel 格式，请另存为 .docx 再导入。",
            f"“{name}” is in the old Word or Excel format; save it as .docx first.",
        )
    from .html import load_html, looks_like_html
    from .text import load_text

    if suffix in ("html", "htm", "xhtml", "mht") or looks_like_html(head):
        return load_html
    return load_text
