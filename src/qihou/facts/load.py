"""Facts are files: one subject each, every value with its unit, its source and how sure it is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


class UnableToFindFact(LookupError):
    """No file of that name stands in ``facts/data``."""


@cache
def load(name: str) -> dict[str, Any]:
    """The parsed file ``facts/data/<name>.yaml``; callers must not change what they get.

    Raises:
        UnableToFindFact: there is no such file.
    """
    path = files("qihou.facts") / "data" / f"{name}.yaml"
    if not path.is_file():
        raise UnableToFindFact(f"no facts file {name!r}")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content
