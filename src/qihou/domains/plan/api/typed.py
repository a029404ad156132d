"""What a reviewer types into a cell, read strictly: a value of the field's type, or a sentence saying what is wrong."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..models import Indicator, Item, Project, Task
from .errors import UnableToChange
from .numbers import UnableToReadNumber, number_typed
from .stored import clean

_PERIOD = re.compile(r"(\d{4})(?:[-./年](\d{1,2})月?|年)?")
_SEPARATORS = re.compile(r"[、,;\uff0c\uff1b\n]+")  # also the full-width comma and semicolon
ORGANISATIONS = {"departments": "lead", "leads": "lead", "supporting": "supporting"}


@dataclass(frozen=True)
class Typed:
    """What to set: ``on`` is item or kind (its kind's own row); several columns for a period."""

    on: str
    columns: dict[str, Any]


_TEXTS: dict[tuple[str, str], tuple[str, int]] = {
    ("indicator", "name"): ("title", 2000),
    ("indicator", "category"): ("category", 300),
    ("project", "name"): ("title", 2000),
    ("project", "category"): ("category", 300),
    ("project", "content"): ("text", 20000),
    ("task", "chapter"): ("category", 300),
    ("task", "key_task"): ("title", 2000),
    ("task", "text"): ("text", 20000),
}
_CHOICES = {"nature": ("binding", "expected"), "sense": ("at_least", "at_most", "equal")}
_AMOUNTS = {
    "indicator": ("base", "target"),
    "project": ("investment", "upper_level", "district_budget", "private"),
}


def read_typed(item: Item, field: str, value: Any) -> Typed:
    """The columns a typed value sets; an empty text clears the cell.

    Raises:
        UnableToChange: the row has no such field, or the value is none of its type.
    """
    text = clean("" if value is None else str(value)).strip()
    kind = item.kind
    if field == "no":
        return Typed("item", {"no": _short(field, text, 40)})
    if (kind, field) in _TEXTS:
        column, length = _TEXTS[kind, field]
        return Typed("item", {column: _required(field, _short(field, text, length)) if column == "title" else text})
    if field in _AMOUNTS.get(kind, ()):
        return Typed("kind", {field: _number(item, field, text)})
    if kind == "indicator":
        if field in ("base_year", "target_year"):
            return Typed("kind", {field: _year(field, text)})
        if field == "unit":
            return Typed("kind", {field: _short(field, text, 60)})
        if field == "target_text":
            return Typed("kind", {field: _short(field, text, 200)})
        if field in _CHOICES:
            return Typed("kind", {field: _choice(field, text)})
    if kind == "project" and field in ("start", "end"):
        year, month = _period(field, text)
        return Typed("kind", {f"{field}_year": year, f"{field}_month": month})
    if kind == "task" and field == "deadline":
        year, month = _period(field, text)
        return Typed("kind", {"deadline": "" if year is None else f"{year}-{month:02d}" if month else f"{year}"})
    raise UnableToChange(_("这一行没有“{field}”这一栏。").format(field=field), field=field)


def columns_of(item: Item, field: str) -> tuple[Item | Indicator | Project | Task, tuple[str, ...]]:
    """The row that holds a cell's value, and its columns there; for fields that :func:`read_typed` knows."""
    if field == "no":
        return item, ("no",)
    if (item.kind, field) in _TEXTS:
        return item, (_TEXTS[item.kind, field][0],)
    own: Indicator | Project | Task = getattr(item, item.kind)
    return own, (f"{field}_year", f"{field}_month") if field in ("start", "end") else (field,)


def names_typed(value: Any) -> list[str]:
    """Organisations' names, from a list or a text with separators, in order, each once."""
    parts = value if isinstance(value, list | tuple) else _SEPARATORS.split(str(value or ""))
    return list(dict.fromkeys(name for part in parts if (name := clean(str(part)).strip())))


def _number(item: Item, field: str, text: str) -> Decimal | None:
    unit = item.indicator.unit if item.kind == "indicator" else _("万元")
    try:
        number = number_typed(text, unit)
    except UnableToReadNumber as trouble:
        raise UnableToChange(str(trouble), field=field) from trouble
    if number is not None and number < 0 and item.kind != "indicator":
        raise UnableToChange(_("金额不能为负数。"), field=field)
    return number


def _year(field: str, text: str) -> int | None:
    if not text:
        return None
    year, month = _period(field, text)
    if month:
        raise UnableToChange(_("这一栏只填年份，例如 2025。"), field=field)
    return year


def _period(field: str, text: str) -> tuple[int | None, int | None]:
    if not text:
        return None, None
    found = _PERIOD.fullmatch(unicodedata.normalize("NFKC", text))
    year, month = (int(found[1]), int(found[2]) if found[2] else None) if found else (0, None)
    if not 1900 <= year <= 2200 or (month is not None and not 1 <= month <= 12):
        raise UnableToChange(_("“{text}”不是年份或年月，请写 2025 或 2025-06。").format(text=text[:40]), field=field)
    return year, month


def _choice(field: str, text: str) -> str:
    if text and text not in _CHOICES[field]:
        raise UnableToChange(_("“{text}”不在可选项中。").format(text=text[:40]), field=field)
    return text


def _short(field: str, text: str, length: int) -> str:
    if len(text) > length:
        raise UnableToChange(_("这一栏最多 {length} 个字。").format(length=length), field=field)
    return text


def _required(field: str, text: str) -> str:
    if not text:
        raise UnableToChange(_("这一栏不能为空。"), field=field)
    return text
