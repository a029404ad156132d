"""Template tags of the kit: ``{% load qihou %}``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from qihou.face import formats, html
from qihou.face.tables import BoundTable
from qihou.face.values import Missing, Why
from qihou.measure.periods import Period

register = template.Library()


def _or_missing(value: Any) -> SafeString | None:
    if value is None or value == "":
        return html.missing(None)
    if isinstance(value, Missing):
        return html.missing(value)
    return None


@register.simple_tag
def number(value: Any, unit: str = "", places: int | None = None) -> SafeString:
    """``{% number indicator.base unit="%" %}``: digits as entered, unit small after; a missing value in words."""
    return _or_missing(value) or format_html("{}{}", formats.number(value, places), html.unit(unit))


@register.simple_tag
def money(value: Any, unit: Any = None) -> SafeString:
    """10⁴ CNY with two decimals; ``unit=""`` leaves the unit to the head above."""
    from django.utils.translation import gettext as _

    return _or_missing(value) or format_html(
        "{}{}", formats.money(value), html.unit(_("万元") if unit is None else unit)
    )


@register.simple_tag
def percent(value: Any, places: int | None = None) -> SafeString:
    return _or_missing(value) or format_html("{}{}", formats.number(value, places), html.unit("%"))


@register.simple_tag
def uncertain(value: Decimal, half_width: Decimal, unit: str = "", places: int | None = None) -> SafeString:
    """A value with its half width: 12.30 ± 0.40."""
    return format_html(
        '{} <span class="uncertainty">± {}</span>{}',
        formats.number(value, places), formats.number(half_width, places), html.unit(unit),
    )  # fmt: skip


@register.filter
def show(value: Any) -> SafeString | str:
    """Any value; a missing one in words."""
    found = _or_missing(value)
    return found if found is not None else formats.plain(value)


@register.filter
def day(value: date | datetime | None) -> SafeString | str:
    return html.missing(None) if value is None else formats.day(value)


@register.filter
def moment(value: datetime | None) -> SafeString:
    if value is None:
        return html.missing(None)
    return format_html('<time datetime="{}" class="nowrap">{}</time>', value.isoformat(), formats.moment(value))


@register.filter
def period(value: Period | None) -> SafeString | str:
    return html.missing(None) if value is None else formats.period(value, get_language() or "zh-hans")


@register.filter
def octets(value: int) -> str:
    return formats.size(value)


@register.filter
def line_ranges(lines: Iterable[int]) -> str:
    return html.ranges(lines)


@register.simple_tag
def missing(reason: str = "not_filled") -> SafeString:
    return html.missing(Missing(reason))


@register.simple_tag
def state(code: str, word: str = "", extra: str = "") -> SafeString:
    return html.badge(code, word=word, extra=extra)


@register.simple_tag
def shape(code: str) -> SafeString:
    return html.shape(code)


@register.simple_tag
def lines(numbers: Iterable[int], url: str = "") -> SafeString:
    """第 12—14 行; ``url`` is the document page, and the link leads to its first line."""
    numbers = list(numbers or ())
    if not numbers:
        return mark_safe("")
    return html.lines_ref(numbers, f"{url}#L{min(numbers)}" if url else "")


@register.simple_tag
def illustrative(on: bool = True) -> SafeString:
    return html.illustrative() if on else mark_safe("")


@register.simple_tag
def unverified(on: bool = True) -> SafeString:
    return html.unverified() if on else mark_safe("")


@register.simple_tag(takes_context=True)
def why(context: dict[str, Any], content: Any, kind: str, key: Any) -> SafeString:
    """``{% why value "plan.cell" key %}``: the content as a link that opens the why drawer."""
    district = context.get("district")
    if district is None:
        return format_html("{}", content)
    return html.why_link(content, Why(kind, str(key)), district.code)


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="#i-{}"/></svg>', name)


@register.simple_tag
def confidence(value: float | None) -> SafeString:
    """0–1 as five small bars with the number in words for a screen reader."""
    if value is None:
        return mark_safe("")
    bars = "".join('<i class="on"></i>' if value * 5 > i + 0.001 else "<i></i>" for i in range(5))
    text = f"{value:.0%}"
    inner = mark_safe(bars)  # noqa: S308 - written above
    return format_html('<span class="confidence" role="img" aria-label="{}" title="{}">{}</span>', text, text, inner)


@register.simple_tag
def bar(percent: Any, tone: str = "pine") -> SafeString:
    """A small bar 0–100 beside a number; nothing when there is no number."""
    if percent is None or isinstance(percent, Missing):
        return mark_safe("")
    width = max(0.0, min(100.0, float(percent)))
    return format_html(
        '<svg class="cellbar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="f-line" width="100" height="6" rx="2"/><rect class="f-{}" width="{}" height="6" rx="2"/></svg>',
        tone, f"{width:.1f}",
    )  # fmt: skip


@register.simple_tag
def table_param(t: BoundTable, key: str) -> str:
    return t.table.param(key)


@register.simple_tag
def table_export(t: BoundTable, kind: str) -> str:
    return t.url(export=kind)


@register.simple_tag
def table_page(t: BoundTable, step: int) -> str:
    return t.url(page=str(t.page + step))


@register.simple_tag
def table_reset(t: BoundTable) -> str:
    return t.url(q=None, page=None, **{f.key: None for f in t.table.filters})
