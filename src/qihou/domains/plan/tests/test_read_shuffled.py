"""The real text shuffled, cut and doubled: no crash, and no number that its lines do not print."""

from __future__ import annotations

import random
import re
import unicodedata
from decimal import Decimal
from functools import cache

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from qihou.domains.plan.methods.document import Document
from qihou.domains.plan.methods.read import read_register
from qihou.domains.plan.methods.register import Cell, ProjectRow, Register

from .read_helpers import SEED, needs_seed

pytestmark = needs_seed


@cache
def lines() -> list[str]:
    return SEED.read_text(encoding="utf-8").split("\n")


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A slice of the text, parts of it moved, dropped, doubled or cut in the middle."""
    rng = random.Random(draw(st.integers(0, 10**9)))
    start = draw(st.integers(0, len(lines()) - 60))
    part = lines()[start : start + draw(st.integers(40, 700))]
    for _ in range(draw(st.integers(0, 12))):
        i, j = sorted((rng.randrange(len(part)), rng.randrange(len(part))))
        how = draw(st.sampled_from(["swap", "drop", "double", "cut", "shuffle", "blanks", "join"]))
        if how == "swap":
            part[i], part[j] = part[j], part[i]
        elif how == "drop":
            del part[i : min(j, i + 5)]
        elif how == "double":
            part[i:i] = part[i:j][:30]
        elif how == "cut":
            part[i] = part[i][: len(part[i]) // 2]
        elif how == "shuffle":
            window = part[i : i + 12]
            rng.shuffle(window)
            part[i : i + 12] = window
        elif how == "blanks":
            part[i:j] = [t for t in part[i:j] if t.strip()]
        elif i + 1 < len(part):
            part[i : i + 2] = [part[i] + rng.choice([" ", "|", "\t", ""]) + part[i + 1]]
        if not part:
            part = ["空"]
    return "\n".join(part)


def digits_of(text: str) -> set[Decimal]:
    flat = unicodedata.normalize("NFKC", text).replace(",", "")
    grouped = re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "", flat)  # 12 300: a blank divides thousands
    return {Decimal(d) for form in (flat, grouped) for d in re.findall(r"\d+(?:\.\d+)?", form)}


def check(register: Register) -> None:
    source = {n.number: n.text for n in register.lines}

    def stands(value: object, cell: Cell, what: str) -> None:
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            cited = "\n".join(source[n] for n in cell.lines)
            there = digits_of(cited)
            assert abs(Decimal(value)) in there or any(
                abs(Decimal(value)) == d * f for d in there for f in (Decimal(10000), Decimal(1000), Decimal("0.0001"))
            ), (what, value, cited)

    for row in register.rows():
        for name, cell in row.cells.items():
            assert all(n in source for n in cell.lines), name
            assert cell.printed == "" or cell.lines, name
        if row.cells["no"].printed:
            stands(row.no, row.cells["no"], "no")
    for row in register.indicators:
        stands(row.base, row.cells["base"], "base")
        stands(row.target, row.cells["target"], "target")
    for row in register.projects:
        project_numbers(row, stands)


def project_numbers(row: ProjectRow, stands) -> None:
    stands(row.start, row.cells["start"], "start")
    stands(row.end, row.cells["end"], "end")
    stands(row.investment, row.cells["investment"], "investment")
    for name in ("upper_level", "district_budget", "private"):
        stands(getattr(row.funding, name), row.cells[name], name)
    for amount in row.funding_amounts:
        stands(amount, row.cells["funding_amounts"], "funding_amounts")


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(damaged())
def test_no_crash_and_no_invented_number(text):
    check(read_register(Document.of_text("damaged.txt", "txt", text)))


def test_the_whole_text_backwards():
    check(read_register(Document.of_text("backwards.txt", "txt", "\n".join(reversed(lines())))))
