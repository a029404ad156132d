"""Organisations a plan names that the district does not have yet: made from the printed names, and linked."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from qihou.record.api import audit, organisations
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Organisation, OrganisationKind

from ..models import Involvement
from .errors import UnableToChange
from .scope import version_row

_TOWN = re.compile(r"(?:街道|镇|乡)(?:办事处|人民政府|政府)?$")
_COMPANY = re.compile(r"公司$|集团$|企业$")
_MANY = re.compile(r"^(?:各|区级?各|县级?各|市级?各|有关|相关)")


def add_organisation(actor: Actor, district: Feature, version: UUID, printed: str) -> int:
    """Make an organisation of a name the version prints and nobody has; gives how many rows were linked to it.

    Raises:
        UnableToChange: the name stands unmatched nowhere in the version, or means another organisation already.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = version_row(district, version)
        waiting = Involvement.objects.filter(
            item__version__plan_id=row.plan_id, printed=printed, organisation__isnull=True
        )
        if not waiting.filter(item__version=row).exists():
            raise UnableToChange(_("这个版本里没有未匹配的“{name}”。").format(name=printed[:60]), field="printed")
        try:
            made = organisations.create_organisation(
                actor, district, code=_free_code(district), name=printed, kind=_kind(printed)
            )
        except organisations.UnableToNameOrganisation as trouble:
            raise UnableToChange(_("“{name}”已经是另一个单位的名称。").format(name=printed[:60])) from trouble
        count = waiting.update(organisation=made, matched="name")
        audit.write(
            actor, "plan.match", district=district, about=row,
            detail={"printed": printed, "organisation": made.code, "count": count},
        )  # fmt: skip
    return count


def add_every_organisation(actor: Actor, district: Feature, version: UUID) -> int:
    """The same for every unmatched name of the version: how a district begins that brings no list of its own.

    Gives how many organisations were made.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = version_row(district, version)
        waiting = Involvement.objects.filter(item__version=row, organisation__isnull=True)
        names = list(dict.fromkeys(waiting.order_by("pk").values_list("printed", flat=True)))
        for name in names:
            add_organisation(actor, district, version, name)
    return len(names)


def _kind(name: str) -> str:
    if _MANY.search(name):
        return OrganisationKind.COLLECTIVE
    if _COMPANY.search(name):
        return OrganisationKind.ENTERPRISE
    return OrganisationKind.TOWN if _TOWN.search(name) else OrganisationKind.DEPARTMENT


def _free_code(district: Feature) -> str:
    taken = set(Organisation.objects.filter(district=district).values_list("code", flat=True))
    return next(code for n in range(1, len(taken) + 2) if (code := f"org-{n}") not in taken)
