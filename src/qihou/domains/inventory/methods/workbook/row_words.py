"""Words that stand once for a row of a grid: the same for all its cells, or cell by cell as ``水泥：…；玻璃：…``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence


def for_row(said: Sequence[tuple[str, str]]) -> str:
    """One text for a row.

    Args:
        said: for each filled cell its column's head and its text, which may be empty.

    >>> for_row([("水泥", "±5%"), ("玻璃", "±5%")])
    '±5%'
    >>> for_row([("水泥", "±5%"), ("玻璃", "")])
    '水泥：±5%'
    """
    texts = {text for _, text in said}
    if len(texts) == 1:
        return texts.pop()
    return "；".join(f"{head}：{text}" for head, text in said if text)


def for_cell(text: str, head: str, heads: Iterable[str]) -> str:
    """What a row's text says of the cell under ``head``: all of it, unless it names columns.

    >>> for_cell("水泥：±5%；玻璃：±3%", "玻璃", ["水泥", "玻璃"])
    '±3%'
    """
    known = sorted((re.escape(one) for one in heads if one), key=len, reverse=True)
    if not known:
        return text
    named = re.compile(rf"(?:^|；)({'|'.join(known)})[：:]")
    found = list(named.finditer(text))
    if not found or found[0].start() != 0:
        return text
    ends = [one.start() for one in found[1:]] + [len(text)]
    parts = {one[1]: text[one.end() : end].strip() for one, end in zip(found, ends, strict=True)}
    return parts.get(head, "")
