"""Which version a page means, and the list of them."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..models import PlanVersion, VersionStatus
from .errors import UnableToFind
from .rows import version_view
from .views import VersionName, VersionView

_STANDING = {VersionStatus.ADOPTED: 0, VersionStatus.REVIEW: 1, VersionStatus.SUPERSEDED: 2, VersionStatus.DISCARDED: 3}


def versions(actor: Actor, district: Feature, plan_code: str | None = None) -> tuple[VersionView, ...]:
    """All versions of the district's plans (or of one plan), oldest first within each plan."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    return tuple(version_view(v) for v in _rows(district, plan_code))


def choose_version(
    actor: Actor, district: Feature, plan_code: str | None = None, number: int | None = None
) -> VersionView:
    """The version asked for; without a number the adopted one, else the newest under review.

    Raises:
        UnableToFind: the district has no such plan or version.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    return version_view(current_row(district, plan_code, number))


def current_row(district: Feature, plan_code: str | None = None, number: int | None = None) -> PlanVersion:
    found = [v for v in _rows(district, plan_code) if number is None or v.number == number]
    if not found:
        raise UnableToFind(_("还没有导入规划。") if number is None else _("没有这个版本。"))
    return min(found, key=lambda v: _rank(v.status, v.created_at))


def version_name(actor: Actor, district: Feature) -> VersionName | None:
    """What the version that :func:`choose_version` gives is called: for the bar of every page, so without its content."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    columns = ("plan__title", "number", "status", "created_at")
    rows = list(PlanVersion.objects.filter(district=district).order_by("plan_id", "number").values_list(*columns))
    if not rows:
        return None
    title, number, status, _at = min(rows, key=lambda r: _rank(r[2], r[3]))
    return VersionName(title, number, status)


def _rank(status: str, created_at: datetime) -> tuple[int, float]:
    """The version in force first, then what is under review; of equals the newest."""
    return _STANDING[VersionStatus(status)], -created_at.timestamp()


def _rows(district: Feature, plan_code: str | None) -> list[PlanVersion]:
    rows = (
        PlanVersion.objects.filter(district=district)
        .select_related("plan", "source", "district")
        .order_by("plan_id", "number")
    )
    return list(rows.filter(plan__code=plan_code) if plan_code else rows)
