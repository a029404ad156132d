"""Facts are files: dated values, each with its unit, the clause it comes from, and how sure it is.

A file ``facts/data/<name>.yaml`` holds ``id``, ``title`` and ``values``; each named value has a ``unit`` and a list
``dated`` of one entry per period in which it holds (half-open; an absent end is open). An entry has ``value`` (text, so
that its digits are kept), ``grade``, ``last_checked`` and either ``source`` (document, clause, year; a link where there
is one) or, for grade ``declared``, a ``note`` that says why this program chose it. Nothing else is accepted: a
misspelt key is an error, not a silent default.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

import yaml

# A: in two independent publications. B: in one. L: in one maintained library that transcribes the IPCC tables.
# C: computed here from such. M: from memory, unverified, and shown so. declared: this program's own setting.
GRADES = ("A", "B", "L", "C", "M", "declared")


class UnableToReadFacts(ValueError):
    """A facts file is not as described above; the message names the file, the value and what to change."""


class UnableToFindFact(LookupError):
    """There is no such file, no such value in it, or none that holds on the day."""


@dataclass(frozen=True)
class Citation:
    document: str
    clause: str
    year: int
    link: str = ""


@dataclass(frozen=True)
class Fact:
    """One value for one period. ``valid_from`` None: since ever; ``valid_to`` (excluded) None: until further notice."""

    value: Decimal
    valid_from: date | None
    valid_to: date | None
    grade: str
    last_checked: date
    source: Citation | None
    note: str

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Series:
    """One fact through time, in order, without overlaps."""

    name: str
    unit: str
    dated: tuple[Fact, ...]

    def on(self, day: date) -> Fact:
        """The value that holds on a day.

        Raises:
            UnableToFindFact: none does; an older one is never used instead.
        """
        for fact in self.dated:
            if fact.holds_on(day):
                return fact
        raise UnableToFindFact(f"{self.name} has no value that holds on {day}")

    @property
    def newest(self) -> Fact:
        return self.dated[-1]


@dataclass(frozen=True)
class Facts:
    """A facts file."""

    id: str
    title: str
    values: Mapping[str, Series]

    def __getitem__(self, name: str) -> Series:
        if name not in self.values:
            raise UnableToFindFact(f"{self.id} has no value {name!r}; it has {', '.join(self.values)}")
        return self.values[name]


@cache
def load_facts(name: str) -> Facts:
    """The facts file ``facts/data/<name>.yaml``.

    Raises:
        UnableToFindFact, UnableToReadFacts
    """
    path = files("qihou.facts") / "data" / f"{name}.yaml"
    if not path.is_file():
        raise UnableToFindFact(f"there is no facts file {name!r}")
    return parse_facts(path.read_text(encoding="utf-8"), name)


def names() -> list[str]:
    """All facts files."""
    folder = files("qihou.facts") / "data"
    return sorted(p.name.removesuffix(".yaml") for p in folder.iterdir() if p.name.endswith(".yaml"))


def overdue(day: date, months: int = 24) -> list[tuple[str, str, date]]:
    """Facts nobody has checked for so long: file, value, last checked."""
    return [
        (name, series.name, fact.last_checked)
        for name in names()
        for series in load_facts(name).values.values()
        for fact in series.dated
        if fact.valid_to is None
        and (day.year - fact.last_checked.year) * 12 + day.month - fact.last_checked.month >= months
    ]


def parse_facts(text: str, name: str) -> Facts:
    """Read and check one file's text; ``name`` must be its ``id``.

    Raises:
        UnableToReadFacts
    """
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise UnableToReadFacts(f"{name}: {error}") from error
    top = a_mapping(content, name, {"id", "title", "values"})
    if top["id"] != name:
        raise UnableToReadFacts(f"{name}: id is {top['id']!r}, and must be the file's name")
    values = top["values"]
    if not isinstance(values, dict) or not values:
        raise UnableToReadFacts(f"{name}: values must name at least one value")
    return Facts(
        name, a_text(top["title"], f"{name}: title"), {k: _series(v, k, f"{name}.{k}") for k, v in values.items()}
    )


def _series(content: Any, name: str, where: str) -> Series:
    row = a_mapping(content, where, {"unit", "dated"})
    if not isinstance(row["dated"], list) or not row["dated"]:
        raise UnableToReadFacts(f"{where}: dated must list at least one value")
    facts = [_fact(item, f"{where}[{number}]") for number, item in enumerate(row["dated"], 1)]
    for before, after in pairwise(facts):
        if before.valid_to is None or after.valid_from is None or after.valid_from < before.valid_to:
            raise UnableToReadFacts(f"{where}: the values must follow one another without overlapping")
    return Series(name, a_text(row["unit"], f"{where}: unit"), tuple(facts))


def _fact(content: Any, where: str) -> Fact:
    row = a_mapping(content, where, {"value", "grade", "last_checked"}, {"valid_from", "valid_to", "source", "note"})
    value = a_decimal(row["value"], where)
    if row["grade"] not in GRADES:
        raise UnableToReadFacts(f"{where}: grade is one of {', '.join(GRADES)}")
    start, end = a_day(row, "valid_from", where), a_day(row, "valid_to", where)
    if start and end and end <= start:
        raise UnableToReadFacts(f"{where}: valid_to must be after valid_from")
    checked = a_day(row, "last_checked", where)
    if checked is None:
        raise UnableToReadFacts(f"{where}: last_checked must be a day")
    note = a_text(row["note"], f"{where}: note") if "note" in row else ""
    source = a_citation(row["source"], f"{where}: source") if "source" in row else None
    if source is None and row["grade"] != "declared":
        raise UnableToReadFacts(f"{where}: cite the source, or declare the value as our own with a note")
    if row["grade"] == "declared" and not note:
        raise UnableToReadFacts(f"{where}: a declared value needs a note that says why")
    return Fact(value, start, end, row["grade"], checked, source, note)


def a_decimal(value: Any, where: str) -> Decimal:
    """The number written as text.

    Raises:
        UnableToReadFacts: it is not text, or no finite number.
    """
    if not isinstance(value, str):
        raise UnableToReadFacts(f"{where}: write the value as text, in quotes, so that its digits are kept")
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise UnableToReadFacts(f"{where}: {value!r} is no decimal number") from error
    if not number.is_finite():
        raise UnableToReadFacts(f"{where}: the value must be finite")
    return number


def a_citation(content: Any, where: str) -> Citation:
    """Document, clause and year, with a link where there is one; raises UnableToReadFacts."""
    row = a_mapping(content, where, {"document", "clause", "year"}, {"link"})
    if not isinstance(row["year"], int) or isinstance(row["year"], bool):
        raise UnableToReadFacts(f"{where}: year must be a number")
    link = a_text(row["link"], f"{where}: link") if "link" in row else ""
    return Citation(
        a_text(row["document"], f"{where}: document"), a_text(row["clause"], f"{where}: clause"), row["year"], link
    )


def a_mapping(content: Any, where: str, needed: set[str], allowed: set[str] | None = None) -> dict[str, Any]:
    """A mapping with the needed keys and no others than those allowed; raises UnableToReadFacts."""
    if not isinstance(content, dict):
        raise UnableToReadFacts(f"{where}: must be a mapping")
    if missing := needed - set(content):
        raise UnableToReadFacts(f"{where}: lacks {', '.join(sorted(missing))}")
    if unknown := set(content) - needed - (allowed or set()):
        raise UnableToReadFacts(f"{where}: does not know {', '.join(sorted(map(str, unknown)))}")
    return content


def a_text(value: Any, where: str) -> str:
    """A text that is not blank; raises UnableToReadFacts."""
    if not isinstance(value, str) or not value.strip():
        raise UnableToReadFacts(f"{where} must be a text")
    return value.strip()


def a_day(row: Mapping[str, Any], key: str, where: str) -> date | None:
    """The day under the key, or None where the key is absent; raises UnableToReadFacts."""
    value = row.get(key)
    if value is not None and type(value) is not date:
        raise UnableToReadFacts(f"{where}: {key} must be a day, like 2026-01-31")
    return value
