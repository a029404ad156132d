"""The reviewer's page: what comes first, correcting, deciding, matching, confirming, undoing; adopting and settling."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from qihou.domains.plan.api import desk
from qihou.domains.plan.models import Correction, Involvement, Item, PlanVersion
from qihou.record.models import Finding

from .api_world import World, item, make_world, take_in
from .working_world import signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_ROOT = tmp_path
    return make_world()


@pytest.fixture
def version(world: World) -> PlanVersion:
    return take_in(world)


def review(world: World, version: PlanVersion, row: Item | None = None, show: str = "all") -> str:
    address = url(world, "review", number=version.number) + f"?show={show}"
    return f"{address}&row={row.uid}" if row else address


def test_undetermined_rows_come_first_then_the_least_sure(world, version):
    rows = desk.queue(world.actor("lead"), world.district, version.uid, show="all").rows
    # 湿地面积 has two open cells, 造林 two funding cells, 污水厂改造 an organisation nobody knows.
    assert {r.title.split(" ")[0] for r in rows[:3]} == {"湿地面积", "造林", "污水厂改造"}
    assert all(r.is_open for r in rows[:3])
    assert not any(r.is_open for r in rows[3:])


def test_the_page_opens_on_what_is_undetermined_and_shows_the_documents_lines(world, version):
    page = signed_in(world, "lead").get(url(world, "review", number=version.number)).content.decode()
    assert "待定" in page
    assert 'class="cited' in page
    assert "湿地面积 公顷 320" in page, "the line of the document stands beside the row"


def test_a_correction_is_kept_with_its_reason_and_can_be_undone(world, version):
    row = item(version, "indicator", 1)
    client = signed_in(world, "lead")
    sent = {"act": "correct", "field": "target", "value": "46", "reason": "与印发稿核对"}
    answer = client.post(review(world, version, row), sent)
    assert answer.status_code == 303
    row.refresh_from_db()
    assert row.indicator.target == Decimal("46")
    page = client.get(review(world, version, row)).content.decode()
    assert "与印发稿核对" in page
    assert "撤销这次更正" in page
    assert client.post(review(world, version, row), {"act": "undo", "field": "target"}).status_code == 303
    row.indicator.refresh_from_db()
    row.refresh_from_db()
    assert row.indicator.target == Decimal("45.5")
    assert row.review == "unreviewed"
    assert Correction.objects.filter(item=row).count() == 2, "the log keeps both"


def test_undoing_a_decision_makes_the_cell_undetermined_again(world, version):
    row = item(version, "indicator", 3)
    client = signed_in(world, "lead")
    client.post(
        review(world, version, row), {"act": "correct", "field": "base", "value": "310", "reason": "林业局确认"}
    )
    row.refresh_from_db()
    assert row.open_cells == 1
    client.post(review(world, version, row), {"act": "undo", "field": "base"})
    row = Item.objects.get(pk=row.pk)
    assert row.open_cells == 2
    assert row.cells["base"]["undetermined"]
    assert row.indicator.base is None


@pytest.mark.parametrize(
    ("field", "value", "reason", "said"),
    [
        ("target", "四十六", "看过", "不是数字"),
        ("target_year", "二五", "看过", "不是年份"),
        ("target", "46", "", "理由"),
        ("nature", "绝对", "看过", "不在可选项中"),
        ("nonsense", "1", "看过", "没有"),
    ],
)
def test_a_wrong_value_is_refused_in_its_place_and_kept(world, version, field, value, reason, said):
    row = item(version, "indicator", 1)
    sent = {"act": "correct", "field": field, "value": value, "reason": reason}
    answer = signed_in(world, "lead").post(review(world, version, row), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    if field in ("target", "target_year"):
        assert f'value="{value}"' in page
    assert not Correction.objects.exists()


def test_funding_offers_every_column_and_fills_the_one_chosen(world, version):
    row = item(version, "project", 2)  # 造林: 300.50 printed once, upper or district undecided, private read as blank
    client = signed_in(world, "lead")
    page = client.get(review(world, version, row)).content.decode()
    assert 'value="300.50||"' in page
    assert 'value="|300.50|"' in page
    assert 'value="||300.50"' not in page, "private is settled as blank, so it is no choice"
    answer = client.post(review(world, version, row), {"act": "funding", "choice": "|300.50|", "reason": "财政局确认"})
    assert answer.status_code == 303
    row = Item.objects.get(pk=row.pk)
    assert row.project.district_budget == Decimal("300.50")
    assert row.project.upper_level is None
    assert row.open_cells == 0


@pytest.mark.parametrize(
    ("choice", "reason"), [("||300.50", "看过"), ("", "看过"), ("999||", "看过"), ("300.50||", "")]
)
def test_funding_takes_no_other_choice_and_needs_a_reason(world, version, choice, reason):
    row = item(version, "project", 2)
    answer = signed_in(world, "lead").post(
        review(world, version, row), {"act": "funding", "choice": choice, "reason": reason}
    )
    assert answer.status_code == 422
    assert Item.objects.get(pk=row.pk).open_cells == 2
    assert not Correction.objects.exists()


def test_matching_a_name_links_every_row_of_it(world, version):
    row = item(version, "project", 1)
    client = signed_in(world, "lead")
    assert "没有对上单位" in client.get(review(world, version, row)).content.decode()
    sent = {"act": "match", "printed": "某集团", "organisation": str(world.finance.uid)}
    assert client.post(review(world, version, row), sent).status_code == 303
    assert not Involvement.objects.filter(printed="某集团", organisation=None).exists()


def test_matching_without_a_choice_says_so(world, version):
    row = item(version, "project", 1)
    answer = signed_in(world, "lead").post(
        review(world, version, row), {"act": "match", "printed": "某集团", "organisation": ""}
    )
    assert answer.status_code == 422
    assert "请选择" in answer.content.decode()


def test_confirming_goes_on_to_the_next_row(world, version):
    rows = desk.queue(world.actor("lead"), world.district, version.uid, show="all").rows
    sure = [r for r in rows if not r.is_open]
    row = Item.objects.get(uid=sure[0].uid)
    answer = signed_in(world, "lead").post(review(world, version, row), {"act": "confirm"})
    assert answer.status_code == 303
    assert f"row={sure[1].uid}" in answer.url
    row.refresh_from_db()
    assert row.review == "confirmed"


def test_an_undetermined_row_cannot_be_confirmed(world, version):
    row = item(version, "indicator", 3)
    answer = signed_in(world, "lead").post(review(world, version, row), {"act": "confirm"})
    assert answer.status_code == 422
    row.refresh_from_db()
    assert row.review == "unreviewed"


def test_rows_surely_read_are_confirmed_together_and_no_others(world, version):
    answer = signed_in(world, "lead").post(review(world, version), {"act": "confirm_sure"})
    assert answer.status_code == 303
    # 3 + 2 + 3 rows, of which three are open (see above)
    assert Item.objects.filter(version=version, review="confirmed").count() == 5
    assert not Item.objects.filter(version=version, review="confirmed", open_cells__gt=0).exists()


@pytest.mark.parametrize("who", ["finance", "town", "auditor"])
def test_others_may_look_but_not_touch(world, version, who):
    row = item(version, "indicator", 1)
    client = signed_in(world, who)
    page = client.get(review(world, version, row)).content.decode()
    assert "<form" not in page.split("<main", 1)[1].split("</main>", 1)[0]
    for sent in ({"act": "confirm"}, {"act": "confirm_sure"}, {"act": "undo", "field": "target"},
                 {"act": "correct", "field": "target", "value": "1", "reason": "x"},
                 {"act": "funding", "choice": "1||", "reason": "x"}):  # fmt: skip
        assert client.post(review(world, version, row), sent).status_code == 403
    assert not Correction.objects.exists()


def test_a_row_of_another_version_or_district_is_not_shown(world, version):
    other = make_world("999902", "别区")
    foreign = item(take_in(other, content=b"two"), "indicator", 1)
    answer = signed_in(world, "lead").get(review(world, version, foreign))
    assert answer.status_code == 404
    assert signed_in(world, "lead").get(url(other, "review", number=1)).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_rows(world, django_assert_max_num_queries):
    from .api_world import register

    small = take_in(world, content=b"small")
    large = take_in(world, register(10), content=b"large", plan_code="large")
    client = signed_in(world, "lead")
    counts = []
    for version, plan in ((small, small.plan.code), (large, "large")):
        with django_assert_max_num_queries(60) as counted:
            assert client.get(url(world, "review", number=version.number) + f"?plan={plan}&show=all").status_code == 200
        counts.append(len(counted))
    assert counts[1] <= counts[0] + 1, counts


def test_adopting_with_open_cells_needs_a_reason(world, version):
    client = signed_in(world, "lead")
    page = client.get(url(world, "adopt", number=version.number)).content.decode()
    assert "采用之后" in page
    assert "为什么现在就采用" in page
    answer = client.post(url(world, "adopt", number=version.number), {"act": "adopt", "note": " "})
    assert answer.status_code == 422
    version.refresh_from_db()
    assert version.status == "review"
    sent = {"act": "adopt", "note": "资金来源年内补齐"}
    assert client.post(url(world, "adopt", number=version.number), sent).status_code == 303
    version.refresh_from_db()
    assert (version.status, version.status_note) == ("adopted", "资金来源年内补齐")


def test_a_second_version_says_what_it_replaces(world, version):
    client = signed_in(world, "lead")
    client.post(url(world, "adopt", number=1), {"act": "adopt", "note": "先用"})
    take_in(world, content=b"second")
    page = client.get(url(world, "adopt", number=2)).content.decode()
    assert "第 1 版转为" in page
    assert url(world, "compare") in page


def test_discarding_needs_a_reason_and_keeps_the_version(world, version):
    client = signed_in(world, "lead")
    assert client.post(url(world, "adopt", number=1), {"act": "discard"}).status_code == 422
    assert client.post(url(world, "adopt", number=1), {"act": "discard", "discard_note": "传错文件"}).status_code == 303
    version.refresh_from_db()
    assert version.status == "discarded"
    assert "已作废" in client.get(url(world, "versions")).content.decode()


def test_findings_take_their_states(world, version):
    finding = Finding.objects.filter(about_uid=version.uid, severity="error").get()
    client = signed_in(world, "lead")
    address = url(world, "finding_state", uid=finding.uid)
    assert client.get(address).status_code == 200
    answer = client.post(address, {"state": "explained", "note": ""})
    assert answer.status_code == 422
    assert client.post(address, {"state": "explained", "note": "含上级任务一项"}).status_code == 303
    finding.refresh_from_db()
    assert (finding.state, finding.state_note) == ("explained", "含上级任务一项")
    assert client.post(address, {"state": "corrected", "corrected_in": "第 2 版"}).status_code == 303
    assert client.post(address, {"state": "open"}).status_code == 303
    finding.refresh_from_db()
    assert finding.state == "open"
    assert signed_in(world, "finance").post(address, {"state": "explained", "note": "x"}).status_code == 403


def test_a_missing_version_is_not_found(world, version):
    client = signed_in(world, "lead")
    assert client.get(url(world, "review", number=99)).status_code == 404
    assert client.get(url(world, "adopt", number=99)).status_code == 404


def shown_count(page: str, field: str) -> str:
    """What the form of a cell carries as seen."""
    return page.split(f'name="field" value="{field}"><input type="hidden" name="seen" value="')[1].split('"')[0]


def test_of_two_reviewers_the_second_is_told_and_keeps_what_was_typed(world, version):
    row = item(version, "indicator", 1)
    first, second = signed_in(world, "lead"), signed_in(world, "lead2")
    address = review(world, version, row)
    seen = shown_count(second.get(address).content.decode(), "target")
    assert seen == "0"
    sent = {"act": "correct", "field": "target", "value": "46", "reason": "与印发稿核对", "seen": seen}
    assert first.post(address, sent).status_code == 303
    mine = {**sent, "value": "47.25", "reason": "另有来文"}
    answer = second.post(address, mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert world.people["lead"].name in page
    assert "改成了“46”" in page
    assert 'value="47.25"' in page
    assert 'value="另有来文"' in page
    assert Item.objects.get(pk=row.pk).indicator.target == Decimal("46")
    assert shown_count(page, "target") == "1", "now it has been seen: pressing again overwrites knowingly"
    assert second.post(address, {**mine, "seen": "1"}).status_code == 303
    assert Item.objects.get(pk=row.pk).indicator.target == Decimal("47.25")


def test_another_mistake_does_not_make_an_unseen_change_seen(world, version):
    row = item(version, "indicator", 1)
    address = review(world, version, row)
    sent = {"act": "correct", "field": "target", "value": "四十六", "reason": "看过", "seen": "0"}
    page = signed_in(world, "lead").post(address, sent).content.decode()
    assert shown_count(page, "target") == "0"


def test_the_button_stands_beside_the_correction_it_takes_back(world, version):
    row = item(version, "indicator", 1)
    client = signed_in(world, "lead")
    address = review(world, version, row)
    for value in ("46", "47"):
        client.post(address, {"act": "correct", "field": "target", "value": value, "reason": f"来文{value}"})
    client.post(address, {"act": "undo", "field": "target"})
    page = client.get(address).content.decode()
    assert page.count("撤销这次更正") == 1
    entry = page.split("撤销这次更正")[0].rsplit("<li>", 1)[1]
    assert "来文46" in entry, "47 is undone already: the next to go is 46"
