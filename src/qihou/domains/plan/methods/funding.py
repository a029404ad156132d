"""Where blank cells were lost: which funding column does each printed amount stand in?

A project prints one, two or three amounts for three ordered columns. Every placement that keeps the order and meets
the printed totals is considered. What holds in all of them is filled and said to be forced; the rest stays
undetermined for a human. A printed total holds to half a unit of its last digit, so that ``263993.3`` may stand for
``263993.26``: rounding is told apart from error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from time import monotonic
from typing import Any, Literal

from .funding_exact import UnableToDecideExactly, not_impossible, possible_options
from .funding_solver import collect_witnesses, nearest_assignment
from .funding_table import Table
from .register import UNDETERMINED, Amount, Cell, How, ProjectRow, Register
from .totals import Claim, claimed_totals, groups_with_subtotals, is_amount

COLUMNS = ("upper_level", "district_budget", "private")
Status = Literal["nothing_lost", "no_totals", "unreadable_rows", "inconsistent", "proved", "not_proved"]


@dataclass
class FundingOutcome:
    """What the placement came to. Amounts in 10⁴ CNY.

    ``status``: ``nothing_lost`` (every row's columns were read), ``no_totals`` (no column total is printed, so nothing
    is solved), ``unreadable_rows`` (rows with more amounts than columns; their numbers are in ``rows``),
    ``inconsistent`` (no placement meets the totals; nothing is filled), ``proved`` (every statement rests on an exact
    proof), ``not_proved`` (the table is too large for a proof in the time; only what was proved is filled).
    """

    status: Status
    rows: list[int | str | None] = field(default_factory=list)  # projects whose columns were lost
    forced: int = 0  # cells filled
    undecided: int = 0  # cells left to a human
    totals: dict[str, Decimal] = field(default_factory=dict)
    placed: Decimal | None = None  # sum of all printed amounts
    nearest: dict[str, Decimal] | None = None  # column sums of the nearest placement found
    inconsistent_groups: list[str] = field(default_factory=list)
    lines: tuple[int, ...] = ()
    seconds: float = 0.0


@dataclass
class _Row:
    project: ProjectRow
    columns: list[tuple[int, ...]]  # every way to put the amounts, in order, into columns
    lost: bool

    def value(self, way: tuple[int, ...], column: int) -> Decimal | None:
        return self.project.funding_amounts[way.index(column)] if column in way else None


def settle_funding(register: Register, *, seconds: float = 1.0) -> FundingOutcome:
    """Place the amounts of every project whose funding columns were lost, filling ``register`` in place.

    The outcome is also kept as ``register.claimed["funding"]``, where :func:`..audit.audit` finds it.
    ``seconds`` bounds the search for large tables; what is not proved by then stays undetermined.
    """
    started = monotonic()
    outcome = _settle(register, seconds)
    outcome.seconds = monotonic() - started
    register.claimed["funding"] = outcome
    return outcome


def _settle(register: Register, seconds: float) -> FundingOutcome:
    lost = [p for p in register.projects if p.funding_amounts and not _placed_by_reader(p)]
    if not lost:
        return FundingOutcome("nothing_lost")
    claims = {c: claim for c, claim in claimed_totals(register.totals).items() if c in COLUMNS}
    outcome = FundingOutcome(
        "no_totals",
        rows=[p.no for p in lost if len(p.funding_amounts) < len(COLUMNS)],
        totals={c: claim.value for c, claim in claims.items()},
        lines=tuple(sorted({n for claim in claims.values() for n in claim.lines})),
    )
    unreadable = [p for p in lost if len(p.funding_amounts) > len(COLUMNS)]
    unreadable += [p for p in register.projects if any(not is_amount(a) or a < 0 for a in _amounts(p))]
    if unreadable or not claims:
        if unreadable:
            outcome.status, outcome.rows = "unreadable_rows", [p.no for p in unreadable]
        outcome.undecided = _leave_all(lost, "funding_no_totals" if not unreadable else "funding_unreadable_rows")
        return outcome
    rows = [_Row(p, _ways(p), p in lost) for p in register.projects]
    rows = [r for r in rows if r.columns]
    outcome.placed = sum((a for r in rows for a in _amounts(r.project)), Decimal(0))
    alive, proved = _search(register, rows, claims, seconds, outcome)
    if not any(alive):
        outcome.status = "inconsistent"
        outcome.nearest = _nearest(rows, claims, min(seconds, 0.5))
        outcome.undecided = _leave_all(lost, "funding_inconsistent")
        return outcome
    outcome.status = "proved" if proved else "not_proved"
    for row, ways in zip(rows, alive, strict=True):
        if row.lost:
            forced, undecided = _fill(row, [row.columns[k] for k in sorted(ways)], claims, proved)
            outcome.forced += forced if len(row.columns) > 1 else 0
            outcome.undecided += undecided
    return outcome


def _placed_by_reader(project: ProjectRow) -> bool:
    """The reader saw the columns themselves, so nothing was lost."""
    return any(is_amount(getattr(project.funding, c)) for c in COLUMNS)


def _amounts(project: ProjectRow) -> list[Decimal]:
    if _placed_by_reader(project):
        return [v for c in COLUMNS if is_amount(v := getattr(project.funding, c))]
    return project.funding_amounts


def _ways(project: ProjectRow) -> list[tuple[int, ...]]:
    if _placed_by_reader(project):
        return [tuple(k for k, c in enumerate(COLUMNS) if is_amount(getattr(project.funding, c)))]
    return list(combinations(range(len(COLUMNS)), len(project.funding_amounts))) if project.funding_amounts else []


def _search(
    register: Register, rows: list[_Row], claims: dict[str, Claim], seconds: float, outcome: FundingOutcome
) -> tuple[list[set[int]], bool]:
    """Indices of the ways still possible for every row, and whether that is proved; all empty when inconsistent."""
    alive = [set(range(len(r.columns))) for r in rows]
    position = {id(r.project): i for i, r in enumerate(rows)}
    for group in groups_with_subtotals(register):
        members = [position[id(p)] for p in group.projects if id(p) in position]
        own = {c: claim for c, claim in group.claims.items() if c in COLUMNS}
        if not members or not own:
            continue
        try:
            kept = possible_options(_table([rows[i] for i in members], [alive[i] for i in members], own))
        except UnableToDecideExactly:
            continue
        if not all(kept):
            outcome.inconsistent_groups.append(group.label)
            continue
        for i, options in zip(members, kept, strict=True):
            alive[i] = {sorted(alive[i])[k] for k in options}
    table = _table(rows, alive, claims)
    order = [sorted(a) for a in alive]
    try:
        kept = possible_options(table)
        return [{ways[k] for k in options} for ways, options in zip(order, kept, strict=True)], True
    except UnableToDecideExactly:
        kept = not_impossible(table)
        proved = all(kept) and collect_witnesses(table, kept, seconds).finished
        return [{ways[k] for k in options} for ways, options in zip(order, kept, strict=True)], proved


def _table(rows: Sequence[_Row], alive: Sequence[set[int]], claims: dict[str, Claim]) -> Table:
    columns = [k for k, c in enumerate(COLUMNS) if c in claims]
    amounts = [a for r in rows for a in _amounts(r.project)]
    digits = max((_decimals(a) for a in amounts), default=0)
    scale = 10**digits
    options = []
    for row, ways in zip(rows, alive, strict=True):
        own = _amounts(row.project)
        options.append(
            tuple(
                tuple(int(own[way.index(c)] * scale) if c in way else 0 for c in columns)
                for way in (row.columns[k] for k in sorted(ways))
            )
        )
    bounds = tuple(claims[COLUMNS[c]].bounds(scale) for c in columns)
    return Table(tuple(options), bounds)


def _decimals(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _nearest(rows: list[_Row], claims: dict[str, Claim], seconds: float) -> dict[str, Decimal] | None:
    table = _table(rows, [set(range(len(r.columns))) for r in rows], claims)
    sums = nearest_assignment(table, seconds)
    if sums is None:
        return None
    scale = Decimal(10) ** max((_decimals(a) for r in rows for a in _amounts(r.project)), default=0)
    return {c: s / scale for c, s in zip((c for c in COLUMNS if c in claims), sums, strict=True)}


def _fill(row: _Row, ways: list[tuple[int, ...]], claims: dict[str, Claim], proved: bool) -> tuple[int, int]:
    """Write forced cells, mark the others; returns how many of each."""
    forced = undecided = 0
    single = len(row.columns) == 1  # as many amounts as columns: nothing to force
    for k, column in enumerate(COLUMNS):
        values: list[Amount] = []
        for way in ways:
            if (value := row.value(way, k)) not in values:
                values.append(value)
        cell = _cell_of(row.project, values)
        if len(values) == 1:
            setattr(row.project.funding, column, values[0])
            cell.how = How.ALIGNED if single else How.FORCED
            cell.reason = "funding_every_column" if single else "funding_forced"
            if values[0] is None:
                cell.reason = "funding_forced_empty"
            cell.reason_params = {"totals": [c for c in COLUMNS if c in claims], **_printed(claims)}
            forced += 1
        else:
            setattr(row.project.funding, column, UNDETERMINED)
            cell.how, cell.confidence = How.UNDECIDED, round(1 / len(values), 2)
            cell.reason = "funding_undecided" if proved else "funding_not_proved"
            cell.reason_params = {
                "values": [None if v is None else str(v) for v in values],
                "columns": [[COLUMNS[c] for c in way] for way in ways],
                "ways": len(ways),
            }
            _add_hint(row.project, cell)
            undecided += 1
        row.project.cells[column] = cell
    return forced, undecided


def _printed(claims: dict[str, Claim]) -> dict[str, Any]:
    return {c: claim.printed for c, claim in claims.items()}


def _cell_of(project: ProjectRow, values: Iterable[Amount]) -> Cell:
    """A cell citing the lines of the amounts it could hold, or of all the amounts where none is known to stand there."""
    source = project.cells.get("funding_amounts", Cell())
    wanted = [v for v in values if is_amount(v)]
    lines = source.lines
    if len(lines) == len(project.funding_amounts):
        lines = tuple(n for n, a in zip(source.lines, project.funding_amounts, strict=True) if a in wanted)
    printed = source.printed if wanted else ""
    if len(wanted) == 1:
        parts = [p for p in source.printed.replace("|", " ").split() if p]
        if len(parts) == len(project.funding_amounts):
            printed = parts[project.funding_amounts.index(wanted[0])]
    return Cell(printed=printed, lines=lines)


def _add_hint(project: ProjectRow, cell: Cell) -> None:
    """An extra blank line around an amount may mark a lost cell. It is told to the reviewer and never used."""
    hint = project.cells.get("funding_amounts", Cell()).reason_params.get("blank_lines")
    if hint:
        cell.reason_params["hint_blank_lines"] = hint


def _leave_all(projects: list[ProjectRow], reason: str) -> int:
    """Mark every lost column undetermined; rows with as many amounts as columns keep their order and are read."""
    undecided = 0
    for project in projects:
        complete = len(project.funding_amounts) == len(COLUMNS)
        for k, column in enumerate(COLUMNS):
            value: Amount = project.funding_amounts[k] if complete else UNDETERMINED
            setattr(project.funding, column, value)
            cell = _cell_of(project, [value] if complete else project.funding_amounts)
            cell.how = How.ALIGNED if complete else How.UNDECIDED
            cell.confidence = 1.0 if complete else round(1 / len(COLUMNS), 2)
            cell.reason = "funding_every_column" if complete else reason
            if not complete:
                cell.reason_params = {"amounts": [str(a) for a in project.funding_amounts]}
                _add_hint(project, cell)
                undecided += 1
            project.cells[column] = cell
    return undecided
