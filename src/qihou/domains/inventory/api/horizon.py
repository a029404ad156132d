"""Which years a calculation must read for the figures of one year."""

from __future__ import annotations

from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.figures.graph import Given, Step
from qihou.measure.periods import Period, PeriodKind
from qihou.record.models import Entry, Feature

from .schemes import PROCEDURE, quantity_of


def periods_of(district: Feature, scheme: Scheme, year: int) -> tuple[Period, ...]:
    """The year alone; where a method works through a series (first-order decay), from the first year that it has entries for."""
    asked = _asked_by_series(scheme)
    if not asked:
        return (Period.year(year),)
    rows = Entry.objects.filter(
        datastream__feature=district, datastream__procedure__code=PROCEDURE, period_kind=PeriodKind.YEAR.value
    ).values_list("datastream__property__code", "period_start")
    begun = [start.year for code, start in rows.order_by("period_start") if quantity_of(code)[0] in asked]
    return tuple(Period.year(each) for each in range(min([*begun, year]), year + 1))


def _asked_by_series(scheme: Scheme) -> set[str]:
    """The quantities under the methods that work through a series."""
    waiting = [node for node in scheme.graph if isinstance(node, Step) and node.method.series]
    found: set[str] = set()
    while waiting:
        for feed in waiting.pop().feeds.values():
            if isinstance(feed, Given):
                found.add(feed.quantity)
            elif isinstance(below := scheme.graph[feed.node], Step):
                waiting.append(below)
    return found


def years_read(scheme: Scheme, periods: tuple[Period, ...]) -> tuple[int, ...]:
    """The years whose entries a calculation of the periods asks for: also those that a step looks back to."""
    feeds = (feed for node in scheme.graph if isinstance(node, Step) for feed in node.feeds.values())
    back = max((feed.lag for feed in feeds if isinstance(feed, Given)), default=0)
    return tuple(range(periods[0].start.year - back, periods[-1].start.year + 1))
