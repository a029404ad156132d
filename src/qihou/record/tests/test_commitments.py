from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qihou.record.api import commitments
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.models import AuditEvent, Commitment


def waiting(lead, district):
    return commitments.commit(
        lead, district, kind="target", title="单位GDP二氧化碳排放降低", unit="%", nature="binding", assigned_later=True
    )


def test_the_municipalitys_number_arrives_later_and_may_change(lead, district):
    row = waiting(lead, district)
    assert row.value is None
    row = commitments.assign_value(lead, row, Decimal("18.0"), note="渝环〔2022〕1号")
    row = commitments.assign_value(lead, row, Decimal("19.50"), note="渝环〔2023〕2号", unit="%")
    row.refresh_from_db()
    assert (format(row.value, "f"), row.assigned_later) == ("19.50", False)
    history = [
        (e.detail["before"], e.detail["value"], e.detail["note"])
        for e in AuditEvent.objects.filter(act="commitment.assign")
    ]
    assert history == [(None, "18.0", "渝环〔2022〕1号"), ("18.0", "19.50", "渝环〔2023〕2号")]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"value": Decimal(1), "assigned_later": True}, "not waiting"),
        ({"value": Decimal("NaN")}, "finite"),
        ({"kind": "deadline"}, "needs its day"),
    ],
)
def test_what_is_no_promise_is_refused(lead, district, given, sentence):
    with pytest.raises(commitments.UnableToCommit, match=sentence):
        commitments.commit(lead, district, **{"kind": "target", "title": "t", **given})
    assert not Commitment.objects.exists()


def test_an_assignment_needs_its_document_and_unit(lead, district):
    row = waiting(lead, district)
    for given, sentence in [
        ({"note": " "}, "which document"),
        ({"note": "x", "unit": "t"}, "convert"),
    ]:
        with pytest.raises(commitments.UnableToCommit, match=sentence):
            commitments.assign_value(lead, row, Decimal(1), **given)
    with pytest.raises(commitments.UnableToCommit, match="finite"):
        commitments.assign_value(lead, row, Decimal("Infinity"), note="x")


def test_a_withdrawn_promise_stays_on_record_and_moves_no_more(lead, district):
    row = commitments.commit(lead, district, kind="deadline", title="t", due_on=date(2025, 12, 31))
    with pytest.raises(commitments.UnableToCommit, match="why"):
        commitments.withdraw(lead, row, "")
    assert commitments.withdraw(lead, row, "规划修编").withdrawn_at
    for act in (
        lambda: commitments.withdraw(lead, row, "x"),
        lambda: commitments.assign_value(lead, row, Decimal(1), note="x"),
    ):
        with pytest.raises(commitments.UnableToCommit, match="withdrawn"):
            act()
    assert Commitment.objects.count() == 1


def test_only_the_lead_bureau_promises(officer, auditor, administrator, lead, district):
    row = waiting(lead, district)
    for actor in (officer, auditor, administrator, Actor.public()):
        with pytest.raises(NotPermitted):
            waiting(actor, district)
        with pytest.raises(NotPermitted):
            commitments.assign_value(actor, row, Decimal(1), note="x")
        with pytest.raises(NotPermitted):
            commitments.withdraw(actor, row, "x")
