"""Instants and intervals as requests and answers write them: ISO 8601, always with an offset (18-088, clause 8.2; 2021)."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime

_INSTANT = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d)?)(?:[.,](\d{1,9}))?(?:([Zz])|([-+]\d\d):?(\d\d)|([-+]\d\d))"
)


class UnableToReadTime(ValueError):
    """The text is no instant with its offset, nor an interval of two."""


@dataclass(frozen=True)
class Moment:
    """An instant (``start`` is None) or the interval from ``start`` to ``end``; both in UTC."""

    end: datetime
    start: datetime | None = None


def read_instant(text: object) -> datetime:
    """``2024-07-01T08:00:00+08:00`` or ``…Z``, in UTC; what is finer than a microsecond is cut off.

    Raises:
        UnableToReadTime: no such day or time, or no offset.
    """
    if isinstance(text, str) and len(text) == 20 and text[4] == text[7] == "-" and text[10] + text[19] == "TZ":
        with contextlib.suppress(
            ValueError
        ):  # how nearly all are written; the pattern below costs more than all else of a row
            return datetime.fromisoformat(text)
    found = _INSTANT.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise UnableToReadTime(f"{str(text)[:60]!r} is no instant like 2024-07-01T08:00:00+08:00 or …Z")
    day, clock, fraction, _, hours, minutes, only_hours = found.groups()
    micro = f".{fraction[:6].ljust(6, '0')}" if fraction else ""
    offset = f"{hours}:{minutes}" if hours else f"{only_hours}:00" if only_hours else "+00:00"
    try:
        return datetime.fromisoformat(f"{day}T{clock}{micro}{offset}").astimezone(UTC)
    except (ValueError, OverflowError) as trouble:
        raise UnableToReadTime(f"{str(text)[:60]!r} is no instant: {trouble}") from None


def read_moment(text: object) -> Moment:
    """An instant, or two with a ``/`` between: ``2024-07-01T00:00:00Z/2024-07-01T01:00:00Z``.

    Raises:
        UnableToReadTime: as :func:`read_instant`, or an interval that ends before it begins.
    """
    if not isinstance(text, str) or "/" not in text:
        return Moment(read_instant(text))
    first, _, last = text.partition("/")
    start, end = read_instant(first), read_instant(last)
    if end < start:
        raise UnableToReadTime(f"the interval {text[:80]!r} ends before it begins")
    return Moment(end, start)


def write_instant(instant: datetime) -> str:
    """In UTC, with as many digits of a second as it needs: ``2024-07-01T00:00:00Z``."""
    there = instant.astimezone(UTC)
    whole = there.strftime("%H:%M:%S")
    fraction = f".{there.microsecond:06d}".rstrip("0") if there.microsecond else ""
    return f"{there.date().isoformat()}T{whole}{fraction}Z"


def write_moment(moment: Moment) -> str:
    if moment.start is None:
        return write_instant(moment.end)
    return f"{write_instant(moment.start)}/{write_instant(moment.end)}"
