"""Organisations made of printed names, for a district that brings none of its own."""

from __future__ import annotations

import pytest

from qihou.domains.plan.api import newcomers
from qihou.domains.plan.api.errors import UnableToChange
from qihou.domains.plan.models import Involvement
from qihou.record.models import AuditEvent, Organisation

from .api_world import make_world, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def test_a_printed_name_becomes_an_organisation_and_all_its_rows_are_linked(world):
    version = take_in(world)
    count = newcomers.add_organisation(world.actor("lead"), world.district, version.uid, "某集团")
    made = Organisation.objects.get(district=world.district, name="某集团")
    assert made.kind == "enterprise"
    assert count == Involvement.objects.filter(printed="某集团", organisation=made).count() == 1
    assert not Involvement.objects.filter(printed="某集团", organisation=None).exists()
    assert AuditEvent.objects.filter(act="plan.match", about_uid=version.uid).exists()
    with pytest.raises(UnableToChange, match="没有未匹配"):
        newcomers.add_organisation(world.actor("lead"), world.district, version.uid, "某集团")


def test_a_district_without_organisations_gets_all_the_plan_names(world):
    version = take_in(world)
    Involvement.objects.update(organisation=None)
    names = set(Involvement.objects.filter(item__version=version).values_list("printed", flat=True))
    Organisation.objects.filter(district=world.district).update(name="别的")
    Organisation.objects.filter(district=world.district).update(active=False)
    made = newcomers.add_every_organisation(world.actor("lead"), world.district, version.uid)
    assert made == len(names) >= 3
    assert not Involvement.objects.filter(item__version=version, organisation=None).exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("县发展和改革局", "department"), ("城关镇", "town"), ("东城街道办事处", "town"), ("国网某县供电公司", "enterprise"),
        ("各乡镇", "collective"), ("区级各部门", "collective"),
    ],
)  # fmt: skip
def test_the_kind_follows_from_the_name(name, kind):
    assert newcomers._kind(name) == kind
