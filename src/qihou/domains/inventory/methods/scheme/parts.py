"""The words in which a sector says what it counts: categories, the quantities departments report, and the steps between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qihou.figures.graph import Labels, Step


class Sector(StrEnum):
    ENERGY = "energy"
    IPPU = "ippu"
    AGRICULTURE = "agriculture"
    LULUCF = "lulucf"
    WASTE = "waste"
    INDIRECT = "indirect"  # imported and exported electricity: beside the totals
    CONTEXT = "context"  # GDP, population: nothing is emitted

    @property
    def in_total(self) -> bool:
        return self not in (Sector.INDIRECT, Sector.CONTEXT)


class Nature(StrEnum):
    """What a reported quantity is. Parameters replace a fact where the district has measured its own; else the fact stands."""

    ACTIVITY = "activity"
    PARAMETER = "parameter"


@dataclass(frozen=True)
class Category:
    """A line of the sector tree.

    Attributes:
        code: dotted, each prefix its parent: ``energy.stationary.cement``.
        number: as printed in the guideline's summary table, for example ``1.1.2``.
        ipcc, gpc: the categories of the 2006 Guidelines (``1.A.2.f``) and of the GPC (``I.3.1``) it corresponds to.
        memo: shown beside the totals and never added (bunkers, biomass CO2).
        sink: a removal is negative here.
    """

    code: str
    number: str
    zh: str
    en: str
    sector: Sector
    ipcc: str = ""
    gpc: str = ""
    memo: bool = False
    sink: bool = False

    @property
    def parent(self) -> str:
        return self.code.rpartition(".")[0]


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook. ``department``: the organisation that usually fills it, by its name in the district."""

    key: str
    zh: str
    en: str
    department: str
    note_zh: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Quantity:
    """One cell a department fills: a quantity with its labels.

    Attributes:
        key, labels: as a ``Given`` of a step asks for them.
        unit: in which the workbook asks for it; converted on the edge.
        low, high: plausible bounds; outside them a check asks.
        section_zh, section_en: the heading it stands under in its sheet.
        spread: usual uncertainty of such data, ``±5%``, where the department states none.
        parts: several rows with this key may be given and are declared parts of one sum.
        categories: the categories whose completeness hangs on it.
    """

    key: str
    labels: Labels
    unit: str
    zh: str
    en: str
    sheet: str
    section_zh: str = ""
    section_en: str = ""
    nature: Nature = Nature.ACTIVITY
    low: float | None = None
    high: float | None = None
    spread: str = ""
    parts: bool = False
    categories: tuple[str, ...] = ()
    note_zh: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class Options:
    """What is chosen for one inventory.

    Attributes:
        edition: ``provincial-2011``, ``provincial-2025`` or ``ipcc-2006``: which methods and, in which order, which factor sets.
        landfill: ``mass-balance`` or ``first-order-decay``.
    """

    edition: str = "provincial-2011"
    landfill: str = "mass-balance"


@dataclass(frozen=True)
class SectorScheme:
    """What one sector contributes. Rows of emission steps carry the labels ``category`` and ``gas``; their unit is ``t<gas>``.

    ``steps`` gives them in order for the options; steps whose rows have no ``gas`` are intermediate.
    """

    categories: tuple[Category, ...]
    sheets: tuple[Sheet, ...]
    quantities: tuple[Quantity, ...]
    steps: Callable[[Options], tuple[Step, ...]]
