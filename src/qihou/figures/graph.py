"""A graph of calculation: which method is applied to which rows, and where each of its inputs comes from.

A row is a set of labels (``category``, ``gas``, ``fuel`` …). A step applies one method to rows; a total adds cells of other nodes.
Every edge carries a unit conversion, and is refused when the graph is built if the two ends measure different things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qihou.figures.method import Method
from qihou.measure import units

Labels = tuple[tuple[str, str], ...]


def labels(**named: str) -> Labels:
    """Labels in a fixed order, so that equal sets are equal.

    >>> labels(gas="CO2", category="energy") == labels(category="energy", gas="CO2")
    True
    """
    return tuple(sorted(named.items()))


def only(row: Labels, names: Iterable[str]) -> Labels:
    """The labels of a row that are named."""
    wanted = set(names)
    return tuple(pair for pair in row if pair[0] in wanted)


class UnableToBuildGraph(ValueError):
    """The parts do not fit together; the message names the node, the input and what is wrong."""


@dataclass(frozen=True)
class Given:
    """An input from outside: a value somebody entered, or a fact.

    Attributes:
        quantity: its key, ``fuel.burnt``.
        by: the labels of the row that identify it; rows that agree on these share one leaf, and its error.
        fixed: labels that are the same for all rows.
        lag: years back: the value of an earlier year.
    """

    quantity: str
    by: tuple[str, ...] = ()
    fixed: Labels = ()
    lag: int = 0

    def labels_of(self, row: Labels) -> Labels:
        return tuple(sorted((*only(row, self.by), *self.fixed)))


@dataclass(frozen=True)
class Result:
    """An input from another node of the graph: the one row of it that has the same labels ``by`` (and ``fixed``)."""

    node: str
    by: tuple[str, ...]
    fixed: Labels = ()


Feed = Given | Result


@dataclass(frozen=True)
class Step:
    """One method over rows. ``key`` names the node; several steps may use one method on other rows or other feeds."""

    key: str
    method: Method
    rows: tuple[Labels, ...]
    feeds: Mapping[str, Feed]

    @property
    def unit(self) -> str:
        return self.method.unit


@dataclass(frozen=True)
class Total:
    """Sums of cells of other nodes. ``parts[i]`` lists for row i the (node, row number) it adds."""

    key: str
    unit: str
    rows: tuple[Labels, ...]
    parts: tuple[tuple[tuple[str, int], ...], ...]
    zh: str = "合计"
    en: str = "Total"


Node = Step | Total


@dataclass(frozen=True)
class Graph:
    """Nodes in an order in which each stands after what it uses.

    Raises:
        UnableToBuildGraph: a name is taken twice or used before it stands, a need is not fed, a row finds no partner or two,
            or the units of an edge measure different things.
    """

    nodes: tuple[Node, ...]
    _by_key: dict[str, Node] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for node in self.nodes:
            if node.key in self._by_key:
                raise UnableToBuildGraph(f"two nodes are called {node.key}")
            if len(set(node.rows)) != len(node.rows):
                raise UnableToBuildGraph(f"{node.key}: two of its rows have the same labels")
            if isinstance(node, Step):
                self._check_step(node)
            else:
                self._check_total(node)
            self._by_key[node.key] = node

    def __getitem__(self, key: str) -> Node:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    @cached_property
    def row_numbers(self) -> dict[str, dict[Labels, int]]:
        """For each node, where each of its rows is."""
        return {node.key: {row: i for i, row in enumerate(node.rows)} for node in self.nodes}

    def partners(self, step: Step, feed: Result) -> list[int]:
        """For each row of a step, the row of the fed node it takes."""
        return _partners(step, feed, self._by_key[feed.node])

    def factor(self, feed: Result, unit: str) -> float:
        return units.factor(self._by_key[feed.node].unit, unit)

    def _check_step(self, step: Step) -> None:
        needs = {need.name: need for need in step.method.inputs}
        if set(step.feeds) != set(needs):
            raise UnableToBuildGraph(f"{step.key}: fed are {sorted(step.feeds)}, needed are {sorted(needs)}")
        for name, feed in step.feeds.items():
            if isinstance(feed, Given):
                for row in step.rows:
                    if lacking := set(feed.by) - {name for name, _ in row}:
                        raise UnableToBuildGraph(
                            f"{step.key}: {name} is asked by {min(lacking)}, which {dict(row)} lacks"
                        )
                continue
            if feed.node not in self._by_key:
                raise UnableToBuildGraph(f"{step.key}: {name} comes from {feed.node}, which does not stand before it")
            _partners(step, feed, self._by_key[feed.node])
            self._edge(feed.node, needs[name].unit, f"{step.key}: {name}")

    def _check_total(self, total: Total) -> None:
        if len(total.rows) != len(total.parts):
            raise UnableToBuildGraph(f"{total.key}: {len(total.rows)} rows and {len(total.parts)} lists of parts")
        for parts in total.parts:
            for node, row in parts:
                if node not in self._by_key:
                    raise UnableToBuildGraph(f"{total.key}: adds {node}, which does not stand before it")
                if not 0 <= row < len(self._by_key[node].rows):
                    raise UnableToBuildGraph(f"{total.key}: {node} has no row {row}")
        for node in {node for parts in total.parts for node, _ in parts}:
            self._edge(node, total.unit, total.key)

    def _edge(self, node: str, unit: str, where: str) -> None:
        try:
            units.factor(self._by_key[node].unit, unit)
        except units.UnableToMeasure as error:
            raise UnableToBuildGraph(f"{where}: {error}") from error


def _partners(step: Step, feed: Result, node: Node) -> list[int]:
    there: dict[Labels, int] = {}
    for number, row in enumerate(node.rows):
        key = only(row, (*feed.by, *(name for name, _ in feed.fixed)))
        if key in there:
            there[key] = -1
        else:
            there[key] = number
    found = []
    for row in step.rows:
        wanted = tuple(sorted((*only(row, feed.by), *feed.fixed)))
        if wanted not in there:
            raise UnableToBuildGraph(f"{step.key}: no row of {node.key} fits {dict(row)}")
        if there[wanted] < 0:
            raise UnableToBuildGraph(f"{step.key}: several rows of {node.key} fit {dict(row)}")
        found.append(there[wanted])
    return found


def total_by(
    key: str,
    unit: str,
    nodes: Sequence[Node],
    *,
    by: tuple[str, ...] = (),
    zh: str = "合计",
    en: str = "Total",
) -> Total:
    """A total over all rows of the nodes, one sum per distinct set of the labels ``by``."""
    sums: dict[Labels, list[tuple[str, int]]] = {}
    for node in nodes:
        for number, row in enumerate(node.rows):
            sums.setdefault(only(row, by), []).append((node.key, number))
    return Total(key, unit, tuple(sums), tuple(tuple(parts) for parts in sums.values()), zh, en)
