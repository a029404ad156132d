"""What a POST, PUT or PATCH sends: an entity's values, links to others, and others made with it (18-088, clause 10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import geojson
from .bounds import trouble_with
from .entities import ENTITIES, Entity, Link
from .times import Moment, UnableToReadTime, read_instant, read_moment
from .tree import Kind

DEEPEST = 8
MOST_ENTITIES = 5_000
LONGEST_TEXT = 100_000
# The server works these out; a client that sends back what it read is not refused for them.
_WORKED_OUT = {"Datastream": frozenset({"observedArea", "phenomenonTime", "resultTime"})}
_UNIT = ("name", "symbol", "definition")


class UnfitBody(ValueError):
    """The body is not acceptable; ``where`` leads to the member, e.g. ``Datastreams[0]/name``."""

    def __init__(self, where: str, message: str) -> None:
        self.where, self.message = where, message
        super().__init__(f"{where}: {message}" if where else message)


@dataclass(frozen=True)
class Existing:
    """A link to an entity that is there already: ``{"@iot.id": 3}``, whatever else stands beside the id."""

    id: int


@dataclass(frozen=True)
class New:
    """An entity to make, or what a PATCH changes. Times are :class:`Moment` or datetimes, all else is JSON."""

    entity: Entity
    values: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, tuple[Existing | New, ...]] = field(default_factory=dict)


def read_new(body: object, entity: Entity, given: frozenset[str] = frozenset()) -> New:
    """The entity a POST asks for, with those inside it. ``given``: links that the address already says.

    Raises:
        UnfitBody: a required property or link is missing, a name is unknown, a value is of the wrong kind.
    """
    return _Body().new(body, entity, given, "", 0)


def read_change(body: object, entity: Entity, encoding: str = "") -> New:
    """What a PATCH changes; it may link to entities that exist and make none (18-088, clause 10.3).

    ``encoding``: the ``encodingType`` the entity has, for a geometry that comes without one.

    Raises:
        UnfitBody: as :func:`read_new`; null for a property that must be there; an entity to be made inside.
    """
    return _Body().change(body, entity, encoding)


class _Body:
    def __init__(self) -> None:
        self.entities = 0

    def new(self, body: object, entity: Entity, given: frozenset[str], where: str, depth: int) -> New:
        members = _object(body, where)
        self.entities += 1
        if depth > DEEPEST or self.entities > MOST_ENTITIES:
            raise UnfitBody(where, f"a body may make {MOST_ENTITIES} entities, {DEEPEST} deep")
        _known(members, entity, where)
        for name, known in entity.properties.items():
            if known.required and members.get(name) is None:
                raise UnfitBody(_inside(where, name), f"a {entity.name} must have it")
        links = {name: self._linked(members[name], link, entity, _inside(where, name), depth) for name, link in entity.links.items() if name in members}  # fmt: skip
        for name, link in entity.links.items():
            if link.required and name not in given and not links.get(name):
                raise UnfitBody(_inside(where, name), f'a {entity.name} must have it; link to one by {{"@iot.id": 3}}')
        return New(entity, _values(members, entity, where), links)

    def change(self, body: object, entity: Entity, encoding: str) -> New:
        members = _object(body, "")
        _known(members, entity, "")
        for name, known in entity.properties.items():
            if name in members and members[name] is None and known.required:
                raise UnfitBody(name, f"a {entity.name} must have it")
        links: dict[str, tuple[Existing | New, ...]] = {}
        for name, link in entity.links.items():
            if name in members:
                ends = self._linked(members[name], link, entity, name, DEEPEST)
                if link.required and not ends:
                    raise UnfitBody(name, f"a {entity.name} must have it")
                links[name] = ends
        return New(entity, _values(members, entity, "", encoding), links)

    def _linked(self, value: object, link: Link, entity: Entity, where: str, depth: int) -> tuple[Existing | New, ...]:
        if value is None and not link.many:
            return ()
        if not link.many:
            return (self._end(value, link, entity, where, depth),)
        if not isinstance(value, list):
            raise UnfitBody(where, "a list should stand here")
        return tuple(self._end(v, link, entity, f"{where}[{n}]", depth) for n, v in enumerate(value))

    def _end(self, value: object, link: Link, entity: Entity, where: str, depth: int) -> Existing | New:
        members = _object(value, where)
        if "@iot.id" in members:
            return Existing(read_id(members["@iot.id"], _inside(where, "@iot.id")))
        if depth >= DEEPEST:
            raise UnfitBody(where, 'no entity can be made here; link to one by {"@iot.id": 3}')
        target = ENTITIES[link.target]
        back = frozenset(name for name, other in target.links.items() if other.target == entity.name)
        return self.new(value, target, back, where, depth + 1)


def _inside(where: str, name: str) -> str:
    return f"{where}/{name}" if where else name


def _object(value: object, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise UnfitBody(where, "an object {…} should stand here")
    return value


def read_id(value: object, where: str) -> int:
    """A whole number above 0 that fits 63 bits.

    Raises:
        UnfitBody
    """
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise UnfitBody(where, "an id is a whole number")
    return value


def _known(members: Mapping[str, Any], entity: Entity, where: str) -> None:
    """Annotations such as ``@iot.selfLink`` and ``Things@iot.navigationLink`` come back from what a client read."""
    for name in members:
        if "@iot." not in name and name not in entity.properties and name not in entity.links:
            names = ", ".join([*entity.properties, *entity.links])
            raise UnfitBody(_inside(where, name[:60]), f"a {entity.name} has no such member; it has {names}")


def _values(members: Mapping[str, Any], entity: Entity, where: str, encoding: str = "") -> dict[str, Any]:
    encoding = members.get("encodingType", encoding)
    ignored = _WORKED_OUT.get(entity.name, frozenset())
    return {
        name: read_value(members[name], entity, name, _inside(where, name), encoding)
        for name in entity.properties
        if name in members and name not in ignored
    }


def read_value(value: Any, entity: Entity, name: str, where: str, encoding: object = "") -> Any:
    """The value of the property ``name``; None stays None.

    Raises:
        UnfitBody: it is of the wrong kind.
    """
    known = entity.properties[name]
    if value is None:
        return None
    match known.kind:
        case Kind.TEXT:
            if not isinstance(value, str) or len(value) > LONGEST_TEXT or (known.required and not value.strip()):
                raise UnfitBody(where, f"text of 1 to {LONGEST_TEXT} characters should stand here")
            return value
        case Kind.INSTANT | Kind.INTERVAL:
            return _time(value, known.kind, where)
        case Kind.SHAPE:
            if encoding in geojson.ENCODINGS:
                try:
                    geojson.check(value)
                except geojson.UnfitGeometry as trouble:
                    raise UnfitBody(where, str(trouble)) from None
            return _json(value, where)
    if name == "unitOfMeasurement":
        return _unit(value, where)
    if name in ("properties", "parameters"):
        _object(value, where)
    return _json(value, where)


def _time(value: object, kind: Kind, where: str) -> Any:
    try:
        found: Moment | Any = read_instant(value) if kind is Kind.INSTANT else read_moment(value)
    except UnableToReadTime as trouble:
        raise UnfitBody(where, str(trouble)) from None
    return found


def _unit(value: object, where: str) -> dict[str, Any]:
    """Its three parts may be null, for a count has no unit (18-088, clause 8.2)."""
    members = _object(value, where)
    for name in _UNIT:
        if name not in members or not (members[name] is None or isinstance(members[name], str)):
            raise UnfitBody(_inside(where, name), "a unit of measurement has name, symbol and definition, text or null")
    return {name: members[name] for name in _UNIT}


def _json(value: Any, where: str) -> Any:
    if trouble := trouble_with(value):
        raise UnfitBody(where, trouble)
    return value
