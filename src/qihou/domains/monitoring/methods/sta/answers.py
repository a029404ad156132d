"""What the service answers: entities with their links, pages of them, bare links and values (18-088, clause 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .entities import IDENTITY, SELF, Entity
from .times import Moment, write_instant, write_moment

Json = dict[str, Any]
_SELF = "@iot.selfLink"
# A property without a value is left out, but for this one: null says that it was not told when the result came.
_SHOWN_WHEN_EMPTY = frozenset({("Observation", "resultTime")})


@dataclass(frozen=True)
class Found:
    """An entity to be shown. ``values``: JSON, datetimes and :class:`Moment`; ``expanded``: what stands under its links."""

    entity: Entity
    id: int
    values: Mapping[str, Any]
    expanded: Mapping[str, Found | Page | None] = field(default_factory=dict)
    select: Sequence[str] = ()  # of this entity; empty means everything


@dataclass(frozen=True)
class Page:
    """Some of a collection: ``count`` of all of it where that was asked for, ``next_link`` where there is more."""

    items: tuple[Found, ...]
    count: int | None = None
    next_link: str = ""


def self_link(root: str, entity: Entity, id: int) -> str:
    """``root`` is the service's address without a slash at its end."""
    return f"{root}/{entity.plural}({id})"


def as_json(found: Found, root: str) -> Json:
    """The entity as the standard shows it. With ``select`` only what is named, and what was expanded."""
    here = self_link(root, found.entity, found.id)
    wanted = set(found.select)
    answer: Json = {}
    if not wanted or wanted & IDENTITY:
        answer["@iot.id"] = found.id
    if not wanted or wanted & SELF:
        answer[_SELF] = here
    for name in found.entity.properties:
        value = found.values.get(name)
        shown = value is not None or (found.entity.name, name) in _SHOWN_WHEN_EMPTY
        if shown and (not wanted or name in wanted):
            answer[name] = value_json(value)
    for name in found.entity.links:
        if name in found.expanded:
            answer |= _expanded(name, found.expanded[name], root)
        elif not wanted or name in wanted:
            answer[f"{name}@iot.navigationLink"] = f"{here}/{name}"
    return answer


def _expanded(name: str, inside: Found | Page | None, root: str) -> Json:
    if isinstance(inside, Page):
        page = page_json(inside, root)
        answer = {name: page.pop("value")}
        return answer | {f"{name}{annotation}": value for annotation, value in page.items()}
    return {name: None if inside is None else as_json(inside, root)}


def page_json(page: Page, root: str, *, as_links: bool = False) -> Json:
    """A collection; ``as_links`` as ``$ref`` asks, each entity by its address alone."""
    answer: Json = {}
    if page.count is not None:
        answer["@iot.count"] = page.count
    if page.next_link:
        answer["@iot.nextLink"] = page.next_link
    answer["value"] = [link_json(i, root) if as_links else as_json(i, root) for i in page.items]
    return answer


def link_json(found: Found, root: str) -> Json:
    return {_SELF: self_link(root, found.entity, found.id)}


def value_json(value: Any) -> Any:
    match value:
        case Moment():
            return write_moment(value)
        case datetime():
            return write_instant(value)
    return value
