"""Maps of a district: drawn on the server as SVG (print, wall, no WebGL), made live by ``static/face/map.js``.

Coordinates are longitude and latitude in degrees. The SVG uses an equirectangular projection true at the district's
middle latitude: over the width of a district it differs from a conformal one by less than the line's width.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise

Text = str | Promise
EARTH_KM_PER_DEGREE = 111.32  # length of one degree of latitude, mean sphere
MARGIN = 36


@dataclass(frozen=True)
class Place:
    """A point with a name; ``tone`` is a token's name."""

    key: str
    name: str
    lon: float
    lat: float
    url: str = ""
    tone: str = "pine"


@dataclass(frozen=True)
class Label:
    place: Place
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str

    @property
    def leader(self) -> bool:
        """Whether the name stands so far away that a line must join it to its point."""
        return math.hypot(self.text_x - self.x, self.text_y - self.y) > 22


@dataclass(frozen=True)
class Map:
    """``source`` names where outline and points come from, their licence and date; it stands under every map."""

    name: str
    title: Text
    boundary: Mapping[str, Any] | None
    places: Sequence[Place] = field(default_factory=tuple)
    source: Text = ""
    live: bool = True
    with_list: bool = True
    label_size: int = 13
    shape: tuple[int, int] = (800, 600)

    def __html__(self) -> str:
        return render_to_string("face/parts/map.html", {"m": self, "drawn": Drawn(self)})

    def __str__(self) -> str:
        return self.__html__()

    def data(self) -> str:
        points = [
            {"key": p.key, "name": p.name, "lon": p.lon, "lat": p.lat, "tone": p.tone, "url": p.url}
            for p in self.places
        ]
        return json.dumps({"boundary": self.boundary, "places": points}, ensure_ascii=False)


class Drawn:
    """The map on paper: path, points with labels that do not cover one another, and a scale bar."""

    def __init__(self, about: Map) -> None:
        self.about = about
        self.width, self.height = about.shape
        points = [*positions(about.boundary), *((p.lon, p.lat) for p in about.places)]
        self.empty = not points
        if self.empty:
            return
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        self._middle = (south + north) / 2
        shrink = math.cos(math.radians(self._middle))
        spread_x, spread_y = max((east - west) * shrink, 1e-6), max(north - south, 1e-6)
        self._scale = min((self.width - 2 * MARGIN) / spread_x, (self.height - 2 * MARGIN) / spread_y)
        self._shrink, self._west, self._north = shrink, west, north
        self._left = (self.width - spread_x * self._scale) / 2
        self._top = (self.height - spread_y * self._scale) / 2

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        x = self._left + (lon - self._west) * self._shrink * self._scale
        y = self._top + (self._north - lat) * self._scale
        return round(x, 1), round(y, 1)

    @property
    def path(self) -> str:
        parts = []
        for ring in rings(self.about.boundary):
            parts.append("M" + "L".join(f"{x},{y}" for x, y in (self.at(*p[:2]) for p in ring)) + "Z")
        return "".join(parts)

    @property
    def labels(self) -> list[Label]:
        """Names beside their points, each at the first place still free; a name pushed away keeps a line to its point."""
        size = self.about.label_size
        spots = [(p, *self.at(p.lon, p.lat)) for p in self.about.places]
        taken: list[Box] = [(x - 5, y - 5, x + 5, y + 5) for _p, x, y in spots]
        made: list[Label] = []
        for place, x, y in sorted(spots, key=lambda s: s[2]):
            long = size * sum(1.0 if ord(c) > 255 else 0.55 for c in place.name)
            own = (x - 5, y - 5, x + 5, y + 5)
            choices = [_seat(x, y, dx, dy, long, size) for dx, dy in _DIRECTIONS]
            free = (c for c in choices if self._fits(c[3]) and not any(overlap(c[3], t) for t in taken if t != own))
            text_x, text_y, anchor, box = next(free, choices[0])
            taken.append(box)
            made.append(Label(place, x, y, round(text_x, 1), round(text_y, 1), anchor))
        return made

    def _fits(self, box: Box) -> bool:
        return box[0] > 0 and box[2] < self.width and box[1] > 0 and box[3] < self.height

    @property
    def scale_top(self) -> int:
        return self.height - 24

    @property
    def scale_km(self) -> int:
        """A round length that takes about a sixth of the width."""
        wanted = self.width / 6 / self._scale * EARTH_KM_PER_DEGREE
        power = 10 ** math.floor(math.log10(wanted)) if wanted > 0 else 1
        return max(1, int(next((m * power for m in (5, 2, 1) if m * power <= wanted), power)))

    @property
    def scale_width(self) -> float:
        return round(self.scale_km / EARTH_KM_PER_DEGREE * self._scale, 1)


Box = tuple[float, float, float, float]
# Right, left, below, above, then the same farther out with the corners between.
_DIRECTIONS = [
    (8, 0), (-8, 0), (0, 16), (0, -14), (7, 12), (7, -12), (-7, 12), (-7, -12),
    (24, 20), (24, -20), (-24, 20), (-24, -20), (40, 0), (-40, 0), (40, 34), (40, -34), (-40, 34), (-40, -34),
]  # fmt: skip


def _seat(x: float, y: float, dx: float, dy: float, long: float, size: float) -> tuple[float, float, str, Box]:
    """Where a label goes in one direction, and the box it takes."""
    anchor = "start" if dx > 0 else "end" if dx < 0 else "middle"
    text_x, text_y = x + dx, y + dy + size * 0.35
    left = text_x if dx > 0 else text_x - long if dx < 0 else text_x - long / 2
    return text_x, text_y, anchor, (left - 1, text_y - size, left + long + 1, text_y + size * 0.25)


def overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def rings(geometry: Mapping[str, Any] | None) -> Iterator[Sequence[Sequence[float]]]:
    """All rings of a GeoJSON geometry, feature or collection."""
    if not geometry:
        return
    kind = geometry.get("type")
    if kind == "FeatureCollection":
        for member in geometry["features"]:
            yield from rings(member)
    elif kind == "Feature":
        yield from rings(geometry["geometry"])
    elif kind == "Polygon":
        yield from geometry["coordinates"]
    elif kind == "MultiPolygon":
        for polygon in geometry["coordinates"]:
            yield from polygon


def positions(geometry: Mapping[str, Any] | None) -> Iterator[tuple[float, float]]:
    for ring in rings(geometry):
        for point in ring:
            yield point[0], point[1]
