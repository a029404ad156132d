"""Checks of what departments reported: is it all there, is it plausible, does it follow on last year, does it agree with statistics."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key, Severity
from qihou.domains.inventory.methods.checks.limits import limit
from qihou.domains.inventory.methods.reading import Entered, Entries
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Nature, Quantity
from qihou.measure import units
from qihou.measure.periods import Period

# Of a long list a person reads the first few names; all quantities are in the finding.
_NAMED = 8
_STEAM_COAL = ("anthracite", "bituminous")


def entered(entries: Entries, quantity: Quantity, period: Period) -> Entered | None:
    return entries.get((quantity.key, quantity.labels, period))


def value_in(found: Entered | None, unit: str) -> float | None:
    """An entry's value in another unit; None where there is no number."""
    return None if found is None or found.value is None else found.value * units.factor(found.unit, unit)


def cell_of(found: Entered | None) -> tuple[str, ...]:
    return (found.origin.where,) if found is not None and found.origin.where else ()


def completeness(scheme: Scheme, entries: Entries, period: Period) -> Iterator[CheckFinding]:
    """Every activity has a value, or a notation key with its reason: one finding for each category that lacks some.

    Quantities on which no category hangs (the energy balance, GDP) are gathered by sheet.
    """
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in scheme.quantities:
        found = entered(entries, quantity, period)
        if found is not None and found.notation and not found.reason.strip():
            yield CheckFinding(
                "no_reason", Severity.ERROR, f"{quantity.zh}填了记号 {found.notation} 但没有理由。",
                f"{quantity.en} has the notation key {found.notation} without a reason.",
                quantities=((quantity.key, quantity.labels),), cells=cell_of(found),
            )  # fmt: skip
        if found is None and quantity.nature is Nature.ACTIVITY:
            for category in quantity.categories or ("",):
                groups.setdefault((category, "" if category else quantity.sheet), []).append(quantity)
    sheets = {sheet.key: sheet for sheet in scheme.sheets}
    for (category, sheet), missing in groups.items():
        of = scheme.category[category] if category else None
        name, name_en = (of.zh, of.en) if of else (sheets[sheet].zh, sheets[sheet].en)
        more = f"等 {len(missing)} 项" if len(missing) > _NAMED else ""
        zh = "、".join(q.zh for q in missing[:_NAMED])
        en = ", ".join(q.en for q in missing[:_NAMED])
        yield CheckFinding(
            "incomplete", Severity.WARNING, f"{name}缺少数据：{zh}{more}既无数值也无记号。",
            f"{name_en}: {len(missing)} quantities have neither value nor notation key: {en}.",
            category, tuple((q.key, q.labels) for q in missing),
        )  # fmt: skip


def bounds(scheme: Scheme, entries: Entries, period: Period) -> Iterator[CheckFinding]:
    """Values outside the plausible bounds of their quantity."""
    for quantity in scheme.quantities:
        found = entered(entries, quantity, period)
        value = value_in(found, quantity.unit)
        if value is None:
            continue
        low, high = quantity.low, quantity.high
        if (low is not None and value < low) or (high is not None and value > high):
            between = f"{_bound(low)}–{_bound(high)} {quantity.unit}"
            yield CheckFinding(
                "out_of_bounds", Severity.WARNING, f"{quantity.zh}为 {value:g} {quantity.unit}，超出合理范围 {between}。",
                f"{quantity.en} is {value:g} {quantity.unit}, outside the plausible {between}.",
                quantity.categories[0] if quantity.categories else "", ((quantity.key, quantity.labels),), cell_of(found),
                (("value", value),),
            )  # fmt: skip


def jumps(scheme: Scheme, entries: Entries, period: Period, previous: Mapping[Key, Decimal]) -> Iterator[CheckFinding]:
    """Quantities that moved further within a year than they usually do, appeared, or vanished."""
    rise, fall = limit("year_on_year_rise"), limit("year_on_year_fall")
    for quantity in scheme.quantities:
        key = (quantity.key, quantity.labels)
        found = entered(entries, quantity, period)
        value, last = value_in(found, quantity.unit), previous.get(key)
        if found is not None and found.notation and last and quantity.low is not None:
            yield CheckFinding(
                "jump", Severity.WARNING, f"{quantity.zh}上年为 {float(last):g} {quantity.unit}，本年填 {found.notation}，请核对理由。",
                f"{quantity.en} was {float(last):g} {quantity.unit} last year and is {found.notation} now; see whether the reason holds.",
                quantity.categories[0] if quantity.categories else "", (key,), cell_of(found), (("previous", float(last)),),
            )  # fmt: skip
        # What may be negative is a difference of its own (drawn from stock); twice as much of it means nothing.
        if value is None or last is None or quantity.low is None:
            continue
        before = float(last)
        if before == value or (before and fall <= value / before <= rise):
            continue
        times = f"为上年的 {value / before:.2f} 倍" if before else "上年为零"
        times_en = f"{value / before:.2f} times last year's" if before else "last year it was nought"
        yield CheckFinding(
            "jump", Severity.WARNING, f"{quantity.zh}由 {before:g} 变为 {value:g} {quantity.unit}，{times}，请说明原因。",
            f"{quantity.en} went from {before:g} to {value:g} {quantity.unit}, {times_en}; say why.",
            quantity.categories[0] if quantity.categories else "", (key,), cell_of(found), (("value", value), ("previous", before)),
        )  # fmt: skip


def statistics(
    scheme: Scheme, entries: Entries, period: Period, enterprise: Mapping[Key, Decimal]
) -> Iterator[CheckFinding]:
    """What enterprises report together, held against what statistics say; also industry's coal by use against its total.

    Args:
        enterprise: sums over enterprises, in the scheme's units.
    """
    most = limit("enterprise_sum")
    for key, total in enterprise.items():
        quantity = scheme.quantity.get(key)
        found = entered(entries, quantity, period) if quantity else None
        value = value_in(found, quantity.unit) if quantity else None
        if quantity is not None and value is not None and not _near(float(total), value, most):
            yield CheckFinding(
                "enterprise_sum", Severity.WARNING, f"{quantity.zh}：企业合计 {total} {quantity.unit}，统计数 {value:g}，相差超过 {most:.0%}。",
                f"{quantity.en}: enterprises sum to {total} {quantity.unit}, statistics say {value:g}; more than {most:.0%} apart.",
                "", (key,), cell_of(found), (("enterprises", float(total)), ("statistics", value)),
            )  # fmt: skip
    yield from _industry_coal(scheme, entries, period, most)


def _industry_coal(scheme: Scheme, entries: Entries, period: Period, most: float) -> Iterator[CheckFinding]:
    total = scheme.quantity.get(("context.raw_coal_industry", ()))
    burnt = [q for q in scheme.quantities if q.sheet == "energy_industry" and dict(q.labels).get("fuel") in _STEAM_COAL]
    parts = [entered(entries, q, period) for q in burnt]
    whole = value_in(entered(entries, total, period), "t") if total else None
    if total is None or whole is None or any(part is None for part in parts):
        return
    found = sum(value_in(part, "t") or 0.0 for part in parts)
    # Industry below the threshold is in the sum and not in the statistic: only more statistic than sum is odd.
    if found < whole * (1 - most):
        yield CheckFinding(
            "enterprise_sum", Severity.WARNING, f"{total.zh}为 {whole:,.0f} 吨，各行业用煤合计只有 {found:,.0f} 吨，相差超过 {most:.0%}。",
            f"{total.en} is {whole:,.0f} t, the uses of industry sum to {found:,.0f} t; more than {most:.0%} apart.",
            "energy.combustion.manufacturing", ((total.key, total.labels), *((q.key, q.labels) for q in burnt)),
            tuple(cell for part in parts for cell in cell_of(part)), (("sum", found), ("statistics", whole)),
        )  # fmt: skip


def _near(one: float, other: float, most: float) -> bool:
    return one == other if other == 0 else abs(one / other - 1) <= most


def _bound(value: float | None) -> str:
    return "…" if value is None else f"{value:g}"
