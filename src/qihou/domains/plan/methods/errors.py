"""Why a file cannot be read at all. Everything else ends in a register that says what it lacks."""

from __future__ import annotations


class UnableToRead(ValueError):
    """A file that yields no text.

    ``message_zh`` and ``message_en`` each are one sentence for the person who chose the file;
    ``line`` is the line at fault where one is known (1-based).
    """

    def __init__(self, message_zh: str, message_en: str, line: int | None = None) -> None:
        super().__init__(message_en)
        self.message_zh = message_zh
        self.message_en = message_en
        self.line = line
