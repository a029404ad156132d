"""Solid waste. Landfills by mass balance or by first-order decay: both start from the carbon landfilled by component."""

from __future__ import annotations

from qihou.domains.inventory.methods import biological, incineration, landfill
from qihou.domains.inventory.methods.scheme.parts import Nature, Options, Quantity
from qihou.domains.inventory.methods.scheme.waste_names import COMPONENTS, SITES, STREAMS, TREATMENTS
from qihou.figures.graph import Feed, Given, Labels, Result, Step, labels

FIRST_ORDER_DECAY = "first-order-decay"
_LANDFILL, _INCINERATION, _BIOLOGICAL = "waste.solid.landfill", "waste.solid.incineration", "waste.solid.biological"


def _quantities() -> tuple[Quantity, ...]:
    found = []
    for site, (zh, en) in SITES.items():
        for key, unit, what, what_en, high, spread in (
            ("waste.landfilled", "吨", "生活垃圾填埋量", "waste landfilled", 1e6, "±10%"),
            ("waste.landfill_recovered", "tCH4", "填埋气甲烷回收量", "methane recovered", 50000, "±10%"),
        ):
            found.append(
                Quantity(
                    key, labels(site=site), unit, f"{zh}{what}", f"{en}: {what_en}", "waste_solid", "一、填埋处理", "Landfill",
                    low=0, high=high, spread=spread, categories=(_LANDFILL,),
                )
            )  # fmt: skip
    for component, (zh, en) in COMPONENTS.items():
        found.append(
            Quantity(
                "waste.composition", labels(fraction=component), "%", f"填埋垃圾中{zh}比例（湿重）", f"Share of {en.lower()} in landfilled waste, wet",
                "waste_solid", "二、垃圾成分", "Composition", low=0, high=90, spread="±20%", categories=(_LANDFILL,),
            )
        )  # fmt: skip
    found.append(
        Quantity(
            "waste.methane_fraction", (), "%", "填埋气中甲烷比例（实测）", "Methane in landfill gas, measured", "waste_solid", "三、本地实测参数（选填）",
            "Measured parameters, optional", nature=Nature.PARAMETER, low=35, high=65, spread="±5%",
        )
    )  # fmt: skip
    for stream, (zh, en, _) in STREAMS.items():
        sheet, section = (
            ("waste_solid", ("四、焚烧处理", "Incineration"))
            if stream == "msw"
            else ("waste_special", ("一、焚烧处理", "Incineration"))
        )
        found.append(
            Quantity(
                "waste.incinerated", labels(stream=stream), "吨", zh, en, sheet, *section, low=0, high=1e6, spread="±5%",
                categories=(_INCINERATION, "waste.biogenic_co2"),
            )
        )  # fmt: skip
        for key, what, what_en in (
            ("waste.incineration_carbon", "含碳量（实测）", "carbon, measured"),
            ("waste.incineration_fossil", "矿物碳占比（实测）", "fossil share of carbon, measured"),
        ):
            found.append(
                Quantity(
                    key, labels(stream=stream), "%", f"{zh.partition('焚烧量')[0]}{what}", f"{en}: {what_en}", sheet, "五、焚烧参数（选填）" if stream == "msw" else "二、焚烧参数（选填）",
                    "Parameters, optional", nature=Nature.PARAMETER, low=0, high=100, spread="±10%",
                )
            )  # fmt: skip
    for treatment, (zh, en) in TREATMENTS.items():
        for key, unit, name, name_en in (
            ("waste.treated", "吨", zh, en),
            (
                "waste.biological_recovered",
                "tCH4",
                f"{zh.partition('处理量')[0]}另行回收的甲烷",
                f"{en}: methane recovered besides",
            ),
        ):
            found.append(
                Quantity(
                    key, labels(treatment=treatment), unit, name, name_en, "waste_solid", "六、生物处理", "Biological treatment",
                    low=0, high=1e6, spread="±10%", categories=(_BIOLOGICAL,),
                )
            )  # fmt: skip
    return tuple(found)


QUANTITIES = _quantities()


def steps(options: Options) -> tuple[Step, ...]:
    return (*_landfill(options), *_incineration(), *_biological())


def _landfill(options: Options) -> tuple[Step, ...]:
    """Carbon by site and component; what of it decomposes in the year; methane by site; what escapes."""
    parts = tuple(labels(site=site, fraction=component) for site in SITES for component in COMPONENTS)
    carbon = Step(
        "landfill.carbon",
        landfill.landfilled_carbon,
        parts,
        {
            "waste": Given("waste.landfilled", ("site",)),
            "share": Given("waste.composition", ("fraction",)),
            "organic": Given("waste.doc", ("fraction",)),
            "decomposable": Given("waste.docf", (), labels(fraction="bulk")),
            "correction": Given("waste.mcf", ("site",)),
        },
    )
    found, decomposed = [carbon], carbon.key
    if options.landfill == FIRST_ORDER_DECAY:
        rate = Given("waste.decay_rate", ("fraction",), labels(climate="wet_temperate"))
        feeds: dict[str, Feed] = {"deposited": Result(carbon.key, ("site", "fraction")), "rate": rate}
        decomposed = "landfill.decomposed"
        found.append(Step(decomposed, landfill.decayed_carbon, parts, feeds))
    sums: dict[str, Feed] = {c: Result(decomposed, ("site",), labels(fraction=c)) for c in COMPONENTS}
    sites = tuple(labels(site=site) for site in SITES)
    sums["methane_share"] = Given("waste.methane_fraction")
    found.append(Step("landfill.generated", landfill.generated_methane, sites, sums))
    return (*found, _escaping("managed", ("managed",), "managed_well"), _escaping("others", tuple(SITES)[1:], "other"))


def _escaping(key: str, sites: tuple[str, ...], cover: str) -> Step:
    rows = tuple(labels(category=_LANDFILL, gas="CH4", site=site) for site in sites)
    return Step(
        f"waste.landfill.{key}",
        landfill.landfill_methane,
        rows,
        {
            "generated": Result("landfill.generated", ("site",)),
            "recovered": Given("waste.landfill_recovered", ("site",)),
            "oxidised": Given("waste.oxidation", (), labels(site=cover)),
        },
    )


def _incineration() -> tuple[Step, ...]:
    burnt = Given("waste.incinerated", ("stream",))
    carbon: dict[str, Feed] = {
        "waste": burnt,
        "carbon": Given("waste.incineration_carbon", ("stream",)),
        "fossil": Given("waste.incineration_fossil", ("stream",)),
        "burnout": Given("waste.incineration_burnout", ("stream",)),
    }

    def rows(category: str, gas: str) -> tuple[Labels, ...]:
        return tuple(
            labels(category=category, gas=gas, stream=stream, technology=technology)
            for stream, (_, _, technology) in STREAMS.items()
        )

    def factor(gas: str) -> dict[str, Feed]:
        return {"waste": burnt, "factor": Given(f"waste.incineration_{gas}", ("technology",))}

    return (
        Step("waste.incineration.co2", incineration.fossil_co2, rows(_INCINERATION, "CO2"), carbon),
        Step("waste.incineration.biogenic", incineration.biogenic_co2, rows("waste.biogenic_co2", "CO2"), carbon),
        Step("waste.incineration.ch4", incineration.incineration_ch4, rows(_INCINERATION, "CH4"), factor("ch4")),
        Step("waste.incineration.n2o", incineration.incineration_n2o, rows(_INCINERATION, "N2O"), factor("n2o")),
    )


def _biological() -> tuple[Step, ...]:
    treated = Given("waste.treated", ("treatment",))
    recovered = Given("waste.biological_recovered", ("treatment",))

    def rows(gas: str) -> tuple[Labels, ...]:
        return tuple(labels(category=_BIOLOGICAL, gas=gas, treatment=treatment) for treatment in TREATMENTS)

    return (
        Step(
            "waste.biological.ch4",
            biological.biological_ch4,
            rows("CH4"),
            {"treated": treated, "factor": Given("waste.biological_ch4", ("treatment",)), "recovered": recovered},
        ),
        Step(
            "waste.biological.n2o",
            biological.biological_n2o,
            rows("N2O"),
            {"treated": treated, "factor": Given("waste.biological_n2o", ("treatment",))},
        ),
    )
