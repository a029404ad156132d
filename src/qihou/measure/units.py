"""Units: what may be turned into what, asked once when a calculation is put together and never per value.

A unit is written as people write it: ``t``, ``万吨``, ``tCO2``, ``kgCH4/head/a``, ``GJ/1e4Nm3``, ``tCO2e_AR5``, ``%``. Every
substance after a mass (``tCO2``, ``kgCH4``, ``tC``, ``kgN``, ``kgN2O_N``) is a dimension of its own, and so are the CO2
equivalents of each set of warming potentials and the life-cycle equivalents of a footprint.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qihou.measure.gases import GASES, GwpSet

if TYPE_CHECKING:
    import pint

# Nitrogen in N2O is kept apart from nitrogen applied: 44/28 leads from the one to the gas, never from the other.
_OTHERS = ("C", "N", "N2O_N", "BOD", "COD", "dm", "VS", "CO2e_footprint")
SUBSTANCES: tuple[str, ...] = (*GASES, *_OTHERS, *(f"CO2e_{s.value}" for s in GwpSet))
_MASS = "t|kg|g|mg|kt|Gg|Mt|吨|千克|公斤|万吨|千吨"
_WITH_SUBSTANCE = re.compile(rf"({_MASS})({'|'.join(sorted(SUBSTANCES, key=len, reverse=True))})")
# A power of ten of at most two digits, as ``1e4``, ``10^4``, 万 or 亿, before one name. Nothing else reaches the parser.
_POWER = re.compile(r"(?:(?:1e|10\^)(\d{1,2})|([万亿]))(.+)")
_HAN_POWERS = {"万": "4", "亿": "8"}
_RAISED = re.compile(r"10([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})")
_LONGEST = 64


class UnableToMeasure(ValueError):
    """The text is no unit, or the one unit cannot be turned into the other."""


@cache
def _registry() -> pint.UnitRegistry[Any]:
    import pint

    # Fractions keep a conversion exact until it is used: 1 kg/kWh is one t/MWh, to the last digit.
    registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Fraction)
    for line in (files("qihou.measure") / "units.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            registry.define(line)
    for substance in SUBSTANCES:
        registry.define(f"{substance} = [{substance}]")
    return registry


@cache
def _names() -> frozenset[str]:
    """Every name of units.txt, spelt as there."""
    return frozenset(name for name in _registry()._units if name not in SUBSTANCES)


_SIGNS = {"1": "one", "%": "percent", "‰": "permille"}


def _factors(term: str) -> tuple[Fraction, list[str]]:
    """A power of ten and one or two names known to the registry; a text that is neither is never evaluated."""
    if term in _SIGNS:
        return Fraction(1), [_SIGNS[term]]
    if term in _names():
        return Fraction(1), [term]
    if found := _WITH_SUBSTANCE.fullmatch(term):
        return Fraction(1), [found[1], found[2]]
    if power := _POWER.fullmatch(term):
        inner, names = _factors(power[3])
        if inner == 1 and names[0] not in _SIGNS.values():
            return Fraction(10 ** int(power[1] or _HAN_POWERS[power[2]])), names
    raise UnableToMeasure(term)


def _folded(unit: str) -> str:
    """Full-width letters, subscripts and raised digits as plain ones; ``10⁴`` stays a power."""
    raised = _RAISED.sub(lambda m: "10^" + unicodedata.normalize("NFKC", m[1]), unit)
    return unicodedata.normalize("NFKC", raised).replace("·", "*").replace("⋅", "*").replace(" ", "")


@lru_cache(maxsize=4096)
def quantity(unit: str) -> pint.Quantity[Any]:
    """One of the unit, as a pint quantity: for checking a formula's dimensions.

    Raises:
        UnableToMeasure: the text names no unit.
    """
    if len(unit) > _LONGEST:
        raise UnableToMeasure(f"{unit[:20]!r}… is no unit: it has {len(unit)} signs")
    above, *below = _folded(unit).split("/")
    registry = _registry()
    result = registry.Quantity(Fraction(1), "")
    for power, term in [(1, part) for part in above.split("*")] + [(-1, part) for part in below]:
        try:
            scale, names = _factors(term)
        except UnableToMeasure as error:
            hint = "; write a/b/c for what stands below" if "*" in term or "(" in term else ""
            raise UnableToMeasure(f"{unit!r} is no unit known here: {term!r} cannot be read{hint}") from error
        one = registry.Quantity(scale, "")
        for name in names:
            one = one * registry.Quantity(Fraction(1), name)
        result = result * one**power
    return result


@lru_cache(maxsize=4096)
def factor(source: str, target: str) -> float:
    """What a value in ``source`` is multiplied by to be in ``target``.

    >>> factor("万吨", "t")
    10000.0
    >>> round(factor("tce", "GJ"), 4)
    29.3076

    Raises:
        UnableToMeasure: either is no unit, or they measure different things.
    """
    one, wanted = quantity(source), quantity(target)
    if one.dimensionality != wanted.dimensionality:
        raise UnableToMeasure(f"{source} cannot be turned into {target}: they measure different things")
    return float((one / wanted).to_base_units().magnitude)


def same_dimension(one: str, other: str) -> bool:
    """Whether the one can be turned into the other.

    Raises:
        UnableToMeasure: either is no unit.
    """
    return bool(quantity(one).dimensionality == quantity(other).dimensionality)


def label(unit: str) -> str:
    """The unit as a screen shows it: subscripts set, the set of a CO2 equivalent left to its context."""
    shown = re.sub(r"CO2e_(?:SAR|AR4|AR5|AR6|footprint)", "CO2e", unit)
    shown = re.sub(r"(CO2|CH4|N2O|SF6|NF3|CF4|C2F6)", lambda m: _subscripted(m[1]), shown)
    shown = re.sub(rf"\b({_MASS})(?=[A-Z])", r"\1 ", shown).replace("N₂O_N", "N₂O-N")
    return shown.replace("1e4Nm3", "万Nm³").replace("Nm3", "Nm³").replace("m3", "m³").replace("m2", "m²")


def _subscripted(formula: str) -> str:
    return re.sub(r"\d", lambda m: chr(0x2080 + int(m[0])), formula)
