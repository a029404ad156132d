"""Parts of a sentence that follow from the parameters but are no parameters themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .form import words

Params = Mapping[str, Any]


def _pair(first: str, second: str) -> Callable[[Params], dict[str, Any]]:
    """Two named values under ``one`` and ``other``, with their counts."""

    def derive(params: Params) -> dict[str, Any]:
        names, counts = list(params.get(first) or []), list(params.get(second) or [])
        named = dict(zip(("one", "other"), names, strict=False))
        return named | dict(zip(("one_count", "other_count"), counts, strict=False))

    return derive


def _explained(params: Params) -> dict[str, Any]:
    found = params.get("explained") or []
    zh = [f"若“{words(e['column'], 'zh')}”{e['printed']}原为{e['value']}，则恰好相等" for e in found]
    en = [f"If {words(e['column'], 'en')} {e['printed']} stands for {e['value']}, they agree exactly" for e in found]
    return {"explained_zh": "；或".join(zh) + "。" if zh else "", "explained_en": "; or: ".join(en) + "." if en else ""}


def _tail(params: Params) -> dict[str, Any]:
    if not params.get("same_tail"):
        return {}
    return {
        "tail_zh": "两笔投资的零头相同、相差整千，前者可能已含后者。",
        "tail_en": "The two amounts share their odd digits and differ by whole thousands; one may contain the other.",
    }


def _lost_wan(params: Params) -> dict[str, Any]:
    low, high = (_large(params.get(k)) for k in ("low", "high"))
    sizes = {"low_zh": low[0], "low_en": low[1], "high_zh": high[0], "high_en": high[1]}
    if not params.get("with_wan"):
        return sizes
    return sizes | {
        "wan_zh": "若补上“万”字即在范围内，可能是丢了字。",
        "wan_en": "With 万 (10⁴) restored it falls inside; a character may have been lost.",
    }


def _large(number: Any) -> tuple[str, str]:
    """A large round number in Chinese and English: 1000万, 10,000,000."""
    if not number:
        return "", ""
    value = int(float(number))
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if value >= size and value % size == 0:
            return f"{value // size}{unit}", f"{value:,}"
    return str(value), f"{value:,}"


def _supports(params: Params) -> dict[str, Any]:
    if not params.get("supports"):
        return {}
    return {
        "supports_zh": "项目的牵头单位在任务中只是配合。",
        "supports_en": "The project's lead merely supports the task.",
    }


def _changes(params: Params) -> dict[str, Any]:
    zh, en = [], []
    for change in list(params.get("changes") or [])[:4]:
        body, annex = change.get("body", ""), change.get("annex", "")
        if body and annex:
            zh.append(f"正文“{body}”，附表作“{annex}”")
            en.append(f"the body has “{body}” where the annex has “{annex}”")
        elif annex:
            zh.append(f"附表多“{annex}”")
            en.append(f"the annex adds “{annex}”")
        else:
            zh.append(f"附表少“{body}”")
            en.append(f"the annex leaves out “{body}”")
    numeric = bool(params.get("numbers_differ"))
    return {
        "changes_zh": "；".join(zh),
        "changes_en": "; ".join(en),
        "numeric_zh": "差别涉及数字。" if numeric else "",
        "numeric_en": "The difference concerns a number." if numeric else "",
    }


DERIVED: dict[str, Callable[[Params], dict[str, Any]]] = {
    "grand_total_rounded": _explained,
    "double_counting": _tail,
    "reservoir_class_impossible": _lost_wan,
    "leads_differ": _supports,
    "body_and_annex_differ": _changes,
    "term_varies": _pair("terms", "counts"),
    "organisation_name_varies": _pair("names", "counts"),
    "category_varies": _pair("names", "counts"),
}
