from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import yaml

from qihou.facts.factor_files import factors_of
from qihou.facts.factors import EvidenceClass
from qihou.facts.loader import UnableToReadFacts

GOOD = """
id: ghg/fuels
title: 燃料
title_en: fuels
edition: provincial
class: reference
sources:
  S8: {document: 标准, clause: 附录 C, year: 2024}
  S9: {document: 指南, clause: 表 1, year: 2025, link: https://example.org}
defaults: {source: S8, grade: B, last_checked: 2026-11-01, review_by: 2027-11-01}
tables:
  - quantity: fuel.ncv
    unit: GJ/t
    by: [fuel]
    rows:
      - {fuel: anthracite, value: "26.70"}
      - {fuel: bituminous, value: "19.570", grade: A, source: [S8, S9], uncertainty: "19.0..20.1", region: CN-50, year: 2021}
  - quantity: fuel.carbon_content
    unit: tC/TJ
    by: [fuel]
    valid_from: 2020-01-01
    rows:
      - {fuel: coke, value: "29.5", valid_to: 2022-01-01, grade: M, note: 待核}
"""


def read(text: str) -> list:
    return list(factors_of(yaml.safe_load(text), "ghg/fuels"))


def test_a_row_becomes_a_factor_with_all_it_stands_on():
    anthracite, bituminous, coke = read(GOOD)
    assert anthracite.id == "ghg/fuels#fuel.ncv[fuel=anthracite]@provincial"
    assert str(anthracite.value) == "26.70"  # digits are kept
    assert (anthracite.unit, anthracite.region, anthracite.spread) == ("GJ/t", "CN", "")
    assert anthracite.evidence is EvidenceClass.REFERENCE
    assert anthracite.sources[0].clause == "附录 C"
    assert not anthracite.is_dated
    assert anthracite.holds_in(1990)
    assert bituminous.id == "ghg/fuels#fuel.ncv[fuel=bituminous]@provincial/CN-50/2021"
    assert [s.document for s in bituminous.sources] == ["标准", "指南"]
    assert bituminous.spread == "19.0..20.1"
    assert coke.id.endswith("@provincial/2020-01-01..2022-01-01")
    assert coke.to_confirm
    assert (coke.valid_from, coke.value) == (date(2020, 1, 1), Decimal("29.5"))
    assert [coke.holds_in(year) for year in (2019, 2020, 2021, 2022)] == [False, True, True, False]


BROKEN = {
    "another id": ("id: ghg/fuels", "id: ghg/cold", "must be the file's place"),
    "no english title": ("title_en: fuels", "", "lacks title_en"),
    "unknown class": ("class: reference", "class: opinion", "class is one of reference, provider, local"),
    "misspelt key": ("uncertainty:", "uncertain:", r"table 1 \(fuel.ncv\), row 2: does not know uncertain"),
    "misspelt default": ("grade: B,", "grad: B,", "defaults: does not know grad"),
    "unknown quantity": ("quantity: fuel.ncv", "quantity: fuel.heat", "'fuel.heat' is not in ghg/quantities.yaml"),
    "other labels": ("by: [fuel]", "by: [carrier]", r"by must be \[fuel\]"),
    "unknown fuel": ("fuel: anthracite", "fuel: wood_pellets", "row 1: fuel 'wood_pellets' is not in ghg/labels"),
    "no label": ("{fuel: anthracite, value", "{value", "row 1: lacks fuel"),
    "unknown edition": ("edition: provincial", "edition: newest", "'newest' is not in ghg/editions"),
    "no edition": ("edition: provincial\n", "", "edition None is not in ghg/editions"),
    "unknown region": ("region: CN-50", "region: CN-99", "'CN-99' is not in ghg/regions"),
    "a float": ('"26.70"', "26.70", "in quotes"),
    "not finite": ('"26.70"', '"Infinity"', "finite"),
    "no grade": ("grade: B, ", "", "row 1: grade is one of A, B, L"),
    "one source for A": ("source: [S8, S9]", "source: [S8]", "grade A needs two sources"),
    "the same source twice": ("source: [S8, S9]", "source: [S8, S8]", "cited twice"),
    "unknown source": ("source: [S8, S9]", "source: [S8, S7]", "no source S7"),
    "no source": ("source: S8, ", "", "cite at least one"),
    "memory without note": (", note: 待核", "", "grade M needs a note"),
    "no review": (", review_by: 2027-11-01", "", "lacks review_by"),
    "review before check": ("review_by: 2027-11-01", "review_by: 2026-10-01", "the second after the first"),
    "both kinds of date": ("year: 2021", "year: 2021, valid_from: 2021-01-01", "either year or valid_from"),
    "year as text": ("year: 2021", 'year: "2021"', "year must be a number"),
    "backwards": ("valid_to: 2022-01-01", "valid_to: 2019-01-01", "after valid_from"),
    "vague range": ('"19.0..20.1"', '"about 5%"', 'uncertainty is written "±5%"'),
    "outside its own range": ('"19.0..20.1"', '"20.0..20.1"', "lies outside its own range"),
    "CO2 where carbon belongs": ('value: "29.5"', 'value: "108.2"', "outside 13.63..70.91 tC/TJ"),
    "a thousandth": ('value: "29.5"', 'value: "0.0295"', "look whether the source means carbon or CO2"),
    "no rows": ("    rows:\n      - {fuel: coke", "    rows: []\n    x:\n      - {fuel: coke", "does not know x"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_refused_with_its_place(case):
    old, new, sentence = BROKEN[case]
    assert old in GOOD
    with pytest.raises(UnableToReadFacts, match=sentence):
        read(GOOD.replace(old, new, 1))


@pytest.mark.parametrize("key", ["sources", "tables", "defaults"])
def test_an_empty_part_is_refused(key):
    with pytest.raises(UnableToReadFacts, match=key):
        list(factors_of({**yaml.safe_load(GOOD), key: {} if key != "tables" else []}, "ghg/fuels"))


@pytest.mark.parametrize("written", ["±5%", "±2.5%", "-50%..+100%", "0.5..60"])
def test_ranges_that_are_understood(written):
    assert read(GOOD.replace("19.0..20.1", written))[1].spread == written
