"""What the pages about figures add to the frame: a place in the navigation and the why of every figure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qihou.face import navigation

from . import why
from .choosing import NAV


def open_doors() -> None:
    """Called once, when the slice is ready."""
    why.register_all()
    navigation.register(
        navigation.NavItem(NAV, _("清单结果"), "inventory:figures", icon="report", group=_("清单"), order=75)
    )
