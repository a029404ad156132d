"""Building small plans for the reader's tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qihou.domains.plan.methods.loading import load
from qihou.domains.plan.methods.read import read_register
from qihou.domains.plan.methods.register import Register

SEED = Path(__file__).parents[5].parent / "shared" / "seeds" / "tongliang-climate-plan.txt"
needs_seed = pytest.mark.skipif(not SEED.exists(), reason="the district's plan is not beside the repository")

_WIDE = str.maketrans({",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "(": "\uff08", ")": "\uff09"})


def wide(text: str) -> str:
    """ASCII punctuation next to Chinese letters as full-width, the way documents print it."""
    return re.sub(r"(?<=[\u4e00-\u9fff”])[,;:()]|[,;:()](?=[\u4e00-\u9fff“])", lambda m: m[0].translate(_WIDE), text)


def register_of(text: str, name: str = "plan.txt") -> Register:
    return read_register(load(text.encode("utf-8"), name))
