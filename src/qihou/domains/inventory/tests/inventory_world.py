"""A small district with people in every role, and the small scheme filled in by hand: what the api tests stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from unittest.mock import patch

from qihou.domains.inventory.api import entering, schemes, sheets, years
from qihou.domains.inventory.methods.scheme.assembly import assemble
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.tests.small import SECTORS
from qihou.figures.graph import labels
from qihou.figures.missing import Notation
from qihou.record.api.access import Actor, Grant
from qihou.record.models import Feature, FeatureKind, Organisation, Person, Role

ORGANISATIONS = {
    "ecology": "区生态环境局",
    "statistics": "区统计局",
    "agriculture": "区农业农村委",
    "forestry": "区林业局",
}
PEOPLE = (
    ("lead", "lead_bureau", "ecology"),
    ("lead2", "lead_bureau", "ecology"),
    ("statistics", "department", "statistics"),
    ("agriculture", "department", "agriculture"),
    ("forestry", "department", "forestry"),
    ("town", "town", None),
    ("auditor", "auditor", None),
    ("administrator", "administrator", None),
)
FUELS = {("industry", "bituminous"): "1000", ("industry", "diesel"): "100", ("aviation", "diesel"): "10"}


@dataclass
class World:
    district: Feature
    organisations: dict[str, Organisation]
    people: dict[str, Person]

    def actor(self, who: str) -> Actor:
        person = self.people[who]
        grants = tuple(Grant(r.kind, r.district_id, r.organisation_id) for r in Role.objects.filter(person=person))
        return Actor(person.pk, person.uid, person.name, person.organisation_id, grants)


def make_world(code: str = "500151", name: str = "铜梁区") -> World:
    region, _ = Feature.objects.get_or_create(kind=FeatureKind.REGION, code="500000", defaults={"name": "重庆市"})
    district = Feature.objects.create(kind=FeatureKind.DISTRICT, code=code, name=name, parent=region)
    district.district = district
    district.save()
    organisations = {
        key: Organisation.objects.create(district=district, code=key, name=name_, is_lead_bureau=key == "ecology")
        for key, name_ in ORGANISATIONS.items()
    }
    people = {}
    for who, kind, organisation in PEOPLE:
        owner = organisations[organisation] if organisation else None
        people[who] = Person.objects.create(username=f"{code}-{who}", name=f"{name}{who}", organisation=owner)
        Role.objects.create(district=district, person=people[who], kind=kind, organisation=owner)
    return World(district, organisations, people)


@contextmanager
def small() -> Iterator[None]:
    """The small scheme in the place of the five sectors."""
    made = {}

    def scheme(options, gwp_set):
        return made.setdefault((options, gwp_set), assemble(options, gwp_set, SECTORS))

    with patch.object(schemes, "scheme_for", scheme):
        yield


def fuel(use: str, kind: str, value: str | None, unit: str = "t", **more: object) -> Filled:
    """A filled cell of the energy sheet; without a value it does not occur."""
    given = {
        "notation": None if value is not None else Notation.NOT_OCCURRING,
        "reason": "" if value is not None else "辖区内没有机场",
        "sheet": "能源",
        "cell": "F3",
    } | more
    number = Decimal(value) if value is not None else None
    return Filled("fuel.burnt", labels(use=use, fuel=kind), number, unit, **given)  # type: ignore[arg-type]


def energy(**changed: str | None) -> list[Filled]:
    """The energy sheet: 1000 t and 100 t in industry; in aviation 10 t of diesel, and no coal."""
    values = {f"{use}_{kind}": value for (use, kind), value in FUELS.items()} | {"aviation_bituminous": None} | changed
    return [fuel(*name.split("_"), value, cell=f"F{3 + n}") for n, (name, value) in enumerate(values.items())]


def pigs(value: str = "2000", unit: str = "头") -> list[Filled]:
    return [Filled("livestock.stock", labels(livestock="pig"), Decimal(value), unit, sheet="农业", cell="F3")]


def forest(value: str = "50") -> list[Filled]:
    return [Filled("forest.grown", (), Decimal(value), "tC", sheet="林业", cell="F3", spread="±20%")]


SHEETS = {"energy": ("statistics", energy), "farm": ("agriculture", pigs), "forest": ("forestry", forest)}


def fill(world: World, year: int = 2020, *, upto: str = "approved", only: tuple[str, ...] = tuple(SHEETS)) -> None:
    """Each department fills its sheet, and it is taken as far as ``upto`` says: draft, submitted or approved."""
    for sheet in only:
        who, filled = SHEETS[sheet]
        entering.commit(world.actor(who), world.district, year, filled())
        if upto != "draft":
            sheets.submit_sheet(world.actor(who), world.district, year, sheet)
        if upto == "approved":
            sheets.approve_sheet(world.actor("lead"), world.district, year, sheet)


def opened(world: World, year: int = 2020, **chosen: object) -> None:
    years.open_year(world.actor("lead"), world.district, year, **chosen)  # type: ignore[arg-type]
