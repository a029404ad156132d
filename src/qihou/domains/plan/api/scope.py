"""Finding the version, row or report an act is about, never outside the district it was asked in."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from qihou.record.models import Feature

from ..models import Item, PlanVersion, ProgressReport
from .errors import UnableToFind

RowT = TypeVar("RowT", bound=Model)


def one(rows: QuerySet[RowT], uid: UUID | str) -> RowT:
    """The row of that uid among ``rows``.

    Raises:
        UnableToFind: there is none, or the uid is no uid.
    """
    try:
        return rows.get(uid=uid)
    except (rows.model.DoesNotExist, ValidationError, ValueError) as trouble:  # type: ignore[attr-defined]
        raise UnableToFind(_("没有这一条记录。")) from trouble


def version_row(district: Feature, uid: UUID | str) -> PlanVersion:
    return one(PlanVersion.objects.select_related("plan", "source", "district").filter(district=district), uid)


def item_row(district: Feature, uid: UUID | str) -> Item:
    rows = Item.objects.select_related("version__plan", "version__source", "thread", "indicator", "project", "task")
    return one(rows.filter(district=district), uid)


def report_row(district: Feature, uid: UUID | str) -> ProgressReport:
    return one(ProgressReport.objects.select_related("thread", "organisation").filter(district=district), uid)
