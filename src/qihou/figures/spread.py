"""How uncertain one value is: written beside it as text, read once, drawn from and propagated.

Written forms: ``±5%`` or ``±0.3`` (half of the 95 % interval, relative or in the value's unit), ``0.0026..0.022`` (the 95 % interval),
``-50%..+100%`` (the same, relative),
``uniform 1..3`` and ``triangular 1..3`` (the whole range). Nothing written means that nothing is known: see ``Leaf``.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

# Half of the central 95 % of a normal distribution, in standard deviations.
Z95 = 1.959963984540054
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_HALF = re.compile(rf"±\s*({_NUMBER})\s*(%?)")
_RANGE = re.compile(rf"(?:(uniform|triangular)\s+)?({_NUMBER})\s*\.\.\s*({_NUMBER})")
_RELATIVE = re.compile(rf"(-{_NUMBER.removeprefix('[-+]?')})\s*%\s*\.\.\s*\+?({_NUMBER.removeprefix('[-+]?')})\s*%")
# From here on a normal distribution would reach below zero too often: IPCC 2006, volume 1, chapter 3, section 3.2.2.4 (30 % sd).
_WIDE = 0.30


class UnableToReadSpread(ValueError):
    """The text is none of the written forms."""


class Shape(StrEnum):
    EXACT = "exact"
    NORMAL = "normal"
    LOGNORMAL = "lognormal"
    UNIFORM = "uniform"
    TRIANGULAR = "triangular"


@dataclass(frozen=True)
class Spread:
    """A distribution around one value. ``sd`` in the value's unit; ``low`` and ``high`` enclose 95 % (or all, for the bounded ones)."""

    shape: Shape
    value: float
    sd: float
    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        return self.sd == 0.0

    def draw(self, generator: np.random.Generator, count: int) -> NDArray[np.float64]:
        """``count`` values; calls on one generator continue its stream, so that the size of a batch changes nothing."""
        match self.shape:
            case Shape.EXACT:
                return np.full(count, self.value)
            case Shape.NORMAL:
                return self.value + self.sd * generator.standard_normal(count)
            case Shape.LOGNORMAL:
                sigma = math.sqrt(math.log1p((self.sd / self.value) ** 2))
                middle = math.log(abs(self.value)) - sigma**2 / 2
                drawn: NDArray[np.float64] = np.exp(middle + sigma * generator.standard_normal(count))
                return math.copysign(1.0, self.value) * drawn
            case Shape.UNIFORM:
                return self.low + (self.high - self.low) * generator.random(count)
            case _:
                return generator.triangular(self.low, self.value, self.high, count)


def exact(value: float) -> Spread:
    return Spread(Shape.EXACT, value, 0.0, value, value)


@cache
def spread(text: str, value: float) -> Spread:
    """Read the text around the value; an empty text is exact.

    Raises:
        UnableToReadSpread: another form, a range that does not hold the value, or limits the wrong way round.
    """
    text = text.strip()
    if not text:
        return exact(value)
    if found := _HALF.fullmatch(text):
        half = float(found[1]) * (abs(value) / 100 if found[2] else 1.0)
        if half < 0:
            raise UnableToReadSpread(f"{text!r}: write the half width without a sign of its own")
        return _around(value, half / Z95, value - half, value + half)
    if found := _RELATIVE.fullmatch(text):
        ends = sorted(value * (1 + float(part) / 100) for part in found.groups())
        return _between(value, ends[0], ends[1])
    if found := _RANGE.fullmatch(text):
        low, high = float(found[2]), float(found[3])
        if not low <= value <= high or low == high:
            raise UnableToReadSpread(f"{text!r} does not hold the value {value}")
        if found[1] == Shape.UNIFORM:
            return Spread(Shape.UNIFORM, value, (high - low) / math.sqrt(12), low, high)
        if found[1] == Shape.TRIANGULAR:
            square = low**2 + high**2 + value**2 - low * high - low * value - high * value
            return Spread(Shape.TRIANGULAR, value, math.sqrt(square / 18), low, high)
        return _between(value, low, high)
    raise UnableToReadSpread(f"{text!r} is no uncertainty; write ±5%, ±0.3 or 1.2..3.4")


def _around(value: float, sd: float, low: float, high: float) -> Spread:
    if sd == 0:
        return exact(value)
    if value and sd / abs(value) > _WIDE:
        sigma = math.sqrt(math.log1p((sd / value) ** 2))
        middle = math.log(abs(value)) - sigma**2 / 2
        ends = sorted(math.copysign(math.exp(middle + sign * Z95 * sigma), value) for sign in (-1, 1))
        return Spread(Shape.LOGNORMAL, value, sd, ends[0], ends[1])
    return Spread(Shape.NORMAL, value, sd, low, high)


def _between(value: float, low: float, high: float) -> Spread:
    if low > 0 and not math.isclose(high - value, value - low, rel_tol=0.05):
        sigma = math.log(high / low) / (2 * Z95)
        return Spread(Shape.LOGNORMAL, value, value * math.sqrt(math.expm1(sigma**2)), low, high)
    return _around(value, (high - low) / (2 * Z95), low, high)
