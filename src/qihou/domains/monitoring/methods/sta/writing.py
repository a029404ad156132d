"""A tree written out again; reading that gives the same tree."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from .tree import Binary, Call, Literal, Node, Path, Unary, Value
from .wkt import Shape


def write(node: Node) -> str:
    """The expression, every operation in brackets of its own."""
    match node:
        case Literal(value=value):
            return write_value(value)
        case Path(parts=parts):
            return "/".join(parts)
        case Call(name=name, arguments=arguments):
            return f"{name}({', '.join(write(a) for a in arguments)})"
        case Unary(operator=operator, operand=operand):
            return f"({operator} {write(operand)})"
        case Binary(operator=operator, left=left, right=right):
            return f"({write(left)} {operator} {write(right)})"
    raise TypeError(f"{type(node).__name__} is no part of an expression")


def write_value(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case str():
            return "'" + value.replace("'", "''") + "'"
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case Shape():
            return f"geography'{value.wkt()}'"
    return repr(value)


def _duration(length: timedelta) -> str:
    sign, length = ("-", -length) if length < timedelta(0) else ("", length)
    micro = f".{length.microseconds:06d}" if length.microseconds else ""
    return f"duration'{sign}P{length.days}DT{length.seconds}{micro}S'"
