"""Which years a calculation must read for the figures of one year."""

from __future__ import annotations

from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.figures.graph import Given, Step
from qihou.measure.periods import Period, PeriodKind
from qihou.record.models import Entry, Feature

from .schemes import PROCEDURE


def periods_of(district: Feature, scheme: Scheme, year: int) -> tuple[Period, ...]:
    """The year alone; from the district's first year of entries on, where a method works through a series (first-order decay)."""
    steps = [node for node in scheme.graph if isinstance(node, Step)]
    if not any(step.method.series for step in steps):
        return (Period.year(year),)
    rows = Entry.objects.filter(
        datastream__feature=district, datastream__procedure__code=PROCEDURE, period_kind=PeriodKind.YEAR.value
    )
    first = rows.order_by("period_start").values_list("period_start", flat=True).first()
    start = min(first.year, year) if first else year
    return tuple(Period.year(each) for each in range(start, year + 1))


def years_read(scheme: Scheme, periods: tuple[Period, ...]) -> tuple[int, ...]:
    """The years whose entries a calculation of the periods asks for: also those that a step looks back to."""
    feeds = (feed for node in scheme.graph if isinstance(node, Step) for feed in node.feeds.values())
    back = max((feed.lag for feed in feeds if isinstance(feed, Given)), default=0)
    return tuple(range(periods[0].start.year - back, periods[-1].start.year + 1))
