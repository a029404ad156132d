"""Whatever JSON comes in, it is understood or refused with a sentence; nothing else escapes."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qihou.domains.monitoring.methods.sta import geojson
from qihou.domains.monitoring.methods.sta.bodies import New, UnfitBody, read_change, read_new
from qihou.domains.monitoring.methods.sta.data_arrays import COMPONENTS, Rows, read_data_arrays
from qihou.domains.monitoring.methods.sta.entities import ENTITIES
from qihou.domains.monitoring.methods.sta.errors import BadQuery, NoSuchResource
from qihou.domains.monitoring.methods.sta.options import Options, read_options
from qihou.domains.monitoring.methods.sta.patching import UnableToPatch, patched
from qihou.domains.monitoring.methods.sta.paths import Resource, read_path

_NAMES = sorted({n for e in ENTITIES.values() for n in (*e.properties, *e.links)} | {"@iot.id", "type", "coordinates"})
_words = st.sampled_from(["Point", "Polygon", "application/geo+json", "2024-07-01T12:00:00Z", "", "水位"])
_leaves = st.none() | st.booleans() | st.integers() | st.floats() | _words | st.text(max_size=8)
_json = st.recursive(
    _leaves,
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.sampled_from(_NAMES), below, max_size=8),
    max_leaves=25,
)
_entities = st.sampled_from(list(ENTITIES.values()))


@given(_entities, st.dictionaries(st.sampled_from(_NAMES), _json, max_size=10) | _json)
def test_bodies(entity: Any, body: object) -> None:
    for read in (read_new, read_change):
        with suppress(UnfitBody):
            assert isinstance(read(body, entity), New)


@given(_json)
def test_geometries(value: object) -> None:
    with suppress(geojson.UnfitGeometry):
        geojson.check(value)
        assert isinstance(value, dict)


@given(st.lists(st.fixed_dictionaries({"Datastream": st.just({"@iot.id": 1}), "components": st.lists(st.sampled_from([*sorted(COMPONENTS), "x"]), max_size=4) | _json, "dataArray": st.lists(st.lists(_json, max_size=4), max_size=4) | _json}), max_size=2) | _json)  # fmt: skip
def test_data_arrays(body: object) -> None:
    with suppress(UnfitBody):
        for rows in read_data_arrays(body):
            assert isinstance(rows, Rows)
            assert all(len(column) == rows.count for column in rows.columns.values())
            results = rows.columns.get("result", [])
            assert [n for n, value in enumerate(results) if value is None] == sorted(
                n for n in rows.troubles if results[n] is None
            )


_pointers = st.sampled_from(["", "/", "/name", "/name/0", "/name/-", "/x~1y", "name"]) | st.text(max_size=6)
_operations = st.lists(
    st.fixed_dictionaries(
        {"op": st.sampled_from(["add", "remove", "replace", "move", "copy", "test"]) | _leaves},
        optional={"path": _pointers | _leaves, "from": _pointers | _leaves, "value": _json},
    ),
    max_size=6,
)


@given(_json, _operations | _json)
def test_patches(value: object, operations: object) -> None:
    before = repr(value)
    with suppress(UnableToPatch):
        patched(value, operations)
    assert repr(value) == before


@pytest.mark.parametrize("depth", [100, 900, 100_000])
def test_a_value_too_deep_is_refused(depth: int) -> None:
    deep: Any = 1
    for _ in range(depth):
        deep = [deep]
    with pytest.raises(UnfitBody, match="deep"):
        read_new({"name": "a", "description": "b", "properties": {"x": deep}}, ENTITIES["Thing"])
    for value, operation in [({"a": deep}, {"op": "copy", "from": "/a", "path": "/b"}), ({}, {"op": "add", "path": "/b", "value": deep})]:  # fmt: skip
        with pytest.raises(UnableToPatch, match="deep"):
            patched(value, [operation])


_parts = st.sampled_from(
    ["Things", "(1)", "(", ")", "/", "Datastreams", "$ref", "$value", "name", "properties", "'", "-1"]
)
_query = st.sampled_from(["$top", "$filter", "$expand", "$select", "$orderby", "$count", "=", ";", "(", ")", ",", "/", "name", "Datastreams", "1", "'", " eq "])  # fmt: skip


@given(st.lists(_parts, max_size=8).map("".join) | st.text(max_size=30))
def test_paths(path: str) -> None:
    with suppress(NoSuchResource):
        assert isinstance(read_path(path), Resource)


@given(st.sampled_from(["$expand", "$filter", "$orderby", "$select", "$top", "$count", "$x"]), st.lists(_query, max_size=25).map("".join))  # fmt: skip
def test_options(name: str, value: str) -> None:
    with suppress(BadQuery):
        assert isinstance(read_options([(name, value)], ENTITIES["Thing"]), Options)
