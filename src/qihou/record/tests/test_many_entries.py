"""Entries by the hundred: the rules of single ones, in few queries."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from qihou.measure.periods import Period
from qihou.record.api import entries, many_entries
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.api.many_entries import NewEntry, Series
from qihou.record.models import AuditEvent, Entry, EntryStatus

SYSTEM = Actor.system("test")
YEAR = Period.year(2020)


def streams(district, owner, count=3):
    wanted = [Series(f"coal.{n}", f"煤{n}", "t", organisation=owner) for n in range(count)]
    return list(many_entries.datastreams_for(SYSTEM, district, district, "inventory-return", "year", wanted).values())


def rows(made, value="1.50"):
    return [NewEntry(stream, YEAR, Decimal(value), source_place=f"煤!F{n}") for n, stream in enumerate(made)]


def test_six_hundred_values_in_few_queries_and_one_event(district, water, officer, django_assert_max_num_queries):
    made = streams(district, water, 600)
    started = time.perf_counter()
    with django_assert_max_num_queries(40):  # SQLite takes 999 parameters at a time: 600 rows in some twenty inserts
        written = many_entries.write_entries(officer, district, rows(made), about=district)
    assert time.perf_counter() - started < 2
    assert (len(written.entries), written.unchanged) == (600, 0)
    event = AuditEvent.objects.get(act="entry.write_many")
    assert event.detail["count"] == 600
    assert event.detail["digest"] == many_entries.digest(Entry.objects.select_related("datastream"))


def test_the_same_again_changes_nothing(district, water, officer):
    made = streams(district, water)
    many_entries.write_entries(officer, district, rows(made))
    again = many_entries.write_entries(officer, district, rows(made, "1.5"))
    assert (again.entries, again.unchanged) == ((), 3)
    other = [*rows(made)[:2], NewEntry(made[2], YEAR, notation="NO", reason="无此活动")]
    written = many_entries.write_entries(officer, district, other)
    assert [(e.revision, e.notation) for e in written.entries] == [(2, "NO")]
    assert Entry.objects.count() == 4
    assert AuditEvent.objects.filter(act="entry.write_many").count() == 2


def test_series_are_made_once_and_keep_their_unit(district, water):
    first = streams(district, water)
    assert [s.pk for s in streams(district, None)] == [s.pk for s in first]
    assert AuditEvent.objects.filter(act="datastream.create_many").count() == 1
    with pytest.raises(entries.UnableToEnter, match="kept in t, not in m3"):
        many_entries.datastreams_for(
            SYSTEM, district, district, "inventory-return", "year", [Series("coal.0", "煤", "m3")]
        )


def test_one_foreign_series_among_many_is_enough_to_refuse_all(district, water, bureau, officer):
    made = streams(district, water, 2)
    theirs = entries.datastream_for(SYSTEM, district, district, "air", "return.ecology", "year", "t", bureau)
    with pytest.raises(NotPermitted):
        many_entries.write_entries(officer, district, rows([*made, theirs]))
    # A slice may hand work out by year: then the owner it names counts, not the series' own.
    many_entries.write_entries(officer, district, rows([theirs]), owners={theirs.pk: water.pk})
    assert Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"notation": "NE"}, "written reason"),
        ({}, "one of the keys"),
        ({"value": Decimal("NaN")}, "finite"),
    ],
)
def test_one_bad_row_is_enough_to_refuse_all(district, water, officer, bad, sentence):
    made = streams(district, water)
    with pytest.raises(entries.UnableToEnter, match=sentence):
        many_entries.write_entries(officer, district, [*rows(made)[:2], NewEntry(made[2], YEAR, **bad)])
    with pytest.raises(entries.UnableToEnter, match="twice"):
        many_entries.write_entries(officer, district, [*rows(made), rows(made)[0]])
    assert not Entry.objects.exists()


def test_many_move_together_or_not_at_all(district, water, officer, lead, second_lead):
    made = streams(district, water)
    written = many_entries.write_entries(officer, district, rows(made)).entries
    assert many_entries.submit_entries(officer, written) == 3
    with pytest.raises(entries.UnableToMoveEntry, match="理由"):
        many_entries.return_entries(lead, written, " ")
    many_entries.return_entries(lead, written, "单位不对")
    # What was given back must be answered, even by the same number.
    answered = many_entries.write_entries(lead, district, rows(made)).entries
    assert len(answered) == 3
    many_entries.submit_entries(lead, answered)
    with pytest.raises(entries.UnableToMoveEntry, match="填报人不能审定"):
        many_entries.approve_entries(lead, answered)
    with pytest.raises(NotPermitted):
        many_entries.approve_entries(officer, answered)
    with pytest.raises(entries.UnableToMoveEntry, match="有 3 个数值"):
        many_entries.publish_entries(lead, answered)
    with pytest.raises(entries.UnableToMoveEntry, match="有 3 个数值"):
        many_entries.approve_entries(second_lead, [*answered, *written])
    many_entries.approve_entries(second_lead, answered)
    many_entries.publish_entries(lead, answered)
    newest = many_entries.newest_entries([s.pk for s in made], YEAR)
    assert {(e.revision, e.status) for e in newest} == {(2, EntryStatus.PUBLISHED)}
    assert {e.decided_by_id for e in newest} == {lead.person_id}
