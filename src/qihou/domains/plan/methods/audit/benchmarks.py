"""Yardsticks from outside the document, as the facts file ``plan-audit`` gives them, with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from qihou.facts.loader import load_facts

_FACTS = load_facts("plan-audit")
_WAN = Decimal(10_000)


@dataclass(frozen=True)
class Yardstick:
    """A value, and in words where it comes from; an unverified one says so."""

    value: Decimal
    source_zh: str
    source_en: str
    judgement: bool


def _yardstick(name: str) -> Yardstick:
    fact = _FACTS[name].newest
    if fact.source is None:
        return Yardstick(fact.value, "经验判断", "our own judgement", True)
    unverified = fact.grade == "M"
    return Yardstick(
        fact.value,
        fact.source.document + fact.source.clause + ("，待核" if unverified else ""),
        f"{fact.source.document}, {fact.source.clause}, {fact.source.year}" + (", unverified" if unverified else ""),
        False,
    )


FASTEST_GROWTH = _yardstick("stock_growth_limit")
SMALL_RIVER = (_yardstick("small_river_least"), _yardstick("small_river_most"))
LARGEST_CATCHMENT = _yardstick("largest_catchment")
LEAST_REUSE_CAPACITY = _yardstick("reuse_capacity_least")
LARGEST_BOILER_SUM = _yardstick("boiler_sum_most")

_LARGE, _MEDIUM = _yardstick("reservoir_large_least"), _yardstick("reservoir_medium_least")
_SMALL_1, _SMALL_2 = _yardstick("reservoir_small_1_least"), _yardstick("reservoir_small_2_least")
RESERVOIRS: dict[str, tuple[Yardstick, Yardstick | None]] = {
    "大型水库": (_LARGE, None),
    "中型水库": (_MEDIUM, _LARGE),
    "小(一)型水库": (_SMALL_1, _MEDIUM),
    "小(1)型水库": (_SMALL_1, _MEDIUM),
    "小(二)型水库": (_SMALL_2, _SMALL_1),
    "小(2)型水库": (_SMALL_2, _SMALL_1),
}
"""Class as printed → storage in m³ from which and up to which it reaches."""


@dataclass(frozen=True)
class UnitCost:
    """CNY per unit of a kind of work; outside ``least``–``most`` the pair of numbers deserves a second look."""

    noun: str  # regular expression on the noun and its clause
    units: dict[str, Decimal]  # printed unit → number of base units
    base_unit: str
    least: Yardstick | None
    most: Yardstick | None


UNIT_COSTS = (
    UnitCost(
        noun=r"高标准(?:基本)?农田",
        units={"万亩": _WAN, "亩": Decimal(1)},
        base_unit="亩",
        least=_yardstick("farmland_cost_least"),
        most=None,
    ),
    UnitCost(
        noun=r"(?:天然气|燃气)(?:管网|管道|管线)",
        units={"km": Decimal(1), "公里": Decimal(1), "千米": Decimal(1)},
        base_unit="km",
        least=_yardstick("gas_main_cost_least"),
        most=_yardstick("gas_main_cost_most"),
    ),
    UnitCost(
        noun=r"充电桩",
        units={"个": Decimal(1), "台": Decimal(1), "根": Decimal(1), "万个": _WAN},
        base_unit="个",
        least=_yardstick("charging_pile_cost_least"),
        most=_yardstick("charging_pile_cost_most"),
    ),
)
