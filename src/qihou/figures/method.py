"""A method: a published formula as a plain function, with what it needs, in which units, and where it is printed.

The body is arithmetic on numbers or arrays and nothing else, so it can be checked by hand, runs vectorised over rows, years and
draws, and can be differentiated by a complex step (therefore no comparison, ``abs`` or ``max`` in a body). Numbers are
handed over in the unit of each need; a body holds no powers of ten.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from qihou.measure import units


class UnableToDeclareMethod(ValueError):
    """A method's declaration contradicts itself or another's; the message names the method and what to change."""


@dataclass(frozen=True)
class Cite:
    """Where a formula is printed. ``grade``: as for facts (M: from memory, shown as unverified)."""

    document: str
    clause: str
    year: int
    grade: str = "B"

    def __str__(self) -> str:
        return f"{self.document}（{self.year}），{self.clause}"


@dataclass(frozen=True)
class Need:
    """One input of a method.

    Attributes:
        name: the body's parameter.
        unit: the unit in which the body gets it.
        zh, en: what it is, in words; ``symbol`` as in the formula.
        low, high: the closed range in which the formula holds; outside it the figure fails and says so.
        constant: a number fixed by the formula itself (44/12), never looked up.
        nil: 0.0 where nothing stands for a quantity that does not occur (``NO``, ``NA``, ``IE``): what is subtracted or added;
            None where without it there is no result.
    """

    name: str
    unit: str
    zh: str
    en: str
    symbol: str = ""
    low: float | None = None
    high: float | None = None
    constant: float | None = None
    nil: float | None = None


@dataclass(frozen=True, eq=False)
class Method:
    """A callable: ``method(…)`` is its body, on plain numbers or arrays."""

    key: str
    version: int
    unit: str
    zh: str
    en: str
    formula: str
    cites: tuple[Cite, ...]
    needs: tuple[Need, ...]
    body: Callable[..., Any]
    series: bool = False
    dimensional: bool = True
    note: str = ""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.body(*args, **kwargs)

    @property
    def id(self) -> str:
        return f"{self.key}/{self.version}"

    @property
    def inputs(self) -> tuple[Need, ...]:
        """The needs that are looked up: all but the formula's own constants."""
        return tuple(need for need in self.needs if need.constant is None)

    def check(self) -> None:
        """Hold the declaration against the body: the same names, known units, and a formula whose units cancel.

        Raises:
            UnableToDeclareMethod, qihou.measure.units.UnableToMeasure
        """
        signature = inspect.signature(self.body).parameters
        parameters = list(signature)
        if parameters != [need.name for need in self.needs]:
            raise UnableToDeclareMethod(
                f"{self.id}: the body takes {parameters}, the needs are others or in another order"
            )
        for need in self.needs:
            default = signature[need.name].default
            fixed = need.nil if need.constant is None else need.constant
            if default is not inspect.Parameter.empty and default != fixed:
                raise UnableToDeclareMethod(
                    f"{self.id}: the body gives {need.name} the default {default}, the need says {fixed}"
                )
        if any(need.nil not in (None, 0.0) for need in self.needs):
            raise UnableToDeclareMethod(f"{self.id}: what does not occur counts as 0.0 or not at all")
        if not self.cites:
            raise UnableToDeclareMethod(f"{self.id}: cite where the formula is printed")
        wanted = units.quantity(self.unit)
        given = {need.name: units.quantity(need.unit) for need in self.needs}
        if not self.dimensional:
            return
        # Different numbers below one: with ones, differences vanish and hide a power of ten.
        plain = {
            need.name: 0.3 + 0.04 * number / len(self.needs) if need.constant is None else need.constant
            for number, need in enumerate(self.needs)
        }
        try:
            result = self.body(**{name: one * plain[name] for name, one in given.items()})
        except Exception as error:
            raise UnableToDeclareMethod(f"{self.id}: its body cannot be worked with units: {error}") from error
        if result.dimensionality != wanted.dimensionality:
            raise UnableToDeclareMethod(f"{self.id}: its units do not give {self.unit}")
        if not math.isclose((result / wanted).to_base_units().magnitude, self.body(**plain), rel_tol=1e-9):
            raise UnableToDeclareMethod(
                f"{self.id}: its units give {self.unit} only with a power of ten; choose other units"
            )


class Catalogue:
    """Methods by key. Declaring two with one key is an error, not an override."""

    def __init__(self) -> None:
        self._methods: dict[str, Method] = {}

    def __getitem__(self, key: str) -> Method:
        return self._methods[key]

    def __contains__(self, key: object) -> bool:
        return key in self._methods

    def __iter__(self) -> Iterator[Method]:
        return iter(sorted(self._methods.values(), key=lambda method: method.key))

    def __len__(self) -> int:
        return len(self._methods)

    def method(
        self,
        key: str,
        *,
        version: int,
        unit: str,
        zh: str,
        en: str,
        formula: str,
        cites: Cite | tuple[Cite, ...],
        needs: tuple[Need, ...],
        series: bool = False,
        dimensional: bool = True,
        note: str = "",
    ) -> Callable[[Callable[..., Any]], Method]:
        """Declare the function below it as a method.

        Args:
            formula: in LaTeX, with the symbols of the needs.
            series: the body takes and gives whole series, years along the last axis (stock and decay).
            dimensional: False only where a body takes an exponential or an empirical fit, whose units cannot cancel.

        Raises:
            UnableToDeclareMethod: the declaration does not fit the body, or the key is taken.
        """

        def declare(body: Callable[..., Any]) -> Method:
            if key in self._methods:
                raise UnableToDeclareMethod(f"{key}: declared twice")
            cited = cites if isinstance(cites, tuple) else (cites,)
            found = Method(key, version, unit, zh, en, formula, cited, needs, body, series, dimensional, note)
            found.check()
            self._methods[key] = found
            return found

        return declare


def by_name(needs: tuple[Need, ...]) -> Mapping[str, Need]:
    return {need.name: need for need in needs}
