"""Which factor to take, and a sentence on how it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Literal

from qihou.facts.factors import Factor, UnableToFindFactor, by_quantity
from qihou.facts.vocabulary import editions as all_editions
from qihou.facts.vocabulary import label_name, quantities, region_chain, regions

How = Literal["exact", "older_year", "newer_year", "wider_region"]
__all__ = ["How", "Match", "UnableToFindFactor", "default_spread", "find"]


@dataclass(frozen=True)
class Match:
    """A factor and how it was found; ``said`` and ``said_en`` are the sentence for a screen.

    ``how`` names the weightiest departure: a wider region before another year. ``exact`` includes a national or world
    default where the edition knows no smaller regions.
    """

    factor: Factor
    how: How
    said: str
    said_en: str


def find(
    quantity: str,
    labels: Mapping[str, str],
    *,
    year: int,
    region: str = "CN",
    editions: Sequence[str],
    older: bool = True,
    newer: bool = False,
    published_by: date | None = None,
) -> Match:
    """The factor for a year and a region.

    Editions are tried in the caller's order; within one, regions from the narrowest to the widest; within a region the
    year itself, then (``older``) the latest year before it, then (``newer``) the earliest after it. With ``published_by``,
    factors that were not yet published on that day are passed over. "The latest published when reporting" is
    ``year=day.year, published_by=day``; "the same year" is ``older=False``.

    Raises:
        UnableToFindFactor: none fits; the sentence says what there is nearest.
    """
    chain = _chain(quantity, labels, region)
    fitting = _fitting(quantity).get(frozenset(labels.items()), ())
    known = [f for f in fitting if not (published_by and f.published and f.published > published_by)]
    for edition in editions:
        if edition not in all_editions():
            raise UnableToFindFactor(f"there is no edition {edition!r}; there are {', '.join(all_editions())}")
        for place in chain:
            here = [f for f in known if f.edition == edition and f.region == place]
            if here and (factor := _of_year(here, year, older, newer)):
                return _match(factor, year, region)
    raise UnableToFindFactor(_nothing(quantity, labels, year, region, editions, fitting, published_by))


def default_spread(quantity: str, labels: Mapping[str, str]) -> tuple[str, Factor]:
    """The 95 % range to assume where a value brings none, and the factor that says so.

    Tried in order: ``quantity.code`` for each label's code, the quantity, then its beginnings: for ``waste.incineration_ch4``
    also ``waste.incineration`` and ``waste``. Activity data are asked for as ``("activity", {"source": "survey"})``.

    Raises:
        UnableToFindFactor: nothing is known; an uncertainty is never taken to be zero.
    """
    known = _default_spreads()
    for key in _spread_keys(quantity, labels):
        if key in known:
            return known[key].spread or f"±{known[key].value}%", known[key]
    raise UnableToFindFactor(
        f"there is no default uncertainty for {quantity}; ghg/uncertainty-defaults has {', '.join(known)}"
    )


@cache
def _default_spreads() -> Mapping[str, Factor]:
    return {dict(f.labels)["of"]: f for f in by_quantity()["uncertainty.half_width"]}


def _spread_keys(quantity: str, labels: Mapping[str, str]) -> Iterator[str]:
    yield from (f"{quantity}.{code}" for code in labels.values())
    yield quantity
    yield from (quantity[: cut.start()] for cut in reversed(list(re.finditer(r"[._]", quantity))))


def _chain(quantity: str, labels: Mapping[str, str], region: str) -> tuple[str, ...]:
    if quantity not in quantities():
        near = get_close_matches(quantity, quantities(), 3, 0.4)
        raise UnableToFindFactor(f"there is no quantity {quantity!r}; nearest are {', '.join(near) or 'none'}")
    about = quantities()[quantity]
    if set(labels) != set(about.by):
        raise UnableToFindFactor(f"{quantity} is looked up by {', '.join(about.by) or 'no label'}, not {dict(labels)}")
    try:
        chain = region_chain(region)
    except LookupError as error:
        raise UnableToFindFactor(str(error)) from error
    if refused := next((code for code in chain if code in about.never), None):
        raise UnableToFindFactor(
            f"{regions()[refused].name.zh}没有公布的{about.name.zh}，不得以其他地区的值代替 "
            f"(no {about.name.en} is published for {regions()[refused].name.en}, and no other region's may stand in)"
        )
    return chain


@cache
def _fitting(quantity: str) -> Mapping[frozenset[tuple[str, str]], tuple[Factor, ...]]:
    """A quantity's factors by their labels."""
    found: dict[frozenset[tuple[str, str]], tuple[Factor, ...]] = {}
    for factor in by_quantity().get(quantity, ()):
        labels = frozenset(factor.labels)
        found[labels] = (*found.get(labels, ()), factor)
    return found


@cache
def _narrowest(quantity: str, edition: str) -> int:
    """The level of the smallest regions for which an edition has values of a quantity."""
    return min(_level(f.region) for f in by_quantity()[quantity] if f.edition == edition)


def _of_year(here: Sequence[Factor], year: int, older: bool, newer: bool) -> Factor | None:
    if holding := [f for f in here if f.holds_in(year)]:
        return max(holding, key=lambda f: (f.is_dated, f.first_year))
    before = [f for f in here if f.first_year < year]
    after = [f for f in here if f.first_year > year]
    if before and older:
        return max(before, key=lambda f: f.first_year)
    if after and newer:
        return min(after, key=lambda f: f.first_year)
    return None


def _match(factor: Factor, year: int, region: str) -> Match:
    """Wider only where the edition has narrower regions: the default of a national table stands in for nothing."""
    wider = factor.region != region and _narrowest(factor.quantity, factor.edition) < _level(factor.region)
    other_year = not factor.holds_in(year)
    how: How = "exact"
    if other_year:
        how = "older_year" if factor.first_year < year else "newer_year"
    if wider:
        how = "wider_region"
    edition, place = all_editions()[factor.edition].name, regions()[factor.region].name
    when = f"{factor.first_year}" if factor.is_dated and factor.first_year else ""
    zh = f"{factor.said('zh')}取《{edition.zh}》{place.zh}{f'{when}年' if when else ''}值"
    en = f"{factor.said('en')}: {edition.en}, {place.en}{f', {when}' if when else ''}"
    if wider:
        zh, en = f"{zh}；该地区没有自己的值，取较大区域", f"{en}; the region has none of its own, so a wider region's"
    if other_year:
        which, which_en = (
            ("较早", "an older") if how == "older_year" or factor.first_year < year else ("较晚", "a newer")
        )
        zh, en = f"{zh}；没有{year}年值，取{which}年份", f"{en}; there is none for {year}, so {which_en} year's"
    return Match(factor, how, f"{zh}。", f"{en}.")


def _level(region: str) -> int:
    """0 a province, 1 a part of the country, 2 the country, 3 and 4 a continent and the world."""
    wide = {"CN": 2, "ASIA": 3, "WORLD": 4}
    return wide.get(region, 0 if region[-2:].isdigit() else 1)


def _nothing(
    quantity: str, labels: Mapping[str, str], year: int, region: str, editions: Sequence[str],
    fitting: Sequence[Factor], published_by: date | None,
) -> str:  # fmt: skip
    asked = ", ".join(label_name(k, c) if _known(k, c) else f"{k}={c}" for k, c in labels.items())
    head = (
        f"no {quantity}{f' for {asked}' if asked else ''} in {region} {year} in {', '.join(editions) or 'no edition'}"
    )
    if published_by:
        head += f" published by {published_by}"
    if fitting:
        chain = region_chain(region)
        near = [f for f in fitting if f.region in chain] or fitting
        there = dict.fromkeys("/".join(p for p in (f.edition, f.region, f.dated_as) if p) for f in near)
        return f"{head}; nearest there is {', '.join(list(there)[:12])}"
    codes = sorted({",".join(code for _, code in f.labels) for f in by_quantity().get(quantity, ())})
    return f"{head}; it is known for {', '.join(codes[:30]) or 'nothing'}"


def _known(kind: str, code: str) -> bool:
    try:
        return bool(label_name(kind, code))
    except LookupError:
        return False
