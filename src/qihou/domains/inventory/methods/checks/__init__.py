"""What a reader of the inventory would ask about: findings on entries and figures, each with its cells. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qihou.domains.inventory.methods.checks.finding import CheckFinding, Key
    from qihou.domains.inventory.methods.reading import Entries
    from qihou.domains.inventory.methods.results import Worked

__all__ = ["check_inventory"]


def check_inventory(
    worked: Worked,
    entries: Entries,
    previous: Mapping[Key, Decimal] | None = None,
    *,
    enterprise: Mapping[Key, Decimal] | None = None,
    before: Worked | None = None,
) -> list[CheckFinding]:
    """All checks of one worked inventory, in the order in which one would look.

    Args:
        worked: the inventory of a year; ``entries``: what it was worked from.
        previous: last year's values in the scheme's units; without them no jumps are looked for.
        enterprise: sums over enterprises in the scheme's units, to be held against the statistics.
        before: the same year as it was worked out earlier, for what moved without new entries.
    """
    from qihou.domains.inventory.methods.checks import fuel, outcome, reported

    scheme, period = worked.scheme, worked.period
    return [
        *reported.completeness(scheme, entries, period),
        *reported.bounds(scheme, entries, period),
        *reported.jumps(scheme, entries, period, previous or {}),
        *fuel.implied_factors(worked),
        *fuel.balance(worked, entries),
        *fuel.carbon(worked),
        *fuel.reference_approach(worked),
        *reported.statistics(scheme, entries, period, enterprise or {}),
        *outcome.outside_formula(worked),
        *outcome.below_zero(worked),
        *(outcome.recalculated(before, worked) if before is not None else ()),
    ]
