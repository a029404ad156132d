"""Who burns which fuel in a district, in the words of its statistics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fuel:
    """``unit``: in which it is reported; ``carrier``: under which coefficient of standard coal; ``low``, ``high``: plausible NCV, GJ/unit."""

    code: str
    zh: str
    en: str
    unit: str
    kind: str
    carrier: str
    low: float
    high: float

    @property
    def is_gas(self) -> bool:
        return self.unit == GAS_UNIT


GAS_UNIT = "万标立方米"
FUELS: dict[str, Fuel] = {
    fuel.code: fuel
    for fuel in (
        Fuel("anthracite", "无烟煤", "anthracite", "吨", "solid", "raw_coal", 15, 33),
        Fuel("bituminous", "烟煤", "bituminous coal", "吨", "solid", "raw_coal", 12, 31),
        Fuel("briquette", "型煤", "briquette", "吨", "solid", "briquette", 10, 25),
        Fuel("coke", "焦炭", "coke", "吨", "solid", "coke", 24, 32),
        Fuel("gasoline", "汽油", "gasoline", "吨", "liquid", "gasoline", 40, 47),
        Fuel("kerosene", "煤油", "kerosene", "吨", "liquid", "kerosene", 40, 47),
        Fuel("diesel", "柴油", "diesel", "吨", "liquid", "diesel", 40, 46),
        Fuel("fuel_oil", "燃料油", "fuel oil", "吨", "liquid", "fuel_oil", 38, 45),
        Fuel("lpg", "液化石油气", "LPG", "吨", "liquid", "lpg", 45, 53),
        Fuel("natural_gas", "天然气", "natural gas", GAS_UNIT, "gas", "natural_gas", 300, 450),
        Fuel("lng", "液化天然气", "LNG", "吨", "gas", "lng", 40, 56),
    )
}


@dataclass(frozen=True)
class Use:
    """``category`` below ``energy.combustion``; ``user``: the group in which methane and nitrous oxide factors are printed."""

    code: str
    zh: str
    en: str
    category: str
    user: str
    sheet: str
    fuels: tuple[str, ...]


_MAKING = "manufacturing"
STATIONARY: tuple[Use, ...] = (
    Use("power", "火力发电与供热", "Power and heat", "industries.power", "power", "energy_industry", ("bituminous", "natural_gas", "diesel")),
    Use("oil_gas", "页岩气开采自用", "Shale gas production, own use", "industries.oil_gas", "power", "energy_industry", ("natural_gas", "diesel")),
    Use("steel", "钢铁", "Iron and steel", f"{_MAKING}.steel", _MAKING, "energy_industry", ("bituminous", "coke", "natural_gas")),
    Use("nonferrous", "有色金属（铝材加工等）", "Non-ferrous metals", f"{_MAKING}.nonferrous", _MAKING, "energy_industry", ("natural_gas",)),
    Use("chemicals", "化工（含锶盐）", "Chemicals, strontium salts among them", f"{_MAKING}.chemicals", _MAKING, "energy_industry", ("anthracite", "bituminous", "coke", "natural_gas")),
    Use("cement", "水泥", "Cement", f"{_MAKING}.cement", _MAKING, "energy_industry", ("anthracite", "bituminous", "diesel")),
    Use("lime", "石灰", "Lime", f"{_MAKING}.lime", _MAKING, "energy_industry", ("anthracite", "bituminous")),
    Use("glass", "玻璃", "Glass", f"{_MAKING}.glass", _MAKING, "energy_industry", ("natural_gas", "fuel_oil")),
    Use("bricks", "砖瓦、陶瓷及其他建材", "Bricks, ceramics and other building materials", f"{_MAKING}.bricks", _MAKING, "energy_industry", ("bituminous", "natural_gas")),
    Use("paper", "造纸和纸制品", "Paper", f"{_MAKING}.paper", _MAKING, "energy_industry", ("bituminous", "natural_gas")),
    Use("food", "食品、饮料", "Food and drink", f"{_MAKING}.food", _MAKING, "energy_industry", ("bituminous", "natural_gas")),
    Use("textile", "纺织服装", "Textiles", f"{_MAKING}.textile", _MAKING, "energy_industry", ("bituminous", "natural_gas")),
    Use("machinery", "装备与汽摩制造", "Machinery and vehicles", f"{_MAKING}.machinery", _MAKING, "energy_industry", ("natural_gas", "lpg", "diesel")),
    Use("electronics", "电子信息", "Electronics", f"{_MAKING}.electronics", _MAKING, "energy_industry", ("natural_gas",)),
    Use("other_industry", "其他工业（含规下）", "Other industry, small firms among it", f"{_MAKING}.other", _MAKING, "energy_industry", ("bituminous", "natural_gas", "lpg", "diesel")),
    Use("construction", "建筑业", "Construction", f"{_MAKING}.construction", _MAKING, "energy_construction", ("diesel", "natural_gas")),
    Use("services", "服务业及其他（不含车用）", "Services, vehicles apart", "services", "services", "energy_services", ("bituminous", "briquette", "natural_gas", "lpg")),
    Use("urban", "城镇居民（不含车用）", "Urban households, vehicles apart", "residential.urban", "residential", "energy_gas_supply", ("natural_gas", "lpg", "briquette")),
    Use("rural", "农村居民（不含车用）", "Rural households, vehicles apart", "residential.rural", "residential", "energy_rural", ("natural_gas", "lpg", "bituminous", "briquette")),
    Use("farming", "农林牧渔业（含农机）", "Farming, forestry and fishing with their machines", "agriculture", "farming", "energy_rural", ("diesel", "gasoline", "bituminous")),
)  # fmt: skip
MOBILE: tuple[Use, ...] = (
    Use("road_passenger", "营运客车、公交、出租", "Buses, coaches and taxis", "transport.road", "road", "energy_transport", ("gasoline", "diesel", "natural_gas")),
    Use("road_freight", "货运车辆", "Lorries", "transport.road", "road", "energy_transport", ("gasoline", "diesel", "lng")),
    Use("road_private", "非营运车辆（含居民、单位自用）", "Private and office vehicles", "transport.road", "road", "energy_transport", ("gasoline", "diesel", "natural_gas")),
    Use("railway", "铁路", "Railways", "transport.railway", "railway", "energy_transport", ("diesel",)),
    Use("water", "水运", "Navigation", "transport.water", "water", "energy_transport", ("diesel", "fuel_oil")),
    Use("aviation", "航空", "Aviation", "transport.aviation", "aviation", "energy_transport", ("kerosene",)),
)  # fmt: skip
BIOMASS: dict[str, tuple[str, str]] = {
    "straw": ("秸秆", "straw"),
    "firewood": ("薪柴", "firewood"),
    "charcoal": ("木炭", "charcoal"),
}
# What the labels of rows are called where the factor library has no word for them: kind, code, Chinese and English.
LABEL_NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "use": {use.code: (use.zh, use.en) for use in (*STATIONARY, *MOBILE)},
}
