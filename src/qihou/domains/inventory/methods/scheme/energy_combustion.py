"""Fuel burnt by sector and fuel, standing and moving, and biomass."""

from __future__ import annotations

from collections.abc import Iterable

from qihou.domains.inventory.methods import energy
from qihou.domains.inventory.methods.scheme.energy_balance import co2_feeds, co2_method, content_feeds
from qihou.domains.inventory.methods.scheme.energy_names import BIOMASS, FUELS, MOBILE, STATIONARY, Use
from qihou.domains.inventory.methods.scheme.parts import Category, Options, Quantity, Sector, Sheet
from qihou.figures.graph import Given, Labels, Result, Step, labels
from qihou.figures.method import Method


def _category(code: str, number: str, zh: str, en: str, ipcc: str, gpc: str, *, memo: bool = False) -> Category:
    return Category(f"energy.{code}" if code else "energy", number, zh, en, Sector.ENERGY, ipcc, gpc, memo)


CATEGORIES = (
    _category("", "1", "能源活动", "Energy", "1", ""),
    _category("combustion", "1.1", "化石燃料燃烧", "Fossil fuel combustion", "1.A", ""),
    _category("combustion.industries", "1.1.1", "能源工业", "Energy industries", "1.A.1", "I.4"),
    _category("combustion.industries.power", "1.1.1.1", "电力与热力生产", "Power and heat", "1.A.1.a", "I.4.4"),
    _category("combustion.industries.oil_gas", "1.1.1.2", "油气开采", "Oil and gas production", "1.A.1.c", "I.4.1"),
    _category("combustion.manufacturing", "1.1.2", "工业和建筑业", "Industry and construction", "1.A.2", "I.3.1"),
    _category("combustion.manufacturing.steel", "1.1.2.1", "钢铁", "Iron and steel", "1.A.2.a", "I.3.1"),
    _category("combustion.manufacturing.nonferrous", "1.1.2.2", "有色金属", "Non-ferrous metals", "1.A.2.b", "I.3.1"),
    _category("combustion.manufacturing.chemicals", "1.1.2.3", "化工", "Chemicals", "1.A.2.c", "I.3.1"),
    _category("combustion.manufacturing.cement", "1.1.2.4", "建材：水泥", "Cement", "1.A.2.f", "I.3.1"),
    _category("combustion.manufacturing.lime", "1.1.2.5", "建材：石灰", "Lime", "1.A.2.f", "I.3.1"),
    _category("combustion.manufacturing.glass", "1.1.2.6", "建材：玻璃", "Glass", "1.A.2.f", "I.3.1"),
    _category("combustion.manufacturing.bricks", "1.1.2.7", "建材：砖瓦陶瓷等", "Bricks and ceramics", "1.A.2.f", "I.3.1"),
    _category("combustion.manufacturing.paper", "1.1.2.8", "造纸", "Paper", "1.A.2.d", "I.3.1"),
    _category("combustion.manufacturing.food", "1.1.2.9", "食品饮料", "Food and drink", "1.A.2.e", "I.3.1"),
    _category("combustion.manufacturing.textile", "1.1.2.10", "纺织服装", "Textiles", "1.A.2.l", "I.3.1"),
    _category("combustion.manufacturing.machinery", "1.1.2.11", "装备与汽摩制造", "Machinery", "1.A.2.h", "I.3.1"),
    _category("combustion.manufacturing.electronics", "1.1.2.12", "电子信息", "Electronics", "1.A.2.m", "I.3.1"),
    _category("combustion.manufacturing.other", "1.1.2.13", "其他工业", "Other industry", "1.A.2.m", "I.3.1"),
    _category("combustion.manufacturing.construction", "1.1.2.14", "建筑业", "Construction", "1.A.2.k", "I.3.1"),
    _category("combustion.transport", "1.1.3", "交通运输", "Transport", "1.A.3", "II"),
    _category("combustion.transport.aviation", "1.1.3.1", "航空", "Aviation", "1.A.3.a", "II.4.1"),
    _category("combustion.transport.road", "1.1.3.2", "公路", "Road", "1.A.3.b", "II.1.1"),
    _category("combustion.transport.railway", "1.1.3.3", "铁路", "Railways", "1.A.3.c", "II.2.1"),
    _category("combustion.transport.water", "1.1.3.4", "水运", "Navigation", "1.A.3.d", "II.3.1"),
    _category("combustion.services", "1.1.4", "服务业及其他", "Services", "1.A.4.a", "I.2.1"),
    _category("combustion.residential", "1.1.5", "居民生活", "Households", "1.A.4.b", "I.1.1"),
    _category("combustion.residential.urban", "1.1.5.1", "城镇居民", "Urban households", "1.A.4.b", "I.1.1"),
    _category("combustion.residential.rural", "1.1.5.2", "农村居民", "Rural households", "1.A.4.b", "I.1.1"),
    _category("combustion.agriculture", "1.1.6", "农林牧渔业", "Farming, forestry, fishing", "1.A.4.c", "I.5.1"),
    _category("biomass", "1.2", "生物质燃烧", "Biomass combustion", "1.A.4.b", "I.1.1"),
    _category("biomass_co2", "备查", "生物质燃烧二氧化碳（备查）", "CO2 of biomass (memo)", "1.A.4.b", "I.1.1", memo=True),
    _category("bunkers", "备查", "国际航空航海燃料舱（备查）", "International bunkers (memo)", "1.A.3.a.i", "II.4.3", memo=True),
)  # fmt: skip

SHEETS = (
    Sheet("energy_industry", "工业能源消费", "Energy of industry", "区统计局", "用作原料、还原剂的不计入燃烧", "Feedstock and reductant are not burnt"),
    Sheet("energy_construction", "建筑业能源消费", "Energy of construction", "区住房城乡建委"),
    Sheet("energy_transport", "交通运输能源消费", "Energy of transport", "区交通局", "按车辆、船舶用油口径，不按行业口径", "By vehicle, whoever owns it"),
    Sheet("energy_services", "服务业能源消费", "Energy of services", "区商务委"),
    Sheet("energy_gas_supply", "城镇居民燃料消费", "Energy of urban households", "区经济信息委"),
    Sheet("energy_rural", "农业与农村能源消费", "Energy of farming and the countryside", "区农业农村委"),
)  # fmt: skip


def quantities() -> tuple[Quantity, ...]:
    """Fuel burnt by each use, and biomass in households."""
    burnt = [
        Quantity(
            "fuel.burnt", labels(use=use.code, fuel=fuel), FUELS[fuel].unit, f"{use.zh}：{FUELS[fuel].zh}",
            f"{use.en}: {FUELS[fuel].en}", use.sheet, use.zh, use.en, low=0, spread=_spread(use), parts=True,
            categories=(f"energy.combustion.{use.category}",),
        )
        for use in (*STATIONARY, *MOBILE)
        for fuel in use.fuels
    ]  # fmt: skip
    biomass = [
        Quantity(
            "biomass.burnt", labels(biomass=code), "吨", f"农村生活用能：{zh}", f"Burnt in rural households: {en}", "energy_rural",
            "生物质燃料", "Biomass", low=0, spread="±30%", categories=("energy.biomass", "energy.biomass_co2"),
        )
        for code, (zh, en) in BIOMASS.items()
    ]  # fmt: skip
    return (*burnt, *biomass)


def _spread(use: Use) -> str:
    """Meters in industry, sales of gas in towns, estimates in the countryside and on the road."""
    if use.user in ("power", "manufacturing"):
        return "±3%" if use.code not in ("other_industry", "construction") else "±15%"
    return {"residential": "±10%", "services": "±10%", "farming": "±20%"}.get(use.user, "±10%")


def steps(options: Options) -> tuple[Step, ...]:
    """Energy content, CO2, CH4 and N2O by use and fuel; biomass."""
    wide = options.edition != "provincial-2011"
    found: list[Step] = []
    for name, uses in (("stationary", STATIONARY), ("mobile", MOBILE)):
        for form in ("mass", "gas"):
            pairs = [(use, fuel) for use in uses for fuel in use.fuels if FUELS[fuel].is_gas == (form == "gas")]
            found += _burnt(f"{name}.{form}", pairs, options, moving=name == "mobile", wide=wide)
    return (*found, *_biomass(), *_bunkers(options))


def _burnt(key: str, pairs: list[tuple[Use, str]], options: Options, *, moving: bool, wide: bool) -> list[Step]:
    gas_form = key.endswith("gas")
    content = f"energy.{key}"
    plain = tuple(_row(use, fuel) for use, fuel in pairs)
    method = energy.content_gas if gas_form else energy.content_mass
    burnt = Given("fuel.burnt", ("use", "fuel"))
    found = [Step(content, method, plain, content_feeds(burnt, gas=gas_form))]
    heat = Result(content, ("use", "fuel"))
    co2 = tuple(_row(use, fuel, gas="CO2") for use, fuel in pairs)
    found.append(Step(f"co2.{key}", co2_method(options), co2, co2_feeds(heat, options)))
    # The trial guideline counts methane and nitrous oxide of moving sources, and of standing ones nitrous oxide of power alone.
    for gas, body in (("CH4", energy.combustion_ch4), ("N2O", energy.combustion_n2o)):
        counted = [p for p in pairs if moving or wide or (gas == "N2O" and p[0].code == "power")]
        if counted:
            found.append(_other_gas(key, gas, body, counted, heat, moving=moving))
    return found


def _other_gas(
    key: str, gas: str, method: Method, pairs: Iterable[tuple[Use, str]], heat: Result, *, moving: bool
) -> Step:
    small = gas.lower()
    factor = (
        Given(f"vehicle.{small}_by_energy", ("user", "fuel"))
        if moving
        else Given(f"combustion.{small}_factor", ("user", "fuel_kind"))
    )
    rows = tuple(_row(use, fuel, gas=gas) for use, fuel in pairs)
    return Step(f"{small}.{key}", method, rows, {"energy": heat, "factor": factor})


def _row(use: Use, fuel: str, **more: str) -> Labels:
    return labels(
        category=f"energy.combustion.{use.category}",
        use=use.code,
        user=use.user,
        fuel=fuel,
        fuel_kind=FUELS[fuel].kind,
        **more,
    )


def _biomass() -> list[Step]:
    burnt = Given("biomass.burnt", ("biomass",))
    found = []
    for gas, method in (("CH4", energy.biomass_ch4), ("N2O", energy.biomass_n2o)):
        rows = tuple(labels(category="energy.biomass", gas=gas, biomass=code) for code in BIOMASS)
        factor = Given(f"biomass.{gas.lower()}_factor", ("biomass",))
        found.append(Step(f"{gas.lower()}.biomass", method, rows, {"fuel": burnt, "factor": factor}))
    plain = tuple(labels(biomass=code) for code in BIOMASS)
    content = {"fuel": burnt, "ncv": Given("biomass.ncv", ("biomass",))}
    found.append(Step("energy.biomass", energy.content_mass, plain, content))
    memo = tuple(labels(category="energy.biomass_co2", gas="CO2", biomass=code) for code in BIOMASS)
    feeds: dict[str, Given | Result] = {
        "energy": Result("energy.biomass", ("biomass",)),
        "factor": Given("biomass.co2_factor", ("biomass",)),
    }
    found.append(Step("co2.biomass", energy.combustion_co2_factor, memo, feeds))
    return found


def _bunkers(options: Options) -> list[Step]:
    """The same cells as in the balance: fuel handed to ships and aircraft that leave the country."""
    fuels = ("kerosene", "diesel", "fuel_oil")
    plain = tuple(labels(fuel=fuel) for fuel in fuels)
    rows = tuple(labels(category="energy.bunkers", gas="CO2", fuel=fuel) for fuel in fuels)
    burnt = Given("balance.bunkers", ("fuel",))
    return [
        Step("energy.bunkers", energy.content_mass, plain, content_feeds(burnt, gas=False)),
        Step("co2.bunkers", co2_method(options), rows, co2_feeds(Result("energy.bunkers", ("fuel",)), options)),
    ]
