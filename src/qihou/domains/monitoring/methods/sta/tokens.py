"""A query option's text cut into tokens, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .errors import BadQuery

MOST_CHARACTERS = 16_000
_INSTANT = r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d)?"
_TOKENS = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in [
            ("space", r"\s+"),
            ("instant", _INSTANT),
            ("date", r"\d{4}-\d\d-\d\d"),
            ("time", r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?"),
            ("number", r"\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"),
            ("shape", r"geo(?:graphy|metry)'(?:[^']|'')*'"),
            ("duration", r"duration'[^']*'"),
            ("text", r"'(?:[^']|'')*'"),
            ("option", r"\$[A-Za-z]+"),
            ("word", r"@?[^\W\d][\w.]*"),
            ("mark", r"[(),/;=\-]"),
        ]
    )
)


@dataclass(frozen=True)
class Token:
    """``name`` is one of: instant, date, time, number, shape, duration, text, option, word, mark, end."""

    name: str
    text: str
    at: int


def cut(text: str) -> list[Token]:
    """The tokens of ``text`` without spaces, an ``end`` token last.

    Raises:
        BadQuery: a character that begins nothing, an open quotation, or more than :data:`MOST_CHARACTERS` characters.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadQuery(f"a query may have at most {MOST_CHARACTERS} characters, not {len(text)}")
    tokens, place = [], 0
    while place < len(text):
        found = _TOKENS.match(text, place)
        if not found:
            message = "a quotation is not closed" if text[place] == "'" else "this character begins nothing"
            raise BadQuery(message, text, place)
        name = found.lastgroup or ""
        if name != "space":
            tokens.append(Token(name, found[0], place))
        place = found.end()
    return [*tokens, Token("end", "", len(text))]
