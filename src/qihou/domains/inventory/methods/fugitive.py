"""Methane that escapes: coal mines at work and abandoned, and the gas chain from the well to the customer.

Sources: 《省级温室气体清单编制指南（试行）》 2011, chapter 1, 1.3 and 1.4; 2006 IPCC Guidelines, volume 2, chapter 4.
"""

from __future__ import annotations

from typing import Any

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.figures.method import Cite, Need

# 0.67 Gg per 10⁹ m³: methane at 20 °C and one atmosphere, as both guidelines print it for mines.
_MINE_GAS = Need("density", "kgCH4/m3", "甲烷密度（20℃）", "Density of methane at 20 °C", r"\rho", constant=0.67)
# 7.17 t per 10⁴ Nm³: methane at 0 °C and one atmosphere.
_NORMAL_GAS = Need("density", "tCH4/1e4Nm3", "甲烷密度（0℃）", "Density of methane at 0 °C", r"\rho", constant=7.17)
_YEARS = Need("years", "a", "一年", "One year", "t", constant=1.0)
_RECOVERED = Need("recovered", "tCH4", "甲烷回收利用量", "Methane recovered and used", "R", low=0, nil=0.0)
_COAL = (provincial("第一章 能源活动，1.3 煤炭开采和矿后活动"), ipcc_2006("volume 2, chapter 4, equations 4.1.3–4.1.5"))


@method(
    "fugitive.coal.underground",
    version=1,
    unit="tCH4",
    zh="井工煤矿开采甲烷逃逸",
    en="CH4 of underground mining",
    formula=r"E = P \cdot q \cdot \rho - R",
    cites=_COAL,
    needs=(
        Need("coal", "kt", "原煤产量", "Raw coal mined", "P", low=0),
        Need("gas", "m3/t", "相对瓦斯涌出量", "Gas per tonne mined", "q", low=0, high=100),
        _RECOVERED,
        _MINE_GAS,
    ),
)
def underground(coal: Any, gas: Any, recovered: Any, density: float = 0.67) -> Any:
    """CH4 in t while coal is mined, less what is recovered."""
    return coal * gas * density - recovered


@method(
    "fugitive.coal.post_mining",
    version=1,
    unit="tCH4",
    zh="矿后活动甲烷逃逸",
    en="CH4 after mining",
    formula=r"E = P \cdot q \cdot \rho",
    cites=_COAL,
    needs=(
        Need("coal", "kt", "原煤产量", "Raw coal mined", "P", low=0),
        Need("gas", "m3/t", "矿后活动排放因子", "Gas per tonne after mining", "q", low=0, high=10),
        _MINE_GAS,
    ),
)
def post_mining(coal: Any, gas: Any, density: float = 0.67) -> Any:
    """CH4 in t from coal that is washed, stored and carried."""
    return coal * gas * density


@method(
    "fugitive.coal.abandoned",
    version=1,
    unit="tCH4",
    zh="废弃矿井甲烷逃逸",
    en="CH4 of abandoned mines",
    formula=r"E = N \cdot g \cdot q \cdot \rho \cdot t - R",
    cites=ipcc_2006("volume 2, chapter 4, equations 4.1.10–4.1.11"),
    needs=(
        Need("mines", "item", "未淹没的废弃矿井数", "Abandoned mines that are not flooded", "N", low=0),
        Need("gassy", "1", "高瓦斯矿井比例", "Share of gassy mines", "g", low=0, high=1),
        Need("gas", "1e3m3/item/a", "单井年逃逸量", "Gas per mine and year", "q", low=0),
        _RECOVERED,
        _YEARS,
        _MINE_GAS,
    ),
)
def abandoned(mines: Any, gassy: Any, gas: Any, recovered: Any, years: float = 1.0, density: float = 0.67) -> Any:
    """CH4 in t of mines closed and not flooded; the rate falls with the years since closing."""
    return mines * gassy * gas * years * density - recovered


@method(
    "fugitive.gas.facility",
    version=1,
    unit="tCH4",
    zh="天然气（页岩气）设施甲烷逃逸",
    en="CH4 of gas facilities",
    formula=r"E = N \cdot EF \cdot t",
    cites=provincial("第一章 能源活动，1.4 石油和天然气系统逃逸"),
    needs=(
        Need("count", "item", "设施数量", "Facilities", "N", low=0),
        Need("factor", "tCH4/item/a", "单位设施年排放因子", "Emission per facility and year", "EF", low=0),
        _YEARS,
    ),
)
def facility(count: Any, factor: Any, years: float = 1.0) -> Any:
    """CH4 in t that leaks from or is vented by wells, gathering, metering and booster stations."""
    return count * factor * years


@method(
    "fugitive.gas.throughput",
    version=1,
    unit="tCH4",
    zh="天然气处理与消费甲烷逃逸",
    en="CH4 of gas processing and consumption",
    formula=r"E = V \cdot EF",
    cites=provincial("第一章 能源活动，1.4 石油和天然气系统逃逸"),
    needs=(
        Need("volume", "1e8Nm3", "气量", "Gas handled", "V", low=0),
        Need("factor", "tCH4/1e8Nm3", "单位气量排放因子", "Emission per volume", "EF", low=0),
    ),
)
def throughput(volume: Any, factor: Any) -> Any:
    """CH4 in t that escapes in proportion to the gas that is processed or consumed."""
    return volume * factor


_ENTERPRISE = Cite("《中国石油和天然气生产企业温室气体排放核算方法与报告指南（试行）》", "放空与火炬排放", 2014, "M")
_METHANE = Need("methane", "1", "气体中甲烷体积分数", "Methane by volume", "x", low=0, high=1)


@method(
    "fugitive.gas.vented",
    version=1,
    unit="tCH4",
    zh="放空（压裂返排、试气、检修）甲烷",
    en="CH4 vented (flow-back, testing, repair)",
    formula=r"E = V \cdot x \cdot \rho",
    cites=_ENTERPRISE,
    needs=(Need("volume", "1e4Nm3", "放空气量", "Gas vented", "V", low=0), _METHANE, _NORMAL_GAS),
)
def vented(volume: Any, methane: Any, density: float = 7.17) -> Any:
    """CH4 in t of gas let off unburnt."""
    return volume * methane * density


_FLARED = Need("volume", "1e4Nm3", "火炬燃烧气量", "Gas flared", "V", low=0)
_EFFICIENCY = Need("efficiency", "1", "火炬燃烧效率", "Share of the gas that burns", r"\eta", low=0, high=1)


@method(
    "fugitive.gas.flared_ch4",
    version=1,
    unit="tCH4",
    zh="火炬未燃尽甲烷",
    en="CH4 unburnt in flares",
    formula=r"E = V \cdot x \cdot (1 - \eta) \cdot \rho",
    cites=_ENTERPRISE,
    needs=(_FLARED, _METHANE, _EFFICIENCY, _NORMAL_GAS),
)
def flared_ch4(volume: Any, methane: Any, efficiency: Any, density: float = 7.17) -> Any:
    """CH4 in t that leaves a flare unburnt."""
    return volume * methane * (1 - efficiency) * density
