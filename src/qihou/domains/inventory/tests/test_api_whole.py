"""The five sectors with the bundled district's data: loaded, worked, published, and answered for in the plan's register."""

from __future__ import annotations

import shutil
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

import pytest

from qihou.domains.inventory.api import computing, loading, publishing, queries, runs, sheets, years
from qihou.domains.inventory.api.feeding import Fed
from qihou.domains.inventory.methods.district_files import UnableToReadDistrictFile
from qihou.domains.plan.api import adoption, importing
from qihou.domains.plan.methods.register import IndicatorRow, Line, Register, Totals
from qihou.figures.missing import Flag
from qihou.measure.periods import Period
from qihou.record.api import districts
from qihou.record.api.access import Actor
from qihou.record.models import Entry

TONGLIANG = Path(__file__).parents[5] / "districts" / "tongliang"
SYSTEM, TODAY = Actor.system("test"), date(2023, 9, 1)
ASKED = ("单位地区生产总值二氧化碳排放降低", "单位工业增加值二氧化碳排放降低", "单位地区生产总值能源消耗降低", "非化石能源占一次能源消费比重")  # fmt: skip


@pytest.fixture
def district(db):
    return districts.load_district(SYSTEM, TONGLIANG)


def adopted_plan(district) -> None:
    """A plan with the four indicators that the inventory answers; 2020 is the year its reductions are counted from."""
    made = Register("示例规划", 2021, 2025, [Line(1, "示例规划")], [])
    for n, name in enumerate(ASKED, 1):
        made.lines.append(Line(n + 1, name))
        made.indicators.append(
            IndicatorRow(
                n, {}, category="排放", name=name, unit="%", base=None, base_year=2020, target=None, target_year=2025,
                target_text="市级下达", target_state="assigned", sense="at_least", nature="binding", departments=["区生态环境局"],
            )
        )  # fmt: skip
    made.totals, made.findings, made.lacks = Totals(), [], []
    with patch.object(importing, "read_document", return_value=made):
        version = importing.import_plan(SYSTEM, district, name="规划.txt", content=b"plan")
    adoption.adopt(SYSTEM, district, version.uid, leave_undetermined=True, reason="示例")


def test_three_years_from_the_folder_to_the_plans_register(district):
    adopted_plan(district)
    loaded = loading.load_district_inventory(SYSTEM, district, TONGLIANG, years={2020, 2021, 2022})
    assert (loaded.years, loaded.runs) == (3, 3)
    assert loading.load_district_inventory(SYSTEM, district, TONGLIANG, years={2020, 2021, 2022}).values == 0
    # The last year waits to be handed in; the others are approved and can be published as they are.
    assert {s.status for s in sheets.sheets_of(SYSTEM, district, 2022) if s.asked} == {"draft"}
    fed: tuple[Fed, ...] = ()
    for year in (2020, 2021):
        home = queries.home(SYSTEM, district, year)
        assert (home.gaps, home.tree.total.flags & Flag.ILLUSTRATIVE) == ((), Flag.ILLUSTRATIVE)
        assert home.tree.total.value == pytest.approx(sum(row.line.known for row in home.tree.sectors if row.counts))
        _run, fed = publishing.publish(SYSTEM, district, home.view.run.uid, today=TODAY)
    assert [one.indicator for one in fed] == list(ASKED)
    before, after = (runs.lines_of(runs.newest_run(SYSTEM, district, year)) for year in (2020, 2021))
    gone = 100 * (1 - after["indicator.co2_per_gdp", ""].value / before["indicator.co2_per_gdp", ""].value)
    assert float(fed[0].value) == pytest.approx(gone, abs=1e-4)
    assert float(fed[3].value) == pytest.approx(100 * after["indicator.non_fossil_share", ""].value, abs=1e-4)
    entered = Entry.objects.filter(source_place__startswith="inventory/2021/1 ").order_by("pk")
    assert [(entry.value, entry.status, entry.illustrative) for entry in entered] == [
        (one.value, "submitted", bool(after[one.key, ""].flags & Flag.ILLUSTRATIVE)) for one in fed
    ]


def test_a_year_is_worked_within_a_second_and_every_figure_opens(district):
    loading.load_district_inventory(SYSTEM, district, TONGLIANG, years={2020}, work=False)
    best = min(
        _seconds(district, draws) for draws in (0, 1, 0)
    )  # other numbers of draws, so that each is a run of its own
    assert best < 1.0 * max(1.0, _load())
    run = runs.newest_run(SYSTEM, district, 2020)
    opened = runs.open_frozen(SYSTEM, district, run.uid)
    assert opened.told == ()
    stored = runs.lines_of(run)
    assert {key: line.id for key, line in stored.items()} == {key: line.id for key, line in opened.worked.lines.items()}
    plan = {
        leaf.quantity: leaf.origin.where
        for leaf in opened.worked.why("indicator.energy_per_gdp").leaves()
        if leaf.flags & Flag.FROM_PLAN
    }
    assert plan == {"context.gdp_constant": "规划文本第159行", "context.energy_equal_value": "规划文本第161行"}


def test_decay_in_a_landfill_reads_the_years_before(district, tmp_path):
    (tmp_path / "inventory").mkdir()
    shutil.copy(TONGLIANG / "inventory" / "waste.yaml", tmp_path / "inventory")
    history = loading.load_district_inventory(SYSTEM, district, tmp_path, years=set(range(2003, 2020)))
    assert (history.years, history.runs) == (0, 0)  # the waste of a year is not a whole year
    loading.load_district_inventory(SYSTEM, district, TONGLIANG, years={2020}, work=False)
    balance = runs.lines_of(computing.compute(SYSTEM, district, 2020))
    years.choose(SYSTEM, district, 2020, landfill="first-order-decay")
    run = computing.compute(SYSTEM, district, 2020)
    assert run.settings["periods"] == [str(year) for year in range(2003, 2021)]
    decay = runs.lines_of(run)
    landfill = "waste.solid.landfill"
    assert decay[landfill, "CH4"].value > 0
    assert decay[landfill, "CH4"].value != balance[landfill, "CH4"].value
    assert decay["energy", ""].value == balance["energy", ""].value


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("{quantity: a, unit: t, values: {2020: 1}}", "row 1: say either illustrative"),
        (
            "{quantity: a, unit: t, illustrative: true, values: {2020: {notation: XX, reason: r}}}",
            "'XX' is not a valid",
        ),
        ("{quantity: a, unit: t, illustrative: true, values: {2020: 1}}", "清单不认识“a”"),
        ("{quantity: context.gdp, unit: t, illustrative: true, values: {2020: 1}}", "应当能换算成“亿元”"),
    ],
)
def test_a_file_that_is_not_as_it_must_be_is_named(district, tmp_path, row, sentence):
    (tmp_path / "inventory").mkdir()
    (tmp_path / "inventory" / "x.yaml").write_text(f"rows:\n  - {row}\n", encoding="utf-8")
    with pytest.raises(UnableToReadDistrictFile, match=sentence):
        loading.load_district_inventory(SYSTEM, district, tmp_path)
    assert not Entry.objects.exists()


def test_values_keep_their_digits(district, tmp_path):
    (tmp_path / "inventory").mkdir()
    row = "{quantity: context.gdp, labels: {}, unit: 亿元, illustrative: true, values: {2020: 661.0}}"
    (tmp_path / "inventory" / "x.yaml").write_text(f"rows:\n  - {row}\n", encoding="utf-8")
    loading.load_district_inventory(SYSTEM, district, tmp_path)
    entry = Entry.objects.get()
    assert (str(entry.value), entry.period_start, entry.illustrative) == ("661.0", Period.year(2020).start, True)
    assert isinstance(entry.value, Decimal)
    assert years.inventories(SYSTEM, district) == []  # one value does not open a year


def _seconds(district, draws: int) -> float:
    started = time.perf_counter()
    computing.compute(SYSTEM, district, 2020, draws=draws)
    return time.perf_counter() - started


def _load() -> float:
    """How many times more than its own the machine is asked to do: tests share it with others."""
    import os

    return os.getloadavg()[0] / (os.cpu_count() or 1)
