"""Nitrous oxide from cropland: the nitrogen brought in, what of it turns to N2O there, and what does so elsewhere."""

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.domains.inventory.methods.needs import N2O_PER_N, fraction, nitrous_oxide, one_year
from qihou.figures.method import Need

_SOILS = "第三章 农业，农用地氧化亚氮排放"
_SHARE = Need("factor", "tN2O_N/tN", "排放因子", "share of nitrogen that becomes N2O-N", "EF", low=0.0, high=1.0)


@method(
    "agriculture.soils.fertiliser_nitrogen",
    version=1,
    unit="tN",
    zh="化肥氮输入量",
    en="Nitrogen in fertiliser",
    formula=r"N = M \cdot w_N",
    cites=provincial(_SOILS),
    needs=(
        Need("applied", "t", "化肥施用量（折纯）", "fertiliser applied, as nutrients", "M", low=0.0),
        Need("content", "tN/t", "含氮率", "nitrogen per tonne of nutrients", "w_N", low=0.0, high=1.0),
    ),
)
def fertiliser_nitrogen(applied: float, content: float) -> float:
    """Nitrogen in the fertiliser applied in a year, in tN."""
    return applied * content


@method(
    "agriculture.soils.excreted_nitrogen",
    version=1,
    unit="tN",
    zh="粪便排泄氮量",
    en="Nitrogen excreted",
    formula=r"N_{ex} = P \cdot n \cdot a",
    cites=(provincial(_SOILS), ipcc_2006("Volume 4, chapter 10, equation 10.30")),
    needs=(
        Need("heads", "head", "畜禽存栏量", "animals", "P", low=0.0),
        Need("excretion", "tN/head/a", "年排泄氮量", "nitrogen excreted per animal and year", "n", low=0.0),
        one_year(),
    ),
)
def excreted_nitrogen(heads: float, excretion: float, years: float = 1.0) -> float:
    """Nitrogen excreted by one kind of animal in a year, in tN."""
    return heads * excretion * years


@method(
    "agriculture.soils.rural_nitrogen",
    version=1,
    unit="tN",
    zh="乡村人口排泄氮量",
    en="Nitrogen excreted by the rural population",
    formula=r"N_{h} = (P - P_{u})\, n \cdot a",
    cites=provincial(_SOILS),
    needs=(
        Need("people", "person", "常住人口", "residents", "P", low=0.0),
        Need("urban", "person", "城镇常住人口", "urban residents", "P_{u}", low=0.0),
        Need("excretion", "tN/person/a", "人均年排泄氮量", "nitrogen excreted per person and year", "n", low=0.0),
        one_year(),
    ),
)
def rural_nitrogen(people: float, urban: float, excretion: float, years: float = 1.0) -> float:
    """Nitrogen excreted by the rural population in a year, in tN."""
    return (people - urban) * excretion * years


@method(
    "agriculture.soils.manure_nitrogen",
    version=1,
    unit="tN",
    zh="粪肥还田氮量",
    en="Nitrogen in manure brought to the fields",
    formula=r"N_{m} = N_{ex}\,(1-f_{other})\,(1-f_{leach}-f_{gas})",
    cites=provincial(_SOILS),
    needs=(
        Need("excreted", "tN", "排泄氮量", "nitrogen excreted", "N_{ex}", low=0.0),
        fraction(
            "elsewhere",
            "放牧、作燃料等不还田比例",
            "share grazed, burnt or otherwise not brought",
            "f_{other}",
            nil=0.0,
        ),
        fraction("leached", "淋溶径流损失率", "share lost by leaching before it is brought", "f_{leach}"),
        fraction("volatilised", "挥发损失率", "share lost by volatilisation before it is brought", "f_{gas}"),
    ),
)
def manure_nitrogen(excreted: float, elsewhere: float, leached: float, volatilised: float) -> float:
    """Nitrogen of manure that reaches the fields in a year, in tN."""
    return excreted * (1 - elsewhere) * (1 - leached - volatilised)


@method(
    "agriculture.soils.straw_nitrogen",
    version=1,
    unit="tN",
    zh="秸秆还田氮量",
    en="Nitrogen in straw and roots left in the field",
    formula=r"N_s = Y\,d\left[\left(\tfrac{1}{h}-1\right) r\,w + \tfrac{1}{h}\,\rho\,w\right]",
    cites=provincial(_SOILS),
    needs=(
        Need("harvest", "t", "作物产量", "harvest", "Y", low=0.0),
        fraction("dry", "干重比", "dry share of the harvest", "d"),
        Need("index", "1", "经济系数", "harvest index", "h", low=0.05, high=1.0),
        fraction("returned", "秸秆还田率", "share of straw returned", "r", nil=0.0),
        Need("root_ratio", "1", "根冠比", "roots per shoot", "\\rho", low=0.0, high=2.0),
        Need("content", "tN/t", "秸秆含氮率", "nitrogen per tonne of straw", "w", low=0.0, high=0.2),
    ),
)
def straw_nitrogen(
    harvest: float, dry: float, index: float, returned: float, root_ratio: float, content: float
) -> float:
    """Nitrogen in returned straw and in roots of one crop in a year, in tN. ``index`` must not be 0."""
    return harvest * dry * ((1 / index - 1) * returned + root_ratio / index) * content


@method(
    "agriculture.soils.direct",
    version=1,
    unit="tN2O",
    zh="农用地氧化亚氮直接排放",
    en="Direct N2O from cropland",
    formula=r"E = N \cdot EF \cdot \tfrac{44}{28}",
    cites=(provincial(_SOILS), ipcc_2006("Volume 4, chapter 11, equation 11.1")),
    needs=(Need("nitrogen", "tN", "氮输入量", "nitrogen brought in", "N", low=0.0), _SHARE, nitrous_oxide()),
)
def soils_direct(nitrogen: float, factor: float, molar: float = N2O_PER_N) -> float:
    """N2O from one input of nitrogen where it was brought, in t. The factor is N2O-N per N, so 44/28 leads to the gas."""
    return nitrogen * factor * molar


@method(
    "agriculture.soils.deposition",
    version=1,
    unit="tN2O",
    zh="大气氮沉降引起的氧化亚氮间接排放",
    en="Indirect N2O from nitrogen deposited from the air",
    formula=r"E = N \cdot f_{gas} \cdot EF \cdot \tfrac{44}{28}",
    cites=(provincial(_SOILS), ipcc_2006("Volume 4, chapter 11, equation 11.9")),
    needs=(
        Need("nitrogen", "tN", "氮量", "nitrogen", "N", low=0.0),
        fraction("volatilised", "挥发率", "share volatilised", "f_{gas}"),
        _SHARE,
        nitrous_oxide(),
    ),
)
def soils_deposition(nitrogen: float, volatilised: float, factor: float, molar: float = N2O_PER_N) -> float:
    """N2O from the nitrogen of one source that went into the air and came down elsewhere, in t."""
    return nitrogen * volatilised * factor * molar


@method(
    "agriculture.soils.leaching",
    version=1,
    unit="tN2O",
    zh="氮淋溶径流引起的氧化亚氮间接排放",
    en="Indirect N2O from nitrogen leached and run off",
    formula=r"E = N \cdot f_{leach} \cdot EF \cdot \tfrac{44}{28}",
    cites=(provincial(_SOILS), ipcc_2006("Volume 4, chapter 11, equation 11.10")),
    needs=(
        Need("nitrogen", "tN", "农用地氮输入量", "nitrogen brought in", "N", low=0.0),
        fraction("leached", "淋溶径流率", "share leached", "f_{leach}"),
        _SHARE,
        nitrous_oxide(),
    ),
)
def soils_leaching(nitrogen: float, leached: float, factor: float, molar: float = N2O_PER_N) -> float:
    """N2O from the nitrogen of one source that water carried off, in t."""
    return nitrogen * leached * factor * molar
