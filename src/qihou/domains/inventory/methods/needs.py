"""Needs that many formulas share: fractions between nought and one, and the ratios of molar masses."""

from qihou.figures.method import Need

CO2_PER_C = 44 / 12
CH4_PER_C = 16 / 12
N2O_PER_N = 44 / 28


def fraction(name: str, zh: str, en: str, symbol: str, *, nil: float | None = None) -> Need:
    """A share of a whole: the formula holds from 0 to 1."""
    return Need(name, "1", zh, en, symbol, low=0.0, high=1.0, nil=nil)


def carbon_dioxide(per: str = "tC") -> Need:
    """``per``: ``t`` or ``tdm`` where the carbon is a share of that mass, not a mass of carbon by itself."""
    return Need(
        "molar", f"tCO2/{per}", "二氧化碳与碳的质量比", "mass of CO2 per mass of carbon", "44/12", constant=CO2_PER_C
    )


def counted_as(substance: str, per: str = "t") -> Need:
    """A share of a mass is from here on a mass of the substance."""
    return Need("counted", f"t{substance}/{per}", f"以 {substance} 计", f"counted as {substance}", "1", constant=1.0)


def methane() -> Need:
    return Need("molar", "tCH4/tC", "甲烷与碳的质量比", "mass of CH4 per mass of carbon", "16/12", constant=CH4_PER_C)


def nitrous_oxide() -> Need:
    return Need(
        "molar", "tN2O/tN2O_N", "氧化亚氮与其所含氮的质量比", "mass of N2O per mass of its nitrogen", "44/28",
        constant=N2O_PER_N,
    )  # fmt: skip


def one_year() -> Need:
    """The year over which an annual factor is counted."""
    return Need("years", "a", "核算期", "period", "a", constant=1.0)
