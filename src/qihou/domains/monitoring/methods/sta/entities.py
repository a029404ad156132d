"""The eight entities of SensorThings: their properties, and how one leads to another (18-088, clause 8.2, 2021)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .tree import Kind


@dataclass(frozen=True)
class Property:
    """``open``: holds JSON, whose inside a path may enter. ``required``: must be given when one is made."""

    kind: Kind = Kind.TEXT
    required: bool = False
    open: bool = False


@dataclass(frozen=True)
class Link:
    """From an entity to one (``many`` false) or to any number of another type. ``required``: none may be made without."""

    target: str
    many: bool
    required: bool = False


@dataclass(frozen=True)
class Entity:
    name: str
    plural: str
    properties: Mapping[str, Property]
    links: Mapping[str, Link] = field(default_factory=dict)


_text = Property()
_named = Property(required=True)
_json = Property(Kind.ANY, open=True)
_described = {"name": _named, "description": _named, "properties": _json}

_TYPES = [
    Entity(
        "Thing",
        "Things",
        _described,
        {
            "Locations": Link("Location", True),
            "HistoricalLocations": Link("HistoricalLocation", True),
            "Datastreams": Link("Datastream", True),
        },
    ),
    Entity(
        "Location",
        "Locations",
        _described | {"encodingType": _named, "location": Property(Kind.SHAPE, required=True, open=True)},
        {"Things": Link("Thing", True), "HistoricalLocations": Link("HistoricalLocation", True)},
    ),
    Entity(
        "HistoricalLocation",
        "HistoricalLocations",
        {"time": Property(Kind.INSTANT, required=True)},
        {"Thing": Link("Thing", False, True), "Locations": Link("Location", True)},
    ),
    Entity(
        "Datastream",
        "Datastreams",
        _described
        | {
            "unitOfMeasurement": Property(Kind.ANY, required=True, open=True),
            "observationType": _named,
            "observedArea": Property(Kind.SHAPE, open=True),
            "phenomenonTime": Property(Kind.INTERVAL),
            "resultTime": Property(Kind.INTERVAL),
        },
        {
            "Thing": Link("Thing", False, True),
            "Sensor": Link("Sensor", False, True),
            "ObservedProperty": Link("ObservedProperty", False, True),
            "Observations": Link("Observation", True),
        },
    ),
    Entity(
        "Sensor",
        "Sensors",
        _described | {"encodingType": _named, "metadata": Property(Kind.ANY, required=True, open=True)},
        {"Datastreams": Link("Datastream", True)},
    ),
    Entity(
        "ObservedProperty",
        "ObservedProperties",
        _described | {"definition": _named},
        {"Datastreams": Link("Datastream", True)},
    ),
    Entity(
        "Observation",
        "Observations",
        {
            "phenomenonTime": Property(Kind.INTERVAL),
            "result": Property(Kind.ANY, required=True, open=True),
            "resultTime": Property(Kind.INSTANT),
            "resultQuality": _json,
            "validTime": Property(Kind.INTERVAL),
            "parameters": _json,
        },
        {"Datastream": Link("Datastream", False, True), "FeatureOfInterest": Link("FeatureOfInterest", False)},
    ),
    Entity(
        "FeatureOfInterest",
        "FeaturesOfInterest",
        _described | {"encodingType": _named, "feature": Property(Kind.SHAPE, required=True, open=True)},
        {"Observations": Link("Observation", True)},
    ),
]

ENTITIES: dict[str, Entity] = {e.name: e for e in _TYPES}
SETS: dict[str, Entity] = {e.plural: e for e in _TYPES}
IDENTITY = frozenset({"@iot.id", "id"})  # a path may say either
SELF = frozenset({"@iot.selfLink", "selfLink"})  # what $select may say besides
