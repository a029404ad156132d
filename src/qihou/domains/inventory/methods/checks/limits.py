"""The limits beyond which a check asks, from the facts file ``inventory-checks``."""

from __future__ import annotations

from qihou.facts.loader import load_facts


def limit(name: str) -> float:
    """The newest value of a limit.

    Raises:
        qihou.facts.loader.UnableToFindFact: there is no limit of this name.
    """
    return float(load_facts("inventory-checks")[name].newest.value)
