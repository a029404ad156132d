"""Many books here and on two other processes: the same figures, draws and ids, to the last bit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from qihou.figures.leaf import GivenLeaves
from qihou.figures.many import Job, work, work_many
from qihou.figures.tests.kit import YEARS, burning, fuels, leaf, told


def job(district: int, years: int = 3, draws: int = 500) -> Job:
    rows = fuels(4)
    given = [
        (leaf("fuel", 100.0 + district, "t", row, f"{district}/{row}/{year.code}", spread=spread), year)
        for row, spread in zip(rows, ("±5%", "±80%", "uniform 50..150", "0.5..400"), strict=True)
        for year in YEARS
    ]
    factors = [(leaf("factor", 2.0, "tCO2/t", row, "shared", spread="±10%"), None) for row in rows]
    return Job(burning(rows), GivenLeaves([*given, *factors]), YEARS[:years], draws, seed=district)


@pytest.fixture(scope="module")
def client() -> Iterator[object]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        distributed.Client(cluster) as found,
    ):
        yield found


def test_two_processes_give_the_same_bits(client) -> None:  # type: ignore[no-untyped-def]
    jobs = [job(district) for district in range(6)]
    here, there = work_many(jobs, told), work_many(jobs, told, client=client)
    assert len(here) == 6
    for (values, draws, ids), (values_2, draws_2, ids_2) in zip(here, there, strict=True):
        assert values == values_2
        assert ids == ids_2
        assert draws is not None
        assert draws_2 is not None
        assert draws.tobytes() == draws_2.tobytes()
    assert len({values[0] for values, _, _ in here}) == 6


def test_an_error_over_there_is_raised_here(client) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="two periods are not asked for"):
        work_many([job(0), job(1, years=2)], told, client=client)


def test_without_draws_none_are_made() -> None:
    assert work(job(0, draws=0))[1] is None
    (found,) = work_many(iter([job(0, draws=0)]), told)
    # Four fuels of 100 t x 2
    assert (found[0], found[1]) == ([800.0] * 3, None)


def test_the_same_book_drawn_twice_is_the_same() -> None:
    one, other = work(job(3))[1], work(job(3))[1]
    assert one is not None
    assert other is not None
    assert np.array_equal(one.draws["all"], other.draws["all"])


def test_dask_is_not_loaded_by_the_kernel() -> None:
    said = "import sys, qihou.figures.many; print([m for m in ('dask', 'distributed', 'django', 'pandas') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "[]\n"
