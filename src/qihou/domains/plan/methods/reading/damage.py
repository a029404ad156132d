"""Damage that copying did to the text, as far as it can be computed from the characters alone."""

from __future__ import annotations

import re
from typing import Any

from ..register import Line

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("glued_date", re.compile(r"(?<!\d)(?:19|20)\d{2}\d{2,4}日")),
    ("glued_date", re.compile(r"(?<!\d)(?:19|20)\d{2}\d{1,2}月")),
    ("glued_date", re.compile(r"(?<![\d.])20[0-4]\d(?:1[0-2]|[1-9])(?:3[01]|[12]\d|[1-9])(?=$|\s*$)")),
    ("lost_bracket", re.compile(r"[〔\[【]\d{4}\d{1,3}号")),
    ("lost_unit", re.compile(r"(?<![\d.A-Za-z])\d+(?:\.\d+)?/(?:天|日|年|月|小时)")),
    ("lost_unit", re.compile(r"面积\d+(?:\.\d+)?(?:以上|以下|的)")),
    ("lost_factor", re.compile(r"(?<![\d.])\d{1,4}m3(?:/天|/日|/年|/d|中型|大型|小型)")),
)
_LONG = re.compile(
    r"(?<![\d.,])(\d{5,9})(?=(?:km2|km|平方公里|公里|蒸吨|吨|亩|平方米|m2|m|千瓦|兆瓦|kW|MW|台|辆|户|人))"
)


def find_damage(lines: list[Line], skip: frozenset[int]) -> list[dict[str, Any]]:
    """``[{"kind", "line", "detail"}]``; kinds: glued_date, lost_bracket, lost_unit, lost_factor, lost_range_sign,
    lost_opening_quote, unclosed_bracket."""
    found: list[dict[str, Any]] = []
    for line in lines:
        text = line.text
        if line.number in skip or not text.strip():
            continue
        for kind, pattern in _PATTERNS:
            found += [{"kind": kind, "line": line.number, "detail": m[0]} for m in pattern.finditer(text)]
        for m in _LONG.finditer(text):
            if split := _two_numbers(m[1]):
                detail = text[m.start() : m.end() + 4]
                found.append({"kind": "lost_range_sign", "line": line.number, "detail": detail, "parts": split})
        found += _quotes(line)
        if re.search(r"[（(][^（）()]{0,8}$", text.strip()) and len(text.strip()) <= 40:
            found.append({"kind": "unclosed_bracket", "line": line.number, "detail": text.strip()})
    return found


def _two_numbers(digits: str) -> list[int] | None:
    """A range whose dash was lost reads as one long number: 20–160, 200–3000."""
    for cut in range(2, len(digits) - 1):
        first, second = digits[:cut], digits[cut:]
        if second[0] == "0" or int(first) % 10 or int(second) % 10:
            continue
        if int(first) >= 10 and int(first) < int(second) <= 20 * int(first):
            return [int(first), int(second)]
    return None


def _quotes(line: Line) -> list[dict[str, Any]]:
    depth = 0
    for i, char in enumerate(line.text):
        if char == "“":
            depth += 1
        elif char == "”":
            if depth == 0:
                return [
                    {
                        "kind": "lost_opening_quote",
                        "line": line.number,
                        "detail": line.text[max(0, i - 16) : i + 1].strip(),
                    }
                ]
            depth -= 1
    return []
