"""Yardsticks from outside the document. Each says where it comes from, or that it is our judgement."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Yardstick:
    value: Decimal
    source_zh: str
    source_en: str
    judgement: bool = False


FASTEST_GROWTH = Yardstick(
    Decimal(50), "经验判断：存量指标五年增幅", "judgement: growth of a stock in five years", True
)

MEDIUM_RESERVOIR = (Decimal("1e7"), Decimal("1e8"))
"""Storage in m³ of a medium reservoir (中型水库): SL 252-2017, table 3.0.1."""
SMALL_RIVER = (Decimal(200), Decimal(3000))
"""Catchment in km² of the rivers under the national scheme for medium and small rivers (中小河流治理)."""

RESERVOIRS = {
    "大型水库": (Decimal("1e8"), None),
    "中型水库": (Decimal("1e7"), Decimal("1e8")),
    "小(一)型水库": (Decimal("1e6"), Decimal("1e7")),
    "小(1)型水库": (Decimal("1e6"), Decimal("1e7")),
    "小(二)型水库": (Decimal("1e5"), Decimal("1e6")),
    "小(2)型水库": (Decimal("1e5"), Decimal("1e6")),
}
RESERVOIR_SOURCE = "SL 252-2017《水利水电工程等级划分及洪水标准》表3.0.1"

LARGEST_CATCHMENT = Yardstick(
    Decimal(1_800_000), "长江流域面积约180万平方公里（水利部）", "the Yangtze basin, about 1.8 million km²"
)
LEAST_REUSE_CAPACITY = Yardstick(
    Decimal(100), "经验判断：城市中水设施日处理能力", "judgement: daily capacity of a municipal reuse plant, m³", True
)
LARGEST_BOILER_SUM = Yardstick(
    Decimal(10_000),
    "经验判断：一个区县淘汰锅炉的总蒸发量",
    "judgement: boilers retired in one district, t/h of steam",
    True,
)


@dataclass(frozen=True)
class UnitCost:
    """10⁴ CNY per unit of a kind of work; outside ``low``–``high`` the pair of numbers deserves a second look."""

    noun: str  # regular expression on the noun and its clause
    units: dict[str, Decimal]  # printed unit → number of base units
    base_unit: str
    low: Decimal | None
    high: Decimal | None
    source_zh: str
    source_en: str
    judgement: bool


UNIT_COSTS = (
    UnitCost(
        noun=r"高标准(?:基本)?农田",
        units={"万亩": Decimal(10_000), "亩": Decimal(1)},
        base_unit="亩",
        low=Decimal("0.3"),
        high=None,
        source_zh="《全国高标准农田建设规划（2021—2030年）》：亩均投资一般应逐步达到3000元左右",
        source_en="National plan for high-standard farmland 2021–2030: about 3,000 CNY per mu",
        judgement=False,
    ),
    UnitCost(
        noun=r"(?:天然气|燃气)(?:管网|管道|管线)",
        units={"km": Decimal(1), "公里": Decimal(1), "千米": Decimal(1)},
        base_unit="km",
        low=Decimal(15),
        high=Decimal(500),
        source_zh="经验判断：燃气管道每公里造价",
        source_en="judgement: cost of a kilometre of gas main",
        judgement=True,
    ),
    UnitCost(
        noun=r"充电桩",
        units={"个": Decimal(1), "台": Decimal(1), "根": Decimal(1), "万个": Decimal(10_000)},
        base_unit="个",
        low=Decimal("0.2"),
        high=Decimal(30),
        source_zh="经验判断：公用充电桩单价",
        source_en="judgement: price of a public charging pile",
        judgement=True,
    ),
)
