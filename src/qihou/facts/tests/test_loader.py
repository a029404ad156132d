from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qihou.facts import loader
from qihou.facts.loader import UnableToFindFact, UnableToReadFacts, load_facts, names, parse_facts

GOOD = """
id: heat
title: 高温
values:
  threshold:
    unit: degC
    dated:
      - {value: "35.0", valid_from: 2010-01-01, valid_to: 2020-01-01, grade: A, last_checked: 2026-01-01,
         source: {document: 规范, clause: 第3条, year: 2009}}
      - {value: "35.50", valid_from: 2020-01-01, grade: declared, last_checked: 2026-01-01, note: 试用}
"""


def test_the_value_that_holds_on_a_day():
    series = parse_facts(GOOD, "heat")["threshold"]
    assert series.on(date(2019, 12, 31)).value == Decimal("35.0")
    assert str(series.on(date(2020, 1, 1)).value) == "35.50"  # the end is excluded, and digits are kept
    assert series.newest.note == "试用"
    assert series.dated[0].source == loader.Citation("规范", "第3条", 2009)
    with pytest.raises(UnableToFindFact, match="no value that holds on 2009-12-31"):
        series.on(date(2009, 12, 31))


def test_what_is_not_there_is_named():
    with pytest.raises(UnableToFindFact, match="it has threshold"):
        parse_facts(GOOD, "heat")["limit"]
    with pytest.raises(UnableToFindFact, match="no facts file"):
        load_facts("nothing-of-that-name")


BROKEN = {
    "not yaml": ("id: heat", "id: [", "heat: "),
    "another id": ("id: heat", "id: cold", "must be the file's name"),
    "no title": ("title: 高温", "", "lacks title"),
    "misspelt": ("valid_to: 2020-01-01", "valid_till: 2020-01-01", "does not know valid_till"),
    "no unit": ("unit: degC", "unit: ''", "unit must be a text"),
    "a float": ('"35.0"', "35.0", "in quotes"),
    "no number": ('"35.0"', '"hot"', "no decimal number"),
    "not finite": ('"35.0"', '"NaN"', "finite"),
    "no grade": ("grade: A", "grade: X", "grade is one of"),
    "no source": ("source: {document: 规范, clause: 第3条, year: 2009}", "note: x", "cite the source"),
    "no clause": ("clause: 第3条, ", "", "lacks clause"),
    "year as text": ("year: 2009", 'year: "2009"', "year must be a number"),
    "no reason": (", note: 试用", "", "needs a note"),
    "no check": ("last_checked: 2026-01-01,\n", "last_checked: soon,\n", "must be a day"),
    "backwards": ("valid_from: 2010-01-01", "valid_from: 2030-01-01", "after valid_from"),
    "overlap": ("valid_to: 2020-01-01", "valid_to: 2021-01-01", "without overlapping"),
    "open in the middle": (", valid_to: 2020-01-01", "", "without overlapping"),
    "no values": ("values:", "values: {}\nx:", "does not know x"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_its_place(case):
    old, new, sentence = BROKEN[case]
    assert old in GOOD
    with pytest.raises(UnableToReadFacts, match=sentence):
        parse_facts(GOOD.replace(old, new, 1), "heat")


@pytest.mark.parametrize("text", ["", "[]", "id: heat\ntitle: a\nvalues: {}", "id: heat\ntitle: a\nvalues: {a: 1}"])
def test_what_is_no_facts_file(text):
    with pytest.raises(UnableToReadFacts):
        parse_facts(text, "heat")


@pytest.mark.parametrize("name", names())
def test_every_file_in_the_house_is_valid(name):
    assert load_facts(name).values


def test_facts_announce_when_they_want_to_be_looked_at_again(monkeypatch):
    monkeypatch.setattr(loader, "names", lambda: ["heat"])
    monkeypatch.setattr(loader, "load_facts", lambda name: parse_facts(GOOD, name))
    assert loader.overdue(date(2027, 12, 31)) == []
    # 24 months after 2026-01; the value that ended in 2020 needs no further check
    assert loader.overdue(date(2028, 1, 1)) == [("heat", "threshold", date(2026, 1, 1))]
