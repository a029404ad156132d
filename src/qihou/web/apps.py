from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "qihou.web"
    label = "web"
    verbose_name = "门户"
