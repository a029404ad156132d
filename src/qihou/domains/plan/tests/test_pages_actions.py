"""A finding handed to an organisation: by whom, seen by whom, done, confirmed, given back; and the list with its exports."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from qihou.domains.plan.api import actions, todo
from qihou.domains.plan.api.errors import UnableToChange, UnableToFind
from qihou.domains.plan.models import PlanVersion
from qihou.record.models import Action, Finding

from .api_world import World, item, make_world, take_in
from .working_world import signed_in, url

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 30)


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_ROOT = tmp_path
    return make_world()


@pytest.fixture
def version(world: World) -> PlanVersion:
    return take_in(world)


@pytest.fixture
def finding(version: PlanVersion) -> Finding:
    return Finding.objects.get(about_uid=version.uid, severity="error")


@pytest.fixture
def asked(world: World, finding: Finding) -> Action:
    return hand(world, finding)


def hand(world: World, finding: Finding, **other) -> Action:
    given = {
        "organisation": world.forestry.uid, "kind": "check", "title": "核对造林面积",
        "due_on": timezone.localdate() + timedelta(days=14), "today": timezone.localdate(),
    }  # fmt: skip
    return actions.hand_out(world.actor("lead"), world.district, finding.uid, **{**given, **other})


def test_what_is_due_by_default_is_ten_working_days_on():
    # From 30 September 2025: 9, 10, 11 (Saturday, worked), 13, 14, 15, 16, 17, 20, 21 October are ten.
    found = actions.due_by_default(TODAY)
    assert (found.day, found.announced) == (date(2025, 10, 21), True)


def test_the_bureau_hands_a_finding_out_and_the_organisation_sees_it(world, version, finding):
    client = signed_in(world, "lead")
    page = client.get(url(world, "hand_out", uid=finding.uid)).content.decode()
    assert "10 个工作日" in page
    sent = {
        "organisation": world.forestry.uid, "kind": "check", "title": "核对造林面积",
        "due_on": (timezone.localdate() + timedelta(days=14)).isoformat(),
    }  # fmt: skip
    answer = client.post(url(world, "hand_out", uid=finding.uid), sent)
    assert answer.status_code == 303
    made = Action.objects.get()
    assert answer["Location"] == url(world, "action", uid=made.uid)
    assert (made.finding_id, made.organisation_id, made.state) == (finding.pk, world.forestry.pk, "open")
    for who, name in (("forestry", "mine"), ("forestry", "actions"), ("lead", "actions"), ("lead", "findings")):
        assert "核对造林面积" in signed_in(world, who).get(url(world, name)).content.decode(), (who, name)
    assert "核对造林面积" in client.get(url(world, "finding_state", uid=finding.uid)).content.decode()
    assert "核对造林面积" not in signed_in(world, "finance").get(url(world, "mine")).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"organisation": ""}, "哪个单位"),
        ({"organisation": "x"}, "哪个单位"),
        ({"kind": "fly"}, "办什么"),
        ({"title": " "}, "要办什么"),
        ({"title": "改" * 401}, "最多写 400 字"),
        ({"due_on": "明天"}, "期限"),
        ({"due_on": "2020-01-01"}, "已经过了"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(world, finding, wrong, said):
    sent = {
        "organisation": str(world.forestry.uid), "kind": "check", "title": "核对",
        "due_on": (timezone.localdate() + timedelta(days=1)).isoformat(), **wrong,
    }  # fmt: skip
    answer = signed_in(world, "lead").post(url(world, "hand_out", uid=finding.uid), sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Action.objects.exists()


def test_an_organisation_that_leads_the_rows_is_offered(world, version, finding):
    # 森林覆盖率 stands on one line and is led by 区林业局 alone.
    finding.lines = [item(version, "indicator", 1).first_line]
    finding.save()
    found = todo.suggested(world.actor("lead"), world.district, finding.uid)
    assert (found.organisation, found.leads) == (world.forestry.uid, ("区林业局",))
    finding.lines = []
    finding.save()
    assert todo.suggested(world.actor("lead"), world.district, finding.uid).organisation is None


def test_done_given_back_done_and_confirmed(world, asked):
    page = url(world, "action", uid=asked.uid)
    officer, bureau = signed_in(world, "forestry"), signed_in(world, "lead")
    empty = officer.post(page, {"act": "finish", "note": " "})
    assert empty.status_code == 422
    assert "请写明办了什么" in empty.content.decode()
    assert officer.post(page, {"act": "finish", "note": "已核对，改为 320 公顷"}).status_code == 303
    assert "已核对，改为 320 公顷" in bureau.get(page).content.decode()
    assert bureau.post(page, {"act": "reopen", "note": "缺依据"}).status_code == 303
    assert "缺依据" in officer.get(page).content.decode()
    assert officer.post(page, {"act": "finish", "note": "附上普查公报"}).status_code == 303
    assert bureau.post(page, {"act": "confirm", "note": ""}).status_code == 303
    asked.refresh_from_db()
    assert asked.state == "closed"
    again = bureau.post(page, {"act": "confirm", "note": ""})
    assert again.status_code == 422
    assert "已经有了变化" in again.content.decode()
    assert "核对造林面积" not in bureau.get(url(world, "actions")).content.decode()
    assert "核对造林面积" in bureau.get(url(world, "actions") + "?show=all").content.decode()


def test_who_reports_it_done_for_another_does_not_confirm_it(world, asked):
    page = url(world, "action", uid=asked.uid)
    bureau = signed_in(world, "lead")
    bureau.post(page, {"act": "finish", "note": "电话核对"})
    assert "另一位复核人员" in bureau.get(page).content.decode()
    assert bureau.post(page, {"act": "confirm"}).status_code == 422
    assert todo.actions_waiting(world.actor("lead"), world.district.pk) == 0, "it waits for the other one"
    assert todo.actions_waiting(world.actor("lead2"), world.district.pk) == 1
    assert signed_in(world, "lead2").post(page, {"act": "confirm"}).status_code == 303


@pytest.mark.parametrize("who", ["finance", "auditor", "administrator"])
def test_others_may_look_and_not_act(world, finding, asked, who):
    client, page = signed_in(world, who), url(world, "action", uid=asked.uid)
    shown = client.get(page)
    assert shown.status_code == 200
    assert 'name="act"' not in shown.content.decode()
    for act in ("finish", "confirm", "reopen", "withdraw"):
        assert client.post(page, {"act": act, "note": "因"}).status_code == 403
    assert client.get(url(world, "hand_out", uid=finding.uid)).status_code == 403
    asked.refresh_from_db()
    assert asked.state == "open"


def test_a_department_reports_and_does_not_decide(world, asked):
    client, page = signed_in(world, "forestry"), url(world, "action", uid=asked.uid)
    client.post(page, {"act": "finish", "note": "已改"})
    for act in ("confirm", "reopen", "withdraw"):
        assert client.post(page, {"act": act, "note": "因"}).status_code == 403


def test_what_was_asked_by_mistake_is_withdrawn_and_stays_on_record(world, asked):
    client, page = signed_in(world, "lead"), url(world, "action", uid=asked.uid)
    assert client.post(page, {"act": "withdraw", "note": "重复"}).status_code == 303
    assert "核对造林面积" not in signed_in(world, "forestry").get(url(world, "mine")).content.decode()
    assert "重复" in client.get(page).content.decode()


def test_counts_say_what_waits_for_whom(world, finding, asked):
    def waiting(who: str) -> int:
        return todo.actions_waiting(world.actor(who), world.district.pk)

    hand(world, finding, organisation=world.finance.uid)
    assert {who: waiting(who) for who in ("forestry", "finance", "lead", "auditor")} == {
        "forestry": 1, "finance": 1, "lead": 0, "auditor": 0,
    }  # fmt: skip
    actions.finish(world.actor("forestry"), world.district, asked.uid, "已改")
    assert (waiting("forestry"), waiting("lead")) == (0, 1)


def test_the_list_says_what_is_late_and_goes_out_to_excel_and_csv(world, finding, asked):
    Action.objects.filter(pk=asked.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    hand(world, finding, title="另一件", organisation=world.finance.uid)
    client, page = signed_in(world, "lead"), url(world, "actions")
    text = client.get(page).content.decode()
    assert "已逾期 3 天" in text
    late = client.get(page + "?late=1").content.decode()
    assert "核对造林面积" in late
    assert "另一件" not in late
    csv = client.get(page + "?export=csv").content.decode("utf-8-sig")
    assert "核对造林面积" in csv
    assert "区林业局" in csv
    assert client.get(page + "?export=xlsx")["Content-Type"].startswith("application/vnd.openxmlformats")


def test_the_list_costs_no_more_queries_for_more_rows(world, finding, asked):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in(world, "lead"), []
    client.get(url(world, "actions"))
    for _more in range(2):
        with CaptureQueriesContext(connection) as asked_of:
            client.get(url(world, "actions"))
        counts.append(len(asked_of))
        for n in range(10):
            hand(world, finding, title=f"第{n}件")
    assert counts[0] == counts[1]


def test_another_districts_action_is_not_found(world, asked):
    other = make_world("999902", "邻区")
    with pytest.raises(UnableToFind):
        todo.action_page(other.actor("lead"), other.district, asked.uid, today=TODAY, language="")
    with pytest.raises(UnableToChange):
        actions.confirm(world.actor("lead"), world.district, asked.uid)
