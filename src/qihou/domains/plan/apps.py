from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "qihou.domains.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "规划"

    def ready(self) -> None:
        from .pages.reading import doors as reading
        from .pages.working import doors as working

        reading.open_doors()
        working.open_doors()
