"""A year from opening to its figures, on the small scheme."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qihou.domains.inventory.api import computing, entering, runs, schemes, sheets, years
from qihou.domains.inventory.api.errors import UnableToChange, UnableToFind, UnableToTakeIn
from qihou.domains.inventory.api.reading import entries_of
from qihou.domains.inventory.tests.inventory_world import (
    energy,
    fill,
    forest,
    fuel,
    make_world,
    opened,
    pigs,
    small,
)
from qihou.domains.inventory.tests.test_assembly import COAL, DIESEL, FOREST, PIGS
from qihou.figures.graph import labels
from qihou.figures.missing import Flag, Notation, Status
from qihou.measure.gases import GwpSet
from qihou.measure.periods import Period
from qihou.record.models import AuditEvent, Entry, FigureRecord, Run

YEAR = 2020
TOTAL = COAL + DIESEL + PIGS * 28 + FOREST


@pytest.fixture
def world(db):
    with small():
        made = make_world()
        opened(made)
        yield made


def test_a_quantity_has_one_name_in_the_record():
    for quantity, named in (("fuel.burnt", labels(use="industry", fuel="diesel")), ("forest.grown", ())):
        assert schemes.quantity_of(schemes.property_code(quantity, named)) == (quantity, named)
    assert schemes.property_code("fuel.burnt", labels(use="industry", fuel="diesel")) == (
        "fuel.burnt[fuel=diesel,use=industry]"
    )


def test_opening_a_year_gives_each_sheet_to_its_department(world):
    with_whom = {
        view.sheet.key: view.organisation for view in sheets.sheets_of(world.actor("lead"), world.district, YEAR)
    }
    assert with_whom == {"energy": "区统计局", "farm": "区农业农村委", "forest": "区林业局"}
    with pytest.raises(UnableToChange, match="已经开始"):
        opened(world)
    with pytest.raises(UnableToChange, match="不在可选之列"):
        opened(world, 2021, edition="provincial-1999")
    opened(world, 2021, gwp_set=GwpSet.AR6)
    found = years.inventories(world.actor("town"), world.district)
    assert [(row.year, row.gwp_set) for row in found] == [(2020, "AR5"), (2021, "AR6")]
    with pytest.raises(UnableToFind):
        years.the_inventory(world.actor("lead"), world.district, 2022)


def test_a_sheet_can_be_given_to_another(world):
    forestry = world.organisations["forestry"]
    years.assign_sheet(world.actor("lead"), world.district, YEAR, "farm", forestry.uid)
    entering.commit(world.actor("forestry"), world.district, YEAR, pigs())
    with pytest.raises(UnableToTakeIn, match="由“区林业局”填报"):
        entering.commit(world.actor("statistics"), world.district, YEAR, pigs("3000"))
    with pytest.raises(UnableToFind):
        years.assign_sheet(world.actor("lead"), world.district, YEAR, "farm", world.district.uid)


def test_a_hand_in_is_shown_before_it_is_written(world):
    fill(world, upto="draft")
    shown = entering.preview(
        world.actor("lead"), world.district, YEAR, [*energy(industry_bituminous="1100"), *forest()]
    )
    (change,) = shown.changed
    assert (change.old, change.new, change.place) == ("1000", "1100", "能源!F3")
    assert (shown.unchanged, shown.problems) == (4, ())
    assert shown.before["total", ""].value == pytest.approx(TOTAL, abs=1e-3)
    # 100 t more of coal: 174.175 tCO2
    assert shown.after["total", ""].value - shown.before["total", ""].value == pytest.approx(COAL / 10, abs=1e-3)
    assert Entry.objects.count() == 6
    own = entering.preview(world.actor("statistics"), world.district, YEAR, energy(industry_bituminous="1100"))
    assert {code for code, _ in own.after} == {"energy.industry", "energy.aviation"}


def test_the_same_hand_in_twice_changes_nothing(world):
    first = entering.commit(world.actor("statistics"), world.district, YEAR, energy())
    again = entering.commit(world.actor("statistics"), world.district, YEAR, energy(industry_bituminous="1000.0"))
    assert (first.written, again.written, again.unchanged) == (4, 0, 4)
    assert AuditEvent.objects.filter(act="inventory.commit").count() == 1


def test_a_value_in_another_unit_is_turned_exactly_and_both_are_kept(world):
    entering.commit(world.actor("statistics"), world.district, YEAR, [fuel("industry", "diesel", "0.1230", "万吨")])
    entry = Entry.objects.get()
    assert (entry.value, entry.unit, entry.note) == (Decimal("1230"), "t", "（0.1230 万吨）")


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (fuel("industry", "diesel", "1", "GJ"), "能源!F3：“diesel”的单位写的是“GJ”，应当能换算成“t”"),
        (fuel("industry", "peat", "1"), "能源!F3：清单不认识“fuel.burnt[fuel=peat, use=industry]”"),
        (fuel("industry", "diesel", "1", spread="五成"), "不确定度“五成”读不懂"),
        (fuel("industry", "diesel", "1", "万吨", spread="±0.3"), "请写成百分数"),
        (fuel("industry", "diesel", "NaN"), "填的不是数"),
        (fuel("industry", "diesel", "1", notation=Notation.NOT_OCCURRING), "既填了数，又填了标记"),
        (fuel("industry", "diesel", None, reason=" "), "请写明理由"),
        (pigs("3")[0], "由“区农业农村委”填报，您不能改"),
    ],
)
def test_what_does_not_fit_is_named_by_sheet_and_cell(world, cell, sentence):
    given = [fuel("industry", "bituminous", "1"), cell]
    shown = entering.preview(world.actor("statistics"), world.district, YEAR, given, totals=False)
    assert sentence in shown.problems[0]
    with pytest.raises(UnableToTakeIn) as refused:
        entering.commit(world.actor("statistics"), world.district, YEAR, given)
    assert refused.value.problems == shown.problems
    assert not Entry.objects.exists()


def test_a_cell_twice_is_refused_where_no_parts_are_declared(world):
    given = [fuel("industry", "diesel", "1"), fuel("industry", "diesel", "2", cell="F9")]
    with pytest.raises(UnableToTakeIn, match="能源!F9：“diesel”填了两次，第一次在 能源!F3"):
        entering.commit(world.actor("lead"), world.district, YEAR, given)


def test_the_life_of_a_sheet(world):
    statistics, lead, lead2 = (world.actor(who) for who in ("statistics", "lead", "lead2"))
    entering.commit(statistics, world.district, YEAR, energy()[:3])
    with pytest.raises(UnableToChange, match="还有 1 格没有填：bituminous"):
        sheets.submit_sheet(statistics, world.district, YEAR, "energy")
    entering.commit(statistics, world.district, YEAR, energy())
    sheets.submit_sheet(statistics, world.district, YEAR, "energy")
    with pytest.raises(UnableToTakeIn, match="已经提交或审定"):
        entering.commit(statistics, world.district, YEAR, energy(industry_diesel="101"))
    with pytest.raises(UnableToChange, match="退回的理由"):
        sheets.return_sheet(lead, world.district, YEAR, "energy", " ")
    sheets.return_sheet(lead, world.district, YEAR, "energy", "柴油偏低")
    (mine,) = sheets.my_sheets(statistics, world.district, YEAR)
    assert (mine.status, mine.note, mine.may_fill, mine.lacks) == ("returned", "柴油偏低", True, 4)
    entering.commit(statistics, world.district, YEAR, energy(industry_diesel="120"))
    sheets.submit_sheet(statistics, world.district, YEAR, "energy")
    sheets.approve_sheet(lead, world.district, YEAR, "energy")
    # The bureau may correct an approved sheet; then it is handed in and approved anew, by somebody else.
    entering.commit(lead, world.district, YEAR, energy(industry_diesel="125"))
    sheets.submit_sheet(lead, world.district, YEAR, "energy")
    with pytest.raises(UnableToChange, match="请同事审定"):
        sheets.approve_sheet(lead, world.district, YEAR, "energy")
    sheets.approve_sheet(lead2, world.district, YEAR, "energy")
    page = sheets.sheet_page(statistics, world.district, YEAR, "energy")
    assert [(c.value, c.notation, c.status, c.revision) for c in page.cells] == [
        (Decimal(1000), "", "approved", 2),
        (Decimal(125), "", "approved", 3),
        (None, "NO", "approved", 2),
        (Decimal(10), "", "approved", 2),
    ]
    assert page.cells[1].place == "能源!F4"


def test_a_run_keeps_every_figure_and_its_reading(world):
    fill(world)
    run = computing.compute(world.actor("lead"), world.district, YEAR)
    lines = runs.lines_of(run)
    assert lines["total", ""].value == pytest.approx(TOTAL, abs=1e-3)
    assert lines["energy.industry", "CO2"].value == pytest.approx(COAL + DIESEL, abs=1e-3)
    assert lines["total", ""].status is not Status.FAILED
    assert FigureRecord.objects.filter(run=run).count() == len(lines)
    opened_again = runs.open_frozen(world.actor("auditor"), world.district, run.uid)
    assert opened_again.told == ()
    assert opened_again.worked.lines == lines
    leaves = opened_again.worked.why("energy.industry").leaves()
    assert "能源!F3" in {leaf.origin.where for leaf in leaves}
    assert computing.compute(world.actor("lead"), world.district, YEAR).pk == run.pk
    drawn = computing.compute(world.actor("lead"), world.district, YEAR, draws=200)
    assert (drawn.number, Run.objects.get(pk=run.pk).status) == (2, "superseded")


def test_an_entry_tells_the_calculation_all_that_is_known_of_it(world):
    entering.commit(world.actor("forestry"), world.district, YEAR, forest(), illustrative=True)
    entered = entries_of(world.district, [YEAR])["forest.grown", (), Period.year(YEAR)]
    entry = Entry.objects.get()
    assert (entered.value, entered.unit, entered.spread) == (50.0, "tC", "±20%")
    assert entered.flags == Flag.ILLUSTRATIVE
    assert (entered.origin.kind, entered.origin.id) == ("entry", f"{entry.uid}@1")
    assert (entered.origin.zh, entered.origin.where) == ("碳增长", "林业!F3")


def test_a_correction_marks_the_run_and_is_told(world):
    fill(world)
    lead, statistics = world.actor("lead"), world.actor("statistics")
    run = computing.compute(lead, world.district, YEAR)
    assert runs.stale(lead, world.district, run.uid) == []
    sheets.return_sheet(lead, world.district, YEAR, "energy", "柴油偏低")
    entering.commit(statistics, world.district, YEAR, energy(industry_diesel="120"))
    run.refresh_from_db()
    assert run.stale_at is not None
    (change,) = [c for c in runs.stale(lead, world.district, run.uid) if c.before.value != c.after.value]
    assert (change.quantity, change.before.value, change.after.value) == ("fuel.burnt", 100.0, 120.0)
    assert not change.is_fact
    again = computing.compute(lead, world.district, YEAR, reason="柴油更正")
    assert again.number == 2
    assert runs.lines_of(again)["total", ""].value - TOTAL == pytest.approx(DIESEL * 0.2, abs=1e-3)
