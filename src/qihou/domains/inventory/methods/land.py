"""Forest turned into something else, and two stores that are shown beside the totals: wetlands and the soil of cropland."""

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.domains.inventory.methods.needs import (
    CH4_PER_C,
    CO2_PER_C,
    N2O_PER_N,
    carbon_dioxide,
    counted_as,
    fraction,
    methane,
    nitrous_oxide,
    one_year,
)
from qihou.figures.method import Need

_CONVERSION = "第四章 土地利用变化和林业，森林转化温室气体排放"
_BURNT = Need("burnt", "tC", "现地燃烧排放的碳", "carbon given off by burning on site", "C_b", low=0.0)


@method(
    "lulucf.conversion.biomass",
    version=1,
    unit="tdm",
    zh="森林转化损失的生物量",
    en="Biomass lost where forest is converted",
    formula=r"L = A\,(B_0 - B_1)",
    cites=(provincial(_CONVERSION), ipcc_2006("Volume 4, chapter 2, equation 2.16")),
    needs=(
        Need("area", "ha", "年转化面积", "area converted in the year", "A", low=0.0),
        Need("before", "tdm/ha", "转化前单位面积生物量", "biomass per area before", "B_0", low=0.0),
        Need("after", "tdm/ha", "转化后单位面积生物量", "biomass per area after", "B_1", low=0.0, nil=0.0),
    ),
)
def converted_biomass(area: float, before: float, after: float) -> float:
    """Dry biomass above ground lost by the conversion of one kind of forest, in t."""
    return area * (before - after)


@method(
    "lulucf.conversion.burnt_carbon",
    version=1,
    unit="tC",
    zh="森林转化燃烧排放的碳",
    en="Carbon given off by burning converted forest",
    formula=r"C_b = L \cdot f_b \cdot O \cdot CF",
    cites=provincial(_CONVERSION),
    needs=(
        Need("biomass", "tdm", "损失的生物量", "biomass lost", "L"),
        fraction("share", "燃烧生物量比例", "share burnt", "f_b", nil=0.0),
        fraction("oxidised", "燃烧氧化系数", "share oxidised", "O"),
        Need("carbon", "1", "含碳率", "carbon per dry mass", "CF", low=0.3, high=0.65),
        counted_as("C", "tdm"),
    ),
)
def burnt_carbon(biomass: float, share: float, oxidised: float, carbon: float, counted: float = 1.0) -> float:
    """Carbon given off by burning on site or elsewhere, in tC."""
    return biomass * share * oxidised * carbon * counted


@method(
    "lulucf.conversion.burning_co2",
    version=1,
    unit="tCO2",
    zh="森林转化燃烧二氧化碳排放",
    en="CO2 from burning converted forest",
    formula=r"E = C_b \cdot \tfrac{44}{12}",
    cites=provincial(_CONVERSION),
    needs=(Need("burnt", "tC", "燃烧排放的碳", "carbon given off by burning", "C_b"), carbon_dioxide()),
)
def burning_co2(burnt: float, molar: float = CO2_PER_C) -> float:
    """CO2 from burning, in t."""
    return burnt * molar


@method(
    "lulucf.conversion.burning_ch4",
    version=1,
    unit="tCH4",
    zh="森林转化现地燃烧甲烷排放",
    en="CH4 from burning converted forest on site",
    formula=r"E = C_b \cdot r \cdot \tfrac{16}{12}",
    cites=provincial(_CONVERSION),
    needs=(
        _BURNT,
        fraction("ratio", "甲烷碳排放比例", "share of the carbon given off as methane", "r"),
        methane(),
    ),
)
def burning_ch4(burnt: float, ratio: float, molar: float = CH4_PER_C) -> float:
    """CH4 from burning on site, in t."""
    return burnt * ratio * molar


@method(
    "lulucf.conversion.burning_n2o",
    version=1,
    unit="tN2O",
    zh="森林转化现地燃烧氧化亚氮排放",
    en="N2O from burning converted forest on site",
    formula=r"E = C_b \cdot \tfrac{N}{C} \cdot r \cdot \tfrac{44}{28}",
    cites=provincial(_CONVERSION),
    needs=(
        _BURNT,
        Need("nitrogen", "tN/tC", "氮碳比", "nitrogen per carbon", "N/C", low=0.0, high=0.2),
        Need(
            "ratio", "tN2O_N/tN", "氧化亚氮氮排放比例", "share of the nitrogen given off as N2O", "r", low=0.0, high=1.0
        ),
        nitrous_oxide(),
    ),
)
def burning_n2o(burnt: float, nitrogen: float, ratio: float, molar: float = N2O_PER_N) -> float:
    """N2O from burning on site, in t."""
    return burnt * nitrogen * ratio * molar


@method(
    "lulucf.conversion.decay_co2",
    version=1,
    unit="tCO2",
    zh="森林转化分解二氧化碳排放",
    en="CO2 from the decay of converted forest",
    formula=r"E = L \cdot f_d \cdot CF \cdot \tfrac{44}{12}",
    cites=provincial(_CONVERSION),
    needs=(
        Need("biomass", "tdm", "损失的生物量（十年平均）", "biomass lost, mean of ten years", "L"),
        fraction("share", "被分解部分的比例", "share left to decay", "f_d", nil=0.0),
        Need("carbon", "1", "含碳率", "carbon per dry mass", "CF", low=0.3, high=0.65),
        carbon_dioxide("tdm"),
    ),
)
def decay_co2(biomass: float, share: float, carbon: float, molar: float = CO2_PER_C) -> float:
    """CO2 from what is left to decay on site, in t."""
    return biomass * share * carbon * molar


@method(
    "lulucf.wetland.carbon",
    version=1,
    unit="tCO2",
    zh="湿地固碳",
    en="Carbon taken up by wetlands",
    formula=r"E = -A \cdot s \cdot a \cdot \tfrac{44}{12}",
    cites=ipcc_2006("Volume 4, chapter 2, equation 2.7"),
    needs=(
        Need("area", "ha", "湿地面积", "area of wetland", "A", low=0.0),
        Need("rate", "tC/ha/a", "单位面积年固碳量", "carbon taken up per area and year", "s"),
        one_year(),
        carbon_dioxide(),
    ),
    note="信息项，不计入总量。",
)
def wetland_carbon(area: float, rate: float, years: float = 1.0, molar: float = CO2_PER_C) -> float:
    """CO2 taken up by wetlands in a year, in t; negative. Shown beside the totals."""
    return -area * rate * years * molar


@method(
    "lulucf.cropland.soil_carbon",
    version=1,
    unit="tCO2",
    zh="耕地土壤有机碳变化",
    en="Change of the organic carbon in cropland soil",
    formula=r"E = -A \cdot SOC \cdot F_{LU}\,(F_{MG} F_I - F_{MG,0} F_{I,0})\,\frac{a}{D} \cdot \tfrac{44}{12}",
    cites=ipcc_2006("Volume 4, chapter 2, equation 2.25"),
    needs=(
        Need("area", "ha", "改变管理方式的耕地面积", "cropland under changed management", "A", low=0.0),
        Need("reference", "tC/ha", "参考土壤有机碳", "reference soil organic carbon", "SOC", low=0.0),
        Need("land_use", "1", "土地利用因子", "land use factor", "F_{LU}", low=0.0),
        Need("management", "1", "现管理因子", "management factor now", "F_{MG}", low=0.0),
        Need("inputs", "1", "现投入因子", "input factor now", "F_I", low=0.0),
        Need("management_before", "1", "原管理因子", "management factor before", "F_{MG,0}", low=0.0),
        Need("inputs_before", "1", "原投入因子", "input factor before", "F_{I,0}", low=0.0),
        Need("transition", "a", "转变期", "years of transition", "D", low=1.0),
        one_year(),
        carbon_dioxide(),
    ),
    note="信息项，不计入总量。",
)
def cropland_soil_carbon(
    area: float,
    reference: float,
    land_use: float,
    management: float,
    inputs: float,
    management_before: float,
    inputs_before: float,
    transition: float,
    years: float = 1.0,
    molar: float = CO2_PER_C,
) -> float:
    """CO2 of one year of the transition to another management, in t; negative where the soil gains carbon."""
    gained = management * inputs - management_before * inputs_before
    return -area * reference * land_use * gained * years / transition * molar
