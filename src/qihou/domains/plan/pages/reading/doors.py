"""What the register adds to the frame around every page: navigation, search, the version in force, and whys."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.errors import UnableToFind
from qihou.domains.plan.api.words import VERSION_STATES
from qihou.face import frame, navigation, search
from qihou.face.search import Hit
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from .links import item_url, page_url
from .paper import group_word
from .why import document_url, register_all

GROUP = gettext_lazy("规划")


def open_doors() -> None:
    """Called once, when the slice is ready."""
    register_all()
    navigation.register(
        navigation.NavItem("plan.mine", gettext_lazy("本单位"), "plan:mine", icon="mine", group=GROUP, order=10),
        navigation.NavItem(
            "plan.overview", gettext_lazy("规划登记册"), "plan:overview", icon="plan", group=GROUP, order=20
        ),
        navigation.NavItem(
            "plan.findings", gettext_lazy("核查发现"), "plan:findings", icon="finding", group=GROUP, order=30
        ),
    )
    search.register("plan", find)
    frame.register_version_line(version_line)


def find(actor: Actor, district: Feature, text: str, limit: int) -> Sequence[Hit]:
    """The register's part of the house-wide search."""
    try:
        version = queries.choose_version(actor, district)
    except UnableToFind:
        return ()
    hits = []
    for hit in queries.search(actor, district, version.uid, text, limit=limit):
        if hit.kind == "line" and hit.line:
            url = document_url(district.code, version, hit.line)
            title = hit.excerpt
        elif hit.kind == "organisation":
            url, title = f"{page_url('organisations', district.code)}?q={quote(hit.title)}", hit.title
        elif hit.uid:
            url, title = item_url(district.code, hit.uid), hit.title or hit.excerpt
        else:
            continue
        note = _("第 %(n)s 行") % {"n": hit.line} if hit.line else ""
        hits.append(Hit(group_word(hit.kind), title, url, hit.excerpt if hit.kind != "line" else note))
    return hits


def version_line(district: Feature) -> str:
    """The plan and the version in force, for the top bar; nothing before the first import."""
    version = queries.version_name(Actor.system("frame"), district)
    if version is None:
        return ""
    return _("%(plan)s 第 %(n)s 版（%(state)s）") % {
        "plan": version.plan_title, "n": version.number, "state": VERSION_STATES[version.status],
    }  # fmt: skip
