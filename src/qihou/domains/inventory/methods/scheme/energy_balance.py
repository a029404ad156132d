"""The energy balance: what came into the district, for the check from above; the parameters of fuels a district may have measured."""

from __future__ import annotations

import itertools

from qihou.domains.inventory.methods import energy, indicators
from qihou.domains.inventory.methods.scheme.energy_names import FUELS, Fuel
from qihou.domains.inventory.methods.scheme.parts import Nature, Options, Quantity, Sheet
from qihou.figures.graph import Given, Labels, Result, Step, labels
from qihou.figures.method import Method

SHEETS = (
    Sheet(
        "energy_balance", "能源平衡表", "Energy balance", "区统计局",
        "实物量；本区与区外（含市内其他区县）之间的流动计为调入、调出", "In physical units; whatever crosses the district's border is brought in or sent out",
    ),
    Sheet(
        "energy_parameters", "燃料特性参数（实测）", "Fuel parameters, measured", "区生态环境局",
        "没有实测值的留空，采用指南缺省值", "Leave empty what was not measured: the guideline's defaults are taken",
    ),
)  # fmt: skip
MASS = tuple(fuel for fuel in FUELS.values() if not fuel.is_gas)
GAS = tuple(fuel for fuel in FUELS.values() if fuel.is_gas)
# Fuels of which some is not burnt: feedstock, reductant.
NON_ENERGY = ("bituminous", "lpg", "natural_gas")
_FLOWS = (
    ("balance.production", "区内生产量", "Production", 0.0),
    ("balance.imported", "外区调入量", "Brought in", 0.0),
    ("balance.exported", "本区调出量", "Sent out", 0.0),
    ("balance.bunkers", "国际航空航海加油量", "International bunkers", 0.0),
    ("balance.stock_draw", "库存减少量（年初减年末，增加为负）", "Drawn from stock (negative: built up)", None),
    ("balance.losses", "加工转换与运输损失量", "Lost in conversion and transport", 0.0),
)


def quantities() -> tuple[Quantity, ...]:
    """The balance sheet's columns by fuel, and the optional parameters of each fuel."""
    found = [
        Quantity(key, labels(fuel=fuel.code), fuel.unit, f"{fuel.zh}{zh}", f"{fuel.en}: {en.lower()}", "energy_balance", zh, en, low=low, spread="±5%")
        for key, zh, en, low in _FLOWS
        for fuel in FUELS.values()
        if not (fuel.is_gas and key == "balance.bunkers")
    ]  # fmt: skip
    for code in NON_ENERGY:
        fuel = FUELS[code]
        found.append(
            Quantity(
                "balance.non_energy", labels(fuel=code), fuel.unit, f"{fuel.zh}非能源利用量", f"{fuel.en}: non-energy use",
                "energy_balance", "用作原料、材料、还原剂", "Feedstock, material, reductant", low=0, spread="±5%",
            )
        )  # fmt: skip
    # One parameter of all fuels under each heading.
    return (*found, *itertools.chain.from_iterable(zip(*map(_parameters, FUELS.values()), strict=True)))


def _parameters(fuel: Fuel) -> tuple[Quantity, ...]:
    here = labels(fuel=fuel.code)
    key, unit = ("fuel.ncv_gas", "GJ/1e4Nm3") if fuel.is_gas else ("fuel.ncv", "GJ/t")
    shared = {"sheet": "energy_parameters", "nature": Nature.PARAMETER, "spread": "±3%"}
    return (
        Quantity(key, here, unit, f"{fuel.zh}低位发热量", f"{fuel.en}: net calorific value",
                 section_zh="低位发热量", section_en="Net calorific value", low=fuel.low, high=fuel.high, **shared),  # type: ignore[arg-type]
        Quantity("fuel.carbon_content", here, "tC/TJ", f"{fuel.zh}单位热值含碳量", f"{fuel.en}: carbon content",
                 section_zh="单位热值含碳量", section_en="Carbon content", low=13.63, high=70.91, **shared),  # type: ignore[arg-type]
        Quantity("fuel.oxidation", here, "%", f"{fuel.zh}碳氧化率", f"{fuel.en}: oxidised fraction",
                 section_zh="碳氧化率", section_en="Oxidation", low=80, high=100, **shared),  # type: ignore[arg-type]
    )  # fmt: skip


def content_feeds(fuel: Given | Result, *, gas: bool) -> dict[str, Given | Result]:
    """Feeds of a step for the energy content of fuel."""
    return {"fuel": fuel, "ncv": Given("fuel.ncv_gas" if gas else "fuel.ncv", ("fuel",))}


def co2_method(options: Options) -> Method:
    return energy.combustion_co2_factor if options.edition == "ipcc-2006" else energy.combustion_co2


def co2_feeds(energy_of: Result, options: Options) -> dict[str, Given | Result]:
    """Feeds of a step for CO2 of burnt fuel: carbon content and oxidation, or the 2006 Guidelines' factor."""
    if options.edition == "ipcc-2006":
        return {"energy": energy_of, "factor": Given("fuel.co2_factor", ("fuel",))}
    return {
        "energy": energy_of,
        "carbon": Given("fuel.carbon_content", ("fuel",)),
        "oxidation": Given("fuel.oxidation", ("fuel",)),
    }


def steps(options: Options) -> tuple[Step, ...]:
    """Apparent consumption, its CO2 by the reference approach, and its standard coal. No row has a gas: nothing is added to totals."""
    return (*_branch("mass", MASS, options), *_branch("gas", GAS, options))


def _branch(form: str, fuels: tuple[Fuel, ...], options: Options) -> tuple[Step, ...]:
    rows = tuple(labels(fuel=fuel.code, carrier=fuel.carrier) for fuel in fuels)
    gas = form == "gas"
    flows = ("production", "imported", "exported", "stock_draw") + (() if gas else ("bunkers",))
    apparent = f"reference.apparent.{form}"
    tce = indicators.tce_gas if gas else indicators.tce_mass
    found = [
        Step(
            apparent,
            energy.apparent_gas if gas else energy.apparent_mass,
            rows,
            {name: Given(f"balance.{name}", ("fuel",)) for name in flows},
        ),
        Step(
            f"tce.{form}",
            tce,
            rows,
            {"fuel": Result(apparent, ("fuel",)), "coefficient": Given("energy.tce_coefficient", ("carrier",))},
        ),
    ]
    fed = tuple(row for row in rows if dict(row)["fuel"] in NON_ENERGY)
    plain = tuple(row for row in rows if row not in fed)
    for key, some in ((f"{form}.non_energy", fed), (f"{form}.all_burnt", plain)):
        if some:
            found += _reference(key, some, apparent, options, non_energy=some is fed, gas=gas)
    return tuple(found)


def _reference(
    key: str, rows: tuple[Labels, ...], apparent: str, options: Options, *, non_energy: bool, gas: bool
) -> list[Step]:
    found = []
    source = Result(apparent, ("fuel",))
    if non_energy:
        net = f"reference.net.{key}"
        method = energy.reference_gas if gas else energy.reference_mass
        feeds: dict[str, Given | Result] = {
            "apparent": source,
            "non_energy": Given("balance.non_energy", ("fuel",)),
            "stored": Given("fuel.stored_fraction", ("fuel",)),
        }
        found.append(Step(net, method, rows, feeds))
        source = Result(net, ("fuel",))
    content = f"reference.energy.{key}"
    content_method = energy.content_gas if gas else energy.content_mass
    found.append(Step(content, content_method, rows, content_feeds(source, gas=gas)))
    co2 = co2_feeds(Result(content, ("fuel",)), options)
    found.append(Step(f"reference.co2.{key}", co2_method(options), rows, co2))
    return found
