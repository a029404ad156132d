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
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Half of the central 95 % of a normal distribution, in standard deviations.
Z95 = 1.959963984540054
_NUMBER = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
_HALF = re.compile(rf"±\s*({_NUMBER})\s*(%?)")
_RANGE = re.compile(rf"(?:(uniform|triangular)\s+)?({_NUMBER})\s*\.\.\s*({_NUMBER})")
_RELATIVE = re.compile(rf"({_NUMBER})\s*%\s*\.\.\s*({_NUMBER})\s*%")
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
    """A distribution around one value. ``sd`` in the value's unit; ``low`` and ``high`` enclose 95 % (or all, for the bounded ones).

    The mean is the value, so that draws scatter around the figure they belong to (not for a lopsided uniform or triangular
    one, whose range was stated). A lopsided interval is therefore kept in its width on a logarithmic scale, and ``low`` and
    ``high`` are those of what is drawn, near to what was written.
    """

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
                sigma, middle = _logarithmic(self.value, self.sd)
                # Rising with the noise below zero too, so that leaves that share it go the same way.
                sign = math.copysign(1.0, self.value)
                drawn: NDArray[np.float64] = np.exp(middle + sign * sigma * generator.standard_normal(count))
                return sign * drawn
            case Shape.UNIFORM:
                return self.low + (self.high - self.low) * generator.random(count)
            case _:
                return generator.triangular(self.low, self.value, self.high, count)


def exact(value: float) -> Spread:
    return Spread(Shape.EXACT, value, 0.0, value, value)


@lru_cache(maxsize=65536)
def spread(text: str, value: float) -> Spread:
    """Read the text around the value; an empty text is exact.

    Raises:
        UnableToReadSpread: another form, a range that does not hold the value, or limits the wrong way round.
    """
    text = text.replace("％", "%").strip()
    if not text:
        return exact(value)
    if found := _HALF.fullmatch(text):
        half = float(found[1]) * (abs(value) / 100 if found[2] else 1.0)
        if half < 0:
            raise UnableToReadSpread(f"{text!r}: write the half width without a sign of its own")
        if not math.isfinite(half):
            raise UnableToReadSpread(f"{text!r} is too large to be an uncertainty")
        return _around(value, half / Z95)
    if found := _RELATIVE.fullmatch(text):
        below, above = float(found[1]) / 100, float(found[2]) / 100
        if not below <= 0 <= above or below == above or not math.isfinite(above - below):
            raise UnableToReadSpread(f"{text!r}: write how far below and how far above the value, as -50%..+100%")
        if value == 0:
            return exact(value)
        low, high = sorted((value * (1 + below), value * (1 + above)))
        return _between(value, low, high)
    if found := _RANGE.fullmatch(text):
        low, high = float(found[2]), float(found[3])
        if not low <= value <= high or low == high or not math.isfinite(high - low):
            raise UnableToReadSpread(f"{text!r} does not hold the value {value}")
        if found[1] == Shape.UNIFORM:
            return Spread(Shape.UNIFORM, value, (high - low) / math.sqrt(12), low, high)
        if found[1] == Shape.TRIANGULAR:
            square = low**2 + high**2 + value**2 - low * high - low * value - high * value
            return Spread(Shape.TRIANGULAR, value, math.sqrt(square / 18), low, high)
        return _between(value, low, high)
    raise UnableToReadSpread(f"{text!r} is no uncertainty; write ±5%, ±0.3 or 1.2..3.4")


def _logarithmic(value: float, sd: float) -> tuple[float, float]:
    """Width and middle, on the scale of logarithms, of the lognormal distribution with this mean and deviation."""
    sigma = math.sqrt(math.log1p((sd / value) ** 2))
    return sigma, math.log(abs(value)) - sigma**2 / 2


def _lognormal(value: float, sd: float) -> Spread:
    sigma, middle = _logarithmic(value, sd)
    ends = sorted(math.copysign(math.exp(middle + sign * Z95 * sigma), value) for sign in (-1, 1))
    return Spread(Shape.LOGNORMAL, value, sd, ends[0], ends[1])


def _normal(value: float, sd: float) -> Spread:
    return Spread(Shape.NORMAL, value, sd, value - Z95 * sd, value + Z95 * sd)


def _around(value: float, sd: float) -> Spread:
    if sd == 0:
        return exact(value)
    return _lognormal(value, sd) if value and sd / abs(value) > _WIDE else _normal(value, sd)


def _between(value: float, low: float, high: float) -> Spread:
    sd = (high - low) / (2 * Z95)
    if low < 0 < high:
        # Who writes an interval across zero says that the sign is not known.
        return _normal(value, sd)
    if low * high > 0 and not math.isclose(high - value, value - low, rel_tol=0.05):
        sigma = abs(math.log(high / low)) / (2 * Z95)
        return _lognormal(value, abs(value) * math.sqrt(math.expm1(sigma**2)))
    return _around(value, sd)
