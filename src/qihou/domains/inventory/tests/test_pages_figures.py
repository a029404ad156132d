"""The pages about figures, on the small scheme: what they show, to whom, and where a number leads."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qihou.domains.inventory.api import computing, entering, publishing, runs
from qihou.domains.inventory.pages.figures import doors, why
from qihou.domains.inventory.pages.figures.waterfall import waterfall
from qihou.domains.inventory.tests.inventory_world import World, energy, fill, make_world, opened, small
from qihou.face.why import Explanation
from qihou.record.models import Feature, FeatureKind, Run

BACKEND = "django.contrib.auth.backends.ModelBackend"
OF_A_RUN = ("tree", "flows", "uncertainty", "key_categories", "quality", "towns")
ACROSS = ("series", "compare", "indicators")

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """2019 with 900 t of coal, 2020 with 1000 t; both worked, neither published."""
    with small():
        made = make_world()
        for year, coal in ((2019, "900"), (2020, "1000")):
            opened(made, year)
            fill(made, year, only=("farm", "forest"))
            entering.commit(made.actor("statistics"), made.district, year, energy(industry_bituminous=coal))
            computing.compute(made.actor("lead"), made.district, year, draws=100 if year == 2020 else 0)
        yield made


def run_of(world: World, year: int = 2020) -> Run:
    run = runs.newest_run(world.actor("lead"), world.district, year)
    assert run is not None
    return run


def get(world: World, who: str, name: str, query: str = "", **more: object) -> str:
    client = Client()
    client.force_login(world.people[who], backend=BACKEND)
    kwargs = {"district_code": world.district.code, **more}
    answer = client.get(reverse(f"inventory:{name}", kwargs=kwargs) + query, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_the_tree_shows_values_ranges_and_the_year_before(world):
    """Coal and diesel: 1741.750 + 309.591 = 2051.341 t = 0.21 万吨; in 2019 1567.575 + 309.591 = 1877.166 t: +9.3 %."""
    shown = get(world, "lead", "tree", year=2020)
    assert "0.21" in shown
    assert "2,051.34" in shown  # one hover away
    assert "+9.3%" in shown
    assert "−0.0183" in shown  # the forest takes up 183.333 t
    assert "国际航空" in shown  # a memo item, beside the total


def test_the_tree_leaves_as_a_table_in_tonnes(world):
    text = get(world, "lead", "tree", "?export=csv", year=2020)
    rows = {row["类别"]: row for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))}
    value = next(key for key in rows["能源活动"] if key.startswith("排放量"))
    assert float(rows["能源活动"][value].replace(",", "")) == pytest.approx(2051.341, abs=1e-3)
    assert rows["国际航空"]["计入总量"] == "否"


def test_closed_categories_hide_what_is_under_them_and_the_address_keeps_it(world):
    assert "energy.industry" not in get(world, "lead", "tree", "?open=none", year=2020)
    assert "energy.industry" in get(world, "lead", "tree", "?open=all", year=2020)


@pytest.mark.parametrize("name", OF_A_RUN)
def test_every_page_of_a_run_opens_for_its_readers_and_says_so_to_others(world, name):
    assert "第 1 次计算" in get(world, "lead", name, year=2020)
    assert "第 1 次计算" in get(world, "auditor", name, year=2020)
    assert "还没有可看的结果" in get(world, "statistics", name, year=2020)
    assert "还没有可看的结果" in get(world, "lead", name, year=2015)


@pytest.mark.parametrize("name", ACROSS)
def test_pages_across_the_years_open_for_readers(world, name):
    assert "tabs" in get(world, "lead", name)
    assert "还没有可看的清单结果" in get(world, "forestry", name)


def test_a_published_year_opens_for_every_officer(world):
    from qihou.domains.inventory.api import sheets

    lead = world.actor("lead")
    sheets.submit_sheet(world.actor("statistics"), world.district, 2020, "energy")
    sheets.approve_sheet(lead, world.district, 2020, "energy")
    run = computing.compute(lead, world.district, 2020)
    publishing.publish(lead, world.district, run.uid, today=timezone.localdate())
    assert "已发布" in get(world, "forestry", "tree", year=2020)


def test_a_stale_run_says_since_when(world):
    entering.commit(world.actor("statistics"), world.district, 2020, energy(industry_bituminous="1100"))
    assert "与现有数据不一致" in get(world, "lead", "tree", year=2020)


def test_a_category_shows_its_inputs_formulas_and_versions(world):
    shown = get(world, "lead", "category", year=2020, code="energy.industry")
    assert "<math" in shown
    assert "I.3" in shown  # its GPC category
    assert "1,000" in shown
    assert "bituminous" in shown
    client = Client()
    client.force_login(world.people["lead"], backend=BACKEND)
    address = reverse(
        "inventory:category", kwargs={"district_code": world.district.code, "year": 2020, "code": "no.such"}
    )
    assert client.get(address).status_code == 404


def opened_why(world: World, key: str, who: str = "lead") -> Explanation:
    return why.explain(world.actor(who), world.district, key)


def test_a_number_opens_step_by_step_down_to_its_cell_and_its_citation(world):
    run = run_of(world)
    here = opened_why(world, f"{run.uid}:energy.industry:CO2")
    seen = [str(here.title)]
    while step := next((s for s in here.steps if s.why and str(s.kind) in ("分项", "输入")), None):
        here = opened_why(world, step.why.key)
        seen.append(str(here.title))
    # industry -> its larger part, coal weighed -> coal burnt -> its heat -> the tonnes that were entered
    assert len(seen) == 5
    assert here.value == "1,000"
    assert any("能源!F3" in str(step.title) for step in here.steps)
    heat = opened_why(world, f"{run.uid}:cell:energy.heat:0:0")
    factor = next(s for s in heat.steps if s.why and "热值" in str(s.title))
    cited = opened_why(world, factor.why.key)
    assert any(str(step.kind) == "出处" and "NY/T 4243-2022" in str(step.title) for step in cited.steps)
    assert any("等级 A" in str(step.note) for step in cited.steps)


def test_the_why_can_be_quoted_and_names_the_next_best_datum(world):
    run = run_of(world)
    found = opened_why(world, f"{run.uid}:energy.industry:CO2")
    assert "2,051.34" in found.reference
    assert "第 1 次计算" in found.reference
    best = [step for step in found.steps if str(step.kind) == "最值得改进"]
    assert len(best) == 1
    assert best[0].value.endswith("%")


@pytest.mark.parametrize(
    "key",
    ["energy.industry:NO", "nothing:", "cell:energy.heat:99:0", "cell:energy.heat:x:0", "leaf:abc", "", "a:b:c:d:e:f"],
)
def test_a_why_that_is_not_there_is_not_found(world, key):
    with pytest.raises(LookupError):
        opened_why(world, f"{run_of(world).uid}:{key}")


def test_a_department_cannot_open_what_is_not_published(world):
    with pytest.raises(LookupError):
        opened_why(world, f"{run_of(world).uid}:total:", "statistics")


def test_two_years_side_by_side_name_the_value_that_moved(world):
    """100 t more coal: + 174.175 t = 0.0174 万吨."""
    shown = get(world, "lead", "compare")
    assert "0.0174" in shown
    assert "bituminous" in shown
    assert "不能分解" in shown  # the small scheme knows no GDP


def test_both_approaches_stand_side_by_side(world):
    shown = get(world, "lead", "uncertainty", year=2020)
    assert "下限（抽样法）" in shown
    assert "相对 2019 年的变化" in shown
    assert "没有抽样" in get(world, "lead", "uncertainty", year=2019)


def test_towns_get_parts_that_are_the_whole_and_say_that_they_are_an_allocation(world):
    for number in range(3):
        town = Feature.objects.create(
            kind=FeatureKind.TOWN,
            code=f"50015100{number}",
            name=f"第{number}镇",
            parent=world.district,
            district=world.district,
        )
        for village in range(number + 1):
            code = f"{town.code}{village:03}"
            Feature.objects.create(kind=FeatureKind.VILLAGE, code=code, name=code, parent=town, district=world.district)
    text = get(world, "lead", "towns", "?export=csv", year=2020)
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))[:3]
    assert {row["性质"] for row in rows} == {"分配值，不是核算值"}
    energy_column = next(key for key in rows[0] if key.startswith("能源活动"))
    parts = {row["镇街"]: Decimal(row[energy_column].replace(",", "")) for row in rows}
    assert sum(parts.values()) == Decimal("2051.341")  # by villages, 1 : 2 : 3
    assert parts["第2镇"] == pytest.approx(Decimal("1025.6705"), abs=Decimal("0.001"))
    assert "这是分配，不是各镇街的清单" in get(world, "lead", "towns", "?by.energy=equal", year=2020)


def test_a_waterfall_begins_each_bar_where_the_last_ended_also_below_nought():
    """From 10 by -15 to -5, by +2 to -3."""
    option = waterfall(("a", 10.0), [("x", -15.0), ("y", 2.0)], "b", "t", 1.0)
    above, below, up, down = (
        [bar["value"] if isinstance(bar, dict) else bar for bar in one["data"]] for one in option["series"]
    )
    assert up == [10, 10, 0, 0]
    assert down == [0, -5, -2, -3]
    assert below == [0, 0, -3, 0]
    assert above == [0, 0, 0, 0]


def test_categories_are_found_by_name_where_there_is_a_run_to_see(world):
    found = doors.find(world.actor("lead"), world.district, "粪便", 5)
    assert [(hit.title, hit.url.rpartition("/")[2]) for hit in found] == [("3.1 粪便管理", "agriculture.manure")]
    assert doors.find(world.actor("forestry"), world.district, "粪便", 5) == ()
