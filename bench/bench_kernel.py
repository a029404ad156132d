"""The kernel on a real size: 10,000 draws of 200 rows of uncertain leaves in 11 years, against the same arithmetic by hand.

The kernel's time is all of it: a book read and worked, every draw, the 95 % interval of every total, and the lineage id of
every cell. The hand's time is numpy written for this one case, with the same intervals. Both run by turns in one process;
the peak of memory is that of a process which runs only the kernel.

    python bench/bench_kernel.py [--quick]
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time

import numpy as np

from qihou.figures.book import Book
from qihou.figures.draws import draw
from qihou.figures.graph import Given, Graph, Labels, Result, Step, labels, total_by
from qihou.figures.leaf import Leaf, Origin
from qihou.figures.lineage import Lineage
from qihou.figures.method import Catalogue, Cite, Need
from qihou.measure.periods import Period

BOUND_RATIO = 1.5
BOUND_MEMORY_MB = 1500
ROWS, FUELS, DRAWS = 200, 20, 10_000
YEARS = [Period.year(year) for year in range(2015, 2026)]
SPREAD = "±5%"
VALUES = {
    "q": (1000.0, "t"),
    "ncv": (20.0, "GJ/t"),
    "cc": (26.0, "tC/TJ"),
    "of": (0.93, "1"),
    "gwp": (1.0, "tCO2e_AR5/tCO2"),
}
RATIO = 44 / 12

_methods = Catalogue()
_cite = Cite("bench", "-", 2006)


def _need(name: str, unit: str, constant: float | None = None) -> Need:
    return Need(name, unit, name, name, constant=constant)


@_methods.method(
    "heat", version=1, unit="GJ", zh="", en="", formula="", cites=_cite, needs=(_need("q", "t"), _need("ncv", "GJ/t"))
)
def heat(q, ncv):  # type: ignore[no-untyped-def]
    return q * ncv


@_methods.method(
    "burnt", version=1, unit="tCO2", zh="", en="", formula="", cites=_cite,
    needs=(_need("e", "TJ"), _need("cc", "tC/TJ"), _need("of", "1"), _need("r", "tCO2/tC", RATIO)),
)  # fmt: skip
def burnt(e, cc, of, r):  # type: ignore[no-untyped-def]
    return e * cc * of * r


@_methods.method(
    "weighed", version=1, unit="tCO2e_AR5", zh="", en="", formula="", cites=_cite,
    needs=(_need("m", "tCO2"), _need("gwp", "tCO2e_AR5/tCO2")),
)  # fmt: skip
def weighed(m, gwp):  # type: ignore[no-untyped-def]
    return m * gwp


class Record:
    """Every use of fuel is a leaf of its own in every year; a fuel's factors are one leaf for all years."""

    def leaf(self, quantity: str, about: Labels, period: Period) -> Leaf:
        value, unit = VALUES[quantity]
        origin = Origin("given", f"{quantity}{about}{period.code if quantity == 'q' else ''}")
        return Leaf(quantity, about, unit, value, origin, spread="" if quantity in ("of", "gwp") else SPREAD)


def graph() -> Graph:
    rows = tuple(labels(use=f"u{i // FUELS}", fuel=f"f{i % FUELS}") for i in range(ROWS))
    both = ("use", "fuel")
    steps = [
        Step("heat", heat, rows, {"q": Given("q", both), "ncv": Given("ncv", ("fuel",))}),
        Step(
            "burnt",
            burnt,
            rows,
            {"e": Result("heat", both), "cc": Given("cc", ("fuel",)), "of": Given("of", ("fuel",))},
        ),
        Step("weighed", weighed, rows, {"m": Result("burnt", both), "gwp": Given("gwp")}),
    ]
    by_use = total_by("by_use", "tCO2e_AR5", [steps[-1]], by=("use",))
    return Graph((*steps, by_use, total_by("all", "tCO2e_AR5", [by_use])))


def kernel(drawn: int) -> tuple[np.ndarray, np.ndarray]:
    book = Book(graph(), Record(), YEARS)
    found = draw(book, drawn)
    lineage = Lineage(book)
    for node in book.graph:
        for row in range(len(node.rows)):
            for period in range(len(YEARS)):
                lineage.id(node.key, row, period)
    uses, whole = found.interval("by_use"), found.interval("all")
    return np.stack(uses), np.stack(whole)[:, 0]


def by_hand(drawn: int) -> tuple[np.ndarray, np.ndarray]:
    noise = np.random.Generator(np.random.SFC64(0))
    relative = 0.05 / 1.959963984540054
    q = 1000 * (1 + relative * noise.standard_normal((ROWS, len(YEARS), drawn)))
    ncv = 20 * (1 + relative * noise.standard_normal((FUELS, drawn)))
    cc = 26 * (1 + relative * noise.standard_normal((FUELS, drawn)))
    fuel = np.arange(ROWS) % FUELS
    energy = q * ncv[fuel][:, None] / 1000
    mass = energy * cc[fuel][:, None] * 0.93 * RATIO * 1.0
    uses = mass.reshape(ROWS // FUELS, FUELS, len(YEARS), drawn).sum(axis=1)
    ends = [0.025, 0.975]
    return np.quantile(uses, ends, axis=-1), np.quantile(uses.sum(axis=0), ends, axis=-1)


def _timed(work, drawn: int) -> tuple[float, np.ndarray]:  # type: ignore[no-untyped-def]
    begin = time.process_time()
    found = work(drawn)
    return time.process_time() - begin, found[1]


def by_turns(drawn: int, runs: int = 5) -> dict[str, float]:
    """Medians of processor time in seconds, after a turn of each that is not counted; intervals must agree."""
    times: dict[str, list[float]] = {"kernel": [], "hand": []}
    for turn in range(runs + 1):
        (mine, one), (theirs, other) = _timed(kernel, drawn), _timed(by_hand, drawn)
        if drawn >= DRAWS and not np.allclose(one, other, rtol=2e-3):
            raise SystemExit("the kernel and the hand do not calculate the same")
        if turn:
            times["kernel"].append(mine)
            times["hand"].append(theirs)
    return {name: statistics.median(found) for name, found in times.items()}


def _child(*arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measure(quick: bool = False) -> bool:
    """Print both ratios against their bounds; whether both are kept. ``quick`` draws little, to see that the bench works."""
    drawn = "500" if quick else str(DRAWS)
    seconds, memory = _child("turns", drawn), _child("memory", drawn)["mb"]
    ratio = seconds["kernel"] / seconds["hand"]
    fast, small = quick or ratio <= BOUND_RATIO, memory <= BOUND_MEMORY_MB
    print(
        f"kernel draws      {seconds['kernel']:.2f} s of the processor, {ratio:.2f}× of numpy by hand "
        f"({seconds['hand']:.2f} s), bound {BOUND_RATIO}× {'(too few draws to judge)' if quick else '✓' if fast else '✗'}"
    )
    print(f"kernel memory     {memory:.0f} MB at its peak, bound {BOUND_MEMORY_MB} MB {'✓' if small else '✗'}")
    return fast and small


def main() -> int:
    match sys.argv[1:]:
        case ["turns", drawn]:
            print(json.dumps(by_turns(int(drawn))))
        case ["memory", drawn]:
            kernel(int(drawn))
            print(json.dumps({"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
        case arguments:
            return 0 if measure("--quick" in arguments) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
