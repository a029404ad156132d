"""Waste burnt: the fossil part of its carbon counts, the rest is shown beside the totals."""

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.domains.inventory.methods.needs import CO2_PER_C, carbon_dioxide, fraction
from qihou.figures.method import Need

_INCINERATION = "第五章 废弃物处理，焚烧处理二氧化碳排放"
_WASTE = Need("waste", "t", "焚烧量", "waste burnt", "IW", low=0.0)
_CARBON = fraction("carbon", "废弃物含碳量比例", "carbon in the waste", "CCW")
_FOSSIL = fraction("fossil", "矿物碳占总碳比例", "fossil share of the carbon", "FCF")
_BURNOUT = fraction("burnout", "焚烧炉燃烧效率", "burn-out", "EF")


@method(
    "waste.incineration.co2",
    version=1,
    unit="tCO2",
    zh="焚烧处理二氧化碳排放（矿物碳）",
    en="Fossil CO2 from incineration",
    formula=r"E = IW \cdot CCW \cdot FCF \cdot EF \cdot \tfrac{44}{12}",
    cites=(provincial(_INCINERATION), ipcc_2006("Volume 5, chapter 5, equation 5.1")),
    needs=(_WASTE, _CARBON, _FOSSIL, _BURNOUT, carbon_dioxide("t")),
)
def fossil_co2(waste: float, carbon: float, fossil: float, burnout: float, molar: float = CO2_PER_C) -> float:
    """CO2 of the fossil carbon of one kind of waste burnt in a year, in t."""
    return waste * carbon * fossil * burnout * molar


@method(
    "waste.incineration.biogenic_co2",
    version=1,
    unit="tCO2",
    zh="焚烧处理生物成因二氧化碳（信息项）",
    en="Biogenic CO2 from incineration (memo)",
    formula=r"E = IW \cdot CCW\,(1-FCF) \cdot EF \cdot \tfrac{44}{12}",
    cites=ipcc_2006("Volume 5, chapter 5, section 5.2"),
    needs=(_WASTE, _CARBON, _FOSSIL, _BURNOUT, carbon_dioxide("t")),
    note="信息项，不计入总量。",
)
def biogenic_co2(waste: float, carbon: float, fossil: float, burnout: float, molar: float = CO2_PER_C) -> float:
    """CO2 of the carbon that was grown, in t. Shown beside the totals."""
    return waste * carbon * (1 - fossil) * burnout * molar


@method(
    "waste.incineration.ch4",
    version=1,
    unit="tCH4",
    zh="焚烧处理甲烷排放",
    en="Methane from incineration",
    formula=r"E = IW \cdot EF",
    cites=ipcc_2006("Volume 5, chapter 5, equation 5.4"),
    needs=(_WASTE, Need("factor", "tCH4/t", "甲烷排放因子", "methane per tonne of wet waste", "EF", low=0.0)),
)
def incineration_ch4(waste: float, factor: float) -> float:
    """Methane from burning one kind of waste in a year, in t."""
    return waste * factor


@method(
    "waste.incineration.n2o",
    version=1,
    unit="tN2O",
    zh="焚烧处理氧化亚氮排放",
    en="Nitrous oxide from incineration",
    formula=r"E = IW \cdot EF",
    cites=ipcc_2006("Volume 5, chapter 5, equation 5.5"),
    needs=(_WASTE, Need("factor", "tN2O/t", "氧化亚氮排放因子", "N2O per tonne of wet waste", "EF", low=0.0)),
)
def incineration_n2o(waste: float, factor: float) -> float:
    """Nitrous oxide from burning one kind of waste in a year, in t."""
    return waste * factor
