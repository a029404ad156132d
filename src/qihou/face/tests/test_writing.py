"""How values are written."""

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from qihou.face import formats, html
from qihou.face.charts import Chart, Series, bars
from qihou.face.maps import Drawn, Map, Place, overlap
from qihou.face.strips import states_strip
from qihou.face.values import Missing
from qihou.measure.periods import Period


def render(text, **context):
    return Template("{% load qihou %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (Decimal("0.50"), None, "0.50"),
        (Decimal("1234567.8"), None, "1,234,567.8"),
        (Decimal("2.5"), 0, "3"),  # half up, as officers round
        (Decimal("-3.1"), 1, "−3.1"),
        (12, None, "12"),
    ],
)
def test_numbers(value, places, written):
    assert formats.number(value, places) == written


def test_money_has_two_decimals_and_a_small_unit():
    assert render("{% money v %}", v=Decimal("4250")) == '4,250.00<span class="unit">万元</span>'


@pytest.mark.parametrize("tag", ["{% money v %}", "{% number v unit='%' %}", "{% percent v %}", "{{ v|show }}"])
@pytest.mark.parametrize(("value", "words"), [(None, "未填"), (Missing.ASSIGNED_LATER, "市级下达，待到")])
def test_a_missing_value_says_why_and_shows_no_digit(tag, value, words):
    shown = render(tag, v=value)
    assert words in shown
    assert not any(c.isdigit() for c in shown)


def test_a_zero_is_a_value():
    assert render("{% number v %}", v=Decimal("0")) == "0"


@pytest.mark.parametrize(("lines", "written"), [([12, 13, 14, 20], "12—14、20"), ([5], "5"), ([3, 1, 2, 2], "1—3")])
def test_lines_are_written_as_runs(lines, written):
    assert html.ranges(lines) == written


def test_periods_follow_the_language():
    quarter = Period.quarter(2026, 3)
    assert formats.period(quarter) == "2026年Q3"
    assert formats.period(quarter, "en") == "2026 Q3"
    assert formats.period(Period.span(2021, 2025), "en") == "2021–2025"


def test_a_state_is_shape_and_word_in_both_languages():
    assert "#s-square" in html.badge("off_track")
    assert "偏离目标" in html.badge("off_track")
    with translation.override("en"):
        assert "Off track" in html.badge("off_track")


def test_an_unknown_state_is_an_error_and_not_a_blank():
    with pytest.raises(KeyError, match=r"states\.py"):
        html.badge("nearly")


def test_a_strip_keeps_proportions():
    # 1 of 4 is a quarter of 1,000 units, less 2 of gap
    drawn = states_strip({"achieved": 1, "off_track": 3})
    assert 'width="248.0"' in drawn
    assert 'width="748.0"' in drawn


def test_a_chart_carries_gaps_as_nulls_and_colours_as_tokens():
    option = bars(["2021", "2022"], [Series("a", [Decimal("1.5"), None], "pine")], unit="万元")
    chart = str(Chart("c", '"><b>', option))
    assert "[1.5, null]" in chart
    assert "var(--pine)" in chart
    assert '"><b>' not in chart


SQUARE = {
    "type": "Polygon",
    "coordinates": [[[106.0, 29.0], [106.2, 29.0], [106.2, 29.2], [106.0, 29.2], [106.0, 29.0]]],
}


def test_a_map_is_north_up_and_true_in_both_directions():
    drawn = Drawn(Map("m", "", SQUARE))
    west, north = drawn.at(106.0, 29.2)
    east, south = drawn.at(106.2, 29.0)
    assert west < east
    assert north < south
    # At 29.1° north a degree of longitude is cos(29.1°) = 0.8738 of one of latitude.
    assert (east - west) / (south - north) == pytest.approx(0.8738, abs=0.001)


def test_the_scale_bar_is_as_long_as_it_says():
    drawn = Drawn(Map("m", "", SQUARE))
    _x, top = drawn.at(106.0, 29.2)
    _x, bottom = drawn.at(106.0, 29.0)
    units_per_km = (bottom - top) / (0.2 * 111.32)
    assert drawn.scale_width == pytest.approx(drawn.scale_km * units_per_km, abs=0.2)


def test_names_do_not_cover_one_another():
    places = [Place(str(i), "镇街名字", 106.1 + 0.004 * i, 29.1) for i in range(4)]
    labels = Drawn(Map("m", "", SQUARE, places)).labels
    size = 13
    boxes = []
    for label in labels:
        long = size * 4
        left = {"start": label.text_x, "end": label.text_x - long, "middle": label.text_x - long / 2}[label.anchor]
        boxes.append((left, label.text_y - size, left + long, label.text_y))
    assert not any(overlap(a, b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_a_map_without_data_says_so():
    assert "还没有地图数据" in str(Map("m", "", None))
