"""All methods of the inventory, by key. The modules of each sector declare theirs here when they are imported."""

from qihou.figures.method import Catalogue, Cite

METHODS = Catalogue()
method = METHODS.method


def provincial(clause: str, *, grade: str = "M") -> Cite:
    """《省级温室气体清单编制指南（试行）》, National Development and Reform Commission, 2011. Clauses are from memory."""
    return Cite("《省级温室气体清单编制指南（试行）》", clause, 2011, grade)


def ipcc_2006(clause: str, *, grade: str = "L") -> Cite:
    return Cite("2006 IPCC Guidelines for National Greenhouse Gas Inventories", clause, 2006, grade)


def ipcc_2019(clause: str, *, grade: str = "L") -> Cite:
    return Cite("2019 Refinement to the 2006 IPCC Guidelines", clause, 2019, grade)
