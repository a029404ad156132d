"""From filled workbooks to a calculation: entries with their cells, the years they make up, the inventory worked out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qihou.domains.inventory.methods.bundled import FROM_PLAN
from qihou.domains.inventory.methods.checks.finding import Key
from qihou.domains.inventory.methods.reading import Entered, Entries, InventoryLeaves
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.methods.workbook.keys import code_of
from qihou.figures.graph import Labels, Step
from qihou.figures.leaf import Origin, content_id
from qihou.figures.missing import Flag
from qihou.measure import units
from qihou.measure.periods import Period


class UnableToWork(ValueError):
    """The workbooks do not make up what the method needs; one sentence in both languages."""


@dataclass(frozen=True)
class Filing:
    """One year's filled cells. ``name``: of the file; ``illustrative``: they are made up, but for those taken from the plan."""

    name: str
    year: int
    filled: tuple[Filled, ...]
    illustrative: bool = False


def entries_of(filings: Iterable[Filing], scheme: Scheme) -> Entries:
    """Entries of all filings; several cells of one quantity are parts of a sum."""
    found: dict[tuple[str, Labels, Period], Entered] = {}
    for filing in filings:
        period = Period.year(filing.year)
        for key, parts in _by_key(filing.filled).items():
            found[(*key, period)] = _entered(filing, parts, scheme)
    return found


def values_of(filings: Iterable[Filing], year: int, scheme: Scheme) -> dict[Key, Decimal]:
    """A year's values in the scheme's units: what next year's workbook shows beside its input cells."""
    found: dict[Key, Decimal] = {}
    for filing in filings:
        if filing.year != year:
            continue
        for key, parts in _by_key(filing.filled).items():
            values = [part.value for part in parts if part.value is not None]
            if values and key in scheme.quantity:
                factor = units.factor(parts[0].unit, scheme.quantity[key].unit)
                found[key] = sum(values, Decimal(0)) * (1 if factor == 1.0 else Decimal(repr(factor)))
    return found


def work(
    filings: Sequence[Filing], scheme: Scheme, *, region: str, year: int | None = None, draws: int = 0, seed: int = 0
) -> Worked:
    """Work out the inventory of a year (the latest, where none is named) from all years that were given.

    Raises:
        UnableToWork: nothing was given of that year, or a method works through a series of years and got only one.
    """
    given = sorted({filing.year for filing in filings})
    wanted = year if year is not None else max(given, default=0)
    if wanted not in given:
        raise UnableToWork(f"没有{wanted}年的填报数据。 There are no data of {wanted}.")
    series = [node for node in scheme.graph if isinstance(node, Step) and node.method.series]
    first = min(given) if series else wanted
    if series and first == wanted:
        names = "、".join(dict.fromkeys(node.method.zh for node in series))
        raise UnableToWork(
            f"{names}需要历年数据，只给了{wanted}年一年；请把以前年度的填报表一并给出。"
            f" {', '.join(dict.fromkeys(node.method.en for node in series))} needs the years before {wanted} as well;"
            " give their workbooks too."
        )
    periods = [Period.year(each) for each in range(first, wanted + 1)]
    leaves = InventoryLeaves(scheme, entries_of(filings, scheme), region=region)
    return Worked(scheme, leaves, periods, draws=draws, seed=seed)


def _by_key(filled: Iterable[Filled]) -> Mapping[Key, list[Filled]]:
    found: dict[Key, list[Filled]] = {}
    for one in filled:
        found.setdefault(one.key, []).append(one)
    return found


def _entered(filing: Filing, parts: list[Filled], scheme: Scheme) -> Entered:
    first = parts[0]
    quantity = scheme.quantity.get(first.key)
    values = [part.value for part in parts if part.value is not None]
    spreads = {part.spread for part in parts}
    where = "、".join(part.place for part in parts if part.place)
    code = code_of(first.quantity, first.labels)
    origin = Origin(
        "entry",
        content_id(filing.name, filing.year, code, where, *values),
        quantity.zh if quantity else code,
        quantity.en if quantity else code,
        f"{filing.name}!{where}" if where else filing.name,
    )
    return Entered(
        float(sum(values, Decimal(0))) if values else None,
        first.unit,
        origin,
        None if values else first.notation,
        first.reason,
        # Parts with different uncertainties: the quantity's usual one stands for their sum.
        first.spread if len(spreads) == 1 else "",
        _flags(filing, parts),
    )


def _flags(filing: Filing, parts: list[Filled]) -> Flag:
    flags = Flag.NONE
    for part in parts:
        if part.note.startswith(FROM_PLAN):
            flags |= Flag.FROM_PLAN
            flags |= Flag.ESTIMATED if part.note.partition("行")[2].startswith("推算") else Flag.NONE
        elif filing.illustrative:
            flags |= Flag.ILLUSTRATIVE
    return flags
