"""Land-use change and forestry: trees and other woody plants, forest converted, and two stores beside the totals."""

from __future__ import annotations

from qihou.domains.inventory.methods.scheme import land_memo, land_woody
from qihou.domains.inventory.methods.scheme.ordering import by_section
from qihou.domains.inventory.methods.scheme.parts import Category, Options, Sector, SectorScheme, Sheet
from qihou.figures.graph import Step


def _category(
    code: str, number: str, zh: str, en: str, ipcc: str, *, sink: bool = False, memo: bool = False
) -> Category:
    return Category(code, number, zh, en, Sector.LULUCF, ipcc, "V.2", memo=memo, sink=sink)


CATEGORIES = (
    _category("lulucf", "4", "土地利用变化和林业", "Land-use change and forestry", "3.B", sink=True),
    _category("lulucf.woody", "4.1", "森林和其他木质生物质碳储量变化", "Forest and other woody biomass", "3.B.1", sink=True),
    _category("lulucf.woody.trees", "4.1.1", "乔木林", "Tree forest", "3.B.1.a", sink=True),
    _category("lulucf.woody.outside", "4.1.2", "疏林、散生木、四旁树", "Sparse, scattered and four-side trees", "3.B.1.a", sink=True),
    _category("lulucf.woody.bamboo", "4.1.3", "竹林", "Bamboo", "3.B.1.a", sink=True),
    _category("lulucf.woody.economic", "4.1.4", "经济林", "Economic forest", "3.B.1.a", sink=True),
    _category("lulucf.woody.shrub", "4.1.5", "灌木林", "Shrub", "3.B.1.a", sink=True),
    _category("lulucf.woody.consumption", "4.1.6", "活立木消耗", "Consumption of standing trees", "3.B.1.a"),
    _category("lulucf.conversion", "4.2", "森林转化", "Forest conversion", "3.B.2.b、3.B.5.b"),
    _category("lulucf.conversion.burning", "4.2.1", "燃烧", "Burning", "3.C.1.a"),
    _category("lulucf.conversion.decay", "4.2.2", "分解", "Decay", "3.B.2.b、3.B.5.b"),
    _category("lulucf.stock_difference", "", "乔木林碳储量变化（储量差法，对照）", "Tree forest by stock difference, for comparison", "3.B.1.a", sink=True, memo=True),
    _category("lulucf.wetland", "", "湿地固碳（信息项）", "Wetlands (memo)", "3.B.4", sink=True, memo=True),
    _category("lulucf.cropland_soil", "", "耕地土壤有机碳变化（信息项）", "Cropland soil carbon (memo)", "3.B.2.a", sink=True, memo=True),
)  # fmt: skip
SHEETS = (
    Sheet(
        "forestry", "森林资源情况", "Forest resources", "区林业局",
        "与森林资源管理“一张图”、森林资源连续清查成果一致", "As in the forest resource map and the continuous inventory",
    ),
    Sheet("forest_conversion", "林地转化情况", "Forest conversion", "区林业局", "经批准占用、征收林地及其采伐剩余物去向", "Forest land taken, and what became of its wood"),
    Sheet("land", "土地与湿地情况", "Land and wetlands", "区规划自然资源局", "与年度国土变更调查一致", "As in the yearly land survey"),
)  # fmt: skip


def _steps(options: Options) -> tuple[Step, ...]:
    return (*land_woody.steps(options), *land_memo.steps(options))


SCHEME = SectorScheme(
    categories=CATEGORIES,
    sheets=SHEETS,
    quantities=by_section((*land_woody.QUANTITIES, *land_memo.QUANTITIES)),
    steps=_steps,
)
