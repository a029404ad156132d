"""An expression of ``$filter`` or ``$orderby`` as a tree of values that never change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from .wkt import Shape


class Kind(StrEnum):
    """What sort of value a part of an expression gives. ``ANY``: only the stored value itself tells."""

    BOOLEAN = "a truth value"
    NUMBER = "a number"
    TEXT = "text"
    INSTANT = "an instant"
    INTERVAL = "an instant or interval"
    DATE = "a date"
    TIME = "a time of day"
    DURATION = "a duration"
    SHAPE = "a geometry"
    NULL = "null"
    ANY = "any value"


Value = None | bool | int | float | str | datetime | date | time | timedelta | Shape


@dataclass(frozen=True)
class Literal:
    value: Value
    kind: Kind
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Path:
    """``Datastream/Thing/name``, ``properties/owner/code``, ``@iot.id``."""

    parts: tuple[str, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple[Node, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Unary:
    """``not`` or ``-``."""

    operator: str
    operand: Node
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Binary:
    """``or and eq ne gt ge lt le add sub mul div mod``."""

    operator: str
    left: Node
    right: Node
    at: int = field(default=0, compare=False)


Node = Literal | Path | Call | Unary | Binary


def children(node: Node) -> tuple[Node, ...]:
    match node:
        case Call(arguments=arguments):
            return arguments
        case Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return (left, right)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    waiting = [node]
    while waiting:
        here = waiting.pop()
        yield here
        waiting.extend(children(here))
