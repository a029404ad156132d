"""Where emissions come from and where they go, as flows between nodes: fuels and activities, categories, gases, the balance.

Emissions run from left to right. Removals cannot be drawn as flows below nothing: on the right the sum of all emissions divides
into what forests and other sinks take up and what remains.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.figures.graph import Step
from qihou.figures.missing import State


class Kind(StrEnum):
    """What a node is, from left to right."""

    FUEL = "fuel"
    ACTIVITY = "activity"
    CATEGORY = "category"
    GAS = "gas"
    EMITTED = "emitted"
    TAKEN_UP = "taken_up"
    REMAINING = "remaining"


Node = tuple[Kind, str]


@dataclass(frozen=True)
class Flow:
    """``value``: t CO2e, above nought."""

    source: Node
    target: Node
    value: float


@dataclass(frozen=True)
class Flows:
    """All flows, and what they add up to: ``emitted`` − ``taken_up`` = net.

    ``beyond``: what sinks take up beyond all emissions; it cannot be drawn and is to be said.
    """

    flows: tuple[Flow, ...]
    emitted: float
    taken_up: float

    @property
    def net(self) -> float:
        return self.emitted - self.taken_up

    @property
    def beyond(self) -> float:
        return max(0.0, -self.net)


def flows(worked: Worked) -> Flows:
    """The flows of an inventory's year. What is missing, a memo item or beside the totals has none."""
    emitted: dict[tuple[Node, Node], float] = {}
    taken: dict[str, float] = {}
    for category, row, value in _cells(worked):
        middle = _second_level(category.code)
        if value < 0:
            taken[middle] = taken.get(middle, 0.0) - value
            continue
        source = (Kind.FUEL, row["fuel"]) if "fuel" in row else (Kind.ACTIVITY, category.code)
        steps = [(Kind.CATEGORY, middle), (Kind.GAS, row["gas"]), (Kind.EMITTED, "")]
        path = steps if source == (Kind.ACTIVITY, middle) else [source, *steps]
        for one, other in pairwise(path):
            emitted[one, other] = emitted.get((one, other), 0.0) + value
    all_emitted = sum(value for (_, target), value in emitted.items() if target[0] is Kind.EMITTED)
    all_taken = sum(taken.values())
    drawn = min(1.0, all_emitted / all_taken) if all_taken else 0.0
    found = [Flow(*ends, value) for ends, value in emitted.items()]
    found += [Flow((Kind.EMITTED, ""), (Kind.TAKEN_UP, code), value * drawn) for code, value in taken.items()]
    if all_emitted > all_taken:
        found.append(Flow((Kind.EMITTED, ""), (Kind.REMAINING, ""), all_emitted - all_taken))
    return Flows(tuple(flow for flow in found if flow.value > 0), all_emitted, all_taken)


def _cells(worked: Worked) -> Iterator[tuple[Category, dict[str, str], float]]:
    """Every weighed row that has a value and counts in the totals."""
    scheme = worked.scheme
    for node in scheme.graph:
        if not isinstance(node, Step) or not node.key.startswith("co2e."):
            continue
        cells = worked.book.cells[node.key]
        for number, labels in enumerate(node.rows):
            row = dict(labels)
            category = scheme.category[row["category"]]
            if cells.state[number, worked.column] == State.VALUE and _counts(worked, category):
                yield category, row, float(cells.value[number, worked.column])


def _counts(worked: Worked, category: Category) -> bool:
    parts = category.code.split(".")
    above = (worked.scheme.category[".".join(parts[:end])] for end in range(1, len(parts) + 1))
    return category.sector.in_total and not any(one.memo for one in above)


def _second_level(code: str) -> str:
    """The category under the sector, for fuel burnt the one below that: by who burns it."""
    return ".".join(code.split(".")[: 3 if code.startswith("energy.combustion") else 2])
