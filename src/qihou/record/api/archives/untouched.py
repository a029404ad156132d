"""A district that is here only as its folder gave it may make room for its own archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from qihou.record.api import audit
from qihou.record.api.access import Actor
from qihou.record.api.archives.opened import UnableToImport
from qihou.record.models import (
    Alias,
    AuditEvent,
    Feature,
    FeatureKind,
    Geometry,
    Organisation,
    Person,
    Role,
)

# Acts that leave nothing of a district behind: loading it, managing people, signing in and out, exporting.
_NO_WORK = ("district.load", "district.export", "person.", "role.", "session.", "second_factor.")


@dataclass(frozen=True)
class LocalRole:
    """A role somebody here held in the district that makes room."""

    person_id: int
    kind: str
    organisation_code: str | None
    valid_from: datetime | None
    valid_to: datetime | None


@dataclass(frozen=True)
class LocalPeople:
    """Roles, and whose organisation was in the district, to be joined to the archive's organisations by code."""

    roles: tuple[LocalRole, ...] = ()
    organisations: tuple[tuple[int, str], ...] = ()


def clear_untouched(actor: Actor, code: str) -> LocalPeople:
    """Remove the loaded district nobody has worked in, inside the caller's transaction; its audit chain stays.

    Raises:
        UnableToImport: the district is here and somebody has.
    """
    district = Feature.objects.filter(kind=FeatureKind.DISTRICT, code=code).first()
    if district is None:
        return LocalPeople()
    acts = set(AuditEvent.objects.filter(chain=str(district.uid)).order_by().values_list("act", flat=True).distinct())
    if work := {act for act in acts if not act.startswith(_NO_WORK)}:
        raise UnableToImport(
            f"{district.name} ({code}) is in use here ({', '.join(sorted(work)[:3])}): import into another installation"
        )
    roles = Role.objects.filter(district=district)
    people = Person.objects.filter(organisation__district=district)
    kept = LocalPeople(
        tuple(
            LocalRole(*row)
            for row in roles.values_list("person_id", "kind", "organisation__code", "valid_from", "valid_to")
        ),
        tuple(people.values_list("pk", "organisation__code")),
    )
    audit.write(actor, "district.make_room", district=None, about=district, detail={"code": code})
    roles.delete()
    people.update(organisation=None)
    for model in (Alias, Geometry):
        model.objects.filter(district=district).delete()
    Organisation.objects.filter(district=district).delete()
    places = Feature.objects.filter(district=district)
    Feature.objects.filter(pk=district.pk).update(district=None)
    for kind in (FeatureKind.SITE, FeatureKind.VILLAGE, FeatureKind.TOWN):
        places.filter(kind=kind).delete()
    Feature.objects.filter(pk=district.pk).delete()
    return kept


def give_back_people(actor: Actor, district: Feature, kept: LocalPeople) -> None:
    """Give the people of this installation their roles in the district that arrived."""
    by_code = dict(Organisation.objects.filter(district=district).values_list("code", "pk"))
    for person_id, code in kept.organisations:
        Person.objects.filter(pk=person_id).update(organisation_id=by_code.get(code))
    for role in kept.roles:
        organisation = Organisation.objects.filter(district=district, code=role.organisation_code or "").first()
        if role.organisation_code and organisation is None:
            continue
        Role.objects.get_or_create(
            district=district,
            person_id=role.person_id,
            kind=role.kind,
            organisation=organisation,
            defaults={"valid_from": role.valid_from, "valid_to": role.valid_to},
        )
    if kept.roles:
        audit.write(actor, "district.keep_people", district=district, about=district, detail={"roles": len(kept.roles)})
