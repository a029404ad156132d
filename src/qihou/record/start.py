"""Start Django for a command that needs the record; commands that do not stay quick."""

import os


class DatabaseNotPrepared(Exception):
    """The database lacks tables of this version of the program."""

    def __init__(self) -> None:
        super().__init__(
            "the database is not prepared for this version of the program: run `qihou manage migrate` first"
        )


def start_django() -> None:
    """Set the framework up once, with the house's settings unless the environment names others."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qihou.web.settings")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def open_record() -> None:
    """The same, and make sure that the database is ready to be worked with.

    Raises:
        DatabaseNotPrepared
    """
    start_django()
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    if not set(loader.disk_migrations) <= set(loader.applied_migrations):
        raise DatabaseNotPrepared
