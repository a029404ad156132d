"""Units: what may be turned into what, asked once when a calculation is put together and never per value.

A unit is written as people write it: ``t``, ``万吨``, ``tCO2``, ``kgCH4/head/a``, ``GJ/1e4Nm3``, ``tCO2e_AR5``, ``%``. Every
substance after a mass (``tCO2``, ``kgCH4``, ``tC``, ``kgN``, ``kgN2O_N``) is a dimension of its own, and so are the CO2
equivalents of each set of warming potentials and the life-cycle equivalents of a footprint.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from qihou.measure.gases import GASES, GwpSet

if TYPE_CHECKING:
    import pint

# Nitrogen in N2O is kept apart from nitrogen applied: 44/28 leads from the one to the gas, never from the other.
_OTHERS = ("C", "N", "N2O_N", "BOD", "COD", "dm", "VS", "CO2e_footprint")
SUBSTANCES: tuple[str, ...] = (*GASES, *_OTHERS, *(f"CO2e_{s.value}" for s in GwpSet))
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_MASS = "t|kg|g|mg|kt|Gg|Mt|吨|千克|公斤|万吨|千吨"
_WITH_SUBSTANCE = re.compile(rf"({_MASS})({'|'.join(sorted(SUBSTANCES, key=len, reverse=True))})")
_POWER = re.compile(r"(?:1e|10\^)(\d+)\s*(.+)")


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


def _term(text: str) -> str:
    text = text.strip()
    if power := _POWER.fullmatch(text):
        return f"1e{power[1]} * {_term(power[2])}"
    if text in {"1", ""}:
        return "one"
    if text in {"%", "％"}:
        return "percent"
    if text == "‰":
        return "permille"
    if found := _WITH_SUBSTANCE.fullmatch(text):
        return f"{found[1]} * {found[2]}"
    return text


@cache
def quantity(unit: str) -> pint.Quantity[Any]:
    """One of the unit, as a pint quantity: for checking a formula's dimensions.

    Raises:
        UnableToMeasure: the text names no unit.
    """
    text = unit.translate(_SUBSCRIPTS).replace("·", "*").replace(" ", "")
    above, *below = text.split("/")
    registry = _registry()
    result = registry.Quantity(Fraction(1), "")
    for power, term in [(1, part) for part in above.split("*")] + [(-1, part) for part in below]:
        try:
            # Not Quantity(1, …): that takes the unit and drops the power of ten before it.
            result = result * (registry.Quantity(Fraction(1), "") * registry.parse_expression(_term(term))) ** power
        except Exception as error:
            raise UnableToMeasure(f"{unit!r} is no unit known here: {term!r} cannot be read") from error
    return result


@cache
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
