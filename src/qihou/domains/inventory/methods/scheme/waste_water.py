"""Wastewater of homes and of industry.

The provincial guideline of 2011 knows treatment plants and water discharged; later editions add septic tanks.
"""

from __future__ import annotations

from qihou.domains.inventory.methods import wastewater
from qihou.domains.inventory.methods.scheme.parts import Nature, Options, Quantity
from qihou.domains.inventory.methods.scheme.waste_names import INDUSTRIAL_MCF, INDUSTRIES, OPEN_TREATMENTS, PATHS
from qihou.figures.graph import Feed, Given, Result, Step, labels

_DOMESTIC, _INDUSTRIAL = "waste.water.domestic", "waste.water.industrial"

_SEPTIC = ("2011年版指南不计此项，其余版本计入", "Not counted under the guideline of 2011, counted under the others")


def _domestic_quantities() -> tuple[Quantity, ...]:
    sheet, section, section_en = "wastewater_domestic", "一、生活污水", "Domestic wastewater"
    cod = (
        Quantity("wastewater.domestic_cod", labels(path=path), "tCOD", f"{zh}的化学需氧量", f"{en}: COD", sheet, section, section_en,
                 low=0, high=1e5, spread="±20%", categories=(_DOMESTIC,), note_zh=_SEPTIC[0] if path == "septic" else "", note_en=_SEPTIC[1] if path == "septic" else "")
        for path, (zh, en) in PATHS.items()
    )  # fmt: skip
    return (
        *cod,
        Quantity("wastewater.domestic_recovered", (), "tCH4", "污水处理厂甲烷回收量", "Methane recovered in treatment plants", sheet, section, section_en,
                 low=0, high=5000, spread="±10%", categories=(_DOMESTIC,)),
        Quantity("wastewater.sludge_nitrogen", (), "tN", "随污泥清除的氮", "Nitrogen removed with sludge", sheet, section, section_en,
                 low=0, high=5000, spread="±50%", categories=(_DOMESTIC,)),
        Quantity("wastewater.bod_per_cod", (), "%", "生活污水BOD与COD之比（实测）", "BOD per COD, measured", sheet, "二、本地实测参数（选填）",
                 "Measured parameters, optional", nature=Nature.PARAMETER, low=20, high=80, spread="±10%"),
        Quantity("wastewater.protein", (), "kg/person/a", "人均年蛋白质消费量", "Protein eaten per person and year", "wastewater_protein",
                 low=15, high=50, spread="±10%", categories=(_DOMESTIC,)),
    )  # fmt: skip


def _industrial_quantities() -> tuple[Quantity, ...]:
    found = []
    for industry, (zh, en) in INDUSTRIES.items():
        for treatment, (what, what_en) in INDUSTRIAL_MCF.items():
            found.append(
                Quantity(
                    "wastewater.industrial_cod", labels(industry=industry, treatment=treatment), "tCOD", f"{zh}：{what}的化学需氧量",
                    f"{en}: {what_en.lower()}, COD", "wastewater_industrial", "一、化学需氧量去向", "Where the COD goes", low=0, high=1e5, spread="±15%",
                    categories=(_INDUSTRIAL,),
                )
            )  # fmt: skip
        for key, unit, what, what_en in (
            (
                "wastewater.industrial_sludge",
                "tCOD",
                "厌氧处理中随污泥清除的化学需氧量",
                "COD removed with sludge of anaerobic treatment",
            ),
            ("wastewater.industrial_recovered", "tCH4", "厌氧处理甲烷回收量", "methane recovered"),
        ):
            found.append(
                Quantity(
                    key, labels(industry=industry), unit, f"{zh}：{what}", f"{en}: {what_en}", "wastewater_industrial", "二、污泥与沼气", "Sludge and biogas",
                    low=0, high=1e5, spread="±20%", categories=(_INDUSTRIAL,),
                )
            )  # fmt: skip
    return tuple(found)


QUANTITIES = (*_domestic_quantities(), *_industrial_quantities())


def steps(options: Options) -> tuple[Step, ...]:
    return (*_domestic(options), *_nitrogen(), *_industrial())


def _domestic(options: Options) -> tuple[Step, ...]:
    trial = options.edition == "provincial-2011"
    paths = ("plant", "discharge") if trial else tuple(PATHS)
    bod = Step(
        "wastewater.bod",
        wastewater.bod_from_cod,
        tuple(labels(path=path) for path in paths),
        {"cod": Given("wastewater.domestic_cod", ("path",)), "ratio": Given("wastewater.bod_per_cod")},
    )
    # The guideline of 2011 gives plants the national average of all ways of treatment.
    treatments = {
        "plant": "national_average" if trial else "aerobic_centralised",
        "septic": "septic",
        "discharge": "discharge",
    }

    def feeds(path: str) -> dict[str, Feed]:
        return {
            "organic": Result("wastewater.bod", ("path",)),
            "capacity": Given("wastewater.bo_domestic"),
            "correction": Given("wastewater.mcf_domestic", (), labels(treatment=treatments[path])),
        }

    found = [bod]
    for path in paths:
        row = labels(category=_DOMESTIC, gas="CH4", path=path)
        if path == "plant":
            recovered = {"recovered": Given("wastewater.domestic_recovered")}
            found.append(
                Step("waste.water.domestic.plant", wastewater.domestic_methane, (row,), {**feeds(path), **recovered})
            )
        else:
            found.append(Step(f"waste.water.domestic.{path}", wastewater.domestic_open_methane, (row,), feeds(path)))
    return tuple(found)


def _nitrogen() -> tuple[Step, ...]:
    nitrogen: dict[str, Feed] = {
        "people": Given("context.population"),
        "protein": Given("wastewater.protein"),
        "content": Given("wastewater.protein_nitrogen"),
        "wasted": Given("wastewater.non_consumed_protein"),
        "industrial": Given("wastewater.industrial_protein"),
        "sludge": Given("wastewater.sludge_nitrogen"),
    }
    return (
        Step("wastewater.nitrogen", wastewater.sewage_nitrogen, (labels(),), nitrogen),
        Step(
            "waste.water.domestic.n2o",
            wastewater.sewage_nitrous_oxide,
            (labels(category=_DOMESTIC, gas="N2O"),),
            {
                "nitrogen": Result("wastewater.nitrogen", ()),
                "factor": Given("wastewater.n2o_factor", (), labels(treatment="effluent")),
            },
        ),
    )


def _industrial() -> tuple[Step, ...]:
    shared: dict[str, Feed] = {
        "organic": Given("wastewater.industrial_cod", ("industry", "treatment")),
        "capacity": Given("wastewater.bo_industrial"),
        "correction": Given("wastewater.mcf_industrial", ("treatment",)),
    }

    def rows(treatments: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], ...]:
        return tuple(
            labels(category=_INDUSTRIAL, gas="CH4", industry=industry, treatment=treatment)
            for industry in INDUSTRIES
            for treatment in treatments
        )

    return (
        Step(
            "waste.water.industrial.anaerobic",
            wastewater.industrial_methane,
            rows(("anaerobic_reactor",)),
            {
                **shared,
                "sludge": Given("wastewater.industrial_sludge", ("industry",)),
                "recovered": Given("wastewater.industrial_recovered", ("industry",)),
            },
        ),
        Step("waste.water.industrial.open", wastewater.industrial_open_methane, rows(tuple(OPEN_TREATMENTS)), shared),
    )
