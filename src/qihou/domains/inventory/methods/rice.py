"""Methane from rice fields: the area of each kind of rice times what a hectare gives off in a season."""

from qihou.domains.inventory.methods.catalogue import method, provincial
from qihou.figures.method import Need


@method(
    "agriculture.rice.ch4",
    version=1,
    unit="tCH4",
    zh="稻田甲烷排放",
    en="Methane from rice fields",
    formula=r"E = A \cdot EF",
    cites=provincial("第三章 农业，稻田甲烷排放"),
    needs=(
        Need("area", "ha", "水稻播种面积", "sown area of rice", "A", low=0.0),
        Need("factor", "tCH4/ha", "单位面积甲烷排放因子（每季）", "methane per hectare and season", "EF", low=0.0),
    ),
    note="面积按稻田类型分别填报；冬水田按全年淹水面积填报。",
)
def rice_methane(area: float, factor: float) -> float:
    """Methane of one kind of rice in one year, in t.

    Source: provincial guideline 2011, chapter 3, methane from rice fields.
    """
    return area * factor
