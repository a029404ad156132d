"""An action from asking to confirming, by every role; expected states written out by hand."""

from __future__ import annotations

import pytest

from qihou.record.api import actions
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.models import AuditEvent


@pytest.fixture
def asked(lead, district, water):
    return actions.open_action(lead, district, kind="correct", title="改总数", organisation=water)


def test_asked_done_given_back_done_again_and_closed(lead, officer, asked):
    assert actions.finish_action(officer, asked, "已改").state == "done"
    assert actions.reopen_action(lead, asked, "附件三没有改").state == "open"
    assert actions.finish_action(officer, asked, "附件三也改了").state == "done"
    assert actions.confirm_action(lead, asked).state == "closed"
    steps = [(s.step, s.note, s.by_id) for s in asked.steps.all()]
    assert steps == [
        ("opened", "", lead.person_id),
        ("done", "已改", officer.person_id),
        ("reopened", "附件三没有改", lead.person_id),
        ("done", "附件三也改了", officer.person_id),
        ("confirmed", "", lead.person_id),
    ]
    events = AuditEvent.objects.filter(about_uid=asked.uid).order_by("sequence").values_list("act", flat=True)
    assert list(events) == ["action.open", "action.done", "action.reopened", "action.done", "action.confirmed"]


@pytest.mark.parametrize("note", ["", "  "])
def test_a_step_that_must_say_something_says_it(lead, officer, asked, note):
    for act, actor in (
        (actions.finish_action, officer),
        (actions.reopen_action, lead),
        (actions.withdraw_action, lead),
    ):
        with pytest.raises(actions.UnableToTakeStep) as refused:
            act(actor, asked, note)
        assert refused.value.reason == "note"


def test_steps_follow_one_another(lead, officer, asked):
    for early in (actions.confirm_action, actions.reopen_action):
        with pytest.raises(actions.UnableToTakeStep) as refused:
            early(lead, asked, "早了")
        assert refused.value.reason == "state"
    actions.finish_action(officer, asked, "已改")
    with pytest.raises(actions.UnableToTakeStep):
        actions.finish_action(officer, asked, "又改")
    actions.withdraw_action(lead, asked, "不用改了")
    for late in (actions.confirm_action, actions.reopen_action, actions.withdraw_action):
        with pytest.raises(actions.UnableToTakeStep):
            late(lead, asked, "迟了")


def test_nobody_confirms_what_he_did_himself(lead, second_lead, district, bureau):
    own = actions.open_action(lead, district, kind="correct", title="改名称", organisation=bureau)
    actions.finish_action(lead, own, "已改")
    with pytest.raises(actions.UnableToTakeStep) as refused:
        actions.confirm_action(lead, own)
    assert refused.value.reason == "own"
    assert actions.confirm_action(second_lead, own).state == "closed"


def test_a_department_finishes_only_its_own(lead, officer, auditor, administrator, district, bureau, asked):
    theirs = actions.open_action(lead, district, kind="correct", title="改名称", organisation=bureau)
    nobodys = actions.open_action(lead, district, kind="correct", title="改名称")
    for actor in (officer, auditor, administrator, Actor.public()):
        for action in (theirs, nobodys):
            with pytest.raises(NotPermitted):
                actions.finish_action(actor, action, "x")
        with pytest.raises(NotPermitted):
            actions.open_action(actor, district, kind="k", title="t")
        for decide in (actions.confirm_action, actions.reopen_action, actions.withdraw_action):
            with pytest.raises(NotPermitted):
                decide(actor, asked, "x")
    assert actions.finish_action(lead, nobodys, "已改").state == "done"
