"""What clients send: entities, links, deep inserts, changes, data arrays (18-088 clauses 8.2, 10 and 13), JSON Patch (RFC 6902)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qihou.domains.monitoring.methods.sta import geojson
from qihou.domains.monitoring.methods.sta.bodies import DEEPEST, Existing, New, UnfitBody, read_change, read_new
from qihou.domains.monitoring.methods.sta.data_arrays import read_data_arrays, write_data_array
from qihou.domains.monitoring.methods.sta.entities import ENTITIES
from qihou.domains.monitoring.methods.sta.patching import UnableToPatch, patched
from qihou.domains.monitoring.methods.sta.times import (
    Moment,
    UnableToReadTime,
    read_instant,
    read_moment,
    write_instant,
    write_moment,
)

NAN = float("nan")
NOON = datetime(2024, 7, 1, 12, tzinfo=UTC)
UNIT = {"name": "metre", "symbol": "m", "definition": "http://qudt.org/vocab/unit/M"}
POINT = {"type": "Point", "coordinates": [106.05, 29.84]}


def thing(**more):
    return {"name": "水位站", "description": "示例", **more}


def location(**more):
    return {"name": "桥", "description": "示例", "encodingType": "application/geo+json", "location": POINT, **more}


def datastream(**more):
    return {
        "name": "水位", "description": "示例", "unitOfMeasurement": UNIT, "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement",
        "Sensor": {"@iot.id": 1}, "ObservedProperty": {"@iot.id": 2}, **more,
    }  # fmt: skip


def test_deep_insert_knows_the_way_back() -> None:
    body = thing(
        properties={"owner": "水利局"},
        Locations=[location(), {"@iot.id": 9, "name": "ignored", "colour": "ignored"}],
        Datastreams=[datastream(Observations=[{"phenomenonTime": "2024-07-01T20:00:00+08:00", "result": 1.25}])],
    )
    made = read_new(body, ENTITIES["Thing"])
    assert made.values == {"name": "水位站", "description": "示例", "properties": {"owner": "水利局"}}
    assert made.links["Locations"][1] == Existing(9)
    stream = made.links["Datastreams"][0]
    assert isinstance(stream, New)
    assert stream.links["Sensor"] == (Existing(1),)
    assert stream.links["Observations"][0].values == {"phenomenonTime": Moment(NOON), "result": 1.25}


@pytest.mark.parametrize("spelling", ["application/geo+json", "application/vnd.geo+json"])
def test_both_spellings_of_geojson_are_checked(spelling: str) -> None:
    assert read_new(location(encodingType=spelling), ENTITIES["Location"]).values["location"] == POINT
    with pytest.raises(UnfitBody, match=r"^location: .*-90 to 90"):
        # latitude first, the commonest mistake
        read_new(location(encodingType=spelling, location={"type": "Point", "coordinates": [29.84, 106.05]}), ENTITIES["Location"])  # fmt: skip


def test_another_encoding_is_kept_as_it_is() -> None:
    assert (
        read_new(location(encodingType="text/plain", location="桥头"), ENTITIES["Location"]).values["location"]
        == "桥头"
    )


def test_what_a_client_read_can_be_sent_back() -> None:
    body = datastream(
        Thing={"@iot.id": 3}, observedArea=None, phenomenonTime="2024-01-01T00:00:00Z/2024-02-01T00:00:00Z"
    )
    body |= {"@iot.id": 7, "@iot.selfLink": "http://x/Datastreams(7)", "Thing@iot.navigationLink": "x"}
    found = read_new(body, ENTITIES["Datastream"])
    assert set(found.values) == {"name", "description", "unitOfMeasurement", "observationType"}
    assert found.links["Thing"] == (Existing(3),)


@pytest.mark.parametrize(
    ("entity", "body", "where"),
    [
        ("Thing", [], ""),
        ("Thing", {"description": "x"}, "name"),
        ("Thing", thing(name=3), "name"),
        ("Thing", thing(name=" "), "name"),
        ("Thing", thing(colour="red"), "colour"),
        ("Thing", thing(properties=[1]), "properties"),
        ("Thing", thing(properties={"a": NAN}), "properties"),
        ("Thing", thing(Locations={"@iot.id": 1}), "Locations"),
        ("Thing", thing(Locations=[{"@iot.id": "1"}]), "Locations[0]/@iot.id"),
        ("Thing", thing(Locations=[{"@iot.id": True}]), "Locations[0]/@iot.id"),
        ("Thing", thing(Datastreams=[datastream(), datastream(name=None)]), "Datastreams[1]/name"),
        ("Thing", thing(Datastreams=[datastream(Sensor=None)]), "Datastreams[0]/Sensor"),
        ("Datastream", datastream(), "Thing"),
        ("Datastream", datastream(Thing={"@iot.id": 1}, unitOfMeasurement={"name": "m"}), "unitOfMeasurement/symbol"),
        ("Observation", {"result": 1}, "Datastream"),
        ("Observation", {"Datastream": {"@iot.id": 1}}, "result"),
        ("Observation", {"result": NAN, "Datastream": {"@iot.id": 1}}, "result"),
        ("Observation", {"result": 1, "phenomenonTime": "yesterday", "Datastream": {"@iot.id": 1}}, "phenomenonTime"),
        ("HistoricalLocation", {"time": "2024-01-01", "Thing": {"@iot.id": 1}}, "time"),
    ],
)
def test_a_bad_body_is_refused_with_the_way_to_what_is_wrong(entity: str, body: object, where: str) -> None:
    with pytest.raises(UnfitBody) as refused:
        read_new(body, ENTITIES[entity])
    assert refused.value.where == where


def test_a_zero_is_a_result_and_null_is_none() -> None:
    assert read_new({"result": 0}, ENTITIES["Observation"], frozenset({"Datastream"})).values["result"] == 0
    with pytest.raises(UnfitBody, match="result"):
        read_new({"result": None}, ENTITIES["Observation"], frozenset({"Datastream"}))


def test_how_deep_a_body_goes_is_bounded() -> None:
    body = thing()
    for _ in range(DEEPEST):
        body = thing(Locations=[location(Things=[body])])
    with pytest.raises(UnfitBody, match=r"deep|made here"):
        read_new(body, ENTITIES["Thing"])


def test_a_change_links_but_makes_nothing() -> None:
    change = read_change({"name": "新名", "Locations": [{"@iot.id": 4}]}, ENTITIES["Thing"])
    assert (change.values, change.links) == ({"name": "新名"}, {"Locations": (Existing(4),)})
    assert read_change({"properties": None}, ENTITIES["Thing"]).values == {"properties": None}
    for body, where in [({"name": None}, "name"), ({"Locations": [location()]}, r"Locations\[0\]")]:
        with pytest.raises(UnfitBody, match=where):
            read_change(body, ENTITIES["Thing"])
    for body in ({"Thing": None}, {"Sensor": None}):
        with pytest.raises(UnfitBody, match="must have it"):
            read_change(body, ENTITIES["Datastream"])
    with pytest.raises(UnfitBody, match="location"):
        read_change({"location": {"type": "Blob"}}, ENTITIES["Location"], "application/vnd.geo+json")


def test_data_arrays_keep_good_rows_beside_bad_ones() -> None:
    body = [
        {
            "Datastream": {"@iot.id": 5},
            "components": ["phenomenonTime", "result", "FeatureOfInterest/id"],
            "dataArray@iot.count": 4,
            "dataArray": [
                ["2024-07-01T12:00:00Z", 1.5, 8],
                ["2024-07-01T11:00:00Z/2024-07-01T12:00:00Z", 0, None],
                ["2024-07-01T12:00:00Z", NAN, 8],
                ["2024-07-01T12:00:00Z", 1],
            ],
        }
    ]
    (rows,) = read_data_arrays(body)
    assert rows.datastream == 5
    assert rows.count == 4
    assert rows.columns == {
        "phenomenonTime": [Moment(NOON), Moment(NOON, NOON - timedelta(hours=1)), Moment(NOON), None],
        "result": [1.5, 0, None, None],
        "FeatureOfInterest/id": [8, None, 8, None],
    }
    assert {n: t.where for n, t in rows.troubles.items()} == {2: "[0]/dataArray[2]/result", 3: "[0]/dataArray[3]"}


def test_a_row_without_result_is_in_trouble_and_an_empty_group_is_not() -> None:
    group = {"Datastream": {"@iot.id": 5}, "components": ["result"], "dataArray": [[None], [False], ["开"]]}
    rows, empty = read_data_arrays([group, group | {"dataArray": []}])
    assert rows.columns == {"result": [None, False, "开"]}
    assert {n: t.where for n, t in rows.troubles.items()} == {0: "[0]/dataArray[0]/result"}
    assert (empty.count, dict(empty.columns), dict(empty.troubles)) == (0, {}, {})


@pytest.mark.parametrize(
    ("group", "where"),
    [
        ({"components": ["result"], "dataArray": []}, "[0]/Datastream"),
        ({"Datastream": {}, "components": ["result"], "dataArray": []}, "[0]/Datastream/@iot.id"),
        ({"Datastream": {"@iot.id": 1}, "components": ["phenomenonTime"], "dataArray": []}, "[0]/components"),
        ({"Datastream": {"@iot.id": 1}, "components": ["result", "colour"], "dataArray": []}, "[0]/components"),
        ({"Datastream": {"@iot.id": 1}, "components": ["result", "result"], "dataArray": []}, "[0]/components"),
        ({"Datastream": {"@iot.id": 1}, "components": ["result", ["x"]], "dataArray": []}, "[0]/components"),
        ({"Datastream": {"@iot.id": 1}, "components": ["result"]}, "[0]/dataArray"),
        ({"Datastream": {"@iot.id": 1}, "components": ["result"], "dataArray": [], "dataArray@iot.count": 1}, "[0]/dataArray@iot.count"),
    ],
)  # fmt: skip
def test_a_group_that_is_none(group: dict, where: str) -> None:
    with pytest.raises(UnfitBody) as refused:
        read_data_arrays([group])
    assert refused.value.where == where


def test_a_data_array_is_written() -> None:
    assert write_data_array("http://x/Datastreams(1)", ["result"], [(1,), (2,)]) == {
        "Datastream@iot.navigationLink": "http://x/Datastreams(1)",
        "components": ["result"],
        "dataArray@iot.count": 2,
        "dataArray": [[1], [2]],
    }


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-07-01T12:00:00Z", NOON),
        ("2024-07-01T20:00:00+08:00", NOON),
        ("2024-07-01T20:00:00.000+0800", NOON),
        ("2024-07-01t12:00z", NOON),
        ("2024-07-01T12:00:00.1234567Z", NOON + timedelta(microseconds=123456)),
    ],
)
def test_instants(text: str, instant: datetime) -> None:
    assert read_instant(text) == instant


@pytest.mark.parametrize("text", ["", "2024-07-01", "2024-07-01T12:00:00", "2024-02-30T12:00:00Z", "0001-01-01T00:00:00+08:00", 5, None, "2024-07-01T12:00:00Z/", "2024-07-02T00:00:00Z/2024-07-01T00:00:00Z"])  # fmt: skip
def test_what_is_no_time(text: object) -> None:
    with pytest.raises(UnableToReadTime):
        read_moment(text)


@given(st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)), st.timedeltas(timedelta(0), timedelta(400)))
def test_a_written_time_reads_back(start: datetime, length: timedelta) -> None:
    assert read_instant(write_instant(start)) == start
    if start.year < 9990:
        moment = Moment(start + length, start)
        assert read_moment(write_moment(moment)) == moment


@pytest.mark.parametrize(
    "value",
    [
        POINT,
        {"type": "Feature", "geometry": POINT, "properties": {}},
        {"type": "Feature", "geometry": None},
        {
            "type": "GeometryCollection",
            "geometries": [POINT, {"type": "LineString", "coordinates": [[1, 2], [3, 4, 5]]}],
        },
        {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]},
    ],
)
def test_geojson(value: object) -> None:
    geojson.check(value)


@pytest.mark.parametrize(
    "value",
    [
        None, [], {}, {"type": "Circle"}, {"type": ["Point"]}, {"type": "Point"}, {"type": "Point", "coordinates": [1]},
        {"type": "Point", "coordinates": ["1", "2"]}, {"type": "Point", "coordinates": [True, 2]}, {"type": "Point", "coordinates": [NAN, 2]},
        {"type": "Point", "coordinates": [181, 2]}, {"type": "LineString", "coordinates": [[1, 2]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, {"type": "FeatureCollection"},
        {"type": "MultiPoint", "coordinates": [[1, 2]] * 100_001},
        {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": []}]}]}]}]}]},
    ],
)  # fmt: skip
def test_what_is_no_geojson(value: object) -> None:
    with pytest.raises(geojson.UnfitGeometry):
        geojson.check(value)


# Examples of RFC 6902, appendix A, by their numbers.
@pytest.mark.parametrize(
    ("value", "operations", "after"),
    [
        ({"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux"}], {"baz": "qux", "foo": "bar"}),  # A.1
        ({"foo": ["bar", "baz"]}, [{"op": "add", "path": "/foo/1", "value": "qux"}], {"foo": ["bar", "qux", "baz"]}),  # A.2
        ({"baz": "qux", "foo": "bar"}, [{"op": "remove", "path": "/baz"}], {"foo": "bar"}),  # A.3
        ({"foo": ["bar", "qux", "baz"]}, [{"op": "remove", "path": "/foo/1"}], {"foo": ["bar", "baz"]}),  # A.4
        ({"baz": "qux", "foo": "bar"}, [{"op": "replace", "path": "/baz", "value": "boo"}], {"baz": "boo", "foo": "bar"}),  # A.5
        ({"foo": {"bar": "baz", "waldo": "fred"}, "qux": {"corge": "grault"}}, [{"op": "move", "from": "/foo/waldo", "path": "/qux/thud"}], {"foo": {"bar": "baz"}, "qux": {"corge": "grault", "thud": "fred"}}),  # A.6
        ({"foo": ["all", "grass", "cows", "eat"]}, [{"op": "move", "from": "/foo/1", "path": "/foo/3"}], {"foo": ["all", "cows", "eat", "grass"]}),  # A.7
        ({"baz": "qux", "foo": ["a", 2, "c"]}, [{"op": "test", "path": "/baz", "value": "qux"}, {"op": "test", "path": "/foo/1", "value": 2}], {"baz": "qux", "foo": ["a", 2, "c"]}),  # A.8
        ({"foo": "bar"}, [{"op": "add", "path": "/child", "value": {"grandchild": {}}}], {"foo": "bar", "child": {"grandchild": {}}}),  # A.10
        ({"foo": "bar"}, [{"op": "add", "path": "/baz", "value": "qux", "xyz": 123}], {"foo": "bar", "baz": "qux"}),  # A.11
        ({"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": 10}], {"/": 9, "~1": 10}),  # A.14
        ({"foo": ["bar"]}, [{"op": "add", "path": "/foo/-", "value": ["abc", "def"]}], {"foo": ["bar", ["abc", "def"]]}),  # A.16
        ({"foo": {"a": 1}}, [{"op": "copy", "from": "/foo", "path": "/bar"}, {"op": "add", "path": "/bar/a", "value": 2}], {"foo": {"a": 1}, "bar": {"a": 2}}),
        ({"foo": 1}, [{"op": "replace", "path": "", "value": {"bar": 2}}], {"bar": 2}),
    ],
)  # fmt: skip
def test_json_patch(value: object, operations: list, after: object) -> None:
    before = json.dumps(value)
    assert patched(value, operations) == after
    assert json.dumps(value) == before


@pytest.mark.parametrize(
    ("value", "operations"),
    [
        ({"baz": "qux"}, [{"op": "test", "path": "/baz", "value": "bar"}]),  # A.9
        ({"foo": "bar"}, [{"op": "add", "path": "/baz/bat", "value": "qux"}]),  # A.12
        ({"/": 9, "~1": 10}, [{"op": "test", "path": "/~01", "value": "10"}]),  # A.15
        ({"a": 1}, [{"op": "test", "path": "/a", "value": True}]),
        ({"a": [1]}, [{"op": "remove", "path": "/a/01"}]),
        ({"a": [1]}, [{"op": "remove", "path": "/a/-"}]),
        ({"a": [1]}, [{"op": "add", "path": "/a/2", "value": 1}]),
        ({"a": {"b": 1}}, [{"op": "move", "from": "/a", "path": "/a/b"}]),
        ({"a": 1}, [{"op": "remove", "path": ""}]),
        ({"a": 1}, [{"op": "add", "path": "/b"}]),
        ({"a": 1}, [{"op": "add", "path": "b", "value": 1}]),
        ({"a": 1}, [{"op": "grow", "path": "/b"}]),
        ({"a": 1}, [7]),
        ({"a": 1}, {"op": "remove", "path": "/a"}),
        ({"a": 1}, [{"op": "copy", "from": "", "path": f"/{n}"} for n in range(40)]),  # doubles each time
        ({"a": 1}, [{"op": "remove", "path": "/a"}] * 60),
    ],
)
def test_a_patch_that_cannot_be_done(value: object, operations: object) -> None:
    with pytest.raises(UnableToPatch):
        patched(value, operations)
