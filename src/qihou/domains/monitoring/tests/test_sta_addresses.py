"""Paths (18-088 clause 9.2) and query options (clauses 9.3.2, 9.3.3)."""

from urllib.parse import parse_qsl

import pytest

from qihou.domains.monitoring.methods.sta.entities import ENTITIES, SETS
from qihou.domains.monitoring.methods.sta.errors import BadQuery, NoSuchResource
from qihou.domains.monitoring.methods.sta.expressions import parse
from qihou.domains.monitoring.methods.sta.options import Expand, Options, Order
from qihou.domains.monitoring.methods.sta.options import read_options as options_of
from qihou.domains.monitoring.methods.sta.paths import read_path

THING, OBSERVATION = ENTITIES["Thing"], ENTITIES["Observation"]


def read_options(query, entity):
    return options_of(parse_qsl(query, keep_blank_values=True), entity)


def test_the_eight_entities_lead_to_each_other_and_back() -> None:
    assert set(SETS) == {
        "Things", "Locations", "HistoricalLocations", "Datastreams", "Sensors", "ObservedProperties", "Observations",
        "FeaturesOfInterest",
    }  # fmt: skip
    for entity in ENTITIES.values():
        for link in entity.links.values():
            assert entity.name in {back.target for back in ENTITIES[link.target].links.values()}


@pytest.mark.parametrize(
    ("path", "steps", "entity", "many", "inside", "as_value", "as_links"),
    [
        ("Things", (("Things", None),), "Thing", True, (), False, False),
        ("/Things(1)", (("Things", 1),), "Thing", False, (), False, False),
        ("Things(1)/name", (("Things", 1),), "Thing", False, ("name",), False, False),
        ("Things(1)/properties/owner", (("Things", 1),), "Thing", False, ("properties", "owner"), False, False),
        ("Observations(9223372036854775807)/resultTime/$value", (("Observations", 2**63 - 1),), "Observation", False, ("resultTime",), True, False),
        ("Datastreams(1)/Observations", (("Datastreams", 1), ("Observations", None)), "Observation", True, (), False, False),
        ("Datastreams(1)/Observations/$ref", (("Datastreams", 1), ("Observations", None)), "Observation", True, (), False, True),
        ("Datastreams(1)/Observations(2)/FeatureOfInterest", (("Datastreams", 1), ("Observations", 2), ("FeatureOfInterest", None)), "FeatureOfInterest", False, (), False, False),
        ("Datastreams(1)/Thing/Locations", (("Datastreams", 1), ("Thing", None), ("Locations", None)), "Location", True, (), False, False),
    ],
)  # fmt: skip
def test_paths(path, steps, entity, many, inside, as_value, as_links) -> None:
    found = read_path(path)
    assert (found.steps, found.entity.name, found.many) == (steps, entity, many)
    assert (found.inside, found.as_value, found.as_links) == (inside, as_value, as_links)


@pytest.mark.parametrize(
    "path",
    [
        "", "Thing", "Things(x)", "Things('1')", "Things(-1)", "Things()", "Things/name", "Things/Datastreams", "Things(1)/nme",
        "Things(1)/name/x", "Things(1)/$value", "Datastreams(1)/Thing(2)", "Things/$value", "Things(1)(2)",
        "Things(1)/Datastreams/$ref/x", "Things(1)//name", "Things(1" + "0" * 30 + ")", "Datastreams(1)/Thing/" * 9,
    ],
)  # fmt: skip
def test_addresses_of_nothing(path: str) -> None:
    with pytest.raises(NoSuchResource):
        read_path(path)


def test_plain_options() -> None:
    found = read_options(
        "$filter=name%20eq%20%27a+b%27&$orderby=name%20desc,@iot.id&$top=5&$skip=10&$count=true&$select=name,id,properties&token=x",
        THING,
    )
    assert found == Options(
        filter=parse("name eq 'a b'"),
        orderby=(Order(parse("name"), True), Order(parse("@iot.id"))),
        top=5,
        skip=10,
        count=True,
        select=("name", "id", "properties"),
    )
    assert read_options("%24resultFormat=dataArray", OBSERVATION).result_format == "dataArray"
    assert read_options("", THING) == Options()


def test_nested_expand() -> None:
    found = read_options(
        "$expand=Locations,Datastreams($filter=startswith(name,'w;)');$select=name;$expand=Sensor,Observations($top=1;$orderby=phenomenonTime desc))",
        THING,
    )
    newest = Options(top=1, orderby=(Order(parse("phenomenonTime"), True),))
    inner = Options(
        filter=parse("startswith(name,'w;)')"),
        select=("name",),
        expand=(Expand("Sensor", Options()), Expand("Observations", newest)),
    )
    assert found.expand == (Expand("Locations", Options()), Expand("Datastreams", inner))


def test_expand_by_path_is_joined() -> None:
    found = read_options("$expand=Datastreams/Sensor,Datastreams/Observations($top=2),Datastreams($top=3)", THING)
    inside = Options(top=3, expand=(Expand("Sensor", Options()), Expand("Observations", Options(top=2))))
    assert found.expand == (Expand("Datastreams", inside),)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("$top=-1", "whole number"),
        ("$top=1.5", "whole number"),
        ("$top=", "empty"),
        ("$top=1&$top=2", "twice"),
        ("$skip=x", "whole number"),
        ("$count=yes", "false, true"),
        ("$fitler=name eq 'a'", "no option '\\$fitler'"),
        ("$resultFormat=csv", "dataArray"),
        ("$select=colour", "a name of Thing"),
        ("$select=name,", "a name of Thing"),
        ("$orderby=colour", "has no 'colour'"),
        ("$orderby=name up", "nothing more"),
        ("$expand=Sensor", "a link of Thing"),
        ("$expand=Datastreams(top=1)", "an option such as"),
        ("$expand=Datastreams($top=1", "';' is missing"),
        ("$expand=Datastreams($top=1;$top=2)", "twice"),
        ("$expand=Datastreams($top=1),Datastreams($top=2)", "twice"),
        ("$expand=Datastreams($resultFormat=dataArray)", "no option"),
        ("$expand=Datastreams($filter=result gt 3)", "Datastream has no 'result'"),
        ("$expand=" + "/".join(["Datastreams", "Thing"] * 4), "deep"),
        ("$expand=" + ",".join(["Datastreams"] * 40), "30 links"),
    ],
)
def test_options_that_mean_nothing(query: str, word: str) -> None:
    with pytest.raises(BadQuery, match=word):
        read_options(query, THING)
