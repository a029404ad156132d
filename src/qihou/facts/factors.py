"""The factor library: every factor of ``facts/data/ghg``, with its edition, evidence, grade and sources.

Which factor to take is the business of :mod:`qihou.facts.lookup`; how a file is written, of
:mod:`qihou.facts.factor_files`; what the codes mean, of :mod:`qihou.facts.vocabulary`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from qihou.facts.factor import EvidenceClass, Factor
from qihou.facts.factor_files import factors_of
from qihou.facts.loader import UnableToReadFacts
from qihou.facts.vocabulary import VOCABULARY, editions, read_yaml, regions

__all__ = [
    "EvidenceClass", "Factor", "UnableToFindFactor",
    "all_factors", "by_quantity", "factor_by_id", "factor_file_names", "overdue", "search",
]  # fmt: skip


class UnableToFindFactor(LookupError):
    """No factor fits, or none may stand in; the sentence says what there is nearest."""


@cache
def all_factors() -> tuple[Factor, ...]:
    """Every factor of the house, in the order of the files.

    Raises:
        UnableToReadFacts: a file is not as it must be; the sentence names file, table and row.
    """
    found: dict[str, Factor] = {}
    for name in factor_file_names():
        for factor in factors_of(read_yaml(name), f"ghg/{name}"):
            place = factor.id.partition("#")[2]
            if place in found:
                raise UnableToReadFacts(
                    f"{factor.id} says again what {found[place].id} says; keep one, or give it another edition"
                )
            found[place] = factor
    return tuple(found.values())


def factor_file_names() -> list[str]:
    """All files of factors, without their ending; the vocabulary files are none."""
    folder = files("qihou.facts") / "data" / "ghg"
    names = (p.name.removesuffix(".yaml") for p in folder.iterdir() if p.name.endswith(".yaml"))
    return sorted(name for name in names if name not in VOCABULARY)


@cache
def by_quantity() -> Mapping[str, tuple[Factor, ...]]:
    """All factors of each quantity."""
    found: dict[str, list[Factor]] = {}
    for factor in all_factors():
        found.setdefault(factor.quantity, []).append(factor)
    return MappingProxyType({key: tuple(factors) for key, factors in found.items()})


@cache
def _by_id() -> Mapping[str, Factor]:
    return {factor.id: factor for factor in all_factors()}


def factor_by_id(id: str) -> Factor:
    """The factor with this id.

    Raises:
        UnableToFindFactor
    """
    if id not in _by_id():
        raise UnableToFindFactor(f"there is no factor {id!r}")
    return _by_id()[id]


def search(words: str) -> tuple[Factor, ...]:
    """Factors in whose id, names, edition, region, note or sources every one of the words occurs."""
    wanted = words.casefold().split()
    return tuple(f for f in all_factors() if all(word in _searchable(f) for word in wanted))


@cache
def _searchable(factor: Factor) -> str:
    edition, region = editions()[factor.edition].name, regions()[factor.region].name
    sources = " ".join(f"{s.document} {s.clause}" for s in factor.sources)
    names = (edition.zh, edition.en, region.zh, region.en, factor.said("zh"), factor.said("en"))
    return " ".join((factor.id, *names, str(factor.value), factor.unit, factor.note, sources)).casefold()


def overdue(day: date) -> tuple[Factor, ...]:
    """Factors that should have been looked at again by that day, the longest overdue first."""
    return tuple(sorted((f for f in all_factors() if f.review_by < day), key=lambda f: (f.review_by, f.id)))
