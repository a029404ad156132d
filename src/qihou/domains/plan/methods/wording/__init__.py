"""Sentences for findings and for cells' reasons, in Simplified Chinese and English.

``KINDS`` is the documented list of all kinds of findings; :func:`render` gives the sentence of one finding,
:func:`reason` that of one cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import copying, duties, naming, substance, sums
from .derive import DERIVED
from .form import Kind, Language, fill, where
from .reasons import REASONS

KINDS: dict[str, Kind] = sums.KINDS | substance.KINDS | duties.KINDS | naming.KINDS | copying.KINDS

__all__ = ["KINDS", "REASONS", "Kind", "Language", "name", "reason", "render"]


def render(kind: str, params: Mapping[str, Any], language: Language) -> str:
    """One complete sentence, or a few, about one finding; ``params["at"]`` are the lines it names at its end.

    A kind this version does not know is named as it is, with its parameters, so that old records stay readable.
    """
    known = KINDS.get(kind)
    if known is None:
        shown = {k: v for k, v in params.items() if k != "at"}
        template = {"zh": "{kind}：{params}。", "en": "{kind}: {params}."}[language]
        return fill(template, {"kind": kind, "params": shown}, language) + where(params.get("at"), language)
    derive = DERIVED.get(kind)
    full = {**params, **(derive(params) if derive else {})}
    return fill(known.zh if language == "zh" else known.en, full, language) + where(params.get("at"), language)


def name(kind: str, language: Language) -> str:
    """The short name of a kind, for lists and filters."""
    known = KINDS.get(kind)
    if known is None:
        return kind
    return known.name_zh if language == "zh" else known.name_en


def reason(code: str, params: Mapping[str, Any], language: Language) -> str:
    """Why a cell holds what it holds; empty when there is nothing to say, the code itself when it is not known."""
    pair = REASONS.get(code)
    if pair is None:
        return code
    full = dict(params)
    if params.get("hint_blank_lines"):
        full["hint_zh"] = "原文此数前后多一个空行,或可参考,未作依据。"
        full["hint_en"] = "An extra blank line stands beside the amount: a hint, not used."
    return fill(pair[language == "en"], full, language)
