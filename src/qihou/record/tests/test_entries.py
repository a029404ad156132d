"""Entries: exact, reasoned, revised, decided by somebody else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qihou.measure.periods import Period
from qihou.record.api import entries
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.models import AuditEvent, Entry, EntryStatus

SYSTEM = Actor.system("test")
YEAR = Period.year(2025)


@pytest.fixture
def stream(district, water):
    return entries.datastream_for(SYSTEM, district, district, "water.use", "return.water", "year", "m3", water)


def test_a_datastream_is_made_once(district, stream, water):
    again = entries.datastream_for(SYSTEM, district, district, "water.use", "return.water", "year", "m3", water)
    assert again.pk == stream.pk
    with pytest.raises(entries.UnableToEnter, match="kept in m3"):
        entries.datastream_for(SYSTEM, district, district, "water.use", "return.water", "year", "t", water)


@pytest.mark.parametrize(
    "text", ["0.50", "1200", "0", "263993.30", "-1.0", "1E+3", "0.00000000000000000001", "9" * 60, "1E-60"]
)
def test_a_value_comes_back_digit_for_digit(officer, stream, text):
    """Both databases: 0.50 stays 0.50. (1E+3 is written out as 1000: the same digits a person would type.)"""
    value = Decimal(text)
    entry = entries.write_entry(officer, stream, YEAR, value=value)
    stored = Entry.objects.get(pk=entry.pk).value
    assert format(stored, "f") == format(value, "f")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_any_decimal_comes_back_digit_for_digit(stream, value):
    entry = entries.write_entry(SYSTEM, stream, YEAR, value=value)
    back = Entry.objects.get(pk=entry.pk).value
    assert back == value
    assert back.as_tuple().exponent == value.as_tuple().exponent


@pytest.mark.parametrize(
    ("given_", "sentence"),
    [
        ({}, "one of the keys"),
        ({"notation": "XX", "reason": "because"}, "one of the keys"),
        ({"notation": "NE"}, "written reason"),
        ({"notation": "NE", "reason": "  "}, "written reason"),
        ({"value": Decimal(1), "notation": "NE", "reason": "x"}, "not both"),
        ({"value": Decimal("NaN")}, "finite"),
        ({"value": Decimal("Infinity")}, "finite"),
        ({"value": 0.1}, "exact"),
        ({"value": Decimal("1E+999999999")}, "at most 60 digits"),
        ({"value": Decimal("1E-61")}, "at most 60 digits"),
        ({"value": Decimal(1), "unit": "t"}, "kept in m3; convert the value given in t"),
    ],
)
def test_what_is_no_entry_is_refused(officer, stream, given_, sentence):
    with pytest.raises(entries.UnableToEnter, match=sentence):
        entries.write_entry(officer, stream, YEAR, **given_)
    assert not Entry.objects.exists()


def test_a_missing_value_has_its_key_and_reason(officer, stream):
    entry = entries.write_entry(officer, stream, YEAR, notation="NE", reason="水表未装")
    assert (entry.value, entry.notation, entry.reason) == (None, "NE", "水表未装")


def test_the_database_itself_refuses_a_value_without_meaning(officer, stream):
    entry = entries.write_entry(officer, stream, YEAR, value=Decimal(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(value=None)


def test_only_its_own_organisation_writes(stream, officer, auditor, lead, other_district):
    from .builders import make_officer

    for actor in (auditor, Actor.public(), make_officer("x", other_district, "lead_bureau", None)):
        with pytest.raises(NotPermitted):
            entries.write_entry(actor, stream, YEAR, value=Decimal(1))
    assert entries.write_entry(officer, stream, YEAR, value=Decimal(1)).revision == 1
    assert entries.write_entry(lead, stream, YEAR, value=Decimal(2)).revision == 2


def test_another_departments_series_is_closed(district, bureau, officer):
    theirs = entries.datastream_for(SYSTEM, district, district, "air", "return.ecology", "year", "t", bureau)
    with pytest.raises(NotPermitted):
        entries.write_entry(officer, theirs, YEAR, value=Decimal(1))


def test_the_life_of_an_entry(officer, lead, stream):
    first = entries.write_entry(officer, stream, YEAR, value=Decimal("1.0"))
    entries.submit_entry(officer, first)
    entries.return_entry(lead, first, "单位写错了")
    second = entries.write_entry(officer, stream, YEAR, value=Decimal("2.0"))
    assert second.revision == 2
    entries.submit_entry(officer, second)
    entries.approve_entry(lead, second)
    published = entries.publish_entry(lead, second)
    assert published.status == EntryStatus.PUBLISHED
    assert [e.status for e in Entry.objects.order_by("revision")] == [EntryStatus.RETURNED, EntryStatus.PUBLISHED]
    assert list(AuditEvent.objects.filter(act__startswith="entry.").values_list("act", flat=True)) == [
        "entry.write", "entry.submit", "entry.return", "entry.write", "entry.submit", "entry.approve", "entry.publish",
    ]  # fmt: skip


ACTS = {
    "submit": lambda actor, entry: entries.submit_entry(actor, entry),
    "approve": lambda actor, entry: entries.approve_entry(actor, entry),
    "return": lambda actor, entry: entries.return_entry(actor, entry, "why"),
    "publish": lambda actor, entry: entries.publish_entry(actor, entry),
}
#             draft  submitted returned approved published
ALLOWED = {
    "submit": ("yes", "no", "no", "no", "no"),
    "return": ("no", "yes", "no", "yes", "no"),
    "approve": ("no", "yes", "no", "no", "no"),
    "publish": ("no", "no", "no", "yes", "no"),
}


@pytest.mark.parametrize("act", ALLOWED)
def test_steps_are_possible_only_from_where_the_table_says(act, stream, officer, lead):
    answers = []
    for status in EntryStatus.values:
        entry = entries.write_entry(officer, stream, YEAR, value=Decimal(1))
        Entry.objects.filter(pk=entry.pk).update(status=status)
        try:
            ACTS[act](lead, entry)
            answers.append("yes")
        except entries.UnableToMoveEntry:
            answers.append("no")
    assert tuple(answers) == ALLOWED[act]


def test_whoever_entered_it_cannot_approve_it(lead, second_lead, stream):
    entry = entries.submit_entry(lead, entries.write_entry(lead, stream, YEAR, value=Decimal(1)))
    with pytest.raises(entries.UnableToMoveEntry, match="请同事审定"):
        entries.approve_entry(lead, entry)
    assert entries.approve_entry(second_lead, entry).status == EntryStatus.APPROVED


def test_a_department_decides_nothing(officer, stream):
    entry = entries.submit_entry(officer, entries.write_entry(officer, stream, YEAR, value=Decimal(1)))
    with pytest.raises(NotPermitted):
        entries.approve_entry(officer, entry)


def test_an_old_revision_goes_nowhere(officer, lead, stream):
    old = entries.submit_entry(officer, entries.write_entry(officer, stream, YEAR, value=Decimal(1)))
    entries.write_entry(officer, stream, YEAR, value=Decimal(2))
    with pytest.raises(entries.UnableToMoveEntry, match="更新的一稿"):
        entries.approve_entry(lead, old)


def test_returning_needs_its_reason(officer, lead, stream):
    entry = entries.submit_entry(officer, entries.write_entry(officer, stream, YEAR, value=Decimal(1)))
    with pytest.raises(entries.UnableToMoveEntry, match="理由"):
        entries.return_entry(lead, entry, " ")


def test_what_stands_is_the_published_value_until_a_new_one_is(officer, lead, stream, django_assert_num_queries):
    first = entries.write_entry(officer, stream, YEAR, value=Decimal(1))
    assert entries.current_entry(stream, YEAR) == first
    assert entries.current_entry(stream, YEAR, published_only=True) is None
    for step in (lambda e: entries.submit_entry(officer, e), lambda e: entries.approve_entry(lead, e)):
        first = step(first)
    first = entries.publish_entry(lead, first)
    draft = entries.write_entry(officer, stream, YEAR, value=Decimal(2))
    assert entries.current_entry(stream, YEAR) == first
    other = entries.write_entry(officer, stream, Period.quarter(2025, 1), value=Decimal(3))
    assert draft.revision == 2
    assert other.revision == 1  # a quarter that starts the same day is another period
    with django_assert_num_queries(1):
        assert entries.current_entries([stream.pk]) == {stream.pk: {"2025": first, "2025Q1": other}}
