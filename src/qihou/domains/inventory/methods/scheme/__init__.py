"""What is counted, from which reported quantities, by which methods: the five sectors put together."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qihou.domains.inventory.methods.scheme.assembly import Scheme
    from qihou.domains.inventory.methods.scheme.parts import Options
    from qihou.measure.gases import GwpSet


def scheme(options: Options | None = None, gwp_set: GwpSet | None = None) -> Scheme:
    """The whole inventory for one choice of edition and warming potentials (by default provincial-2011 and AR5)."""
    from qihou.domains.inventory.methods.scheme.parts import Options
    from qihou.measure.gases import GwpSet

    return _scheme(options or Options(), gwp_set or GwpSet.AR5)


@cache
def _scheme(options: Options, gwp_set: GwpSet) -> Scheme:
    from qihou.domains.inventory.methods.scheme import agriculture, context, energy, indirect, industry, land, waste
    from qihou.domains.inventory.methods.scheme.assembly import assemble
    from qihou.domains.inventory.methods.scheme.indicators import indicator_nodes

    sectors = (energy, industry, agriculture, land, waste, indirect, context)
    return assemble(options, gwp_set, [sector.SCHEME for sector in sectors], after=indicator_nodes)
