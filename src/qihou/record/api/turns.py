"""Heavy work takes turns: at most so many pieces at once in this process, the others in the order they came."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Condition


class Turns:
    """A queue in front of one kind of work. ``at_once`` pieces run, the others wait."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._running = 0
        self._waiting: list[Hashable] = []
        self._changed = Condition()

    def ahead(self, key: Hashable) -> int:
        """How many pieces of work are before ``key``, those that run included; 0 when it does not wait."""
        with self._changed:
            return self._running + self._waiting.index(key) if key in self._waiting else 0

    @contextmanager
    def turn(self, key: Hashable) -> Iterator[None]:
        """Wait until it is ``key``'s turn, and give it up however the work ends."""
        with self._changed:
            self._waiting.append(key)
            self._changed.wait_for(lambda: self._waiting[0] == key and self._running < self._at_once)
            self._waiting.pop(0)
            self._running += 1
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._changed.notify_all()
