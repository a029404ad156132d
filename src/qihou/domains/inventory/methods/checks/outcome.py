"""Checks of what came out: rows a formula does not hold for, and figures that moved though nobody reported anything new."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from qihou.domains.inventory.methods.checks.finding import CheckFinding, Severity
from qihou.domains.inventory.methods.results import Worked
from qihou.figures.leaf import Leaf
from qihou.figures.missing import State
from qihou.measure.units import label


def outside_formula(worked: Worked) -> Iterator[CheckFinding]:
    """Rows whose inputs lie outside the range in which the method holds: they have no figure."""
    for step in worked.scheme.steps:
        failed = np.flatnonzero(worked.book.cells[step.key].state[:, worked.column] == State.FAILED)
        for row in failed:
            for edge, value, states, _ in worked.book.inputs(step):
                here, need = float(value[row, worked.column]), edge.need
                low = need.low is not None and here < need.low
                high = need.high is not None and here > need.high
                if states[row, worked.column] != State.VALUE or not (low or high):
                    continue
                leaf = worked.book.leaves[int(edge.leaves[row, worked.column])] if edge.leaves is not None else None
                entry = leaf if leaf is not None and leaf.origin.kind == "entry" else None
                said = f"{here:g} {label(need.unit)}"
                yield CheckFinding(
                    "outside_formula", Severity.ERROR,
                    f"{step.method.zh}：{need.zh}为 {said}，超出公式适用范围，算不出结果。",
                    f"{step.method.en}: {need.en} is {said}, outside the range in which the formula holds; there is no result.",
                    dict(step.rows[row]).get("category", ""), ((entry.quantity, entry.labels),) if entry else (),
                    (entry.origin.where,) if entry and entry.origin.where else (), (("value", here),),
                )  # fmt: skip


def below_zero(worked: Worked) -> Iterator[CheckFinding]:
    """Emissions that came out negative though nothing is taken up there: more was recovered or subtracted than there was."""
    for step in worked.scheme.steps:
        for row, labels in enumerate(step.rows):
            named = dict(labels)
            category = worked.scheme.category.get(named.get("category", ""))
            if "gas" not in named or category is None or category.sink or not category.sector.in_total:
                continue
            value = float(worked.book.cells[step.key].value[row, worked.column])
            if not value < 0:
                continue
            entries = [
                leaf
                for edge in worked.book.edges[step.key]
                if edge.leaves is not None
                for leaf in (worked.book.leaves[int(edge.leaves[row, worked.column])],)
                if leaf.origin.kind == "entry"
            ]
            yield CheckFinding(
                "below_zero", Severity.ERROR,
                f"{category.zh}（{step.method.zh}）算出 {value:g} {label(step.unit)}，排放不可能为负；请核对回收、扣减的量是否大于产生的量。",
                f"{category.en} ({step.method.en}) came out as {value:g} {label(step.unit)}; emissions cannot be negative: see whether more was recovered or subtracted than there was.",
                category.code, tuple((leaf.quantity, leaf.labels) for leaf in entries),
                tuple(leaf.origin.where for leaf in entries if leaf.origin.where), (("value", value),),
            )  # fmt: skip


def recalculated(before: Worked, now: Worked) -> Iterator[CheckFinding]:
    """Figures of one year worked out twice: those that moved with the same entries are told, with the factors that changed.

    Only the lowest categories are told; what stands on them moves with them.
    """
    for key, line in now.lines.items():
        code, gas = key
        old = before.lines.get(key)
        if not gas or old is None or old.id == line.id or code not in now.scheme.category or now.scheme.children(code):
            continue
        one, other = _leaves(before, code, gas), _leaves(now, code, gas)
        entries, again = (
            {(k, leaf.value) for k, leaf in found.items() if leaf.origin.kind == "entry"} for found in (one, other)
        )
        if entries != again or old.value == line.value:
            continue
        changed = [
            leaf for k, leaf in other.items() if k not in one or one[k].value != leaf.value or one[k].unit != leaf.unit
        ]
        names = "；".join(dict.fromkeys(leaf.origin.zh or leaf.quantity for leaf in changed)) or "计算方法"
        names_en = "; ".join(dict.fromkeys(leaf.origin.en or leaf.quantity for leaf in changed)) or "the method"
        zh, en = (now.scheme.category[code].zh, now.scheme.category[code].en)
        yield CheckFinding(
            "recalculated", Severity.NOTE,
            f"{zh}（{gas}）填报数据未变，结果由 {_said(old.value)} 变为 {_said(line.value)} {label(line.unit)}；变动的是：{names}。",
            f"{en} ({gas}): the same entries, {_said(old.value)} became {_said(line.value)} {label(line.unit)}; what changed: {names_en}.",
            code, tuple((leaf.quantity, leaf.labels) for leaf in changed),
            values=tuple((name, v) for name, v in (("before", old.value), ("now", line.value)) if v is not None),
        )  # fmt: skip


def _leaves(worked: Worked, code: str, gas: str) -> dict[tuple[str, object], Leaf]:
    return {(leaf.quantity, leaf.labels): leaf for leaf in worked.why(code, gas).leaves()}


def _said(value: float | None) -> str:
    return "—" if value is None else f"{value:,.6g}"
