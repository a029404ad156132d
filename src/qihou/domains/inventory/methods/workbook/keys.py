"""The name of a cell that a machine finds again: ``fuel.burnt[fuel=diesel,use=cement]``."""

from __future__ import annotations

import re

from qihou.figures.graph import Labels

_CODE = re.compile(r"([a-z0-9_.]*)(?:\[([^\[\]]*)\])?")


class UnableToReadKey(ValueError):
    """The text is no machine name of a cell."""


def code_of(quantity: str, labels: Labels) -> str:
    """The inverse of :func:`read_code`.

    >>> code_of("fuel.burnt", (("fuel", "diesel"), ("use", "cement")))
    'fuel.burnt[fuel=diesel,use=cement]'
    """
    inside = ",".join(f"{name}={value}" for name, value in sorted(labels))
    return f"{quantity}[{inside}]" if inside else quantity


def read_code(text: str) -> tuple[str, Labels]:
    """Quantity and labels.

    Raises:
        UnableToReadKey
    """
    found = _CODE.fullmatch(text.strip())
    if not found or not text.strip():
        raise UnableToReadKey(f"{text!r} is no machine name of a cell")
    pairs = [part.partition("=") for part in found[2].split(",")] if found[2] else []
    if any(not name or not sign or not value for name, sign, value in pairs):
        raise UnableToReadKey(f"{text!r} is no machine name of a cell")
    return found[1], tuple(sorted((name, value) for name, _, value in pairs))
