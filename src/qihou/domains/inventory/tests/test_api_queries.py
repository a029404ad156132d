"""What pages ask: held against sums by hand on the small scheme."""

from __future__ import annotations

import pytest

from qihou.domains.inventory.api import analysis, computing, entering, queries, runs, sheets
from qihou.domains.inventory.api.errors import UnableToFind
from qihou.domains.inventory.tests.inventory_world import energy, forest, make_world, opened, pigs, small
from qihou.domains.inventory.tests.test_assembly import COAL, DIESEL, FOREST, PIGS
from qihou.figures.missing import Flag

ENERGY, FARM = COAL + DIESEL, PIGS * 28


@pytest.fixture(scope="module")
def _scheme():
    with small():
        yield


@pytest.fixture
def world(db, _scheme):
    """2019 with half the coal and 2020 as it is; both worked."""
    made = make_world()
    lead = made.actor("lead")
    for year, coal in ((2019, "500"), (2020, "1000")):
        opened(made, year)
        entering.commit(
            lead,
            made.district,
            year,
            [*energy(industry_bituminous=coal), *pigs(), *forest()],
            illustrative=year == 2020,
        )
        computing.compute(lead, made.district, year)
    return made


def run_of(world, year=2020):
    return runs.newest_run(world.actor("lead"), world.district, year)


def test_the_years_at_a_glance(world, django_assert_num_queries):
    lead = world.actor("lead")
    with django_assert_num_queries(3):
        listed = queries.overview(lead, world.district)
    assert [(view.inventory.year, round(view.total.value, 2)) for view in listed] == [
        (2019, round(COAL / 2 + DIESEL + FARM + FOREST, 2)),
        (2020, round(ENERGY + FARM + FOREST, 2)),
    ]
    # Nothing is published: other officers see years, and no figures.
    assert [view.total for view in queries.overview(world.actor("forestry"), world.district)] == [None, None]


def test_a_years_home(world):
    home = queries.home(world.actor("lead"), world.district, 2020)
    assert [(row.code, row.depth, row.counts) for row in home.tree.rows] == [
        ("energy", 0, True), ("energy.industry", 1, True), ("energy.aviation", 1, False),
        ("agriculture", 0, True), ("agriculture.manure", 1, True), ("lulucf", 0, True), ("lulucf.trees", 1, True),
    ]  # fmt: skip
    assert home.tree.row("energy").share == pytest.approx(ENERGY / (ENERGY + FARM), abs=1e-6)
    assert [(view.sheet.key, view.status, view.asked, view.answered, view.illustrative) for view in home.sheets] == [
        ("energy", "draft", 4, 4, 4), ("farm", "draft", 1, 1, 1), ("forest", "draft", 1, 1, 1),
    ]  # fmt: skip
    assert home.gaps == ()
    assert home.may_publish
    other = queries.home(world.actor("forestry"), world.district, 2020)
    assert (other.tree, other.may_compute) == (None, False)
    with pytest.raises(UnableToFind):
        queries.home(world.actor("lead"), world.district, 2021)


def test_a_category_opens_to_its_cells_and_facts(world):
    page = queries.category(world.actor("auditor"), world.district, run_of(world).uid, "energy.industry")
    assert [c.code for c in page.path] == ["energy", "energy.industry"]
    assert [(quantity.labels[0][1], leaf.value) for quantity, leaf in page.quantities] == [
        ("bituminous", 1000.0),
        ("diesel", 100.0),
    ]
    assert {"能源!F3", "能源!F4"} <= {leaf.origin.where for leaf in page.leaves}
    assert {leaf.origin.kind for leaf in page.leaves} == {"entry", "fact", "potential"}
    with pytest.raises(UnableToFind):
        queries.category(world.actor("auditor"), world.district, run_of(world).uid, "energy.none")
    found = queries.figure_by_id(world.actor("lead"), world.district, page.row.line.id)
    assert found == (run_of(world), page.row.line)


def test_a_series_is_of_the_newest_runs(world):
    points = queries.series(world.actor("lead"), world.district, "energy.industry", "CO2")
    assert [(p.year, round(p.line.value, 3), p.published) for p in points] == [
        (2019, round(COAL / 2 + DIESEL, 3), False),
        (2020, round(ENERGY, 3), False),
    ]
    assert [p.year for p in queries.series(world.actor("lead"), world.district, years=(2020, 2020))] == [2020]
    assert queries.series(world.actor("town"), world.district) == []


def test_key_categories_of_level_and_trend(world):
    found = analysis.key_categories(world.actor("lead"), world.district, run_of(world).uid, run_of(world, 2019).uid)
    whole = ENERGY + FARM - FOREST  # the sink with its absolute value
    assert [(k.source.category.code, round(k.share, 6), k.is_key) for k in found.level_1] == [
        ("energy.industry", round(ENERGY / whole, 6), True),  # 0.831
        ("agriculture.manure", round(FARM / whole, 6), True),  # to 0.926: the threshold is 0.95
        ("lulucf.trees", round(-FOREST / whole, 6), True),
    ]
    # 2019: energy 1180.466, farm 234.08, forest -183.333; all together 1231.213. All of the change is coal's 870.875.
    # Equation 4.2 for energy: 1180.466/1597.879 x |870.875/1180.466 - 870.875/1231.213| = 0.738770 x 0.030408 = 0.022465
    # farm: 0.146494 x 0.707331 = 0.103620; forest: 0.114735 x 0.707331 = 0.081156
    assert [(k.source.category.code, round(k.share, 3)) for k in found.trend_1] == [
        ("agriculture.manure", round(0.103620 / 0.207241, 3)),
        ("lulucf.trees", round(0.081156 / 0.207241, 3)),
        ("energy.industry", round(0.022465 / 0.207241, 3)),
    ]
    assert found.level_2[0].source.category.code in {"energy.industry", "agriculture.manure"}
    alone = analysis.key_categories(world.actor("lead"), world.district, run_of(world).uid)
    assert (alone.trend_1, alone.no_trend) == ((), "没有选择基准年份。")


def test_contributions_to_the_variance_add_up(world):
    table = analysis.uncertainty(world.actor("lead"), world.district, run_of(world).uid)
    parts = {row.source.category.code: row.contribution for row in table.rows}
    assert sum(parts.values()) == pytest.approx(1.0)
    # The three sources share no leaf: each contributes the square of its own half width over that of the total.
    trees = next(row.source.line for row in table.rows if row.source.category.code == "lulucf.trees")
    assert trees.half_percent == pytest.approx(20.0)
    half_total = table.total.half_percent * table.total.value
    assert parts["lulucf.trees"] == pytest.approx((20.0 * abs(FOREST) / half_total) ** 2)
    best = analysis.improve(world.actor("lead"), world.district, run_of(world).uid)
    assert best[0].share >= best[-1].share > 0


def test_quality_says_how_much_is_illustrative(world):
    found = analysis.quality(world.actor("lead"), world.district, run_of(world).uid)
    flags = {portion.name: portion.share for portion in found.by_flag}
    assert flags["ILLUSTRATIVE"] == pytest.approx(1.0)
    assert len(found.illustrative) == 4  # coal, diesel, pigs, growth; aviation is a memo item
    assert sum(portion.share for portion in found.by_grade) == pytest.approx(1.0)
    assert all(leaf.flags & Flag.UNVERIFIED for leaf in found.unverified)


def test_a_department_reads_its_own_sheet_only(world):
    from qihou.record.api.access import NotPermitted

    sheets.sheet_page(world.actor("forestry"), world.district, 2020, "forest")
    with pytest.raises(NotPermitted):
        sheets.sheet_page(world.actor("forestry"), world.district, 2020, "energy")
    page = sheets.sheet_page(world.actor("auditor"), world.district, 2020, "energy")
    assert page.cells[0].before == 500
