"""All rows of all tables as lines of JSON, whatever the database: what moves an installation to PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Field, ForeignKey, JSONField, Model, QuerySet

from qihou.record.api.archives.rows import from_json, to_json

_BATCH = 500


def all_tables() -> list[type[Model]]:
    """Every table of every installed application, relations' own tables included."""
    models = apps.get_models(include_auto_created=True)
    return sorted((m for m in models if m._meta.managed and not m._meta.proxy), key=lambda m: m._meta.label_lower)


def lines(model: type[Model]) -> Iterator[bytes]:
    """Each row as one line, local numbers included."""
    fields = model._meta.concrete_fields
    for row in model._base_manager.order_by("pk").iterator(chunk_size=1000):
        line = {f.attname: to_json(f, getattr(row, f.attname)) for f in fields}
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def empty_all(models: Iterable[type[Model]]) -> None:
    """Remove every row, inside the caller's transaction."""
    names = [connection.ops.quote_name(m._meta.db_table) for m in models]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)}")
        else:
            for name in names:
                cursor.execute(f"DELETE FROM {name}")  # noqa: S608 - our own table names


def fill(model: type[Model], rows: Iterable[dict[str, Any]]) -> int:
    """Put rows back as they were. References are checked when the transaction ends."""
    fields = {f.attname: f for f in model._meta.concrete_fields}
    count, rows = 0, iter(rows)
    while batch := list(islice(rows, _BATCH)):
        instances = [model(**{name: _value(fields[name], value) for name, value in row.items()}) for row in batch]
        QuerySet[Any](model).bulk_create(instances)
        count += len(batch)
    return count


def _value(field: Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(field, ForeignKey):
        return field.target_field.to_python(value)
    return from_json(field, value)


def number_on(models: Iterable[type[Model]]) -> None:
    """Let new rows continue after the numbers that came in."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
