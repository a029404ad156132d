"""The functions of an expression (18-088, clause 9.3.3.5; ``contains`` is from OData 4.01, part 2)."""

from __future__ import annotations

from dataclasses import dataclass

from .tree import Kind

TIMES = frozenset({Kind.INSTANT, Kind.INTERVAL})
_TEXT = frozenset({Kind.TEXT})
_NUMBER = frozenset({Kind.NUMBER})
_SHAPE = frozenset({Kind.SHAPE})
_DATED = TIMES | {Kind.DATE}
_CLOCKED = TIMES | {Kind.TIME}


@dataclass(frozen=True)
class Function:
    """Which kinds each argument may have, how many must be given, and what kind the answer is."""

    takes: tuple[frozenset[Kind], ...]
    gives: Kind
    least: int

    @classmethod
    def of(cls, gives: Kind, *takes: frozenset[Kind], least: int | None = None) -> Function:
        return cls(takes, gives, len(takes) if least is None else least)


_relation = Function.of(Kind.BOOLEAN, _SHAPE, _SHAPE)

FUNCTIONS: dict[str, Function] = {
    "substringof": Function.of(Kind.BOOLEAN, _TEXT, _TEXT),
    "contains": Function.of(Kind.BOOLEAN, _TEXT, _TEXT),
    "endswith": Function.of(Kind.BOOLEAN, _TEXT, _TEXT),
    "startswith": Function.of(Kind.BOOLEAN, _TEXT, _TEXT),
    "length": Function.of(Kind.NUMBER, _TEXT),
    "indexof": Function.of(Kind.NUMBER, _TEXT, _TEXT),
    "substring": Function.of(Kind.TEXT, _TEXT, _NUMBER, _NUMBER, least=2),
    "tolower": Function.of(Kind.TEXT, _TEXT),
    "toupper": Function.of(Kind.TEXT, _TEXT),
    "trim": Function.of(Kind.TEXT, _TEXT),
    "concat": Function.of(Kind.TEXT, _TEXT, _TEXT),
    "year": Function.of(Kind.NUMBER, _DATED),
    "month": Function.of(Kind.NUMBER, _DATED),
    "day": Function.of(Kind.NUMBER, _DATED),
    "hour": Function.of(Kind.NUMBER, _CLOCKED),
    "minute": Function.of(Kind.NUMBER, _CLOCKED),
    "second": Function.of(Kind.NUMBER, _CLOCKED),
    "fractionalseconds": Function.of(Kind.NUMBER, _CLOCKED),
    "date": Function.of(Kind.DATE, TIMES),
    "time": Function.of(Kind.TIME, TIMES),
    "totaloffsetminutes": Function.of(Kind.NUMBER, TIMES),
    "now": Function.of(Kind.INSTANT),
    "mindatetime": Function.of(Kind.INSTANT),
    "maxdatetime": Function.of(Kind.INSTANT),
    "round": Function.of(Kind.NUMBER, _NUMBER),
    "floor": Function.of(Kind.NUMBER, _NUMBER),
    "ceiling": Function.of(Kind.NUMBER, _NUMBER),
    "geo.distance": Function.of(Kind.NUMBER, _SHAPE, _SHAPE),
    "geo.length": Function.of(Kind.NUMBER, _SHAPE),
    "geo.intersects": _relation,
    "st_equals": _relation,
    "st_disjoint": _relation,
    "st_touches": _relation,
    "st_within": _relation,
    "st_overlaps": _relation,
    "st_crosses": _relation,
    "st_intersects": _relation,
    "st_contains": _relation,
    "st_relate": Function.of(Kind.BOOLEAN, _SHAPE, _SHAPE, _TEXT),
}
