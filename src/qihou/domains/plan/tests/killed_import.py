"""Run by test_api_killed: prepare a record, import into it and die at a given place, or count what stands in it."""

import json
import os
import signal
import sys
from unittest.mock import patch

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from qihou.domains.plan.api import importing  # noqa: E402
from qihou.domains.plan.models import DocumentLine, Involvement, Item  # noqa: E402
from qihou.domains.plan.tests import api_world  # noqa: E402
from qihou.record.api import audit, findings  # noqa: E402
from qihou.record.api.access import Actor  # noqa: E402
from qihou.record.models import Feature, Organisation, Person  # noqa: E402


def die(*_args: object, **_named: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def last_words(actor: Actor, act: str, **named: object) -> object:
    """The import's own entry is the last thing written: all is there and nothing is committed."""
    written = write(actor, act, **named)
    if act == "plan.import":
        assert Item.objects.exists()
        die()
    return written


write = audit.write
PLACES = {
    "after the file": patch.object(importing, "_version", die),
    "after the version": patch.object(DocumentLine.objects, "bulk_create", die),
    "after the lines": patch.object(Item.objects, "bulk_create", die),
    "after the rows": patch.object(Involvement.objects, "bulk_create", die),
    "before the findings": patch.object(findings, "record_findings", die),
    "before the commit": patch.object(importing.audit, "write", side_effect=last_words),
}


def world() -> api_world.World:
    district = Feature.objects.get(code="999901")
    found = {o.code: o for o in Organisation.objects.all()}
    people = {p.username.split("-", 1)[1]: p for p in Person.objects.all()}
    return api_world.World(district, found["ecology"], found["finance"], found["forestry"], people)


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in sorted(t for t in tables if t.startswith(("plan_", "record_"))):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone()[0] == "ok"
        cursor.execute("PRAGMA foreign_key_check")
        assert not cursor.fetchall()
    assert audit.verify().ok
    return found


match sys.argv[1]:
    case "prepare":
        call_command("migrate", verbosity=0)
        api_world.make_world()
    case "count":
        print(json.dumps(counts()))
    case "import":
        print(api_world.take_in(world(), api_world.register(20), content=b"a file").number)
    case place:
        with PLACES[place]:
            api_world.take_in(world(), api_world.register(20), content=b"a file")
