"""Forests and land of a district, in the words of its forestry statistics."""

from __future__ import annotations

# Dominant species, as the forest inventory groups them.
SPECIES = {
    "pinus_massoniana": ("马尾松", "Masson pine"),
    "cunninghamia": ("杉木", "Chinese fir"),
    "cupressus": ("柏木", "Cypress"),
    "hard_broadleaf": ("硬阔类", "Hard broadleaf"),
    "soft_broadleaf": ("软阔类", "Soft broadleaf"),
    "eucalyptus": ("桉树", "Eucalyptus"),
    "conifer_mixed": ("针叶混交林", "Mixed conifers"),
    "conifer_broadleaf": ("针阔混交林", "Mixed conifers and broadleaf"),
    "broadleaf_mixed": ("阔叶混交林", "Mixed broadleaf"),
}
OUTSIDE = {
    "sparse": ("疏林", "Sparse forest"),
    "scattered": ("散生木", "Scattered trees"),
    "four_side": ("四旁树", "Trees beside houses, roads, water and villages"),
}
STANDS = {
    "bamboo": ("竹林", "Bamboo"),
    "economic_forest": ("经济林", "Economic forest"),
    "shrub": ("灌木林（国家特别规定）", "Shrub"),
}
CONVERTED = {"tree_forest": ("乔木林", "Tree forest"), **STANDS}
PLACES = ("on_site", "off_site")
PRACTICES = {
    "straw_return": ("秸秆还田", "Straw returned"),
    "reduced_tillage": ("少耕", "Reduced tillage"),
}
STAND_CATEGORIES = {"bamboo": "bamboo", "economic_forest": "economic", "shrub": "shrub"}

# Names of labels that are only of this sector.
LABEL_NAMES: dict[str, dict[str, tuple[str, str]]] = {"trees": OUTSIDE, "practice": PRACTICES}
