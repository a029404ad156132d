"""The year's work in the navigation, with how many sheets wait for whoever looks at it; and the why of a value."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

from qihou.domains.inventory.api import deadlines
from qihou.face import navigation

from . import cell

GROUP = lazy("清单")


def open_doors() -> None:
    """Called once, when the slice is ready."""
    cell.register()
    navigation.register(
        navigation.NavItem(
            "inventory.home", lazy("年度清单"), "inventory:home", icon="report", group=GROUP, order=70,
            count=deadlines.sheets_waiting,
        ),
    )  # fmt: skip
