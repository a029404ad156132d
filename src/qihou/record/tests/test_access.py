"""The whole policy as a table: role × act × whose."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qihou.record.api.access import OWN_ONLY, POLICY, Act, Actor, Grant, NotPermitted, actor_of, require
from qihou.record.models import Person, Role, RoleKind

HERE, ELSEWHERE, OWN, FOREIGN = 1, 2, 10, 11

# Who may, for what is one's own and what is another organisation's. A change of policy changes this table, in the open.
#                      lead  lead  dept  dept  town  town  auditor admin
#                      own   other own   other own   other
TABLE = {
    Act.VIEW_OFFICE: ("yes", "yes", "yes", "yes", "yes", "yes", "yes", "yes"),
    Act.IMPORT_PLAN: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
    Act.REVIEW_PLAN: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
    Act.ADOPT_PLAN: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
    Act.WRITE_PROGRESS: ("yes", "yes", "yes", "no", "yes", "no", "no", "no"),
    Act.DECIDE_PROGRESS: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
    Act.WRITE_ENTRY: ("yes", "yes", "yes", "no", "yes", "no", "no", "no"),
    Act.DECIDE_ENTRY: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
    Act.VIEW_AUDIT: ("yes", "yes", "no", "no", "no", "no", "yes", "yes"),
    Act.EXPORT_DISTRICT: ("yes", "yes", "no", "no", "no", "no", "no", "yes"),
    Act.MANAGE_PEOPLE: ("no", "no", "no", "no", "no", "no", "no", "yes"),
    Act.MANAGE_PLACES: ("yes", "yes", "no", "no", "no", "no", "no", "yes"),
    Act.READ_EVIDENCE: ("yes", "yes", "no", "no", "no", "no", "yes", "no"),
    Act.READ_INVENTORY: ("yes", "yes", "no", "no", "no", "no", "yes", "no"),
    Act.OPEN_INVENTORY: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
    Act.FILL_INVENTORY: ("yes", "yes", "yes", "no", "no", "no", "no", "no"),
    Act.DECIDE_INVENTORY: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
    Act.COMPUTE_INVENTORY: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
    Act.PUBLISH_INVENTORY: ("yes", "yes", "no", "no", "no", "no", "no", "no"),
}
COLUMNS = [
    ("lead_bureau", OWN), ("lead_bureau", FOREIGN), ("department", OWN), ("department", FOREIGN),
    ("town", OWN), ("town", FOREIGN), ("auditor", OWN), ("administrator", OWN),
]  # fmt: skip


def actor(role: str) -> Actor:
    return Actor(person_id=1, name="某人", grants=(Grant(role, HERE, OWN),))


def test_the_table_has_every_act_and_role():
    assert set(TABLE) == set(Act) == set(POLICY)
    assert {role for role, _ in COLUMNS} == set(RoleKind.values)


@pytest.mark.parametrize("act", list(Act))
def test_the_policy_is_the_table(act):
    answers = tuple(
        "yes" if actor(role).may(act, district_id=HERE, organisation_ids=[owner]) else "no" for role, owner in COLUMNS
    )
    assert answers == TABLE[act]


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("role", RoleKind.values)
def test_no_role_reaches_into_another_district(act, role):
    assert not actor(role).may(act, district_id=ELSEWHERE, organisation_ids=[OWN])


@pytest.mark.parametrize("act", list(Act))
def test_the_public_may_nothing_and_the_system_everything(act):
    assert not Actor.public().may(act, district_id=HERE, organisation_ids=[OWN])
    assert Actor.system("test").may(act, district_id=HERE)


@pytest.mark.parametrize("act", sorted(OWN_ONLY))
@pytest.mark.parametrize("owners", [None, [], [0]])
def test_what_has_no_owner_is_not_an_officers(act, owners):
    assert not actor("department").may(act, district_id=HERE, organisation_ids=owners)
    assert actor("lead_bureau").may(act, district_id=HERE, organisation_ids=owners)


def test_a_role_without_organisation_owns_nothing():
    nobody = Actor(person_id=1, grants=(Grant("department", HERE, None),))
    assert not nobody.may(Act.WRITE_ENTRY, district_id=HERE, organisation_ids=[0])


def test_two_roles_add_up():
    both = Actor(person_id=1, grants=(Grant("department", HERE, OWN), Grant("auditor", HERE)))
    assert both.may(Act.VIEW_AUDIT, district_id=HERE)
    assert both.may(Act.WRITE_ENTRY, district_id=HERE, organisation_ids=[OWN])
    assert not both.may(Act.WRITE_ENTRY, district_id=HERE, organisation_ids=[FOREIGN])


@pytest.mark.parametrize("act", sorted(OWN_ONLY))
@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_the_organisation_of_another_role_is_not_written_for(act, role):
    both = Actor(person_id=1, grants=(Grant("department", HERE, OWN), Grant(role, HERE, FOREIGN)))
    assert both.may(act, district_id=HERE, organisation_ids=[OWN])
    assert not both.may(act, district_id=HERE, organisation_ids=[FOREIGN])
    assert both.organisations(HERE) == {OWN}  # nor are its drafts and evidence one's own


def test_the_refusal_says_who_may():
    with pytest.raises(NotPermitted) as refused:
        require(actor("town"), Act.VIEW_AUDIT, district_id=HERE)
    assert refused.value.who == ["administrator", "auditor", "lead_bureau"]


NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "holds"),
    [
        (None, None, True),
        (NOW, None, True),  # the start is included
        (NOW + HOUR, None, False),
        (None, NOW, False),  # the end is not
        (None, NOW + HOUR, True),
        (NOW - 2 * HOUR, NOW - HOUR, False),
    ],
)
def test_only_roles_valid_then_count(district, valid_from, valid_to, holds):
    person = Person.objects.create(username="a", name="a")
    Role.objects.create(district=district, person=person, kind="auditor", valid_from=valid_from, valid_to=valid_to)
    assert bool(actor_of(person, at=NOW).grants) == holds


def test_a_closed_account_is_the_public(district):
    person = Person.objects.create(username="a", name="a", is_active=False)
    Role.objects.create(district=district, person=person, kind="administrator")
    assert actor_of(person, at=NOW) == Actor.public()
    assert actor_of(object(), at=NOW) == Actor.public()
