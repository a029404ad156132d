"""Values, targets, doubles, periods and impossibilities: a case to see and a case to leave alone."""

import pytest

from .audit_plans import Plan


def test_indicator_and_text_disagree():
    plan = Plan()
    plan.say("到2025年,全区再生水利用率达到35%。")
    plan.indicator(1, "再生水利用率", 24, 32)
    found = plan.findings("indicator_value_differs")[0]
    assert found.params["told"] == ["35%"]
    assert found.severity == "error"


@pytest.mark.parametrize(
    "sentence",
    [
        "到2025年,全区再生水利用率达到32%。",
        "到2030年,全区再生水利用率达到45%。",  # another year
        "2020年,全区再生水利用率为24%。",  # the base
        "截至2019年,全区再生水利用率达到21%。",  # the past
        "到2025年,新增再生水利用率监测点35处。",
    ],
)
def test_indicator_and_text_agree(sentence):
    plan = Plan()
    plan.say(sentence)
    plan.indicator(1, "再生水利用率", 24, 32)
    assert not {"indicator_value_differs", "indicator_base_differs"} & plan.kinds()


def test_base_in_text_and_table():
    plan = Plan()
    plan.say("2020年全区绿地率为37.9%。")
    plan.indicator(1, "绿地率", "38.9", 41)
    assert plan.findings("indicator_base_differs")[0].params["told"] == "37.9%"


def test_bound_worded_in_two_ways():
    plan = Plan()
    plan.say("到2025年,公共交通出行分担率达到20%及以上。")
    plan.indicator(1, "公共交通出行分担率", 15, 20)
    plan.task(1, "公共交通出行分担率大于20%。")
    assert plan.findings("indicator_sense_differs")[0].params["forms"] == ["达到20%及以上", "大于20%"]


def test_counts_of_one_thing_in_project_and_text():
    plan = Plan()
    plan.say("到2025年,建成专用充电桩100个。")
    plan.project(1, "在公共停车场建设新能源汽车充电桩2000个。")
    found = plan.findings("quantity_differs")[0]
    assert (found.params["thing"], found.params["project"]) == ("充电桩", "2000个")


def test_parts_that_add_up_to_the_project_are_no_conflict():
    plan = Plan()
    plan.say("到2025年,建成专用充电桩100个,公共充电桩50个。")
    plan.project(1, "建设充电桩150个。")
    assert not plan.findings("quantity_differs")


def test_one_list_names_a_thing_twice():
    plan = Plan()
    plan.project(1, "新建水质监测站30个,雨量监测站2个,水质监测站6个。")
    assert plan.findings("listed_twice")[0].params["values"] == ["30个", "6个"]


def test_a_place_and_its_work_in_two_projects():
    plan = Plan()
    plan.project(1, "治理青溪支流12公里,实施河口镇防洪提标。", "12345.67", start=2022)
    plan.project(2, "河口镇防洪提标工程,加高堤防。", "2345.67", start=2022)
    found = plan.findings("double_counting")[0]
    assert found.params["shared"] == "河口镇防洪提标"
    assert found.params["same_tail"] is True  # 12345.67 − 2345.67 = 10000


def test_two_projects_that_buy_the_same_thing():
    plan = Plan()
    plan.project(1, "推广使用纯电动公交车75台。")
    plan.project(2, "更新纯电动公交车99台。")
    assert plan.findings("double_counting")[0].params["counted"] == ["75台", "99台"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("建设河口镇污水处理厂尾水湿地。", "建设青山镇污水处理厂尾水湿地。"),
        ("开展农村生活垃圾分类示范。", "开展城市生活垃圾分类示范。"),
        ("建设河口镇防洪堤一期。", "建设河口镇防洪堤二期。"),
    ],
)
def test_likeness_alone_is_no_double(one, other):
    plan = Plan()
    plan.project(1, one)
    plan.project(2, other)
    assert not plan.findings("double_counting")


def test_periods():
    plan = Plan()
    plan.project(1, "新建泵站", start=2020, end=2022)
    plan.project(2, "新建水闸", start=2023, end=2022)
    plan.project(3, "新建渠道", start=2021, end=2025)
    plan.project(4, "到2027年完成堤防加固", start=2021, end=2025)
    assert [f.params["no"] for f in plan.findings("period_outside_plan")] == ["1"]
    assert [f.params["no"] for f in plan.findings("period_reversed")] == ["2"]
    assert [f.params["years"] for f in plan.findings("period_contradicts_text")] == [[2027]]


def test_target_the_table_does_not_carry():
    plan = Plan()
    plan.say("到2025年,全区森林覆盖率达到50%,再生水利用率达到32%。")
    plan.indicator(1, "再生水利用率", 24, 32)
    assert [f.params["name"] for f in plan.findings("target_in_no_table")] == ["森林覆盖率"]


def test_what_was_reached_is_no_target():
    plan = Plan()
    plan.say("截至2020年,全区森林覆盖率达到47%。")
    plan.indicator(1, "再生水利用率", 24, 32)
    assert not plan.findings("target_in_no_table")


def test_indicators_without_base_and_assigned_ones():
    plan = Plan()
    plan.indicator(1, "再生水利用率", None, 32)
    plan.indicator(2, "绿地率", 30, 41)
    plan.indicator(3, "单位产值能耗降低", None, None, target_state="assigned")
    assert plan.findings("indicators_without_base")[0].params["numbers"] == ["1"]
    assert plan.findings("indicators_assigned")[0].params["numbers"] == ["3"]


def test_cumulative_mark_in_the_base_column():
    for note, found in (("备注:【】为“十四五”期间累计数。", 1), ("注:[]内为五年累计数。", 0)):
        plan = Plan()
        plan.indicator(1, "单位产值能耗降低", 22, None, base_mark=True)
        plan.note(note)
        assert len(plan.findings("cumulative_mark_in_base")) == found
        assert len(plan.findings("bracket_kind_differs")) == found


def test_running_total_without_its_mark():
    plan = Plan()
    plan.indicator(1, "水土流失治理面积", None, 48, unit="平方公里")
    plan.project(1, "新增水土流失治理面积48平方公里。")
    plan.note("备注:【】为“十四五”期间累计数。")
    assert plan.findings("cumulative_mark_missing")[0].params["target"] == "48"


def test_stock_that_grows_too_fast():
    # 160 / 95.7 = 1.672, more than half again in five years; 100 to 120 is ordinary.
    plan = Plan()
    plan.indicator(1, "森林蓄积量", "95.7", 160, unit="万立方米")
    plan.indicator(2, "森林蓄积量(天然林)", 100, 120, unit="万立方米")
    found = plan.findings("indicator_jumps")
    assert [f.params["growth"] for f in found] == ["67.2"]
    assert found[0].params["yearly"] == "10.8"  # 1.672 ** 0.2 = 1.108


def test_rate_that_falls_behind_its_base():
    plan = Plan()
    plan.indicator(1, "管网普查率", 88, 76)
    plan.indicator(2, "森林火灾受害率", "0.3", "0.9", unit="‰")
    assert [f.params["no"] for f in plan.findings("target_behind_base")] == ["1"]


def test_target_in_words_only():
    plan = Plan()
    plan.say("到2025年,化肥施用强度持续降低。")
    plan.say("到2025年,化肥施用强度降低5%,农药用量持续降低。")
    assert plan.findings("targets_without_number")[0].params["count"] == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("到2025年,湿地保护率达到105%。", "share_over_hundred"),
        ("到2025年,湿地保护率不低于100%。", "share_at_cap"),
        ("三次产业结构调整为8.8:55.4:36.8。", "shares_do_not_add_up"),  # 101.0
        ("2020年日最大负荷达58万千瓦时。", "energy_unit_for_power"),
        ("建成中水回用能力4m3/天。", "capacity_implausible"),
        ("新建库容1126m3中型水库一座。", "reservoir_class_impossible"),
        ("实施2003000km2中小河流治理。", "area_impossible"),
        ("实施3000km2以上中小流域治理。", "river_class_contradicts"),
        ("淘汰燃煤锅炉20160蒸吨。", "boilers_implausible"),
        ("建设61兆瓦发电机组,分2期建设,每期3台。", "digits_run_together"),  # 2 × 3 = 6: 6 台 1 兆瓦
    ],
)
def test_what_cannot_be(text, kind):
    plan = Plan()
    plan.project(1, text)
    assert len(plan.findings(kind)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "到2025年,湿地保护率达到100%。",
        "到2025年,工业产值增长120%。",
        "三次产业结构调整为8.8:55.4:35.8。",  # 100.0
        "2020年日最大负荷达58万千瓦,用电58万千瓦时。",
        "建成中水回用能力4万m3/天。",
        "新建库容1126万m3中型水库一座。",
        "实施200-3000km2中小河流治理。",
        "淘汰燃煤锅炉20台160蒸吨。",
        "建设45兆瓦发电机组,分2期建设,每期3台。",
    ],
)
def test_what_can_be(text):
    plan = Plan()
    plan.project(1, text)
    impossible = {
        "share_over_hundred", "share_at_cap", "shares_do_not_add_up", "energy_unit_for_power", "capacity_implausible",
        "reservoir_class_impossible", "area_impossible", "river_class_contradicts", "boilers_implausible", "digits_run_together",
    }  # fmt: skip
    assert not impossible & plan.kinds()


def test_share_and_level():
    # 58.3 / 661 = 8.8 %, so a printed 9.9 is wrong and 8.8 right.
    for share, rest, found in (("9.9", "54.3", 1), ("8.8", "55.4", 0)):
        plan = Plan()
        plan.say(f"地区生产总值661亿元,三次产业结构为{share}:{rest}:35.8,农业增加值58.3亿元。")
        assert len(plan.findings("share_contradicts_level")) == found


def test_unit_cost():
    # 47500 (10⁴ CNY) over 250000 mu is 1900 CNY a mu, under 3000; 75000 is 3000.
    for money, found in ((47500, 1), (75000, 0)):
        plan = Plan()
        plan.project(1, "建设高标准农田25万亩。", money)
        seen = plan.findings("unit_cost_unusual")
        assert len(seen) == found
        assert not seen or seen[0].params["each"] == "1900"


def test_running_already_or_to_be_built():
    plan = Plan()
    plan.say("稳定运行生活垃圾焚烧发电一期工程,完善收运体系。")
    plan.project(1, "建成投运生活垃圾发电厂一期工程,规模600吨/天。")
    plan.project(2, "建成投运生活垃圾发电厂二期工程。")
    assert [f.params["no"] for f in plan.findings("running_or_to_be_built")] == ["1"]


def test_one_target_under_two_names():
    plan = Plan()
    plan.say("到2025年,城镇绿色建筑占新建建筑比重达到70%。")
    plan.indicator(1, "城镇新建建筑中绿色建筑面积占比", 50, 70)
    assert plan.findings("indicator_name_differs")[0].params["told"] == ["城镇绿色建筑占新建建筑比重"]
    assert not plan.findings("target_in_no_table")


def test_two_terms_for_one_amount():
    plan = Plan()
    plan.say("完成25万亩高标准基本农田建设任务。")
    plan.project(1, "建设高标准农田25万亩。")
    assert plan.findings("term_differs")[0].params["names"] == ["高标准农田", "高标准基本农田"]


def test_units_printed_unevenly():
    plan = Plan()
    plan.indicator(1, "再生水利用率(%)", 24, 32)
    row = plan.indicator(2, "绿地率(%)", 30, 41)
    row.cells["target"].printed = "41%"
    assert plan.findings("unit_printed_unevenly")[0].params["numbers"] == ["2"]


def test_target_year_before_the_plan():
    plan = Plan()
    plan.indicator(1, "绿地率", 30, 41).target_year = 2019
    assert plan.findings("target_year_outside_plan")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("工业产值由80亿元增长到100亿元,增长25%。", 0),  # 100 / 80 = 1.25
        ("工业产值由80亿元增长到100亿元,增长35%。", 1),
        ("绿地率由38.5%提高到41.2%,提高2.7个百分点。", 0),
        ("绿地率由38.5%提高到41.2%,提高4.7个百分点。", 1),
        ("工业产值由2015年的3.1亿元增长至2020年的9.9亿元,增长219%。", 0),  # 9.9 / 3.1 = 3.194
    ],
)
def test_growth_and_levels(text, found):
    plan = Plan()
    plan.say(text)
    assert len(plan.findings("growth_contradicts_levels")) == found


def test_part_of_what_the_text_promises_is_no_conflict():
    plan = Plan()
    plan.say("到2025年,新建公共厕所100座。")
    plan.project(1, "新建公共厕所20座。")
    assert not plan.findings("quantity_differs")


def test_two_works_at_one_plant_are_two_works():
    plan = Plan()
    plan.project(1, "河口镇污水处理厂尾水湿地,面积5000平方米。")
    plan.project(2, "河口镇污水处理厂设备采购。")
    assert not plan.findings("double_counting")


def test_two_phases_listed_apart():
    plan = Plan()
    plan.project(1, "一期建设充电桩100个,二期建设充电桩200个。")
    assert not plan.findings("listed_twice")


def test_damage_from_copying_is_not_called_an_error_of_the_document():
    # 1126 m³ with 万 restored is a medium reservoir and 2003000 splits into 200–3000; 12 m³ and 1999999 cannot be mended.
    for text, kind, severity in (
        ("新建库容1126m3中型水库一座。", "reservoir_class_impossible", "warning"),
        ("新建库容12m3中型水库一座。", "reservoir_class_impossible", "error"),
        ("治理流域2003000km2。", "area_impossible", "warning"),
        ("治理流域1999999km2。", "area_impossible", "error"),
    ):
        plan = Plan()
        plan.project(1, text)
        assert [f.severity for f in plan.findings(kind)] == [severity]
