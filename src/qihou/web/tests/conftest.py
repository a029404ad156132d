from __future__ import annotations

import pytest

from qihou.record.api import people
from qihou.record.api.access import Actor
from qihou.record.models import Feature, Organisation, Person

PASSWORD = "seven-hills-one-river"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """The real hash takes a fifth of a second on purpose; tests that are not about it use a quick one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def district(db) -> Feature:
    made = Feature.objects.create(kind="district", code="500151", name="铜梁区")
    made.district = made
    made.save()
    return made


@pytest.fixture
def other_district(db) -> Feature:
    made = Feature.objects.create(kind="district", code="500152", name="潼南区")
    made.district = made
    made.save()
    return made


@pytest.fixture
def water(district) -> Organisation:
    return Organisation.objects.create(district=district, code="water", name="区水利局")


@pytest.fixture
def person(district, water):
    """Make somebody: ``person("li", "department", water)``."""

    def make(username: str, role: str = "", organisation=None, *, where: Feature | None = None) -> Person:
        actor, where = Actor.system("test"), where or district
        made = people.create_person(
            actor, where, username=username, name=f"{username}先生", organisation=organisation, password=PASSWORD
        )
        if role:
            people.grant_role(actor, where, made, role, organisation)
        made.must_change_password = False
        made.save()
        return made

    return make


@pytest.fixture
def signed_in(client, person):
    def sign_in(username: str = "chief", role: str = "administrator", organisation=None):
        made = person(username, role, organisation)
        client.force_login(made, backend="django.contrib.auth.backends.ModelBackend")
        return made

    return sign_in
