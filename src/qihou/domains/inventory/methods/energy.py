"""Burning fuel: energy content by mass and by volume of gas, then carbon dioxide, methane and nitrous oxide.

Sources: 《省级温室气体清单编制指南（试行）》 2011, chapter 1; 2006 IPCC Guidelines, volume 2, chapters 2 and 3. Carbon contents are
in tC/TJ and nothing else: printed tables also have 10⁻² tC/GJ and kgC/GJ, which differ by powers of ten.
"""

from __future__ import annotations

from typing import Any

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.figures.method import Cite, Need

CARBON_TO_CO2 = Need(
    "ratio", "tCO2/tC", "碳换算为二氧化碳", "Carbon to carbon dioxide", r"\tfrac{44}{12}", constant=44 / 12
)
_ENERGY = Need("energy", "TJ", "燃料热量", "Energy of the fuel", "Q", low=0)
_OXIDATION = Need("oxidation", "1", "碳氧化率", "Oxidised fraction", "OF", low=0, high=1)
_FOSSIL = provincial("第一章 能源活动，1.1 化石燃料燃烧活动，部门方法")
_STATIONARY = ipcc_2006("volume 2, chapter 2, equation 2.1")
_MOBILE = ipcc_2006("volume 2, chapter 3, equation 3.2.3")


@method(
    "energy.content.mass",
    version=1,
    unit="GJ",
    zh="燃料热量（按质量）",
    en="Energy of fuel by mass",
    formula=r"Q = FC \cdot NCV",
    cites=(_FOSSIL, _STATIONARY),
    needs=(
        Need("fuel", "t", "燃料量", "Fuel", "FC", low=0),
        Need("ncv", "GJ/t", "低位发热量", "Net calorific value", "NCV", low=2, high=60),
    ),
)
def content_mass(fuel: Any, ncv: Any) -> Any:
    """Energy of a solid or liquid fuel in GJ."""
    return fuel * ncv


@method(
    "energy.content.gas",
    version=1,
    unit="GJ",
    zh="燃料热量（按气体体积）",
    en="Energy of fuel by volume of gas",
    formula=r"Q = FC \cdot NCV",
    cites=(_FOSSIL, _STATIONARY),
    needs=(
        Need("fuel", "1e4Nm3", "气体燃料量（标准状况）", "Gaseous fuel at 0 °C and 101.325 kPa", "FC", low=0),
        Need("ncv", "GJ/1e4Nm3", "低位发热量", "Net calorific value", "NCV", low=20, high=600),
    ),
)
def content_gas(fuel: Any, ncv: Any) -> Any:
    """Energy of a gaseous fuel in GJ; the volume is that at 0 °C and 101.325 kPa."""
    return fuel * ncv


@method(
    "energy.combustion.co2",
    version=1,
    unit="tCO2",
    zh="化石燃料燃烧二氧化碳（含碳量法）",
    en="CO2 from fuel by its carbon content",
    formula=r"E = Q \cdot CC \cdot OF \cdot \tfrac{44}{12}",
    cites=_FOSSIL,
    needs=(
        _ENERGY,
        Need("carbon", "tC/TJ", "单位热值含碳量", "Carbon content per energy", "CC", low=10, high=75),
        _OXIDATION,
        CARBON_TO_CO2,
    ),
)
def combustion_co2(energy: Any, carbon: Any, oxidation: Any, ratio: float = 44 / 12) -> Any:
    """CO2 in t. Carbon outside 10–75 tC/TJ is no fuel's: the table was in another power of ten."""
    return energy * carbon * oxidation * ratio


@method(
    "energy.combustion.co2_factor",
    version=1,
    unit="tCO2",
    zh="燃料燃烧二氧化碳（排放因子法）",
    en="CO2 from fuel by an emission factor",
    formula=r"E = Q \cdot EF_{CO_2}",
    cites=_STATIONARY,
    needs=(
        _ENERGY,
        Need("factor", "tCO2/TJ", "二氧化碳排放因子", "Emission factor of CO2", "EF_{CO_2}", low=40, high=265),
    ),
    note="缺省氧化率为1（IPCC 2006）。",
)
def combustion_co2_factor(energy: Any, factor: Any) -> Any:
    """CO2 in t; a factor below 40 tCO2/TJ is carbon that was mistaken for CO2."""
    return energy * factor


@method(
    "energy.combustion.co2_carbon",
    version=1,
    unit="tCO2",
    zh="燃料燃烧二氧化碳（实测元素碳）",
    en="CO2 from fuel by measured elemental carbon",
    formula=r"E = FC \cdot C_{ar} \cdot OF \cdot \tfrac{44}{12}",
    cites=Cite("《企业温室气体排放核算与报告指南 发电设施》", "化石燃料燃烧排放，收到基元素碳含量", 2022, "M"),
    needs=(
        Need("fuel", "t", "燃料量", "Fuel", "FC", low=0),
        Need("carbon", "tC/t", "收到基元素碳含量", "Carbon as received", "C_{ar}", low=0, high=1),
        _OXIDATION,
        CARBON_TO_CO2,
    ),
)
def combustion_co2_carbon(fuel: Any, carbon: Any, oxidation: Any, ratio: float = 44 / 12) -> Any:
    """CO2 in t from the carbon measured in the fuel as received."""
    return fuel * carbon * oxidation * ratio


@method(
    "energy.combustion.ch4",
    version=1,
    unit="tCH4",
    zh="燃料燃烧甲烷",
    en="CH4 from fuel",
    formula=r"E = Q \cdot EF_{CH_4}",
    cites=(_STATIONARY, _MOBILE),
    needs=(_ENERGY, Need("factor", "tCH4/TJ", "甲烷排放因子", "Emission factor of CH4", "EF_{CH_4}", low=0, high=2)),
)
def combustion_ch4(energy: Any, factor: Any) -> Any:
    """CH4 in t from stationary or mobile burning."""
    return energy * factor


@method(
    "energy.combustion.n2o",
    version=1,
    unit="tN2O",
    zh="燃料燃烧氧化亚氮",
    en="N2O from fuel",
    formula=r"E = Q \cdot EF_{N_2O}",
    cites=(provincial("第一章 能源活动，1.1 静止源与移动源燃烧氧化亚氮"), _STATIONARY, _MOBILE),
    needs=(
        _ENERGY,
        Need("factor", "tN2O/TJ", "氧化亚氮排放因子", "Emission factor of N2O", "EF_{N_2O}", low=0, high=0.2),
    ),
)
def combustion_n2o(energy: Any, factor: Any) -> Any:
    """N2O in t from stationary or mobile burning."""
    return energy * factor


_BIOMASS = provincial("第一章 能源活动，1.2 生物质燃烧活动")
_BURNT_BIOMASS = Need("fuel", "t", "生物质燃烧量", "Biomass burnt", "FC", low=0)


@method(
    "energy.biomass.ch4",
    version=1,
    unit="tCH4",
    zh="生物质燃烧甲烷",
    en="CH4 from biomass burnt",
    formula=r"E = FC \cdot EF_{CH_4}",
    cites=_BIOMASS,
    needs=(_BURNT_BIOMASS, Need("factor", "tCH4/t", "甲烷排放因子", "Emission factor", "EF_{CH_4}", low=0, high=0.05)),
)
def biomass_ch4(fuel: Any, factor: Any) -> Any:
    """CH4 in t from straw, firewood or charcoal burnt in stoves and boilers."""
    return fuel * factor


@method(
    "energy.biomass.n2o",
    version=1,
    unit="tN2O",
    zh="生物质燃烧氧化亚氮",
    en="N2O from biomass burnt",
    formula=r"E = FC \cdot EF_{N_2O}",
    cites=_BIOMASS,
    needs=(
        _BURNT_BIOMASS,
        Need("factor", "tN2O/t", "氧化亚氮排放因子", "Emission factor", "EF_{N_2O}", low=0, high=0.01),
    ),
)
def biomass_n2o(fuel: Any, factor: Any) -> Any:
    """N2O in t from straw, firewood or charcoal burnt in stoves and boilers."""
    return fuel * factor


@method(
    "energy.apparent.mass",
    version=1,
    unit="t",
    zh="表观消费量（按质量）",
    en="Apparent consumption by mass",
    formula=r"AC = P + I - X - B + \Delta S",
    cites=(provincial("第一章 能源活动，1.1 参考方法"), ipcc_2006("volume 2, chapter 6, equation 6.2")),
    needs=(
        Need("production", "t", "区内生产量", "Production", "P", low=0, nil=0.0),
        Need("imported", "t", "外区调入量", "Brought in", "I", low=0, nil=0.0),
        Need("exported", "t", "调出区外量", "Sent out", "X", low=0, nil=0.0),
        Need("bunkers", "t", "国际航空航海加油量", "International bunkers", "B", low=0, nil=0.0),
        Need("stock_draw", "t", "库存减少量（年初减年末）", "Drawn from stock", r"\Delta S", nil=0.0),
    ),
)
def apparent_mass(production: Any, imported: Any, exported: Any, bunkers: Any, stock_draw: Any) -> Any:
    """What came into the district and stayed, in t; stock drawn is positive, stock built up negative."""
    return production + imported - exported - bunkers + stock_draw


@method(
    "energy.apparent.gas",
    version=1,
    unit="1e4Nm3",
    zh="表观消费量（按气体体积）",
    en="Apparent consumption by volume of gas",
    formula=r"AC = P + I - X + \Delta S",
    cites=(provincial("第一章 能源活动，1.1 参考方法"), ipcc_2006("volume 2, chapter 6, equation 6.2")),
    needs=(
        Need("production", "1e4Nm3", "区内生产量", "Production", "P", low=0, nil=0.0),
        Need("imported", "1e4Nm3", "外区调入量", "Brought in", "I", low=0, nil=0.0),
        Need("exported", "1e4Nm3", "调出区外量", "Sent out", "X", low=0, nil=0.0),
        Need("stock_draw", "1e4Nm3", "库存减少量（年初减年末）", "Drawn from stock", r"\Delta S", nil=0.0),
    ),
)
def apparent_gas(production: Any, imported: Any, exported: Any, stock_draw: Any) -> Any:
    """What came into the district and stayed, in 10⁴ Nm³."""
    return production + imported - exported + stock_draw


_STORED = Need("stored", "1", "固碳率", "Fraction of carbon stored", "f", low=0, high=1, nil=0.0)
_REFERENCE = (provincial("第一章 能源活动，1.1 参考方法，固碳量"), ipcc_2006("volume 2, chapter 6, equations 6.3–6.4"))


@method(
    "energy.reference.mass",
    version=1,
    unit="t",
    zh="扣除固碳后的消费量（按质量）",
    en="Consumption less what is stored, by mass",
    formula=r"N = AC - NE \cdot f",
    cites=_REFERENCE,
    needs=(
        Need("apparent", "t", "表观消费量", "Apparent consumption", "AC"),
        Need("non_energy", "t", "非能源利用量", "Non-energy use", "NE", low=0, nil=0.0),
        _STORED,
    ),
)
def reference_mass(apparent: Any, non_energy: Any, stored: Any) -> Any:
    """Consumption whose carbon becomes CO2, in t."""
    return apparent - non_energy * stored


@method(
    "energy.reference.gas",
    version=1,
    unit="1e4Nm3",
    zh="扣除固碳后的消费量（按气体体积）",
    en="Consumption less what is stored, by volume of gas",
    formula=r"N = AC - NE \cdot f",
    cites=_REFERENCE,
    needs=(
        Need("apparent", "1e4Nm3", "表观消费量", "Apparent consumption", "AC"),
        Need("non_energy", "1e4Nm3", "非能源利用量", "Non-energy use", "NE", low=0, nil=0.0),
        _STORED,
    ),
)
def reference_gas(apparent: Any, non_energy: Any, stored: Any) -> Any:
    """Consumption whose carbon becomes CO2, in 10⁴ Nm³."""
    return apparent - non_energy * stored
