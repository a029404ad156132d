"""Small methods, leaves and graphs for the tests of the kernel, with units in which powers of ten are easy to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from qihou.figures.book import Book
from qihou.figures.draws import Drawn
from qihou.figures.graph import Given, Graph, Labels, Step, labels, total_by
from qihou.figures.leaf import GivenLeaves, Leaf, Origin
from qihou.figures.lineage import Lineage
from qihou.figures.method import Catalogue, Cite, Method, Need
from qihou.figures.missing import Flag, State
from qihou.measure.periods import Period

CITE = Cite("Test", "clause 1", 2006)
YEARS = tuple(Period.year(year) for year in (2020, 2021, 2022))


def need(name: str, unit: str, **more: object) -> Need:
    return Need(name, unit, name, name, **more)  # type: ignore[arg-type]


def declare(
    key: str, unit: str, needs: tuple[Need, ...], body: object, catalogue: Catalogue | None = None, **more: object
) -> Method:
    target = Catalogue() if catalogue is None else catalogue
    told = {"version": 1, "zh": key, "en": key, "formula": "", "cites": CITE, **more}
    return target.method(key, unit=unit, needs=needs, **told)(body)  # type: ignore[arg-type]


BURN = declare(
    "burn",
    "tCO2",
    (need("fuel", "t", low=0.0), need("factor", "tCO2/t", low=0.0)),
    lambda fuel, factor: fuel * factor,
)
LESS = declare(
    "less",
    "tCO2",
    (need("made", "tCO2"), need("caught", "tCO2", nil=0.0)),
    lambda made, caught: made - caught,
)
LYING = declare(
    "lying",
    "t",
    (need("brought", "t", nil=0.0), need("kept", "1", low=0.0, high=1.0)),
    lambda brought, kept: _lying(brought, kept),
    series=True,
    dimensional=False,
)


def _lying(brought, kept):  # type: ignore[no-untyped-def]
    """What lies at the end of each year: what lay, times what is kept, and what was brought."""
    found = np.zeros(np.broadcast(brought, kept).shape, dtype=np.result_type(brought, kept, float))
    lies = found[..., 0] * 0
    for year in range(found.shape[-1]):
        lies = lies * kept[..., year] + brought[..., year]
        found[..., year] = lies
    return found


def leaf(quantity: str, value: float | None, unit: str, about: Labels = (), origin: str = "", **more: object) -> Leaf:
    return Leaf(quantity, about, unit, value, Origin("given", origin or f"{quantity}{about}"), **more)  # type: ignore[arg-type]


def no(quantity: str, state: State, about: Labels = (), **more: object) -> Leaf:
    return leaf(quantity, None, "1", about, state=state, reason="said so", **more)


def fuels(count: int) -> tuple[Labels, ...]:
    return tuple(labels(fuel=f"f{number}") for number in range(count))


def burning(rows: Sequence[Labels], unit: str = "tCO2") -> Graph:
    """Every fuel times its factor, and the sum."""
    step = Step("burn", BURN, tuple(rows), {"fuel": Given("fuel", ("fuel",)), "factor": Given("factor", ("fuel",))})
    return Graph((step, total_by("all", unit, [step])))


def burnt(
    values: Mapping[str, tuple[float | State, float | State]],
    spreads: tuple[str, str] = ("", ""),
    flags: Mapping[str, Flag] | None = None,
) -> Book:
    """A book of one year: for each fuel its amount in t and its factor in tCO2/t, or the state of either."""
    rows = tuple(labels(fuel=name) for name in values)
    given = []
    for row, (name, pair) in zip(rows, values.items(), strict=True):
        for quantity, value, unit, spread in zip(("fuel", "factor"), pair, ("t", "tCO2/t"), spreads, strict=True):
            mark = (flags or {}).get(f"{quantity}.{name}", Flag.NONE)
            if isinstance(value, State):
                given.append((no(quantity, value, row, flags=mark), None))
            else:
                given.append((leaf(quantity, value, unit, row, spread=spread, flags=mark), None))
    return Book(burning(rows), GivenLeaves(given), YEARS[:1])


def told(book: Book, drawn: Drawn | None) -> tuple[list[float | None], np.ndarray | None, list[str]]:
    """Figures, draws and ids of a book's total: what a distant process sends back. Refuses a book of two periods."""
    if len(book.periods) == 2:
        raise ValueError("two periods are not asked for here")
    lineage, columns = Lineage(book), range(len(book.periods))
    values = [book.figure("all", 0, column).value for column in columns]
    return values, drawn.draws["all"] if drawn else None, [lineage.id("all", 0, column) for column in columns]
