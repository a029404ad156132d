"""Many observations in rows: the data array extension, read and written (18-088, clause 13).

Read by columns, for a body may hold a million rows: no object is made for a row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .bodies import UnfitBody, read_id, read_value
from .entities import ENTITIES

_OBSERVATION = ENTITIES["Observation"]
_FEATURE = "FeatureOfInterest/id"
COMPONENTS = frozenset({*_OBSERVATION.properties, _FEATURE})
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Rows:
    """Observations for one datastream. A row that cannot be taken is in ``troubles`` under its number from 0.

    ``columns``: by component, one value a row: :class:`~.times.Moment`, datetime, id or JSON; None where a row has none.
    """

    datastream: int
    count: int
    columns: Mapping[str, Sequence[Any]]
    troubles: Mapping[int, UnfitBody]


def read_data_arrays(body: object) -> tuple[Rows, ...]:
    """The body of a POST to ``CreateObservations``.

    A bad row does not stop the others: the answer says ``error`` in its place.

    Raises:
        UnfitBody: no list of groups with ``Datastream``, ``components`` and ``dataArray``; more than :data:`MOST_ROWS` rows.
    """
    if not isinstance(body, list):
        raise UnfitBody("", "a list of groups should stand here, each with Datastream, components and dataArray")
    found: list[Rows] = []
    left = MOST_ROWS
    for number, group in enumerate(body):
        rows = _group(group, f"[{number}]")
        left -= rows.count
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
    return _read(id, components, rows, f"{where}/dataArray")


def _components(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or "result" not in value:
        raise UnfitBody(where, "a list of names should stand here, with 'result' among them")
    for name in value:
        if not isinstance(name, str) or name not in COMPONENTS:
            raise UnfitBody(where, f"{str(name)[:60]!r} is none of {', '.join(sorted(COMPONENTS))}")
    if len(set(value)) != len(value):
        raise UnfitBody(where, "a name stands there twice")
    return tuple(value)


def _read(datastream: int, components: tuple[str, ...], rows: list[Any], where: str) -> Rows:
    troubles: dict[int, UnfitBody] = {}
    width = len(components)
    if any(not isinstance(row, list) or len(row) != width for row in rows):
        nothing = [None] * width
        for number, row in enumerate(rows):
            if not isinstance(row, list) or len(row) != width:
                troubles[number] = UnfitBody(f"{where}[{number}]", f"a row has {width} values, one for each component")
        rows = [nothing if number in troubles else row for number, row in enumerate(rows)]
    columns: dict[str, Sequence[Any]] = {}
    for name, values in zip(components, zip(*rows, strict=True), strict=False):
        columns[name] = _column(name, values, where, troubles)
    for number, value in enumerate(columns.get("result", ())):
        if value is None and number not in troubles:
            troubles[number] = UnfitBody(f"{where}[{number}]/result", "an Observation must have it")
    return Rows(datastream, len(rows), columns, troubles)


def _column(name: str, values: tuple[Any, ...], where: str, troubles: dict[int, UnfitBody]) -> Sequence[Any]:
    """The values of one component. Where one is bad the row is in trouble, unless it was before."""
    read = _READERS[name]
    found: list[Any] = []
    for value in values:
        try:
            found.append(None if value is None else read(value))
        except UnfitBody as trouble:
            number = len(found)
            troubles.setdefault(number, UnfitBody(f"{where}[{number}]/{name}", trouble.message))
            found.append(None)
    return found


def _reader(name: str) -> Callable[[Any], Any]:
    if name == _FEATURE:
        return lambda value: read_id(value, "")
    if name == "result":
        return _result
    return lambda value: read_value(value, _OBSERVATION, name, "")


def _result(value: Any) -> Any:
    if type(value) is float and math.isfinite(value):  # nearly all of them
        return value
    return read_value(value, _OBSERVATION, "result", "")


_READERS = {name: _reader(name) for name in COMPONENTS}


def write_data_array(datastream_link: str, components: Sequence[str], rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """One group of an answer in data array form; ``datastream_link`` is the address of the rows' datastream."""
    listed = [list(row) for row in rows]
    return {
        "Datastream@iot.navigationLink": datastream_link,
        "components": list(components),
        "dataArray@iot.count": len(listed),
        "dataArray": listed,
    }
