"""Methane that escapes from mines, closed and working, and from shale gas on its way from the well to the stove."""

from __future__ import annotations

from qihou.domains.inventory.methods import energy, fugitive
from qihou.domains.inventory.methods.scheme.energy_balance import co2_feeds, co2_method, content_feeds
from qihou.domains.inventory.methods.scheme.parts import Category, Nature, Options, Quantity, Sector, Sheet
from qihou.figures.graph import Given, Result, Step, labels


def _category(code: str, number: str, zh: str, en: str, ipcc: str, gpc: str) -> Category:
    return Category(f"energy.{code}", number, zh, en, Sector.ENERGY, ipcc, gpc)


CATEGORIES = (
    _category("coal", "1.3", "煤炭逃逸", "Fugitive, coal", "1.B.1", "I.7.1"),
    _category("coal.mining", "1.3.1", "井工开采", "Underground mining", "1.B.1.a.i", "I.7.1"),
    _category("coal.post_mining", "1.3.2", "矿后活动", "Post-mining", "1.B.1.a.i", "I.7.1"),
    _category("coal.abandoned", "1.3.3", "废弃矿井", "Abandoned mines", "1.B.1.a.i", "I.7.1"),
    _category("gas", "1.4", "油气系统逃逸（页岩气）", "Fugitive, shale and natural gas", "1.B.2.b", "I.8.1"),
    _category("gas.production", "1.4.1", "开采（井口、返排试气）", "Production", "1.B.2.b.iii.2", "I.8.1"),
    _category("gas.gathering", "1.4.2", "集输", "Gathering", "1.B.2.b.iii.2", "I.8.1"),
    _category("gas.processing", "1.4.3", "处理", "Processing", "1.B.2.b.iii.3", "I.8.1"),
    _category("gas.distribution", "1.4.4", "储运与消费", "Storage and use", "1.B.2.b.iii.5", "I.8.1"),
    _category("gas.flaring", "1.4.5", "火炬", "Flaring", "1.B.2.b.ii", "I.8.1"),
)
SHEETS = (
    Sheet("fugitive_coal", "煤矿情况", "Coal mines", "区应急局", "全区煤矿退出后只填废弃矿井", "After the last closure only abandoned mines"),
    Sheet("fugitive_gas", "页岩气与天然气设施", "Shale gas and gas facilities", "区经济信息委"),
)  # fmt: skip
MINES = {"high_gas": ("高瓦斯矿井", "gassy mines"), "low_gas": ("低瓦斯矿井", "mines with little gas")}
CLOSED = {
    "until_2000": ("2000年及以前关闭", "closed until 2000"),
    "since_2001": ("2001年以来关闭", "closed since 2001"),
}
FACILITIES: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "wellhead": ("井口装置", "Wellheads", "gas.production", ("unspecified",)),
    "gathering_station": ("集气站", "Gathering stations", "gas.gathering", ("leak", "vent")),
    "booster_station": ("增压站", "Booster stations", "gas.gathering", ("leak", "vent")),
    "metering_station": ("计量、配气站", "Metering stations", "gas.distribution", ("unspecified",)),
    "storage_station": ("储气站", "Storage stations", "gas.distribution", ("unspecified",)),
}
HANDLED: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "gas_processing": ("页岩气处理量", "Shale gas processed", "gas.processing", ("leak", "vent")),
    "consumption": ("天然气消费量", "Gas consumed", "gas.distribution", ("leak",)),
}


def quantities() -> tuple[Quantity, ...]:
    coal = "fugitive_coal"
    return (
        *(Quantity("coal_mine.output", labels(mine=code), "吨", f"{zh}原煤产量", f"Raw coal of {en}", coal, "在产矿井", "Mines at work", low=0, spread="±5%",
                   categories=("energy.coal.mining", "energy.coal.post_mining")) for code, (zh, en) in MINES.items()),
        *(Quantity("coal_mine.mining", labels(mine=code), "m3/t", f"{zh}相对瓦斯涌出量", f"Gas per tonne, {en}", coal, "在产矿井", "Mines at work",
                   Nature.PARAMETER, 0, 60, "±30%", note_zh="煤矿瓦斯等级鉴定结果") for code, (zh, en) in MINES.items()),
        *(Quantity("coal_mine.recovered", labels(mine=code), "tCH4", f"{zh}煤层气抽采利用量（折甲烷）", f"Methane recovered and used, {en}", coal, "在产矿井", "Mines at work", low=0, spread="±10%")
          for code, (zh, en) in MINES.items()),
        *(Quantity("coal_mine.abandoned", labels(closed=code), "座", f"废弃矿井数：{zh}（不含已淹没）", f"Mines {en}, not flooded", coal, "废弃矿井", "Abandoned mines", low=0, spread="±10%",
                   categories=("energy.coal.abandoned",)) for code, (zh, en) in CLOSED.items()),
        *(Quantity("coal_mine.gassy_share", labels(closed=code), "%", f"其中高瓦斯矿井比例：{zh}", f"Share of gassy mines, {en}", coal, "废弃矿井", "Abandoned mines", low=0, high=100, spread="±20%")
          for code, (zh, en) in CLOSED.items()),
        *(Quantity("coal_mine.abandoned_recovered", labels(closed=code), "tCH4", f"废弃矿井甲烷回收利用量：{zh}", f"Methane recovered, {en}", coal, "废弃矿井", "Abandoned mines", low=0, spread="±10%")
          for code, (zh, en) in CLOSED.items()),
        *(Quantity("gas.facilities", labels(facility=code), "个", f"{zh}数量", en, "fugitive_gas", "设施数量", "Facilities", low=0, spread="±2%",
                   categories=(f"energy.{category}",)) for code, (zh, en, category, _) in FACILITIES.items()),
        *(Quantity("gas.handled", labels(facility=code), "万标立方米", zh, en, "fugitive_gas", "气量", "Volumes", low=0, spread="±3%",
                   categories=(f"energy.{category}",)) for code, (zh, en, category, _) in HANDLED.items()),
        Quantity("gas.vented", (), "万标立方米", "压裂返排、试气、检修放空量", "Gas vented in flow-back, tests and repair", "fugitive_gas", "气量", "Volumes", low=0, spread="±30%",
                 categories=("energy.gas.production",)),
        Quantity("gas.flared", (), "万标立方米", "火炬燃烧量", "Gas flared", "fugitive_gas", "气量", "Volumes", low=0, spread="±20%", categories=("energy.gas.flaring",)),
        Quantity("gas.methane_share", (), "%", "页岩气甲烷含量", "Methane in the gas", "fugitive_gas", "气质参数（实测）", "Composition, measured", Nature.PARAMETER, 70, 100, "±1%"),
    )  # fmt: skip


def steps(options: Options) -> tuple[Step, ...]:
    """Methane of mines and of the gas chain; CO2 of flares."""
    return (*_coal(), *_gas(), *_flare(options))


def _coal() -> tuple[Step, ...]:
    output = Given("coal_mine.output", ("mine",))
    working = tuple(labels(category="energy.coal.mining", gas="CH4", mine=code) for code in MINES)
    after = tuple(labels(category="energy.coal.post_mining", gas="CH4", mine=code) for code in MINES)
    closed = tuple(labels(category="energy.coal.abandoned", gas="CH4", closed=code) for code in CLOSED)
    return (
        Step("ch4.coal.mining", fugitive.underground, working, {
            "coal": output, "gas": Given("coal_mine.mining", ("mine",)), "recovered": Given("coal_mine.recovered", ("mine",)),
        }),
        Step("ch4.coal.post", fugitive.post_mining, after, {"coal": output, "gas": Given("coal_mine.post_mining", ("mine",))}),
        Step("ch4.coal.abandoned", fugitive.abandoned, closed, {
            "mines": Given("coal_mine.abandoned", ("closed",)),
            "gassy": Given("coal_mine.gassy_share", ("closed",)),
            "gas": Given("coal_mine.abandoned_gas", ("closed",)),
            "recovered": Given("coal_mine.abandoned_recovered", ("closed",)),
        }),
    )  # fmt: skip


def _gas() -> tuple[Step, ...]:
    standing = tuple(
        labels(category=f"energy.{category}", gas="CH4", facility=code, escape=escape)
        for code, (_, _, category, escapes) in FACILITIES.items()
        for escape in escapes
    )
    handled = tuple(
        labels(category=f"energy.{category}", gas="CH4", facility=code, escape=escape)
        for code, (_, _, category, escapes) in HANDLED.items()
        for escape in escapes
    )
    return (
        Step("ch4.gas.facilities", fugitive.facility, standing, {
            "count": Given("gas.facilities", ("facility",)),
            "factor": Given("fugitive.device_ch4", ("facility", "escape")),
        }),
        Step("ch4.gas.handled", fugitive.throughput, handled, {
            "volume": Given("gas.handled", ("facility",)),
            "factor": Given("fugitive.throughput_ch4", ("facility", "escape")),
        }),
        Step("ch4.gas.vented", fugitive.vented, (labels(category="energy.gas.production", gas="CH4"),), {
            "volume": Given("gas.vented"), "methane": Given("gas.methane_share"),
        }),
    )  # fmt: skip


def _flare(options: Options) -> tuple[Step, ...]:
    flared = Given("gas.flared")
    row = labels(fuel="natural_gas")
    unburnt: dict[str, Given | Result] = {
        "volume": flared,
        "methane": Given("gas.methane_share"),
        "efficiency": Given("fugitive.flare_efficiency"),
    }
    co2 = co2_feeds(Result("energy.flare", ("fuel",)), options)
    if "oxidation" in co2:
        co2["oxidation"] = Given("fugitive.flare_efficiency")
    return (
        Step("ch4.gas.flared", fugitive.flared_ch4, (labels(category="energy.gas.flaring", gas="CH4"),), unburnt),
        Step("energy.flare", energy.content_gas, (row,), content_feeds(flared, gas=True)),
        Step("co2.flare", co2_method(options), (labels(category="energy.gas.flaring", gas="CO2", fuel="natural_gas"),), co2),
    )  # fmt: skip
