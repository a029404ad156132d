"""What becomes of a district's waste and wastewater, in the words of its statistics."""

from __future__ import annotations

SITES = {
    "managed": ("管理型填埋场", "Managed landfill"),
    "unmanaged_deep": ("非管理型填埋场（深度5米及以上）", "Unmanaged, 5 m and deeper"),
    "unmanaged_shallow": ("非管理型填埋场（深度不足5米）", "Unmanaged, shallower than 5 m"),
    "uncategorised": ("未分类填埋场", "Uncategorised landfill"),
}
COMPONENTS = {
    "food": ("厨余", "Food"),
    "garden": ("园林废物", "Garden waste"),
    "paper": ("纸类", "Paper"),
    "wood": ("木竹", "Wood"),
    "textiles": ("织物", "Textiles"),
    "nappies": ("纸尿裤等卫生用品", "Nappies"),
}
# stream: Chinese, English, the kind of furnace whose factors of methane and nitrous oxide apply
STREAMS = {
    "msw": ("生活垃圾焚烧量", "Municipal waste burnt", "continuous_stoker"),
    "hazardous": ("危险废物焚烧量", "Hazardous waste burnt", "industrial_kiln"),
    "sludge": ("污水处理厂污泥焚烧量（干物质）", "Sewage sludge burnt, dry matter", "sludge_furnace"),
}
TREATMENTS = {
    "compost": ("好氧堆肥处理量", "Composted"),
    "anaerobic_digestion": ("厌氧消化处理量（餐厨、粪污等）", "Digested"),
}
PATHS = {
    "plant": ("城镇污水处理厂去除", "Removed in treatment plants"),
    "septic": ("化粪池及分散设施", "Septic tanks and small works"),
    "discharge": ("未经处理直接排入水体", "Discharged untreated"),
}
INDUSTRIES = {
    "food": ("农副食品加工和食品制造", "Food"),
    "beverage": ("酒、饮料制造", "Beverages"),
    "textile": ("纺织、皮革", "Textiles and leather"),
    "chemicals": ("化学原料和化学制品", "Chemicals"),
    "other": ("其他工业", "Other industry"),
}
OPEN_TREATMENTS = {
    "aerobic_well_run": ("好氧处理去除（运行良好）", "Removed with air, well run"),
    "aerobic_overloaded": ("好氧处理去除（超负荷）", "Removed with air, overloaded"),
    "discharge": ("直接排入环境", "Discharged"),
}
INDUSTRIAL_MCF = {
    "anaerobic_reactor": ("厌氧反应器处理", "Treated in anaerobic reactors"),
    **OPEN_TREATMENTS,
}

# Names of labels that are only of this sector.
LABEL_NAMES: dict[str, dict[str, tuple[str, str]]] = {"path": PATHS, "industry": INDUSTRIES}
