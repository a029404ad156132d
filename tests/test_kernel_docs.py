"""The page on the kernel and the notebooks are worked, and print what they say they print; neither needs Django."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "kernel.md"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_spec = importlib.util.spec_from_file_location("notebooks", ROOT / "tools" / "notebooks.py")
assert _spec
assert _spec.loader
tool = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(tool)


def test_the_examples_of_the_page_print_what_stands_below_them() -> None:
    names: dict[str, object] = {"__name__": "kernel_page"}
    blocks = re.findall(r"```(python|text)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    assert sum(kind == "text" for kind, _ in blocks) >= 5
    printed = ""
    for kind, block in blocks:
        if kind == "text":
            assert printed == block
            continue
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(compile(block, "docs/kernel.md", "exec"), names)
        printed = told.getvalue()


@pytest.mark.parametrize("path", sorted(tool.NOTEBOOKS.glob("*.ipynb")), ids=lambda p: p.stem)
def test_a_notebook_prints_what_is_stored_in_it(path: Path) -> None:
    for now, before in zip(tool.worked(path), tool.stored(path), strict=True):
        assert _NUMBER.sub("#", now) == _NUMBER.sub("#", before), "run: python tools/notebooks.py --write"
        # Numbers are printed rounded; another processor may round the last digit the other way.
        assert [float(n) for n in _NUMBER.findall(now)] == pytest.approx(
            [float(n) for n in _NUMBER.findall(before)], rel=1e-3
        )


@pytest.mark.parametrize("barred", ["django", "django.db", "sqlite3", "qihou.record.models"])
def test_a_notebook_that_needs_the_portal_fails(barred: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.ipynb"
    cell = {"cell_type": "code", "source": [f"import {barred}"], "outputs": []}
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    with pytest.raises(RuntimeError, match="is barred: the kernel works without a database"):
        tool.worked(path)
