"""A leaf: a value from outside the calculation, entered by somebody or cited from somewhere, or the known absence of one."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Protocol

from qihou.figures.graph import Labels
from qihou.figures.missing import Flag, State
from qihou.figures.spread import Spread, exact, spread
from qihou.measure.periods import Period


def content_id(*parts: object) -> str:
    """A short id that is the same for the same content, on every machine."""
    texts = [str(part) for part in parts]
    # Lengths first: no two lists of parts can run together into one text.
    return blake2b("\x1f".join([*(str(len(text)) for text in texts), *texts]).encode(), digest_size=10).hexdigest()


@dataclass(frozen=True)
class Origin:
    """Where a value comes from.

    Attributes:
        kind: ``entry``, ``fact``, ``potential`` (a gas's warming potential) or ``given`` (typed into a notebook).
        id: the entry's uid and revision, or the fact's id with its edition.
        zh, en: a line for the why panel.
        where: the cell, ``2020年清单.xlsx!能源!F12``, or a document's clause.
        link: an address, where there is one.
    """

    kind: str
    id: str
    zh: str = ""
    en: str = ""
    where: str = ""
    link: str = ""


@dataclass(frozen=True)
class Leaf:
    """One value for one period.

    Attributes:
        value: in ``unit``; None unless ``state`` is VALUE.
        reason: why it is absent, in the words of who said so.
        spread: its uncertainty as written; empty is exact.
        grade: of the fact it is, empty for entries.
        shares: leaves with the same word err together (one meter for all years): fully correlated.
    """

    quantity: str
    labels: Labels
    unit: str
    value: float | None
    origin: Origin
    state: State = State.VALUE
    reason: str = ""
    spread: str = ""
    grade: str = ""
    flags: Flag = Flag.NONE
    shares: str = ""
    _spread: Spread = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if (self.value is None) == (self.state is State.VALUE):
            raise ValueError(f"{self.quantity}: a leaf has a value or a reason for having none")
        if self.value is not None:
            if not math.isfinite(self.value):
                raise ValueError(f"{self.quantity}: {self.value} is no number; say with a state that there is none")
            object.__setattr__(self, "value", float(self.value))
        read = exact(0.0) if self.value is None else spread(self.spread, self.value)
        object.__setattr__(self, "_spread", read)

    @property
    def distribution(self) -> Spread:
        return self._spread

    @cached_property
    def id(self) -> str:
        """Of its content: the same value of another origin is another leaf.

        Not of its flags: a factor that is of this year in one period and an older one in the next is the same factor, and errs
        alike in both.
        """
        return content_id(
            self.quantity, self.labels, self.value, self.unit, self.state, self.spread, self.origin.kind, self.origin.id
        )


class Leaves(Protocol):
    """One reading of the record: whoever can say what a quantity was in a period."""

    def leaf(self, quantity: str, labels: Labels, period: Period) -> Leaf:
        """Never raises for what is missing: an absent leaf says why."""
        ...


class GivenLeaves:
    """Leaves put together by hand, for notebooks and tests. A leaf without a period holds for all."""

    def __init__(self, given: Iterable[tuple[Leaf, Period | None]]) -> None:
        self._given = {(leaf.quantity, leaf.labels, period): leaf for leaf, period in given}

    def leaf(self, quantity: str, labels: Labels, period: Period) -> Leaf:
        for when in (period, None):
            if found := self._given.get((quantity, labels, when)):
                return found
        return absent(quantity, labels, period)


def absent(quantity: str, labels: Labels, period: Period, unit: str = "1", reason: str = "未填报") -> Leaf:
    """Nobody has said anything about this quantity."""
    return Leaf(quantity, labels, unit, None, Origin("none", f"{period.code}"), State.ABSENT, reason)
