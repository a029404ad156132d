"""What a hand-in would change: filled cells held against the scheme, turned into the unit in which a quantity is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Quantity
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.figures.graph import Labels
from qihou.figures.missing import Notation
from qihou.figures.spread import UnableToReadSpread, spread
from qihou.measure import units

# Digits kept where a ratio has no end (1 亩 is 1/15 公顷): far beyond what anybody measures, and as many as Decimal keeps by itself.
_DIGITS = 28


@dataclass(frozen=True)
class Wanted:
    """What a quantity shall be, in its own unit. ``place``: the cells it was read from; ``said``: as it was written, where that differs."""

    quantity: Quantity
    value: Decimal | None
    notation: Notation | None
    reason: str
    spread: str
    place: str
    note: str
    said: str = ""

    @property
    def key(self) -> tuple[str, Labels]:
        return self.quantity.key, self.quantity.labels


@dataclass(frozen=True)
class Problem:
    """Why a filled cell cannot be taken in. ``kind`` names the sentence that ``params`` fill."""

    kind: str
    sheet: str
    cell: str
    params: tuple[tuple[str, str], ...] = ()


def resolve(scheme: Scheme, filled: Iterable[Filled]) -> tuple[list[Wanted], list[Problem]]:
    """Each quantity once, with the trouble that stands in the way.

    Problems: ``unknown`` quantity, ``unit`` that measures something else, ``twice`` where no parts are declared, ``both`` a
    value and a key, ``neither``, ``no_reason``, ``spread`` that cannot be read, ``spread_unit`` (an absolute one beside another unit),
    ``no_number`` (not finite).
    """
    rows: dict[tuple[str, Labels], list[Filled]] = {}
    problems = []
    for cell in filled:
        if problem := _problem(scheme, cell):
            problems.append(problem)
        else:
            rows.setdefault(cell.key, []).append(cell)
    wanted = []
    for key, cells in rows.items():
        quantity = scheme.quantity[key]
        if len(cells) > 1 and not quantity.parts:
            problems.append(_about(cells[1], "twice", name=quantity.zh, first=cells[0].place))
        elif len(cells) > 1 and any(cell.value is None for cell in cells):
            odd = next(cell for cell in cells if cell.value is None)
            problems.append(_about(odd, "part_without_value", name=quantity.zh))
        else:
            wanted.append(_joined(quantity, cells))
    return wanted, problems


def ratio(source: str, target: str) -> Fraction:
    """What a value in ``source`` is multiplied by to be in ``target``, exactly.

    Raises:
        qihou.measure.units.UnableToMeasure: either is no unit, or they measure different things.
    """
    units.factor(source, target)
    return Fraction((units.quantity(source) / units.quantity(target)).to_base_units().magnitude)


def converted(value: Decimal, source: str, target: str) -> Decimal:
    """Digit for digit as written where the units are the same; else times the exact ratio, ``converted(2, "万吨", "t")`` is 20000."""
    if source == target:
        return value
    by = ratio(source, target)
    if by == 1:
        return value
    with localcontext() as context:
        context.prec = _DIGITS + len(value.as_tuple().digits)
        return (value * by.numerator / by.denominator).normalize() + Decimal(0)


def _problem(scheme: Scheme, cell: Filled) -> Problem | None:
    quantity = scheme.quantity.get(cell.key)
    if quantity is None:
        asked = ", ".join(f"{name}={value}" for name, value in cell.labels)
        return _about(cell, "unknown", name=f"{cell.quantity}[{asked}]" if asked else cell.quantity)
    if cell.value is not None and cell.notation is not None:
        return _about(cell, "both", name=quantity.zh)
    if cell.value is None and cell.notation is None:
        return _about(cell, "neither", name=quantity.zh)
    if cell.notation is not None:
        return None if cell.reason.strip() else _about(cell, "no_reason", name=quantity.zh, key=cell.notation.value)
    if cell.value is None or not cell.value.is_finite():
        return _about(cell, "no_number", name=quantity.zh)
    try:
        by = ratio(cell.unit, quantity.unit)
    except units.UnableToMeasure:
        return _about(cell, "unit", name=quantity.zh, given=cell.unit, wanted=quantity.unit)
    if cell.spread:
        try:
            spread(cell.spread, float(cell.value))
        except UnableToReadSpread:
            return _about(cell, "spread", name=quantity.zh, given=cell.spread)
        if by != 1 and "%" not in cell.spread:
            return _about(cell, "spread_unit", name=quantity.zh, given=cell.spread, wanted=quantity.unit)
    return None


def _joined(quantity: Quantity, cells: list[Filled]) -> Wanted:
    first = cells[0]
    if first.notation is not None:
        return Wanted(quantity, None, first.notation, first.reason.strip(), "", first.place, first.note)
    values = [converted(cell.value, cell.unit, quantity.unit) for cell in cells if cell.value is not None]
    written = [f"{cell.value} {cell.unit}" for cell in cells]
    told = len(cells) > 1 or first.unit != quantity.unit
    spreads = {cell.spread for cell in cells}
    return Wanted(
        quantity,
        sum(values[1:], values[0]),
        None,
        "",
        first.spread if len(spreads) == 1 else "",
        "+".join(dict.fromkeys(cell.place for cell in cells if cell.place)),
        "；".join(dict.fromkeys(cell.note for cell in cells if cell.note)),
        " + ".join(written) if told else "",
    )


def _about(cell: Filled, kind: str, **params: str) -> Problem:
    return Problem(kind, cell.sheet, cell.cell, tuple(sorted(params.items())))
