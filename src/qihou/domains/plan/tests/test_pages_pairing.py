"""Rows of two versions beside one another: which wait for a word, saying it, taking it back, and who may."""

from __future__ import annotations

from pathlib import Path

import pytest

from qihou.domains.plan.api import adoption, joining, pairing
from qihou.domains.plan.api.errors import ChangedMeanwhile
from qihou.domains.plan.models import Item, Pairing, PlanVersion, Thread
from qihou.record.models import AuditEvent

from .api_world import World, item, make_world, register, take_in
from .working_world import signed_in, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings, tmp_path: Path) -> World:
    settings.FILES_ROOT = tmp_path
    return make_world()


@pytest.fixture
def first(world: World) -> PlanVersion:
    return take_in(world)


@pytest.fixture
def second(world: World, first: PlanVersion) -> PlanVersion:
    """森林覆盖率 is now called 林木绿化率 and keeps its number; 湿地面积 grew to 湿地保护面积."""
    changed = register()
    changed.indicators[0].name = "林木绿化率"
    changed.indicators[2].name = "湿地保护面积"
    return take_in(world, changed, content=b"two")


def queue(world: World, version: PlanVersion, **asked) -> pairing.Pairs:
    return pairing.pairs(world.actor("lead"), world.district, version.uid, **asked)


def test_what_the_program_could_not_decide_comes_first_with_what_it_might_be(world, first, second):
    found = queue(world, second)
    names = {p.row.title: [c.row.title for c in p.likely] for p in found.rows}
    # 林木绿化率 shares no pair of characters with 森林覆盖率, only the number 1. 湿地保护面积 has the pairs 湿地 地保 保护 护面
    # 面积, 湿地面积 has 湿地 地面 面积: two shared, 2·2/(5+3) = 0.5; joined by the same number, so still to be confirmed.
    assert names == {"林木绿化率": ["森林覆盖率"], "湿地保护面积": []}
    wetland = next(p for p in found.rows if p.row.title == "湿地保护面积")
    assert wetland.earlier is not None
    assert wetland.likeness == pytest.approx(0.5)
    assert found.shows == {"doubt": 2, "apart": 1, "settled": 0, "all": 8}
    assert [r.title for r in found.left["indicator"]] == ["森林覆盖率"]


def test_the_cost_in_queries_does_not_grow_with_the_rows(world):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for copies in (1, 8):
        world_ = make_world(f"99992{copies}", "数")
        take_in(world_, register(copies))
        version = take_in(world_, register(copies, title="二"), content=b"two")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            queue(world_, version, show="all")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_same_thing_is_joined_and_parted_and_each_word_is_kept(world, first, second):
    client, page = signed_in(world, "lead"), url(world, "pairing", number=2)
    old, new = item(first, "indicator", 1), item(second, "indicator", 1)
    apart = new.thread.uid
    shown = client.get(page).content.decode()
    assert "林木绿化率" in shown
    assert "森林覆盖率" in shown
    sent = {"row": new.uid, "seen": "0", "say": f"same:{old.uid}", "reason": "指标改名"}
    answer = client.post(page, sent)
    assert answer.status_code == 303
    assert f"done={new.uid}" in answer["Location"]
    assert item(second, "indicator", 1).thread_id == old.thread_id
    assert "撤销" in client.get(answer["Location"]).content.decode()
    assert queue(world, second).shows == {"doubt": 1, "apart": 0, "settled": 1, "all": 8}
    undo = client.post(page, {"row": new.uid, "seen": "1", "say": "undo"})
    assert undo.status_code == 303
    assert item(second, "indicator", 1).thread.uid == apart, "the row's own thread is as it was"
    assert queue(world, second).shows["doubt"] == 2
    word = Pairing.objects.get(item=new)
    assert (word.same, word.reason, word.undone_by_id) == (True, "指标改名", world.people["lead"].pk)
    acts = AuditEvent.objects.filter(about_uid=new.uid).order_by("sequence").values_list("act", flat=True)
    assert list(acts) == ["plan.join", "plan.unpair"]


def test_a_wrong_join_is_taken_back_and_given_back(world, first, second):
    client, page = signed_in(world, "lead"), url(world, "pairing", number=2)
    row = item(second, "indicator", 3)
    joined = row.thread.uid
    refused = client.post(page, {"row": row.uid, "seen": "0", "say": "new", "reason": " "})
    assert refused.status_code == 422
    assert "请写明更正的理由" in refused.content.decode()
    assert client.post(page, {"row": row.uid, "seen": "0", "say": "new", "reason": "口径不同"}).status_code == 303
    assert item(second, "indicator", 3).thread.uid != joined
    client.post(page, {"row": row.uid, "seen": "1", "say": "undo"})
    assert item(second, "indicator", 3).thread.uid == joined
    assert Thread.objects.filter(items__isnull=True).count() == 0, "no thread is left without a row"


def test_confirming_how_it_stands_needs_no_reason_and_ends_the_doubt(world, first, second):
    client, page = signed_in(world, "lead"), url(world, "pairing", number=2)
    wetland, forest = item(second, "indicator", 3), item(second, "indicator", 1)
    old = item(first, "indicator", 3)
    client.post(page, {"row": wetland.uid, "seen": "0", "say": f"same:{old.uid}"})
    client.post(page, {"row": forest.uid, "seen": "0", "say": "new"})
    assert queue(world, second).shows["doubt"] == 0
    assert "没有拿不准的对应" in client.get(page + "?show=doubt").content.decode()
    assert item(second, "indicator", 3).thread_id == old.thread_id


def test_htmx_gets_the_list_alone(world, first, second):
    client, page = signed_in(world, "lead"), url(world, "pairing", number=2)
    old, new = item(first, "indicator", 1), item(second, "indicator", 1)
    sent = {"row": new.uid, "seen": "0", "say": f"same:{old.uid}", "reason": "指标改名"}
    answer = client.post(page, sent, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert text.strip().startswith('<div id="pairs"')
    assert "是同一项。" in text
    wrong = client.post(page, {**sent, "say": "new", "seen": "1", "reason": ""}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422
    assert "<html" not in wrong.content.decode()


def test_the_second_of_two_reviewers_is_told(world, first, second):
    row = item(second, "indicator", 1)
    joining.split_row(world.actor("lead2"), world.district, row.uid, "", seen=0)
    with pytest.raises(ChangedMeanwhile, match="lead2"):
        joining.split_row(world.actor("lead"), world.district, row.uid, "", seen=0)


def test_undoing_waits_for_the_row_that_took_the_place(world, first, second):
    lead, district = world.actor("lead"), world.district
    old, renamed, wetland = item(first, "indicator", 3), item(second, "indicator", 1), item(second, "indicator", 3)
    joining.split_row(lead, district, wetland.uid, "口径不同")
    joining.join_row(lead, district, renamed.uid, old.uid, "其实是它")
    with pytest.raises(joining.UnableToChange, match="先撤销那一行"):
        joining.undo_pairing(lead, district, wetland.uid)
    joining.undo_pairing(lead, district, renamed.uid)
    joining.undo_pairing(lead, district, wetland.uid)
    assert item(second, "indicator", 3).thread_id == old.thread_id


@pytest.mark.parametrize("who", ["finance", "auditor", "administrator"])
def test_others_may_look_and_not_decide(world, first, second, who):
    client, page = signed_in(world, who), url(world, "pairing", number=2)
    shown = client.get(page)
    assert shown.status_code == 200
    assert 'name="say"' not in shown.content.decode()
    row = item(second, "indicator", 1)
    assert client.post(page, {"row": row.uid, "say": "new", "reason": "因"}).status_code == 403
    assert not Pairing.objects.exists()


def test_an_adopted_version_is_shown_and_not_changed(world, first, second):
    lead = world.actor("lead")
    adoption.adopt(lead, world.district, second.uid, leave_undetermined=True, reason="先用")
    client, page = signed_in(world, "lead"), url(world, "pairing", number=2)
    assert 'name="say"' not in client.get(page).content.decode()
    row = item(second, "indicator", 1)
    assert client.post(page, {"row": row.uid, "say": "new", "reason": "因"}).status_code == 422
    assert Item.objects.filter(version=second, pairings__isnull=False).count() == 0


def test_the_first_version_has_nothing_to_be_paired_with(world, first):
    answer = signed_in(world, "lead").get(url(world, "pairing", number=1))
    assert "之前没有别的版本" in answer.content.decode()
    assert signed_in(world, "lead").get(url(world, "pairing", number=1) + "?against=7").status_code == 404


def test_the_ways_to_the_page(world, first, second):
    client = signed_in(world, "lead")
    way = url(world, "pairing", number=2)
    assert way in client.get(url(world, "compare") + "?a=1&b=2").content.decode()
    assert way in client.get(url(world, "review", number=2)).content.decode()
