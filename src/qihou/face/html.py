"""Small pieces of HTML written in Python, where a template per piece would cost too much (table cells)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .states import state
from .values import Missing, Why


def badge(code: str, *, word: str | Promise = "", extra: str = "") -> SafeString:
    """A state as shape and word. ``word`` replaces the usual one, ``extra`` adds classes (plain, large)."""
    return _badge(str(code), str(word), extra, get_language())


@lru_cache(maxsize=2048)
def _badge(code: str, word: str, extra: str, language: str | None) -> SafeString:
    """Written once per language: a table repeats the same few a hundred times."""
    s = state(code)
    return format_html(
        '<span class="state st-{} {}"><svg aria-hidden="true"><use href="#s-{}"/></svg>{}</span>',
        s.tone, extra, s.shape, word or s.word,
    )  # fmt: skip


def shape(code: str) -> SafeString:
    s = state(code)
    return format_html(
        '<svg class="shape st-{}" role="img"><title>{}</title><use href="#s-{}"/></svg>', s.tone, s.word, s.shape
    )


def missing(reason: Missing | None) -> SafeString:
    return _missing(Missing.NOT_FILLED if reason is None else reason, get_language())


@lru_cache(maxsize=64)
def _missing(reason: Missing, language: str | None) -> SafeString:
    return format_html('<span class="missing {}">{}</span>', reason.value.replace("_", "-"), reason.label)


def unit(text: str | Promise) -> SafeString:
    return format_html('<span class="unit">{}</span>', text) if text else mark_safe("")


def illustrative() -> SafeString:
    return _illustrative(get_language())


@lru_cache(maxsize=8)
def _illustrative(language: str | None) -> SafeString:
    title = _("示例数据，不是真实记录")
    return format_html('<span class="mark-illustrative" title="{}">{}</span>', title, _("示例"))


def unverified() -> SafeString:
    return _unverified(get_language())


@lru_cache(maxsize=8)
def _unverified(language: str | None) -> SafeString:
    title = _("依据未经核实，引用前须核对")
    return format_html('<span class="mark-unverified" title="{}">{}</span>', title, _("待核"))


def lines_ref(lines: Iterable[int], url: str = "") -> SafeString:
    """第 12—14、20 行: the lines of the document something stands on."""
    text = _("第 %(lines)s 行") % {"lines": ranges(lines)}
    if url:
        return format_html('<a class="lines-ref" href="{}">{}</a>', url, text)
    return format_html('<span class="lines-ref">{}</span>', text)


def ranges(numbers: Iterable[int]) -> str:
    """``[1, 2, 3, 7]`` → ``1—3、7``."""
    runs: list[list[int]] = []
    for n in sorted(set(numbers)):
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return "、".join(str(a) if a == b else f"{a}—{b}" for a, b in runs)


def why_link(content: Any, why: Why, district_code: str) -> SafeString:
    """The content as a link that opens the why drawer; without scripts it leads to the same answer as a page."""
    from .why import why_url

    return SafeString(
        f'<a class="why-link" href="{escape(why_url(district_code, why))}" data-why title="{_why_title(get_language())}">'
        f"{conditional_escape(content)}</a>"
    )


@lru_cache(maxsize=8)
def _why_title(language: str | None) -> str:
    return escape(_("这个数从哪里来"))


def with_query(params: Any, **changes: str | None) -> str:
    """The present query string with some values changed (``None`` removes), always beginning with ``?``."""
    query = params.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    return "?" + (query.urlencode() if hasattr(query, "urlencode") else urlencode(query))
