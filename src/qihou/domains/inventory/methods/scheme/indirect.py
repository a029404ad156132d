"""Electricity and heat across the district's border: indirect CO2, shown beside the totals and in none of them."""

from __future__ import annotations

from qihou.domains.inventory.methods import electricity
from qihou.domains.inventory.methods.scheme.parts import (
    Category,
    Nature,
    Options,
    Quantity,
    Sector,
    SectorScheme,
    Sheet,
)
from qihou.domains.inventory.methods.scheme.sections import numbered
from qihou.figures.graph import Given, Step, labels

CATEGORIES = (
    Category("indirect", "间接", "电力热力调入调出间接排放", "Indirect, electricity and heat", Sector.INDIRECT, "", "scope 2"),
    Category("indirect.electricity", "间接1", "净调入电力", "Net imported electricity", Sector.INDIRECT, "", "I.1.2–I.6.2"),
    Category("indirect.electricity.imported", "间接1.1", "调入电力", "Electricity brought in", Sector.INDIRECT, "", "I.1.2–I.6.2"),
    Category("indirect.electricity.exported", "间接1.2", "调出电力", "Electricity sent out", Sector.INDIRECT, "", ""),
    Category("indirect.heat", "间接2", "净调入热力", "Net imported heat", Sector.INDIRECT, "", "I.1.2–I.6.2"),
    Category("indirect.heat.imported", "间接2.1", "调入热力", "Heat brought in", Sector.INDIRECT, "", "I.1.2–I.6.2"),
    Category("indirect.heat.exported", "间接2.2", "调出热力", "Heat sent out", Sector.INDIRECT, "", ""),
)  # fmt: skip
SHEETS = (
    Sheet(
        "electricity", "电力与热力", "Electricity and heat", "国网铜梁供电公司",
        "调入、调出按关口表计量；电力排放因子按公布年份取用", "As metered at the border; the factor is that of the year as published",
    ),
)  # fmt: skip


def _quantities() -> tuple[Quantity, ...]:
    section = ("调入调出", "Across the border")
    return (
        Quantity("electricity.imported", (), "万千瓦时", "外区调入电量", "Electricity brought in", "electricity", *section, low=0, spread="±1%", categories=("indirect.electricity.imported",)),
        Quantity("electricity.exported", (), "万千瓦时", "本区调出电量", "Electricity sent out", "electricity", *section, low=0, spread="±1%", categories=("indirect.electricity.exported",)),
        Quantity("heat.imported", (), "吉焦", "外区调入热量", "Heat brought in", "electricity", *section, low=0, spread="±3%", categories=("indirect.heat.imported",)),
        Quantity("heat.exported", (), "吉焦", "本区调出热量", "Heat sent out", "electricity", *section, low=0, spread="±3%", categories=("indirect.heat.exported",)),
        Quantity("heat.emission_factor", (), "tCO2/GJ", "热力排放因子（实测）", "CO2 factor of heat, measured", "electricity", "排放因子", "Factors", Nature.PARAMETER, 0.04, 0.15, "±10%"),
    )  # fmt: skip


def _steps(options: Options) -> tuple[Step, ...]:
    power, heat = Given("electricity.emission_factor"), Given("heat.emission_factor")

    def row(kind: str) -> tuple[tuple[tuple[str, str], ...], ...]:
        return (labels(category=f"indirect.{kind}", gas="CO2"),)

    return (
        Step("co2.electricity.imported", electricity.electricity_imported, row("electricity.imported"), {"electricity": Given("electricity.imported"), "factor": power}),
        Step("co2.electricity.exported", electricity.electricity_exported, row("electricity.exported"), {"electricity": Given("electricity.exported"), "factor": power}),
        Step("co2.heat.imported", electricity.heat_imported, row("heat.imported"), {"heat": Given("heat.imported"), "factor": heat}),
        Step("co2.heat.exported", electricity.heat_exported, row("heat.exported"), {"heat": Given("heat.exported"), "factor": heat}),
    )  # fmt: skip


SCHEME = SectorScheme(CATEGORIES, SHEETS, numbered(_quantities()), _steps)
