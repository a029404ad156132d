"""What the emissions are held against: GDP, people, energy consumed; and the standard coal of electricity and non-fossil energy."""

from __future__ import annotations

from qihou.domains.inventory.methods import electricity, indicators
from qihou.domains.inventory.methods.scheme.parts import Options, Quantity, SectorScheme, Sheet
from qihou.domains.inventory.methods.scheme.sections import numbered
from qihou.figures.graph import Given, Step, labels

SHEETS = (
    Sheet("context", "社会经济与能源总量", "Society, economy and total energy", "区统计局", "地区生产总值与工业增加值另列统一价格（2020年价）", "GDP and value added also at the prices of 2020"),
)  # fmt: skip
# Non-fossil sources that give electricity in the district, and electricity from outside by its share.
NON_FOSSIL = {
    "hydro": ("水电", "Hydropower"),
    "pv": ("光伏发电", "Photovoltaics"),
    "wind": ("风电", "Wind"),
    "biomass": ("生物质及垃圾焚烧发电（生物质部分）", "Biomass and the biogenic part of waste"),
    "imported": ("外区调入的非化石电量", "Non-fossil electricity brought in"),
}
CONSUMERS = {
    "primary": ("第一产业", "primary sector"),
    "industry": ("工业", "industry"),
    "construction": ("建筑业", "construction"),
    "services": ("第三产业", "services"),
    "households": ("居民生活", "households"),
}
LABEL_NAMES: dict[str, dict[str, tuple[str, str]]] = {"source": NON_FOSSIL, "sector": CONSUMERS}


def _context(
    key: str, unit: str, zh: str, en: str, section: tuple[str, str], spread: str = "±1%", **more: str
) -> Quantity:
    return Quantity(key, labels(**more), unit, zh, en, "context", *section, low=0, spread=spread)


def _quantities() -> tuple[Quantity, ...]:
    economy, people, total, power = (
        ("经济", "Economy"),
        ("人口", "People"),
        ("能源消费总量", "Total energy"),
        ("电力", "Electricity"),
    )
    return (
        _context("context.gdp", "亿元", "地区生产总值（当年价）", "GDP at current prices", economy),
        _context("context.gdp_constant", "亿元", "地区生产总值（2020年价）", "GDP at prices of 2020", economy),
        _context("context.industrial_value_added", "亿元", "工业增加值（当年价）", "Industrial value added at current prices", economy),
        _context("context.industrial_value_added_constant", "亿元", "工业增加值（2020年价）", "Industrial value added at prices of 2020", economy),
        _context("context.population", "万人", "常住人口", "Resident population", people),
        _context("context.urban_population", "万人", "城镇常住人口", "Urban resident population", people),
        _context("context.registered_population", "万人", "户籍人口", "Registered population", people),
        _context("context.energy_equal_value", "万吨标准煤", "能源消费总量（等价值）", "Total energy, equal value", total, "±3%"),
        _context("context.energy_equivalent_value", "万吨标准煤", "能源消费总量（当量值）", "Total energy, equivalent value", total, "±3%"),
        _context("context.industry_energy", "万吨标准煤", "规模以上工业综合能源消费量", "Energy of industry above scale", total, "±2%"),
        _context("context.raw_coal_industry", "万吨", "规模以上工业原煤消费量", "Raw coal of industry above scale", total, "±2%"),
        _context("context.electricity_consumed", "万千瓦时", "全社会用电量", "Electricity consumed", power),
        *(_context("context.electricity_consumed_by", "万千瓦时", f"{zh}用电量", f"Electricity: {en}", power, sector=code)
          for code, (zh, en) in CONSUMERS.items()),
        *(_context("electricity.non_fossil", "万千瓦时", f"非化石电量：{zh}", f"Non-fossil electricity: {en}", power, "±3%", source=code)
          for code, (zh, en) in NON_FOSSIL.items()),
        _context("electricity.fossil_generated", "万千瓦时", "区内化石能源发电量", "Electricity generated from fossil fuel", power),
        _context("heat.non_fossil", "吉焦", "非化石能源供热（沼气、地热等）", "Non-fossil heat", ("其他", "Other"), "±20%"),
    )  # fmt: skip


def _steps(options: Options) -> tuple[Step, ...]:
    """Standard coal of what is no fuel: electricity from outside and non-fossil, by both coefficients; heat."""
    sources = tuple(labels(source=code) for code in NON_FOSSIL)
    here = tuple(labels(source=code) for code in NON_FOSSIL if code != "imported")
    non_fossil = Given("electricity.non_fossil", ("source",))
    equal, own = Given("electricity.tce_equal_value"), Given("electricity.tce_equivalent_value")
    heat = Given("energy.tce_coefficient", fixed=labels(carrier="heat"))

    def net(kind: str, coefficient: Given) -> dict[str, Given]:
        return {
            "imported": Given(f"{kind}.imported"),
            "exported": Given(f"{kind}.exported"),
            "coefficient": coefficient,
        }

    return (
        Step("tce.non_fossil.equal", indicators.tce_electricity, sources, {"electricity": non_fossil, "coefficient": equal}),
        *(Step(f"tce.local_electricity.{name}", indicators.tce_electricity, here, {"electricity": non_fossil, "coefficient": coefficient})
          for name, coefficient in (("equal", equal), ("equivalent", own))),
        *(Step(f"tce.net_electricity.{name}", indicators.tce_net_electricity, ((),), net("electricity", coefficient))
          for name, coefficient in (("equal", equal), ("equivalent", own))),
        Step("tce.non_fossil_heat", indicators.tce_heat, ((),), {"heat": Given("heat.non_fossil"), "coefficient": heat}),
        Step("tce.net_heat", indicators.tce_net_heat, ((),), net("heat", heat)),
        Step("context.industry_electricity_co2", electricity.electricity_imported, (labels(sector="industry"),), {
            "electricity": Given("context.electricity_consumed_by", ("sector",)), "factor": Given("electricity.emission_factor"),
        }),
    )  # fmt: skip


SCHEME = SectorScheme((), SHEETS, numbered(_quantities()), _steps)
