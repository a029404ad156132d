"""Trees by dominant species and outside forests, and stands counted by area.

The provincial guideline counts the growth and the consumption of the standing volume; the edition of the 2006 Guidelines takes the
difference of two inventories, which the others show beside the totals.
"""

from __future__ import annotations

from qihou.domains.inventory.methods import forest
from qihou.domains.inventory.methods.scheme.land_names import OUTSIDE, SPECIES, STAND_CATEGORIES, STANDS
from qihou.domains.inventory.methods.scheme.parts import Nature, Options, Quantity
from qihou.figures.graph import Feed, Given, Labels, Result, Step, labels

_SPECIES = tuple(labels(forest=species) for species in SPECIES)
_TREES = ("lulucf.woody.trees",)
_VOLUME = "万立方米"
CARBON = Given("forest.carbon_fraction", (), labels(forest="any"))


def _species_quantities() -> tuple[Quantity, ...]:
    found = []
    growing = (*_TREES, "lulucf.woody.consumption")
    for species, (zh, en) in SPECIES.items():
        here = labels(forest=species)
        for key, unit, what, what_en, section, section_en, high, spread, categories in (
            ("forest.volume", _VOLUME, "蓄积量", "standing volume", "一、乔木林", "Tree forest", 1000, "±10%", growing),
            ("forest.growth_rate", "%/a", "年生长率", "annual growth", "一、乔木林", "Tree forest", 25, "±20%", _TREES),
            ("forest.consumption_rate", "%/a", "年消耗率", "annual consumption", "一、乔木林", "Tree forest", 25, "±30%", ("lulucf.woody.consumption",)),
            ("forest.earlier_volume", _VOLUME, "前期清查蓄积量", "volume, earlier inventory", "五、两期清查", "Two inventories", 1000, "±10%", ("lulucf.stock_difference",)),
            ("forest.later_volume", _VOLUME, "后期清查蓄积量", "volume, later inventory", "五、两期清查", "Two inventories", 1000, "±10%", ("lulucf.stock_difference",)),
        ):  # fmt: skip
            found.append(
                Quantity(
                    key, here, unit, f"{zh}{what}", f"{en}: {what_en}", "forestry", section, section_en, low=0, high=high, spread=spread, categories=categories
                )
            )  # fmt: skip
        for key, unit, what, what_en, low, top in (
            ("forest.species_density", "t/m3", "基本木材密度（实测）", "wood density, measured", 0.2, 1.0),
            (
                "forest.species_bef",
                "1",
                "地上生物量扩展系数（实测）",
                "expansion factor above ground, measured",
                1.0,
                4.0,
            ),
            ("forest.species_root_ratio", "1", "根冠比（实测）", "roots per shoot, measured", 0.05, 1.0),
        ):
            found.append(
                Quantity(
                    key, here, unit, f"{zh}{what}", f"{en}: {what_en}", "forestry", "六、本地树种参数（选填）", "Parameters of species, optional",
                    nature=Nature.PARAMETER, low=low, high=top, spread="±10%",
                )
            )  # fmt: skip
    return tuple(found)


def _other_quantities() -> tuple[Quantity, ...]:
    found = []
    outside = ("lulucf.woody.outside", "lulucf.woody.consumption")
    for trees, (zh, en) in OUTSIDE.items():
        for key, unit, what, what_en, high, spread in (
            ("trees.volume", _VOLUME, "蓄积量", "standing volume", 300, "±20%"),
            ("trees.growth_rate", "%/a", "年生长率", "annual growth", 25, "±30%"),
            ("trees.consumption_rate", "%/a", "年消耗率", "annual consumption", 25, "±30%"),
        ):
            found.append(
                Quantity(
                    key, labels(trees=trees), unit, f"{zh}{what}", f"{en}: {what_en}", "forestry", "二、疏林、散生木、四旁树", "Trees outside forests",
                    low=0, high=high, spread=spread, categories=outside,
                )
            )  # fmt: skip
    for stand, (zh, en) in STANDS.items():
        found.append(
            Quantity(
                "stand.area_change", labels(stand=stand), "公顷", f"{zh}面积年变化（增加为正）", f"{en}: change of area, growth positive", "forestry",
                "三、竹林、经济林、灌木林", "Stands counted by area", low=-5000, high=5000, spread="±15%",
                categories=(f"lulucf.woody.{STAND_CATEGORIES[stand]}",),
            )
        )  # fmt: skip
    interval = Quantity(
        "forest.interval", (), "年", "两期清查间隔年数", "Years between the inventories", "forestry", "五、两期清查", "Two inventories",
        low=1, high=20, spread="±0%", categories=("lulucf.stock_difference",),
    )  # fmt: skip
    total = Quantity(
        "forest.total_volume", (), _VOLUME, "森林蓄积量合计", "Standing volume of all forest", "forestry", "四、合计（核对用）", "Totals, for checking",
        low=0, high=2000, spread="±10%", note_zh="应等于各优势树种蓄积量之和", note_en="Should equal the sum over species",
    )  # fmt: skip
    return (*found, interval, total)


QUANTITIES = (*_species_quantities(), *_other_quantities())


def steps(options: Options) -> tuple[Step, ...]:
    by_difference = options.edition == "ipcc-2006"
    shared = (_expansion(), *_stocks(), _stands())
    if by_difference:
        return (*shared, _difference("lulucf.woody.trees"), *_outside())
    return (*shared, _difference("lulucf.stock_difference"), *_species(), *_outside())


def _emitting(category: str, rows: tuple[Labels, ...]) -> tuple[Labels, ...]:
    return tuple(tuple(sorted((*row, ("category", category), ("gas", "CO2")))) for row in rows)


def _expansion() -> Step:
    feeds = {
        "above": Given("forest.species_bef", ("forest",)),
        "root_ratio": Given("forest.species_root_ratio", ("forest",)),
    }
    return Step("forest.expansion", forest.whole_tree_expansion, _SPECIES, feeds)


def _tree_feeds() -> dict[str, Feed]:
    return {
        "density": Given("forest.species_density", ("forest",)),
        "expansion": Result("forest.expansion", ("forest",)),
        "carbon": CARBON,
    }


def _stocks() -> tuple[Step, ...]:
    return tuple(
        Step(f"forest.stock.{when}", forest.stock, _SPECIES, {"volume": Given(f"forest.{when}_volume", ("forest",)), **_tree_feeds()})
        for when in ("earlier", "later")
    )  # fmt: skip


def _difference(category: str) -> Step:
    return Step(
        "lulucf.stock_difference",
        forest.stock_difference,
        _emitting(category, _SPECIES),
        {
            "earlier": Result("forest.stock.earlier", ("forest",)),
            "later": Result("forest.stock.later", ("forest",)),
            "interval": Given("forest.interval"),
        },
    )


def _species() -> tuple[Step, ...]:
    volume = Given("forest.volume", ("forest",))
    return (
        Step(
            "lulucf.trees.growth",
            forest.growth,
            _emitting("lulucf.woody.trees", _SPECIES),
            {"volume": volume, "rate": Given("forest.growth_rate", ("forest",)), **_tree_feeds()},
        ),
        Step(
            "lulucf.trees.consumption",
            forest.consumption,
            _emitting("lulucf.woody.consumption", _SPECIES),
            {"volume": volume, "rate": Given("forest.consumption_rate", ("forest",)), **_tree_feeds()},
        ),
    )


def _outside() -> tuple[Step, ...]:
    """Trees outside forests have no species in the statistics: the average density and expansion stand for them."""
    rows = tuple(labels(trees=trees) for trees in OUTSIDE)
    shared: dict[str, Feed] = {
        "volume": Given("trees.volume", ("trees",)),
        "density": Given("forest.wood_density"),
        "expansion": Given("forest.bef", (), labels(part="whole_tree")),
        "carbon": CARBON,
    }
    return (
        Step(
            "lulucf.outside.growth",
            forest.growth,
            _emitting("lulucf.woody.outside", rows),
            {"rate": Given("trees.growth_rate", ("trees",)), **shared},
        ),
        Step(
            "lulucf.outside.consumption",
            forest.consumption,
            _emitting("lulucf.woody.consumption", rows),
            {"rate": Given("trees.consumption_rate", ("trees",)), **shared},
        ),
    )


def _stands() -> Step:
    rows = tuple(labels(category=f"lulucf.woody.{STAND_CATEGORIES[stand]}", gas="CO2", stand=stand) for stand in STANDS)
    return Step(
        "lulucf.stands",
        forest.area_change,
        rows,
        {
            "change": Given("stand.area_change", ("stand",)),
            "biomass": Given("forest.biomass_density", ("stand",)),
            "carbon": CARBON,
        },
    )
