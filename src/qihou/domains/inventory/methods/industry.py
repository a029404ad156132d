"""Gases that a process makes, not the fuel that heats it: clinker, lime, glass, carbonates, steel, carbide, chemicals.

Sources: 《省级温室气体清单编制指南（试行）》 2011, chapter 2; 2006 IPCC Guidelines, volume 3; guides for enterprises where named.
"""

from __future__ import annotations

from typing import Any

from qihou.domains.inventory.methods.catalogue import ipcc_2006, method, provincial
from qihou.domains.inventory.methods.energy import CARBON_TO_CO2
from qihou.figures.method import Cite, Need

_CLINKER = Need("clinker", "t", "水泥熟料产量", "Clinker made", "Q", low=0)


@method(
    "ippu.cement",
    version=1,
    unit="tCO2",
    zh="水泥生产过程（熟料法，扣除电石渣熟料）",
    en="Cement, by clinker less carbide-slag clinker",
    formula=r"E = (Q - Q_{cs}) \cdot EF",
    cites=provincial("第二章 工业生产过程，2.1 水泥生产过程"),
    needs=(
        _CLINKER,
        Need("carbide_slag", "t", "用电石渣生产的熟料产量", "Clinker made of carbide slag", "Q_{cs}", low=0, nil=0.0),
        Need("factor", "tCO2/t", "熟料过程排放因子", "CO2 per clinker", "EF", low=0.1, high=0.7),
    ),
)
def cement(clinker: Any, carbide_slag: Any, factor: Any) -> Any:
    """CO2 in t; clinker of carbide slag gives off none, its calcium has no carbonate."""
    return (clinker - carbide_slag) * factor


@method(
    "ippu.cement.substitute",
    version=1,
    unit="tCO2",
    zh="非碳酸盐替代原料的扣减量",
    en="Deduction for non-carbonate raw material",
    formula=r"D = M \cdot k",
    cites=Cite("CETS-AG-02.01-V01-2024《企业温室气体排放核算与报告指南 水泥行业》", "过程排放", 2024, "B"),
    needs=(
        Need("material", "t", "替代原料消耗量", "Substitute used", "M", low=0),
        Need("deduction", "tCO2/t", "扣减系数", "Deduction per substitute", "k", low=0, high=0.7),
    ),
)
def cement_substitute(material: Any, deduction: Any) -> Any:
    """CO2 in t that clinker did not give off because this material replaced limestone."""
    return material * deduction


@method(
    "ippu.cement.oxides",
    version=1,
    unit="tCO2",
    zh="水泥熟料过程排放（氧化钙、氧化镁法）",
    en="Clinker by its calcium and magnesium oxide",
    formula=r"E = Q \cdot [(CaO - CaO_n) \tfrac{44}{56} + (MgO - MgO_n) \tfrac{44}{40}]",
    cites=Cite("GB/T 32151.8《碳排放核算与报告要求 第8部分：水泥生产企业》", "原料碳酸盐分解产生的排放", 2023, "A"),
    needs=(
        _CLINKER,
        Need("lime", "1", "熟料氧化钙含量", "CaO in clinker", "CaO", low=0, high=1),
        Need("lime_other", "1", "非碳酸盐来源氧化钙", "CaO of other origin", "CaO_n", low=0, high=1, nil=0.0),
        Need("magnesia", "1", "熟料氧化镁含量", "MgO in clinker", "MgO", low=0, high=1),
        Need("magnesia_other", "1", "非碳酸盐来源氧化镁", "MgO of other origin", "MgO_n", low=0, high=1, nil=0.0),
        Need("lime_ratio", "tCO2/t", "二氧化碳与氧化钙分子量比", "CO2 per CaO", r"\tfrac{44}{56}", constant=44 / 56),
        Need(
            "magnesia_ratio", "tCO2/t", "二氧化碳与氧化镁分子量比", "CO2 per MgO", r"\tfrac{44}{40}", constant=44 / 40
        ),
    ),
)
def cement_oxides(
    clinker: Any,
    lime: Any,
    lime_other: Any,
    magnesia: Any,
    magnesia_other: Any,
    lime_ratio: float = 44 / 56,
    magnesia_ratio: float = 44 / 40,
) -> Any:
    """CO2 in t from measured fractions of clinker mass."""
    return clinker * ((lime - lime_other) * lime_ratio + (magnesia - magnesia_other) * magnesia_ratio)


@method(
    "ippu.product.co2",
    version=1,
    unit="tCO2",
    zh="工业产品生产过程二氧化碳",
    en="CO2 per product",
    formula=r"E = P \cdot EF",
    cites=(provincial("第二章 工业生产过程，2.2 石灰、2.4 电石"), ipcc_2006("volume 3, chapters 2–4, tier 1")),
    needs=(
        Need("product", "t", "产品产量", "Product made", "P", low=0),
        Need("factor", "tCO2/t", "单位产品排放因子", "CO2 per product", "EF", low=0, high=5),
    ),
)
def product_co2(product: Any, factor: Any) -> Any:
    """CO2 in t of lime, carbide or ferrosilicon."""
    return product * factor


@method(
    "ippu.glass",
    version=1,
    unit="tCO2",
    zh="玻璃生产过程",
    en="Glass",
    formula=r"E = P \cdot EF \cdot (1 - CR)",
    cites=ipcc_2006("volume 3, chapter 2, equation 2.13"),
    needs=(
        Need("product", "t", "玻璃熔制量", "Glass melted", "P", low=0),
        Need("factor", "tCO2/t", "玻璃排放因子", "CO2 per glass", "EF", low=0, high=0.5),
        Need("cullet", "1", "碎玻璃掺入比例", "Cullet", "CR", low=0, high=1, nil=0.0),
    ),
)
def glass(product: Any, factor: Any, cullet: Any) -> Any:
    """CO2 in t of the carbonates melted; cullet has none left."""
    return product * factor * (1 - cullet)


@method(
    "ippu.carbonate",
    version=1,
    unit="tCO2",
    zh="碳酸盐分解（使用）",
    en="Carbonates decomposed",
    formula=r"E = M \cdot p \cdot EF",
    cites=(
        ipcc_2006("volume 3, chapter 2, equation 2.16"),
        Cite("《工业其他行业企业温室气体排放核算方法与报告指南（试行）》", "碳酸盐使用过程排放", 2015, "M"),
    ),
    needs=(
        Need("used", "t", "碳酸盐消耗量", "Carbonate used", "M", low=0),
        Need("purity", "1", "碳酸盐纯度", "Purity", "p", low=0, high=1),
        Need("factor", "tCO2/t", "碳酸盐排放因子", "CO2 per carbonate", "EF", low=0, high=0.7),
    ),
)
def carbonate(used: Any, purity: Any, factor: Any) -> Any:
    """CO2 in t of carbonates that are heated or dissolved in acid, as far as they are pure."""
    return used * purity * factor


@method(
    "ippu.chemical_balance",
    version=1,
    unit="tCO2",
    zh="化工生产过程（碳质量平衡）",
    en="Chemicals by carbon balance",
    formula=r"E = (R \cdot c_R - P \cdot c_P - W \cdot c_W) \cdot \tfrac{44}{12}",
    cites=Cite(
        "《中国化工生产企业温室气体排放核算方法与报告指南（试行）》",
        "化石燃料和其他碳氢化合物用作原材料的排放",
        2013,
        "M",
    ),
    needs=(
        Need("material", "t", "含碳原料消耗量", "Carbon-bearing material", "R", low=0),
        Need("material_carbon", "tC/t", "原料含碳量", "Carbon in the material", "c_R", low=0, high=1),
        Need("product", "t", "含碳产品产量", "Carbon-bearing product", "P", low=0, nil=0.0),
        Need("product_carbon", "tC/t", "产品含碳量", "Carbon in the product", "c_P", low=0, high=1, nil=0.0),
        Need("residue", "t", "含碳废渣量", "Carbon-bearing residue", "W", low=0, nil=0.0),
        Need("residue_carbon", "tC/t", "废渣含碳量", "Carbon in the residue", "c_W", low=0, high=1, nil=0.0),
        CARBON_TO_CO2,
    ),
    note="用作还原剂的煤计在这里，不再计入燃料燃烧。",
)
def chemical_balance(
    material: Any,
    material_carbon: Any,
    product: Any,
    product_carbon: Any,
    residue: Any,
    residue_carbon: Any,
    ratio: float = 44 / 12,
) -> Any:
    """CO2 in t: carbon that went in and came out neither in the product nor in the residue."""
    return (material * material_carbon - product * product_carbon - residue * residue_carbon) * ratio


@method(
    "ippu.steel.flux",
    version=1,
    unit="tCO2",
    zh="钢铁生产熔剂分解",
    en="Flux in iron and steel",
    formula=r"E = M \cdot EF",
    cites=provincial("第二章 工业生产过程，2.3 钢铁生产过程"),
    needs=(
        Need("flux", "t", "熔剂消耗量", "Flux used", "M", low=0),
        Need("factor", "tCO2/t", "熔剂排放因子", "CO2 per flux", "EF", low=0, high=0.7),
    ),
)
def steel_flux(flux: Any, factor: Any) -> Any:
    """CO2 in t of limestone and dolomite used as flux."""
    return flux * factor


@method(
    "ippu.steel.decarburisation",
    version=1,
    unit="tCO2",
    zh="炼钢降碳过程",
    en="Decarburising pig iron",
    formula=r"E = (I \cdot c_I - S \cdot c_S) \cdot \tfrac{44}{12}",
    cites=provincial("第二章 工业生产过程，2.3 钢铁生产过程"),
    needs=(
        Need("iron", "t", "炼钢用生铁量", "Pig iron used", "I", low=0),
        Need("iron_carbon", "1", "生铁含碳率", "Carbon in pig iron", "c_I", low=0, high=0.1),
        Need("steel", "t", "钢材产量", "Steel made", "S", low=0),
        Need("steel_carbon", "1", "钢材含碳率", "Carbon in steel", "c_S", low=0, high=0.1),
        Need("ratio", "tCO2/t", "碳换算为二氧化碳", "Carbon to carbon dioxide", r"\tfrac{44}{12}", constant=44 / 12),
    ),
)
def steel_decarburisation(iron: Any, iron_carbon: Any, steel: Any, steel_carbon: Any, ratio: float = 44 / 12) -> Any:
    """CO2 in t from the carbon that pig iron loses on its way to steel."""
    return (iron * iron_carbon - steel * steel_carbon) * ratio


@method(
    "ippu.product.n2o",
    version=1,
    unit="tN2O",
    zh="硝酸、己二酸生产氧化亚氮",
    en="N2O of nitric and adipic acid",
    formula=r"E = P \cdot EF",
    cites=provincial("第二章 工业生产过程，2.5 己二酸、2.6 硝酸生产过程"),
    needs=(
        Need("product", "t", "产品产量", "Product made", "P", low=0),
        Need("factor", "tN2O/t", "单位产品排放因子", "N2O per product", "EF", low=0, high=0.5),
    ),
)
def product_n2o(product: Any, factor: Any) -> Any:
    """N2O in t."""
    return product * factor
