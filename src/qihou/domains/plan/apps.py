from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "qihou.domains.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "规划"

    def ready(self) -> None:
        from .pages.reading.doors import open_doors

        open_doors()
