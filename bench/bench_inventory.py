"""The inventory on real sizes: one year from the database to stored figures, a municipality's districts over eleven years.

The data are the bundled district's, illustrative. Other districts are the same with every activity a little larger, so that no
two calculate the same. bonsai-ipcc is timed beside ours where ``make test-oracle`` has installed it.

    python bench/bench_inventory.py [--quick]
"""

from __future__ import annotations

import dataclasses
import os
import statistics
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import numpy as np

from qihou.domains.inventory.methods import bundled, industry
from qihou.domains.inventory.methods.filing import Filing, entries_of
from qihou.domains.inventory.methods.reading import Entries, InventoryLeaves
from qihou.domains.inventory.methods.scheme import scheme
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.tests.oracle import asking
from qihou.figures.book import Book
from qihou.figures.draws import Drawn, draw
from qihou.figures.graph import Given, Graph, Step
from qihou.figures.leaf import GivenLeaves, Leaf, Origin
from qihou.figures.lineage import Lineage
from qihou.figures.many import Job, work_many
from qihou.figures.propagation import Propagation, Target
from qihou.measure.periods import Period

DISTRICTS_FOLDER = Path(__file__).resolve().parents[1] / "districts"
YEARS = tuple(Period.year(year) for year in range(2015, 2026))
SIZES, QUICK_SIZES = (1, 10, 40), (1, 2, 4)
RUNS = 5
BOUND_YEAR_S = 1.0
BOUND_LINEAR = 1.25
WORKERS = 2


def one_year() -> bool:
    """From the database to stored figures, as the portal's button does it: the median of five runs, each stored."""
    from qihou.domains.inventory.api import loading
    from qihou.domains.inventory.api.computing import compute
    from qihou.record.api import districts
    from qihou.record.api.access import Actor

    actor, year, folder = Actor.system("bench"), YEARS[-1].start.year, DISTRICTS_FOLDER / "tongliang"
    district = districts.load_district(actor, folder)
    loading.load_district_inventory(actor, district, folder, years=[year], work=False)
    times, runs = [], []
    for seed in range(RUNS + 1):  # another seed, or an equal run would not be made
        begin = time.perf_counter()
        runs.append(compute(actor, district, year, draws=0, seed=seed))
        times.append(time.perf_counter() - begin)
    if len({run.pk for run in runs}) != len(runs):
        raise SystemExit("a run was not made")
    middle = statistics.median(times[1:])
    print(
        f"inventory, a year {middle:.2f} s from database to {runs[-1].figures.count()} stored figures, {middle / BOUND_YEAR_S:.2f}× of "
        f"{BOUND_YEAR_S:.0f} s; the first in a process {times[0]:.2f} s {_mark(middle <= BOUND_YEAR_S)}"
    )
    return middle <= BOUND_YEAR_S


def many_districts(quick: bool = False) -> bool:
    """Districts one after another, and the most of them once more on other processes, to the same bits."""
    here = bundled.district(DISTRICTS_FOLDER)
    filings = [Filing(str(p.start.year), p.start.year, bundled.filled_in(here, p.start.year), True) for p in YEARS]
    entries, region = entries_of(filings, _scheme()), here.region
    sizes, seconds, found = QUICK_SIZES if quick else SIZES, {}, []
    work_many([_job(0, entries, region)], figures_of)
    for size in sizes:
        times = []
        for _ in range(3 if size == 1 else 1):
            begin = time.process_time()
            found = work_many((_job(number, entries, region) for number in range(size)), figures_of)
            times.append(time.process_time() - begin)
        seconds[size] = statistics.median(times)
    growth = seconds[sizes[-1]] / sizes[-1] / seconds[1]
    good = quick or growth <= BOUND_LINEAR
    spent = ", ".join(f"{size}: {seconds[size]:.1f} s" for size in sizes)
    print(
        f"inventory, many   {len(YEARS)} years of districts, of the processor {spent}; each of {sizes[-1]} costs {growth:.2f}× of one "
        f"alone, bound {BOUND_LINEAR}× {_mark(good)}"
    )
    return _on_a_cluster([_job(number, entries, region) for number in range(sizes[-1])], found) and good


def figures_of(book: Book, drawn: Drawn | None) -> tuple[bytes, bytes, list[str]]:
    """Every shown category, gas and total of all years: values, standard deviations, and the ids of the totals."""
    shown = [node for node in book.graph if node.key.startswith(("tree.", "gas.", "total"))]
    columns, propagation, lineage = range(len(book.periods)), Propagation(book), Lineage(book)
    values = np.concatenate([book.cells[node.key].value.ravel() for node in shown])
    # Year by year, as an inventory asks: all years at once would be arrays of hundreds of megabytes.
    deviations = [
        propagation.sd([Target(node.key, row, column) for node in shown for row in range(len(node.rows))])
        for column in columns
    ]
    ids = [lineage.id("total", row, column) for row in range(2) for column in columns]
    return values.tobytes(), np.concatenate(deviations).tobytes(), ids


def beside_bonsai(quick: bool = False) -> bool:
    """One category that both have, cement by its clinker, drawn by both; nothing is judged by it."""
    if not asking.is_there():
        print(f"bonsai-ipcc       skipped: {asking.WHY_NOT}")
        return True
    runs = 2 if quick else RUNS
    question = {"monte_carlo": {"made": 1_850_000.0, "runs": runs}}
    theirs = asking.ask(question)
    answer = theirs["monte_carlo"]
    ours = _cement_seconds(answer["draws"], runs), _cement_seconds(10 * answer["draws"], runs)
    print(
        f"bonsai-ipcc {theirs['version']} cement, {answer['draws']} draws (no other number can be asked for): theirs "
        f"{1000 * answer['seconds']:.1f} ms, ours {1000 * ours[0]:.1f} ms, {answer['seconds'] / ours[0]:.1f}× as fast, and ten times "
        f"as many {1000 * ours[1]:.1f} ms; to import it takes {theirs['import_seconds']:.0f} s"
    )
    return True


@cache
def _scheme() -> Scheme:
    return scheme()


def _job(number: int, entries: Entries, region: str) -> Job:
    """The district's data with every value a thousandth larger for each number."""
    grown = {
        key: entry if entry.value is None else dataclasses.replace(entry, value=entry.value * (1 + number / 1000))
        for key, entry in entries.items()
    }
    return Job(_scheme().graph, InventoryLeaves(_scheme(), grown, region=region), YEARS)


def _on_a_cluster(jobs: list[Job], here: list[tuple[bytes, bytes, list[str]]]) -> bool:
    import dask
    from distributed import Client, LocalCluster

    # Dask has its workers give every array's memory back at once, which doubles their time on arrays of this size.
    keep = {f"distributed.nanny.pre-spawn-environ.MALLOC_{name}_THRESHOLD_": 2**28 for name in ("TRIM", "MMAP")}
    with (
        dask.config.set(keep),
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        begin = time.perf_counter()
        there = work_many(jobs, figures_of, client=client)
        seconds = time.perf_counter() - begin
    same = here == there
    said = "the same figures to the last bit" if same else "OTHER figures"
    print(f"inventory, Dask   {len(jobs)} districts on {WORKERS} processes in {seconds:.1f} s: {said} {_mark(same)}")
    return same


def _cement_seconds(drawn: int, runs: int) -> float:
    """Median seconds of a book of one cement works and its draws, ranges as in the package's tables."""
    spreads = {
        "clinker": (1_757_500.0, "t", "±5%"),
        "carbide_slag": (0.0, "t", ""),
        "factor": (0.5203, "tCO2/t", "±30%"),
    }
    leaves = GivenLeaves(
        [(Leaf(name, (), unit, value, Origin("given", name), spread=spread), None) for name, (value, unit, spread) in spreads.items()]
    )  # fmt: skip
    graph = Graph((Step("cement", industry.cement, ((),), {name: Given(name) for name in spreads}),))
    times = []
    for turn in range(runs + 1):
        begin = time.perf_counter()
        draw(Book(graph, leaves, YEARS[:1]), drawn, keep=["cement"]).interval("cement")
        if turn:
            times.append(time.perf_counter() - begin)
    return statistics.median(times)


def _mark(good: bool) -> str:
    return "✓" if good else "✗"


def measure(quick: bool = False) -> bool:
    """All of it, in a database that is already there; whether every bound is kept."""
    return all([one_year(), many_districts(quick), beside_bonsai(quick)])


def main() -> int:
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory(prefix="qihou-bench-") as folder:
        os.environ.update(QIHOU_DATA=folder, DJANGO_SETTINGS_MODULE="qihou.web.settings")
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return 0 if measure(quick) else 1


if __name__ == "__main__":
    sys.exit(main())
