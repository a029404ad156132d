"""Carbon in trees. What grows takes carbon up and is negative; what is felled or dies gives it back and is positive.

Two ways stand side by side: growth and consumption of the standing volume (provincial guideline), and the difference of two
inventories of the stock (2006 Guidelines, equation 2.8).
"""

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.domains.inventory.methods.needs import CO2_PER_C, carbon_dioxide, counted_as, one_year
from qihou.figures.method import Need

_WOODY = "第四章 土地利用变化和林业，森林和其他木质生物质碳储量变化"
_VOLUME = Need("volume", "m3", "蓄积量", "standing volume", "V", low=0.0)
_DENSITY = Need("density", "t/m3", "基本木材密度", "basic wood density", "SVD", low=0.1, high=1.2)
_EXPANSION = Need("expansion", "1", "生物量转换系数（全林）", "expansion factor, whole tree", "BEF", low=1.0, high=5.0)
_CARBON = Need("carbon", "1", "含碳率", "carbon per dry mass", "CF", low=0.3, high=0.65)


@method(
    "lulucf.forest.expansion",
    version=1,
    unit="1",
    zh="全林生物量转换系数",
    en="Expansion factor of the whole tree",
    formula=r"BEF = BEF_{ag}\,(1+R)",
    cites=(provincial(_WOODY), ipcc_2006("Volume 4, chapter 2, equation 2.8b")),
    needs=(
        Need("above", "1", "地上生物量扩展系数", "expansion factor above ground", "BEF_{ag}", low=1.0, high=4.0),
        Need("root_ratio", "1", "根冠比（地下与地上生物量之比）", "roots per shoot", "R", low=0.0, high=1.0),
    ),
)
def whole_tree_expansion(above: float, root_ratio: float) -> float:
    """From stem to whole tree with roots, dimensionless."""
    return above * (1 + root_ratio)


@method(
    "lulucf.forest.growth",
    version=1,
    unit="tCO2",
    zh="林木生长碳吸收",
    en="Removal by the growth of trees",
    formula=r"E = -V \cdot GR \cdot a \cdot SVD \cdot BEF \cdot CF \cdot \tfrac{44}{12}",
    cites=provincial(_WOODY),
    needs=(
        _VOLUME,
        Need("rate", "1/a", "活立木年生长率", "annual growth rate", "GR", low=0.0, high=0.5),
        _DENSITY,
        _EXPANSION,
        _CARBON,
        one_year(),
        carbon_dioxide("t"),
    ),
)
def growth(
    volume: float,
    rate: float,
    density: float,
    expansion: float,
    carbon: float,
    years: float = 1.0,
    molar: float = CO2_PER_C,
) -> float:
    """CO2 taken up by growing trees in a year, in t; negative, for it is a removal."""
    return -volume * rate * years * density * expansion * carbon * molar


@method(
    "lulucf.forest.consumption",
    version=1,
    unit="tCO2",
    zh="活立木消耗碳排放",
    en="Emission by the consumption of standing trees",
    formula=r"E = V \cdot CR \cdot a \cdot SVD \cdot BEF \cdot CF \cdot \tfrac{44}{12}",
    cites=provincial(_WOODY),
    needs=(
        _VOLUME,
        Need("rate", "1/a", "活立木年消耗率", "annual consumption rate", "CR", low=0.0, high=0.5),
        _DENSITY,
        _EXPANSION,
        _CARBON,
        one_year(),
        carbon_dioxide("t"),
    ),
)
def consumption(
    volume: float,
    rate: float,
    density: float,
    expansion: float,
    carbon: float,
    years: float = 1.0,
    molar: float = CO2_PER_C,
) -> float:
    """CO2 of trees felled or dead in a year, in t; positive."""
    return volume * rate * years * density * expansion * carbon * molar


@method(
    "lulucf.stand.area_change",
    version=1,
    unit="tCO2",
    zh="竹林、经济林、灌木林碳储量变化",
    en="Carbon stock change of bamboo, economic forest and shrub",
    formula=r"E = -\Delta A \cdot B \cdot CF \cdot \tfrac{44}{12}",
    cites=provincial(_WOODY),
    needs=(
        Need("change", "ha", "面积年变化量（增加为正）", "change of area in the year, growth positive", "\\Delta A"),
        Need("biomass", "tdm/ha", "单位面积生物量（干物质）", "biomass per area, dry matter", "B", low=0.0),
        _CARBON,
        carbon_dioxide("tdm"),
    ),
)
def area_change(change: float, biomass: float, carbon: float, molar: float = CO2_PER_C) -> float:
    """CO2 of stands that are counted by their area, in t; negative where the area grew."""
    return -change * biomass * carbon * molar


@method(
    "lulucf.forest.stock",
    version=1,
    unit="tC",
    zh="林木碳储量",
    en="Carbon stock of trees",
    formula=r"C = V \cdot SVD \cdot BEF \cdot CF",
    cites=ipcc_2006("Volume 4, chapter 2, equation 2.8b"),
    needs=(_VOLUME, _DENSITY, _EXPANSION, _CARBON, counted_as("C")),
)
def stock(volume: float, density: float, expansion: float, carbon: float, counted: float = 1.0) -> float:
    """Carbon held by the trees of one forest type at one inventory, in tC."""
    return volume * density * expansion * carbon * counted


@method(
    "lulucf.forest.stock_difference",
    version=1,
    unit="tCO2",
    zh="碳储量变化（储量差法）",
    en="Carbon stock change by the difference of two inventories",
    formula=r"E = -\frac{C_2 - C_1}{T}\, a \cdot \tfrac{44}{12}",
    cites=ipcc_2006("Volume 4, chapter 2, equation 2.5"),
    needs=(
        Need("earlier", "tC", "前期碳储量", "carbon at the earlier inventory", "C_1", low=0.0),
        Need("later", "tC", "后期碳储量", "carbon at the later inventory", "C_2", low=0.0),
        Need("interval", "a", "两期调查间隔", "years between the inventories", "T", low=1.0, high=30.0),
        one_year(),
        carbon_dioxide(),
    ),
)
def stock_difference(
    earlier: float, later: float, interval: float, years: float = 1.0, molar: float = CO2_PER_C
) -> float:
    """CO2 of the yearly change between two inventories, in t; negative where the stock grew."""
    return -(later - earlier) / interval * years * molar
