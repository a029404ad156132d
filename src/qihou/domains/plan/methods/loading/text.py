"""Plain text: encoding by evidence, line ends of every kind."""

from __future__ import annotations

import re

from ..document import Document
from ..errors import UnableToRead
from .guards import MOST_LINES
from .spacing import closed_up


def load_text(data: bytes, name: str) -> Document:
    """Raises:
    UnableToRead: the bytes are no text.
    """
    text = decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\u2028\u2029\x85\x0b]", "\n", text).replace("\f", "\n")
    if text.endswith("\n"):
        text = text[:-1]
    if text.count("\n") > MOST_LINES:
        raise UnableToRead(
            f"文件“{name}”有 {text.count(chr(10)) + 1} 行，超过 {MOST_LINES} 行的上限。",
            f"The file “{name}” has more than {MOST_LINES} lines.",
            line=MOST_LINES + 1,
        )
    document = Document.of_text(name, "txt", text)
    document.lines = closed_up(document.lines)
    return document


def decode(data: bytes, name: str) -> str:
    """Text by byte-order mark, then UTF-8, UTF-16 without mark, GB18030.

    Raises:
        UnableToRead: none of them gives readable text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _readable(data.decode(encoding, errors="replace"), data, name)
    zeros = data[:4000].count(0)
    if zeros:
        for encoding in ("utf-16-le", "utf-16-be"):
            text = data.decode(encoding, errors="replace")
            if _is_text(text):
                return text
        raise _not_text(data, name)
    for encoding in ("utf-8", "gb18030"):
        try:
            return _readable(data.decode(encoding), data, name)
        except UnicodeDecodeError:
            continue
    best = max((data.decode(e, errors="replace") for e in ("utf-8", "gb18030")), key=_share_readable)
    return _readable(best, data, name)


def _share_readable(text: str) -> float:
    sample = text[:200_000]
    bad = sum(
        1 for c in sample if c == "\ufffd" or (ord(c) < 32 and c not in "\n\r\t\f\x0b") or 0xE000 <= ord(c) <= 0xF8FF
    )
    return 1 - bad / max(1, len(sample))


def _is_text(text: str) -> bool:
    sample = text[:4000]
    usual = sum(
        1
        for c in sample
        if c in "\n\r\t" or 32 <= ord(c) < 0x250 or 0x2000 <= ord(c) <= 0x9FFF or 0xFF00 <= ord(c) <= 0xFFEF
    )
    return usual >= 0.9 * max(1, len(sample))


def _readable(text: str, data: bytes, name: str) -> str:
    if _share_readable(text) < 0.97 or not _is_text(text):
        raise _not_text(data, name)
    return text


def _not_text(data: bytes, name: str) -> UnableToRead:
    line = 1
    for i, byte in enumerate(data[:100_000]):
        if byte == 10:
            line += 1
        elif byte < 9 or 14 <= byte < 27:
            break
        if i == 99_999:
            line = 1
    return UnableToRead(
        f"“{name}”不是可以读取的文字文件（第 {line} 行起有无法识别的内容）。可以导入 txt、html、docx 和带文字的 pdf。",
        f"“{name}” is no text that can be read (unknown bytes from line {line} on). Text, HTML, DOCX and PDF with text can be read.",
        line=line,
    )
