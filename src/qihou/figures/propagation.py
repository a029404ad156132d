"""IPCC approach 1: first-order propagation of error, from the same bodies. (2006 Guidelines, volume 1, chapter 3, section 3.2.3.1.)

Each body is differentiated by a complex step (Squire & Trapp 1998, SIAM Review 40(1)), and the derivatives are gathered from a figure
down to its leaves. A leaf that serves many rows is gathered once, with its sign, so that shared errors add as they must: for
products and sums of independent leaves this is the guideline's equations 3.1 and 3.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qihou.figures.book import Book, Codes, Numbers, constants
from qihou.figures.graph import Step, Total
from qihou.figures.leaf import Leaf
from qihou.figures.missing import State
from qihou.measure import units

_STEP = 1e-30


@dataclass(frozen=True)
class Target:
    """A cell whose error is asked for, or the difference of two (``minus`` another period of the same row)."""

    node: str
    row: int
    period: int
    minus: int | None = None


@dataclass(frozen=True)
class Share:
    """What one leaf contributes to a figure's variance: ``share`` of 1, and the derivative in the figure's unit per the leaf's."""

    leaf: Leaf
    derivative: float
    share: float


class Propagation:
    """Derivatives of a book's cells, worked out once for the book and gathered for any number of targets."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._local: dict[str, dict[str, Numbers]] = {}
        self.leaf_sd: Numbers = np.array([leaf.distribution.sd for leaf in book.leaves])
        groups: dict[str, int] = {}
        self._group = np.array(
            [groups.setdefault(leaf.shares or leaf.id, len(groups)) for leaf in book.leaves], dtype=int
        )
        self._groups = len(groups)

    def gradients(self, targets: Sequence[Target]) -> Numbers:
        """Derivatives of each target by each leaf, of shape (targets, leaves)."""
        book, count = self.book, len(targets)
        weights: dict[str, Numbers] = {}
        for number, target in enumerate(targets):
            seed = self._weight(weights, target.node, count)
            seed[target.row, target.period, number] += 1.0
            if target.minus is not None:
                seed[target.row, target.minus, number] -= 1.0
        found = np.zeros((len(book.leaves), count))
        for node in reversed(book.graph.nodes):
            weight = weights.pop(node.key, None)
            if weight is None:
                continue
            weight = np.where((book.cells[node.key].state == State.VALUE)[..., None], weight, 0.0)
            if isinstance(node, Total):
                self._through_total(node, weight, weights)
            else:
                self._through_step(node, weight, weights, found)
        return found.T

    def sd(self, targets: Sequence[Target]) -> Numbers:
        """Standard deviations, in the unit of each target; leaves that share their error add before squaring."""
        deviations: Numbers = np.sqrt(self._variances(self.gradients(targets)).sum(axis=1))
        return deviations

    def shares(self, target: Target) -> list[Share]:
        """The leaves a figure's variance comes from, largest first: the next datum worth improving is the first."""
        gradient = self.gradients([target])[0]
        by_group = self._variances(gradient[None])[0]
        whole = float(by_group.sum())
        if whole == 0.0:
            return []
        first: dict[int, int] = {}
        for number in np.argsort(-np.abs(gradient * self.leaf_sd)):
            first.setdefault(int(self._group[number]), int(number))
        found = [
            Share(self.book.leaves[number], float(gradient[number]), float(by_group[group]) / whole)
            for group, number in first.items()
            if by_group[group] > 0
        ]
        return sorted(found, key=lambda share: -share.share)

    def _variances(self, gradients: Numbers) -> Numbers:
        joined = np.zeros((self._groups, len(gradients)))
        _add_at(joined, self._group, gradients.T * self.leaf_sd[:, None])
        return np.asarray(joined.T**2)

    # Targets lie last in every array, so that what is added at one place lies together in memory.

    def _weight(self, weights: dict[str, Numbers], node: str, count: int) -> Numbers:
        if node not in weights:
            weights[node] = np.zeros((*self.book.cells[node].value.shape, count))
        return weights[node]

    def _through_total(self, total: Total, weight: Numbers, weights: dict[str, Numbers]) -> None:
        for number, parts in enumerate(total.parts):
            for key, row in parts:
                below = self._weight(weights, key, weight.shape[-1])
                below[row] += weight[number] * units.factor(self.book.graph[key].unit, total.unit)

    def _through_step(self, step: Step, weight: Numbers, weights: dict[str, Numbers], found: Numbers) -> None:
        local = self._derivatives(step)
        for edge in self.book.edges[step.key]:
            slope = local[edge.need.name]
            passed = np.einsum("rpt,rpq->rqt", weight, slope) if step.method.series else weight * slope[..., None]
            passed = passed * np.asarray(edge.factor)[..., None]
            if edge.leaves is not None:
                _add_at(found, edge.leaves.ravel(), passed.reshape(-1, passed.shape[-1]))
            elif edge.rows is not None:
                _add_at(self._weight(weights, edge.node, weight.shape[-1]), edge.rows, passed)

    def _derivatives(self, step: Step) -> dict[str, Numbers]:
        """Of a step's result by each need: (rows, periods), or for a series (rows, periods of the result, periods of the need)."""
        if step.key not in self._local:
            values = {edge.need.name: np.nan_to_num(value) for edge, value, _, _ in self.book.inputs(step)}
            self._local[step.key] = {name: self._derivative(step, values, name) for name in values}
        return self._local[step.key]

    def _derivative(self, step: Step, values: dict[str, Numbers], name: str) -> Numbers:
        shape = values[name].shape

        def slope(bump: Any) -> Numbers:
            bumped = {**values, name: values[name] + 1j * _STEP * bump}
            with np.errstate(all="ignore"):
                result = step.method.body(**bumped, **constants(step))
            return np.nan_to_num(np.broadcast_to(np.imag(result), shape) / _STEP)

        if not step.method.series:
            return slope(1.0)
        return np.stack([slope(np.eye(shape[1])[period]) for period in range(shape[1])], axis=-1)


def _add_at(into: Numbers, places: Codes, parts: Numbers) -> None:
    """Add each part at its place; several may have the same. Far quicker on long rows than ``np.add.at``."""
    for place, part in zip(places, parts, strict=True):
        into[place] += part
