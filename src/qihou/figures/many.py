"""Many books, as of all districts in all years: worked one after another, or on the processes of a Dask client.

A book depends on nothing but its job, and a leaf's draws on nothing but the leaf, so that both ways give the same bits.
Dask is no requirement of the program: who has a cluster hands its client in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from qihou.figures.book import Book
from qihou.figures.draws import Drawn, draw
from qihou.figures.graph import Graph
from qihou.figures.leaf import Leaves
from qihou.measure.periods import Period

if TYPE_CHECKING:
    from distributed import Client

R = TypeVar("R")


@dataclass(frozen=True)
class Job:
    """What one book is made of. ``draws``: 0 for none; ``keep`` as for :func:`qihou.figures.draws.draw`.

    To travel to another process, ``leaves`` must hold its values itself, not an open connection.
    """

    graph: Graph
    leaves: Leaves
    periods: Sequence[Period]
    draws: int = 0
    seed: int = 0
    keep: tuple[str, ...] | None = None


def work(job: Job) -> tuple[Book, Drawn | None]:
    """One book, and its draws where the job asks for them."""
    book = Book(job.graph, job.leaves, job.periods)
    return book, draw(book, job.draws, seed=job.seed, keep=job.keep) if job.draws else None


def work_many(
    jobs: Iterable[Job], result: Callable[[Book, Drawn | None], R], *, client: Client | None = None
) -> list[R]:
    """What ``result`` makes of each book, in the order of the jobs.

    Args:
        result: called where the book was worked, so that only what it returns travels.
        client: of a Dask cluster; without one the jobs are worked here. An error of a job is raised here either way.
    """
    one = partial(_result, result=result)
    if client is None:
        return [one(job) for job in jobs]
    # Not pure: Dask would have to weigh every leaf to know two jobs for the same.
    found: list[R] = client.gather(client.map(one, list(jobs), pure=False))
    return found


def _result(job: Job, *, result: Callable[[Book, Drawn | None], R]) -> R:
    return result(*work(job))
