"""What the libraries add to the frame around every page: navigation and search."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.listing import declared
from qihou.face import navigation, search
from qihou.face.search import Hit
from qihou.facts.factors import search as search_factors
from qihou.facts.vocabulary import editions
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from .links import factor_url, method_url
from .words import unit_label

GROUP = gettext_lazy("清单")


def open_doors() -> None:
    """Called once, when the slice is ready."""
    navigation.register(
        navigation.NavItem("inventory.factors", gettext_lazy("因子库"), "inventory:factors", icon="document", group=GROUP, order=78),
        navigation.NavItem("inventory.methods", gettext_lazy("方法库"), "inventory:methods", icon="key", group=GROUP, order=79),
    )  # fmt: skip
    search.register("inventory.libraries", find)


def find(actor: Actor, district: Feature, text: str, limit: int) -> Sequence[Hit]:
    """Factors and methods whose words hold the text."""
    language = get_language() or "zh"
    hits = [
        Hit(_("因子"), factor.said(language), factor_url(district.code, factor),
            f"{factor.value} {unit_label(factor.unit)} · {editions()[factor.edition].name.in_language(language)}")
        for factor in search_factors(text)[:limit]
    ]  # fmt: skip
    wanted = text.casefold()
    for method in declared():
        if len(hits) < 2 * limit and wanted in f"{method.key} {method.zh} {method.en}".casefold():
            hits.append(
                Hit(
                    _("方法"),
                    method.en if language.startswith("en") else method.zh,
                    method_url(district.code, method),
                    method.key,
                )
            )
    return hits[: 2 * limit]
