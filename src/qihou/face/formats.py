"""How values are written, once for pages, tables, charts and exports."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

from qihou.measure.periods import Period, PeriodKind

from .values import Missing

MINUS = "−"


def number(value: Decimal | int | float, places: int | None = None) -> str:
    """Digits as entered, grouped by thousands; rounded half up only when ``places`` is given."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(exact):,f}"
    return MINUS + text if exact < 0 else text


def money(value: Decimal | int | float) -> str:
    """10⁴ CNY with two decimals."""
    return number(value, 2)


def day(value: date | datetime) -> str:
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
        return value.strftime("%Y-%m-%d")
    return value.isoformat()


def moment(value: datetime) -> str:
    return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")


def period(value: Period, language: str = "zh-hans") -> str:
    if not language.startswith("en"):
        return value.label_zh
    match value.kind:
        case PeriodKind.QUARTER:
            return f"{value.start.year} Q{(value.start.month + 2) // 3}"
        case PeriodKind.SPAN:
            return f"{value.start.year}–{value.end.year - 1}"
        case _:
            return value.code


def size(octets: int) -> str:
    amount = float(octets)
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def plain(value: Any) -> str:
    """One line of text for any value, for tooltips and exports without type."""
    if value is None:
        return str(Missing.NOT_FILLED.label)
    if isinstance(value, Missing):
        return str(value.label)
    if isinstance(value, Decimal | float):
        return number(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Period):
        return period(value)
    return str(value)
