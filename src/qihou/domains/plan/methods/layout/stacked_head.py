"""Heads of tables flattened to one label per line, also where a label was broken over lines."""

from __future__ import annotations

import re

from .header import Label, columns_of, kind_of
from .roles import Role, group_label, role_of
from .table import Column
from .tokens import Token, is_group

_MOST_LABELS = 24


def match_header(tokens: list[Token], start: int) -> tuple[list[Column], int] | None:
    """Columns and the index after the head, when the tokens at ``start`` are the head of a table we know."""
    if role_of(tokens[start].text) is None and not _joined(tokens, start, 2):
        return None
    labels: list[Label] = []
    pending: list[Token] = []
    i, end = start, start
    while i < len(tokens) and i < start + _MOST_LABELS:
        taken = _take_label(tokens, i, labels)
        if taken:
            for token in pending:
                labels.append(Label(token.text, (token.line,)))
            pending = []
            labels.append(taken[0])
            i = end = taken[1]
        elif len(pending) < 2 and _may_be_label(tokens[i].text):
            pending.append(tokens[i])
            i += 1
        else:
            break
    if pending and i < len(tokens) and tokens[i].text in ("1", "1.", "01") and role_of(tokens[start].text) is Role.NO:
        for token in pending:
            labels.append(Label(token.text, (token.line,)))
        end = i
    known = [label for label in labels if role_of(label.text) is not None]
    if len(known) < 3 or len(labels) < 3:
        return None
    columns = columns_of(labels)
    if kind_of(columns) is None:
        return None
    return columns, end


def _joined(tokens: list[Token], i: int, count: int) -> str | None:
    part = tokens[i : i + count]
    if len(part) < count or any(len(t.text) > 10 for t in part) or any(t.place for t in part[1:]):
        return None
    text = "".join(t.text for t in part)
    return text if role_of(text) is not None or group_label(text) else None


def _take_label(tokens: list[Token], i: int, labels: list[Label]) -> tuple[Label, int] | None:
    text = tokens[i].text
    if len(text) > 24:
        return None
    role = role_of(text)
    roles = [role_of(label.text) for label in labels]
    count = 1
    if role is None and not group_label(text):
        count = next((n for n in (2, 3, 4) if _joined(tokens, i, n)), 0)
    elif i + 1 < len(tokens):
        following = tokens[i + 1].text
        alone = role_of(following)
        joined = _joined(tokens, i, 2)
        if alone is None:
            begins = len(text) > 2 and _joined(tokens, i + 1, 2) is not None  # 总投资 / “十四五” / 投资: two heads
            count = 2 if joined and not group_label(following) and not begins else 1
        elif role is Role.YEAR_VALUE and re.fullmatch(r"(?:计划|年度|安排)?投资(?:计划|额)?", following):
            count = 2 if not roles or roles[-1] is not Role.YEAR_VALUE else 1
        elif joined and role is not Role.YEAR_VALUE:
            doubled = role in roles and role_of(joined) is alone
            whole = _half(text, following) or (alone is role and _same(text, following))
            count = 2 if doubled or whole else 1
    if count == 0:
        return None
    end = i + count
    while end < len(tokens) and re.match(r"^[（(\[【][^）)】\]]{1,10}[）)\]】]?$", tokens[end].text):
        end += 1
    part = tokens[i:end]
    return Label("".join(t.text for t in part), tuple(t.line for t in part)), end


_FIRST_HALF = re.compile(r"^(责任|牵头|配合|实施|主管|参与|完成|起止|建设|协同|主办|承办|协办)$")
_SECOND_HALF = re.compile(r"^(单位|部门|时限|年限|期限|时间|内容|主体|地点|规模)([（(].*)?$")


def _half(first: str, second: str) -> bool:
    """责任 + 单位: two words that make one head, though 单位 could be one by itself."""
    return bool(_FIRST_HALF.match(first) and _SECOND_HALF.match(second))


def _same(first: str, second: str) -> bool:
    """完成 + 时限: neither is a whole head by itself."""
    return len(first) <= 2 and len(second) <= 2 and role_of(first + second) is role_of(first)


def _may_be_label(text: str) -> bool:
    return 2 <= len(text) <= 10 and not re.search(r"[\d。，,、；;：:]", text) and not is_group(text)
