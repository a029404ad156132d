"""Numbers people type, in reports and in the reviewer's cells: read digit for digit, or refused saying what to type."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qihou.domains.plan.api import review
from qihou.domains.plan.api.errors import UnableToChange
from qihou.domains.plan.api.numbers import UnableToReadNumber, number_typed

from .api_world import item, make_world, take_in


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("", "万元", None),
        ("0", "", "0"),
        ("1250.50", "万元", "1250.50"),
        ("1,250.50", "万元", "1250.50"),
        ("12,345,678", "", "12345678"),
        ("1\uff0c250", "", "1250"),  # a full-width comma
        ("１２５０", "", "1250"),
        ("−3.2", "%", "-3.2"),
        ("62%", "%", "62"),
        ("62 ％", "%", "62"),
        ("300万元", "万元", "300"),
        ("3 万吨", "万吨", "3"),
        (".5", "", ".5"),
    ],
)
def test_numbers_are_read_as_people_type_them(text, unit, value):
    assert number_typed(text, unit) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("0,56", "", "0.56"),
        ("0,560", "", "0.56"),  # a group of three behind a lone zero is a decimal comma
        ("1\uff0c5", "", "小数请用点"),
        ("1,23,456", "", "千分位"),
        ("1,234,5", "", "千分位"),
        (",5", "", "小数请用点"),
        ("1 5", "", "不是数字"),
        ("50%", "万元", "万元"),
        ("3万元", "%", "只填数字"),
        ("3万元", "吨", "换算成吨"),
        ("3亿元", "万元", "换算成万元"),
        ("62%", "", "没有单位"),
        ("%", "%", "不是数字"),
        ("1e5", "", "没有单位"),
        ("NaN", "", "不是数字"),
        ("--1", "", "不是数字"),
        ("9" * 21, "", "20 位"),
    ],
)
def test_what_is_no_number_of_the_field_is_refused_saying_what_to_type(text, unit, said):
    with pytest.raises(UnableToReadNumber, match=said):
        number_typed(text, unit)


@pytest.fixture
def world(db):
    return make_world()


@pytest.fixture
def version(world):
    return take_in(world)


@pytest.mark.parametrize(
    ("kind", "field", "text", "said"),
    [
        ("project", "investment", "0,56", "小数请用点"),
        ("project", "investment", "1\uff0c5", "小数请用点"),
        ("project", "investment", "1 5", "不是数字"),
        ("project", "investment", "50%", "万元"),
        ("project", "investment", "3亿元", "万元"),
        ("indicator", "target", "3万元", "%"),
    ],
)
def test_a_reviewers_cell_reads_as_strictly(world, version, kind, field, text, said):
    row = item(version, kind, 1)
    with pytest.raises(UnableToChange, match=said) as refusal:
        review.correct_cell(world.actor("lead"), version.district, row.uid, field, text, "对照原文")
    assert refusal.value.field == field
    assert not row.corrections.exists()


@pytest.mark.parametrize(
    ("kind", "field", "text", "value"),
    [
        ("project", "investment", "1,234.50万元", "1234.50"),
        ("indicator", "target", "46 %", "46"),
        ("indicator", "target", "-3", "-3"),
    ],
)
def test_a_reviewers_cell_takes_its_own_unit(world, version, kind, field, text, value):
    row = item(version, kind, 1)
    review.correct_cell(world.actor("lead"), version.district, row.uid, field, text, "对照原文")
    assert str(getattr(getattr(item(version, kind, 1), kind), field)) == value
