"""What a server process reads before anybody asks, so that no first visitor waits for it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from django.utils.module_loading import import_string

_DECLARED: dict[str, str] = {}


def declare(name: str, where: str) -> None:
    """A slice says, when it is ready, what is worth having at hand.

    Args:
        where: where the function ``() -> None`` stands. It runs in a thread of its own and reads files at most: never the
            database, which may not be there yet.
    """
    _DECLARED[name] = where


def start() -> Thread:
    """Begin, beside the first requests, which find what they ask for either read or read it themselves."""
    thread = Thread(target=_read_all, name="warming", daemon=True)
    thread.start()
    return thread


def _read_all() -> None:
    for where in _DECLARED.values():
        read: Callable[[], None] = import_string(where)
        read()
