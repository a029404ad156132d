from django.apps import AppConfig


class FaceConfig(AppConfig):
    name = "qihou.face"
    label = "face"
    verbose_name = "界面"
