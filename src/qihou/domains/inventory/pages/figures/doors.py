"""What the pages about figures add to the frame: a place in the navigation, categories in the search, the why of every figure."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qihou.domains.inventory.api import runs
from qihou.face import navigation, search
from qihou.face.search import Hit
from qihou.record.api.access import Act, Actor
from qihou.record.models import Feature

from . import why
from .choosing import NAV
from .words import name


def open_doors() -> None:
    """Called once, when the slice is ready."""
    why.register_all()
    navigation.register(
        navigation.NavItem(NAV, _("清单结果"), "inventory:figures", icon="report", group=_("清单"), order=75)
    )
    search.register("inventory.figures", find)


def find(actor: Actor, district: Feature, text: str, limit: int) -> Sequence[Hit]:
    """Categories by name, number or code, in the newest run that one may see."""
    if not actor.may(Act.VIEW_OFFICE, district_id=district.pk):
        return ()
    newest = next(iter(runs.runs(actor, district)), None)
    if newest is None:
        return ()
    wanted, year = text.casefold(), newest.period_start.year
    found = [
        category
        for category in runs.scheme_of_run(newest).categories
        if wanted in f"{category.zh} {category.en} {category.code}".casefold() or wanted == category.number
    ]
    return [
        Hit(
            gettext("清单类别"),
            f"{category.number} {name(category)}",
            reverse("inventory:category", kwargs={"district_code": district.code, "year": year, "code": category.code}),
            gettext("{year} 年").format(year=year),
        )
        for category in found[:limit]
    ]
