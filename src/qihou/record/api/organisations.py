"""Organisations and the names documents give them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Alias, Feature, Organisation, OrganisationKind

# Spellings that government offices use for one another; applied in this order to the name after its prefix.
_SAME = (
    (re.compile(r"街道(?:办事处|办)$"), "街道"),
    (re.compile(r"([镇乡])(?:人民)?政府$"), r"\1"),
    (re.compile(r"人民政府"), "政府"),
    (re.compile(r"委员会"), "委"),
    (re.compile(r"办公室$"), "办"),
    (re.compile(r"[和与、及]"), ""),
    (re.compile(r"发展改革"), "发改"),
    (re.compile(r"建设委$"), "建委"),
    (re.compile(r"卫生健康"), "卫健"),
    (re.compile(r"(?<!信)经济信息"), "经信"),
)


class UnableToNameOrganisation(ValueError):
    """The name or code is already another organisation's."""


@dataclass(frozen=True)
class Match:
    """``how`` is name, full_name, alias or rule: the words for the reader of a register."""

    organisation: Organisation
    how: str


def tidy(name: str) -> str:
    """Full width to half width, no spaces, no punctuation around."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name)).strip("、,;。.:·")


class OrganisationMatcher:
    """Finds the organisation a printed name means: by its own names, its aliases, then safe normal forms.

    A normal form that two organisations share means neither. Nothing is guessed by likeness.
    """

    def __init__(self, district: Feature, organisations: list[Organisation]) -> None:
        self._district_prefix = _prefix_pattern(district)
        self._exact: dict[str, Match] = {}
        self._normal: dict[str, Organisation | None] = {}
        for organisation in organisations:
            for how, name in _names(organisation):
                self._exact.setdefault(tidy(name), Match(organisation, how))
                key = self.normal_form(name)
                known = self._normal.setdefault(key, organisation)
                if known is not None and known.pk != organisation.pk:
                    self._normal[key] = None

    def normal_form(self, name: str) -> str:
        """The name without the district's own prefix, in the short spelling of its parts."""
        form = self._district_prefix.sub("", tidy(name), count=1)
        for pattern, short in _SAME:
            form = pattern.sub(short, form)
        return form

    def explain(self, printed: str) -> Match | None:
        """The organisation and how it was found; None when the name is nobody's, or more than one's."""
        name = tidy(printed)
        if not name:
            return None
        if found := self._exact.get(name):
            return found
        by_rule = self._normal.get(self.normal_form(name))
        return Match(by_rule, "rule") if by_rule else None

    def match(self, printed: str) -> Organisation | None:
        found = self.explain(printed)
        return found.organisation if found else None


def _names(organisation: Organisation) -> list[tuple[str, str]]:
    names = [("name", organisation.name)]
    if organisation.full_name:
        names.append(("full_name", organisation.full_name))
    return names + [("alias", alias.name) for alias in organisation.aliases.all()]


def _prefix_pattern(district: Feature) -> re.Pattern[str]:
    """What may stand before a district body's name: 重庆市铜梁区, 铜梁区, 区. The municipality's own prefix is not ours."""
    own = re.escape(tidy(district.name))
    level = re.escape(tidy(district.name)[-1:])
    above = re.escape(tidy(district.parent.name)) if district.parent_id and district.parent else ""
    start = f"(?:{above})?" if above else ""
    return re.compile(rf"^(?:{start}{own}|{level})(?=.)")


def list_organisations(district: Feature, *, active_only: bool = False) -> QuerySet[Organisation]:
    """The district's organisations with their aliases, by code."""
    rows = Organisation.objects.filter(district=district).prefetch_related("aliases")
    return rows.filter(active=True) if active_only else rows


def matcher(district: Feature) -> OrganisationMatcher:
    """A matcher over all organisations of the district, loaded once."""
    return OrganisationMatcher(district, list(list_organisations(district)))


def create_organisation(
    actor: Actor,
    district: Feature,
    *,
    code: str,
    name: str,
    full_name: str = "",
    name_en: str = "",
    kind: str = OrganisationKind.DEPARTMENT,
    place: Feature | None = None,
    is_lead_bureau: bool = False,
) -> Organisation:
    """A new organisation.

    Raises:
        UnableToNameOrganisation: the code is taken, or the name already means another organisation.
    """
    require(actor, Act.MANAGE_PLACES, district_id=district.pk)
    if not name.strip() or not code.strip():
        raise UnableToNameOrganisation("an organisation needs a name and a code")
    with transaction.atomic():
        if Organisation.objects.filter(district=district, code=code).exists():
            raise UnableToNameOrganisation(
                f"the code {code} already belongs to another organisation of {district.name}"
            )
        if taken := matcher(district).match(name):
            raise UnableToNameOrganisation(f"{name} already means {taken.name}")
        organisation = Organisation.objects.create(
            district=district,
            code=code,
            name=name,
            full_name=full_name,
            name_en=name_en,
            kind=kind,
            place=place,
            is_lead_bureau=is_lead_bureau,
        )
        audit.write(
            actor, "organisation.create", district=district, about=organisation, detail={"code": code, "name": name}
        )
    return organisation


def add_alias(actor: Actor, organisation: Organisation, name: str, note: str = "") -> Alias:
    """Another name for an organisation; repeating one it already has changes nothing.

    Raises:
        UnableToNameOrganisation: the name already means another organisation.
    """
    require(actor, Act.MANAGE_PLACES, district_id=organisation.district_id)
    name = tidy(name)
    if not name:
        raise UnableToNameOrganisation("an alias needs a name")
    with transaction.atomic():
        taken = Alias.objects.filter(district_id=organisation.district_id, name=name).first()
        if taken and taken.organisation_id == organisation.pk:
            return taken
        other = taken.organisation if taken else matcher(organisation.district).match(name)
        if other and other.pk != organisation.pk:
            raise UnableToNameOrganisation(f"{name} already means {other.name}")
        alias = Alias.objects.create(
            district_id=organisation.district_id, organisation=organisation, name=name, note=note
        )
        audit.write(
            actor, "organisation.alias", district=organisation.district, about=organisation, detail={"alias": name}
        )
    return alias
