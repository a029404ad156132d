from __future__ import annotations

from uuid import uuid4

import pytest

from qihou.record.api import findings
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.api.findings import NewFinding
from qihou.record.models import AuditEvent, Finding, FindingState

V1, V2 = uuid4(), uuid4()
SUM = NewFinding("sum.column", "error", {"claimed": "10", "counted": "9", "lines": [3, 4]}, (3, 4))
NAME = NewFinding("name.varies", "warning", {"names": ["甲", "乙"]}, (7,))


def record(actor, district, items, about=V1, **more):
    return findings.record_findings(actor, district, about_kind="plan.version", about_uid=about, items=items, **more)


def test_found_again_keeps_its_row_and_state(lead, district):
    first = record(lead, district, [SUM, NAME])
    findings.set_state(lead, first[0], "explained", "四舍五入")
    moved = NewFinding("sum.column", "error", {"claimed": "10", "counted": "9", "lines": [30]}, (30,))
    again = record(lead, district, [NAME, moved])
    assert [f.pk for f in again] == [first[1].pk, first[0].pk]
    assert Finding.objects.get(pk=first[0].pk).state == FindingState.EXPLAINED
    assert AuditEvent.objects.filter(act="finding.record").count() == 1  # the second time nothing was new


@pytest.mark.parametrize("where", ["at", "line", "lines", "quote", "quotes"])
def test_where_it_stands_is_no_part_of_what_it_is(where):
    here, there = (NewFinding("k", "note", {"name": "甲", where: [n]}) for n in (1, 2))
    assert findings.fingerprint(here) == findings.fingerprint(there)
    assert findings.fingerprint(here) != findings.fingerprint(NewFinding("k", "note", {"name": "乙", where: [1]}))
    assert findings.fingerprint(here) != findings.fingerprint(NewFinding("other", "note", {"name": "甲"}))


def test_other_numbers_are_another_finding(lead, district):
    record(lead, district, [SUM])
    record(lead, district, [NewFinding("sum.column", "error", {"claimed": "10", "counted": "8"})])
    assert Finding.objects.count() == 2


def test_the_same_words_twice_in_a_document_are_two(lead, district):
    rows = record(lead, district, [NAME, NAME])
    assert len({f.pk for f in rows}) == 2
    assert [f.pk for f in record(lead, district, [NAME, NAME])] == [f.pk for f in rows]


def test_explanations_carry_over_to_the_next_version(lead, district):
    first = record(lead, district, [SUM, NAME])
    findings.set_state(lead, first[1], "explained", "两种写法均可")
    second = record(lead, district, [SUM, NAME], about=V2, inherit_from=V1)
    assert [f.state for f in second] == ["open", "explained"]
    assert second[1].state_note == "两种写法均可"
    assert second[1].pk != first[1].pk


def test_what_is_no_longer_found_is_corrected_only_when_the_list_is_complete(lead, district):
    record(lead, district, [SUM, NAME])
    record(lead, district, [NAME])
    assert Finding.objects.filter(state="open").count() == 2
    record(lead, district, [NAME], complete=True)
    assert dict(Finding.objects.values_list("kind", "state")) == {"sum.column": "corrected", "name.varies": "open"}


@pytest.mark.parametrize(
    ("state", "note", "corrected_in", "sentence"),
    [
        ("explained", " ", "", "needs the explanation"),
        ("corrected", "", "", "needs the version"),
        ("wonderful", "x", "", "none of them"),
    ],
)
def test_a_state_needs_its_reason(lead, district, state, note, corrected_in, sentence):
    row = record(lead, district, [SUM])[0]
    with pytest.raises(findings.UnableToSettle, match=sentence):
        findings.set_state(lead, row, state, note, corrected_in)


def test_states_are_logged_with_who_and_why(lead, district):
    row = record(lead, district, [SUM])[0]
    findings.set_state(lead, row, "corrected", corrected_in="第2版")
    row = findings.set_state(lead, row, "open", "改回")
    assert row.state_by_id == lead.person_id
    assert [(e.detail["from"], e.detail["to"]) for e in AuditEvent.objects.filter(act="finding.state")] == [
        ("open", "corrected"), ("corrected", "open"),
    ]  # fmt: skip


def test_many_are_recorded_in_few_queries(lead, district, django_assert_max_num_queries):
    many = [NewFinding("k", "note", {"n": n}) for n in range(400)]
    with django_assert_max_num_queries(20):  # SQLite takes some sixty rows at once
        record(lead, district, many)


def test_who_may_record_and_settle(lead, officer, auditor, district):
    row = record(lead, district, [SUM])[0]
    for actor in (officer, auditor, Actor.public()):
        with pytest.raises(NotPermitted):
            record(actor, district, [NAME])
        with pytest.raises(NotPermitted):
            findings.set_state(actor, row, "explained", "x")
