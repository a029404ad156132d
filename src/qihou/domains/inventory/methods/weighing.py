"""From tonnes of a gas to tonnes of CO2 equivalent of one set of warming potentials: a method per gas and set."""

from __future__ import annotations

from functools import cache
from typing import Any

from qihou.figures.method import Cite, Method, Need
from qihou.measure.gases import GASES, GwpSet

QUANTITY = "gwp"


@cache
def weighing(gas: str, gwp_set: GwpSet) -> Method:
    """The method that weighs a gas; its potential is asked for as the quantity ``gwp`` with the label ``gas``."""
    name = GASES[gas].zh

    def body(mass: Any, potential: Any) -> Any:
        return mass * potential

    found = Method(
        key=f"gwp.{gwp_set.value}.{gas}",
        version=1,
        unit=gwp_set.unit,
        zh=f"{name}折二氧化碳当量（{gwp_set.value}）",
        en=f"{gas} as CO2 equivalent ({gwp_set.value})",
        formula=r"E_{CO_2e} = E \cdot GWP_{100}",
        cites=(Cite(f"IPCC {gwp_set.value}", "GWP-100", _YEARS[gwp_set], "L"),),
        needs=(
            Need("mass", f"t{gas}", f"{name}排放量", f"{gas} emitted", "E"),
            Need("potential", f"{gwp_set.unit}/t{gas}", "全球增温潜势", "Warming potential", "GWP_{100}", low=0),
        ),
        body=body,
    )
    found.check()
    return found


# The years in which the assessment reports were published.
_YEARS = {GwpSet.SAR: 1995, GwpSet.AR4: 2007, GwpSet.AR5: 2013, GwpSet.AR6: 2021}
