"""Start Django for a command that needs the record; commands that do not stay quick."""

import os


def start_django() -> None:
    """Set the framework up once, with the house's settings unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qihou.web.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()
