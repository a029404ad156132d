from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from qihou.domains.plan.api import adoption, deciding, joining, queries, review
from qihou.domains.plan.api.errors import UnableToChange, UnableToFind
from qihou.domains.plan.models import Correction, Involvement, Thread
from qihou.record.models import Alias, Commitment, Finding

from .api_world import TODAY, item, make_world, register, take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def version(world):
    return take_in(world)


def correct(world, row, field, value, reason="对照正式文本"):
    return review.correct_cell(world.actor("lead"), world.district, row.uid, field, value, reason)


def test_a_correction_sets_the_value_and_keeps_what_stood_before(world, version):
    row = item(version, "project", 1)
    made = correct(world, row, "investment", "1\uff0c200.50")
    row.refresh_from_db()
    assert str(row.project.investment) == "1200.50"
    assert (made.before, made.after) == ("1000", "1200.50")
    assert row.review == "corrected"
    cell = row.cells["investment"]
    assert (cell["how"], cell["printed"], cell["was"]["how"]) == ("corrected", "1000", "read")


def test_settling_an_undetermined_cell_counts_it_down(world, version):
    row = item(version, "project", 2)
    assert row.open_cells == 2
    correct(world, row, "upper_level", "300.50")
    correct(world, row, "district_budget", "")
    row.refresh_from_db()
    assert row.open_cells == 0
    assert [c.before for c in Correction.objects.order_by("pk")] == ["undetermined", "undetermined"]
    assert row.project.district_budget is None


def test_undoing_brings_the_open_cell_back(world, version):
    row = item(version, "project", 2)
    correct(world, row, "upper_level", "300.50")
    deciding.undo_correction(world.actor("lead"), world.district, row.uid, "upper_level")
    row = item(version, "project", 2)
    assert row.open_cells == 2
    assert row.project.upper_level is None
    assert row.cells["upper_level"]["how"] == "undecided"


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("project", "investment", "一千"),
        ("project", "investment", "-5"),
        ("project", "investment", "1e400"),
        ("project", "start", "2021-13"),
        ("project", "start", "明年"),
        ("project", "name", "  "),
        ("project", "deadline", "2025"),
        ("indicator", "nature", "maybe"),
        ("indicator", "target_year", "2025-06"),
        ("indicator", "unit", "x" * 61),
        ("task", "investment", "5"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_field(world, version, kind, field, value):
    row = item(version, kind, 1)
    with pytest.raises(UnableToChange) as refusal:
        correct(world, row, field, value)
    assert refusal.value.field == field
    assert not Correction.objects.exists()


def test_a_reason_is_needed(world, version):
    with pytest.raises(UnableToChange, match="理由"):
        correct(world, item(version, "project", 1), "investment", "5", reason=" ")


def test_the_same_value_is_no_correction(world, version):
    with pytest.raises(UnableToChange, match="相同"):
        correct(world, item(version, "project", 1), "investment", "1000")


def test_periods_set_year_and_month(world, version):
    row = item(version, "project", 1)
    made = correct(world, row, "end", "2024年\uff16月")  # a full-width digit
    row.refresh_from_db()
    assert (row.project.end_year, row.project.end_month) == (2024, 6)
    assert (made.before, made.after) == ("2025", "2024-06")


def test_organisations_are_corrected_as_a_list_and_matched_again(world, version):
    row = item(version, "task", 3)
    made = correct(world, row, "leads", "区林业局、区财政局\uff0c某镇政府")
    assert made.before == ["区林业局"]
    leads = Involvement.objects.filter(item=row, part="lead").order_by("order")
    assert [(p.printed, p.organisation) for p in leads] == [
        ("区林业局", world.forestry),
        ("区财政局", world.finance),
        ("某镇政府", None),
    ]


def test_a_target_typed_in_is_no_longer_awaited(world, version):
    row = item(version, "indicator", 2)
    assert row.indicator.assigned_later
    correct(world, row, "target", "18")
    row.refresh_from_db()
    assert (row.indicator.assigned_later, row.indicator.target) == (False, Decimal("18"))


def test_rows_with_open_cells_cannot_be_confirmed(world, version):
    with pytest.raises(UnableToChange, match="待定"):
        review.confirm_item(world.actor("lead"), world.district, item(version, "project", 2).uid)
    assert (
        review.confirm_item(world.actor("lead"), world.district, item(version, "project", 1).uid).review == "confirmed"
    )
    # Of three indicators one has open cells; the two others are confirmed.
    assert review.confirm_all(world.actor("lead"), world.district, version.uid, "indicator") == 2


def test_matching_a_printed_name_links_every_row_and_makes_an_alias(world):
    version = take_in(world, register(3))
    count = review.match_printed_organisation(
        world.actor("lead"), world.district, version.uid, "某集团", world.finance.uid
    )
    assert count == 3
    assert Alias.objects.get(name="某集团").organisation == world.finance
    with pytest.raises(UnableToChange):
        review.match_printed_organisation(world.actor("lead"), world.district, version.uid, "某集团", world.finance.uid)


def test_findings_are_settled_with_a_note(world, version):
    finding = Finding.objects.get(about_uid=version.uid, severity="error")
    with pytest.raises(UnableToChange, match="理由"):
        review.set_finding_state(world.actor("lead"), world.district, finding.uid, "explained")
    settled = review.set_finding_state(world.actor("lead"), world.district, finding.uid, "explained", "少印一行")
    assert (settled.state, settled.state_note) == ("explained", "少印一行")


def adopt(world, version, **options):
    return adoption.adopt(world.actor("lead"), world.district, version.uid, **options)


def test_adoption_waits_for_undetermined_cells_unless_a_reason_is_given(world, version):
    with pytest.raises(UnableToChange, match="4 个待定"):
        adopt(world, version)
    with pytest.raises(UnableToChange):
        adopt(world, version, leave_undetermined=True)
    adopted = adopt(world, version, leave_undetermined=True, reason="等财政局核对")
    assert (adopted.status, adopted.status_note) == ("adopted", "等财政局核对")


def test_adoption_puts_the_promises_on_record(world, version):
    adopt(world, version, leave_undetermined=True, reason="等核对")
    targets = {c.title: c for c in Commitment.objects.filter(kind="target")}
    # The third indicator's target is undetermined: nothing is promised in its name.
    assert set(targets) == {"森林覆盖率", "单位产值碳排放下降"}
    forest = targets["森林覆盖率"]
    assert (forest.value, forest.due_on, forest.organisation) == (Decimal("45.5"), date(2025, 12, 31), world.forestry)
    assert (targets["单位产值碳排放下降"].assigned_later, targets["单位产值碳排放下降"].value) == (True, None)
    deadlines = {(c.title, c.due_on) for c in Commitment.objects.filter(kind="deadline")}
    assert deadlines == {
        ("污水厂改造", date(2025, 12, 31)),
        ("造林", date(2024, 12, 31)),
        ("控制排放", date(2023, 6, 30)),
    }
    stream = item(version, "indicator", 1).thread.datastream
    assert (stream.unit, stream.cadence, stream.organisation) == ("%", "year", world.forestry)


def test_the_next_adoption_supersedes_and_keeps_assigned_numbers(world, version):
    adopt(world, version, leave_undetermined=True, reason="等核对")
    awaited = item(version, "indicator", 2)
    adoption.assign_target(world.actor("lead"), world.district, awaited.uid, Decimal("19"), note="市局 2022 年第 3 号")
    changed = register()
    changed.indicators[0].target = Decimal("46")
    changed.projects.pop()
    second = take_in(world, changed, content=b"two")
    adopt(world, second, leave_undetermined=True, reason="等核对")
    version.refresh_from_db()
    assert version.status == "superseded"
    live = Commitment.objects.filter(withdrawn_at=None)
    assert live.get(kind="target", title="森林覆盖率").value == Decimal("46")
    assert live.get(kind="target", title="单位产值碳排放下降").value == Decimal("19")
    assert not live.filter(title="造林").exists()
    view = queries.indicators(world.actor("lead"), world.district, second.uid, today=TODAY)
    assert view.rows[1].assigned_value == Decimal("19")


def test_only_awaited_targets_are_assigned(world, version):
    adopt(world, version, leave_undetermined=True, reason="等核对")
    with pytest.raises(UnableToChange):
        adoption.assign_target(
            world.actor("lead"), world.district, item(version, "indicator", 1).uid, Decimal("1"), note="文件"
        )


def test_an_adopted_or_discarded_version_is_not_changed_any_more(world, version):
    row = item(version, "project", 1)
    review.discard(world.actor("lead"), world.district, version.uid, "读错了文件")
    for act in (
        lambda: correct(world, row, "investment", "5"),
        lambda: review.confirm_item(world.actor("lead"), world.district, row.uid),
        lambda: review.confirm_all(world.actor("lead"), world.district, version.uid, "task"),
        lambda: review.discard(world.actor("lead"), world.district, version.uid, "又一次"),
        lambda: adopt(world, version),
    ):
        with pytest.raises(UnableToChange):
            act()
    again = take_in(world, label="重读")  # a discarded version's file may be read again
    assert again.number == 2


def test_another_districts_rows_are_not_found(world, version):
    other = make_world("999902", "邻区")
    with pytest.raises(UnableToFind):
        review.correct_cell(
            other.actor("lead"), other.district, item(version, "project", 1).uid, "investment", "1", "理由"
        )
    with pytest.raises(UnableToFind):
        adoption.adopt(other.actor("lead"), other.district, version.uid)


def test_history_corrections_and_lines_stand_on_the_rows_page(world, version):
    row = item(version, "project", 1)
    correct(world, row, "investment", "1200")
    second = take_in(world, content=b"two")
    page = queries.item(world.actor("finance"), world.district, item(second, "project", 1).uid, today=TODAY)
    assert [p.version.number for p in page.history] == [1]
    assert page.history[0].row.investment == Decimal("1200")
    assert [line.text for line in page.lines] == ["污水厂改造 2021—2025 1000 600 400"]
    assert not page.may_correct
    first_page = queries.item(world.actor("lead"), world.district, row.uid, today=TODAY)
    assert [(c.field, c.before, c.after) for c in first_page.corrections] == [("investment", "1000", "1200")]
    assert first_page.may_correct
    assert first_page.corrections[0].at <= timezone.now()


def test_a_row_left_apart_is_joined_by_hand_and_parted_again(world, version):
    changed = register()
    changed.indicators[0].name = "林木绿化率"
    second = take_in(world, changed, content=b"two")
    old, new = item(version, "indicator", 1), item(second, "indicator", 1)
    assert new.thread_id != old.thread_id
    joined = joining.join_row(world.actor("lead"), world.district, new.uid, old.uid, "指标改名")
    assert joined.thread_id == old.thread_id
    assert not Thread.objects.filter(pk=new.thread_id).exists()
    with pytest.raises(UnableToChange, match="另一行"):
        joining.join_row(world.actor("lead"), world.district, item(second, "indicator", 3).uid, old.uid, "误")
    with pytest.raises(UnableToChange, match="同一类"):
        joining.join_row(world.actor("lead"), world.district, item(second, "task", 1).uid, old.uid, "误")
    with pytest.raises(UnableToChange, match="理由"):
        joining.split_row(world.actor("lead"), world.district, new.uid, " ")
    parted = joining.split_row(world.actor("lead"), world.district, new.uid, "口径不同")
    assert parted.thread_id != old.thread_id
    alone = joining.split_row(world.actor("lead"), world.district, new.uid, "")
    assert alone.thread_id == parted.thread_id, "said of a row that stands alone it confirms that"
