"""Industrial processes: what the bureau of industry reports, product by product, and the leaks of coolants and switchgear."""

from __future__ import annotations

from qihou.domains.inventory.methods import fluorinated, industry
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
from qihou.figures.graph import Given, Labels, Step, labels
from qihou.measure.gases import GASES


def _category(code: str, number: str, zh: str, en: str, ipcc: str, gpc: str = "IV.1") -> Category:
    return Category(f"ippu.{code}" if code else "ippu", number, zh, en, Sector.IPPU, ipcc, gpc)


CATEGORIES = (
    _category("", "2", "工业生产过程", "Industrial processes", "2", "IV"),
    _category("cement", "2.1", "水泥", "Cement", "2.A.1"),
    _category("lime", "2.2", "石灰", "Lime", "2.A.2"),
    _category("steel", "2.3", "钢铁", "Iron and steel", "2.C.1"),
    _category("carbide", "2.4", "电石", "Carbide", "2.B.5"),
    _category("adipic_acid", "2.5", "己二酸", "Adipic acid", "2.B.3"),
    _category("nitric_acid", "2.6", "硝酸", "Nitric acid", "2.B.2"),
    _category("hcfc22", "2.7", "一氯二氟甲烷", "HCFC-22", "2.B.9.a"),
    _category("aluminium", "2.8", "电解铝", "Aluminium", "2.C.3"),
    _category("magnesium", "2.9", "镁", "Magnesium", "2.C.4"),
    _category("switchgear", "2.10", "电力设备（六氟化硫）", "Switchgear, SF6", "2.G.1", "IV.2"),
    _category("semiconductors", "2.11", "半导体", "Semiconductors", "2.E.1", "IV.2"),
    _category("coolants", "2.12", "氢氟烃使用", "Use of HFCs", "2.F.1", "IV.2"),
    _category("glass", "2.13", "玻璃", "Glass", "2.A.3"),
    _category("strontium", "2.14", "碳酸锶等锶盐", "Strontium salts", "2.B.10"),
    _category("carbonates", "2.15", "其他碳酸盐使用", "Other uses of carbonates", "2.A.4"),
    _category("ferrosilicon", "2.16", "铁合金", "Ferroalloys", "2.C.2"),
)
SHEETS = (
    Sheet("industry_process", "工业产品与原料", "Products and raw material of industry", "区经济信息委", "没有该产品的填 NO 并说明", "NO with its reason where the product is not made"),
    Sheet("industry_gases", "含氟气体", "Fluorinated gases", "区生态环境局", "依据电网企业、制冷维修与机动车保有量估算", "From the grid company, repairers and the stock of vehicles"),
)  # fmt: skip
# Carbonates that are decomposed for their own sake or as flux and neutraliser, apart from cement, lime and glass.
CARBONATES = {
    "CaCO3": ("石灰石（脱硫、陶瓷等）", "Limestone (desulphurisation, ceramics)"),
    "dolomite": ("白云石", "Dolomite"),
    "MgCO3": ("菱镁矿", "Magnesite"),
    "Na2CO3": ("纯碱", "Soda ash"),
    "BaCO3": ("碳酸钡", "Barium carbonate"),
    "SrCO3": ("碳酸锶（磁材、玻璃等下游使用）", "Strontium carbonate used downstream"),
}
NITRIC = {"dual_pressure": ("双加压法", "dual pressure"), "medium_pressure": ("中压法", "medium pressure")}
# Product, gases it sets free.
RELEASED = {
    "hcfc22": ("一氯二氟甲烷", "HCFC-22", "hcfc22", ("HFC23",)),
    "aluminium": ("电解铝", "Primary aluminium", "aluminium", ("CF4", "C2F6")),
    "magnesium": ("原镁及镁加工", "Magnesium", "magnesium", ("SF6",)),
    "semiconductor_cf4": ("半导体用四氟化碳", "CF4 used for semiconductors", "semiconductors", ("CF4",)),
    "semiconductor_chf3": ("半导体用三氟甲烷", "CHF3 used for semiconductors", "semiconductors", ("HFC23",)),
    "semiconductor_c2f6": ("半导体用六氟乙烷", "C2F6 used for semiconductors", "semiconductors", ("C2F6",)),
    "semiconductor_sf6": ("半导体用六氟化硫", "SF6 used for semiconductors", "semiconductors", ("SF6",)),
}
BANKS = {
    "vehicle_ac": ("汽车空调", "Vehicle air conditioning", ("HFC134a",)),
    "room_ac": ("房间空调", "Room air conditioning", ("HFC32", "HFC125")),
    "refrigeration": ("工商制冷与冷库", "Commercial refrigeration", ("HFC134a", "HFC125", "HFC143a")),
}
LABEL_NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "part": {"decarburisation": ("炼钢降碳", "decarburisation")},
    "gas": {code: (gas.zh, code) for code, gas in GASES.items()},
}


def _product(key: str, zh: str, en: str, category: str, section: tuple[str, str], here: Labels = ()) -> Quantity:
    return Quantity(
        key, here, "吨", zh, en, "industry_process", *section, low=0, spread="±3%", categories=(f"ippu.{category}",)
    )


def _quantities() -> tuple[Quantity, ...]:
    minerals, metals, chemicals = ("建材", "Minerals"), ("冶金", "Metals"), ("化工", "Chemicals")
    process = "industry_process"
    return (
        _product("cement.clinker", "水泥熟料产量", "Clinker made", "cement", minerals),
        _product("cement.carbide_slag_clinker", "其中用电石渣生产的熟料", "Of it made from carbide slag", "cement", minerals),
        Quantity("cement.clinker_factor", labels(clinker="any"), "tCO2/t", "熟料过程排放因子（实测）", "Clinker factor, measured", process, *minerals, Nature.PARAMETER, 0.48, 0.56, "±2%"),
        _product("lime.product", "石灰产量", "Lime made", "lime", minerals),
        _product("glass.product", "玻璃熔制量", "Glass melted", "glass", minerals),
        Quantity("glass.cullet", (), "%", "碎玻璃掺入比例", "Cullet in glass", process, *minerals, low=0, high=90, spread="±20%", categories=("ippu.glass",)),
        *(_product("carbonate.used", f"{zh}消耗量", f"{en}, used", "carbonates", ("碳酸盐使用", "Carbonates"), labels(carbonate=code)) for code, (zh, en) in CARBONATES.items()),
        *(Quantity("carbonate.purity", labels(carbonate=code), "%", f"{zh}纯度", f"{en}, purity", process, "碳酸盐使用", "Carbonates", Nature.PARAMETER, 50, 100, "±2%") for code, (zh, en) in CARBONATES.items()),
        _product("steel.iron", "炼钢用生铁量", "Pig iron used for steel", "steel", metals),
        _product("steel.made", "钢材产量", "Steel made", "steel", metals),
        _product("steel.flux", "石灰石熔剂", "Limestone as flux", "steel", metals, labels(material="limestone")),
        _product("steel.flux", "白云石熔剂", "Dolomite as flux", "steel", metals, labels(material="dolomite")),
        _product("ferrosilicon.product", "硅铁产量", "Ferrosilicon made", "ferrosilicon", metals),
        _product("carbide.product", "电石产量", "Carbide made", "carbide", chemicals),
        *(_product("nitric_acid.product", f"硝酸产量（{zh}）", f"Nitric acid, {en}", "nitric_acid", chemicals, labels(process=code)) for code, (zh, en) in NITRIC.items()),
        _product("adipic_acid.product", "己二酸产量", "Adipic acid made", "adipic_acid", chemicals, labels(process="nitric_route")),
        *_strontium(),
        *(_product("gas_releasing.product", f"{zh}（产量或用量）", f"{en} (made or used)", category, ("其他", "Other"), labels(product=code)) for code, (zh, en, category, _) in RELEASED.items()),
        Quantity("sf6.charged", (), "kgSF6", "检修、退役设备的六氟化硫容量", "SF6 in switchgear repaired or retired", "industry_gases", "电力设备", "Switchgear", low=0, spread="±10%", categories=("ippu.switchgear",)),
        Quantity("sf6.recovered", (), "kgSF6", "六氟化硫实际回收量", "SF6 recovered", "industry_gases", "电力设备", "Switchgear", low=0, spread="±10%", categories=("ippu.switchgear",)),
        *(Quantity("hfc.bank", labels(equipment=code, gas=gas), f"kg{gas}", f"{zh}在用存量（{gas}）", f"{en}: {gas} in use", "industry_gases", "制冷剂存量", "Coolants in use", low=0, spread="±30%", categories=("ippu.coolants",))
          for code, (zh, en, gases) in BANKS.items() for gas in gases),
    )  # fmt: skip


def _strontium() -> tuple[Quantity, ...]:
    section = ("锶盐（碳平衡）", "Strontium salts by carbon balance")
    process = "industry_process"
    return (
        _product("strontium.reductant", "还原剂（煤）消耗量", "Coal as reductant", "strontium", section),
        Quantity("strontium.reductant_carbon", (), "tC/t", "还原剂含碳量", "Carbon in the reductant", process, *section, low=0.4, high=0.95, spread="±5%"),
        _product("strontium.carbonate", "碳酸锶产量", "Strontium carbonate made", "strontium", section),
        Quantity("strontium.carbonate_carbon", (), "tC/t", "碳酸锶含碳量", "Carbon in strontium carbonate", process, *section, Nature.PARAMETER, 0.07, 0.082, "±1%"),
        _product("strontium.residue", "浸出废渣量", "Leaching residue", "strontium", section),
        Quantity("strontium.residue_carbon", (), "tC/t", "废渣含碳量", "Carbon in the residue", process, *section, low=0, high=0.4, spread="±20%"),
    )  # fmt: skip


def _row(category: str, gas: str, **more: str) -> Labels:
    return labels(category=f"ippu.{category}", gas=gas, **more)


def _steps(options: Options) -> tuple[Step, ...]:
    """The same methods in all editions: what differs between them is the order of the sets of factors."""
    simple = [("lime", "lime.product", "lime.co2_factor"), ("carbide", "carbide.product", "carbide.co2_factor"),
              ("ferrosilicon", "ferrosilicon.product", "ferrosilicon.co2_factor")]  # fmt: skip
    return (
        Step("co2.cement", industry.cement, (_row("cement", "CO2", clinker="any"),), {
            "clinker": Given("cement.clinker"), "carbide_slag": Given("cement.carbide_slag_clinker"),
            "factor": Given("cement.clinker_factor", ("clinker",)),
        }),
        *(Step(f"co2.{name}", industry.product_co2, (_row(name, "CO2"),), {"product": Given(made), "factor": Given(factor)})
          for name, made, factor in simple),
        Step("co2.glass", industry.glass, (_row("glass", "CO2"),), {
            "product": Given("glass.product"), "factor": Given("glass.co2_factor"), "cullet": Given("glass.cullet"),
        }),
        Step("co2.carbonates", industry.carbonate, tuple(_row("carbonates", "CO2", carbonate=code) for code in CARBONATES), {
            "used": Given("carbonate.used", ("carbonate",)), "purity": Given("carbonate.purity", ("carbonate",)),
            "factor": Given("carbonate.co2_factor", ("carbonate",)),
        }),
        Step("co2.strontium", industry.chemical_balance, (_row("strontium", "CO2"),), {
            "material": Given("strontium.reductant"), "material_carbon": Given("strontium.reductant_carbon"),
            "product": Given("strontium.carbonate"), "product_carbon": Given("strontium.carbonate_carbon"),
            "residue": Given("strontium.residue"), "residue_carbon": Given("strontium.residue_carbon"),
        }),
        Step("co2.steel.flux", industry.steel_flux, tuple(_row("steel", "CO2", material=m) for m in ("limestone", "dolomite")), {
            "flux": Given("steel.flux", ("material",)), "factor": Given("steel.material_factor", ("material",)),
        }),
        Step("co2.steel.decarburisation", industry.steel_decarburisation, (_row("steel", "CO2", part="decarburisation"),), {
            "iron": Given("steel.iron"), "steel": Given("steel.made"),
            "iron_carbon": Given("steel.carbon_fraction", fixed=labels(material="pig_iron")),
            "steel_carbon": Given("steel.carbon_fraction", fixed=labels(material="steel")),
        }),
        Step("n2o.nitric_acid", industry.product_n2o, tuple(_row("nitric_acid", "N2O", process=code) for code in NITRIC), {
            "product": Given("nitric_acid.product", ("process",)), "factor": Given("nitric_acid.n2o_factor", ("process",)),
        }),
        Step("n2o.adipic_acid", industry.product_n2o, (_row("adipic_acid", "N2O", process="nitric_route"),), {
            "product": Given("adipic_acid.product", ("process",)), "factor": Given("adipic_acid.n2o_factor", ("process",)),
        }),
        *_fluorinated(),
    )  # fmt: skip


def _fluorinated() -> tuple[Step, ...]:
    found = [
        Step("sf6.switchgear", fluorinated.sf6_opened, (_row("switchgear", "SF6"),), {
            "charged": Given("sf6.charged"), "recovered": Given("sf6.recovered"),
        })
    ]  # fmt: skip
    for gas, method in fluorinated.product_gas.items():
        rows = tuple(_row(about[2], gas, product=code) for code, about in RELEASED.items() if gas in about[3])
        feeds = {
            "product": Given("gas_releasing.product", ("product",)),
            "factor": Given(f"released.{gas.lower()}_factor", ("product",)),
        }
        found.append(Step(f"{gas.lower()}.released", method, rows, feeds))
    for gas, method in fluorinated.leak.items():
        rows = tuple(_row("coolants", gas, equipment=code) for code, about in BANKS.items() if gas in about[2])
        feeds = {"bank": Given("hfc.bank", ("equipment", "gas")), "rate": Given("hfc.leak_rate", ("equipment",))}
        found.append(Step(f"{gas.lower()}.leaked", method, rows, feeds))
    return tuple(found)


SCHEME = SectorScheme(CATEGORIES, SHEETS, numbered(_quantities()), _steps)
