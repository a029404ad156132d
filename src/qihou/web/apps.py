from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "qihou.web"
    label = "web"
    verbose_name = "门户"

    def ready(self) -> None:
        from qihou.face.navigation import NavItem, register
        from qihou.record.api.access import Act

        house = _("管理")
        register(
            NavItem("cockpit", _("总览"), "cockpit", icon="home", order=0),
            NavItem("people", _("账号与角色"), "people", icon="people", group=house, order=910, act=Act.MANAGE_PEOPLE),
            NavItem("audit", _("操作日志"), "audit", icon="audit", group=house, order=920, act=Act.VIEW_AUDIT),
        )
