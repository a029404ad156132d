from django.apps import AppConfig


class InventoryConfig(AppConfig):
    name = "qihou.domains.inventory"
    label = "inventory"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "温室气体清单"
