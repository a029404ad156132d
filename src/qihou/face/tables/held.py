"""Rows written once: HTML kept as long as the row is the very object it was written from.

Registers are read once and shared between requests until the record changes, and then they are new objects; so a row's
identity says whether its HTML is still true. The row itself is kept beside the HTML, that its identity cannot be taken
by another.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any

MOST_HELD = 12_000  # rows; about 1.5 kB each

_held: OrderedDict[tuple[int, Hashable], tuple[Any, str]] = OrderedDict()
_lock = Lock()


def once(row: Any, depends_on: Hashable, write: Callable[[], str]) -> str:
    """The HTML of ``row``, written now or when it was last asked for under the same circumstances."""
    key = (id(row), depends_on)
    with _lock:
        if (known := _held.get(key)) and known[0] is row:
            _held.move_to_end(key)
            return known[1]
    html = write()
    with _lock:
        _held[key] = (row, html)
        _held.move_to_end(key)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
    return html
