"""Publishing a run, what stands in the way, and what happens to it afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from qihou.domains.inventory.api import (
    computing,
    differences,
    disclosing,
    entering,
    gaps,
    publishing,
    queries,
    runs,
    sheets,
    years,
)
from qihou.domains.inventory.api.errors import UnableToFind, UnableToPublish
from qihou.domains.inventory.tests.inventory_world import SHEETS, energy, fill, fuel, make_world, opened, small
from qihou.domains.inventory.tests.test_assembly import DIESEL
from qihou.figures.missing import Notation
from qihou.record.models import Entry, EntryStatus, Run

YEAR, TODAY = 2020, date(2021, 9, 1)


@pytest.fixture
def world(db):
    with small():
        made = make_world()
        opened(made)
        yield made


def publish(world, run):
    return publishing.publish(world.actor("lead"), world.district, run.uid, today=TODAY)[0]


def correct(world, sheet, filled):
    """A correction the whole way: back, filled anew, handed in, approved."""
    who = world.actor(SHEETS[sheet][0])
    sheets.return_sheet(world.actor("lead"), world.district, YEAR, sheet, "更正")
    entering.commit(who, world.district, YEAR, filled)
    sheets.submit_sheet(who, world.district, YEAR, sheet)
    sheets.approve_sheet(world.actor("lead"), world.district, YEAR, sheet)


def test_all_that_stands_in_the_way_is_said_at_once(world):
    fill(world, only=("energy",))
    run = computing.compute(world.actor("lead"), world.district, YEAR)
    with pytest.raises(UnableToPublish) as refused:
        publish(world, run)
    assert refused.value.reasons == (
        "“农业”还没有审定（待填报）。",
        "“林业”还没有审定（待填报）。",
        "“3.1 粪便管理”算不出来：未填报",
        "“4.1 乔木林”算不出来：未填报",
    )
    assert tuple(publishing.why_not_publish(world.actor("auditor"), world.district, run.uid)) == refused.value.reasons


def test_publishing_freezes_the_run_and_its_values(world):
    fill(world)
    run = publish(world, computing.compute(world.actor("lead"), world.district, YEAR))
    assert run.status == "published"
    assert set(Entry.objects.values_list("status", flat=True)) == {EntryStatus.PUBLISHED}
    assert years.the_inventory(world.actor("town"), world.district, YEAR).status == "published"
    with pytest.raises(UnableToPublish, match="已经发布"):
        publish(world, run)


def test_what_is_not_estimated_needs_its_reason_accepted(world):
    unknown = fuel("industry", "diesel", None, notation=Notation.NOT_ESTIMATED, reason="没有台账")
    fill(world, only=("farm", "forest"))
    entering.commit(
        world.actor("statistics"), world.district, YEAR, [*energy(), unknown][:1] + energy()[2:] + [unknown]
    )
    sheets.submit_sheet(world.actor("statistics"), world.district, YEAR, "energy")
    sheets.approve_sheet(world.actor("lead"), world.district, YEAR, "energy")
    run = computing.compute(world.actor("lead"), world.district, YEAR)
    with pytest.raises(UnableToPublish, match=r"“1\.1 工业”有未估算的部分（没有台账）"):
        publish(world, run)
    (gap,) = queries.home(world.actor("lead"), world.district, YEAR).gaps
    assert (gap.row.code, gap.blocks, gap.accepted) == ("energy.industry", False, "")
    gaps.accept_gap(world.actor("lead"), world.district, YEAR, "energy.industry", "量很小，下一年补")
    with pytest.raises(UnableToFind):
        gaps.accept_gap(world.actor("lead"), world.district, YEAR, "energy.nothing", "因")
    assert publish(world, run).status == "published"


def test_a_correction_after_publication_makes_a_new_version_beside_the_old(world):
    fill(world)
    lead = world.actor("lead")
    first = publish(world, computing.compute(lead, world.district, YEAR))
    before = runs.lines_of(first)
    correct(world, "energy", energy(industry_diesel="120"))
    first.refresh_from_db()
    assert first.stale_at is not None
    assert runs.lines_of(first) == before
    second = computing.compute(lead, world.district, YEAR, reason="柴油更正")
    # Published figures stand until the new ones are: a department sees the first, the bureau the second.
    assert queries.home(world.actor("forestry"), world.district, YEAR).view.run == first
    assert queries.home(lead, world.district, YEAR).view.run == second
    told = differences.difference(lead, world.district, first.uid, second.uid)
    assert told.comparable
    assert {(row.code, row.gas) for row in told.different} == {
        (code, gas) for code in ("total", "total_without_lulucf", "energy", "energy.industry") for gas in ("", "CO2")
    }
    row = next(row for row in told.different if (row.code, row.gas) == ("total", ""))
    assert row.difference == pytest.approx(DIESEL * 0.2, abs=1e-3)
    (moved,) = row.moved
    assert (moved.change.before.value, moved.change.after.value) == (100.0, 120.0)
    assert moved.effect == pytest.approx(row.difference)
    publish(world, second)
    assert list(Run.objects.order_by("number").values_list("status", flat=True)) == ["superseded", "published"]


def test_a_run_made_before_a_correction_is_not_published(world):
    fill(world)
    run = computing.compute(world.actor("lead"), world.district, YEAR)
    correct(world, "energy", energy(industry_diesel="120"))
    with pytest.raises(UnableToPublish, match="有 4 个数据变了"):  # the whole sheet was given back: four new revisions
        publish(world, run)


def test_another_method_version_is_told_not_hidden(world):
    fill(world)
    run = computing.compute(world.actor("lead"), world.district, YEAR)
    run.settings["methods"] |= {"small.heat": 0, "small.gone": 1}
    run.settings["methods"].pop("small.uptake")
    run.save()
    opened_again = runs.open_frozen(world.actor("lead"), world.district, run.uid)
    assert opened_again.told == (
        "方法 small.heat 当时是第 0 版，现在是第 1 版。",
        "当时的方法现在不再使用：small.gone。",
        "当时还没有的方法：small.uptake。",
    )


def test_another_choice_for_the_year_marks_its_run(world):
    fill(world)
    lead = world.actor("lead")
    run = computing.compute(lead, world.district, YEAR)
    years.choose(lead, world.district, YEAR, gwp_set="AR6")
    run.refresh_from_db()
    assert "改选了" in run.stale_note
    assert publishing.why_not_publish(lead, world.district, run.uid) == [
        "计算之后改选了指南版本、方法或全球增温潜势，请先重新计算。"
    ]
    # 8.36 tCH4 x 27.9 instead of x 28
    again = computing.compute(lead, world.district, YEAR)
    assert runs.lines_of(again)["agriculture", ""].value == pytest.approx(8.36 * 27.9)
    told = differences.difference(lead, world.district, run.uid, again.uid)
    assert not told.comparable
    assert ("全球增温潜势", "AR5", "AR6") in told.settings


def test_a_fact_that_changed_is_found_by_looking_again(world):
    fill(world)
    lead = world.actor("lead")
    run = computing.compute(lead, world.district, YEAR)
    assert runs.look_again(lead, world.district) == 0
    row = next(leaf for leaf in run.leaves["leaves"] if leaf["quantity"] == "manure.ch4_factor")
    row["value"] *= 2  # as if the library of that time had said so
    run.save()
    assert runs.look_again(lead, world.district) == 1
    (change,) = runs.stale(lead, world.district, run.uid)
    assert change.is_fact


def test_the_public_reads_what_is_published_and_nothing_else(world, django_assert_num_queries):
    fill(world)
    run = computing.compute(world.actor("lead"), world.district, YEAR)
    assert disclosing.disclosure(world.district) == []
    publish(world, run)
    computing.compute(world.actor("lead"), world.district, YEAR, draws=10)
    with django_assert_num_queries(2):
        (year,) = disclosing.disclosure(world.district)
    assert (year.year, year.gwp_set, year.is_illustrative) == (YEAR, "AR5", False)
    assert year.total == runs.lines_of(run)["total", ""]
    assert [category.code for category, _ in year.sectors] == ["energy", "agriculture", "lulucf"]
