"""A reading kept as plain data, so that a figure opens years later on what it stood on; and how two readings differ."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from qihou.figures.graph import Labels
from qihou.figures.leaf import Leaf, Leaves, Origin, absent
from qihou.figures.missing import Flag, State
from qihou.measure.periods import Period

Asked = tuple[str, Labels, Period]
Reading = Mapping[Asked, Leaf]


class RecordedLeaves:
    """Hands every question on and remembers the answer."""

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self.asked: dict[Asked, Leaf] = {}

    def leaf(self, quantity: str, labels: Labels, period: Period) -> Leaf:
        """The leaf that the wrapped leaves give."""
        key = (quantity, labels, period)
        if key not in self.asked:
            self.asked[key] = self._leaves.leaf(quantity, labels, period)
        return self.asked[key]


class FrozenLeaves:
    """The answers of an earlier reading, and only those."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def leaf(self, quantity: str, labels: Labels, period: Period) -> Leaf:
        """Absent, with that reason, for what was not asked when the reading was frozen."""
        found = self.reading.get((quantity, labels, period))
        return found or absent(quantity, labels, period, reason="冻结的数据中没有这一项")


def freeze(reading: Reading) -> dict[str, Any]:
    """The reading as JSON holds it: each leaf once, and which question it answers."""
    leaves: dict[Leaf, int] = {}
    asked = [
        [quantity, [list(pair) for pair in labels], period.code, leaves.setdefault(leaf, len(leaves))]
        for (quantity, labels, period), leaf in reading.items()
    ]
    return {"leaves": [_as_json(leaf) for leaf in leaves], "asked": asked}


def thaw(stored: Mapping[str, Any]) -> dict[Asked, Leaf]:
    """The inverse of :func:`freeze`."""
    leaves = [_leaf(one) for one in stored["leaves"]]
    return {
        (quantity, tuple((name, value) for name, value in labels), Period.parse(code)): leaves[number]
        for quantity, labels, code, number in stored["asked"]
    }


def digest(reading: Reading, settings: Mapping[str, Any]) -> str:
    """SHA-256 of what was read and what was chosen; the order of the questions does not matter."""
    lines = sorted(
        f"{quantity} {labels} {period.code} {leaf.id} {int(leaf.flags)} {leaf.shares}"
        for (quantity, labels, period), leaf in reading.items()
    )
    chosen = [f"{name}={settings[name]}" for name in sorted(settings)]
    return hashlib.sha256("\n".join([*chosen, *lines]).encode()).hexdigest()


@dataclass(frozen=True)
class Change:
    """One answer that is another now. ``before`` or ``after`` is None where the question was not asked then, or is not now."""

    quantity: str
    labels: Labels
    period: Period
    before: Leaf | None
    after: Leaf | None

    @property
    def is_fact(self) -> bool:
        """Whether it is a factor that differs, not what somebody entered."""
        return all(leaf is None or leaf.origin.kind not in ("entry", "none") for leaf in (self.before, self.after))


def changes(before: Reading, after: Reading) -> list[Change]:
    """What differs between two readings, in the order of the earlier one; new questions last."""
    found = [Change(*key, leaf, after.get(key)) for key, leaf in before.items() if not _same(leaf, after.get(key))]
    return [*found, *(Change(*key, None, leaf) for key, leaf in after.items() if key not in before)]


def read_again(reading: Iterable[Asked], leaves: Leaves) -> dict[Asked, Leaf]:
    """The present answers to the same questions."""
    return {key: leaves.leaf(*key) for key in reading}


def _same(one: Leaf, other: Leaf | None) -> bool:
    """An absent value stays the same absence, whatever the wording."""
    if other is None:
        return False
    if one.state is State.ABSENT and other.state is State.ABSENT:
        return True
    return one.id == other.id and one.flags == other.flags


def _as_json(leaf: Leaf) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for field in fields(Leaf):
        value = getattr(leaf, field.name)
        if not field.init or value == field.default:
            continue
        if isinstance(value, Origin):
            value = {f.name: getattr(value, f.name) for f in fields(Origin) if getattr(value, f.name) != f.default}
        elif isinstance(value, State | Flag):
            value = int(value)
        elif isinstance(value, tuple):
            value = [list(pair) for pair in value]
        kept[field.name] = value
    return kept


_DECODED: dict[str, Callable[[Any], Any]] = {
    "labels": lambda pairs: tuple((name, value) for name, value in pairs),
    "origin": lambda values: Origin(**values),
    "state": State,
    "flags": Flag,
    "value": lambda value: None if value is None else float(value),
}


def _leaf(stored: Mapping[str, Any]) -> Leaf:
    return Leaf(**{name: _DECODED.get(name, lambda value: value)(value) for name, value in stored.items()})
