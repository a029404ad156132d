"""A run's sectors divided among the towns by declared shares. It is an allocation and says so; no town has been counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Count

from qihou.domains.inventory.methods.allocation import allocate
from qihou.domains.inventory.methods.results import Line
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.measure.periods import PeriodKind
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Entry, EntryStatus, Feature, FeatureKind

from . import queries
from .town_shares import PREFIX, PROCEDURE

EQUAL, VILLAGES = "equal", "villages"
# Which share a sector is divided by where nobody chose another; the first that the district has.
USUAL: Mapping[str, tuple[str, ...]] = {
    "energy": ("industry", "population", VILLAGES),
    "ippu": ("industry", "population", VILLAGES),
    "agriculture": ("cropland", VILLAGES),
    "lulucf": ("forest", "cropland", VILLAGES),
    "waste": ("population", VILLAGES),
}


@dataclass(frozen=True)
class Basis:
    """A declared share: by which number, of which year, in which unit; ``weights`` by town code."""

    key: str
    name: str
    name_en: str
    unit: str
    year: int | None
    illustrative: bool
    weights: Mapping[str, Decimal]


@dataclass(frozen=True)
class SectorPart:
    """A sector with the share it is divided by, and its parts in t CO2e by town; empty where the sector has no value."""

    category: Category
    line: Line
    basis: Basis
    parts: Mapping[str, Decimal]

    @property
    def whole(self) -> Decimal | None:
        return sum(self.parts.values(), Decimal(0)) if self.parts else None


@dataclass(frozen=True)
class Allocation:
    """Towns in the order of their codes, sectors in the order of the tree, and the shares there are to choose from."""

    towns: tuple[Feature, ...]
    sectors: tuple[SectorPart, ...]
    bases: tuple[Basis, ...]

    def of_town(self, code: str) -> Decimal | None:
        """All sectors together; None where one of them is missing."""
        parts = [sector.parts.get(code) for sector in self.sectors]
        return (
            None
            if not parts or any(part is None for part in parts)
            else sum((p for p in parts if p is not None), Decimal(0))
        )


def allocation(actor: Actor, district: Feature, run: UUID | str, chosen: Mapping[str, str]) -> Allocation:
    """Divide the sectors that count in the totals.

    Args:
        chosen: sector to the key of a share; what is not chosen or not known is divided as usual.

    Raises:
        NotPermitted, UnableToFind
    """
    tree = queries.tree(actor, district, run)
    towns = tuple(Feature.objects.filter(district=district, kind=FeatureKind.TOWN).order_by("code"))
    known = {basis.key: basis for basis in bases(actor, district)}
    sectors = []
    for row in tree.sectors:
        if not row.counts or row.line is None or not towns:
            continue
        basis = known.get(chosen.get(row.code, "")) or _usual(row.code, known)
        parts = allocate(Decimal(repr(row.line.value)), basis.weights) if row.line.value is not None else {}
        sectors.append(SectorPart(row.category, row.line, basis, parts))
    return Allocation(towns, tuple(sectors), tuple(known.values()))


def bases(actor: Actor, district: Feature) -> list[Basis]:
    """The declared shares of a district: numbers entered for every town, the number of villages, and equal parts."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    towns = Feature.objects.filter(district=district, kind=FeatureKind.TOWN).order_by("code")
    counted = towns.annotate(villages=Count("children")).values_list("code", "villages")
    found = [*_entered(district, [code for code, _n in counted])]
    if any(n for _code, n in counted):
        weights = {code: Decimal(n) for code, n in counted}
        found.append(Basis(VILLAGES, "村（社区）数", "number of villages", "个", None, False, weights))
    found.append(Basis(EQUAL, "各镇街相等", "equal parts", "", None, False, {code: Decimal(1) for code, _n in counted}))
    return found


def _entered(district: Feature, towns: list[str]) -> list[Basis]:
    """Shares for which every town has a number; of each the newest year that is whole."""
    rows = (
        Entry.objects.filter(
            datastream__feature__district=district, datastream__procedure__code=PROCEDURE,
            period_kind=PeriodKind.YEAR.value, value__isnull=False,
        )
        .exclude(status=EntryStatus.RETURNED)
        .select_related("datastream__property", "datastream__feature")
        .order_by("period_start", "revision")
    )  # fmt: skip
    by_share: dict[tuple[str, int], dict[str, Entry]] = {}
    for entry in rows:
        share = (entry.datastream.property.code.removeprefix(PREFIX), entry.period_start.year)
        by_share.setdefault(share, {})[entry.datastream.feature.code] = entry
    found: dict[str, Basis] = {}
    for (key, year), entries in sorted(by_share.items()):
        if set(entries) >= set(towns):
            about = next(iter(entries.values())).datastream.property
            illustrative = any(entry.illustrative for entry in entries.values())
            weights = {code: entries[code].value or Decimal(0) for code in towns}
            found[key] = Basis(key, about.name, about.name_en, about.unit, year, illustrative, weights)
    return list(found.values())


def _usual(sector: str, known: Mapping[str, Basis]) -> Basis:
    wanted = (*USUAL.get(sector, ()), VILLAGES, EQUAL)
    return next(known[key] for key in wanted if key in known)
