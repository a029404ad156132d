"""What the libraries add to the frame around every page: navigation and search."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from qihou.domains.inventory.methods.listing import declared
from qihou.face import navigation, search
from qihou.face.search import Hit
from qihou.facts.factors import Factor
from qihou.facts.factors import search as search_factors
from qihou.facts.vocabulary import editions
from qihou.record.api.access import Actor
from qihou.record.models import Feature

from .links import factor_url, method_url
from .words import in_language, unit_label

GROUP = gettext_lazy("清单")


def open_doors() -> None:
    """Called once, when the slice is ready."""
    navigation.register(
        navigation.NavItem("inventory.factors", gettext_lazy("因子库"), "inventory:factors", icon="document", group=GROUP, order=78),
        navigation.NavItem("inventory.methods", gettext_lazy("方法库"), "inventory:methods", icon="key", group=GROUP, order=79),
    )  # fmt: skip
    search.register("inventory.libraries", find)


def find(actor: Actor, district: Feature, text: str, limit: int) -> Sequence[Hit]:
    """Methods, then factors, whose words hold the text. What is cited from memory says 待核 here too."""
    wanted, code = text.casefold(), district.code
    methods = [
        Hit(_("方法"), in_language(method.zh, method.en), method_url(code, method), method.key)
        for method in declared()
        if wanted in f"{method.key} {method.zh} {method.en}".casefold()
    ][:limit]
    factors = [
        Hit(_("因子"), factor.said(get_language() or "zh"), factor_url(code, factor), _about(factor))
        for factor in search_factors(text)[: limit - len(methods)]
    ]
    return [*methods, *factors]


def _about(factor: Factor) -> str:
    edition = editions()[factor.edition].name.in_language(get_language() or "zh")
    parts = [f"{factor.value} {unit_label(factor.unit)}".strip(), edition, *([_("待核")] if factor.to_confirm else [])]
    return " · ".join(parts)
