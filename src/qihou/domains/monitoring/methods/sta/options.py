"""Query options of a request, and of each ``$expand`` inside it (18-088, clauses 9.3.2 and 9.3.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .checking import check_filter, kind_of
from .entities import ENTITIES, IDENTITY, SELF, Entity
from .errors import BadQuery
from .expressions import Reader
from .tree import Node

MOST_TOP = 10_000
MOST_SKIP = 2**53
DEEPEST_EXPAND = 6
MOST_EXPANDED = 30
RESULT_FORMATS = frozenset({"dataArray"})


@dataclass(frozen=True)
class Order:
    by: Node
    descending: bool = False


@dataclass(frozen=True)
class Options:
    """What one request asks of a collection or an entity. An empty ``select`` means everything.

    ``top`` is what was asked; the server may give fewer.
    """

    filter: Node | None = None
    expand: tuple[Expand, ...] = ()
    select: tuple[str, ...] = ()
    orderby: tuple[Order, ...] = ()
    top: int | None = None
    skip: int = 0
    count: bool = False
    result_format: str = ""


@dataclass(frozen=True)
class Expand:
    """A link to follow, and what is asked of what it leads to."""

    link: str
    options: Options


def read_options(query: Iterable[tuple[str, str]], entity: Entity) -> Options:
    """The options among the names and values behind an address's ``?``, decoded. Names without ``$`` are not ours.

    Raises:
        BadQuery: an unknown or doubled option, or one whose value means nothing for ``entity``.
    """
    given: dict[str, str] = {}
    for name, value in query:
        if not name.startswith("$"):
            continue
        if name in given:
            raise BadQuery(f"{name} is given twice")
        given[name] = value
    options = Options()
    for name, value in given.items():
        if not value.strip():
            raise BadQuery(f"{name} is empty")
        reader = Reader(value)
        options = _OneRequest(reader).option(name, options, entity, 0)
        reader.end()
    return options


class _OneRequest:
    """Reads options from one text; nested ones in brackets are separated by ``;``."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.expanded = 0

    def option(self, name: str, options: Options, entity: Entity, depth: int) -> Options:
        match name:
            case "$filter":
                tree = self.reader.expression()
                check_filter(tree, entity, self.reader.text)
                return replace(options, filter=tree)
            case "$expand":
                return replace(options, expand=self._expands(entity, depth))
            case "$select":
                return replace(options, select=self._names(entity))
            case "$orderby":
                return replace(options, orderby=self._orders(entity))
            case "$top":
                return replace(options, top=min(self._whole(), MOST_TOP))
            case "$skip":
                return replace(options, skip=self._whole())
            case "$count":
                return replace(options, count=self._one_of({"true", "false"}) == "true")
            case "$resultFormat" if depth == 0:
                return replace(options, result_format=self._one_of(set(RESULT_FORMATS)))
        raise BadQuery(f"there is no option {name!r} here")

    def _whole(self) -> int:
        token = self.reader.ahead
        if token.name != "number" or not token.text.isdecimal() or len(token.text) > 15:
            raise self.reader.wrong("a whole number from 0 should stand here")
        self.reader.take()
        return min(int(token.text), MOST_SKIP)

    def _one_of(self, words: set[str]) -> str:
        if self.reader.ahead.text not in words:
            raise self.reader.wrong(f"one of {', '.join(sorted(words))} should stand here")
        return self.reader.take().text

    def _names(self, entity: Entity) -> tuple[str, ...]:
        names: list[str] = []
        while True:
            token = self.reader.ahead
            known = entity.properties.keys() | entity.links.keys() | IDENTITY | SELF
            if token.name != "word" or token.text not in known:
                raise self.reader.wrong(f"a name of {entity.name} should stand here")
            self.reader.take()
            if token.text not in names:
                names.append(token.text)
            if not self.reader.marked(","):
                return tuple(names)

    def _orders(self, entity: Entity) -> tuple[Order, ...]:
        orders = []
        while True:
            by = self.reader.expression()
            kind_of(by, entity, self.reader.text)
            descending = self.reader.ahead.text == "desc"
            if self.reader.ahead.text in ("asc", "desc"):
                self.reader.take()
            orders.append(Order(by, descending))
            if not self.reader.marked(","):
                return tuple(orders)

    def _expands(self, entity: Entity, depth: int) -> tuple[Expand, ...]:
        found: dict[str, Options] = {}
        while True:
            at = self.reader.ahead.at
            one = self._expand(entity, depth)
            if one.link in found:
                found[one.link] = self._merged(found[one.link], one.options, at)
            else:
                found[one.link] = one.options
            if not self.reader.marked(","):
                return tuple(Expand(link, options) for link, options in found.items())

    def _expand(self, entity: Entity, depth: int) -> Expand:
        token = self.reader.ahead
        link = entity.links.get(token.text) if token.name == "word" else None
        if link is None:
            raise self.reader.wrong(f"a link of {entity.name} should stand here: {', '.join(entity.links)}")
        self.expanded += 1
        if depth >= DEEPEST_EXPAND or self.expanded > MOST_EXPANDED:
            raise self.reader.wrong(f"$expand may go {DEEPEST_EXPAND} deep and name {MOST_EXPANDED} links")
        self.reader.take()
        target = ENTITIES[link.target]
        if self.reader.marked("/"):
            return Expand(token.text, Options(expand=(self._expand(target, depth + 1),)))
        options = Options()
        if self.reader.marked("("):
            options = self._nested(target, depth + 1)
        return Expand(token.text, options)

    def _nested(self, target: Entity, depth: int) -> Options:
        options, seen = Options(), set()
        while True:
            token = self.reader.ahead
            if token.name != "option":
                raise self.reader.wrong("an option such as $top should stand here")
            if token.text in seen:
                raise self.reader.wrong(f"{token.text} is given twice")
            seen.add(self.reader.take().text)
            self.reader.want("=")
            options = self.option(token.text, options, target, depth)
            if self.reader.marked(")"):
                return options
            self.reader.want(";")

    def _merged(self, one: Options, other: Options, at: int) -> Options:
        """``Datastreams/Sensor,Datastreams/ObservedProperty`` is one expansion of Datastreams with two inside."""
        plain = Options()
        if replace(other, expand=()) != plain:
            if replace(one, expand=()) != plain:
                raise self.reader.wrong("this link is expanded twice, with options each time", at)
            one, other = other, one
        links = {e.link: e.options for e in one.expand}
        for more in other.expand:
            links[more.link] = self._merged(links[more.link], more.options, at) if more.link in links else more.options
        return replace(one, expand=tuple(Expand(link, options) for link, options in links.items()))
