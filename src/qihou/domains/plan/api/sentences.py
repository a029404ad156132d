"""The sentence of a finding in the reader's language."""

from __future__ import annotations

from typing import Any


def finding_sentence(kind: str, params: dict[str, Any], language: str) -> str:
    from ..methods.wording import render

    sentence: str = render(kind, params, "en" if language.startswith("en") else "zh")
    return sentence
