"""IPCC approach 2: the same bodies on draws. (2006 Guidelines, volume 1, chapter 3, section 3.2.3.2.)

Every leaf has a stream of its own, seeded by its id: the same leaf draws the same numbers whatever else is calculated, in
whatever order, on whatever machine, and however many draws are made at a time. The graph is worked through a few draws at a
time, so that the arrays stay small and only what was asked for is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.random.bit_generator import ISeedSequence

from qihou.figures.book import Book, Codes, Edge, Numbers, constants
from qihou.figures.graph import Step, Total
from qihou.figures.leaf import Leaf
from qihou.figures.missing import State
from qihou.figures.spread import Shape
from qihou.measure import units

# Draws worked at a time: what a batch touches stays in the processor's cache. The results do not depend on it.
BATCH = 512


class UnableToDraw(ValueError):
    """Leaves cannot be drawn together as they are described; the message names them."""


@dataclass(frozen=True)
class Drawn:
    """Draws of the kept nodes, each (rows, periods, draws); cells without a value hold NaN throughout."""

    draws: dict[str, Numbers]
    count: int

    def interval(self, node: str, share: float = 0.95) -> tuple[Numbers, Numbers]:
        """Lower and upper end of the central interval, each (rows, periods)."""
        ends = np.quantile(self.draws[node], [(1 - share) / 2, (1 + share) / 2], axis=-1)
        return ends[0], ends[1]

    def mean(self, node: str) -> Numbers:
        return np.asarray(self.draws[node].mean(axis=-1))

    def sd(self, node: str) -> Numbers:
        return np.asarray(self.draws[node].std(axis=-1, ddof=1))


def draw(book: Book, count: int, *, seed: int = 0, keep: Iterable[str] | None = None) -> Drawn:
    """Work the book's graph on ``count`` draws.

    Args:
        count: draws.
        seed: chooses another set of streams.
        keep: nodes whose draws are wanted; all totals by default.

    Raises:
        UnableToDraw: leaves share an error, but their distributions cannot (a bounded one with a normal one).
    """
    kept = list(keep) if keep is not None else [node.key for node in book.graph if isinstance(node, Total)]
    result = {key: np.empty((*book.cells[key].value.shape, count)) for key in kept}
    wanted = _needed(book, kept)
    worker = _Worker(book, seed)
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        found = worker.batch(size, wanted)
        for key in kept:
            result[key][..., start : start + size] = found[key]
    for key in kept:
        result[key][book.cells[key].state != State.VALUE] = np.nan
    return Drawn(result, count)


class _Words(ISeedSequence):
    """Seed words straight from a digest of the name: numpy's own mixing of a long name costs more than the draws of a leaf."""

    def __init__(self, name: str, seed: int) -> None:
        self._digest = blake2b(name.encode(), digest_size=64, key=str(seed).encode()[:64]).digest()

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> Any:
        return np.frombuffer(self._digest, dtype=dtype, count=n_words)


def stream(leaf: Leaf, seed: int) -> np.random.Generator:
    """The leaf's own stream of random numbers; leaves that share their error share the stream."""
    words = _Words(leaf.shares or leaf.id, seed)
    return np.random.Generator(np.random.SFC64(words))  # type: ignore[arg-type]  # the stubs know one seed sequence only


def _needed(book: Book, kept: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(kept)
    while waiting:
        key = waiting.pop()
        if key in found:
            continue
        found.add(key)
        node = book.graph[key]
        if isinstance(node, Step):
            waiting += [edge.node for edge in book.edges[key] if edge.node]
        else:
            waiting += [part for parts in node.parts for part, _ in parts]
    return found


class _Worker:
    """Works the graph batch by batch; cells without a value are zero on the way, and masked at the end.

    Drawn leaves lie in one matrix, the normal ones first, so that their noise is scaled in place.
    """

    def __init__(self, book: Book, seed: int) -> None:
        self.book = book
        self.values = np.nan_to_num(book.leaf_values)
        spreads = [leaf.distribution for leaf in book.leaves]
        _check_shared(book.leaves)
        normal = [i for i, s in enumerate(spreads) if s.shape is Shape.NORMAL]
        other = [i for i, s in enumerate(spreads) if s.shape not in (Shape.NORMAL, Shape.EXACT)]
        exact = [i for i, s in enumerate(spreads) if s.shape is Shape.EXACT]
        order = np.array(normal + other + exact, dtype=np.int64)
        self.place = np.empty_like(order)
        self.place[order] = np.arange(len(order))
        self.uncertain = len(normal) + len(other)
        self.normal = [stream(book.leaves[i], seed).standard_normal for i in normal]
        self.other = [(spreads[i], stream(book.leaves[i], seed)) for i in other]
        self.sd = np.array([spreads[i].sd for i in normal])[:, None]
        self.centre = self.values[order][:, None]
        self.plans = {node.key: _adding(book, node) for node in book.graph if isinstance(node, Total)}
        self.blank = {key: np.nonzero(cells.state != State.VALUE) for key, cells in book.cells.items()}

    def batch(self, size: int, wanted: set[str]) -> dict[str, Numbers]:
        leaves = self._leaves(size)
        done: dict[str, Numbers] = {}
        for node in self.book.graph:
            if node.key not in wanted:
                continue
            if isinstance(node, Step):
                found = self._step(node, leaves, done)
                if len(self.blank[node.key][0]):
                    found[self.blank[node.key]] = 0.0
            else:
                found = _add(self.plans[node.key], done, (len(node.rows), len(self.book.periods), size))
            done[node.key] = found
        return done

    def _leaves(self, size: int) -> Numbers:
        drawn = np.empty((len(self.values), size))
        count = len(self.normal)
        for draw_into, row in zip(self.normal, drawn, strict=False):
            draw_into(out=row)
        drawn[:count] *= self.sd
        drawn[:count] += self.centre[:count]
        for place, (spread, generator) in enumerate(self.other, count):
            drawn[place] = spread.draw(generator, size)
        drawn[self.uncertain :] = self.centre[self.uncertain :]
        return drawn

    def _step(self, step: Step, leaves: Numbers, done: dict[str, Numbers]) -> Numbers:
        arguments: dict[str, Any] = {
            edge.need.name: self._argument(edge, leaves, done) for edge in self.book.edges[step.key]
        }
        shape = (len(step.rows), len(self.book.periods), leaves.shape[1])
        with np.errstate(all="ignore"):
            if step.method.series:
                # A series sees all years of every input, also of one that stays the same.
                turned = {name: np.moveaxis(np.broadcast_to(v, shape), 1, -1) for name, v in arguments.items()}
                found = np.moveaxis(step.method.body(**turned, **constants(step)), -1, 1)
            else:
                found = np.asarray(step.method.body(**arguments, **constants(step)))
        fresh = found.shape == shape and not any(np.may_share_memory(found, value) for value in arguments.values())
        return found if fresh else np.array(np.broadcast_to(found, shape))

    def _argument(self, edge: Edge, leaves: Numbers, done: dict[str, Numbers]) -> Numbers:
        if edge.leaves is None:
            value = _rows(done[edge.node], edge.rows)
            return value if edge.factor == 1.0 else value * edge.factor
        places = self.place[edge.leaves[:, :1] if edge.steady else edge.leaves]
        factor = edge.factor if isinstance(edge.factor, float) else edge.factor[:, : places.shape[1], None]
        value = _block(leaves, places) if bool((places < self.uncertain).any()) else self.centre[places]
        return value if isinstance(factor, float) and factor == 1.0 else value * factor


def _block(leaves: Numbers, places: Codes) -> Numbers:
    """The drawn leaves at these places, (rows, periods, draws); seen and not copied where they lie one after the other."""
    first, count = int(places[0, 0]), places.size
    if bool((places.ravel() == np.arange(first, first + count)).all()):
        return leaves[first : first + count].reshape(*places.shape, leaves.shape[1])
    return leaves[places]


@dataclass(frozen=True)
class _Adding:
    """Of one node into a total: pairs of a sum and a row it takes, in the order in which they are added."""

    node: str
    pairs: tuple[tuple[int, int], ...]
    factor: float


def _adding(book: Book, total: Total) -> list[_Adding]:
    found: dict[str, list[tuple[int, int]]] = {}
    for number, parts in enumerate(total.parts):
        for key, row in parts:
            found.setdefault(key, []).append((number, row))
    return [_Adding(key, tuple(pairs), units.factor(book.graph[key].unit, total.unit)) for key, pairs in found.items()]


def _add(plans: list[_Adding], done: dict[str, Numbers], shape: tuple[int, int, int]) -> Numbers:
    """Row by row: numpy's own reductions add in an order that depends on the shape, and so on the size of a batch."""
    result = np.zeros(shape)
    for plan in plans:
        values = done[plan.node]
        for number, row in plan.pairs:
            result[number] += values[row] if plan.factor == 1.0 else values[row] * plan.factor
    return result


def _check_shared(leaves: list[Leaf]) -> None:
    """Who shares a stream must draw alike from it: normal noise, or one number between nought and one."""
    first: dict[str, Leaf] = {}
    for leaf in leaves:
        if not leaf.shares or leaf.distribution.is_exact:
            continue
        other = first.setdefault(leaf.shares, leaf)
        if _is_bounded(leaf) != _is_bounded(other):
            raise UnableToDraw(
                f"{other.quantity} and {leaf.quantity} share the error {leaf.shares!r}, but one is bounded and the other is not; "
                "write both as uniform or triangular, or neither"
            )


def _is_bounded(leaf: Leaf) -> bool:
    return leaf.distribution.shape in (Shape.UNIFORM, Shape.TRIANGULAR)


def _rows(values: Numbers, rows: Codes | None) -> Numbers:
    """The rows of a node, without copying them where it is all of them in order."""
    if rows is None or (len(rows) == len(values) and bool((rows == np.arange(len(rows))).all())):
        return values
    return values[rows]
