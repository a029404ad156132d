from decimal import Decimal

import pytest

from qihou.domains.plan.pages.working.typed import Typed, UnableToReadNumber, decimal_typed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("   ", None),
        ("0", "0"),
        ("0.50", "0.50"),
        ("1250.50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("12,345,678", "12345678"),
        ("１２５０", "1250"),
        ("1,250", "1250"),
        ("-3.2", "-3.2"),
        ("−3.2", "-3.2"),
        ("62%", "62"),
        ("62 %", "62"),
        ("300万元", "300"),
        (".5", ".5"),
    ],
)
def test_numbers_are_read_as_people_type_them(text, value):
    assert decimal_typed(text) == (None if value is None else Decimal(value))


def test_digits_are_kept_as_typed():
    assert str(decimal_typed("0.50")) == "0.50"


@pytest.mark.parametrize(
    "text", ["abc", "1,5", "12 34", "1.2.3", "1e5", "NaN", "Infinity", "１２，３", "--1", "9" * 21]
)
def test_what_is_no_number_is_refused_not_guessed(text):
    with pytest.raises(UnableToReadNumber):
        decimal_typed(text)


def test_a_wrong_field_keeps_what_was_typed_and_says_why():
    form = Typed({"percent": "六成", "text": " 已开工 "})
    assert form.decimal("percent") is None
    assert "六成" in form.errors["percent"]
    assert form.values["percent"] == "六成"
    assert form.required("text", "?") == "已开工"
    form.required("note", "请写明原因。")
    assert form.errors["note"] == "请写明原因。"
