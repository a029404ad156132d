"""The importer on plans of other governments: every document of ``tests/corpus`` against its hand-written truth.

The documents are invented (names, numbers and wording); their forms are those in which such plans are published.
Run as a script for the report of one or all: ``python tests/test_corpus.py [name …]``.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from importlib import util
from pathlib import Path
from typing import Any

import pytest

CORPUS = Path(__file__).parent / "corpus"


def _beside(name: str) -> Any:
    """A module of the corpus folder, which is no package (pytest runs with importlib mode)."""
    spec = util.spec_from_file_location(f"corpus_{name}", CORPUS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


build = _beside("build")
compare = _beside("compare")
NAMES = [folder.name for folder in build.documents()]


def _truth(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((CORPUS / name / "expected.json").read_text(encoding="utf-8"))
    return truth


@dataclass
class Reading:
    truth: dict[str, Any]
    read: dict[str, Any]
    source: dict[int, str]
    scores: dict[str, Any] = field(default_factory=dict)


@cache
def _room() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="corpus-")


@cache
def reading_of(name: str) -> Reading:
    from qihou.domains.plan.methods.as_json import to_json
    from qihou.domains.plan.methods.read import read_path

    truth = _truth(name)
    register = read_path(build.document_file(CORPUS / name, Path(_room().name)))
    read = json.loads(json.dumps(to_json(register), ensure_ascii=False, default=str))
    reading = Reading(truth, read, {line.number: line.text for line in register.lines})
    for kind in compare.KINDS:
        reading.scores[kind] = compare.compare(kind, truth[kind], read[kind])
    return reading


def wrong_about(name: str) -> list[str]:
    """Every disagreement of a document with its truth, in words."""
    reading = reading_of(name)
    wrong = [str(m) for kind in compare.KINDS for m in reading.scores[kind].wrong]
    said = {"title": reading.read["title"], **reading.read["period"]}
    for key in ("title", "first_year", "last_year"):
        want, got = reading.truth[key], said[key]
        if want != "~" and compare.plain(want) not in compare.plain(got):
            wrong.append(f"document: {key} expected {want!r}, got {got!r}")
    for key, want in reading.truth.get("totals", {}).items():
        got = reading.read["totals"].get(key)
        if compare.number(got) != compare.number(want):
            wrong.append(f"totals: {key} expected {want!r}, got {got!r}")
    return wrong


def made_up(name: str) -> list[str]:
    reading = reading_of(name)
    return [str(m) for k in compare.KINDS for row in reading.read[k] for m in compare.invented(k, row, reading.source)]


def table(name: str) -> str:
    """Rows and fields of one document: expected, read, found, right."""
    lines = [f"{name}: {reading_of(name).truth['form']}"]
    for kind, s in reading_of(name).scores.items():
        lines.append(
            f"  {kind:<11} rows expected {s.expected:>3} read {s.got:>3} found {s.found:>3}"
            f"  recall {s.recall:5.0%} precision {s.precision:5.0%}  fields {s.right}/{s.fields}"
        )
    return "\n".join(lines)


@pytest.mark.parametrize("name", NAMES)
def test_every_row_and_field_is_as_the_document_says(name: str) -> None:
    wrong = wrong_about(name)
    assert not wrong, "\n".join([table(name), *wrong])


@pytest.mark.parametrize("name", NAMES)
def test_no_number_is_made_up(name: str) -> None:
    assert not made_up(name), "\n".join(made_up(name))


@pytest.mark.parametrize("name", [n for n in NAMES if _truth(n)["planted"]])
def test_planted_contradictions_are_found(name: str) -> None:
    reading = reading_of(name)
    missed = compare.unmatched_plants(reading.truth["planted"], reading.read["findings"], reading.source)
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("name", [n for n in NAMES if not _truth(n)["planted"]])
def test_a_document_in_order_raises_no_error(name: str) -> None:
    """Where nothing was planted, no finding may call the document wrong (a warning or a note may ask a question)."""
    reading = reading_of(name)
    grave = {"error", "warning"} if reading.truth.get("quiet") else {"error"}
    false = [f"{f['kind']}: {f['message']} {f['lines']}" for f in reading.read["findings"] if f["severity"] in grave]
    assert not false, "\n".join(false)


def _damaged(lines: list[str], seed: int) -> dict[str, list[str]]:
    """The same lines cut off, thinned, with a passage doubled, and turned round."""
    chance = random.Random(seed)
    first, last = sorted(chance.sample(range(len(lines)), 2))
    return {
        "cut off": lines[:last],
        "thinned": [line for line in lines if chance.random() > 0.04],
        "doubled": lines[:last] + lines[first:],
        "turned": lines[first:] + lines[:first],
    }


@pytest.mark.parametrize("name", [n for n in NAMES if not (CORPUS / n / "content.json").exists()])
def test_damage_ends_in_a_register_or_a_clear_error_and_makes_nothing_up(name: str) -> None:
    from qihou.domains.plan.methods.as_json import to_json
    from qihou.domains.plan.methods.read import UnableToRead, read_bytes

    file = build.document_file(CORPUS / name, Path(_room().name))
    data = file.read_bytes()
    code = "utf-16" if data[:2] == b"\xff\xfe" else "utf-8" if _is_utf8(data) else "gb18030"
    lines = data.decode(code).split("\n")
    for damage, left in _damaged(lines, seed=len(lines)).items():
        try:
            register = read_bytes("\n".join(left).encode(code), file.name)
        except UnableToRead:
            continue
        read = json.loads(json.dumps(to_json(register), ensure_ascii=False, default=str))
        source = {line.number: line.text for line in register.lines}
        found = [m for kind in compare.KINDS for row in read[kind] for m in compare.invented(kind, row, source)]
        assert not found, f"{damage}: " + "\n".join(map(str, found))


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _report(names: list[str]) -> None:
    for name in names:
        try:
            print(table(name))
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {error}")
            continue
        reading = reading_of(name)
        missed = compare.unmatched_plants(reading.truth["planted"], reading.read["findings"], reading.source)
        for line in [*wrong_about(name), *(f"MADE UP {m}" for m in made_up(name)), *(f"NOT FOUND {m}" for m in missed)]:
            print(f"    {line}")
        for f in reading.read["findings"]:
            print(f"      finding {f['severity']:<7} {f['kind']:<28} {f['lines']} {f['message']}")


if __name__ == "__main__":
    _report(sys.argv[1:] or NAMES)
