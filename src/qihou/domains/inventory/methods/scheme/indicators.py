"""The four indicators of the plan, and the sums that checks compare: nodes that stand after the sectors' steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qihou.domains.inventory.methods import indicators
from qihou.figures.graph import Given, Labels, Node, Result, Step, Total

SCOPE_GDP = "indicator.energy_co2"
SCOPE_INDUSTRY = "indicator.industry_co2"
_MANUFACTURING = "energy.combustion.manufacturing."
# Power stations' fuel stands in the electricity that industry uses, at the grid's factor: counting both would count it twice.
_NOT_INDUSTRY = ("energy.combustion.manufacturing.construction", "energy.combustion.industries.power")


def _sum(
    key: str, unit: str, zh: str, en: str, steps: Iterable[Step], chosen: Callable[[Step, dict[str, str]], bool]
) -> Total:
    parts = tuple((step.key, n) for step in steps for n, row in enumerate(step.rows) if chosen(step, dict(row)))
    here: Labels = ()
    return Total(key, unit, (here,), (parts,), zh, en)


def _is_fuel(_: Step, row: dict[str, str]) -> bool:
    return row.get("gas") == "CO2" and row.get("category", "").startswith("energy.combustion.")


def _is_indirect(_: Step, row: dict[str, str]) -> bool:
    return row.get("gas") == "CO2" and row.get("category", "").startswith("indirect.")


def _is_industry(step: Step, row: dict[str, str]) -> bool:
    """Industry's fuel, but for power stations', and the electricity industry uses; processes are counted apart."""
    if step.key == "context.industry_electricity_co2":
        return True
    category = row.get("category", "")
    industry = category.startswith((_MANUFACTURING, "energy.combustion.industries."))
    return row.get("gas") == "CO2" and industry and category not in _NOT_INDUSTRY


def indicator_nodes(steps: tuple[Step, ...]) -> tuple[Node, ...]:
    """Sums and indicators over the steps of the sectors energy, indirect and context.

    Nodes: ``sectoral.co2`` and ``reference.co2`` (fuel burnt, from below and from above); ``tce.total.equal``,
    ``tce.total.equivalent`` and ``tce.non_fossil``; ``indicator.energy_co2`` (fuel burnt and net imported electricity and
    heat) and ``indicator.industry_co2``; then the indicators ``indicator.co2_per_gdp``,
    ``indicator.co2_per_industrial_value_added``, ``indicator.energy_per_gdp`` and ``indicator.non_fossil_share``.
    """

    def keyed(*prefixes: str) -> Callable[[Step, dict[str, str]], bool]:
        return lambda step, _: step.key.startswith(prefixes)

    def tce(kind: str) -> Callable[[Step, dict[str, str]], bool]:
        wanted = (
            "tce.mass",
            "tce.gas",
            f"tce.local_electricity.{kind}",
            f"tce.net_electricity.{kind}",
            "tce.net_heat",
            "tce.non_fossil_heat",
        )
        return lambda step, _: step.key in wanted

    sums = (
        _sum("sectoral.co2", "tCO2", "部门方法燃料燃烧二氧化碳", "CO2 of fuel, sectoral approach", steps, _is_fuel),
        _sum("reference.co2", "tCO2", "参考方法燃料燃烧二氧化碳", "CO2 of fuel, reference approach", steps, keyed("reference.co2.")),
        _sum("tce.total.equal", "tce", "能源消费总量（按系数折算，等价值）", "Energy by coefficients, equal value", steps, tce("equal")),
        _sum("tce.total.equivalent", "tce", "能源消费总量（按系数折算，当量值）", "Energy by coefficients, equivalent value", steps, tce("equivalent")),
        _sum("tce.non_fossil", "tce", "非化石能源消费量", "Non-fossil energy", steps, lambda step, _: step.key in ("tce.non_fossil.equal", "tce.non_fossil_heat")),
        _sum(SCOPE_GDP, "tCO2", "能源活动二氧化碳（含净调入电力热力）", "CO2 of energy with net imported electricity and heat", steps,
             lambda step, row: _is_fuel(step, row) or _is_indirect(step, row)),
        _sum(SCOPE_INDUSTRY, "tCO2", "工业能源二氧化碳（含用电）", "CO2 of industry's energy with its electricity", steps, _is_industry),
    )  # fmt: skip
    row: tuple[Labels, ...] = ((),)
    gdp = Given("context.gdp_constant")
    energy = Given("context.energy_equal_value")
    return (
        *sums,
        Step("indicator.co2_per_gdp", indicators.co2_per_gdp, row, {"co2": Result(SCOPE_GDP, ()), "gdp": gdp}),
        Step(
            "indicator.co2_per_industrial_value_added",
            indicators.co2_per_value_added,
            row,
            {"co2": Result(SCOPE_INDUSTRY, ()), "value_added": Given("context.industrial_value_added_constant")},
        ),
        Step("indicator.energy_per_gdp", indicators.energy_per_gdp, row, {"energy": energy, "gdp": gdp}),
        Step(
            "indicator.non_fossil_share",
            indicators.non_fossil_share,
            row,
            {"non_fossil": Result("tce.non_fossil", ()), "energy": energy},
        ),
    )
