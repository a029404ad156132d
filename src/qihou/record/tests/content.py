"""Generated content for every table that travels, so that a forgotten table or column shows without being thought of."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models, transaction

from qihou.record.api import archive, audit, sources
from qihou.record.api.access import Actor
from qihou.record.api.archives.registry import Shared, archived
from qihou.record.models import AuditEvent, ExactDecimalField, Feature

from .builders import make_district

SYSTEM = Actor.system("test")
ROWS = 3
AWKWARD = ["一二三", "a\"b'c\\n", "=1+1", "  spaces  ", "行1\n行2", "é ü 𠮷", "<script>"]


def fill(district: Feature) -> dict[type[models.Model], list[Any]]:
    """At least three rows in every table, each nullable column empty in some row and set in another."""
    dice = random.Random(7)
    made: dict[type[models.Model], list[Any]] = {Feature: [district]}
    for model, table in archived():
        rows = made.setdefault(model, [])
        for number in range(ROWS):
            values: dict[str, Any] = {}
            for field in model._meta.concrete_fields:
                if field.primary_key or field.name == "uid":
                    continue
                if field.name == "district":
                    values["district"] = district
                elif isinstance(field, models.ForeignKey):
                    targets = made[field.related_model]
                    empty = field.null and number == 0
                    # one target each where the relation is one to one
                    values[field.name] = None if empty else targets[number % len(targets)]
                else:
                    values[field.name] = value_for(field, number, dice)
            OVERRIDES.get(model._meta.label, lambda values, number: None)(values, number)
            row = model(**values)
            row.save()
            rows.append(row)
        if isinstance(table, Shared):
            continue
        if table.files:
            for number, row in enumerate(rows):
                sha256, _ = sources.store(f"content {model._meta.label} {number}".encode())
                model._default_manager.filter(pk=row.pk).update(**{table.files: sha256})
    for number in range(ROWS):
        audit.write(SYSTEM, "test.fill", district=district, about=district, detail={"n": number, "文": "字"})
    return made


def value_for(field: models.Field, number: int, dice: random.Random) -> Any:
    if field.choices:
        values = [value for value, _ in field.flatchoices]
        return values[number % len(values)]
    if field.null and number == 0:
        return None
    match field:
        case ExactDecimalField():
            return [Decimal("0.50"), Decimal("-12345678901234567890.10"), Decimal("3")][number % 3]
        case models.DateTimeField():
            return datetime(2021, 2, 3, 4, 5, 6, 789, tzinfo=UTC) + timedelta(hours=number)
        case models.DateField():
            return date(2021, 2, 3) + timedelta(days=400 * number)
        case models.BooleanField():
            return number % 2 == 0
        case models.JSONField():
            return [{"字": [1, "0.50", None, True, 1.5], "n": number}, [], {}][number % 3]
        case models.IntegerField():
            return number + 1
        case models.FloatField():
            return [0.1, -12345.678901234567, 1e-7][number % 3]
        case models.UUIDField():
            return UUID(int=dice.getrandbits(128), version=4)
        case models.CharField() | models.TextField():
            length = getattr(field, "max_length", None) or 200
            return f"{number}{AWKWARD[dice.randrange(len(AWKWARD))]}"[:length]
    raise NotImplementedError(f"say how to make a {type(field).__name__} ({field})")


def _feature(values: dict[str, Any], number: int) -> None:
    values["kind"] = ["town", "village", "site"][number]
    values["parent"] = values["parent"] or values["district"]


def _entry(values: dict[str, Any], number: int) -> None:
    if values["value"] is None:
        values["notation"], values["reason"] = "NE", "未估算"
    else:
        values["notation"], values["reason"] = "", ""


OVERRIDES = {"record.Feature": _feature, "record.Entry": _entry}


def snapshot(district_uid: Any) -> dict[str, dict[str, dict[str, Any]]]:
    """Every row of every travelling table by uid, references as uids, all columns but those that never travel."""
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for model, table in archived():
        left_out = set(table.leave_out) if isinstance(table, Shared) else set()
        rows = {}
        for row in model._default_manager.all():
            values = {}
            for field in model._meta.concrete_fields:
                if field.primary_key or field.name in left_out:
                    continue
                value = getattr(row, field.name)
                values[field.name] = value.uid if isinstance(value, models.Model) else _exact(value)
            rows[str(row.uid)] = values
        tables[model._meta.label] = rows
    return tables


def _exact(value: Any) -> Any:
    """0.5 and 0.50 are equal as numbers, and different here."""
    return value.as_tuple() if isinstance(value, Decimal) else value


def filled_district() -> Feature:
    district = make_district("500151", "铜梁区")
    fill(district)
    return district


def as_if_elsewhere(make: Callable[[], Feature], path: Path) -> tuple[dict, list[str], archive.Export]:
    """Make a district, export it and undo the making: what is left is an installation without it."""
    with transaction.atomic():
        district = make()
        result = archive.export_district(SYSTEM, district, path)
        rows = snapshot(district.uid)
        events = [
            audit.as_line(e) for e in AuditEvent.objects.filter(chain=str(district.uid)).exclude(act="district.export")
        ]
        transaction.set_rollback(True)
    assert not Feature.objects.exists()
    return rows, events, result
