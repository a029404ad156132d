"""The design tokens as Python reads them from ``static/face/tokens.css``, the one place where they are set."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "static/face/tokens.css"
_BLOCK = re.compile(r"^(?P<selector>[^{}/*]+)\{(?P<body>[^}]*)\}", re.MULTILINE)
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")


@cache
def tokens(theme: str = "day") -> dict[str, str]:
    """``day`` or ``night``: token → value. The night set keeps what it does not change."""
    found: dict[str, str] = {}
    text = re.sub(r"/\*.*?\*/|@media screen \{", "", _FILE.read_text(encoding="utf-8"), flags=re.DOTALL)
    for block in _BLOCK.finditer(text):
        selector = block["selector"].strip()
        if selector == ":root" or (theme == "night" and "night" in selector):
            found.update(_TOKEN.findall(block["body"]))
    return found


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
