"""Small things the record's tests are made of."""

from __future__ import annotations

from django.utils import timezone

from qihou.record.api.access import Actor, actor_of
from qihou.record.models import Feature, FeatureKind, Organisation, Person, Role


def make_district(code: str, name: str) -> Feature:
    region, _ = Feature.objects.get_or_create(kind=FeatureKind.REGION, code="500000", defaults={"name": "重庆市"})
    district = Feature.objects.create(kind=FeatureKind.DISTRICT, code=code, name=name, parent=region)
    district.district = district
    district.save()
    return district


def make_officer(username: str, district: Feature, role: str, organisation: Organisation | None) -> Actor:
    person = Person.objects.create(username=username, name=username, organisation=organisation)
    Role.objects.create(district=district, person=person, kind=role, organisation=organisation)
    return actor_of(person, at=timezone.now())
