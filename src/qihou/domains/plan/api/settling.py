"""One finding with the version it is about, for the page on which it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Finding

from ..models import PlanVersion
from .errors import UnableToFind
from .reading import finding_views
from .rows import version_view
from .scope import one
from .views import FindingView, VersionView


@dataclass(frozen=True)
class FindingPage:
    finding: FindingView
    version: VersionView
    siblings: tuple[VersionView, ...]  # the plan's versions, in which the trouble may be corrected
    may_change: bool


def finding_page(actor: Actor, district: Feature, uid: UUID, *, language: str = "") -> FindingPage:
    """A finding about a version of a plan.

    Raises:
        UnableToFind: no such finding in this district.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    rows = Finding.objects.select_related("state_by").filter(district=district, about_kind="plan.version")
    row = one(rows, uid)
    version = PlanVersion.objects.select_related("plan", "source").filter(district=district, uid=row.about_uid).first()
    if version is None:
        raise UnableToFind(str(uid))
    siblings = PlanVersion.objects.filter(plan=version.plan_id).select_related("plan", "source").order_by("number")
    return FindingPage(
        finding=finding_views(version, [row], language)[0],
        version=version_view(version),
        siblings=tuple(version_view(v) for v in siblings),
        may_change=actor.may(Act.REVIEW_PLAN, district_id=district.pk),
    )
