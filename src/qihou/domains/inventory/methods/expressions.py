"""A method's formula as a spreadsheet's: the body itself is run on operands that write down what is done to them.

So no formula is typed a second time. What a body may do to its numbers (``+ - * / **`` and ``exp``) is what an operand can do;
anything else raises, and the test over all methods names the method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from qihou.figures.method import Method

# The longest formula a spreadsheet takes.
MOST_CHARACTERS = 8192
Number = int | float


class UnableToWriteFormula(ValueError):
    """A body does something that no spreadsheet formula can say, or says it at too great a length."""


class Operand:
    """A part of a formula. ``atom``: it needs no brackets."""

    __slots__ = ("atom", "text")

    def __init__(self, text: str, *, atom: bool = False) -> None:
        self.text = text
        self.atom = atom

    def __str__(self) -> str:
        return self.text if self.atom else f"({self.text})"

    def __add__(self, other: Any) -> Operand:
        return self if _is(other, 0) else _joined(self, "+", other)

    def __radd__(self, other: Any) -> Operand:
        return self if _is(other, 0) else _joined(other, "+", self)

    def __sub__(self, other: Any) -> Operand:
        return self if _is(other, 0) else _joined(self, "-", other)

    def __rsub__(self, other: Any) -> Operand:
        return _joined(other, "-", self)

    def __mul__(self, other: Any) -> Operand | float:
        return _times(self, other, _joined(self, "*", other))

    def __rmul__(self, other: Any) -> Operand | float:
        return _times(self, other, _joined(other, "*", self))

    def __truediv__(self, other: Any) -> Operand:
        return self if _is(other, 1) else _joined(self, "/", other)

    def __rtruediv__(self, other: Any) -> Operand:
        return _joined(other, "/", self)

    def __pow__(self, other: Any) -> Operand:
        return _joined(self, "^", other)

    def __neg__(self) -> Operand:
        return Operand(f"-1*{self}")

    def exp(self) -> Operand:
        """What numpy calls for ``np.exp`` on an array of operands."""
        return Operand(f"EXP({self.text})", atom=True)


def number(value: Number) -> str:
    """A number so that a spreadsheet reads back the same one."""
    text = repr(float(value)).upper().removesuffix(".0")
    return f"({text})" if value < 0 else text


def _is(other: Any, value: float) -> bool:
    return isinstance(other, Number | np.number) and other == value


def _times(one: Operand, other: Any, product: Operand) -> Operand | float:
    if _is(other, 0):
        return 0.0
    return one if _is(other, 1) else product


def _joined(one: Any, sign: str, other: Any) -> Operand:
    return Operand(f"{_said(one)}{sign}{_said(other)}")


def _said(part: Any) -> str:
    if isinstance(part, np.ndarray) and part.ndim == 0:
        # One element picked out of an array of operands.
        part = part.item()
    if isinstance(part, Operand):
        return str(part)
    if isinstance(part, Number | np.number):
        return number(float(part))
    raise UnableToWriteFormula(f"{type(part).__name__} has no place in a formula")


def expression(method: Method, operands: Mapping[str, str]) -> str:
    """The formula of a method without ``=``: ``operands`` gives each input as cell or term, already in the need's unit.

    Raises:
        UnableToWriteFormula
    """
    given: dict[str, Any] = {need.name: need.constant for need in method.needs if need.constant is not None}
    given |= {name: Operand(text, atom=True) for name, text in operands.items()}
    return _checked(method, method.body(**given))


def series_expression(method: Method, operands: Mapping[str, Sequence[str]]) -> str:
    """The formula of a series method for the last of the periods: each input as a term for every period from the first on.

    Raises:
        UnableToWriteFormula
    """
    given: dict[str, Any] = {need.name: need.constant for need in method.needs if need.constant is not None}
    for name, terms in operands.items():
        row = np.empty(len(terms), dtype=object)
        row[:] = [Operand(term, atom=True) for term in terms]
        given[name] = row
    return _checked(method, method.body(**given)[..., -1])


def _checked(method: Method, result: Any) -> str:
    if isinstance(result, np.ndarray):
        result = result.item()
    text = result.text if isinstance(result, Operand) else _said(result)
    if len(text) > MOST_CHARACTERS - 1:
        raise UnableToWriteFormula(
            f"{method.id}: its formula has {len(text)} characters, a spreadsheet takes {MOST_CHARACTERS}"
        )
    return text
