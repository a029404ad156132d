"""One row as JSON and back: references as uids, decimals digit for digit, times in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, JSONField


class UnreadableValue(ValueError):
    """A value in the archive does not fit its column."""


def to_json(field: Field[Any, Any], value: Any) -> Any:
    """A column's value as JSON holds it; of a reference, give its target's uid as ``value``."""
    if value is None or isinstance(field, JSONField):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bool | int | float | str):
        return value
    raise TypeError(f"{field.model._meta.label}.{field.name}: {type(value).__name__} has no form in an archive")


def from_json(field: Field[Any, Any], value: Any) -> Any:
    """The inverse of :func:`to_json`; a reference stays a uid.

    Raises:
        UnreadableValue: it does not fit the column.
    """
    if isinstance(field, JSONField):
        return value
    if value is None:
        if field.null:
            return None
        raise UnreadableValue(f"{field.model._meta.label}.{field.name} may not be empty")
    try:
        if isinstance(field, ForeignKey):
            return UUID(value)
        result = field.to_python(value)
        if isinstance(result, str) and "\x00" in result:
            raise UnreadableValue(f"{field.model._meta.label}.{field.name}: the text holds a NUL character")
        if field.choices and result not in dict(field.flatchoices) and result != "":
            raise UnreadableValue(f"{field.model._meta.label}.{field.name} knows no {result!r}")
        return result
    except (ValidationError, ValueError, ArithmeticError, TypeError, AttributeError) as error:
        if isinstance(error, UnreadableValue):
            raise
        raise UnreadableValue(f"{field.model._meta.label}.{field.name} cannot be {str(value)[:60]!r}") from error
