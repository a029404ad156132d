"""A method tried on numbers somebody types: outside the range in which a formula holds it says so and gives nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from qihou.figures.method import Method, Need


@dataclass(frozen=True)
class Problem:
    """What is wrong with one input. ``kind``: ``missing``, ``not_a_number``, ``below`` or ``above`` (then ``bound`` says of what)."""

    need: Need
    kind: str
    bound: float | None = None


@dataclass(frozen=True)
class Tried:
    """``result`` in the method's unit; None where there are problems, or where the formula gives no number (division by nought)."""

    result: float | None
    problems: tuple[Problem, ...]
    complete: bool


def attempt(method: Method, given: Mapping[str, str]) -> Tried:
    """Work a method's body on texts, each in its need's unit. A method over series cannot be tried on single numbers."""
    values: dict[str, float] = {}
    problems: list[Problem] = []
    for need in method.inputs:
        text = given.get(need.name, "").strip().replace(",", "").replace("，", "").replace("−", "-")
        if not text:
            if need.nil is not None:
                values[need.name] = need.nil
            else:
                problems.append(Problem(need, "missing"))
            continue
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            problems.append(Problem(need, "not_a_number"))
        elif need.low is not None and value < need.low:
            problems.append(Problem(need, "below", need.low))
        elif need.high is not None and value > need.high:
            problems.append(Problem(need, "above", need.high))
        values[need.name] = value
    if problems:
        return Tried(None, tuple(problems), False)
    constants = {need.name: need.constant for need in method.needs if need.constant is not None}
    with np.errstate(all="ignore"):
        result = float(method.body(**{name: np.float64(value) for name, value in values.items()}, **constants))
    return Tried(result if math.isfinite(result) else None, (), True)
