"""Sums over projects, each with how many amounts it rests on and how many it lacks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from ..methods.progress import spread_evenly
from .views import COLUMNS, FUNDING, Money, PaidFrom, ProjectView


def _in_order(sums: Mapping[str, Decimal]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """The first fields of Money."""
    return sums["investment"], sums["upper_level"], sums["district_budget"], sums["private"]


def money_of(projects: Iterable[ProjectView]) -> Money:
    """Sums of what the rows carry. Investment that no funding column claims is ``unplaced``, never assumed."""
    total = dict.fromkeys(COLUMNS, Decimal(0))
    counted, undetermined = Counter[str](), Counter[str]()
    unplaced, without, rows = Decimal(0), 0, 0
    for row in projects:
        rows += 1
        for name in COLUMNS:
            amount = getattr(row, name)
            if amount is not None:
                total[name] += amount
                counted[name] += 1
            elif row.cells[name].undetermined:
                undetermined[name] += 1
        if row.investment is None:
            without += 1
            continue
        placed = sum((getattr(row, name) or Decimal(0) for name in FUNDING), Decimal(0))
        unplaced += max(row.investment - placed, Decimal(0))
    return Money(
        *_in_order(total),
        unplaced=unplaced,
        rows_without_amount=without,
        rows=rows,
        counted=dict(counted),
        undetermined=dict(undetermined),
    )


def money_by_year(projects: Iterable[ProjectView]) -> dict[int, Money]:
    """Every amount of every project spread evenly over the years of its period: computed, not printed."""
    years: dict[int, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(COLUMNS, Decimal(0)))
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    unplaced: dict[int, Decimal] = defaultdict(Decimal)
    for row in projects:
        if not row.by_year:
            continue
        first, last = min(row.by_year), max(row.by_year)
        placed: dict[int, Decimal] = defaultdict(Decimal)
        for name in FUNDING:
            amount = getattr(row, name)
            for year, share in (spread_evenly(amount, first, last) if amount is not None else {}).items():
                years[year][name] += share
                counted[year][name] += 1
                placed[year] += share
        for year, share in row.by_year.items():
            years[year]["investment"] += share
            counted[year]["investment"] += 1
            unplaced[year] += max(share - placed[year], Decimal(0))
    return {y: Money(*_in_order(years[y]), unplaced=unplaced[y], counted=dict(counted[y])) for y in sorted(years)}


def paid_of(projects: Sequence[ProjectView]) -> tuple[Money, PaidFrom]:
    """What was paid for the version's projects by accepted reports, and what that sum rests on."""
    total = dict.fromkeys(COLUMNS, Decimal(0))
    counted = Counter[str]()
    for row in projects:
        if row.paid is not None:
            total["investment"] += row.paid
            counted["investment"] += 1
        for source, amount in row.paid_by_source.items():
            total[source] += amount
            counted[source] += 1
    rests = PaidFrom(
        without=sum(r.paid is None for r in projects),
        carried=sum(r.paid_carried for r in projects),
        waiting=sum(r.paid_waiting for r in projects),
    )
    return Money(*_in_order(total), rows=len(projects), counted=dict(counted)), rests


def rests_on(money: Money, column: str) -> str:
    """What a column's sum lacks, in words; nothing when every row's amount is in it, or there is no row."""
    open_, absent = money.undetermined.get(column, 0), money.absent(column)
    lacks = []
    if open_:
        lacks.append(_("%(n)s 个待定") % {"n": open_})
    if absent:
        lacks.append(_("%(n)s 个文件未载") % {"n": absent})
    if not lacks:
        return ""
    return _("%(rows)s 个项目中计入 %(n)s 个；%(lacks)s，没有计入") % {
        "rows": money.rows, "n": money.counted.get(column, 0), "lacks": _("、").join(lacks),
    }  # fmt: skip


def paid_rests_on(rests: PaidFrom) -> str:
    """What the sum of payments lacks or carries over, in words; nothing when it lacks nothing."""
    notes = []
    if rests.without:
        notes.append(_("%(n)s 个项目还没有已接收的支付数") % {"n": rests.without})
    if rests.waiting:
        notes.append(_("%(n)s 个项目的支付数已报送、待接收，没有计入") % {"n": rests.waiting})
    if rests.carried:
        notes.append(_("%(n)s 个项目有资金来源在最近一季没有填，沿用此前已接收的数") % {"n": rests.carried})
    return _("；").join(notes)
