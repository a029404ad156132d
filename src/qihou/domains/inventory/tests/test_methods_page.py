"""``docs/methods.md`` says of every method what the method says of itself; ``docs/inventory.md`` names every kind of finding."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from qihou.domains.inventory.methods.listing import all_methods, declared

ROOT = Path(__file__).resolve().parents[5]


def test_the_page_is_current():
    tool = importlib.util.spec_from_file_location("docs_methods", ROOT / "tools/docs_methods.py")
    module = importlib.util.module_from_spec(tool)
    tool.loader.exec_module(module)
    same = module.PAGE.read_text(encoding="utf-8") == module.page()
    assert same, "run python tools/docs_methods.py and look at git diff"


def test_every_method_is_listed_with_its_clause():
    found = {one["key"]: one for one in all_methods()}
    assert set(found) == {method.key for method in declared()}
    assert all(cite["clause"] for one in found.values() for cite in one["cites"])


def test_the_example_of_the_page():
    methods = {method.key: method for method in declared()}
    # 1,000 t × 20.9 GJ/t = 20,900 GJ
    assert methods["energy.content.mass"](fuel=1000, ncv=20.9) == pytest.approx(20_900)


def test_every_kind_of_finding_is_documented():
    folder = ROOT / "src/qihou/domains/inventory/methods"
    sources = "".join(
        path.read_text(encoding="utf-8") for part in ("workbook", "checks") for path in (folder / part).glob("*.py")
    )
    kinds = set(re.findall(r'"([a-z_]+)",\s*Severity\.', sources)) | set(
        re.findall(r'Trouble\(\s*"([a-z_]+)"', sources)
    )
    page = (ROOT / "docs/inventory.md").read_text(encoding="utf-8")
    assert len(kinds) > 35
    assert {kind for kind in kinds if f"`{kind}`" not in page} == set()
