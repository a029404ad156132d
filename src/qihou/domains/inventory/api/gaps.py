"""What an inventory lacks: what nobody has said, what is knowingly not estimated, and whether that was accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction

from qihou.domains.inventory.methods.freezing import Reading
from qihou.domains.inventory.methods.results import Line
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.figures.leaf import Leaf
from qihou.figures.missing import Flag, State
from qihou.measure.periods import Period
from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..models import Inventory
from .errors import UnableToFind
from .rows import Row, Tree
from .schemes import scheme_of
from .years import inventory_row


@dataclass(frozen=True)
class Gap:
    """A category in the totals that has no whole figure.

    Attributes:
        blocks: nobody has said anything, or a formula does not hold: nothing can be published before it is filled.
        accepted: why it may be published without what is not estimated; empty while that is not accepted.
        because: the values that are missing, with the reasons given.
    """

    row: Row
    blocks: bool
    accepted: str
    because: tuple[Leaf, ...]


def gaps_of(
    tree: Tree, scheme: Scheme, reading: Callable[[], Reading], period: Period, accepted: Mapping[str, str]
) -> list[Gap]:
    """The gaps of a tree in its order. ``reading`` is asked for only where there is one: a run's is large."""
    lacking = [row for row in tree.leaves if row.line is not None and (_blocks(row.line) or _leaves_out(row.line))]
    if not lacking:
        return []
    missing: dict[str, list[Leaf]] = {}
    for (key, labels, when), leaf in reading().items():
        quantity = scheme.quantity.get((key, labels))
        if when != period or leaf.state in (State.VALUE, State.NO, State.NA, State.IE):
            continue
        for code in quantity.categories if quantity else ():
            missing.setdefault(code, []).append(leaf)
    return [
        Gap(
            row,
            row.line is not None and _blocks(row.line),
            accepted.get(row.code, ""),
            tuple(missing.get(row.code, ())),
        )
        for row in lacking
    ]


def _blocks(line: Line) -> bool:
    return line.state in (State.ABSENT, State.FAILED)


def _leaves_out(line: Line) -> bool:
    return line.state.leaves_out or bool(line.flags & Flag.LEFT_OUT)


def accept_gap(actor: Actor, district: Feature, year: int, category: str, reason: str) -> Inventory:
    """Accept, with a reason, that a category is published without what is not estimated. An empty reason takes it back.

    Raises:
        NotPermitted
        UnableToFind: no such year or category.
    """
    require(actor, Act.PUBLISH_INVENTORY, district_id=district.pk)
    reason = reason.strip()
    with transaction.atomic():
        inventory = inventory_row(district, year, lock=True)
        if category not in scheme_of(inventory).category:
            raise UnableToFind(category)
        kept = {code: said for code, said in inventory.accepted.items() if code != category}
        inventory.accepted = kept | ({category: reason} if reason else {})
        inventory.save(update_fields=["accepted"])
        audit.write(
            actor, "inventory.accept_gap", district=district, about=inventory,
            detail={"year": year, "category": category, "reason": reason},
        )  # fmt: skip
    return inventory
