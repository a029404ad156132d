"""Many observations in rows: the data array extension, read and written (18-088, clause 12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .bodies import Existing, New, UnfitBody, read_id, read_value
from .entities import ENTITIES

_OBSERVATION = ENTITIES["Observation"]
_FEATURE = "FeatureOfInterest/id"
COMPONENTS = frozenset({*_OBSERVATION.properties, _FEATURE})
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Rows:
    """Observations for one datastream, in the order they came; a row that cannot be taken says why instead."""

    datastream: int
    observations: tuple[New | UnfitBody, ...]


def read_data_arrays(body: object) -> tuple[Rows, ...]:
    """The body of a POST to ``CreateObservations``.

    A bad row does not stop the others: the answer says ``error`` in its place (clause 12.2.2).

    Raises:
        UnfitBody: no list of groups with ``Datastream``, ``components`` and ``dataArray``; more than :data:`MOST_ROWS` rows.
    """
    if not isinstance(body, list):
        raise UnfitBody("", "a list of groups should stand here, each with Datastream, components and dataArray")
    found: list[Rows] = []
    left = MOST_ROWS
    for number, group in enumerate(body):
        rows = _group(group, f"[{number}]")
        left -= len(rows.observations)
        if left < 0:
            raise UnfitBody(f"[{number}]", f"a body may hold at most {MOST_ROWS} rows; send several")
        found.append(rows)
    return tuple(found)


def _group(group: object, where: str) -> Rows:
    if not isinstance(group, Mapping):
        raise UnfitBody(where, "an object {…} should stand here")
    stream = group.get("Datastream")
    if not isinstance(stream, Mapping):
        raise UnfitBody(f"{where}/Datastream", 'link to one by {"@iot.id": 3}')
    id = read_id(stream.get("@iot.id"), f"{where}/Datastream/@iot.id")
    components = _components(group.get("components"), f"{where}/components")
    rows = group.get("dataArray")
    if not isinstance(rows, list):
        raise UnfitBody(f"{where}/dataArray", "a list of rows should stand here")
    count = group.get("dataArray@iot.count")
    if count is not None and count != len(rows):
        raise UnfitBody(f"{where}/dataArray@iot.count", f"it says {count}, but there are {len(rows)} rows")
    taken = (_row(row, components) for row in rows)
    return Rows(id, tuple(_placed(one, f"{where}/dataArray[{n}]") for n, one in enumerate(taken)))


def _placed(row: New | UnfitBody, where: str) -> New | UnfitBody:
    if isinstance(row, New):
        return row
    return UnfitBody(f"{where}/{row.where}" if row.where else where, row.message)


def _components(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or "result" not in value:
        raise UnfitBody(where, "a list of names should stand here, with 'result' among them")
    for name in value:
        if not isinstance(name, str) or name not in COMPONENTS:
            raise UnfitBody(where, f"{str(name)[:60]!r} is none of {', '.join(sorted(COMPONENTS))}")
    if len(set(value)) != len(value):
        raise UnfitBody(where, "a name stands there twice")
    return tuple(value)


def _row(row: object, components: tuple[str, ...]) -> New | UnfitBody:
    """The observation of a row. A null says that the row has no such value; it is refused for the result."""
    if not isinstance(row, list) or len(row) != len(components):
        return UnfitBody("", f"a row has {len(components)} values, one for each component")
    values: dict[str, Any] = {}
    links: dict[str, tuple[Existing]] = {}
    try:
        for name, value in zip(components, row, strict=True):
            if value is None:
                continue
            if name == _FEATURE:
                links["FeatureOfInterest"] = (Existing(read_id(value, name)),)
            else:
                values[name] = read_value(value, _OBSERVATION, name, name)
    except UnfitBody as trouble:
        return trouble
    if "result" not in values:
        return UnfitBody("result", "an Observation must have it")
    return New(_OBSERVATION, values, links)


def feature_of(observation: New) -> int | None:
    """The feature of interest a row names, if it names one."""
    ends = observation.links.get("FeatureOfInterest", ())
    return next((end.id for end in ends if isinstance(end, Existing)), None)


def write_data_array(datastream_link: str, components: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """One group of an answer in data array form; ``datastream_link`` is the address of the rows' datastream."""
    listed = [list(row) for row in rows]
    return {
        "Datastream@iot.navigationLink": datastream_link,
        "components": list(components),
        "dataArray@iot.count": len(listed),
        "dataArray": listed,
    }
