from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "qihou.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "记录"
