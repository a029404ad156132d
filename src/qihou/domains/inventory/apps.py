from __future__ import annotations

from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "qihou.domains.inventory"
    label = "inventory"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "温室气体清单"

    def ready(self) -> None:
        from qihou.record.api import districts, warming

        from .pages.figures import doors as figures
        from .pages.libraries import doors as libraries
        from .pages.yearly import doors as yearly

        districts.declare_part("inventory", "qihou.domains.inventory.api.loading.load_part")
        districts.declare_part("town shares", "qihou.domains.inventory.api.town_shares.load_part")
        warming.declare("scheme and factors", "qihou.domains.inventory.api.schemes.read_ahead")
        figures.open_doors()
        libraries.open_doors()
        yearly.open_doors()
