"""The working pages in the navigation, with how much waits for whoever looks at it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

from qihou.domains.plan.api import reporting, todo
from qihou.face import navigation
from qihou.record.api.access import Act

GROUP = lazy("规划")


def open_doors() -> None:
    """Called once, when the slice is ready."""
    navigation.register(
        navigation.NavItem(
            "plan.progress", lazy("进展填报"), "plan:progress", icon="report", group=GROUP, order=11,
            count=reporting.reports_waiting,
        ),
        navigation.NavItem(
            "plan.actions", lazy("待办"), "plan:actions", icon="task", group=GROUP, order=12,
            count=todo.actions_waiting,
        ),
        navigation.NavItem(
            "plan.versions", lazy("版本与导入"), "plan:versions", icon="upload", group=GROUP, order=28,
            act=Act.VIEW_OFFICE, count=reporting.versions_waiting,
        ),
    )  # fmt: skip
