"""Expressions of ``$filter`` and ``$orderby`` (18-088, clause 9.3.3.5; precedence after OData 4.01, part 2).

From the loosest: ``or``, ``and``, ``eq ne``, ``gt ge lt le``, ``add sub``, ``mul div mod``, then ``not`` and ``-``.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta

from . import wkt
from .errors import BadQuery
from .functions import FUNCTIONS
from .tokens import Token, cut
from .tree import Binary, Call, Kind, Literal, Node, Path, Unary, Value

LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("eq", "ne"),
    ("gt", "ge", "lt", "le"),
    ("add", "sub"),
    ("mul", "div", "mod"),
)
OPERATORS = frozenset({"not"}.union(*LEVELS))
MOST_NODES = 400
DEEPEST = 40
_DURATION = re.compile(r"(-)?P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6}(?:\.\d{1,6})?)S)?)?")
_WORDS: dict[str, tuple[Value, Kind]] = {
    "null": (None, Kind.NULL),
    "true": (True, Kind.BOOLEAN),
    "false": (False, Kind.BOOLEAN),
}


class Reader:
    """Reads tokens one after another. Query options share it: an expression ends where its grammar ends."""

    def __init__(self, text: str, tokens: list[Token] | None = None) -> None:
        self.text = text
        self.tokens = cut(text) if tokens is None else tokens
        self.next = 0
        self.nodes = 0

    @property
    def ahead(self) -> Token:
        return self.tokens[self.next]

    def take(self) -> Token:
        token = self.tokens[self.next]
        self.next = min(self.next + 1, len(self.tokens) - 1)
        return token

    def marked(self, mark: str) -> bool:
        """Whether ``mark`` stood here; if so it is behind us."""
        if self.ahead.name == "mark" and self.ahead.text == mark:
            self.take()
            return True
        return False

    def want(self, mark: str) -> None:
        if not self.marked(mark):
            raise self.wrong(f"{mark!r} is missing")

    def end(self) -> None:
        if self.ahead.name != "end":
            raise self.wrong("nothing more should follow")

    def wrong(self, message: str, at: int | None = None) -> BadQuery:
        return BadQuery(message, self.text, self.ahead.at if at is None else at)

    def expression(self, level: int = 0, depth: int = 0) -> Node:
        """The expression that begins here.

        Raises:
            BadQuery: it has no meaning, more than :data:`MOST_NODES` parts, or brackets deeper than :data:`DEEPEST`.
        """
        if depth > DEEPEST:
            raise self.wrong(f"brackets and signs may stand at most {DEEPEST} deep")
        if level == len(LEVELS):
            return self._signed(depth)
        left = self.expression(level + 1, depth)
        while self.ahead.name == "word" and self.ahead.text in LEVELS[level]:
            operator = self.take()
            right = self.expression(level + 1, depth)
            left = self._counted(Binary(operator.text, left, right, operator.at))
        return left

    def _counted(self, node: Node) -> Node:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise self.wrong(f"an expression may have at most {MOST_NODES} parts", node.at)
        return node

    def _signed(self, depth: int) -> Node:
        token = self.ahead
        if (token.name, token.text) in (("word", "not"), ("mark", "-")):
            self.take()
            if depth >= DEEPEST:
                raise self.wrong(f"brackets and signs may stand at most {DEEPEST} deep", token.at)
            return self._counted(Unary(token.text, self._signed(depth + 1), token.at))
        if self.marked("("):
            inner = self.expression(0, depth + 1)
            self.want(")")
            return inner
        if token.name == "word" and token.text not in OPERATORS:
            return self._counted(self._named(depth))
        return self._counted(self._literal())

    def _named(self, depth: int) -> Node:
        token = self.take()
        if self.ahead.name == "mark" and self.ahead.text == "(":
            return self._call(token, depth)
        if token.text in _WORDS:
            return Literal(*_WORDS[token.text], token.at)
        parts = [token.text]
        while self.marked("/"):
            if self.ahead.name != "word":
                raise self.wrong("a name should follow the '/'")
            parts.append(self.take().text)
        return Path(tuple(parts), token.at)

    def _call(self, name: Token, depth: int) -> Call:
        function = FUNCTIONS.get(name.text)
        if function is None:
            raise self.wrong(f"there is no function {name.text!r}; there are {', '.join(FUNCTIONS)}", name.at)
        self.want("(")
        arguments: list[Node] = []
        if not self.marked(")"):
            arguments.append(self.expression(0, depth + 1))
            while self.marked(","):
                arguments.append(self.expression(0, depth + 1))
            self.want(")")
        if not function.least <= len(arguments) <= len(function.takes):
            wanted = " or ".join(str(n) for n in sorted({function.least, len(function.takes)}))
            raise self.wrong(f"{name.text} takes {wanted} arguments, not {len(arguments)}", name.at)
        return Call(name.text, tuple(arguments), name.at)

    def _literal(self) -> Literal:
        token = self.ahead
        if token.name not in ("number", "text", "instant", "date", "time", "duration", "shape"):
            raise self.wrong("a value, a name or '(' should stand here")
        try:
            value, kind = literal(token)
        except ValueError as trouble:
            raise self.wrong(str(trouble)) from None
        self.take()
        return Literal(value, kind, token.at)


def literal(token: Token) -> tuple[Value, Kind]:
    """The value a token writes and its kind.

    Raises:
        ValueError: no such day or time, an instant without its offset, a number too large, a geometry that is none.
    """
    text = token.text
    match token.name:
        case "number":
            return _number(text), Kind.NUMBER
        case "text":
            return _unquoted(text), Kind.TEXT
        case "instant":
            instant = datetime.fromisoformat(text)
            if instant.tzinfo is None:
                raise ValueError("an instant needs its offset: Z or, say, +08:00")
            return instant, Kind.INSTANT
        case "date":
            return date.fromisoformat(text), Kind.DATE
        case "time":
            return time.fromisoformat(text), Kind.TIME
        case "duration":
            return _duration(text.partition("'")[2][:-1]), Kind.DURATION
    return wkt.read(_unquoted(text[text.index("'") :])), Kind.SHAPE


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'")


def _number(text: str) -> int | float:
    if text.isdecimal() and len(text) <= 19:
        return int(text)
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("this number is too large")
    return number


def _duration(text: str) -> timedelta:
    found = _DURATION.fullmatch(text)
    if not found or not any(found.groups()[1:]):
        raise ValueError("a duration is written like P1DT2H30M; years and months have no fixed length")
    days, hours, minutes = (int(part or 0) for part in found.groups()[1:4])
    length = timedelta(days=days, hours=hours, minutes=minutes, seconds=float(found[5] or 0))
    return -length if found[1] else length


def parse(text: str) -> Node:
    """The tree of a whole expression.

    Raises:
        BadQuery: with the place of what cannot be understood.
    """
    reader = Reader(text)
    tree = reader.expression()
    reader.end()
    return tree
