"""The documentation is tested: what exists has its entry, and what is named exists."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest

from qihou.cli import main

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


def test_every_kind_of_finding_is_documented() -> None:
    spec = importlib.util.spec_from_file_location("docs_kinds", ROOT / "tools" / "docs_kinds.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.PAGE.read_text(encoding="utf-8")
    assert module.renewed(page) == page, "run: python tools/docs_kinds.py"


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> list[str]:
    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            found += _commands(command, (*path, name))
        else:
            found.append(" ".join((*path, name)))
    return found


@pytest.mark.parametrize("command", _commands(main))
def test_every_command_is_in_the_operators_page(command: str) -> None:
    page = (DOCS / "operate.md").read_text(encoding="utf-8")
    group, _, last = command.rpartition(" ")
    row = next(
        (r for r in page.splitlines() if r.startswith("|") and f"qihou {group or last}" in r and last in r), None
    )
    assert row, f"docs/operate.md says nothing of `qihou {command}`"


def test_every_setting_is_in_the_operators_page() -> None:
    page = (DOCS / "operate.md").read_text(encoding="utf-8")
    named = {
        name
        for path in (ROOT / "src/qihou").rglob("*.py")
        if "tests" not in path.parts
        for name in re.findall(r'environ(?:\.get\(|\[)"(QIHOU_[A-Z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert "QIHOU_DATA" in named
    assert {n for n in named if n not in page} == set()


def test_every_decision_is_listed() -> None:
    index = (DOCS / "decisions/README.md").read_text(encoding="utf-8")
    assert {p.name for p in (DOCS / "decisions").glob("0*.md")} == set(re.findall(r"\((0\d+[^)]*\.md)\)", index))


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_make_help_explains_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split())  # type: ignore[index]
    assert phony == set(re.findall(r"^([a-z-]+):.*##", makefile, re.M))
