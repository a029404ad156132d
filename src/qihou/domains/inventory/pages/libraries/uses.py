"""Who uses a factor: by edition, the steps and methods that ask for it, and whether this is the value they get."""

from __future__ import annotations

from dataclasses import dataclass

from qihou.domains.inventory.methods.scheme.editions import FACTOR_SETS
from qihou.domains.inventory.methods.usage import all_options, usage
from qihou.face.values import Link
from qihou.facts.factors import Factor, UnableToFindFactor
from qihou.facts.lookup import find

from .beside import label_of
from .links import factor_url, method_url
from .words import EDITIONS, LANDFILLS, in_language


@dataclass(frozen=True)
class Use:
    """One method that asks for the factor as one of its inputs, under one edition.

    ``chosen``: it gets this value; ``instead``: the one it gets, where that is another; neither: the edition's sets leave it out.
    """

    edition: str
    landfills: tuple[str, ...]
    method: Link
    need: str
    symbol: str
    unit: str
    codes: tuple[str, ...]
    chosen: bool
    instead: Link | None


def uses_of(found: Factor, code: str, region: str, year: int) -> tuple[Use, ...]:
    """What asks for the factor in the inventories this program can work, for a region and a year."""
    rows: dict[tuple[str, str, str], Use] = {}
    for options in all_options():
        uses = usage(options)
        chosen, instead = _chosen(found, options.edition, region, year, code)
        for one in uses.asking(found.quantity, found.labels):
            key = (options.edition, one.method.id, one.need.name)
            codes = tuple(in_language(*uses.words(c)) for c in one.codes)
            before = rows.get(key)
            rows[key] = Use(
                edition=str(EDITIONS[options.edition]),
                landfills=tuple(
                    dict.fromkeys([*(before.landfills if before else ()), str(LANDFILLS[options.landfill])])
                ),
                method=Link(in_language(one.method.zh, one.method.en), method_url(code, one.method)),
                need=in_language(one.need.zh, one.need.en),
                symbol=one.need.symbol,
                unit=one.need.unit,
                codes=tuple(dict.fromkeys([*(before.codes if before else ()), *codes])),
                chosen=chosen,
                instead=instead,
            )
    return tuple(rows.values())


def _chosen(found: Factor, edition: str, region: str, year: int, code: str) -> tuple[bool, Link | None]:
    try:
        match = find(found.quantity, dict(found.labels), year=year, region=region, editions=FACTOR_SETS[edition])
    except UnableToFindFactor:
        return False, None
    if match.factor.id == found.id:
        return True, None
    return False, Link(label_of(match.factor), factor_url(code, match.factor))
