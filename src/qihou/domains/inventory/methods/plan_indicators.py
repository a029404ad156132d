"""Which indicator of a plan a derived indicator answers, and as what: its level, or its reduction against a base year."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Names as plans print them, with the words a plan may put between; the first that fits is taken.
_NAMES = (
    ("indicator.co2_per_industrial_value_added", re.compile(r"单位工业增加值.*(二氧化碳|碳)排放")),
    ("indicator.co2_per_gdp", re.compile(r"(单位(地区)?(国内)?生产总值|单位GDP|万元GDP).*(二氧化碳|碳)排放")),
    ("indicator.energy_per_gdp", re.compile(r"(单位(地区)?(国内)?生产总值|单位GDP|万元GDP).*(能源消耗|能耗)")),
    ("indicator.non_fossil_share", re.compile(r"非化石能源.*(一次能源|能源消费).*(比重|占比)")),
)
_REDUCTION = re.compile(r"降低|下降|减少")


@dataclass(frozen=True)
class Answer:
    """The derived indicator, and whether the plan asks for its reduction in percent of the base year."""

    key: str
    is_reduction: bool


def answer_to(name: str) -> Answer | None:
    """What answers an indicator of that name; None where nothing derived does.

    >>> answer_to("单位地区生产总值二氧化碳排放降低")
    Answer(key='indicator.co2_per_gdp', is_reduction=True)
    """
    for key, pattern in _NAMES:
        if pattern.search(name):
            return Answer(key, key != "indicator.non_fossil_share" and bool(_REDUCTION.search(name)))
    return None


def reduction(now: float, base: float) -> float:
    """By how many percent of the base it is lower now; negative where it rose.

    Raises:
        ZeroDivisionError: the base is nought.
    """
    return 100 * (1 - now / base)
