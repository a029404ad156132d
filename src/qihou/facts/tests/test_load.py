from __future__ import annotations

from importlib.resources import files

import pytest

from qihou.facts.load import UnableToFindFact, load

NAMES = sorted(p.name.removesuffix(".yaml") for p in (files("qihou.facts") / "data").iterdir())


@pytest.mark.parametrize("name", NAMES)
def test_every_value_says_its_unit_how_sure_it_is_and_where_it_comes_from(name):
    facts = load(name)
    assert facts["id"] == name
    for key, value in facts["values"].items():
        assert value["unit"], key
        assert value["grade"] in ("A", "B", "C", "M", "declared"), key
        assert value.get("source") or value.get("note"), key
        assert isinstance(value["value"], str), f"{key}: a number is kept as text, digit for digit"


def test_an_unknown_name_is_refused():
    with pytest.raises(UnableToFindFact):
        load("nothing")
