"""Wastewater: methane from what decomposes without air, nitrous oxide from the nitrogen people eat."""

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.domains.inventory.methods.needs import N2O_PER_N, counted_as, fraction, nitrous_oxide, one_year
from qihou.figures.method import Need

_DOMESTIC = "第五章 废弃物处理，生活污水处理甲烷排放"
_INDUSTRIAL = "第五章 废弃物处理，工业废水处理甲烷排放"
_NITROGEN = "第五章 废弃物处理，废水处理氧化亚氮排放"
_MCF = fraction("correction", "甲烷修正因子", "methane correction factor", "MCF")
_RECOVERED = Need("recovered", "tCH4", "甲烷回收量", "methane recovered", "R", low=0.0, nil=0.0)


@method(
    "waste.wastewater.bod",
    version=1,
    unit="tBOD",
    zh="由化学需氧量换算的生化需氧量",
    en="BOD from COD",
    formula=r"BOD = COD \cdot r",
    cites=provincial(_DOMESTIC),
    needs=(
        Need("cod", "tCOD", "化学需氧量", "chemical oxygen demand", "COD", low=0.0),
        Need("ratio", "1", "BOD 与 COD 之比", "BOD per COD", "r", low=0.1, high=1.0),
        counted_as("BOD", "tCOD"),
    ),
)
def bod_from_cod(cod: float, ratio: float, counted: float = 1.0) -> float:
    """Biochemical oxygen demand of one stream in a year, in tBOD."""
    return cod * ratio * counted


@method(
    "waste.wastewater.domestic_ch4",
    version=1,
    unit="tCH4",
    zh="生活污水处理甲烷排放",
    en="Methane from domestic wastewater",
    formula=r"E = TOW \cdot B_o \cdot MCF - R",
    cites=(provincial(_DOMESTIC), ipcc_2006("Volume 5, chapter 6, equations 6.1 and 6.2")),
    needs=(
        Need("organic", "tBOD", "污水有机物总量", "organic matter in the water", "TOW", low=0.0),
        Need("capacity", "tCH4/tBOD", "最大产甲烷能力", "methane producing capacity", "B_o", low=0.0, high=1.0),
        _MCF,
        _RECOVERED,
    ),
)
def domestic_methane(organic: float, capacity: float, correction: float, recovered: float) -> float:
    """Methane from domestic wastewater treated in one way or discharged, in t a year."""
    return organic * capacity * correction - recovered


@method(
    "waste.wastewater.domestic_open_ch4",
    version=1,
    unit="tCH4",
    zh="生活污水甲烷排放（无回收）",
    en="Methane from domestic wastewater, nothing recovered",
    formula=r"E = TOW \cdot B_o \cdot MCF",
    cites=(provincial(_DOMESTIC), ipcc_2006("Volume 5, chapter 6, equations 6.1 and 6.2")),
    needs=(
        Need("organic", "tBOD", "污水有机物总量", "organic matter in the water", "TOW", low=0.0),
        Need("capacity", "tCH4/tBOD", "最大产甲烷能力", "methane producing capacity", "B_o", low=0.0, high=1.0),
        _MCF,
    ),
)
def domestic_open_methane(organic: float, capacity: float, correction: float) -> float:
    """Methane from domestic wastewater in septic tanks or discharged, in t a year."""
    return organic * capacity * correction


@method(
    "waste.wastewater.industrial_ch4",
    version=1,
    unit="tCH4",
    zh="工业废水处理甲烷排放",
    en="Methane from industrial wastewater",
    formula=r"E = (TOW - S) \cdot B_o \cdot MCF - R",
    cites=(provincial(_INDUSTRIAL), ipcc_2006("Volume 5, chapter 6, equations 6.4 and 6.5")),
    needs=(
        Need("organic", "tCOD", "废水可降解有机物总量", "organic matter in the water", "TOW", low=0.0),
        Need("sludge", "tCOD", "以污泥方式清除的有机物", "organic matter removed as sludge", "S", low=0.0, nil=0.0),
        Need("capacity", "tCH4/tCOD", "最大产甲烷能力", "methane producing capacity", "B_o", low=0.0, high=1.0),
        _MCF,
        _RECOVERED,
    ),
)
def industrial_methane(organic: float, sludge: float, capacity: float, correction: float, recovered: float) -> float:
    """Methane from the wastewater of one industry treated in one way or discharged, in t a year."""
    return (organic - sludge) * capacity * correction - recovered


@method(
    "waste.wastewater.industrial_open_ch4",
    version=1,
    unit="tCH4",
    zh="工业废水甲烷排放（无回收）",
    en="Methane from industrial wastewater, nothing recovered",
    formula=r"E = TOW \cdot B_o \cdot MCF",
    cites=(provincial(_INDUSTRIAL), ipcc_2006("Volume 5, chapter 6, equations 6.4 and 6.5")),
    needs=(
        Need("organic", "tCOD", "废水可降解有机物总量", "organic matter in the water", "TOW", low=0.0),
        Need("capacity", "tCH4/tCOD", "最大产甲烷能力", "methane producing capacity", "B_o", low=0.0, high=1.0),
        _MCF,
    ),
)
def industrial_open_methane(organic: float, capacity: float, correction: float) -> float:
    """Methane from the wastewater of one industry treated with air or discharged, in t a year."""
    return organic * capacity * correction


@method(
    "waste.wastewater.nitrogen",
    version=1,
    unit="tN",
    zh="污水中的氮",
    en="Nitrogen in wastewater",
    formula=r"N = P \cdot Pr \cdot a \cdot F_{NPR} \cdot F_{NON} \cdot F_{IND} - N_s",
    cites=(provincial(_NITROGEN), ipcc_2006("Volume 5, chapter 6, equation 6.8")),
    needs=(
        Need("people", "person", "人口", "people", "P", low=0.0),
        Need("protein", "t/person/a", "人均年蛋白质消费量", "protein eaten per person and year", "Pr", low=0.0),
        Need("content", "1", "蛋白质含氮量", "nitrogen in protein", "F_{NPR}", low=0.1, high=0.25),
        Need("wasted", "1", "废水中非消费性蛋白质因子", "factor for protein not eaten", "F_{NON}", low=1.0, high=2.0),
        Need(
            "industrial",
            "1",
            "工业和商业蛋白质排放因子",
            "factor for co-discharged protein",
            "F_{IND}",
            low=1.0,
            high=2.0,
        ),
        Need("sludge", "tN", "随污泥清除的氮", "nitrogen removed with sludge", "N_s", low=0.0, nil=0.0),
        one_year(),
        counted_as("N"),
    ),
)
def sewage_nitrogen(
    people: float,
    protein: float,
    content: float,
    wasted: float,
    industrial: float,
    sludge: float,
    years: float = 1.0,
    counted: float = 1.0,
) -> float:
    """Nitrogen that reaches the water in a year, in tN."""
    return people * protein * years * content * wasted * industrial * counted - sludge


@method(
    "waste.wastewater.n2o",
    version=1,
    unit="tN2O",
    zh="污水氧化亚氮排放",
    en="Nitrous oxide from wastewater",
    formula=r"E = N \cdot EF \cdot \tfrac{44}{28}",
    cites=(provincial(_NITROGEN), ipcc_2006("Volume 5, chapter 6, equation 6.7")),
    needs=(
        Need("nitrogen", "tN", "污水中的氮", "nitrogen in wastewater", "N", low=0.0),
        Need(
            "factor", "tN2O_N/tN", "氧化亚氮排放因子", "share of nitrogen that becomes N2O-N", "EF", low=0.0, high=1.0
        ),
        nitrous_oxide(),
    ),
)
def sewage_nitrous_oxide(nitrogen: float, factor: float, molar: float = N2O_PER_N) -> float:
    """Nitrous oxide from sewage in a year, in t."""
    return nitrogen * factor * molar
