"""Witnesses for tables too large for an exact proof: assignments found by HiGHS, each checked in whole numbers.

A mixed-integer solver works in floating point. Handing it sums of eight-digit amounts invites two errors: a "solution"
that misses a total by a rounding, and a claim of infeasibility that is false (seen with HiGHS 1.15 on a real table, with
three-digit coefficients and tolerances tightened to 1e-9). Therefore

* every total is written digit pair by digit pair, with whole carries between, so no coefficient exceeds 100;
* the tolerances stay the solver's own;
* a solution counts only after its sums were added up again in whole numbers;
* a claim of infeasibility counts for nothing here. Proofs come from :mod:`funding_exact`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import numpy as np

from .funding_table import Table

BASE = 100


@dataclass
class Witnesses:
    """``seen[i]`` are the options of row ``i`` that occur in a checked assignment."""

    seen: list[set[int]]
    assignments: int = 0
    finished: bool = False  # every option asked about was seen


@dataclass
class _Model:
    solver: Any
    option_column: dict[tuple[int, int], int] = field(default_factory=dict)
    columns: int = 0

    def column(self, low: float, high: float, cost: float = 0.0) -> int:
        self.solver.addCol(cost, low, high, 0, np.array([], dtype=np.int32), np.array([]))
        self.columns += 1
        return self.columns - 1

    def row(self, low: float, high: float, terms: list[tuple[int, int]]) -> int:
        index = np.array([column for column, _ in terms], dtype=np.int32)
        value = np.array([float(factor) for _, factor in terms])
        self.solver.addRow(low, high, len(terms), index, value)
        return int(self.solver.getNumRow()) - 1


def collect_witnesses(table: Table, alive: list[set[int]], seconds: float) -> Witnesses:
    """Look for assignments until every option in ``alive`` was seen in one or the time is over."""
    import highspy

    started = monotonic()
    model = _model(table, alive, deviations=False)
    witnesses = Witnesses([set() for _ in table.rows])
    asked: int | None = None
    while (left := seconds - (monotonic() - started)) > 0:
        unseen = [c for (i, k), c in model.option_column.items() if k not in witnesses.seen[i]]
        if not unseen:
            witnesses.finished = True
            break
        if witnesses.assignments:
            if asked is not None:
                model.solver.changeRowBounds(asked, -highspy.kHighsInf, highspy.kHighsInf)
            asked = model.row(1, highspy.kHighsInf, [(c, 1) for c in unseen])
        chosen = _solve(model, table, left)
        if chosen is None or not _meets(table, chosen):
            break
        witnesses.assignments += 1
        for i, k in enumerate(chosen):
            witnesses.seen[i].add(k)
    return witnesses


def nearest_assignment(table: Table, seconds: float) -> list[int] | None:
    """Sums of the columns in an assignment that misses the intervals by little; the least found within the time."""
    model = _model(table, [set(range(len(options))) for options in table.rows], deviations=True)
    chosen = _solve(model, table, seconds)
    return None if chosen is None else _sums(table, chosen)


def _model(table: Table, alive: list[set[int]], *, deviations: bool) -> _Model:
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    model = _Model(solver)
    for i, keep in enumerate(alive):
        columns = []
        for k in sorted(keep):
            model.option_column[i, k] = model.column(0, 1)
            columns.append((model.option_column[i, k], 1))
        model.row(1, 1, columns)
    for position, (low, high) in enumerate(table.bounds):
        terms = [(c, table.rows[i][k][position]) for (i, k), c in model.option_column.items()]
        _add_total(model, [t for t in terms if t[1]], low, high, deviations=deviations)
    for column in range(model.columns):
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    return model


def _add_total(model: _Model, terms: list[tuple[int, int]], low: int, high: int, *, deviations: bool) -> None:
    """``low <= sum <= high`` as one equation per digit pair, the slack and the carries being whole numbers."""
    slack: list[tuple[int, int]] = []
    if high > low:
        slack.append((model.column(0, high - low), -1))
    if deviations:
        most = max(high, sum(factor for _, factor in terms)) + 1
        slack += [(model.column(0, most, 1.0), 1), (model.column(0, most, 1.0), -1)]
    carry: list[tuple[int, int]] = []
    largest = max([factor for _, factor in terms], default=0)
    while largest >= BASE:
        reach = 2 * len(terms) + 2 + (high - low) // BASE + (largest * len(terms) if deviations else 0)
        over = model.column(-reach, reach)
        digits = [(c, factor % BASE) for c, factor in terms if factor % BASE]
        model.row(low % BASE, low % BASE, [*digits, *slack, *carry, (over, -BASE)])
        terms = [(c, factor // BASE) for c, factor in terms]
        low, largest, slack, carry = low // BASE, largest // BASE, [], [(over, 1)]
    model.row(low, low, [*[t for t in terms if t[1]], *slack, *carry])


def _solve(model: _Model, table: Table, seconds: float) -> list[int] | None:
    model.solver.setOptionValue("time_limit", float(model.solver.getRunTime() + seconds))
    model.solver.run()
    values = model.solver.getSolution().col_value
    if not len(values):
        return None
    chosen: list[int] = []
    for i in range(len(table.rows)):
        picked = [k for (row, k), c in model.option_column.items() if row == i and values[c] > 0.5]
        if len(picked) != 1:
            return None
        chosen.append(picked[0])
    return chosen


def _sums(table: Table, chosen: list[int]) -> list[int]:
    return [sum(table.rows[i][k][c] for i, k in enumerate(chosen)) for c in range(len(table.bounds))]


def _meets(table: Table, chosen: list[int]) -> bool:
    return all(low <= total <= high for total, (low, high) in zip(_sums(table, chosen), table.bounds, strict=True))
