"""Persons and the roles they hold."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, NotPermitted, require
from qihou.record.models import Feature, FeatureKind, Organisation, Person, Role, RoleKind

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are read as one another


class UnableToManagePeople(ValueError):
    """The change is refused; the message says why."""


class WorksElsewhere(UnableToManagePeople):
    """The account is not this district's alone, so its administrator may not touch it."""


@dataclass(frozen=True)
class FirstSignIn:
    """A new account's password, shown once and to be changed at the first sign-in."""

    username: str
    password: str


@dataclass(frozen=True)
class DemoAccount:
    """An illustrative account as a district's folder lists it; ``organisation`` is a code. Never a password."""

    username: str
    name: str
    role: str
    organisation: str = ""


def new_password() -> str:
    """A password of four groups of four, about 80 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def create_person(
    actor: Actor,
    district: Feature,
    *,
    username: str,
    name: str,
    organisation: Organisation | None = None,
    password: str | None = None,
    oidc_subject: str = "",
    illustrative: bool = False,
) -> Person:
    """Somebody who can sign in; without a password, not before one is set (or by single sign-on).

    Raises:
        UnableToManagePeople: the user name is taken or empty, the password too weak, the organisation of another
            district, or the single sign-on subject somebody else's.
    """
    require(actor, Act.MANAGE_PEOPLE, district_id=district.pk)
    username, name, oidc_subject = username.strip(), name.strip(), oidc_subject.strip()
    if not username or not name:
        raise UnableToManagePeople("a person needs a user name and a name")
    if organisation is not None and organisation.district_id != district.pk:
        raise UnableToManagePeople(f"{organisation.name} belongs to another district")
    with transaction.atomic():
        if Person.objects.filter(username__iexact=username).exists():
            raise UnableToManagePeople(f"the user name {username} is taken")
        if oidc_subject and Person.objects.filter(oidc_subject=oidc_subject).exists():
            raise UnableToManagePeople("somebody else has this single sign-on subject")
        person = Person(
            username=username,
            name=name,
            organisation=organisation,
            oidc_subject=oidc_subject,
            illustrative=illustrative,
            must_change_password=password is not None,
        )
        if password is None:
            person.set_unusable_password()
        else:
            _check_password(password, person)
            person.set_password(password)
        person.save()
        audit.write(
            actor, "person.create", district=district, about=person, detail={"username": username, "name": name}
        )
    return person


def list_people(district: Feature) -> QuerySet[Person]:
    """Everybody who holds or held a role in the district, or belongs to one of its organisations."""
    return (
        Person.objects.filter(Q(roles__district=district) | Q(organisation__district=district))
        .distinct()
        .select_related("organisation")
        .order_by("username")
    )


def is_of_district_alone(district: Feature, person: Person) -> bool:
    """Whether the account is the district's to manage: its password, closing it and opening it again.

    One account signs in everywhere, so who sets its password can act wherever its roles are. It is therefore managed
    by a district's administrators only while every role it holds or is going to hold, and its organisation, are of
    that district: never somebody of another district, nor who administers several (the whole installation). Roles
    that have ended count for nothing. For anybody else each district revokes its own roles, until one is left whose
    account it is; or whoever runs the installation does it on its command line.
    """
    elsewhere = person.roles.exclude(district=district).filter(Q(valid_to=None) | Q(valid_to__gt=timezone.now()))
    home = person.organisation
    if (home is not None and home.district_id != district.pk) or elsewhere.exists():
        return False
    return list_people(district).filter(pk=person.pk).exists()


def grant_role(
    actor: Actor,
    district: Feature,
    person: Person,
    kind: str,
    organisation: Organisation | None = None,
    *,
    valid_from: datetime | None = None,
    valid_to: datetime | None = None,
) -> Role:
    """Give a role for a time; a role given again takes the new time.

    Raises:
        UnableToManagePeople: no such role, or one that needs an organisation of this district.
    """
    require(actor, Act.MANAGE_PEOPLE, district_id=district.pk)
    if kind not in RoleKind.values:
        raise UnableToManagePeople(f"a role is {', '.join(RoleKind.values)}; {kind!r} is none of them")
    if kind in (RoleKind.DEPARTMENT, RoleKind.TOWN) and organisation is None:
        raise UnableToManagePeople("an officer's role is held for an organisation: name it")
    if organisation is not None and organisation.district_id != district.pk:
        raise UnableToManagePeople(f"{organisation.name} belongs to another district")
    if valid_from and valid_to and valid_to <= valid_from:
        raise UnableToManagePeople("a role must end after it starts")
    with transaction.atomic():
        role, _ = Role.objects.update_or_create(
            district=district,
            person=person,
            kind=kind,
            organisation=organisation,
            defaults={"valid_from": valid_from, "valid_to": valid_to},
        )
        audit.write(
            actor, "role.grant", district=district, about=person,
            detail={
                "role": kind, "organisation": organisation.code if organisation else "",
                "valid_from": valid_from, "valid_to": valid_to,
            },
        )  # fmt: skip
    return role


def revoke_role(actor: Actor, role: Role) -> Role:
    """End a role now; it stays on record.

    Raises:
        UnableToManagePeople: the district would have no administrator left.
    """
    require(actor, Act.MANAGE_PEOPLE, district_id=role.district_id)
    with transaction.atomic():
        role = _locked_roles(role.district_id).get(pk=role.pk)
        if role.kind == RoleKind.ADMINISTRATOR:
            _keep_an_administrator(role.district_id, without=Q(pk=role.pk))
        role.valid_to = timezone.now()
        role.save(update_fields=["valid_to"])
        audit.write(actor, "role.revoke", district=role.district, about=role.person, detail={"role": role.kind})
    return role


def set_active(actor: Actor, district: Feature, person: Person, active: bool) -> Person:
    """Close or reopen an account of this district alone (:func:`is_of_district_alone`).

    Raises:
        WorksElsewhere: it is not.
        UnableToManagePeople: a district would have no administrator left.
    """
    require(actor, Act.MANAGE_PEOPLE, district_id=district.pk)
    with transaction.atomic():
        _must_be_ours(actor, district, person)
        if not active:
            for district_id in (
                _locked_roles(None)
                .filter(person=person, kind=RoleKind.ADMINISTRATOR)
                .values_list("district_id", flat=True)
            ):
                _keep_an_administrator(district_id, without=Q(person=person))
        person.is_active = active
        person.save(update_fields=["is_active"])
        audit.write(actor, "person.active", district=district, about=person, detail={"active": active})
    return person


def set_password(actor: Actor, person: Person, password: str, *, district: Feature | None = None) -> None:
    """One's own password, or as administrator of ``district`` that of somebody of it alone, who must then change it.

    Raises:
        NotPermitted: somebody else's, without being administrator there.
        WorksElsewhere: the account is not the district's alone (:func:`is_of_district_alone`).
        UnableToManagePeople: too weak.
    """
    own = actor.person_id == person.pk and actor.person_id is not None
    if not own and not actor.is_system:
        if district is None:
            raise NotPermitted(Act.MANAGE_PEOPLE, {"administrator"})
        require(actor, Act.MANAGE_PEOPLE, district_id=district.pk)
        _must_be_ours(actor, district, person)
    _check_password(password, person)
    with transaction.atomic():
        person.set_password(password)
        person.must_change_password = not own
        person.save(update_fields=["password", "must_change_password"])
        audit.write(actor, "person.sign_in_changed", district=district, about=person, detail={"by_oneself": own})


def first_sign_in() -> FirstSignIn | None:
    """At the first start: an administrator of the loaded districts with a new password. None when anybody can sign in.

    The account also holds the lead bureau's role, so that the first person can do the first job. People who came with
    a district's archive have no password yet, so they do not count.
    """
    with transaction.atomic():
        passwords = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) & ~Q(password="")
        if Person.objects.filter(passwords | ~Q(oidc_subject=""), is_active=True).exists():
            return None
        actor = Actor.system("first start")
        taken = set(Person.objects.filter(username__istartswith="admin").values_list("username", flat=True))
        username = next(name for name in chain(["admin"], (f"admin{n}" for n in count(2))) if name not in taken)
        password = new_password()
        person = Person(username=username, name="管理员", must_change_password=True)
        person.set_password(password)
        person.save()
        audit.write(actor, "person.create", district=None, about=person, detail={"username": username})
        for district in Feature.objects.filter(kind=FeatureKind.DISTRICT):
            bureau = Organisation.objects.filter(district=district, is_lead_bureau=True).first()
            if person.organisation_id is None and bureau:
                person.organisation = bureau
                person.save(update_fields=["organisation"])
            grant_role(actor, district, person, RoleKind.ADMINISTRATOR)
            grant_role(actor, district, person, RoleKind.LEAD_BUREAU, bureau)
    return FirstSignIn(username, password)


def create_demo_accounts(actor: Actor, district: Feature, accounts: Iterable[DemoAccount]) -> list[FirstSignIn]:
    """Accounts of nobody real, for showing the program: marked illustrative, each with a new password shown once.

    Accounts whose user name exists are left as they are.

    Raises:
        UnableToManagePeople: an organisation that is not of the district, or no such role.
    """
    require(actor, Act.MANAGE_PEOPLE, district_id=district.pk)
    made = []
    with transaction.atomic():
        for account in accounts:
            if Person.objects.filter(username__iexact=account.username).exists():
                continue
            organisation = None
            if account.organisation:
                organisation = Organisation.objects.filter(district=district, code=account.organisation).first()
                if organisation is None:
                    raise UnableToManagePeople(
                        f"no organisation of {district.name} has the code {account.organisation}"
                    )
            password = new_password()
            person = create_person(
                actor, district, username=account.username, name=account.name,
                organisation=organisation, password=password, illustrative=True,
            )  # fmt: skip
            grant_role(actor, district, person, account.role, organisation)
            made.append(FirstSignIn(account.username, password))
    return made


def _check_password(password: str, person: Person) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise UnableToManagePeople(" ".join(error.messages)) from error


def _must_be_ours(actor: Actor, district: Feature, person: Person) -> None:
    if not actor.is_system and not is_of_district_alone(district, person):
        raise WorksElsewhere(f"{person.username} is not among the people of {district.name} alone")


def _locked_roles(district_id: int | None) -> QuerySet[Role]:
    """Administrators' roles, locked, so that two administrators cannot remove each other in the same moment."""
    administrators = Role.objects.select_for_update().filter(kind=RoleKind.ADMINISTRATOR)
    list(administrators.filter(district_id=district_id) if district_id else administrators)
    return Role.objects.all()


def _keep_an_administrator(district_id: int, *, without: Q) -> None:
    now = timezone.now()
    left = (
        Role.objects.filter(district_id=district_id, kind=RoleKind.ADMINISTRATOR, person__is_active=True)
        .filter(Q(valid_from=None) | Q(valid_from__lte=now), Q(valid_to=None) | Q(valid_to__gt=now))
        .exclude(without)
    )
    if not left.exists():
        raise UnableToManagePeople("this would leave the district without an administrator: name another one first")
