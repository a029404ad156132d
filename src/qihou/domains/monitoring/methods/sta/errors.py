"""What is wrong with a request, and where in it."""

from __future__ import annotations


class BadQuery(ValueError):
    """A query option cannot be understood. ``at`` counts characters of ``text`` from 0."""

    def __init__(self, message: str, text: str = "", at: int = 0) -> None:
        self.message, self.text, self.at = message, text, at
        near = text[at : at + 20]
        place = f" at character {at + 1}" + (f", near {near!r}" if near else ", at the end") if text else ""
        super().__init__(message + place)


class NoSuchResource(LookupError):
    """An address names nothing of the data model."""
