"""A very small inventory with every kind of thing in it: two fuels, pigs, a forest that takes up, a memo item, and no real data."""

from __future__ import annotations

from qihou.domains.inventory.methods.catalogue import Cite
from qihou.domains.inventory.methods.reading import Entered, Entries
from qihou.domains.inventory.methods.scheme.assembly import Scheme, assemble
from qihou.domains.inventory.methods.scheme.parts import Category, Options, Quantity, Sector, SectorScheme, Sheet
from qihou.figures.graph import Given, Labels, Result, Step, labels
from qihou.figures.leaf import Origin
from qihou.figures.method import Catalogue, Need
from qihou.figures.missing import Notation
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period

METHODS = Catalogue()
_CITE = Cite("a test", "clause 1", 2020)


@METHODS.method(
    "small.heat", version=1, unit="GJ", zh="热量", en="Heat", formula="Q", cites=_CITE,
    needs=(Need("fuel", "t", "燃料", "Fuel", low=0), Need("ncv", "GJ/t", "热值", "NCV", low=0)),
)  # fmt: skip
def heat(fuel, ncv):
    return fuel * ncv


@METHODS.method(
    "small.burnt", version=1, unit="tCO2", zh="燃烧", en="Burnt", formula="E", cites=_CITE,
    needs=(
        Need("energy", "TJ", "热量", "Heat"), Need("carbon", "tC/TJ", "含碳量", "Carbon"),
        Need("oxidation", "1", "氧化率", "Oxidised", low=0, high=1),
        Need("ratio", "tCO2/tC", "比", "Ratio", constant=44 / 12),
    ),
)  # fmt: skip
def burnt(energy, carbon, oxidation, ratio=44 / 12):
    return energy * carbon * oxidation * ratio


@METHODS.method(
    "small.manure", version=1, unit="tCH4", zh="粪便", en="Manure", formula="E", cites=_CITE,
    needs=(
        Need("heads", "head", "存栏", "Heads", low=0), Need("factor", "tCH4/head/a", "因子", "Factor", low=0),
        Need("years", "a", "年", "Year", constant=1.0),
    ),
)  # fmt: skip
def manure(heads, factor, years=1.0):
    return heads * factor * years


@METHODS.method(
    "small.uptake", version=1, unit="tCO2", zh="吸收", en="Uptake", formula="E", cites=_CITE,
    needs=(Need("grown", "tC", "增长", "Grown"), Need("ratio", "tCO2/tC", "比", "Ratio", constant=44 / 12)),
)  # fmt: skip
def uptake(grown, ratio=44 / 12):
    return -(grown * ratio)


def _row(category: str, gas: str, **others: str) -> Labels:
    return labels(category=category, gas=gas, **others)


_FUELS = ("bituminous", "diesel")
_ENERGY = SectorScheme(
    categories=(
        Category("energy", "1", "能源活动", "Energy", Sector.ENERGY, ipcc="1"),
        Category("energy.industry", "1.1", "工业", "Industry", Sector.ENERGY, ipcc="1.A.2", gpc="I.3"),
        Category("energy.aviation", "1.9", "国际航空", "Aviation", Sector.ENERGY, memo=True),
    ),
    sheets=(Sheet("energy", "能源", "Energy", "统计局"),),
    quantities=(
        *(
            Quantity(
                "fuel.burnt",
                labels(fuel=fuel, use=use),
                "t",
                fuel,
                fuel,
                "energy",
                spread="±5%",
                categories=(f"energy.{use}",),
                low=0,
            )
            for use in ("industry", "aviation")
            for fuel in _FUELS
        ),
    ),
    steps=lambda options: (
        Step(
            "energy.heat",
            heat,
            tuple(labels(use=use, fuel=fuel) for use in ("industry", "aviation") for fuel in _FUELS),
            {"fuel": Given("fuel.burnt", ("use", "fuel")), "ncv": Given("fuel.ncv", ("fuel",))},
        ),
        Step(
            "energy.co2",
            burnt,
            tuple(
                _row(f"energy.{use}", "CO2", use=use, fuel=fuel) for use in ("industry", "aviation") for fuel in _FUELS
            ),
            {
                "energy": Result("energy.heat", ("use", "fuel")),
                "carbon": Given("fuel.carbon_content", ("fuel",)),
                "oxidation": Given("fuel.oxidation", ("fuel",)),
            },
        ),
    ),
)
_REST = SectorScheme(
    categories=(
        Category("agriculture", "3", "农业", "Agriculture", Sector.AGRICULTURE, ipcc="3"),
        Category("agriculture.manure", "3.1", "粪便管理", "Manure", Sector.AGRICULTURE, ipcc="3.A.1"),
        Category("lulucf", "4", "林业", "Forestry", Sector.LULUCF, ipcc="3.B"),
        Category("lulucf.trees", "4.1", "乔木林", "Trees", Sector.LULUCF, sink=True),
    ),
    sheets=(Sheet("farm", "农业", "Farming", "农业农村委"), Sheet("forest", "林业", "Forest", "林业局")),
    quantities=(
        Quantity(
            "livestock.stock",
            labels(livestock="pig"),
            "头",
            "生猪",
            "Pigs",
            "farm",
            spread="±10%",
            categories=("agriculture.manure",),
        ),
        Quantity(
            "forest.grown", (), "tC", "碳增长", "Carbon grown", "forest", spread="±30%", categories=("lulucf.trees",)
        ),
    ),
    steps=lambda options: (
        Step(
            "agriculture.manure_ch4",
            manure,
            (_row("agriculture.manure", "CH4", livestock="pig"),),
            {
                "heads": Given("livestock.stock", ("livestock",)),
                "factor": Given("manure.ch4_factor", ("livestock",)),
            },
        ),
        Step("lulucf.uptake", uptake, (_row("lulucf.trees", "CO2"),), {"grown": Given("forest.grown")}),
    ),
)
SECTORS = (_ENERGY, _REST)


def small_scheme(gwp_set: GwpSet = GwpSet.AR5) -> Scheme:
    return assemble(Options(), gwp_set, SECTORS)


def small_entries(year: int = 2020, **changed: float | Notation | None) -> Entries:
    """Coal 1,000 t, diesel 100 t, pigs 2,000, growth 50 tC; ``industry_diesel=None`` leaves one out, a notation says why."""
    values: dict[str, float | Notation | None] = {
        "industry_bituminous": 1000.0,
        "industry_diesel": 100.0,
        "aviation_bituminous": Notation.NOT_OCCURRING,
        "aviation_diesel": 10.0,
        "pig": 2000.0,
        "grown": 50.0,
    } | changed
    found = {}
    for name, value in values.items():
        if value is None:
            continue
        use, _, fuel = name.partition("_")
        key = (
            ("livestock.stock", labels(livestock="pig"), "头")
            if name == "pig"
            else ("forest.grown", (), "tC")
            if name == "grown"
            else ("fuel.burnt", labels(use=use, fuel=fuel), "t")
        )
        origin = Origin("entry", f"{name}-{year}@1", where=f"样本.xlsx!{name}!C3")
        notation = value if isinstance(value, Notation) else None
        found[key[0], key[1], Period.year(year)] = Entered(
            None if notation else float(value), key[2], origin, notation, "测试" if notation else ""
        )
    return found
