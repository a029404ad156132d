"""Which sets of factors an edition of the inventory draws on, in which order."""

from __future__ import annotations

_NATIONAL = ("mee-grid", "grid-regional-2012", "gbt-2589-2020", "heat-common", "livestock-standard")
_LAST = ("sector-older", "ets-2024", "tce-other", "literature")

# The first set that has a value gives it; each figure names the set it came from.
FACTOR_SETS: dict[str, tuple[str, ...]] = {
    "provincial-2011": ("provincial-2011-trial", "provincial", *_NATIONAL, "ipcc-2006", "ipcc-2019", *_LAST),
    "provincial-2025": (
        "provincial-2025", "provincial", *_NATIONAL, "provincial-2011-trial", "ipcc-2019", "ipcc-2006", *_LAST,
    ),
    "ipcc-2006": ("ipcc-2006", "ipcc-2019", *_NATIONAL, "provincial-2011-trial", "provincial", *_LAST),
}  # fmt: skip

EDITIONS = tuple(FACTOR_SETS)

# The sets an edition prescribes itself, with the national ones no edition brings. A factor from any other set is flagged.
OWN_SETS: dict[str, frozenset[str]] = {
    "provincial-2011": frozenset({"provincial-2011-trial", "provincial", *_NATIONAL}),
    "provincial-2025": frozenset({"provincial-2025", "provincial", *_NATIONAL}),
    "ipcc-2006": frozenset({"ipcc-2006", "ipcc-2019", *_NATIONAL}),
}
