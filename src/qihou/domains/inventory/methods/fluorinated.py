"""Fluorinated gases: made beside a product, leaked from equipment, or let off when equipment is opened.

One formula stands for several gases; each gas is a dimension of its own, so each has its own method.
Sources: 《省级温室气体清单编制指南（试行）》 2011, chapter 2; 2006 IPCC Guidelines, volume 3, chapters 4, 7 and 8.
"""

from __future__ import annotations

from typing import Any

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.figures.method import Cite, Method, Need
from qihou.measure.gases import GASES

PER_PRODUCT = ("HFC23", "CF4", "C2F6", "SF6")
LEAKED = ("HFC32", "HFC125", "HFC134a", "HFC143a")


def _per_product(gas: str) -> Method:
    zh = GASES[gas].zh

    @method(
        f"ippu.product.{gas.lower()}",
        version=1,
        unit=f"t{gas}",
        zh=f"单位产品{zh}排放",
        en=f"{gas} per product",
        formula=r"E = P \cdot EF",
        cites=provincial("第二章 工业生产过程，2.7 一氯二氟甲烷、2.8 其他工业生产过程"),
        needs=(
            Need("product", "t", "产品产量", "Product made", "P", low=0),
            Need("factor", f"t{gas}/t", "单位产品排放因子", "Emission per product", "EF", low=0, high=1),
        ),
    )
    def per_product(product: Any, factor: Any) -> Any:
        """The gas in t that one tonne of product sets free."""
        return product * factor

    return per_product


def _leaked(gas: str) -> Method:
    zh = GASES[gas].zh

    @method(
        f"ippu.leak.{gas.lower()}",
        version=1,
        unit=f"t{gas}",
        zh=f"在用设备{zh}泄漏",
        en=f"{gas} leaked from equipment in use",
        formula=r"E = B \cdot x \cdot t",
        cites=ipcc_2006("volume 3, chapter 7, equation 7.13"),
        needs=(
            Need("bank", f"t{gas}", "在用设备存量", "Gas in equipment", "B", low=0),
            Need("rate", "1/a", "年泄漏率", "Share leaked each year", "x", low=0, high=1),
            Need("years", "a", "一年", "One year", "t", constant=1.0),
        ),
    )
    def leaked(bank: Any, rate: Any, years: float = 1.0) -> Any:
        """The gas in t that leaves coolers and air conditioners in a year."""
        return bank * rate * years

    return leaked


product_gas: dict[str, Method] = {gas: _per_product(gas) for gas in PER_PRODUCT}
leak: dict[str, Method] = {gas: _leaked(gas) for gas in LEAKED}


@method(
    "ippu.sf6.opened",
    version=1,
    unit="tSF6",
    zh="电力设备检修、退役六氟化硫排放",
    en="SF6 of switchgear repaired or retired",
    formula=r"E = K - R",
    cites=Cite("《中国电网企业温室气体排放核算方法与报告指南（试行）》", "使用六氟化硫设备修理与退役过程", 2013, "M"),
    needs=(
        Need("charged", "tSF6", "检修、退役设备六氟化硫容量", "Gas the opened equipment held", "K", low=0),
        Need("recovered", "tSF6", "六氟化硫回收量", "Gas recovered", "R", low=0, nil=0.0),
    ),
)
def sf6_opened(charged: Any, recovered: Any) -> Any:
    """SF6 in t that was in the equipment and not recovered."""
    return charged - recovered
