"""Waste composted or digested."""

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method
from qihou.figures.method import Need

_TREATED = Need("treated", "t", "处理量（湿重）", "waste treated, wet", "M", low=0.0)


@method(
    "waste.biological.ch4",
    version=1,
    unit="tCH4",
    zh="生物处理甲烷排放",
    en="Methane from biological treatment",
    formula=r"E = M \cdot EF - R",
    cites=ipcc_2006("Volume 5, chapter 4, equation 4.1"),
    needs=(
        _TREATED,
        Need("factor", "tCH4/t", "甲烷排放因子", "methane per tonne of wet waste", "EF", low=0.0),
        Need("recovered", "tCH4", "回收的甲烷", "methane recovered", "R", low=0.0, nil=0.0),
    ),
    note="仅填从排放因子所含泄漏中另行回收的甲烷；作沼气利用的部分已不在排放因子之内。",
)
def biological_ch4(treated: float, factor: float, recovered: float) -> float:
    """Methane from one way of treatment in a year, in t."""
    return treated * factor - recovered


@method(
    "waste.biological.n2o",
    version=1,
    unit="tN2O",
    zh="生物处理氧化亚氮排放",
    en="Nitrous oxide from biological treatment",
    formula=r"E = M \cdot EF",
    cites=ipcc_2006("Volume 5, chapter 4, equation 4.2"),
    needs=(_TREATED, Need("factor", "tN2O/t", "氧化亚氮排放因子", "N2O per tonne of wet waste", "EF", low=0.0)),
)
def biological_n2o(treated: float, factor: float) -> float:
    """Nitrous oxide from one way of treatment in a year, in t."""
    return treated * factor
