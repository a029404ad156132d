"""Two runs side by side: what is different, category by category, and which values moved it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods import freezing
from qihou.domains.inventory.methods.freezing import Change
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line, Worked
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.figures.propagation import Target
from qihou.record.api.access import Actor
from qihou.record.models import Feature, Run

from . import runs
from .held import HeldRun, once_for_two


@dataclass(frozen=True)
class Moved:
    """A value that is another in the later run, and roughly how much of the difference it makes, in the figure's unit.

    ``effect``: the derivative in the later run times the change; None where one of the two has no value.
    """

    change: Change
    effect: float | None


@dataclass(frozen=True)
class DifferenceRow:
    """A category (None for a total) and gas before and after; ``moved``: the values it stands on that changed, largest effect first."""

    category: Category | None
    code: str
    gas: str
    before: Line | None
    after: Line | None
    moved: tuple[Moved, ...]

    @property
    def difference(self) -> float | None:
        """After less before; None where either is missing."""
        if self.before is None or self.after is None or self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    @property
    def is_different(self) -> bool:
        if self.before is None or self.after is None:
            return self.before is not self.after
        return (self.before.value, self.before.state) != (self.after.value, self.after.state)


@dataclass(frozen=True)
class Difference:
    """Two runs: what was chosen otherwise, which values changed, and every figure before and after, totals first.

    ``comparable`` is False where the sets of warming potentials differ: tonnes of gases may be compared, CO2 equivalents not.
    """

    before: Run
    after: Run
    settings: tuple[tuple[str, str, str], ...]
    changes: tuple[Change, ...]
    rows: tuple[DifferenceRow, ...]
    comparable: bool

    @property
    def different(self) -> tuple[DifferenceRow, ...]:
        return tuple(row for row in self.rows if row.is_different)


def difference(actor: Actor, district: Feature, before: UUID | str, after: UUID | str) -> Difference:
    """Two runs of one year (a recalculation) or of two (then the years' values are compared, one for one).

    Raises:
        NotPermitted, UnableToFind
    """
    one, other = runs.the_run(actor, district, before), runs.the_run(actor, district, after)
    changes, rows = once_for_two(_told_apart, one, other)
    return Difference(
        one, other, _settings(one, other), changes, rows, one.settings["gwp_set"] == other.settings["gwp_set"]
    )


def _told_apart(one: HeldRun, other: HeldRun) -> tuple[tuple[Change, ...], tuple[DifferenceRow, ...]]:
    changes = _changes(one, other)
    old, new = one.lines, other.lines
    keys = [(code, gas) for code in (TOTAL, TOTAL_WITHOUT_LULUCF) for key, gas in new if key == code]
    keys += [(row.code, gas) for row in other.tree.rows for gas in ("", *row.gases)]
    keys += [key for key in old if key not in new]
    rows = [
        DifferenceRow(other.scheme.category.get(code), code, gas, old.get((code, gas)), new.get((code, gas)), ())
        for code, gas in keys
    ]
    return tuple(changes), tuple(_with_moved(other.worked, rows, changes))


def _changes(one: HeldRun, other: HeldRun) -> list[Change]:
    """Of one year: question by question. Of two: the later run's own year held against the earlier one's."""
    before, after = one.reading, other.reading
    if one.period == other.period:
        return freezing.changes(before, after)
    now, then = other.period, one.period
    here = {(q, labels): (period, leaf) for (q, labels, period), leaf in after.items() if period == now}
    there = {(q, labels): leaf for (q, labels, period), leaf in before.items() if period == then}
    return [
        Change(*key, period, there.get(key), leaf)
        for key, (period, leaf) in here.items()
        if key not in there or (there[key].value, there[key].state) != (leaf.value, leaf.state)
    ]


def _with_moved(worked: Worked, rows: list[DifferenceRow], changes: list[Change]) -> list[DifferenceRow]:
    """Which changed values stand under which figure, by the derivatives of the later run."""
    shown = [row for row in rows if row.is_different and (row.code, row.gas) in worked.cells]
    if not shown or not changes:
        return rows
    cells = [worked.cells[row.code, row.gas] for row in shown]
    slopes = worked.propagation.gradients([Target(node, number, worked.column) for node, number in cells])
    numbers = {leaf.id: number for number, leaf in enumerate(worked.book.leaves)}
    under = [change for change in changes if change.after is not None and change.after.id in numbers]
    slopes = slopes[:, [numbers[change.after.id] for change in under if change.after is not None]]
    found: dict[tuple[str, str], tuple[Moved, ...]] = {}
    for row, slope in zip(shown, slopes, strict=True):
        moved = [Moved(under[place], _effect(under[place], float(slope[place]))) for place in np.flatnonzero(slope)]
        found[row.code, row.gas] = tuple(sorted(moved, key=lambda one: -abs(one.effect or 0.0)))
    return [
        DifferenceRow(
            row.category, row.code, row.gas, row.before, row.after, found.get((row.code, row.gas), ())
        )
        for row in rows
    ]  # fmt: skip


def _effect(change: Change, slope: float) -> float | None:
    before, after = change.before, change.after
    if before is None or after is None or before.value is None or after.value is None or before.unit != after.unit:
        return None
    return slope * (after.value - before.value)


def _settings(one: Run, other: Run) -> tuple[tuple[str, str, str], ...]:
    """What was chosen otherwise: name, before, after. Versions of methods are named one by one."""
    names = {
        "edition": _("指南版本"), "landfill": _("填埋方法"), "gwp_set": _("全球增温潜势"), "draws": _("抽样次数"),
        "seed": _("随机种子"), "region": _("因子地区"),
    }  # fmt: skip
    found = [
        (label, str(one.settings[name]), str(other.settings[name]))
        for name, label in names.items()
        if one.settings[name] != other.settings[name]
    ]
    then, now = one.settings["methods"], other.settings["methods"]
    for key in sorted(then.keys() | now.keys()):
        if then.get(key) != now.get(key):
            found.append((key, str(then.get(key, "—")), str(now.get(key, "—"))))
    return tuple(found)
