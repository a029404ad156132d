"""Waste: landfilled, burnt, composted and digested; wastewater of homes and of industry."""

from __future__ import annotations

from qihou.domains.inventory.methods.scheme import waste_solid, waste_water
from qihou.domains.inventory.methods.scheme.ordering import by_section
from qihou.domains.inventory.methods.scheme.parts import Category, Options, Sector, SectorScheme, Sheet
from qihou.figures.graph import Step


def _category(code: str, number: str, zh: str, en: str, ipcc: str, gpc: str, *, memo: bool = False) -> Category:
    return Category(code, number, zh, en, Sector.WASTE, ipcc, gpc, memo=memo)


CATEGORIES = (
    _category("waste", "5", "废弃物处理", "Waste", "4", "III"),
    _category("waste.solid", "5.1", "固体废弃物处理", "Solid waste", "4.A、4.B、4.C", "III.1"),
    _category("waste.solid.landfill", "5.1.1", "填埋处理", "Landfill", "4.A", "III.1.1"),
    _category("waste.solid.incineration", "5.1.2", "焚烧处理", "Incineration", "4.C.1", "III.3.1"),
    _category("waste.solid.biological", "5.1.3", "生物处理", "Biological treatment", "4.B", "III.2.1"),
    _category("waste.water", "5.2", "废水处理", "Wastewater", "4.D", "III.4.1"),
    _category("waste.water.domestic", "5.2.1", "生活污水", "Domestic wastewater", "4.D.1", "III.4.1"),
    _category("waste.water.industrial", "5.2.2", "工业废水", "Industrial wastewater", "4.D.2", "III.4.1"),
    _category("waste.biogenic_co2", "", "焚烧生物成因二氧化碳（信息项）", "Biogenic CO2 of incineration (memo)", "4.C.1", "III.3.1", memo=True),
)  # fmt: skip
SHEETS = (
    Sheet("waste_solid", "生活垃圾处理情况", "Municipal waste", "区城市管理局", "按城乡建设统计年鉴口径，湿重", "As in the construction yearbook, wet weight"),
    Sheet("waste_special", "危险废物与污泥处置情况", "Hazardous waste and sludge", "区生态环境局", "只填在本区焚烧的量", "Only what is burnt in the district"),
    Sheet("wastewater_domestic", "生活污水处理情况", "Domestic wastewater", "区住房城乡建委"),
    Sheet("wastewater_industrial", "工业废水处理情况", "Industrial wastewater", "区生态环境局", "按环境统计口径", "As in the environmental statistics"),
    Sheet("wastewater_protein", "居民蛋白质消费", "Protein eaten", "区统计局"),
)  # fmt: skip


def _steps(options: Options) -> tuple[Step, ...]:
    return (*waste_solid.steps(options), *waste_water.steps(options))


SCHEME = SectorScheme(
    categories=CATEGORIES,
    sheets=SHEETS,
    quantities=by_section((*waste_solid.QUANTITIES, *waste_water.QUANTITIES)),
    steps=_steps,
)
