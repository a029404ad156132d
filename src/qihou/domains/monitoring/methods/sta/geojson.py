"""Whether a value is GeoJSON (RFC 7946, 2016): a geometry, a feature or a collection, with positions that can be on a map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

ENCODINGS = frozenset(
    {"application/geo+json", "application/vnd.geo+json"}
)  # today's spelling, and that of 18-088's tables
MOST_POSITIONS = 100_000
DEEPEST = 4
_BRACKETS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


class UnfitGeometry(ValueError):
    """The value is no GeoJSON; the message says which member is wrong."""


def check(value: object) -> None:
    """Refuse what is no GeoJSON.

    Raises:
        UnfitGeometry: an unknown type, a missing member, an open ring, a longitude beyond 180° or latitude beyond 90°.
    """
    left = _check(value, MOST_POSITIONS, 0)
    if left < 0:
        raise UnfitGeometry(f"a geometry may have at most {MOST_POSITIONS} positions")


def _check(value: object, left: int, depth: int) -> int:
    """Positions left of those allowed."""
    if not isinstance(value, Mapping):
        raise UnfitGeometry("GeoJSON is an object with a 'type'")
    if depth > DEEPEST:
        raise UnfitGeometry(f"collections may stand at most {DEEPEST} deep")
    kind = value.get("type")
    if kind == "Feature":
        return left if value.get("geometry") is None else _check(value["geometry"], left, depth + 1)
    if kind in ("FeatureCollection", "GeometryCollection"):
        name = "features" if kind == "FeatureCollection" else "geometries"
        for part in _list(value.get(name), f"'{name}' of a {kind}"):
            left = _check(part, left, depth + 1)
        return left
    if not isinstance(kind, str) or kind not in _BRACKETS:
        raise UnfitGeometry(f"{str(kind)[:40]!r} is no type of GeoJSON")
    return _nested(value.get("coordinates"), kind, _BRACKETS[kind], left)


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list):
        raise UnfitGeometry(f"{what} must be a list")
    return value


def _nested(value: object, kind: str, brackets: int, left: int) -> int:
    parts = _list(value, f"'coordinates' of a {kind}")
    if brackets == 0:
        _position(parts)
        return left - 1
    for part in parts:
        left = _nested(part, kind, brackets - 1, left)
        if left < 0:
            return left
    if brackets == 1 and kind.endswith("LineString") and len(parts) < 2:
        raise UnfitGeometry("a line has at least two positions")
    if brackets == 1 and kind.endswith("Polygon") and (len(parts) < 4 or parts[0] != parts[-1]):
        raise UnfitGeometry("a ring has at least four positions, and its last is its first")
    return left


def _position(parts: list[Any]) -> None:
    if len(parts) not in (2, 3):
        raise UnfitGeometry(f"a position has two or three numbers, not {len(parts)}")
    for number, most in zip(parts, (180, 90, math.inf), strict=False):
        if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) <= most:
            raise UnfitGeometry(f"{str(number)[:40]} is no number from -{most} to {most}; longitude stands first")
