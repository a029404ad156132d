"""Animals: methane from digestion by how they are kept; methane and nitrous oxide from their manure."""

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.domains.inventory.methods.needs import one_year
from qihou.figures.method import Need

_HEADS = Need("heads", "head", "畜禽存栏量", "animals", "P", low=0.0)


@method(
    "agriculture.enteric.ch4",
    version=1,
    unit="tCH4",
    zh="动物肠道发酵甲烷排放",
    en="Methane from enteric fermentation",
    formula=r"E = P \cdot EF \cdot a",
    cites=(provincial("第三章 农业，动物肠道发酵甲烷排放"), ipcc_2006("Volume 4, chapter 10, equation 10.19")),
    needs=(
        _HEADS,
        Need("factor", "tCH4/head/a", "肠道发酵甲烷排放因子", "methane per animal and year", "EF", low=0.0),
        one_year(),
    ),
)
def enteric_methane(heads: float, factor: float, years: float = 1.0) -> float:
    """Methane from the digestion of one kind of animal kept in one way, in t a year."""
    return heads * factor * years


@method(
    "agriculture.manure.ch4",
    version=1,
    unit="tCH4",
    zh="动物粪便管理甲烷排放",
    en="Methane from manure management",
    formula=r"E = P \cdot EF \cdot a",
    cites=(provincial("第三章 农业，动物粪便管理甲烷排放"), ipcc_2006("Volume 4, chapter 10, equation 10.22")),
    needs=(
        _HEADS,
        Need("factor", "tCH4/head/a", "粪便管理甲烷排放因子", "methane per animal and year", "EF", low=0.0),
        one_year(),
    ),
)
def manure_methane(heads: float, factor: float, years: float = 1.0) -> float:
    """Methane from the manure of one kind of animal, in t a year."""
    return heads * factor * years


@method(
    "agriculture.manure.n2o",
    version=1,
    unit="tN2O",
    zh="动物粪便管理氧化亚氮排放",
    en="Nitrous oxide from manure management",
    formula=r"E = P \cdot EF \cdot a",
    cites=provincial("第三章 农业，动物粪便管理氧化亚氮排放"),
    needs=(
        _HEADS,
        Need("factor", "tN2O/head/a", "粪便管理氧化亚氮排放因子", "N2O per animal and year", "EF", low=0.0),
        one_year(),
    ),
)
def manure_nitrous_oxide(heads: float, factor: float, years: float = 1.0) -> float:
    """Nitrous oxide (the gas, not its nitrogen) from the manure of one kind of animal, in t a year."""
    return heads * factor * years
