"""JSON Patch (RFC 6902, 2013) with JSON Pointer (RFC 6901, 2013): a list of operations gives a new value or a reason."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from .bounds import trouble_with

MOST_OPERATIONS = 50
LARGEST = 100_000  # members and elements of the whole value: copying a value into itself doubles it each time


class UnableToPatch(ValueError):
    """An operation cannot be done; the message gives its number."""


def patched(value: Any, operations: object) -> Any:
    """``value`` after all ``operations``; ``value`` itself stays as it was.

    Raises:
        UnableToPatch: no list of operations, a path that leads nowhere, a test that fails, a value grown too large.
    """
    if not isinstance(operations, list) or len(operations) > MOST_OPERATIONS:
        raise UnableToPatch(f"a patch is a list of at most {MOST_OPERATIONS} operations")
    if trouble := trouble_with([value, operations], LARGEST):
        raise UnableToPatch(trouble)
    whole = {"": deepcopy(value)}  # so that the whole value has a place that can be written to
    for number, operation in enumerate(operations):
        try:
            _apply(whole, operation)
            if trouble := trouble_with(whole, LARGEST):
                raise UnableToPatch(trouble)
        except UnableToPatch as why:
            raise UnableToPatch(f"operation {number}: {why}") from None
    return _at(whole, [""])


def _apply(whole: Any, operation: object) -> None:
    if not isinstance(operation, Mapping):
        raise UnableToPatch("an operation is an object")
    kind = operation.get("op")
    path = _pointer(operation, "path")
    match kind:
        case "add":
            _add(whole, path, deepcopy(_given(operation)))
        case "replace":
            _take(whole, path)
            _add(whole, path, deepcopy(_given(operation)))
        case "remove":
            _take(whole, path)
        case "copy":
            _add(whole, path, deepcopy(_at(whole, _pointer(operation, "from"))))
        case "move":
            source = _pointer(operation, "from")
            if path[: len(source)] == source and path != source:
                raise UnableToPatch("a value cannot be moved into itself")
            _add(whole, path, _take(whole, source))
        case "test":
            if not _same(_at(whole, path), _given(operation)):
                raise UnableToPatch(f"the test of {operation['path']!r} failed")
        case _:
            raise UnableToPatch(f"{str(kind)[:40]!r} is none of add, remove, replace, move, copy, test")


def _given(operation: Mapping[str, Any]) -> Any:
    if "value" not in operation:
        raise UnableToPatch("'value' is missing")
    return operation["value"]


def _pointer(operation: Mapping[str, Any], name: str) -> list[str]:
    """The parts of a pointer, the first of which is the place of the whole value."""
    text = operation.get(name)
    if not isinstance(text, str) or (text and not text.startswith("/")):
        raise UnableToPatch(f"{name!r} must be a pointer such as /properties/owner")
    return [part.replace("~1", "/").replace("~0", "~") for part in text.split("/")]


def _at(here: Any, path: list[str]) -> Any:
    for part in path:
        if isinstance(here, Mapping) and part in here:
            here = here[part]
        elif isinstance(here, list):
            here = here[_index(part, len(here) - 1)]
        else:
            raise UnableToPatch(f"there is nothing at {'/'.join(path)!r}")
    return here


def _index(part: str, most: int) -> int:
    if (
        not (part.isascii() and part.isdecimal())
        or (part != "0" and part.startswith("0"))
        or len(part) > 9
        or int(part) > most
    ):
        raise UnableToPatch(f"the list has no element {part[:20]!r}")
    return int(part)


def _add(whole: Any, path: list[str], value: Any) -> None:
    home, last = _at(whole, path[:-1]), path[-1]
    if isinstance(home, dict):
        home[last] = value
    elif isinstance(home, list):
        home.insert(len(home) if last == "-" else _index(last, len(home)), value)
    else:
        raise UnableToPatch(f"nothing can be put at {'/'.join(path)!r}")


def _take(whole: Any, path: list[str]) -> Any:
    taken, home, last = _at(whole, path), _at(whole, path[:-1]), path[-1]
    del home[int(last) if isinstance(home, list) else last]
    return taken


def _same(one: Any, other: Any) -> bool:
    """Equal as JSON: 1 is 1.0, and neither is true."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    return bool(one == other)
