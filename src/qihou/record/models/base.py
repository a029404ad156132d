"""What every row of the record has in common."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone


class ExactDecimalField(models.Field):
    """A decimal kept digit for digit as it was entered: ``numeric`` on PostgreSQL, text on SQLite.

    Django's own DecimalField passes through a binary float on SQLite and pads to a fixed scale; a value a person
    typed must come back as typed (``0.50`` stays ``0.50``). Not for arithmetic in SQL: sums are made in Python.
    """

    def db_type(self, connection: Any) -> str:
        return "numeric" if connection.vendor == "postgresql" else "text"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        return Decimal(str(value))

    def get_prep_value(self, value: Any) -> Decimal | None:
        value = super().get_prep_value(value)
        return None if value is None else Decimal(str(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        if value is None or connection.vendor == "postgresql":
            return value
        return format(value, "f")

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else format(value, "f")


class Row(models.Model):
    """``id`` is local and small; ``uid`` is the same everywhere the row travels, and what an archive refers to."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class DistrictRow(Row):
    """A row that belongs to one district: the unit of permission, of export and of distribution."""

    district = models.ForeignKey("record.Feature", on_delete=models.PROTECT, related_name="+", db_index=True)

    class Meta:
        abstract = True
