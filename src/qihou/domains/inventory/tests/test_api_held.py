"""What is worked from a run is held; what depends on the present is worked again when something was written."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from qihou.domains.inventory.api import analysis, computing, entering, held, queries, recomputing, runs, sheets, years
from qihou.domains.inventory.methods.results import Worked
from qihou.domains.inventory.tests.inventory_world import energy, fill, make_world, opened, small
from qihou.domains.inventory.tests.test_assembly import DIESEL

YEAR = 2020
WITH_DIESEL = ("total", "total_without_lulucf", "energy", "energy.industry")


@pytest.fixture
def world(transactional_db):
    with small():
        made = make_world()
        opened(made)
        fill(made)
        yield made


@pytest.fixture
def run(world):
    return computing.compute(world.actor("lead"), world.district, YEAR)


def worked_again():
    return patch.object(held, "Worked", side_effect=Worked)


def test_a_run_is_worked_again_once_for_all_pages_about_it(world, run):
    lead = world.actor("lead")
    with worked_again() as made:
        for _ in range(2):
            runs.open_frozen(lead, world.district, run.uid)
            queries.category(lead, world.district, run.uid, "energy")
            analysis.uncertainty(lead, world.district, run.uid)
            analysis.quality(lead, world.district, run.uid)
    assert made.call_count == 1


def test_what_is_held_of_another_run_is_not_taken_for_this_one(world, run):
    lead = world.actor("lead")
    before = analysis.uncertainty(lead, world.district, run.uid).total
    years.choose(lead, world.district, YEAR, gwp_set="AR6")
    again = computing.compute(lead, world.district, YEAR)
    # 8.36 tCH4 x 27.9 instead of x 28
    assert analysis.uncertainty(lead, world.district, again.uid).total.value == pytest.approx(before.value - 8.36 * 0.1)
    assert analysis.uncertainty(lead, world.district, run.uid).total == before


def test_nothing_is_worked_where_nothing_is_otherwise(world, run):
    lead = world.actor("lead")
    with patch.object(recomputing, "Worked", side_effect=Worked) as made:
        assert recomputing.would_change(lead, world.district, YEAR) == []
    assert made.call_count == 0


def test_what_would_change_is_worked_once_until_something_is_written(world, run):
    lead = world.actor("lead")
    assert recomputing.would_change(lead, world.district, YEAR) == []
    years.choose(lead, world.district, YEAR, gwp_set="AR6")
    with patch.object(recomputing, "Worked", side_effect=Worked) as made:
        first = recomputing.would_change(lead, world.district, YEAR)
        assert recomputing.would_change(lead, world.district, YEAR) == first
        assert made.call_count == 1
    assert {one.code for one in first} == {"total", "total_without_lulucf", "agriculture", "agriculture.manure"}


def test_a_correction_is_seen_by_the_page_that_looked_before_it(world, run):
    lead = world.actor("lead")
    assert runs.stale(lead, world.district, run.uid) == []
    sheets.return_sheet(lead, world.district, YEAR, "energy", "请核对")
    entering.commit(world.actor("statistics"), world.district, YEAR, energy(industry_diesel="120"))
    sheets.submit_sheet(world.actor("statistics"), world.district, YEAR, "energy")
    sheets.approve_sheet(lead, world.district, YEAR, "energy")
    changed = {leaf.after.value for leaf in runs.stale(lead, world.district, run.uid)}
    assert changed == {1000.0, 120.0, 10.0, None}  # the whole sheet was given back: four new revisions
    # 20 t of diesel more, in one category and what it is part of
    would = {
        one.code: one.after.value - one.before.value for one in recomputing.would_change(lead, world.district, YEAR)
    }
    assert would == {code: pytest.approx(DIESEL * 0.2, abs=1e-3) for code in WITH_DIESEL}


def test_only_the_last_used_are_kept():
    kept = held.Lru(2)
    assert [kept.get(key, lambda key=key: key * 10) for key in (1, 2, 1, 3)] == [10, 20, 10, 30]
    assert kept.get(1, lambda: -1) == 10
    assert kept.get(2, lambda: -1) == -1
