"""The sectors put together: one graph from what departments report to the totals, with a tree of categories on top.

Nodes of the graph, bottom up: the sectors' own steps; ``co2e.<step>``, each step's gas weighed; ``tree.<depth>`` and ``gas.<depth>``,
the categories of one depth, all gases together and gas by gas; ``total`` and ``total_gas``, with and without land use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from qihou.domains.inventory.methods.scheme.parts import Category, Options, Quantity, Sector, SectorScheme, Sheet
from qihou.domains.inventory.methods.weighing import QUANTITY, weighing
from qihou.figures.graph import Given, Graph, Labels, Node, Result, Step, Total, labels, only
from qihou.measure.gases import GwpSet

Cell = tuple[str, int]
WITH_LULUCF, WITHOUT_LULUCF = labels(scope="with_lulucf"), labels(scope="without_lulucf")


class UnableToAssemble(ValueError):
    """The sectors contradict each other; the message names the category, quantity or step."""


@dataclass(frozen=True)
class Scheme:
    """Everything that is counted under one choice of options, and how."""

    options: Options
    gwp_set: GwpSet
    categories: tuple[Category, ...]
    sheets: tuple[Sheet, ...]
    quantities: tuple[Quantity, ...]
    steps: tuple[Step, ...]
    after: tuple[Node, ...] = ()

    @property
    def unit(self) -> str:
        return self.gwp_set.unit

    @cached_property
    def category(self) -> dict[str, Category]:
        return {category.code: category for category in self.categories}

    @cached_property
    def quantity(self) -> dict[tuple[str, Labels], Quantity]:
        return {(quantity.key, quantity.labels): quantity for quantity in self.quantities}

    def children(self, code: str) -> tuple[Category, ...]:
        """The categories right under one (under ``""``: the sectors), in the order of the guideline."""
        return tuple(category for category in self.categories if category.parent == code)

    @cached_property
    def graph(self) -> Graph:
        """The whole calculation.

        Raises:
            qihou.figures.graph.UnableToBuildGraph
        """
        weighed = [self._weighed(step) for step in self.steps if _gas(step)]
        tree, gases = self._tree(weighed, ()), self._tree(weighed, ("gas",))
        return Graph((*self.steps, *weighed, *tree, *gases, *self._totals(tree, gases), *self.after))

    def cell(self, code: str, gas: str = "") -> Cell:
        """Where a category's figure is: node and row.

        Raises:
            KeyError: there is no such category, or it has no such gas.
        """
        wanted = labels(category=code, gas=gas) if gas else labels(category=code)
        node = f"{'gas' if gas else 'tree'}.{code.count('.')}"
        return node, self.graph.row_numbers[node][wanted]

    def gases(self, code: str) -> tuple[str, ...]:
        """The gases a category has figures for."""
        depth = f"gas.{code.count('.')}"
        if depth not in self.graph:
            return ()
        return tuple(dict(row)["gas"] for row in self.graph[depth].rows if dict(row)["category"] == code)

    def total_cell(self, *, lulucf: bool, gas: str = "") -> Cell:
        scope = WITH_LULUCF if lulucf else WITHOUT_LULUCF
        node = "total_gas" if gas else "total"
        row = tuple(sorted((*scope, ("gas", gas)))) if gas else scope
        return node, self.graph.row_numbers[node][row]

    def _weighed(self, step: Step) -> Step:
        gas = _gas(step)
        names = tuple(sorted({name for row in step.rows for name, _ in row}))
        feeds: dict[str, Given | Result] = {"mass": Result(step.key, names), "potential": Given(QUANTITY, ("gas",))}
        return Step(f"co2e.{step.key}", weighing(gas, self.gwp_set), step.rows, feeds)

    def _tree(self, weighed: Sequence[Step], by: tuple[str, ...]) -> list[Total]:
        """Totals by depth, the deepest first: a category adds its own steps' rows and its children that are no memo items."""
        own: dict[Labels, list[Cell]] = {}
        for step in weighed:
            for number, row in enumerate(step.rows):
                own.setdefault(only(row, ("category", *by)), []).append((step.key, number))
        name = "gas" if by else "tree"
        nodes: list[Total] = []
        below: dict[str, list[tuple[Labels, Cell]]] = {}
        for depth in range(max(c.code.count(".") for c in self.categories), -1, -1):
            parts: dict[Labels, list[Cell]] = {}
            for category in (c for c in self.categories if c.code.count(".") == depth):
                for row, cells in own.items():
                    if dict(row)["category"] == category.code:
                        parts.setdefault(row, []).extend(cells)
                for row, cell in below.get(category.code, []):
                    parts.setdefault(_relabelled(row, category.code), []).append(cell)
            key = f"{name}.{depth}"
            if parts:
                nodes.append(Total(key, self.unit, tuple(parts), tuple(tuple(cells) for cells in parts.values())))
            below = {}
            for number, row in enumerate(parts):
                category = self.category[dict(row)["category"]]
                if not category.memo:
                    below.setdefault(category.parent, []).append((row, (key, number)))
        return nodes

    def _totals(self, tree: Sequence[Node], gases: Sequence[Node]) -> list[Total]:
        totals = []
        for key, node in (("total", tree[-1]), ("total_gas", gases[-1])):
            parts: dict[Labels, list[Cell]] = {}
            for scope in (WITH_LULUCF, WITHOUT_LULUCF):
                for number, row in enumerate(node.rows):
                    sector = self.category[dict(row)["category"]].sector
                    if sector.in_total and (scope == WITH_LULUCF or sector is not Sector.LULUCF):
                        here = tuple(sorted((*scope, *only(row, ("gas",)))))
                        parts.setdefault(here, []).append((node.key, number))
            totals.append(Total(key, self.unit, tuple(parts), tuple(tuple(cells) for cells in parts.values())))
        return totals


def _nothing_after(steps: tuple[Step, ...]) -> tuple[Node, ...]:
    return ()


def assemble(
    options: Options,
    gwp_set: GwpSet,
    sectors: Iterable[SectorScheme],
    *,
    after: Callable[[tuple[Step, ...]], tuple[Node, ...]] = _nothing_after,
) -> Scheme:
    """Put sectors together and hold them against each other. ``after`` gives the nodes that stand on their steps: indicators.

    Raises:
        UnableToAssemble: a category or quantity is declared twice, a parent, sheet or category is missing, or the rows of an
            emission step do not carry one gas and a known category.
    """
    schemes = tuple(sectors)
    steps = tuple(step for one in schemes for step in one.steps(options))
    scheme = Scheme(
        options,
        gwp_set,
        tuple(category for one in schemes for category in one.categories),
        tuple({sheet.key: sheet for one in schemes for sheet in one.sheets}.values()),
        tuple(quantity for one in schemes for quantity in one.quantities),
        steps,
        after(steps),
    )
    if len(scheme.category) != len(scheme.categories):
        raise UnableToAssemble(f"declared twice: {_twice(c.code for c in scheme.categories)}")
    if len(scheme.quantity) != len(scheme.quantities):
        raise UnableToAssemble(f"declared twice: {_twice((q.key, q.labels) for q in scheme.quantities)}")
    sheets = {sheet.key for sheet in scheme.sheets}
    for category in scheme.categories:
        if category.parent and category.parent not in scheme.category:
            raise UnableToAssemble(f"category {category.code} has no parent {category.parent}")
    for quantity in scheme.quantities:
        if quantity.sheet not in sheets:
            raise UnableToAssemble(f"{quantity.key}: there is no sheet {quantity.sheet}")
        if unknown := set(quantity.categories) - set(scheme.category):
            raise UnableToAssemble(f"{quantity.key}: there is no category {', '.join(sorted(unknown))}")
    for step in scheme.steps:
        for row in step.rows if _gas(step) else ():
            if dict(row).get("category") not in scheme.category or dict(row)["gas"] != _gas(step):
                raise UnableToAssemble(f"{step.key}: a row names no known category, or another gas: {dict(row)}")
    return scheme


def _gas(step: Step) -> str:
    """The gas an emission step gives; empty for an intermediate one."""
    return dict(step.rows[0]).get("gas", "") if step.rows else ""


def _relabelled(row: Labels, code: str) -> Labels:
    return tuple(sorted((name, code if name == "category" else value) for name, value in row))


def _twice(names: Iterable[object]) -> str:
    return ", ".join(sorted(str(name) for name, count in Counter(names).items() if count > 1))
