"""The path of an address below the service's root (18-088, clause 9.2, 2021)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .entities import ENTITIES, SETS, Entity
from .errors import NoSuchResource

MOST_SEGMENTS = 12
_SEGMENT = re.compile(r"([A-Za-z]+)(?:\((\d{1,19})\))?")
Step = tuple[str, int | None]


@dataclass(frozen=True)
class Resource:
    """What an address names.

    ``steps``: set or link names from the root on, each with an id where one is chosen: ``(("Things", 1), ("Datastreams", None))``.
    ``entity``: the type they end at. ``many``: they end at a collection. ``inside``: a property and what is within it.
    ``as_value``: its bare value (``$value``). ``as_links``: links instead of entities (``$ref``).
    """

    steps: tuple[Step, ...]
    entity: Entity
    many: bool
    inside: tuple[str, ...] = ()
    as_value: bool = False
    as_links: bool = False


def read_path(path: str) -> Resource:
    """What ``path``, e.g. ``Things(1)/Datastreams(2)/Observations/$ref``, names, once it is decoded.

    Raises:
        NoSuchResource: a set, link or property that does not exist; an id that is no whole number; a path too long.
    """
    parts = path.strip("/").split("/")
    if len(parts) > MOST_SEGMENTS:
        raise NoSuchResource(f"an address may have at most {MOST_SEGMENTS} parts, not {len(parts)}")
    first, chosen = _segment(parts[0])
    if first not in SETS:
        raise NoSuchResource(f"there is no {first!r}; there are {', '.join(SETS)}")
    entity, steps, many = SETS[first], [(first, chosen)], chosen is None
    rest = parts[1:]
    while rest and not many and _segment_name(rest[0]) in entity.links:
        name, chosen = _segment(rest.pop(0))
        link = entity.links[name]
        if chosen is not None and not link.many:
            raise NoSuchResource(f"{name} is one, without a number in brackets")
        steps.append((name, chosen))
        entity, many = ENTITIES[link.target], link.many and chosen is None
    return _ending(Resource(tuple(steps), entity, many), rest)


def _ending(found: Resource, rest: list[str]) -> Resource:
    if not rest:
        return found
    if rest == ["$ref"]:
        return Resource(found.steps, found.entity, found.many, as_links=True)
    if found.many:
        raise NoSuchResource(f"choose one of {found.steps[-1][0]} by its number in brackets before {rest[0]!r}")
    as_value = rest[-1] == "$value"
    inside = tuple(rest[:-1] if as_value else rest)
    known = found.entity.properties.get(inside[0]) if inside else None
    if known is None:
        raise NoSuchResource(f"{found.entity.name} has no {rest[0]!r}")
    if len(inside) > 1 and not known.open:
        raise NoSuchResource(f"{found.entity.name}/{inside[0]} has nothing inside it")
    return Resource(found.steps, found.entity, False, inside, as_value)


def _segment_name(part: str) -> str:
    return part.partition("(")[0]


def _segment(part: str) -> Step:
    found = _SEGMENT.fullmatch(part)
    if not found:
        raise NoSuchResource(f"{part!r} is no name, with or without a whole number in brackets")
    return found[1], int(found[2]) if found[2] else None
