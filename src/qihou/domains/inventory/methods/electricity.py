"""Electricity and heat that cross the district's border: CO2 beside the territorial totals, never in them.

The factors are average electricity CO2 factors (电力二氧化碳排放因子). A carbon footprint factor has another unit and is refused.
"""

from __future__ import annotations

from typing import Any

from qihou.domains.inventory.methods.catalogue import method, provincial
from qihou.figures.method import Cite, Need

_ELECTRICITY = provincial("第六章 清单编制，电力调入调出二氧化碳间接排放")
_HEAT = Cite("《工业企业温室气体排放核算和报告通则》GB/T 32150", "购入和输出的电力、热力产生的排放", 2015, "M")
_FACTOR = Need(
    "factor", "tCO2/MWh", "电力平均二氧化碳排放因子", "Average CO2 factor of electricity", "EF", low=0, high=1.5
)
_HEAT_FACTOR = Need("factor", "tCO2/GJ", "热力二氧化碳排放因子", "CO2 factor of heat", "EF", low=0, high=0.3)


@method(
    "indirect.electricity.imported",
    version=1,
    unit="tCO2",
    zh="净调入电力隐含二氧化碳：调入",
    en="CO2 of electricity brought in",
    formula=r"E = AD_{in} \cdot EF",
    cites=_ELECTRICITY,
    needs=(Need("electricity", "MWh", "调入电量", "Electricity brought in", "AD_{in}", low=0), _FACTOR),
)
def electricity_imported(electricity: Any, factor: Any) -> Any:
    """CO2 in t emitted elsewhere for electricity used here."""
    return electricity * factor


@method(
    "indirect.electricity.exported",
    version=1,
    unit="tCO2",
    zh="净调入电力隐含二氧化碳：调出",
    en="CO2 of electricity sent out",
    formula=r"E = -AD_{out} \cdot EF",
    cites=_ELECTRICITY,
    needs=(Need("electricity", "MWh", "调出电量", "Electricity sent out", "AD_{out}", low=0), _FACTOR),
)
def electricity_exported(electricity: Any, factor: Any) -> Any:
    """CO2 in t, negative: emitted here for electricity used elsewhere."""
    return -(electricity * factor)


@method(
    "indirect.heat.imported",
    version=1,
    unit="tCO2",
    zh="净调入热力隐含二氧化碳：调入",
    en="CO2 of heat brought in",
    formula=r"E = AD_{in} \cdot EF",
    cites=_HEAT,
    needs=(Need("heat", "GJ", "调入热量", "Heat brought in", "AD_{in}", low=0), _HEAT_FACTOR),
)
def heat_imported(heat: Any, factor: Any) -> Any:
    """CO2 in t emitted elsewhere for heat used here."""
    return heat * factor


@method(
    "indirect.heat.exported",
    version=1,
    unit="tCO2",
    zh="净调入热力隐含二氧化碳：调出",
    en="CO2 of heat sent out",
    formula=r"E = -AD_{out} \cdot EF",
    cites=_HEAT,
    needs=(Need("heat", "GJ", "调出热量", "Heat sent out", "AD_{out}", low=0), _HEAT_FACTOR),
)
def heat_exported(heat: Any, factor: Any) -> Any:
    """CO2 in t, negative: emitted here for heat used elsewhere."""
    return -(heat * factor)
