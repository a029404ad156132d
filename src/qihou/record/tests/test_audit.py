"""The chain: whatever is done to an event behind the program's back shows."""

from __future__ import annotations

import copy
import json
import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from qihou.record.api import audit
from qihou.record.api.access import Actor
from qihou.record.models import AuditEvent
from qihou.record.models.audit import AuditLogIsAppendOnly

from .builders import make_district

SYSTEM = Actor.system("test")


def rows() -> list[dict]:
    return [json.loads(line) for line in audit.export()]


def chain(length: int) -> list[dict]:
    """A valid chain, made without a database."""
    events, last = [], ""
    for sequence in range(1, length + 1):
        row = {
            "uid": f"00000000-0000-4000-8000-{sequence:012d}", "chain": "", "sequence": sequence,
            "at": f"2026-01-01T00:00:{sequence:02d}.000000+00:00", "actor_uid": None, "actor_name": "某人",
            "district_code": "", "act": "entry.write", "about_kind": "", "about_uid": None,
            "detail": {"value": str(sequence)}, "previous_hash": last,
        }  # fmt: skip
        last = row["hash"] = audit.digest(row)
        events.append(row)
    return events


def test_each_district_has_its_own_chain(district, other_district):
    audit.write(SYSTEM, "a.one", district=district)
    audit.write(SYSTEM, "b.one", district=other_district)
    audit.write(SYSTEM, "a.two", district=district)
    audit.write(SYSTEM, "installation.act", district=None)
    result = audit.verify()
    assert result.ok
    assert result.count == 4
    assert {key: sequence for key, (sequence, _) in result.heads.items()} == {
        str(district.uid): 2,
        str(other_district.uid): 1,
        "": 1,
    }


def test_the_event_holds_who_what_and_when(district, lead):
    event = audit.write(
        lead, "entry.write", district=district, about=district,
        detail={"value": Decimal("0.50"), "on": date(2026, 1, 2), "half": 0.5, "n": 3, "none": None},
    )  # fmt: skip
    event.refresh_from_db()
    assert event.actor_uid == lead.person_uid
    assert (event.about_kind, event.about_uid, event.district_code) == ("record.feature", district.uid, "500151")
    assert event.detail == {"value": "0.50", "on": "2026-01-02", "half": "0.5", "n": 3, "none": None}


@pytest.mark.parametrize("key", ["password", "new_password", "api_token", "phone", "secret"])
def test_secrets_are_refused(district, key):
    with pytest.raises(audit.UnfitForAudit, match=key):
        audit.write(SYSTEM, "x", district=district, detail={"nested": [{key: "1"}]})
    assert not AuditEvent.objects.exists()


def test_text_that_databases_refuse_is_kept_readable(district):
    event = audit.write(Actor.system("a\x00b"), "x", district=district, detail={"note": "c\x00d \ud800"})
    event.refresh_from_db()
    assert (event.actor_name, event.detail["note"]) == ("a\ufffdb", "c\ufffdd ?")
    assert audit.verify().ok


def test_the_orm_changes_and_removes_nothing(district):
    event = audit.write(SYSTEM, "a", district=district)
    event.act = "b"
    for attempt in (
        event.save,
        event.delete,
        lambda: AuditEvent.objects.update(act="b"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.filter(pk=event.pk).update(act="b"),
        lambda: AuditEvent.objects.bulk_update([event], ["act"]),
        lambda: AuditEvent.objects.create(sequence=9, act="b"),
        lambda: AuditEvent._base_manager.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(AuditLogIsAppendOnly):
            attempt()
    assert AuditEvent.objects.get().act == "a"


def test_a_sequence_is_given_once(district):
    event = audit.write(SYSTEM, "a", district=district)
    twin = copy.copy(event)
    twin.pk, twin.hash = None, "0" * 64
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.append([twin])


def test_an_act_undone_leaves_no_event(district):
    with transaction.atomic():
        audit.write(SYSTEM, "a", district=district)
        transaction.set_rollback(True)
    audit.write(SYSTEM, "b", district=district)
    assert audit.verify().ok
    assert [e.sequence for e in AuditEvent.objects.all()] == [1]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE record_auditevent SET act = 'other' WHERE sequence = 3",
        "UPDATE record_auditevent SET actor_name = 'somebody' WHERE sequence = 3",
        "UPDATE record_auditevent SET hash = previous_hash || 'x' WHERE sequence = 3",
        "DELETE FROM record_auditevent WHERE sequence = 3",
    ],
)
def test_changes_behind_the_orm_are_named(district, sql):
    for number in range(5):
        audit.write(SYSTEM, "a", district=district, detail={"n": number})
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("previous_hash || 'x'", "'0'"))
    result = audit.verify()
    assert not result.ok
    assert (result.broken_chain, result.broken_sequence) == (str(district.uid), 3)


def test_a_log_cut_short_is_found_by_its_noted_head(district):
    audit.write(SYSTEM, "a", district=district)
    head = audit.write(SYSTEM, "b", district=district).hash
    assert audit.contains(head)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM record_auditevent WHERE sequence = 2")
    assert audit.verify().ok  # a shorter chain still holds
    assert not audit.contains(head)  # the head does not


def test_the_export_verifies_offline_and_a_changed_line_is_named(district):
    for number in range(3):
        audit.write(SYSTEM, "a", district=district, detail={"n": number, "文": "字"})
    lines = list(audit.export())
    assert audit.verify(audit.read_export(lines)).ok
    lines[1] = lines[1].replace("字", "词")
    assert audit.verify(audit.read_export(lines)).broken_sequence == 2


@pytest.mark.parametrize("line", ["no json", "[]", '{"sequence": 1}'])
def test_what_is_no_export_is_refused_with_its_line(line):
    with pytest.raises(ValueError, match="line 1"):
        audit.verify(audit.read_export([line]))


VALID = chain(8)


def test_the_handmade_chain_holds():
    assert audit.verify(VALID).ok


@given(st.integers(0, 6))
def test_any_removed_event_but_the_last_is_found(index):
    broken = VALID[:index] + VALID[index + 1 :]
    assert audit.verify(broken).broken_sequence == index + 1


@given(st.integers(0, 7), st.integers(0, 7))
def test_any_two_swapped_events_are_found(first, second):
    swapped = list(VALID)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    result = audit.verify(swapped)
    assert result.ok == (first == second)
    if not result.ok:
        assert result.broken_sequence == min(first, second) + 1


FIELD_VALUES = st.one_of(
    st.none(), st.text(max_size=5), st.integers(), st.dictionaries(st.text(max_size=3), st.integers())
)


@given(st.integers(0, 7), st.sampled_from([*audit.FIELDS, "hash"]), FIELD_VALUES)
def test_any_changed_field_is_found(index, field, value):
    changed = copy.deepcopy(VALID)
    same = changed[index][field] == value
    changed[index][field] = value
    result = audit.verify(changed)
    assert result.ok == same
    if not same and field != "chain":
        assert result.broken_sequence == index + 1


@given(st.integers(0, 8), st.booleans())
def test_any_inserted_event_is_found(index, recompute):
    extra = copy.deepcopy(VALID[min(index, 7)])
    extra["act"] = "forged"
    if recompute:  # the forger computes the event's own hash, but not those after it
        extra["previous_hash"] = VALID[index - 1]["hash"] if index else ""
        extra["sequence"] = index + 1
        extra["hash"] = audit.digest(extra)
    result = audit.verify([*VALID[:index], extra, *VALID[index:]])
    if recompute and index == len(VALID):
        assert result.ok  # appending a well-made event is what the log is for
    else:
        assert result.broken_sequence in (index + 1, index + 2)


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_moment_make_one_chain():
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("threads share one connection to an in-memory database; test_processes.py does it with processes")
    district = make_district("500151", "铜梁区")

    def work() -> None:
        for _ in range(10):
            with transaction.atomic():
                audit.write(SYSTEM, "a", district=district)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result = audit.verify()
    assert result.ok
    assert result.count == 40
