"""A Book: one reading of the record, worked through a graph. Every cell has a value or a reason for having none.

A book holds, for each node of the graph, arrays of shape (rows, periods): the value in the node's unit, its state and its flags.
Leaves are fetched once and shared: a factor used by forty rows is one leaf, and its error is one error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from qihou.figures.graph import Given, Graph, Labels, Result, Step, Total
from qihou.figures.leaf import Leaf, Leaves
from qihou.figures.method import Need
from qihou.figures.missing import Flag, State, Status, status_of
from qihou.measure import units
from qihou.measure.periods import Period

if TYPE_CHECKING:
    import xarray

Numbers = NDArray[np.float64]
Codes = NDArray[np.int64]


class UnableToReadLeaf(ValueError):
    """A value is in a unit that measures something else than the method needs; the message names both."""


@dataclass(frozen=True)
class Edge:
    """How one need of a step is filled: numbers of leaves (rows, periods), or rows of another node (rows,)."""

    need: Need
    leaves: Codes | None
    node: str
    rows: Codes | None
    factor: Numbers | float

    @property
    def steady(self) -> bool:
        """Whether the same leaves serve all periods."""
        return self.leaves is not None and bool((self.leaves == self.leaves[:, :1]).all())


@dataclass(frozen=True)
class Cells:
    """A node's results, each of shape (rows, periods). ``known``: for totals, the sum of what there is."""

    value: Numbers
    state: Codes
    flags: Codes
    known: Numbers


@dataclass(frozen=True)
class Figure:
    """A number on a screen, or the reason why there is none; ``id`` is that of everything it stands on."""

    node: str
    labels: Labels
    period: Period
    unit: str
    value: float | None
    state: State
    flags: Flag
    known: float

    @property
    def status(self) -> Status:
        return status_of(self.state, self.flags)


class Book:
    """Work a graph for periods that follow one another.

    Args:
        graph: what is calculated.
        leaves: who knows the values.
        periods: in order; a series method sees them all.

    Raises:
        UnableToReadLeaf: before anything is calculated, when a value's unit cannot become the one needed.
    """

    def __init__(self, graph: Graph, leaves: Leaves, periods: Sequence[Period]) -> None:
        self.graph = graph
        self.periods = tuple(periods)
        self.leaves: list[Leaf] = []
        self._numbers: dict[tuple[str, Flag, str], int] = {}
        self._asked: dict[tuple[str, Labels, Period], int] = {}
        self.edges: dict[str, tuple[Edge, ...]] = {
            node.key: tuple(self._edge(node, need, leaves) for need in node.method.inputs)
            for node in graph
            if isinstance(node, Step)
        }
        self.leaf_values: Numbers = np.array([np.nan if v.value is None else v.value for v in self.leaves], dtype=float)
        self.leaf_states: Codes = np.array([int(v.state) for v in self.leaves], dtype=np.int64)
        self.leaf_flags: Codes = np.array([int(v.flags) for v in self.leaves], dtype=np.int64)
        self.cells: dict[str, Cells] = {}
        for node in graph:
            self.cells[node.key] = self._step(node) if isinstance(node, Step) else self._total(node)

    def figure(self, node: str, row: int | Labels = 0, period: Period | int = 0) -> Figure:
        """One cell, by its row's number or labels."""
        found = self.graph[node]
        number = row if isinstance(row, int) else self.graph.row_numbers[node][row]
        column = period if isinstance(period, int) else self.periods.index(period)
        cells = self.cells[node]
        state = State(int(cells.state[number, column]))
        return Figure(
            node,
            found.rows[number],
            self.periods[column],
            found.unit,
            float(cells.value[number, column]) if state is State.VALUE else None,
            state,
            Flag(int(cells.flags[number, column])),
            float(cells.known[number, column]),
        )

    def array(self, node: str) -> xarray.DataArray:
        """A node's values as a labelled array (row, period); what is missing is NaN, its state a coordinate."""
        import xarray

        found, cells = self.graph[node], self.cells[node]
        names = sorted({name for row in found.rows for name, _ in row})
        coordinates: dict[str, Any] = {name: ("row", [dict(row).get(name, "") for row in found.rows]) for name in names}
        return xarray.DataArray(
            cells.value,
            dims=("row", "period"),
            coords={
                **coordinates,
                "period": [period.code for period in self.periods],
                "state": (("row", "period"), [[State(int(s)).name for s in line] for line in cells.state]),
            },
            name=node,
            attrs={"unit": found.unit},
        )

    # -- reading -----------------------------------------------------------------------------------------------------

    def _edge(self, step: Step, need: Need, leaves: Leaves) -> Edge:
        feed = step.feeds[need.name]
        if isinstance(feed, Result):
            return Edge(
                need, None, feed.node, np.array(self.graph.partners(step, feed)), self.graph.factor(feed, need.unit)
            )
        numbers = np.array(
            [[self._fetch(feed, row, period, leaves) for period in self.periods] for row in step.rows], dtype=np.int64
        ).reshape(len(step.rows), len(self.periods))
        known, where = np.unique(numbers, return_inverse=True)
        factor = np.array([self._factor(self.leaves[number], need, step) for number in known])[where].reshape(
            numbers.shape
        )
        return Edge(need, numbers, "", None, 1.0 if bool((factor == 1.0).all()) else factor)

    def _fetch(self, feed: Given, row: Labels, period: Period, leaves: Leaves) -> int:
        for _ in range(feed.lag):
            period = period.previous()
        labels = feed.labels_of(row)
        asked = (feed.quantity, labels, period)
        if asked not in self._asked:
            leaf = leaves.leaf(feed.quantity, labels, period)
            # The same factor under other flags is another line of the book, with the same id and so the same error.
            line = (leaf.id, leaf.flags, leaf.shares)
            if line not in self._numbers:
                self._numbers[line] = len(self.leaves)
                self.leaves.append(leaf)
            self._asked[asked] = self._numbers[line]
        return self._asked[asked]

    def _factor(self, leaf: Leaf, need: Need, step: Step) -> float:
        if leaf.value is None or leaf.unit == need.unit:
            return 1.0
        try:
            return units.factor(leaf.unit, need.unit)
        except units.UnableToMeasure as error:
            raise UnableToReadLeaf(
                f"{step.key}: {leaf.quantity} {dict(leaf.labels)} is in {leaf.unit}, needed is {need.unit} ({leaf.origin.where})"
            ) from error

    # -- working -----------------------------------------------------------------------------------------------------

    def inputs(self, step: Step) -> list[tuple[Edge, Numbers, Codes, Codes]]:
        """Each need's values in its own unit, states and flags, of shape (rows, periods)."""
        found = []
        for edge in self.edges[step.key]:
            if edge.leaves is not None:
                value, state = self.leaf_values[edge.leaves] * edge.factor, self.leaf_states[edge.leaves]
                flags = self.leaf_flags[edge.leaves]
            else:
                cells = self.cells[edge.node]
                value, state = cells.value[edge.rows] * edge.factor, cells.state[edge.rows]
                flags = cells.flags[edge.rows]
            if edge.need.nil is not None:
                nil = state >= int(State.IE)
                value, state = np.where(nil, edge.need.nil, value), np.where(nil, int(State.VALUE), state)
            found.append((edge, value, state, flags))
        return found

    def _step(self, step: Step) -> Cells:
        shape = (len(step.rows), len(self.periods))
        state, flags = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        arguments: dict[str, Any] = {}
        for edge, value, states, marks in self.inputs(step):
            outside = (states == State.VALUE) & ~_within(value, edge.need)
            states = np.where(outside, int(State.FAILED), states)
            # A gap must not reach the years beside it as NaN; its own year is masked below.
            arguments[edge.need.name] = np.where(states == State.VALUE, value, 0.0)
            if step.method.series:
                states, marks = _since(states), np.bitwise_or.accumulate(marks, axis=1)
            state, flags = np.maximum(state, states), flags | marks
        with np.errstate(all="ignore"):
            value = np.broadcast_to(step.method.body(**arguments, **constants(step)), shape).astype(float)
        state = np.where((state == State.VALUE) & ~np.isfinite(value), int(State.FAILED), state)
        value = np.where(state == State.VALUE, value, np.nan)
        flags = np.where(state >= int(State.IE), 0, flags)
        return Cells(value, state, flags, np.nan_to_num(value))

    def _total(self, total: Total) -> Cells:
        shape = (len(total.rows), len(self.periods))
        known, flags = np.zeros(shape), np.zeros(shape, dtype=np.int64)
        counted, lost, left, withheld = (np.zeros(shape, dtype=bool) for _ in range(4))
        worst = np.zeros(shape, dtype=np.int64)
        for number, parts in enumerate(total.parts):
            for key, row in parts:
                cells = self.cells[key]
                state = cells.state[row]
                known[number] += cells.known[row] * units.factor(self.graph[key].unit, total.unit)
                flags[number] |= cells.flags[row]
                counted[number] |= state == State.VALUE
                lost[number] |= (state == State.FAILED) | (state == State.ABSENT)
                left[number] |= state == State.NE
                withheld[number] |= state == State.C
                worst[number] = np.maximum(worst[number], state)
        flags |= np.where((left | withheld) & counted, int(Flag.LEFT_OUT), 0)
        # Without any counted part: what is known not to occur stays so, what was not estimated is not estimated.
        none = np.where(withheld, int(State.C), np.where(worst == 0, int(State.NO), worst))
        none = np.where(left, int(State.NE), none)
        state = np.where(lost, int(State.ABSENT), np.where(counted, int(State.VALUE), none))
        return Cells(np.where(state == State.VALUE, known, np.nan), state, flags, known)


def constants(step: Step) -> Mapping[str, float]:
    """The numbers the step's formula brings itself."""
    return {need.name: need.constant for need in step.method.needs if need.constant is not None}


def _since(states: Codes) -> Codes:
    """States of a series' input: a gap spoils all later years. What did not occur once says nothing of the years after it."""
    nil = states >= int(State.IE)
    spoilt = np.maximum.accumulate(np.where(nil, int(State.ABSENT), states), axis=1)
    return np.where(nil, states, spoilt)


def _within(value: Numbers, need: Need) -> NDArray[np.bool_]:
    inside = np.ones(value.shape, dtype=bool)
    with np.errstate(invalid="ignore"):
        if need.low is not None:
            inside &= value >= need.low
        if need.high is not None:
            inside &= value <= need.high
    return inside
