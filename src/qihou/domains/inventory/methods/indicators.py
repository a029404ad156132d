"""Energy in tonnes of standard coal and the four indicators of the plan that are derived from the inventory.

Electricity has two coefficients: its own heat (当量值) and the coal a power station burns for it (等价值). A total takes the
one or the other for all electricity in it, never both.
"""

from __future__ import annotations

from typing import Any

from qihou.domains.inventory.methods.catalogue import method
from qihou.figures.method import Cite, Need

_GENERAL = Cite("《综合能耗计算通则》GB/T 2589-2020", "附录A、附录B 各种能源折标准煤参考系数", 2020, "A")
_INTENSITY = Cite(
    "《“十三五”省级人民政府控制温室气体排放目标责任评价考核办法》", "单位地区生产总值二氧化碳排放降低率", 2017, "M"
)
_ENERGY_STATISTICS = Cite("《能源统计报表制度》", "单位GDP能耗、非化石能源占比指标解释", 2020, "M")
_COEFFICIENT = Need(
    "coefficient", "tce/MWh", "折标准煤系数（当量或等价，二者取一）", "Standard coal per MWh", "k", low=0.1, high=0.45
)
_TOTAL_ENERGY = Need("energy", "tce", "能源消费总量", "Energy consumed", "E", low=0)
_GDP = Need("gdp", "万元", "地区生产总值（统一价格）", "GDP at one price basis", "GDP", low=0)


@method(
    "context.tce.mass",
    version=1,
    unit="tce",
    zh="折标准煤（按质量）",
    en="Standard coal of fuel by mass",
    formula=r"E = FC \cdot k",
    cites=_GENERAL,
    needs=(
        Need("fuel", "t", "能源消费量", "Fuel consumed", "FC"),
        Need("coefficient", "tce/t", "折标准煤系数", "Standard coal per tonne", "k", low=0, high=2.5),
    ),
)
def tce_mass(fuel: Any, coefficient: Any) -> Any:
    """Tonnes of standard coal."""
    return fuel * coefficient


@method(
    "context.tce.gas",
    version=1,
    unit="tce",
    zh="折标准煤（按气体体积）",
    en="Standard coal of gas by volume",
    formula=r"E = FC \cdot k",
    cites=_GENERAL,
    needs=(
        Need("fuel", "1e4Nm3", "气体消费量", "Gas consumed", "FC"),
        Need("coefficient", "tce/1e4Nm3", "折标准煤系数", "Standard coal per volume", "k", low=0, high=25),
    ),
)
def tce_gas(fuel: Any, coefficient: Any) -> Any:
    """Tonnes of standard coal."""
    return fuel * coefficient


@method(
    "context.tce.electricity",
    version=1,
    unit="tce",
    zh="电力折标准煤",
    en="Standard coal of electricity",
    formula=r"E = AD \cdot k",
    cites=_GENERAL,
    needs=(Need("electricity", "MWh", "电量", "Electricity", "AD", nil=0.0), _COEFFICIENT),
)
def tce_electricity(electricity: Any, coefficient: Any) -> Any:
    """Tonnes of standard coal; the coefficient decides whether by equivalent or by equal value."""
    return electricity * coefficient


@method(
    "context.tce.net_electricity",
    version=1,
    unit="tce",
    zh="净调入电力折标准煤",
    en="Standard coal of net imported electricity",
    formula=r"E = (I - X) \cdot k",
    cites=_GENERAL,
    needs=(
        Need("imported", "MWh", "调入电量", "Brought in", "I", low=0, nil=0.0),
        Need("exported", "MWh", "调出电量", "Sent out", "X", low=0, nil=0.0),
        _COEFFICIENT,
    ),
)
def tce_net_electricity(imported: Any, exported: Any, coefficient: Any) -> Any:
    """Tonnes of standard coal; negative where more goes out than comes in."""
    return (imported - exported) * coefficient


_HEAT = Need("coefficient", "tce/GJ", "折标准煤系数", "Standard coal per GJ", "k", low=0.03, high=0.05)


@method(
    "context.tce.heat",
    version=1,
    unit="tce",
    zh="热力折标准煤",
    en="Standard coal of heat",
    formula=r"E = AD \cdot k",
    cites=_GENERAL,
    needs=(Need("heat", "GJ", "热量", "Heat", "AD", nil=0.0), _HEAT),
)
def tce_heat(heat: Any, coefficient: Any) -> Any:
    """Tonnes of standard coal."""
    return heat * coefficient


@method(
    "context.tce.net_heat",
    version=1,
    unit="tce",
    zh="净调入热力折标准煤",
    en="Standard coal of net imported heat",
    formula=r"E = (I - X) \cdot k",
    cites=_GENERAL,
    needs=(
        Need("imported", "GJ", "调入热量", "Brought in", "I", low=0, nil=0.0),
        Need("exported", "GJ", "调出热量", "Sent out", "X", low=0, nil=0.0),
        _HEAT,
    ),
)
def tce_net_heat(imported: Any, exported: Any, coefficient: Any) -> Any:
    """Tonnes of standard coal; negative where more goes out than comes in."""
    return (imported - exported) * coefficient


@method(
    "indicator.co2_per_gdp",
    version=1,
    unit="tCO2/万元",
    zh="单位地区生产总值二氧化碳排放",
    en="CO2 per GDP",
    formula=r"I = C / GDP",
    cites=_INTENSITY,
    needs=(Need("co2", "tCO2", "二氧化碳排放量", "CO2 emitted", "C"), _GDP),
)
def co2_per_gdp(co2: Any, gdp: Any) -> Any:
    """tCO2 per 10⁴ CNY; years may be compared only at one price basis."""
    return co2 / gdp


@method(
    "indicator.co2_per_industrial_value_added",
    version=1,
    unit="tCO2/万元",
    zh="单位工业增加值二氧化碳排放",
    en="CO2 per industrial value added",
    formula=r"I = C_{ind} / VA",
    cites=_INTENSITY,
    needs=(
        Need("co2", "tCO2", "工业二氧化碳排放量", "CO2 of industry", "C_{ind}"),
        Need("value_added", "万元", "工业增加值（统一价格）", "Industrial value added at one price basis", "VA", low=0),
    ),
)
def co2_per_value_added(co2: Any, value_added: Any) -> Any:
    """tCO2 per 10⁴ CNY of industrial value added."""
    return co2 / value_added


@method(
    "indicator.energy_per_gdp",
    version=1,
    unit="tce/万元",
    zh="单位地区生产总值能耗",
    en="Energy per GDP",
    formula=r"I = E / GDP",
    cites=_ENERGY_STATISTICS,
    needs=(_TOTAL_ENERGY, _GDP),
)
def energy_per_gdp(energy: Any, gdp: Any) -> Any:
    """tce per 10⁴ CNY."""
    return energy / gdp


@method(
    "indicator.non_fossil_share",
    version=1,
    unit="1",
    zh="非化石能源占一次能源消费比重",
    en="Share of non-fossil energy",
    formula=r"s = E_{nf} / E",
    cites=_ENERGY_STATISTICS,
    needs=(
        Need("non_fossil", "tce", "非化石能源消费量", "Non-fossil energy", "E_{nf}", low=0),
        _TOTAL_ENERGY,
    ),
)
def non_fossil_share(non_fossil: Any, energy: Any) -> Any:
    """A fraction; both terms by the same coefficient for electricity (发电煤耗法, equal value)."""
    return non_fossil / energy


@method(
    "indicator.fall",
    version=1,
    unit="1",
    zh="较上年降低率",
    en="Fall against the year before",
    formula=r"r = 1 - I_t / I_{t-1}",
    cites=_INTENSITY,
    needs=(
        Need("now", "tCO2/万元", "本年强度", "Intensity of the year", "I_t", low=0),
        Need("before", "tCO2/万元", "上年强度", "Intensity of the year before", "I_{t-1}", low=0),
    ),
)
def fall(now: Any, before: Any) -> Any:
    """A fraction; positive when the intensity fell."""
    return 1 - now / before
