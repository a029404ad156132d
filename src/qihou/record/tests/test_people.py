from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from qihou.record.api import audit, people
from qihou.record.api.access import Actor, NotPermitted, actor_of
from qihou.record.models import AuditEvent, Organisation, Person, Role

from .builders import make_officer

SYSTEM = Actor.system("test")
GOOD = "gravel-onion-41"


def test_a_person_is_made_with_a_password_to_be_changed(administrator, district, water):
    person = people.create_person(
        administrator, district, username="zhang", name="张某", organisation=water, password=GOOD
    )
    assert person.check_password(GOOD)
    assert person.must_change_password
    assert not people.create_person(administrator, district, username="li", name="李某").has_usable_password()
    assert GOOD not in "".join(audit.export())


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"username": "CHIEF"}, "taken"),  # upper and lower case are one name
        ({"username": "  "}, "needs a user name"),
        ({"name": ""}, "needs a user name"),
        ({"password": "short"}, "10"),
        ({"password": "password123"}, "."),
    ],
)
def test_who_cannot_be_made(administrator, district, given, sentence):
    with pytest.raises(people.UnableToManagePeople, match=sentence):
        people.create_person(administrator, district, **{"username": "zhang", "name": "张某", **given})
    assert Person.objects.count() == 1


def test_only_administrators_manage_people(lead, officer, auditor, district, water):
    other = Person.objects.get(username="lead")
    for actor in (lead, officer, auditor, Actor.public()):
        for act in (
            lambda actor=actor: people.create_person(actor, district, username="x", name="x"),
            lambda actor=actor: people.grant_role(actor, district, other, "auditor"),
            lambda actor=actor: people.revoke_role(actor, Role.objects.get(person=other)),
            lambda actor=actor: people.set_active(actor, district, other, False),
        ):
            with pytest.raises(NotPermitted):
                act()


def test_a_role_is_given_for_a_time_and_ended(administrator, district, water, person_of):
    person = people.create_person(administrator, district, username="zhang", name="张某", organisation=water)
    now = timezone.now()
    role = people.grant_role(administrator, district, person, "department", water, valid_to=now + timedelta(days=1))
    assert actor_of(person, at=now).roles(district.pk) == {"department"}
    assert not actor_of(person, at=now + timedelta(days=2)).grants
    people.revoke_role(administrator, role)
    assert not actor_of(person, at=timezone.now()).grants
    assert Role.objects.filter(pk=role.pk).exists()  # what was held stays on record
    people.grant_role(administrator, district, person, "department", water)
    assert actor_of(person, at=timezone.now()).roles(district.pk) == {"department"}


@pytest.mark.parametrize(
    ("kind", "sentence"), [("king", "none of them"), ("department", "name it"), ("town", "name it")]
)
def test_what_is_no_role(administrator, district, person_of, kind, sentence):
    with pytest.raises(people.UnableToManagePeople, match=sentence):
        people.grant_role(administrator, district, person_of(administrator), kind)


def test_a_role_is_held_for_an_organisation_of_the_same_district(administrator, district, other_district, person_of):
    theirs = Organisation.objects.create(district=other_district, code="x", name="区水利局")
    with pytest.raises(people.UnableToManagePeople, match="another district"):
        people.grant_role(administrator, district, person_of(administrator), "department", theirs)


def test_the_last_administrator_stays(administrator, district, person_of):
    chief = person_of(administrator)
    role = Role.objects.get(person=chief)
    for act in (
        lambda: people.revoke_role(administrator, role),
        lambda: people.set_active(administrator, district, chief, False),
    ):
        with pytest.raises(people.UnableToManagePeople, match="without an administrator"):
            act()
    make_officer("closed", district, "administrator", None)
    Person.objects.filter(username="closed").update(is_active=False)
    with pytest.raises(people.UnableToManagePeople):  # an account that is closed is no successor
        people.revoke_role(administrator, role)
    make_officer("expired", district, "administrator", None)
    Role.objects.filter(person__username="expired").update(valid_to=timezone.now())
    with pytest.raises(people.UnableToManagePeople):  # nor a role that has ended
        people.revoke_role(administrator, role)
    make_officer("next", district, "administrator", None)
    people.revoke_role(administrator, role)


def test_an_administrator_reaches_only_own_people(administrator, district, other_district):
    make_officer("stranger", other_district, "auditor", None)
    stranger = Person.objects.get(username="stranger")
    for act in (
        lambda: people.set_password(administrator, stranger, GOOD, district=district),
        lambda: people.set_active(administrator, district, stranger, False),
    ):
        with pytest.raises(people.UnableToManagePeople, match="not among the people"):
            act()
    with pytest.raises(NotPermitted):
        people.set_password(administrator, stranger, GOOD, district=other_district)
    with pytest.raises(NotPermitted):
        people.set_password(administrator, stranger, GOOD)


def who_works_in_both(district, other_district, case):
    """Somebody of this district's list who is not this district's alone."""
    make_officer("both", other_district if case == "formerly here" else district, "auditor", None)
    person = Person.objects.get(username="both")
    far = Organisation.objects.create(district=other_district, code="far", name="区水利局")
    tomorrow = timezone.now() + timedelta(days=1)
    if case == "formerly here":
        people.grant_role(SYSTEM, other_district, person, "administrator")
        people.revoke_role(SYSTEM, people.grant_role(SYSTEM, district, person, "auditor"))
    elif case == "administers all":
        people.grant_role(SYSTEM, district, person, "administrator")
        people.grant_role(SYSTEM, other_district, person, "administrator")
    elif case == "from tomorrow":
        people.grant_role(SYSTEM, other_district, person, "auditor", valid_from=tomorrow)
    elif case == "of an organisation there":
        person.organisation = far
        person.save()
    return person


@pytest.mark.parametrize("case", ["formerly here", "administers all", "from tomorrow", "of an organisation there"])
def test_the_account_of_somebody_who_works_elsewhere_is_not_this_districts(
    administrator, district, other_district, case
):
    person = who_works_in_both(district, other_district, case)
    before = person.password
    assert people.list_people(district).filter(pk=person.pk).exists()
    for act in (
        lambda: people.set_password(administrator, person, GOOD, district=district),
        lambda: people.set_active(administrator, district, person, False),
        lambda: people.set_active(administrator, district, person, True),
    ):
        with pytest.raises(people.WorksElsewhere):
            act()
    person.refresh_from_db()
    assert person.is_active
    assert person.password == before


def test_when_the_other_role_has_ended_the_account_is_this_districts_again(administrator, district, other_district):
    make_officer("both", district, "auditor", None)
    person = Person.objects.get(username="both")
    role = people.grant_role(SYSTEM, other_district, person, "auditor")
    assert not people.is_of_district_alone(district, person)
    people.revoke_role(SYSTEM, role)
    people.set_password(administrator, person, GOOD, district=district)
    person.refresh_from_db()
    assert person.check_password(GOOD)
    assert not people.is_of_district_alone(other_district, person)


def test_a_single_sign_on_subject_is_one_persons(administrator, district):
    people.create_person(administrator, district, username="a", name="a", oidc_subject="s-1")
    with pytest.raises(people.UnableToManagePeople, match="single sign-on subject"):
        people.create_person(administrator, district, username="b", name="b", oidc_subject=" s-1 ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(username="c", name="c", oidc_subject="s-1")
    people.create_person(administrator, district, username="d", name="d")
    people.create_person(administrator, district, username="e", name="e")  # none is no subject


def test_nobody_is_made_for_an_organisation_of_another_district(administrator, district, other_district):
    far = Organisation.objects.create(district=other_district, code="far", name="区水利局")
    with pytest.raises(people.UnableToManagePeople, match="another district"):
        people.create_person(administrator, district, username="a", name="a", organisation=far)


def test_ones_own_password_and_one_set_by_another(administrator, officer, district, person_of):
    person = person_of(officer)
    people.set_password(administrator, person, GOOD, district=district)
    person.refresh_from_db()
    assert person.must_change_password
    people.set_password(officer, person, "another-good-7")
    person.refresh_from_db()
    assert person.check_password("another-good-7")
    assert not person.must_change_password
    with pytest.raises(people.UnableToManagePeople):
        people.set_password(officer, person, "water")
    assert "another-good-7" not in "".join(audit.export())


def test_the_first_sign_in_is_made_once(district, bureau):
    first = people.first_sign_in()
    person = Person.objects.get()
    assert person.check_password(first.password)
    assert person.must_change_password
    assert person.organisation == bureau
    assert actor_of(person, at=timezone.now()).roles(district.pk) == {"administrator", "lead_bureau"}
    assert people.first_sign_in() is None
    assert first.password not in "".join(audit.export())


def test_people_from_an_archive_do_not_stand_in_the_way_of_the_first_sign_in(district):
    arrived = Person(username="admin", name="来自存档")
    arrived.set_unusable_password()
    arrived.save()
    assert people.first_sign_in().username == "admin2"
    assert people.first_sign_in() is None


def test_somebody_with_single_sign_on_can_sign_in(administrator, district):
    Person.objects.all().delete()
    person = people.create_person(SYSTEM, district, username="a", name="a", oidc_subject="subject")
    assert people.first_sign_in() is None
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert people.first_sign_in() is not None


def test_new_passwords_are_accepted_and_differ(district):
    made = {people.new_password() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        people._check_password(password, Person(username="admin", name="管理员"))


def test_every_change_of_people_is_logged(administrator, district, water):
    person = people.create_person(administrator, district, username="zhang", name="张某", password=GOOD)
    role = people.grant_role(administrator, district, person, "department", water)
    people.revoke_role(administrator, role)
    people.set_active(administrator, district, person, False)
    people.set_password(administrator, person, GOOD + "x", district=district)
    assert [e.act for e in AuditEvent.objects.filter(about_uid=person.uid)] == [
        "person.create", "role.grant", "role.revoke", "person.active", "person.sign_in_changed",
    ]  # fmt: skip


def test_demo_accounts_are_marked_and_have_passwords_of_their_own(district, bureau, water):
    accounts = [
        people.DemoAccount("demo-lead", "示例·牵头局", "lead_bureau", "ecology"),
        people.DemoAccount("demo-auditor", "示例·审计", "auditor"),
    ]
    made = people.create_demo_accounts(SYSTEM, district, accounts)
    assert [m.username for m in made] == ["demo-lead", "demo-auditor"]
    for account in made:
        person = Person.objects.get(username=account.username)
        assert person.illustrative
        assert person.must_change_password
        assert person.check_password(account.password)
    assert people.create_demo_accounts(SYSTEM, district, accounts) == []
    with pytest.raises(people.UnableToManagePeople, match="has the code nobody"):
        people.create_demo_accounts(SYSTEM, district, [people.DemoAccount("x", "x", "department", "nobody")])


def test_only_administrators_make_demo_accounts(lead, district):
    with pytest.raises(NotPermitted):
        people.create_demo_accounts(lead, district, [])
