"""What a figure stands on: the tree under a number, and an id that changes when anything in it does."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from qihou.figures.book import Book, Codes, Edge, Figure
from qihou.figures.graph import Labels, Step
from qihou.figures.leaf import Leaf, content_id
from qihou.figures.method import Method, Need
from qihou.figures.missing import State
from qihou.measure import units
from qihou.measure.periods import Period


@dataclass(frozen=True)
class Input:
    """One input of a figure: the value as the method got it (``need.unit``), and what it is: a leaf, or a figure below.

    ``period``: of the input, which for a method over series may lie before the figure's own.
    """

    need: Need | None
    value: float | None
    below: Leaf | Why
    period: Period


@dataclass(frozen=True)
class Why:
    """A figure, the method that gave it (None: a sum) and its inputs. ``left_out``: of a sum, the parts it knowingly lacks."""

    id: str
    figure: Figure
    method: Method | None
    inputs: tuple[Input, ...]

    @cached_property
    def left_out(self) -> tuple[Figure, ...]:
        return tuple(
            part.below.figure
            for part in self.inputs
            if isinstance(part.below, Why)
            and (part.below.figure.state.leaves_out or part.below.figure.state in (State.ABSENT, State.FAILED))
        )

    def leaves(self) -> tuple[Leaf, ...]:
        """All leaves under the figure, each once, in the order in which the tree is read."""
        found: dict[str, Leaf] = {}
        waiting: list[Leaf | Why] = [self]
        while waiting:
            part = waiting.pop(0)
            if isinstance(part, Leaf):
                found.setdefault(part.id, part)
            else:
                waiting[:0] = [given.below for given in part.inputs]
        return tuple(found.values())


class Lineage:
    """Opens the figures of one book. Ids are worked out once per cell."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._ids: dict[tuple[str, int, int], str] = {}

    def id(self, node: str, row: int, period: int) -> str:
        """Of the cell's content: method, its version, and the ids of its inputs; equal work has an equal id."""
        place = (node, row, period)
        if place not in self._ids:
            found = self.book.graph[node]
            if isinstance(found, Step):
                made = content_id(found.method.id, found.rows[row], *self._input_ids(found, row, period))
            else:
                # The order in which parts are added does not matter.
                parts = sorted(self.id(n, r, period) for n, r in found.parts[row])
                made = content_id("sum", found.unit, found.rows[row], *parts)
            self._ids[place] = made
        return self._ids[place]

    def why(self, node: str, row: int | Labels = 0, period: int = 0, depth: int | None = None) -> Why:
        """The tree under a cell. ``depth`` 1 gives the inputs and no more; None all of it."""
        number = row if isinstance(row, int) else self.book.graph.row_numbers[node][row]
        found = self.book.graph[node]
        figure = self.book.figure(node, number, period)
        inputs: tuple[Input, ...] = ()
        method = found.method if isinstance(found, Step) else None
        if depth != 0:
            below = None if depth is None else depth - 1
            if isinstance(found, Step):
                inputs = tuple(
                    self._input(edge, number, column, below)
                    for edge in self.book.edges[node]
                    for column in _columns(found, edge, number, period)
                )
            else:
                inputs = tuple(self._part(n, r, period, below, found.unit) for n, r in found.parts[number])
        return Why(self.id(node, number, period), figure, method, inputs)

    def _input_ids(self, step: Step, row: int, period: int) -> list[str]:
        return [
            self._below_id(edge, row, column)
            for edge in self.book.edges[step.key]
            for column in (range(period + 1) if step.method.series else (period,))
        ]

    def _below_id(self, edge: Edge, row: int, period: int) -> str:
        if edge.leaves is not None:
            leaf = self._leaf(edge.leaves, row, period)
            return f"{leaf.id}.{int(leaf.flags)}.{leaf.shares}"
        assert edge.rows is not None
        return self.id(edge.node, int(edge.rows[row]), period)

    def _input(self, edge: Edge, row: int, period: int, depth: int | None) -> Input:
        when = self.book.periods[period]
        if edge.leaves is not None:
            leaf = self._leaf(edge.leaves, row, period)
            factor = edge.factor if isinstance(edge.factor, float) else float(edge.factor[row, period])
            return Input(edge.need, None if leaf.value is None else leaf.value * factor, leaf, when)
        assert edge.rows is not None
        below = self.why(edge.node, int(edge.rows[row]), period, depth)
        value = below.figure.value
        return Input(edge.need, None if value is None else value * float(edge.factor), below, when)

    def _leaf(self, numbers: Codes, row: int, period: int) -> Leaf:
        return self.book.leaves[int(numbers[row, period])]

    def _part(self, node: str, row: int, period: int, depth: int | None, unit: str) -> Input:
        below = self.why(node, row, period, depth)
        value = below.figure.value
        return Input(
            None,
            None if value is None else value * units.factor(below.figure.unit, unit),
            below,
            self.book.periods[period],
        )


def _columns(step: Step, edge: Edge, row: int, period: int) -> list[int]:
    """Of a method over series, all years up to this one; a leaf that serves several of them is shown once, at the last."""
    if not step.method.series:
        return [period]
    if edge.leaves is None:
        return list(range(period + 1))
    last = {int(edge.leaves[row, column]): column for column in range(period + 1)}
    return sorted(last.values())
