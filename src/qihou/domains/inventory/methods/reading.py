"""One reading of the record for an inventory: what departments entered, and for the rest the cited factors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.editions import FACTOR_SETS, OWN_SETS
from qihou.domains.inventory.methods.scheme.parts import Nature
from qihou.domains.inventory.methods.weighing import QUANTITY
from qihou.facts.factors import UnableToFindFactor
from qihou.facts.lookup import Match, default_spread, find
from qihou.figures.graph import Labels
from qihou.figures.leaf import Leaf, Origin, absent
from qihou.figures.missing import Flag, Notation, State, state_of
from qihou.measure.gases import UnableToWeighGas, warming_potential
from qihou.measure.periods import Period


@dataclass(frozen=True)
class Entered:
    """What a department entered for one quantity and period: a value, or a notation key with its reason.

    ``spread``: its uncertainty as written, empty where none was given; ``flags``: illustrative, estimated, from the plan.
    """

    value: float | None
    unit: str
    origin: Origin
    notation: Notation | None = None
    reason: str = ""
    spread: str = ""
    flags: Flag = Flag.NONE


Entries = Mapping[tuple[str, Labels, Period], Entered]


class InventoryLeaves:
    """Entries first where a department may enter; facts by the edition's order of sets, for the district's region.

    Args:
        region: ``CN-50`` or a code below it; factors of a wider region are taken and flagged.
    """

    def __init__(self, scheme: Scheme, entries: Entries, *, region: str) -> None:
        self.scheme = scheme
        self.entries = entries
        self.region = region
        self.sets = FACTOR_SETS[scheme.options.edition]
        self.own_sets = OWN_SETS[scheme.options.edition]

    def leaf(self, quantity: str, labels: Labels, period: Period) -> Leaf:
        """An absent leaf says what is missing and who could say it."""
        if quantity == QUANTITY:
            return self._potential(labels, period)
        known = self.scheme.quantity.get((quantity, labels))
        entered = self.entries.get((quantity, labels, period))
        if entered is not None:
            return self._entered(quantity, labels, entered)
        if known is not None and known.nature is Nature.ACTIVITY:
            return absent(quantity, labels, period, known.unit)
        return self._factor(quantity, labels, period)

    def _entered(self, quantity: str, labels: Labels, entered: Entered) -> Leaf:
        flags, spread = entered.flags, entered.spread
        known = self.scheme.quantity.get((quantity, labels))
        if entered.value is not None and not spread:
            spread = known.spread if known else ""
            flags |= Flag.DEFAULT_SPREAD if spread else Flag.NO_SPREAD
        state = State.VALUE if entered.value is not None else state_of(entered.notation)
        return Leaf(
            quantity, labels, entered.unit, entered.value, entered.origin, state, entered.reason, spread, flags=flags
        )

    def _potential(self, labels: Labels, period: Period) -> Leaf:
        gas = dict(labels)["gas"]
        try:
            found = warming_potential(gas, self.scheme.gwp_set)
        except UnableToWeighGas as error:
            return absent(QUANTITY, labels, period, reason=str(error))
        origin = Origin("potential", f"{found.set.value}/{gas}", f"{gas} GWP-100", f"GWP-100 of {gas}", found.cites)
        return Leaf(QUANTITY, labels, found.unit, found.value, origin)

    def _factor(self, quantity: str, labels: Labels, period: Period) -> Leaf:
        try:
            match = find(quantity, dict(labels), year=period.start.year, region=self.region, editions=self.sets)
        except UnableToFindFactor as error:
            return absent(quantity, labels, period, reason=str(error))
        factor = match.factor
        spread, flags = factor.spread, _flags(match, self.own_sets)
        if not spread:
            try:
                spread, flags = default_spread(quantity, dict(labels))[0], flags | Flag.DEFAULT_SPREAD
            except UnableToFindFactor:
                flags |= Flag.NO_SPREAD
        cited = factor.sources[0]
        origin = Origin(
            "fact",
            factor.id,
            match.said,
            match.said_en,
            f"{cited.document}，{cited.clause}（{cited.year}）",
            cited.link,
        )
        return Leaf(
            quantity, labels, factor.unit, float(factor.value), origin, spread=spread, grade=factor.grade, flags=flags
        )


def _flags(match: Match, own_sets: frozenset[str]) -> Flag:
    flags = Flag.UNVERIFIED if match.factor.to_confirm else Flag.NONE
    if match.factor.edition not in own_sets:
        flags |= Flag.OTHER_SET
    if match.how in ("older_year", "newer_year"):
        flags |= Flag.OLDER
    if match.how == "wider_region":
        flags |= Flag.WIDER
    return flags
