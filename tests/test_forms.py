"""One truth, many forms: whatever a plan was copied into, the same register comes out, or less, never something else."""

from __future__ import annotations

from typing import Any

import pytest

from forms.invent import Plan, invent
from forms.write import FORMS, Form
from qihou.domains.plan.methods.as_json import to_json
from qihou.domains.plan.methods.read import read_bytes

SEEDS = range(6)


def read(plan: Plan, form: Form) -> dict[str, Any]:
    return to_json(read_bytes(form.render(plan), f"plan{form.suffix}"))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.name)
class TestForms:
    def test_indicators(self, form: Form, seed: int) -> None:
        plan = invent(seed)
        got = read(plan, form)["indicators"]
        assert [i["name"] for i in got] == [i.name for i in plan.indicators]
        for g, want in zip(got, plan.indicators, strict=True):
            assert (g["no"], g["category"], g["nature"]) == (
                want.no,
                want.category,
                {"约束性": "binding", "预期性": "expected"}[want.nature],
            ), want.name
            assert g["departments"] == [want.department], want.name
            assert (g["base"], g["target"]) == (float(want.base), float(want.target)), want.name
            assert g["unit"] in (want.unit or None, want.unit), want.name

    def test_projects(self, form: Form, seed: int) -> None:
        plan = invent(seed)
        got = read(plan, form)["projects"]
        assert [p["name"] for p in got] == [p.name for p in plan.projects]
        for g, want in zip(got, plan.projects, strict=True):
            assert (g["no"], g["category"], g["content"]) == (want.no, want.category, want.content)
            assert (g["start"], g["end"], g["investment"]) == (want.start, want.end, want.investment), want.no
            assert g["leads"] == want.lead, want.no
            truth = {"upper_level": want.upper, "district_budget": want.budget, "private": want.private}
            for source, amount in truth.items():
                allowed = (amount,) if form.keeps_blanks else (amount, "undetermined")
                assert g["funding"][source] in allowed, (want.no, source)

    def test_totals(self, form: Form, seed: int) -> None:
        plan = invent(seed)
        totals = read(plan, form)["totals"]
        want = dict(zip(("investment", "upper_level", "district_budget", "private"), plan.totals, strict=True))
        assert {k: totals[k] for k in want} == want

    def test_tasks(self, form: Form, seed: int) -> None:
        plan = invent(seed)
        got = read(plan, form)["tasks"]
        assert [t["text"] for t in got] == [t.text for t in plan.tasks]
        for g, want in zip(got, plan.tasks, strict=True):
            assert (g["no"], g["chapter"], g["key_task"]) == (want.no, want.chapter, want.key_task), want.no
            assert (g["leads"], g["supporting"], g["supporting_open"]) == (want.lead, want.supporting, False), want.no
