"""Undoing gives back exactly the cell that stood before, once for every correction, and nothing anybody did not say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qihou.domains.plan.api import adoption, deciding, joining, queries, review
from qihou.domains.plan.api.errors import ChangedMeanwhile, UnableToChange
from qihou.domains.plan.models import Correction, Involvement, Item, PlanVersion
from qihou.record.models import Commitment

from .api_world import TODAY, item, make_world, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def version(world):
    return take_in(world)


def correct(world, row, field, value, who="lead", **options):
    return review.correct_cell(world.actor(who), world.district, row.uid, field, value, "对照正式文本", **options)


def undo(world, row, field, **options):
    return deciding.undo_correction(world.actor("lead"), world.district, row.uid, field, **options)


def cell(world, row, field):
    view = queries.item(world.actor("lead"), world.district, row.uid, today=TODAY).row
    return view.cells[field], view.review, view.open_cells


def test_a_corrected_value_stays_a_persons_until_the_last_correction_is_undone(world, version):
    row = item(version, "project", 1)
    read = cell(world, row, "investment")
    assert (read[0].value, read[0].how) == (Decimal("1000"), "read")
    correct(world, row, "investment", "111")
    correct(world, row, "investment", "222")
    undo(world, row, "investment")
    now, state, _ = cell(world, row, "investment")
    assert (now.value, now.how, state) == (Decimal("111"), "corrected", "corrected")
    undo(world, row, "investment")
    assert cell(world, row, "investment") == read
    with pytest.raises(UnableToChange, match="没有可以撤销"):
        undo(world, row, "investment")
    assert Correction.objects.filter(item=row).count() == 4, "the log keeps all"


def test_corrections_after_an_undoing_are_walked_back_too(world, version):
    row = item(version, "project", 1)
    for value in ("111", "222"):
        correct(world, row, "investment", value)
    undo(world, row, "investment")
    correct(world, row, "investment", "333")
    undo(world, row, "investment")
    assert cell(world, row, "investment")[0].value == Decimal("111")
    undo(world, row, "investment")
    assert cell(world, row, "investment")[0].value == Decimal("1000")


def test_an_undetermined_cell_is_undetermined_again_only_after_the_first_decision_is_undone(world, version):
    row = item(version, "project", 2)
    read = cell(world, row, "upper_level")
    assert read[0].undetermined
    correct(world, row, "upper_level", "1")
    correct(world, row, "upper_level", "2")
    undo(world, row, "upper_level")
    now, _, open_cells = cell(world, row, "upper_level")
    assert (now.value, now.how, now.undetermined, open_cells) == (Decimal("1"), "corrected", False, 1)
    undone = undo(world, row, "upper_level")
    assert undone.after == "undetermined"
    assert cell(world, row, "upper_level") == read


def test_a_target_the_level_above_assigns_waits_for_it_again(world, version):
    row = item(version, "indicator", 2)
    assert row.indicator.assigned_later
    correct(world, row, "target", "18")
    undo(world, row, "target")
    row = item(version, "indicator", 2)
    assert (row.indicator.target, row.indicator.assigned_later) == (None, True)
    lead = world.actor("lead")
    adoption.adopt(lead, world.district, version.uid, leave_undetermined=True, reason="等核对")
    assert Commitment.objects.get(about_uid=row.thread.uid, kind="target").assigned_later
    adoption.assign_target(lead, world.district, row.uid, Decimal("18"), note="文件")


def test_a_row_confirmed_before_the_correction_is_confirmed_again(world, version):
    row = item(version, "project", 1)
    review.confirm_item(world.actor("lead"), world.district, row.uid)
    correct(world, row, "investment", "111")
    undo(world, row, "investment")
    assert item(version, "project", 1).review == "confirmed"


def test_a_row_is_corrected_while_another_cell_of_it_is(world, version):
    row = item(version, "project", 1)
    correct(world, row, "investment", "111")
    correct(world, row, "end", "2024")
    undo(world, row, "investment")
    assert item(version, "project", 1).review == "corrected"
    undo(world, row, "end")
    row = item(version, "project", 1)
    assert (row.review, row.project.end_year, row.project.end_month) == ("unreviewed", 2025, None)


def test_organisations_come_back_as_they_were_matched(world, version):
    row = item(version, "project", 1)
    Involvement.objects.filter(item=row, printed="区财政局").update(matched="by hand")

    def parties():
        return list(
            Involvement.objects.filter(item=row, part="supporting").values_list("printed", "organisation", "matched")
        )

    before = parties()
    assert before == [("区财政局", world.finance.pk, "by hand"), ("某集团", None, "")]
    correct(world, row, "supporting", "区林业局")
    kept = item(version, "project", 1).cells["supporting"]["past"][0]["parties"]
    assert kept[0]["organisation"] == str(world.finance.uid), "a uid, so that it holds in an archive read elsewhere"
    undo(world, row, "supporting")
    assert parties() == before


def test_which_correction_an_undoing_takes_back_is_told(world, version):
    row = item(version, "project", 1)
    first = correct(world, row, "investment", "111")
    second = correct(world, row, "investment", "222")
    standing = deciding.standing_corrections(world.actor("lead"), world.district, row.uid)
    assert standing == {"investment": second.created_at}
    undo(world, row, "investment")
    standing = deciding.standing_corrections(world.actor("lead"), world.district, row.uid)
    assert standing == {"investment": first.created_at}


@pytest.mark.parametrize("module", [deciding, joining])
def test_a_version_adopted_while_somebody_presses_the_button_is_not_changed(world, version, module, monkeypatch):
    row = item(version, "project", 1)
    correct(world, row, "investment", "111")
    second = take_in(world, content=b"two")
    there = item(second, "project", 1)
    correct(world, there, "investment", "5")
    found = module.item_row

    def adopted_just_then(*args):
        read = found(*args)
        PlanVersion.objects.filter(pk=second.pk).update(status="adopted")
        return read

    monkeypatch.setattr(module, "item_row", adopted_just_then)
    lead = world.actor("lead")
    act = deciding.undo_correction if module is deciding else joining.split_row
    with pytest.raises(UnableToChange, match="不在复核中"):
        act(lead, world.district, there.uid, "investment")
    assert item(second, "project", 1).project.investment == Decimal("5")


def test_rows_are_not_confirmed_in_a_version_adopted_just_then(world, version, monkeypatch):
    found = deciding.version_row

    def adopted_just_then(*args):
        read = found(*args)
        PlanVersion.objects.filter(pk=version.pk).update(status="adopted")
        return read

    monkeypatch.setattr(deciding, "version_row", adopted_just_then)
    with pytest.raises(UnableToChange, match="不在复核中"):
        deciding.confirm_sure(world.actor("lead"), world.district, version.uid)
    assert not Item.objects.filter(review="confirmed").exists()


def test_undoing_keeps_what_a_parallel_reviewer_changed_in_the_row(world, version, monkeypatch):
    row = item(version, "project", 1)
    correct(world, row, "investment", "111")
    found = deciding.item_row

    def and_a_colleague_corrects(*args):
        read = found(*args)
        monkeypatch.setattr(deciding, "item_row", found)
        correct(world, row, "name", "污水厂扩建", who="lead2")
        return read

    monkeypatch.setattr(deciding, "item_row", and_a_colleague_corrects)
    undo(world, row, "investment")
    now = item(version, "project", 1)
    assert (now.title, now.project.investment) == ("污水厂扩建", Decimal("1000"))
    assert now.review == "corrected"


def test_the_second_of_two_reviewers_is_told_who_changed_the_cell_and_to_what(world, version):
    row = item(version, "project", 1)
    correct(world, row, "investment", "111", seen=0)
    with pytest.raises(ChangedMeanwhile) as refusal:
        correct(world, row, "investment", "222", who="lead2", seen=0)
    assert refusal.value.field == "investment"
    assert world.people["lead"].name in str(refusal.value)
    assert "111" in str(refusal.value)
    assert item(version, "project", 1).project.investment == Decimal("111")
    correct(world, row, "investment", "222", who="lead2", seen=1)
    assert item(version, "project", 1).project.investment == Decimal("222")
    with pytest.raises(ChangedMeanwhile):
        undo(world, row, "investment", seen=1)
    undo(world, row, "investment", seen=2)
    assert item(version, "project", 1).project.investment == Decimal("111")


def test_a_change_to_another_cell_is_no_conflict(world, version):
    row = item(version, "project", 1)
    correct(world, row, "investment", "111", seen=0)
    correct(world, row, "end", "2024", who="lead2", seen=0)


def test_who_lays_amounts_a_colleague_has_laid_is_told_so(world, version):
    row = item(version, "project", 2)
    deciding.decide_funding(world.actor("lead2"), world.district, row.uid, "|300.50|", "财政局确认")
    with pytest.raises(ChangedMeanwhile, match=world.people["lead2"].name):
        deciding.decide_funding(world.actor("lead"), world.district, row.uid, "300.50||", "批复")
    assert item(version, "project", 2).project.district_budget == Decimal("300.50")
