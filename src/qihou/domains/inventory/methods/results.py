"""An inventory worked out: every category and gas with its range, status and id, and what the totals' uncertainty comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from qihou.domains.inventory.methods.scheme.assembly import Cell, Scheme
from qihou.figures.book import Book, Figure
from qihou.figures.draws import Drawn, draw
from qihou.figures.leaf import Leaves
from qihou.figures.lineage import Lineage, Why
from qihou.figures.missing import Flag, State, Status, status_of
from qihou.figures.propagation import Propagation, Share, Target
from qihou.figures.spread import Z95
from qihou.measure.periods import Period

TOTAL, TOTAL_WITHOUT_LULUCF = "total", "total_without_lulucf"


@dataclass(frozen=True)
class Line:
    """A figure of the inventory with all a screen says of it.

    Attributes:
        code: a category's code, ``total``, ``total_without_lulucf``, or a step's key for what is derived (an indicator).
        gas: empty where all gases are together.
        value: in ``unit``; None unless ``state`` is VALUE. ``known``: the sum of what there is.
        half_percent: half of the 95 % interval by approach 1, in percent of the value; None where the value is nought or missing.
        low, high: the 95 % interval, by approach 2 where draws were made, else by approach 1.
        id: of everything the figure stands on.
    """

    code: str
    gas: str
    value: float | None
    known: float
    unit: str
    half_percent: float | None
    low: float | None
    high: float | None
    state: State
    flags: Flag
    id: str

    @property
    def status(self) -> Status:
        return status_of(self.state, self.flags)


class Worked:
    """A scheme worked through one reading of the record.

    Args:
        periods: years that follow one another; the last is the inventory's year unless ``period`` says otherwise.
        draws: of approach 2; 0 for approach 1 only.
    """

    def __init__(
        self,
        scheme: Scheme,
        leaves: Leaves,
        periods: Sequence[Period],
        *,
        period: Period | None = None,
        draws: int = 0,
        seed: int = 0,
    ) -> None:
        self.scheme = scheme
        self.book = Book(scheme.graph, leaves, periods)
        self.period = period or self.book.periods[-1]
        self.column = self.book.periods.index(self.period)
        self.lineage = Lineage(self.book)
        self.drawn: Drawn | None = draw(self.book, draws, seed=seed, keep=self._shown_nodes) if draws else None

    @cached_property
    def propagation(self) -> Propagation:
        return Propagation(self.book)

    @cached_property
    def cells(self) -> dict[tuple[str, str], Cell]:
        """Where each shown figure is: (code, gas) to node and row, sectors first, each category before its children."""
        found: dict[tuple[str, str], Cell] = {}
        for name, lulucf in ((TOTAL, True), (TOTAL_WITHOUT_LULUCF, False)):
            found[name, ""] = self.scheme.total_cell(lulucf=lulucf)
            for row in self.scheme.graph["total_gas"].rows:
                if dict(row)["scope"] == ("with_lulucf" if lulucf else "without_lulucf"):
                    found[name, dict(row)["gas"]] = self.scheme.total_cell(lulucf=lulucf, gas=dict(row)["gas"])
        self._add_category("", found)
        for node in self.scheme.after:
            found[node.key, ""] = (node.key, 0)
        return found

    @cached_property
    def lines(self) -> dict[tuple[str, str], Line]:
        """All shown figures of the inventory's year."""
        places = list(self.cells.items())
        deviations = self.propagation.sd([Target(node, row, self.column) for _, (node, row) in places])
        return {key: self._line(key, cell, float(sd)) for (key, cell), sd in zip(places, deviations, strict=True)}

    def figure(self, code: str, gas: str = "") -> Figure:
        node, row = self.cells[code, gas]
        return self.book.figure(node, row, self.column)

    def why(self, code: str, gas: str = "", depth: int | None = None) -> Why:
        """The tree under a figure."""
        node, row = self.cells[code, gas]
        return self.lineage.why(node, row, self.column, depth)

    def improve(self, code: str = TOTAL, gas: str = "") -> list[Share]:
        """What a figure's variance comes from, largest share first: the next datum worth improving."""
        node, row = self.cells[code, gas]
        return self.propagation.shares(Target(node, row, self.column))

    @property
    def _shown_nodes(self) -> list[str]:
        return sorted({node for node, _ in self.cells.values()})

    def _add_category(self, parent: str, found: dict[tuple[str, str], Cell]) -> None:
        for category in self.scheme.children(parent):
            gases = self.scheme.gases(category.code)
            if gases:
                found[category.code, ""] = self.scheme.cell(category.code)
                for gas in gases:
                    found[category.code, gas] = self.scheme.cell(category.code, gas)
            self._add_category(category.code, found)

    def _line(self, key: tuple[str, str], cell: Cell, sd: float) -> Line:
        node, row = cell
        figure = self.book.figure(node, row, self.column)
        half = low = high = None
        if figure.value is not None:
            half = None if figure.value == 0 else 100 * Z95 * sd / abs(figure.value)
            low, high = figure.value - Z95 * sd, figure.value + Z95 * sd
            if self.drawn is not None:
                ends = self._intervals[node]
                low, high = float(ends[0][row, self.column]), float(ends[1][row, self.column])
        return Line(
            *key, figure.value, figure.known, figure.unit, half, low, high, figure.state, figure.flags,
            self.lineage.id(node, row, self.column),
        )  # fmt: skip

    @cached_property
    def _intervals(self) -> dict[str, tuple]:  # type: ignore[type-arg]
        assert self.drawn is not None
        return {node: self.drawn.interval(node) for node in self._shown_nodes}
