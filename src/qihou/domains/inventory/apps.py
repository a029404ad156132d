from __future__ import annotations

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "qihou.domains.inventory"
    label = "inventory"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "温室气体清单"

    def ready(self) -> None:
        from qihou.record.api import districts

        districts.declare_part("inventory", "qihou.domains.inventory.api.loading.load_part")
