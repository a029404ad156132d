"""The words of the factor library: editions, regions, quantities, labels and rule books, each with its two names.

A factor is spoken of in codes (``fuel=anthracite``, ``CN-50``, ``ets-2024``). The files ``facts/data/ghg/`` ``editions``,
``regions``, ``quantities``, ``labels`` and ``standards`` say what each code means; a code they lack is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qihou.facts.loader import UnableToReadFacts, a_decimal, a_mapping, a_text

VOCABULARY = ("editions", "regions", "quantities", "labels", "standards")
# libyaml reads the library eight times faster, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DISTRICT = re.compile(r"(CN-\d\d)\d{4}")


class UnableToName(LookupError):
    """The code is in none of the vocabulary files."""


@dataclass(frozen=True)
class Name:
    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


@dataclass(frozen=True)
class Edition:
    """A set of factors that belong together; what is computed with two sets at once must say so."""

    id: str
    name: Name
    document: str
    status: str
    effective: str


@dataclass(frozen=True)
class Region:
    """``wider``: the regions tried, in this order, where this one has no value of its own."""

    code: str
    name: Name
    wider: tuple[str, ...]


@dataclass(frozen=True)
class Plausible:
    """The range outside which a value is taken for a slip: ``special`` has the codes with a range of their own."""

    unit: str
    usual: tuple[Decimal, Decimal]
    special: Mapping[str, tuple[Decimal, Decimal]]
    because: str


@dataclass(frozen=True)
class Quantity:
    """``by``: the labels every row carries. ``never``: regions for which no other region's value may stand in."""

    key: str
    name: Name
    by: tuple[str, ...]
    note: str
    never: tuple[str, ...]
    plausible: Plausible | None


@dataclass(frozen=True)
class Standard:
    """A rule book: not a factor, but what says which factors apply, from when."""

    id: str
    name: Name
    status: str
    effective: str
    replaces: str
    grade: str
    link: str
    note: str


def read_yaml(name: str) -> Any:
    """The content of ``facts/data/ghg/<name>.yaml``.

    Raises:
        UnableToReadFacts: it is no YAML.
    """
    path = files("qihou.facts") / "data" / "ghg" / f"{name}.yaml"
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - both loaders are the safe ones
    except yaml.YAMLError as error:
        raise UnableToReadFacts(f"ghg/{name}: {error}") from error


def _entries(name: str) -> dict[str, Any]:
    content = read_yaml(name)
    if not isinstance(content, dict) or not content:
        raise UnableToReadFacts(f"ghg/{name}: must name at least one entry")
    return content


def _name(row: Mapping[str, Any], where: str) -> Name:
    return Name(a_text(row["zh"], f"{where}: zh"), a_text(row["en"], f"{where}: en"))


def _codes(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise UnableToReadFacts(f"{where}: {key} must list codes")
    return tuple(value)


@cache
def editions() -> Mapping[str, Edition]:
    """All editions by id."""
    found = {}
    for code, content in _entries("editions").items():
        where = f"ghg/editions.{code}"
        row = a_mapping(content, where, {"zh", "en", "document", "status", "effective"})
        said = (a_text(row[key], f"{where}: {key}") for key in ("document", "status", "effective"))
        found[code] = Edition(code, _name(row, where), *said)
    return found


@cache
def regions() -> Mapping[str, Region]:
    """All regions by code. A district is written by its six digits after ``CN-`` and needs no entry."""
    found = {}
    for code, content in _entries("regions").items():
        where = f"ghg/regions.{code}"
        row = a_mapping(content, where, {"zh", "en"}, {"wider"})
        found[code] = Region(code, _name(row, where), _codes(row, "wider", where))
    for region in found.values():
        if unknown := [code for code in region.wider if code not in found]:
            raise UnableToReadFacts(f"ghg/regions.{region.code}: wider names {', '.join(unknown)}, which has no entry")
    return found


@cache
def region_chain(code: str) -> tuple[str, ...]:
    """The region and all wider ones, narrowest first.

    >>> region_chain("CN-500151")[:3]
    ('CN-500151', 'CN-50', 'CN-SW')

    Raises:
        UnableToName
    """
    chain = [code]
    if district := _DISTRICT.fullmatch(code):
        chain.append(district[1])
    if chain[-1] not in regions():
        raise UnableToName(f"there is no region {code!r}; a province is written like CN-50, a district like CN-500151")
    for known in chain:
        chain += [w for w in (regions()[known].wider if known in regions() else ()) if w not in chain]
    return tuple(chain)


@cache
def quantities() -> Mapping[str, Quantity]:
    """All quantities by key."""
    found = {}
    for key, content in _entries("quantities").items():
        where = f"ghg/quantities.{key}"
        row = a_mapping(content, where, {"zh", "en", "by"}, {"note", "never", "plausible"})
        note = a_text(row["note"], f"{where}: note") if "note" in row else ""
        by, never = _codes(row, "by", where), _codes(row, "never", where)
        plausible = _plausible(row["plausible"], f"{where}: plausible") if "plausible" in row else None
        found[key] = Quantity(key, _name(row, where), by, note, never, plausible)
    return found


def _plausible(content: Any, where: str) -> Plausible:
    row = a_mapping(content, where, {"unit", "range", "because"}, {"special"})
    special = {str(code): _range(between, f"{where}: {code}") for code, between in row.get("special", {}).items()}
    usual = _range(row["range"], where)
    return Plausible(a_text(row["unit"], where), usual, special, a_text(row["because"], where))


def _range(written: Any, where: str) -> tuple[Decimal, Decimal]:
    low, _, high = a_text(written, where).partition("..")
    return a_decimal(low, where), a_decimal(high, where)


@cache
def labels() -> Mapping[str, Mapping[str, Name]]:
    """Kind of label to code to name."""
    found: dict[str, dict[str, Name]] = {}
    for kind, content in _entries("labels").items():
        if not isinstance(content, dict):
            raise UnableToReadFacts(f"ghg/labels.{kind}: must be a mapping of codes")
        found[kind] = {}
        for code, names in content.items():
            where = f"ghg/labels.{kind}.{code}"
            if not isinstance(names, list) or len(names) != 2:
                raise UnableToReadFacts(f"{where}: must be [Chinese, English]")
            found[kind][str(code)] = Name(a_text(names[0], where), a_text(names[1], where))
    return found


def label_name(kind: str, code: str, language: str = "zh") -> str:
    """What a label's code is called: ``label_name("fuel", "anthracite")`` is 无烟煤.

    Raises:
        UnableToName
    """
    if kind not in labels() or code not in labels()[kind]:
        raise UnableToName(f"there is no label {kind}={code}")
    return labels()[kind][code].in_language(language)


@cache
def standards() -> tuple[Standard, ...]:
    """Rule books and their state, in the order of the file."""
    found = []
    for code, content in _entries("standards").items():
        where = f"ghg/standards.{code}"
        row = a_mapping(content, where, {"zh", "en", "status", "effective", "grade"}, {"replaces", "link", "note"})
        needed = (a_text(row[key], f"{where}: {key}") for key in ("status", "effective"))
        rest = {key: a_text(row[key], f"{where}: {key}") if key in row else "" for key in ("replaces", "link", "note")}
        status, effective = needed
        found.append(Standard(code, _name(row, where), status, effective, grade=str(row["grade"]), **rest))
    return tuple(found)
