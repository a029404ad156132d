"""Agriculture: rice, nitrogen on cropland, animals and their manure."""

from __future__ import annotations

from qihou.domains.inventory.methods import livestock, rice
from qihou.domains.inventory.methods.scheme import agriculture_soils as soils
from qihou.domains.inventory.methods.scheme.agriculture_names import (
    CROPS,
    KEPT,
    LIVESTOCK,
    RICE_NAMES,
    RUMINATING,
    SYSTEMS,
)
from qihou.domains.inventory.methods.scheme.ordering import by_section
from qihou.domains.inventory.methods.scheme.parts import (
    Category,
    Nature,
    Options,
    Quantity,
    Sector,
    SectorScheme,
    Sheet,
)
from qihou.figures.graph import Given, Labels, Step, labels


def _category(code: str, number: str, zh: str, en: str, ipcc: str, gpc: str) -> Category:
    return Category(code, number, zh, en, Sector.AGRICULTURE, ipcc, gpc)


CATEGORIES = (
    _category("agriculture", "3", "农业活动", "Agriculture", "3.A、3.C", "V"),
    _category("agriculture.rice", "3.1", "稻田甲烷", "Rice fields", "3.C.7", "V.3"),
    _category("agriculture.soils", "3.2", "农用地氧化亚氮", "Cropland", "3.C.4、3.C.5", "V.3"),
    _category("agriculture.soils.direct", "3.2.1", "直接排放", "Direct", "3.C.4", "V.3"),
    _category("agriculture.soils.indirect", "3.2.2", "间接排放", "Indirect", "3.C.5", "V.3"),
    _category("agriculture.soils.indirect.deposition", "3.2.2.1", "大气氮沉降", "Deposition", "3.C.5", "V.3"),
    _category("agriculture.soils.indirect.leaching", "3.2.2.2", "氮淋溶径流", "Leaching and run-off", "3.C.5", "V.3"),
    _category("agriculture.enteric", "3.3", "动物肠道发酵", "Enteric fermentation", "3.A.1", "V.1"),
    _category("agriculture.manure", "3.4", "动物粪便管理系统", "Manure management", "3.A.2", "V.1"),
)
_AGRICULTURE = "区农业农村委"
SHEETS = (
    Sheet(
        "agriculture_crops", "种植业情况", "Crops", _AGRICULTURE,
        "播种面积、产量与农业统计年报一致；化肥按折纯量填报", "Areas and harvests as in the annual statistics; fertiliser as nutrients",
    ),
    Sheet(
        "agriculture_livestock", "畜禽养殖情况", "Livestock", _AGRICULTURE,
        "按年末存栏量填报，规模化与散养按全国畜禽规模养殖统计口径划分", "Animals at the end of the year, by how they are kept",
    ),
)  # fmt: skip
_CROPLAND = ("agriculture.soils.direct", "agriculture.soils.indirect.leaching")
_NITROGEN = (*_CROPLAND, "agriculture.soils.indirect.deposition")
_ANIMALS = tuple((animal, system) for animal, systems in KEPT.items() for system in systems)


def _rows(category: str, gas: str, kept: tuple[tuple[str, str], ...]) -> tuple[Labels, ...]:
    return tuple(labels(category=category, gas=gas, livestock=animal, system=system) for animal, system in kept)


def _rice_quantities() -> tuple[Quantity, ...]:
    rice_only = ("agriculture.rice",)
    areas = (
        Quantity(
            "rice.area", labels(rice=kind), "公顷", *RICE_NAMES[kind], "agriculture_crops", "一、水稻", "Rice",
            low=0, high=60000, spread="±5%", categories=rice_only,
        )
        for kind in RICE_NAMES
    )  # fmt: skip
    factor = Quantity(
        "rice.ch4_factor", labels(rice="winter_flooded"), "kgCH4/ha", "冬水田甲烷排放因子（实测）", "Winter-flooded fields: methane, measured",
        "agriculture_crops", "一、水稻", "Rice", nature=Nature.PARAMETER, low=100, high=1500, spread="±40%",
        note_zh="指南没有冬水田的缺省因子；有冬水田而无实测值时请填“NE”并说明", note_en="No guideline gives a default; without a measurement state NE and why",
    )  # fmt: skip
    return (*areas, factor)


def _crop_quantities() -> tuple[Quantity, ...]:
    fertiliser = (
        ("soil.nitrogen_fertiliser", "tN", "氮肥施用量（折纯）", "Nitrogen fertiliser, as nitrogen", 40000),
        ("soil.compound_fertiliser", "吨", "复合肥施用量（折纯）", "Compound fertiliser, as nutrients", 40000),
    )
    applied = (
        Quantity(key, (), unit, zh, en, "agriculture_crops", "二、化肥", "Fertiliser", low=0, high=high, spread="±5%", categories=_NITROGEN)
        for key, unit, zh, en, high in fertiliser
    )  # fmt: skip
    measured = Quantity(
        "soil.compound_nitrogen", (), "tN/t", "复合肥折纯含氮比例（实测）", "Nitrogen in compound fertiliser, measured",
        "agriculture_crops", "二、化肥", "Fertiliser", nature=Nature.PARAMETER, low=0.1, high=0.6, spread="±10%",
    )  # fmt: skip
    harvest = (
        Quantity(
            "crop.harvest", labels(crop=crop), "吨", f"{zh}产量", f"{en}, harvest", "agriculture_crops", "三、主要农产品产量", "Harvest",
            low=0, high=high, spread="±5%", categories=_CROPLAND,
        )
        for crop, (zh, en, high) in CROPS.items()
    )  # fmt: skip
    straw = (
        Quantity(
            "crop.straw_returned", labels(crop=crop), "%", f"{zh}秸秆还田率", f"{en}, straw returned", "agriculture_crops",
            "四、秸秆还田", "Straw returned", low=0, high=100, spread="±20%", categories=_CROPLAND,
        )
        for crop, (zh, en, _) in CROPS.items()
    )  # fmt: skip
    return (*applied, measured, *harvest, *straw)


def _livestock_quantities() -> tuple[Quantity, ...]:
    found = []
    for animal, system in _ANIMALS:
        zh, en = LIVESTOCK[animal]
        unit, high = ("万只", 5000) if animal == "poultry" else ("头", 2e6)
        categories = ("agriculture.manure", *_NITROGEN, *(("agriculture.enteric",) if animal in RUMINATING else ()))
        found.append(
            Quantity(
                "livestock.heads", labels(livestock=animal, system=system), unit, f"{zh}存栏（{SYSTEMS[system][0]}）", f"{en}: {SYSTEMS[system][1]}",
                "agriculture_livestock", "一、年末存栏", "Animals", low=0, high=high, spread="±5%", categories=categories,
            )
        )  # fmt: skip
    for system, (zh, en) in SYSTEMS.items():
        found.append(
            Quantity(
                "manure.not_spread", labels(system=system), "%", f"{zh}粪便不还田比例", f"{en}: manure not spread on cropland", "agriculture_livestock",
                "二、粪便去向", "Where manure goes", low=0, high=100, spread="±30%", categories=_CROPLAND,
                note_zh="放牧落于草地、作燃料或外运的部分", note_en="Dropped on pasture, burnt or taken out of the district",
            )
        )  # fmt: skip
    for animal, (zh, en) in LIVESTOCK.items():
        for key, unit, what, what_en, high in (
            ("manure.ch4_factor", "kgCH4/head/a", "粪便管理甲烷排放因子（实测）", "manure CH4, measured", 100),
            ("manure.n2o_factor", "kgN2O/head/a", "粪便管理氧化亚氮排放因子（实测）", "manure N2O, measured", 10),
        ):
            found.append(
                Quantity(
                    key, labels(livestock=animal), unit, f"{zh}{what}", f"{en}: {what_en}", "agriculture_livestock", "三、本地实测因子（选填）",
                    "Measured factors, optional", nature=Nature.PARAMETER, low=0, high=high, spread="±30%",
                )
            )  # fmt: skip
    return tuple(found)


def _steps(options: Options) -> tuple[Step, ...]:
    return (_rice_step(), *_enteric(options), *_manure(), *soils.steps(options))


def _rice_step() -> Step:
    rows = tuple(labels(category="agriculture.rice", gas="CH4", rice=kind) for kind in RICE_NAMES)
    return Step(
        "agriculture.rice.ch4",
        rice.rice_methane,
        rows,
        {"area": Given("rice.area", ("rice",)), "factor": Given("rice.ch4_factor", ("rice",))},
    )


def _enteric(options: Options) -> tuple[Step, ...]:
    """By how animals are kept, or (2006 Guidelines) by kind only. What statistics call other cattle stands under that name in the tables."""
    heads = Given("livestock.heads", ("livestock", "system"))
    by_kind = options.edition == "ipcc-2006"
    key = "enteric.ch4_factor" if by_kind else "enteric.ch4_by_system"
    by = () if by_kind else ("system",)
    others = tuple((a, s) for a, s in _ANIMALS if a in RUMINATING and a != "beef")
    cattle = tuple((a, s) for a, s in _ANIMALS if a == "beef")
    return (
        Step(
            "agriculture.enteric.ch4",
            livestock.enteric_methane,
            _rows("agriculture.enteric", "CH4", others),
            {"heads": heads, "factor": Given(key, ("livestock", *by))},
        ),
        Step(
            "agriculture.enteric.other_cattle_ch4",
            livestock.enteric_methane,
            _rows("agriculture.enteric", "CH4", cattle),
            {"heads": heads, "factor": Given(key, by, labels(livestock="other_cattle"))},
        ),
    )


def _manure() -> tuple[Step, ...]:
    heads = Given("livestock.heads", ("livestock", "system"))
    return tuple(
        Step(
            f"agriculture.manure.{gas.lower()}",
            method,
            _rows("agriculture.manure", gas, _ANIMALS),
            {"heads": heads, "factor": Given(f"manure.{gas.lower()}_factor", ("livestock",))},
        )
        for gas, method in (("CH4", livestock.manure_methane), ("N2O", livestock.manure_nitrous_oxide))
    )


SCHEME = SectorScheme(
    categories=CATEGORIES,
    sheets=SHEETS,
    quantities=by_section((*_rice_quantities(), *_crop_quantities(), *_livestock_quantities())),
    steps=_steps,
)
