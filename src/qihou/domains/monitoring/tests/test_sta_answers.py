"""Answers: an entity with its links, what was selected and expanded, pages (18-088, clause 9)."""

from datetime import UTC, datetime

from qihou.domains.monitoring.methods.sta.answers import Found, Page, as_json, link_json, page_json
from qihou.domains.monitoring.methods.sta.bodies import New, read_new
from qihou.domains.monitoring.methods.sta.entities import ENTITIES
from qihou.domains.monitoring.methods.sta.times import Moment

ROOT = "http://127.0.0.1:8000/sta/v1.1"
NOON = datetime(2024, 7, 1, 12, tzinfo=UTC)
THING = Found(ENTITIES["Thing"], 1, {"name": "水位站", "description": "示例", "properties": None})
READING = Found(ENTITIES["Observation"], 9, {"phenomenonTime": Moment(NOON), "result": 0.0, "resultTime": None})


def test_an_entity_with_its_links() -> None:
    assert as_json(THING, ROOT) == {
        "@iot.id": 1,
        "@iot.selfLink": f"{ROOT}/Things(1)",
        "name": "水位站",
        "description": "示例",
        "Locations@iot.navigationLink": f"{ROOT}/Things(1)/Locations",
        "HistoricalLocations@iot.navigationLink": f"{ROOT}/Things(1)/HistoricalLocations",
        "Datastreams@iot.navigationLink": f"{ROOT}/Things(1)/Datastreams",
    }


def test_a_zero_is_shown_and_an_unknown_result_time_is_null() -> None:
    shown = as_json(READING, ROOT)
    assert (shown["result"], shown["phenomenonTime"]) == (0.0, "2024-07-01T12:00:00Z")
    assert shown["resultTime"] is None
    assert "validTime" not in shown


def test_select_shows_only_what_is_named() -> None:
    def of(*names: str) -> dict:
        return as_json(Found(THING.entity, 1, THING.values, select=names), ROOT)

    assert of("name") == {"name": "水位站"}
    assert of("id", "@iot.selfLink") == {"@iot.id": 1, "@iot.selfLink": f"{ROOT}/Things(1)"}
    assert of("selfLink") == {"@iot.selfLink": f"{ROOT}/Things(1)"}
    assert of("Datastreams") == {"Datastreams@iot.navigationLink": f"{ROOT}/Things(1)/Datastreams"}


def test_what_is_expanded_stands_in_place_of_its_link() -> None:
    stream = Found(
        ENTITIES["Datastream"],
        2,
        {"name": "水位"},
        {"Observations": Page((READING,), 7, f"{ROOT}/Datastreams(2)/Observations?$skip=1"), "Sensor": None},
        ("name",),
    )
    shown = as_json(Found(THING.entity, 1, THING.values, {"Datastreams": Page((stream,))}, ("name",)), ROOT)
    assert shown == {
        "name": "水位站",
        "Datastreams": [
            {
                "name": "水位",
                "Sensor": None,
                "Observations": [as_json(READING, ROOT)],
                "Observations@iot.count": 7,
                "Observations@iot.nextLink": f"{ROOT}/Datastreams(2)/Observations?$skip=1",
            }
        ],
    }


def test_pages() -> None:
    assert page_json(Page(()), ROOT) == {"value": []}
    assert page_json(Page((THING,), 3, "next"), ROOT, as_links=True) == {
        "@iot.count": 3,
        "@iot.nextLink": "next",
        "value": [{"@iot.selfLink": f"{ROOT}/Things(1)"}],
    }
    assert link_json(READING, ROOT) == {"@iot.selfLink": f"{ROOT}/Observations(9)"}


def test_what_is_answered_can_be_sent_again() -> None:
    """A client that reads, changes and PUTs what it read is understood."""
    again = read_new(as_json(THING, ROOT) | {"name": "新名"}, THING.entity)
    assert isinstance(again, New)
    assert again.values == {"name": "新名", "description": "示例"}
    assert again.links == {}
    reading = read_new(as_json(READING, ROOT), READING.entity, frozenset({"Datastream"}))
    assert reading.values == {"phenomenonTime": Moment(NOON), "result": 0.0, "resultTime": None}
