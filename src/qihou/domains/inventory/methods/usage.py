"""Who uses a factor or a method: the steps that ask for it, and the categories and indicators that stand on them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from qihou.domains.inventory.methods.scheme import scheme
from qihou.domains.inventory.methods.scheme.assembly import Cell, Scheme
from qihou.domains.inventory.methods.scheme.editions import EDITIONS
from qihou.domains.inventory.methods.scheme.parts import Options
from qihou.figures.graph import Given, Labels, Result, Step
from qihou.figures.method import Method, Need

LANDFILLS = ("mass-balance", "first-order-decay")


@dataclass(frozen=True)
class Asking:
    """A step that asks for a quantity: by which method, as which input, and what stands on it.

    ``codes``: categories, and keys of derived figures where no category lies between.
    """

    step: str
    method: Method
    need: Need
    codes: tuple[str, ...]


class Usage:
    """The graph of one scheme read backwards, from inputs to what stands on them."""

    def __init__(self, of: Scheme) -> None:
        self.scheme = of

    def asking(self, quantity: str, labels: Labels) -> tuple[Asking, ...]:
        """The steps that ask for exactly this."""
        found: dict[tuple[str, str], list[Cell]] = {}
        for step, name, row in self._asked.get((quantity, labels), ()):
            found.setdefault((step, name), []).append((step, row))
        return tuple(self._asking_of(step, name, cells) for (step, name), cells in found.items())

    def codes_of_method(self, method: Method) -> tuple[str, ...]:
        """The categories (or derived figures) the method's steps lead to; empty where no step uses it."""
        cells = [
            (step.key, row)
            for step in self._steps
            if step.method.id == method.id
            for row in range(len(step.rows))
        ]  # fmt: skip
        return self.codes_above(cells)

    def words(self, code: str) -> tuple[str, str]:
        """What a category or derived figure is called, in Chinese and English."""
        if code in self.scheme.category:
            category = self.scheme.category[code]
            return category.zh, category.en
        node = self.scheme.graph[code]
        about = node.method if isinstance(node, Step) else node
        return about.zh, about.en

    def codes_above(self, cells: Iterable[Cell]) -> tuple[str, ...]:
        """What stands on cells: up to the first category, or to a derived figure."""
        derived = {node.key for node in self.scheme.after}
        waiting, seen, found = list(cells), set[Cell](), dict[str, None]()
        while waiting:
            cell = waiting.pop(0)
            if cell in seen:
                continue
            seen.add(cell)
            node, row = cell
            category = dict(self.scheme.graph[node].rows[row]).get("category")
            if category is not None:
                found[category] = None
            elif node in derived:
                found[node] = None
            if category is None:
                waiting += self._above.get(cell, ())
        order = {code: place for place, code in enumerate([*self.scheme.category, *(n.key for n in self.scheme.after)])}
        return tuple(sorted(found, key=order.__getitem__))

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        return (*self.scheme.steps, *(node for node in self.scheme.after if isinstance(node, Step)))

    @cached_property
    def _asked(self) -> dict[tuple[str, Labels], list[tuple[str, str, int]]]:
        found: dict[tuple[str, Labels], list[tuple[str, str, int]]] = {}
        for step in self._steps:
            for name, feed in step.feeds.items():
                if isinstance(feed, Given):
                    for number, row in enumerate(step.rows):
                        found.setdefault((feed.quantity, feed.labels_of(row)), []).append((step.key, name, number))
        return found

    @cached_property
    def _above(self) -> dict[Cell, list[Cell]]:
        found: dict[Cell, list[Cell]] = {}
        for step in self._steps:
            for feed in step.feeds.values():
                if isinstance(feed, Result):
                    for row, partner in enumerate(self.scheme.graph.partners(step, feed)):
                        found.setdefault((feed.node, partner), []).append((step.key, row))
        for node in self.scheme.after:
            if not isinstance(node, Step):
                for row, parts in enumerate(node.parts):
                    for part in parts:
                        found.setdefault(part, []).append((node.key, row))
        return found

    def _asking_of(self, key: str, name: str, cells: list[Cell]) -> Asking:
        step = self.scheme.graph[key]
        assert isinstance(step, Step)
        need = next(need for need in step.method.needs if need.name == name)
        return Asking(key, step.method, need, self.codes_above(cells))


_READ: dict[int, Usage] = {}


def usage_of(of: Scheme) -> Usage:
    """A scheme read backwards. Schemes are made once and kept, so their identity tells them apart."""
    if id(of) not in _READ:
        _READ[id(of)] = Usage(of)
    return _READ[id(of)]


def usage(options: Options) -> Usage:
    """Of the whole scheme under these options."""
    return usage_of(scheme(options))


def all_options() -> tuple[Options, ...]:
    """Every way an inventory may be worked."""
    return tuple(Options(edition, landfill) for edition, landfill in product(EDITIONS, LANDFILLS))
