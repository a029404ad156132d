"""What every row of the record has in common."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

MOST_DIGITS = 60  # before or behind the point; written out, 1E+999999999 would fill the memory


class NotAnExactDecimal(ValueError):
    """No finite decimal number of at most :data:`MOST_DIGITS` digits before and behind the point."""


def exact(value: Any) -> Decimal:
    """The decimal that ``value`` is, digit for digit.

    Raises:
        NotAnExactDecimal
    """
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except ArithmeticError as error:
        raise NotAnExactDecimal(f"{str(value)[:60]!r} is no decimal number") from error
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -MOST_DIGITS or number.adjusted() >= MOST_DIGITS:
        raise NotAnExactDecimal(
            f"a value must be finite, with at most {MOST_DIGITS} digits before and behind the point"
        )
    return number


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
        return None if value is None else exact(value)

    def get_prep_value(self, value: Any) -> Decimal | None:
        value = super().get_prep_value(value)
        return None if value is None else exact(value)

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
