"""What a district grows and keeps, in the words of its agricultural statistics."""

from __future__ import annotations

RICE_NAMES = {
    "single": ("单季稻播种面积", "Single rice, sown area"),
    "early": ("双季早稻播种面积", "Early rice, sown area"),
    "late": ("双季晚稻播种面积", "Late rice, sown area"),
    "winter_flooded": ("冬水田面积", "Winter-flooded rice fields"),
}
# crop: Chinese, English, highest plausible harvest of a district in tonnes
CROPS = {
    "rice": ("稻谷", "Rice", 1e6),
    "wheat": ("小麦", "Wheat", 5e5),
    "maize": ("玉米", "Maize", 1e6),
    "sorghum": ("高粱", "Sorghum", 2e5),
    "soybean": ("大豆", "Soybean", 2e5),
    "tuber": ("薯类（鲜薯）", "Tubers, fresh", 2e6),
    "rapeseed": ("油菜籽", "Rapeseed", 3e5),
    "peanut": ("花生", "Peanuts", 2e5),
    "vegetable": ("蔬菜", "Vegetables", 5e6),
}
LIVESTOCK = {
    "dairy": ("奶牛", "Dairy cattle"),
    "beef": ("非奶牛（肉牛、役用黄牛）", "Other cattle"),
    "buffalo": ("水牛", "Buffalo"),
    "sheep": ("绵羊", "Sheep"),
    "goat": ("山羊", "Goats"),
    "pig": ("生猪", "Pigs"),
    "poultry": ("家禽", "Poultry"),
}
SYSTEMS = {
    "scale": ("规模化饲养", "Large farms"),
    "household": ("农户散养", "Households"),
    "grazing": ("放牧", "Grazing"),
}
KEPT = {
    "dairy": ("scale", "household"),
    "beef": ("scale", "household"),
    "buffalo": ("scale", "household"),
    "sheep": ("scale", "household", "grazing"),
    "goat": ("scale", "household", "grazing"),
    "pig": ("scale", "household"),
    "poultry": ("scale", "household"),
}
# Poultry have no enteric factor.
RUMINATING = tuple(animal for animal in LIVESTOCK if animal != "poultry")

# Names of labels that are only of this sector.
LABEL_NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "input": {
        "nitrogen_fertiliser": ("氮肥", "nitrogen fertiliser"),
        "compound_fertiliser": ("复合肥", "compound fertiliser"),
        "manure": ("畜禽粪肥", "livestock manure"),
        "rural": ("乡村人口粪肥", "manure of rural residents"),
        "straw": ("秸秆还田", "straw returned"),
    },
}
