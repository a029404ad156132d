"""What is read and worked from a run, held in the process: a run never changes once it is made.

A run's frozen reading and its figures stand as they were stored, so what is held needs no looking again: its uid with the
digest of its reading says what it is. What depends on the present (whether a run is stale, what working again would change)
does change: that is held only while the head of the district's audit chain is the one it was worked under, as for the
plan's registers, and inside a transaction neither held nor taken.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from threading import Lock
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.db import connection

from qihou.domains.inventory.methods import freezing
from qihou.domains.inventory.methods.freezing import FrozenLeaves, Reading
from qihou.domains.inventory.methods.results import Line, Worked
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Options
from qihou.figures.missing import Flag, State
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period
from qihou.record.models import AuditEvent, Feature, FigureRecord, Run

from . import schemes
from .rows import Tree, tree_of

MOST_RUNS = 16  # one worked over eleven years takes some megabytes; draws are not held
MOST_RESULTS = 128  # of one run
MOST_PAIRS = 32
MOST_PRESENT = 64

P = ParamSpec("P")
T = TypeVar("T")


class Lru:
    """The last used of some values, for many threads. Two that miss at once both make it, and one is kept."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made where it is not kept."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        made = make()
        with self._lock:
            kept = self._kept.setdefault(key, made)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return cast(T, kept)


class HeldRun:
    """A run's stored figures, its reading, and what was worked from them. Shared between requests: never changed."""

    def __init__(self, row: Run) -> None:
        self.uid, self.digest = row.uid, row.digest
        self.scheme = scheme_of_run(row)
        self._periods = [Period.parse(code) for code in row.settings["periods"]]
        self.period = self._periods[-1]
        self._results = Lru(MOST_RESULTS)

    @cached_property
    def lines(self) -> Mapping[tuple[str, str], Line]:
        """The figures as they were stored, in the order of the scheme."""
        rows = FigureRecord.objects.filter(run__uid=self.uid).order_by("pk")
        return {(line.code, line.gas): line for _run, line in stored_lines(rows)}

    @cached_property
    def tree(self) -> Tree:
        """The sector tree with the stored figures."""
        return tree_of(self.scheme, self.lines)

    @cached_property
    def reading(self) -> Reading:
        """What the run read."""
        return freezing.thaw(Run.objects.values_list("leaves", flat=True).get(uid=self.uid, digest=self.digest))

    @cached_property
    def worked(self) -> Worked:
        """The run worked again on its reading, without draws."""
        return Worked(self.scheme, FrozenLeaves(self.reading), self._periods)

    @cached_property
    def otherwise(self) -> int:
        """How many figures the program of today gives otherwise than they were stored."""
        cells = self.worked.cells
        return sum(key not in cells or self.worked.figure(*key).value != line.value for key, line in self.lines.items())

    def once(self, make: Callable[Concatenate[HeldRun, P], T], *arguments: P.args, **options: P.kwargs) -> T:
        """What a module's function gives for this run, worked once. It must depend on nothing else, the language included."""
        key = (make, arguments, tuple(sorted(options.items())))
        return self._results.get(key, lambda: make(self, *arguments, **options))


_runs = Lru(MOST_RUNS)
_pairs = Lru(MOST_PAIRS)
_present = Lru(MOST_PRESENT)


def held(row: Run) -> HeldRun:
    """What is held of a run, for those who have seen that it may be read."""
    return _runs.get((row.uid, row.digest), lambda: HeldRun(row))


def once_for_two(
    make: Callable[Concatenate[HeldRun, HeldRun, P], T],
    before: Run,
    after: Run,
    *arguments: P.args,
    **options: P.kwargs,
) -> T:
    """As :meth:`HeldRun.once`, for what is worked from two runs."""
    key = (make, before.uid, before.digest, after.uid, after.digest, arguments, tuple(sorted(options.items())))
    return _pairs.get(key, lambda: make(held(before), held(after), *arguments, **options))


def while_unchanged(district: Feature, what: Hashable, make: Callable[[], T]) -> T:
    """What was made of a district's present, as long as nothing was written in it since. ``what``: all else it depends on."""
    if connection.in_atomic_block:
        return make()
    chain = AuditEvent.objects.filter(chain=str(district.uid)).order_by("-sequence")
    head = chain.values_list("hash", flat=True).first() or ""  # before the rows: older rows never get a newer head
    return _present.get((district.uid, what, head), make)


def scheme_of_run(row: Run) -> Scheme:
    """The scheme under what was chosen for the run."""
    options = Options(row.settings["edition"], row.settings["landfill"])
    return schemes.scheme_for(options, GwpSet(row.settings["gwp_set"]))


_COLUMNS = (
    "run_id", "key", "labels", "value", "known", "unit", "half_percent", "low", "high", "state", "flags", "figure_id",
)  # fmt: skip


def stored_lines(figures: Any) -> Iterable[tuple[int, Line]]:
    """Stored figures as the calculation gave them, each with the number of its run."""
    for run, key, labels, value, known, unit, half, low, high, state, flags, uid in figures.values_list(*_COLUMNS):
        yield run, Line(
            key, labels.get("gas", ""), value, 0.0 if known is None else known, unit, half, low, high,
            State(state), Flag(flags), uid,
        )  # fmt: skip
