"""Forest that became something else; wetlands and the soil of cropland, which are shown beside the totals."""

from __future__ import annotations

from qihou.domains.inventory.methods import land
from qihou.domains.inventory.methods.scheme.land_names import CONVERTED, PLACES, PRACTICES
from qihou.domains.inventory.methods.scheme.land_woody import CARBON
from qihou.domains.inventory.methods.scheme.parts import Nature, Options, Quantity
from qihou.figures.graph import Feed, Given, Labels, Result, Step, labels

_BURNING, _DECAY = "lulucf.conversion.burning", "lulucf.conversion.decay"
_CONVERTED = tuple(labels(stand=stand) for stand in CONVERTED)
_BURNT = tuple(labels(stand=stand, place=place) for stand in CONVERTED for place in PLACES)


def _quantities() -> tuple[Quantity, ...]:
    found = []
    for stand, (zh, en) in CONVERTED.items():
        for key, what, what_en, category in (
            ("conversion.area", "年转化面积", "area converted in the year", _BURNING),
            ("conversion.area_mean", "近十年年均转化面积", "area converted, mean of ten years", _DECAY),
        ):
            found.append(
                Quantity(
                    key, labels(stand=stand), "公顷", f"{zh}{what}", f"{en}: {what_en}", "forest_conversion", "一、转化面积", "Area converted",
                    low=0, high=5000, spread="±10%", categories=(category,),
                )
            )  # fmt: skip
    found.append(
        Quantity(
            "forest.biomass_density", labels(stand="tree_forest"), "tdm/ha", "乔木林单位面积地上生物量", "Tree forest: biomass above ground per area",
            "forest_conversion", "二、单位面积生物量", "Biomass per area", low=5, high=300, spread="±20%", categories=(_BURNING, _DECAY),
            note_zh="单位面积蓄积量 × 木材密度 × 地上生物量扩展系数", note_en="Volume per area × wood density × expansion factor above ground",
        )
    )  # fmt: skip
    for key, where, unit, zh, en, high in (
        (
            "conversion.burnt_share",
            labels(place="on_site"),
            "%",
            "现地燃烧比例（调查）",
            "Burnt on site, surveyed",
            100,
        ),
        (
            "conversion.burnt_share",
            labels(place="off_site"),
            "%",
            "异地燃烧比例（调查）",
            "Burnt elsewhere, surveyed",
            100,
        ),
        ("conversion.decayed_share", (), "%", "被分解比例（调查）", "Left to decay, surveyed", 100),
        (
            "conversion.biomass_after",
            (),
            "tdm/ha",
            "转化后单位面积生物量（调查）",
            "Biomass per area after conversion, surveyed",
            50,
        ),
    ):
        found.append(
            Quantity(
                key, where, unit, zh, en, "forest_conversion", "三、采伐剩余物去向（选填）", "What became of the wood, optional",
                nature=Nature.PARAMETER, low=0, high=high, spread="±30%",
            )
        )  # fmt: skip
    found.append(
        Quantity("wetland.area", (), "公顷", "湿地面积", "Wetlands", "land", "一、湿地", "Wetlands", low=0, high=50000, spread="±5%", categories=("lulucf.wetland",))
    )  # fmt: skip
    found.append(
        Quantity(
            "wetland.carbon_rate", (), "tC/ha/a", "湿地单位面积年固碳量（实测）", "Carbon taken up per area, measured", "land", "一、湿地", "Wetlands",
            nature=Nature.PARAMETER, low=-5, high=10, spread="±50%",
        )
    )  # fmt: skip
    for practice, (zh, en) in PRACTICES.items():
        found.append(
            Quantity(
                "cropland.changed_area", labels(practice=practice), "公顷", f"近二十年改为{zh}的耕地面积", f"Cropland changed to {en.lower()} in twenty years",
                "land", "二、耕地管理方式", "Management of cropland", low=0, high=80000, spread="±20%", categories=("lulucf.cropland_soil",),
            )
        )  # fmt: skip
    return tuple(found)


QUANTITIES = _quantities()


def steps(options: Options) -> tuple[Step, ...]:
    return (*_biomass(), _burnt_carbon(), *_burning(), _decay(), _wetland(), *_cropland())


def _emitting(category: str, gas: str, rows: tuple[Labels, ...]) -> tuple[Labels, ...]:
    return tuple(tuple(sorted((*row, ("category", category), ("gas", gas)))) for row in rows)


def _biomass() -> tuple[Step, ...]:
    density: dict[str, Feed] = {
        "before": Given("forest.biomass_density", ("stand",)),
        "after": Given("conversion.biomass_after"),
    }
    return tuple(
        Step(f"conversion.biomass.{key}", land.converted_biomass, _CONVERTED, {"area": Given(f"conversion.{area}", ("stand",)), **density})
        for key, area in (("year", "area"), ("mean", "area_mean"))
    )  # fmt: skip


def _burnt_carbon() -> Step:
    return Step(
        "conversion.burnt",
        land.burnt_carbon,
        _BURNT,
        {
            "biomass": Result("conversion.biomass.year", ("stand",)),
            "share": Given("conversion.burnt_share", ("place",)),
            "oxidised": Given("conversion.oxidised"),
            "carbon": CARBON,
        },
    )


def _burning() -> tuple[Step, ...]:
    """Wood burnt elsewhere gives off CO2 as well; methane and nitrous oxide are counted where it burns in the open."""
    burnt = Result("conversion.burnt", ("stand", "place"))
    here = tuple(labels(stand=stand, place="on_site") for stand in CONVERTED)
    nitrogen = {"nitrogen": Given("conversion.nitrogen_carbon"), "ratio": Given("conversion.n2o_ratio")}
    return (
        Step("lulucf.conversion.burning.co2", land.burning_co2, _emitting(_BURNING, "CO2", _BURNT), {"burnt": burnt}),
        Step("lulucf.conversion.burning.ch4", land.burning_ch4, _emitting(_BURNING, "CH4", here), {"burnt": burnt, "ratio": Given("conversion.ch4_ratio")}),
        Step("lulucf.conversion.burning.n2o", land.burning_n2o, _emitting(_BURNING, "N2O", here), {"burnt": burnt, **nitrogen}),
    )  # fmt: skip


def _decay() -> Step:
    return Step(
        "lulucf.conversion.decay",
        land.decay_co2,
        _emitting(_DECAY, "CO2", _CONVERTED),
        {
            "biomass": Result("conversion.biomass.mean", ("stand",)),
            "share": Given("conversion.decayed_share"),
            "carbon": CARBON,
        },
    )


def _wetland() -> Step:
    feeds = {"area": Given("wetland.area"), "rate": Given("wetland.carbon_rate")}
    return Step("lulucf.wetland", land.wetland_carbon, (labels(category="lulucf.wetland", gas="CO2"),), feeds)


def _cropland() -> tuple[Step, ...]:
    """Each practice changes one of the two factors: straw the input of carbon, tillage the management."""

    def tillage(code: str) -> Given:
        return Given("cropland.management_factor", (), labels(tillage=code))

    def carbon_input(code: str) -> Given:
        return Given("cropland.input_factor", (), labels(input=code))

    now_and_before = {
        "straw_return": ("full", "medium", "full", "low"),
        "reduced_tillage": ("reduced", "medium", "full", "medium"),
    }
    return tuple(
        Step(
            f"lulucf.cropland_soil.{practice}",
            land.cropland_soil_carbon,
            (labels(category="lulucf.cropland_soil", gas="CO2", practice=practice),),
            {
                "area": Given("cropland.changed_area", ("practice",)),
                "reference": Given("cropland.soc_reference", (), labels(climate="warm_temperate_moist")),
                "land_use": Given("cropland.land_use_factor"),
                "management": tillage(now),
                "inputs": carbon_input(inputs),
                "management_before": tillage(before),
                "inputs_before": carbon_input(inputs_before),
                "transition": Given("cropland.transition_years"),
            },
        )
        for practice, (now, inputs, before, inputs_before) in now_and_before.items()
    )
