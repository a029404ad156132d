"""Well-known text (OGC 06-103r4, clause 7) to the shapes of GeoJSON (RFC 7946): longitude, latitude, perhaps height."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any

# How many brackets stand around the positions of each kind.
_DEPTH = {
    "POINT": ("Point", 0),
    "LINESTRING": ("LineString", 1),
    "POLYGON": ("Polygon", 2),
    "MULTIPOINT": ("MultiPoint", 1),
    "MULTILINESTRING": ("MultiLineString", 2),
    "MULTIPOLYGON": ("MultiPolygon", 3),
}
_TOKEN = re.compile(r"\s*(?:([A-Za-z]+)|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)|([(),;=]))")
MOST_POSITIONS = 10_000


class UnableToReadGeometry(ValueError):
    """The text is no geometry in well-known text."""


Coordinates = tuple[Any, ...]  # nested tuples of floats: tuple[float, …] for a point, one level more for a line, …


@dataclass(frozen=True)
class Shape:
    """A geometry: GeoJSON's name of its type, and its coordinates as nested tuples."""

    type: str
    coordinates: Coordinates

    def geojson(self) -> dict[str, Any]:
        def lists(part: Any) -> Any:
            return [lists(p) for p in part] if isinstance(part, tuple) else part

        return {"type": self.type, "coordinates": lists(self.coordinates)}

    def wkt(self) -> str:
        def written(part: Coordinates) -> str:
            if not isinstance(part[0], tuple):
                return " ".join(repr(c) for c in part)
            return ", ".join(f"({written(p)})" if isinstance(p[0], tuple) else written(p) for p in part)

        return f"{self.type.upper()} ({written(self.coordinates)})"


def read(text: str) -> Shape:
    """The shape that ``text`` says, e.g. ``POINT (106.05 29.84)``.

    Raises:
        UnableToReadGeometry: another kind, an open bracket, a ring that is not closed, a number that is not finite.
    """
    return _Reader(text).shape()


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        place = 0
        text = text.strip()
        while place < len(text):
            found = _TOKEN.match(text, place)
            if not found:
                raise UnableToReadGeometry(f"{text[place : place + 20]!r} does not belong in well-known text")
            self.tokens.append(found[0].strip())
            place = found.end()
        self.next = 0
        self.positions = 0

    def take(self) -> str:
        if self.next >= len(self.tokens):
            raise UnableToReadGeometry("the geometry ends too early; is a bracket open?")
        self.next += 1
        return self.tokens[self.next - 1]

    def want(self, token: str) -> None:
        if (found := self.take()) != token:
            raise UnableToReadGeometry(f"{token!r} should stand where {found!r} does")

    def ahead(self) -> str:
        return self.tokens[self.next] if self.next < len(self.tokens) else ""

    def shape(self) -> Shape:
        word = self.take().upper()
        if word not in _DEPTH:
            raise UnableToReadGeometry(f"{word!r} is none of {', '.join(_DEPTH)}")
        name, depth = _DEPTH[word]
        self.want("(")
        if depth == 0:
            coordinates = self.position()
        elif name == "MultiPoint":
            coordinates = self.several(self.bracketed_or_bare)
        elif depth == 1:
            coordinates = self.several(self.position)
        else:
            coordinates = self.several(lambda: self.nested(depth - 1))
        self.want(")")
        if self.ahead():
            raise UnableToReadGeometry(f"nothing should follow the geometry, but {self.ahead()!r} does")
        _check(name, coordinates)
        return Shape(name, coordinates)

    def several(self, one: Any) -> Coordinates:
        found = [one()]
        while self.ahead() == ",":
            self.take()
            found.append(one())
        return tuple(found)

    def nested(self, depth: int) -> Coordinates:
        self.want("(")
        found = self.several(self.position if depth == 1 else lambda: self.nested(depth - 1))
        self.want(")")
        return found

    def bracketed_or_bare(self) -> Coordinates:
        if self.ahead() != "(":
            return self.position()
        self.take()
        found = self.position()
        self.want(")")
        return found

    def position(self) -> Coordinates:
        self.positions += 1
        if self.positions > MOST_POSITIONS:
            raise UnableToReadGeometry(f"a geometry may have at most {MOST_POSITIONS} positions")
        numbers = [self.number()]
        while self.ahead() not in (",", ")", "(", ""):
            numbers.append(self.number())
        if len(numbers) not in (2, 3):
            raise UnableToReadGeometry(f"a position has two or three numbers, not {len(numbers)}")
        return tuple(numbers)

    def number(self) -> float:
        token = self.take()
        try:
            number = float(token)
        except ValueError:
            raise UnableToReadGeometry(f"a number should stand where {token!r} does") from None
        if not math.isfinite(number):
            raise UnableToReadGeometry(f"{token} is too large")
        return number


def _check(name: str, coordinates: Coordinates) -> None:
    lines = {"LineString": [coordinates], "MultiLineString": coordinates}.get(name, ())
    if any(len(line) < 2 for line in lines):
        raise UnableToReadGeometry("a line has at least two positions")
    rings = coordinates if name == "Polygon" else [r for p in coordinates for r in p] if name == "MultiPolygon" else ()
    if any(len(ring) < 4 or ring[0] != ring[-1] for ring in rings):
        raise UnableToReadGeometry("a ring has at least four positions, and its last is its first")
