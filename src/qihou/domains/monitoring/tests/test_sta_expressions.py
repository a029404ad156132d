"""``$filter`` as 18-088 clause 9.3.3.5 has it; precedence after OData 4.01, part 2."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qihou.domains.monitoring.methods.sta.checking import check_filter
from qihou.domains.monitoring.methods.sta.entities import ENTITIES
from qihou.domains.monitoring.methods.sta.errors import BadQuery
from qihou.domains.monitoring.methods.sta.expressions import DEEPEST, LEVELS, MOST_NODES, parse
from qihou.domains.monitoring.methods.sta.functions import FUNCTIONS
from qihou.domains.monitoring.methods.sta.tree import Binary, Call, Kind, Literal, Path, Unary, walk
from qihou.domains.monitoring.methods.sta.wkt import Shape, UnableToReadGeometry, read
from qihou.domains.monitoring.methods.sta.writing import write

# One of each operator and function of 18-088, clause 9.3.3.5, with the entity it is asked of.
EXAMPLES = [
    ("Observation", "result lt 10.00"),
    ("Observation", "result add 5 gt 10"),
    ("Observation", "result sub 5 gt 10 and result mul 2 le 200 or result div 2 ge 4.5"),
    ("Observation", "result mod 2 eq 0"),
    ("Observation", "not (result le 3.5)"),
    ("Observation", "Datastream/id eq 1 or Datastream/@iot.id eq 1"),
    ("Observation", "phenomenonTime ge 2010-06-01T00:00:00Z and phenomenonTime lt 2010-07-01T00:00:00+08:00"),
    ("Observation", "year(resultTime) eq 2015 and month(resultTime) eq 12 and day(resultTime) eq 8"),
    ("Observation", "hour(resultTime) eq 1 and minute(resultTime) eq 0 and second(resultTime) eq 0"),
    ("Observation", "fractionalseconds(resultTime) eq 0 and totaloffsetminutes(resultTime) eq 0"),
    ("Observation", "date(resultTime) ne date(validTime) and time(resultTime) le 12:30:00"),
    ("Observation", "resultTime gt now() sub duration'P1DT12H'"),
    ("Observation", "resultTime ge mindatetime() and resultTime le maxdatetime()"),
    ("Observation", "round(result) eq 32 and floor(result) eq 32 and ceiling(result) eq 33"),
    ("Observation", "FeatureOfInterest/properties/class eq 'river' and parameters/depth gt 1.5"),
    ("Thing", "substringof('Sensor Things', description)"),
    ("Thing", "endswith(description,'Things') and startswith(description,'Sensor')"),
    ("Thing", "length(description) eq 13 and indexof(description,'Sensor') eq 1"),
    ("Thing", "substring(description,1) eq 'ensor Things' and substring(description,2,4) eq 'nsor'"),
    ("Thing", "tolower(name) eq 'o''brien' and toupper(trim(name)) eq '铜梁'"),
    ("Thing", "concat(concat(name,', '), description) eq 'a, b'"),
    ("Thing", "Datastreams/Observations/FeatureOfInterest/id eq 3 and Datastreams/unitOfMeasurement/symbol eq 'm'"),
    ("Thing", "properties/closed eq null and properties/deep/er ne true"),
    ("Location", "geo.intersects(location, geography'LINESTRING (7.5 51.5, 7.5 53.5)')"),
    ("Location", "geo.distance(location, geography'POINT (30 10)') lt 1.5"),
    ("Location", "geo.length(location) gt 1"),
    ("Location", "st_relate(location, geography'POLYGON ((30 10, 10 20, 20 40, 40 40, 30 10))', 'T********')"),
    *(("Location", f"{name}(location, geography'POINT (30 10)')") for name in FUNCTIONS if name.startswith("st_") and name != "st_relate"),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "text"), EXAMPLES)
def test_each_means_something_and_is_written_back(entity: str, text: str) -> None:
    tree = parse(text)
    check_filter(tree, ENTITIES[entity], text)
    assert parse(write(tree)) == tree


def test_every_function_is_in_an_example() -> None:
    used = {n.name for _, text in EXAMPLES for n in walk(parse(text)) if isinstance(n, Call)}
    assert used | {"contains"} == set(FUNCTIONS)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("a and b or c", "(a and b) or c"),
        ("not a and b", "(not a) and b"),
        ("not a eq b", "(not a) eq b"),
        ("a eq b gt c", "a eq (b gt c)"),
        ("1 add 2 mul 3 eq 7", "(1 add (2 mul 3)) eq 7"),
        ("9 sub 3 sub 2 eq 4", "((9 sub 3) sub 2) eq 4"),
        ("8 div 4 mul 2 eq 4", "((8 div 4) mul 2) eq 4"),
        ("- 2 mul 3 lt 0", "((-2) mul 3) lt 0"),
        ("a lt 1 eq true and b", "((a lt 1) eq true) and b"),
    ],
)
def test_precedence(text: str, same: str) -> None:
    assert parse(text) == parse(same)


def test_literals() -> None:
    assert parse("-1.5e3") == Unary("-", Literal(1500.0, Kind.NUMBER))
    assert parse("9223372036854775807") == Literal(2**63 - 1, Kind.NUMBER)
    assert parse("'it''s'") == Literal("it's", Kind.TEXT)
    east = datetime(2024, 7, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    assert parse("2024-07-01T08:00:00+08:00") == Literal(east, Kind.INSTANT) == parse("2024-07-01T00:00:00Z")
    assert parse("2024-07-01T00:00:00.5Z") == Literal(datetime(2024, 7, 1, 0, 0, 0, 500000, UTC), Kind.INSTANT)
    assert parse("2024-02-29") == Literal(date(2024, 2, 29), Kind.DATE)
    assert parse("23:59:58") == Literal(time(23, 59, 58), Kind.TIME)
    # 1 day + 2 h 30 min = 86 400 + 9 000 s
    assert parse("duration'P1DT2H30M'") == Literal(timedelta(seconds=95_400), Kind.DURATION)
    assert parse("geography'POINT (106.05 29.84)'") == Literal(Shape("Point", (106.05, 29.84)), Kind.SHAPE)


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("", 0, "should stand here"),
        ("result gt", 9, "should stand here"),
        ("result gt 3 3", 12, "nothing more"),
        ("(result gt 3", 12, "')' is missing"),
        ("result gt 'abc", 10, "quotation"),
        ("result gt 3; drop", 11, "nothing more"),
        ("result ? 3", 7, "begins nothing"),
        ("reslt(result) gt 3", 0, "no function"),
        ("length(result, 2) gt 3", 0, "takes 1 arguments, not 2"),
        ("now( gt 3", 5, "should stand here"),
        ("now(", 4, "should stand here"),
        ("resultTime gt 2024-02-30T00:00:00Z", 14, "day is out of range"),
        ("resultTime gt 2024-02-20T00:00:00", 14, "needs its offset"),
        ("resultTime gt 2024-02-20T00:00:00 08:00", 14, "needs its offset"),
        ("result gt 1e999", 10, "too large"),
        ("resultTime gt now() sub duration'P1M'", 24, "no fixed length"),
        ("geo.length(geography'POINT (1)') gt 1", 11, "two or three numbers"),
        ("Datastream/ eq 3", 15, "nothing more"),
    ],
)
def test_what_means_nothing_is_refused_with_its_place(text: str, at: int, word: str) -> None:
    with pytest.raises(BadQuery) as refused:
        parse(text)
    assert refused.value.at == at
    assert word in str(refused.value)


@pytest.mark.parametrize(
    ("entity", "text", "word"),
    [
        ("Thing", "nmae eq 'a'", "has no 'nmae'"),
        ("Thing", "Datastreams eq 3", "should follow"),
        ("Thing", "name/x eq 'a'", "nothing inside"),
        ("Thing", "name", "must be true or false"),
        ("Thing", "name eq 3", "cannot be compared"),
        ("Thing", "name add 3 eq 3", "cannot join"),
        ("Thing", "length(3) eq 3", "needs text"),
        ("Thing", "name and true", "needs a truth value"),
        ("Thing", "- name eq 3", "needs a duration or a number"),
        ("Thing", "name gt null", "null is neither"),
        ("Location", "geo.distance(location, 'POINT (1 1)') lt 3", "needs a geometry"),
        ("Observation", "phenomenonTime sub resultTime gt 3", "cannot join"),
    ],
)
def test_what_does_not_fit_the_entity_is_refused(entity: str, text: str, word: str) -> None:
    with pytest.raises(BadQuery, match=word):
        check_filter(parse(text), ENTITIES[entity], text)


def test_size_and_depth_are_bounded() -> None:
    deep = "(" * (DEEPEST - 1) + "true" + ")" * (DEEPEST - 1)
    assert parse(deep) == Literal(True, Kind.BOOLEAN)
    for text in (
        "(" * 3000 + "true" + ")" * 3000,
        "not " * 3000 + "true",
        "-" * 3000 + "1",
        "trim(" * 2000 + "'a'" + ")" * 2000,
        " or ".join(["true"] * MOST_NODES),
        "'" + "a" * 20_000 + "'",
    ):
        with pytest.raises(BadQuery, match="at most"):
            parse(text)


def test_shapes() -> None:
    ring = ((30.0, 10.0), (40.0, 40.0), (20.0, 40.0), (30.0, 10.0))
    polygon = read("POLYGON ((30 10, 40 40, 20 40, 30 10))")
    assert polygon == Shape("Polygon", (ring,))
    assert polygon.geojson() == {"type": "Polygon", "coordinates": [[list(p) for p in ring]]}
    assert read("MULTIPOINT (1 2, 3 4)") == read("multipoint ((1 2), (3 4))")
    assert read("MULTIPOLYGON (((30 10, 40 40, 20 40, 30 10)))") == Shape("MultiPolygon", ((ring,),))
    for shape in (polygon, read("MULTIPOLYGON (((30 10, 40 40, 20 40, 30 10)))"), read("LINESTRING (1 2 3, 4 5 6)")):
        assert read(shape.wkt()) == shape


@pytest.mark.parametrize(
    "text", ["", "POINT", "POINT (1 2", "POINT (1 2))", "CIRCLE (1 2)", "LINESTRING (1 2)", "POLYGON ((1 1, 2 2, 3 3, 4 4))", "POINT (1 x)", "POINT (1 1e999)"]
)  # fmt: skip
def test_what_is_no_shape_is_refused(text: str) -> None:
    with pytest.raises(UnableToReadGeometry):
        read(text)


_names = st.sampled_from(["name", "properties/owner", "Datastreams/name", "@iot.id", "水位"])
_leaves = st.one_of(
    st.integers(0, 2**63 - 1).map(lambda n: Literal(n, Kind.NUMBER)),
    st.floats(0, allow_nan=False, allow_infinity=False).map(lambda n: Literal(n, Kind.NUMBER)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(lambda t: Literal(t, Kind.TEXT)),
    st.datetimes(datetime(1900, 1, 1), timezones=st.just(UTC)).map(lambda t: Literal(t, Kind.INSTANT)),
    st.timedeltas(timedelta(-3000), timedelta(3000)).map(lambda d: Literal(d, Kind.DURATION)),
    _names.map(lambda n: Path(tuple(n.split("/")))),
)
_operators = st.sampled_from([o for level in LEVELS for o in level])
_trees = st.recursive(
    _leaves,
    lambda below: st.one_of(
        st.builds(Binary, _operators, below, below),
        st.builds(Unary, st.sampled_from(["not", "-"]), below),
        st.builds(lambda a, b: Call("concat", (a, b)), below, below),
    ),
    max_leaves=12,
)


@given(_trees)
def test_a_written_tree_reads_back(tree) -> None:
    assert parse(write(tree)) == tree


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(["(", ")", "not ", "name", " eq ", "'", "1", "-", ",", "/", " and "]), max_size=30).map("".join)))  # fmt: skip
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    refused = None
    try:
        check_filter(parse(text), ENTITIES["Thing"], text)
    except BadQuery as trouble:
        refused = trouble
    assert refused is None or (refused.message and 0 <= refused.at <= len(text))
