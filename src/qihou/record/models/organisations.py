"""Organisations, their aliases, persons and the roles they hold."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from .base import DistrictRow, Row


class OrganisationKind(models.TextChoices):
    DEPARTMENT = "department", "部门"
    TOWN = "town", "镇街"
    COLLECTIVE = "collective", "一组单位"
    ENTERPRISE = "enterprise", "企业"
    OTHER = "other", "其他"


class Organisation(DistrictRow):
    name = models.CharField(max_length=200, help_text="short official name, as the plan prints it")
    full_name = models.CharField(max_length=300, blank=True)
    name_en = models.CharField(max_length=300, blank=True)
    code = models.CharField(max_length=64, help_text="stable within the district, e.g. ecology, dev-reform")
    kind = models.CharField(max_length=24, choices=OrganisationKind.choices, default=OrganisationKind.DEPARTMENT)
    place = models.ForeignKey("record.Feature", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_lead_bureau = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="organisation_code")]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Alias(DistrictRow):
    """Another way a document names an organisation: 区住房城乡建委 = 区住房和城乡建设委员会."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True, help_text="why: abbreviation, former name, misprint")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="alias_name")]


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(username=username)


class Person(AbstractBaseUser, Row):
    """Somebody who signs in. No e-mail, no telephone: contacts have a home of their own when a slice needs them."""

    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="persons"
    )
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    oidc_subject = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="zh-hans")
    illustrative = models.BooleanField(default=False, help_text="a demonstration account, nobody real")

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["oidc_subject"], condition=~models.Q(oidc_subject=""), name="person_oidc_subject_once"
            )
        ]

    def __str__(self) -> str:
        return self.name or self.username


class RoleKind(models.TextChoices):
    LEAD_BUREAU = "lead_bureau", "牵头局"
    DEPARTMENT = "department", "部门经办"
    TOWN = "town", "镇街经办"
    AUDITOR = "auditor", "审计"
    ADMINISTRATOR = "administrator", "管理员"


class Role(DistrictRow):
    """A person's role in a district, for a time (half-open; an open end is null)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=24, choices=RoleKind.choices)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "person", "kind", "organisation"], name="role_once"),
            models.UniqueConstraint(
                fields=["district", "person", "kind"],
                condition=models.Q(organisation__isnull=True),
                name="role_once_without_organisation",
            ),
        ]
