"""Template filters of the reading pages: numbers for SVG attributes, words for codes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from qihou.domains.plan.api import standing_words, words
from qihou.domains.plan.api.views import StateView
from qihou.domains.plan.methods import difference
from qihou.face import formats

register = template.Library()

_GROUPS = {"kind": words.KINDS, "change": words.CHANGES, "lack": words.LACKS}


@register.filter
def plainly(value: float | int) -> str:
    """A number for an SVG attribute: a point whatever the language, no needless digits."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


@register.filter
def money_text(value: Decimal) -> str:
    return formats.money(value)


@register.filter
def money_whole(value: Decimal) -> str:
    """Rounded to whole 10⁴ CNY, for labels in a chart whose table holds the exact amounts."""
    return formats.number(value, 0)


@register.filter
def share(value: float) -> str:
    """0.531 → 53.1%."""
    return f"{value * 100:.1f}%"


@register.filter
def word(code: str, group: str) -> str:
    return str(_GROUPS[group].get(code, code))


@register.filter
def field_word(field: str) -> str:
    return words.field_name(field)


@register.filter
def reason(state: StateView) -> str:
    return standing_words.reason(state)


@register.simple_tag
def value_text(field: str, value: Any) -> str:
    return words.value_text(field, value)


@register.simple_tag
def diff(before: Any, after: Any) -> SafeString:
    """The change from one wording to another, removed words struck out, added ones underlined."""
    tags = {"kept": "span", "removed": "del", "added": "ins"}
    found = [(tags[r.kind], r.text, tags[r.kind]) for r in difference.runs(str(before or ""), str(after or ""))]
    return format_html_join("", "<{}>{}</{}>", found)


@register.filter
def css(code: str) -> str:
    """A state's code as it is written in class names."""
    return code.replace("_", "-")
