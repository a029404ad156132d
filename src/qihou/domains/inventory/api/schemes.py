"""Which scheme an inventory is worked by, and how its quantities are named in the record."""

from __future__ import annotations

import re
from functools import cache

from qihou.domains.inventory.methods import scheme as schemes
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Options, Quantity, Sheet
from qihou.facts.factors import all_factors
from qihou.figures.graph import Labels
from qihou.measure.gases import GwpSet
from qihou.record.models import Feature

from ..models import Inventory
from .errors import UnableToFind

PROCEDURE, PROCEDURE_NAME = "inventory-return", "温室气体清单填报"
_CODE = re.compile(r"(?P<quantity>[^\[]+)(?:\[(?P<labels>[^\]]*)\])?")


def scheme_for(options: Options, gwp_set: GwpSet) -> Scheme:
    """The five sectors under one choice; put together once."""
    return schemes.scheme(options, gwp_set)


def read_ahead() -> None:
    """Put the default scheme together and read the factors: about a second of a processor."""
    scheme_for(Options(), GwpSet.AR5)
    all_factors()


def scheme_of(inventory: Inventory) -> Scheme:
    """The scheme under what was chosen for the year."""
    return scheme_for(Options(inventory.edition, inventory.landfill), GwpSet(inventory.gwp_set))


def sheet_of(scheme: Scheme, key: str) -> Sheet:
    """The sheet with this key.

    Raises:
        UnableToFind
    """
    for sheet in scheme.sheets:
        if sheet.key == key:
            return sheet
    raise UnableToFind(key)


def quantities_of(scheme: Scheme, sheet: str) -> list[Quantity]:
    """What a sheet asks for, in its order."""
    return [quantity for quantity in scheme.quantities if quantity.sheet == sheet]


def region_of(district: Feature) -> str:
    """The region whose factors hold in a district: its province, ``CN-50``."""
    return f"CN-{district.code[:2]}"


def property_code(quantity: str, labels: Labels) -> str:
    """``fuel.burnt[fuel=diesel,use=industry]``: how the record names a quantity with its labels."""
    inside = ",".join(f"{name}={value}" for name, value in labels)
    return f"{quantity}[{inside}]" if inside else quantity


@cache
def quantity_of(code: str) -> tuple[str, Labels]:
    """The inverse of :func:`property_code`.

    Raises:
        ValueError: it is no such code.
    """
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError(f"{code!r} names no quantity")
    pairs = [pair.partition("=") for pair in (found["labels"] or "").split(",") if pair]
    return found["quantity"], tuple((name, value) for name, _, value in pairs)
