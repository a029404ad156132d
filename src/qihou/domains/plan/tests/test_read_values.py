"""Cells one by one: numbers, years, organisations, heads of columns."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from qihou.domains.plan.methods.layout.roles import Role, role_of, year_of
from qihou.domains.plan.methods.reading.numbers import money_factor, read_amount, read_value, split_unit
from qihou.domains.plan.methods.reading.organisations import organisation_score, split_organisations
from qihou.domains.plan.methods.reading.years import is_period, plan_period, read_span

from .read_helpers import wide


@pytest.mark.parametrize(
    ("printed", "state", "number", "cumulative", "sense"),
    [
        ("20", "value", "20", False, None),
        ("20%", "value", "20", False, None),
        ("[22]", "value", "22", True, None),
        ("〔13.5〕", "value", "13.5", True, None),
        ("【380】", "value", "380", True, None),
        ("(18)", "value", "18", True, None),
        ("\uff0818\uff09", "value", "18", True, None),
        ("≥90", "value", "90", False, "at_least"),
        ("≤0.9", "value", "0.9", False, "at_most"),
        ("80%以上", "value", "80", False, "at_least"),
        ("9%以内", "value", "9", False, "at_most"),
        ("不低于40%", "value", "40", False, "at_least"),
        ("控制在0.3‰以内", "value", "0.3", False, "at_most"),
        ("1,285", "value", "1285", False, None),
        ("\uff11\uff12.5", "value", "12.5", False, None),
        ("-0.6", "value", "-0.6", False, None),
        ("市级下达", "assigned", None, False, None),
        ("完成省下达目标", "assigned", None, False, None),
        ("完成上级下达任务", "assigned", None, False, None),
        ("持续下降", "text", None, False, None),
        ("保持稳定", "text", None, False, None),
        ("达到市级要求", "text", None, False, None),
        ("3-5", "text", None, False, None),
        ("-", "none", None, False, None),
        ("—", "none", None, False, None),
        ("/", "none", None, False, None),
    ],
)
def test_values(printed, state, number, cumulative, sense):
    value = read_value(printed)
    assert (value.state, value.number) == (state, None if number is None else D(number))
    assert (value.cumulative, value.sense) == (cumulative, sense)


@pytest.mark.parametrize(
    ("printed", "unit", "amount"),
    [
        ("1200", "万元", "1200"),
        ("1,200.50", "万元", "1200.5"),
        ("1.2", "亿元", "12000"),
        ("0.33", "亿元", "3300"),
        ("15000", "元", "1.5"),
        ("2.4亿元", "万元", "24000"),  # a unit in the cell wins
        ("约31500", "万元", "31500"),
        ("待定", "万元", None),
    ],
)
def test_amounts_in_ten_thousand_yuan(printed, unit, amount):
    factor = money_factor(f"投资({unit})")
    assert read_amount(printed, factor) == (None if amount is None else D(amount))


def test_units_out_of_names():
    assert split_unit("森林覆盖率(%)") == ("森林覆盖率", "%")
    assert split_unit("森林覆盖率(%") == ("森林覆盖率", "%")
    assert split_unit(wide("单位能耗(吨标准煤/万元)")) == ("单位能耗", "吨标准煤/万元")
    assert split_unit("化肥施用强度(折纯)") == ("化肥施用强度(折纯)", None)


@pytest.mark.parametrize(
    ("printed", "span"),
    [
        ("2021-2022", (2021, None, 2022, None)),
        ("2021—2025年", (2021, None, 2025, None)),
        ("2021.03-2022.12", (2021, 3, 2022, 12)),
        ("2021年6月—2023年", (2021, 6, 2023, None)),
        ("2022年3月至2025年10月", (2022, 3, 2025, 10)),
        ("2025年底前", (None, None, 2025, None)),
        ("2023", (2023, None, 2023, None)),
        ("2022年启动\uff0c2024年完成", (2022, None, 2024, None)),
        ("长期", (None, None, None, None)),
        ("每年", (None, None, None, None)),
        ("“十四五”期间", (None, None, None, None)),  # no year is printed, so none is read
    ],
)
def test_periods(printed, span):
    found = read_span(printed)
    assert (found.start, found.start_month, found.end, found.end_month) == span


def test_what_counts_as_a_period():
    assert all(is_period(t) for t in ("2021-2025", "2025年底前", "长期", "2022年", "2023年10月"))
    assert not any(is_period(t) for t in ("27390", "建设2025年示范区", "0.5"))


def test_plan_periods():
    assert plan_period("某县“十五五”应对气候变化规划") == (2026, 2030)
    assert plan_period("某市碳达峰行动方案(2024—2026年)") == (2024, 2026)
    assert plan_period("某市碳达峰行动方案") is None


@pytest.mark.parametrize(
    ("text", "names", "is_open"),
    [
        ("区教委、区财政局", ["区教委", "区财政局"], False),
        ("区教委、", ["区教委"], False),
        ("县水利局,县农业农村局;各乡镇人民政府", ["县水利局", "县农业农村局", "各乡镇人民政府"], False),
        ("县水利局 县财政局", ["县水利局", "县财政局"], False),
        ("县水利局等", ["县水利局"], True),
        ("县水利局、县财政局等部门", ["县水利局", "县财政局"], True),
        ("区住房和城乡建设委员会", ["区住房和城乡建设委员会"], False),  # 和 inside a name
        ("县发改委和县财政局", ["县发改委", "县财政局"], False),
        ("各镇(街道、园区)", ["各镇(街道、园区)"], False),
        ("责任单位:市林业局", ["市林业局"], False),
    ],
)
def test_lists_of_organisations(text, names, is_open):
    for form in (text, wide(text)):
        listed = split_organisations(form)
        assert [wide(n) for n in listed.names] == [wide(n) for n in names]
        assert listed.open is is_open


def test_organisations_by_form():
    assert organisation_score("区发展改革") > 0.5  # cut short
    assert organisation_score("国网某县供电公司、县城投集团") > 0.9
    assert organisation_score("推进污水处理厂建设") == 0
    assert organisation_score("实施河道整治,修复湿地。") == 0


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("序 号", Role.NO), ("具体指标", Role.NAME), ("指标属性", Role.NATURE), ("建设规模及内容", Role.CONTENT),
        ("起止年限", Role.PERIOD), ("完成时限", Role.END), ("总投资(亿元)", Role.INVESTMENT), ("投资估算", Role.INVESTMENT),
        ("中央资金", Role.UPPER), ("县级资金", Role.DISTRICT), ("企业自筹", Role.PRIVATE), ("银行贷款", Role.PRIVATE),
        ("牵头部门", Role.LEAD), ("责任单位", Role.DUTY), ("协同单位", Role.SUPPORT), ("单位", Role.UNIT),
        ("2020年现状值", Role.BASE), ("目标值", Role.TARGET), ("2030年", Role.YEAR_VALUE), ("备注", Role.OTHER),
        ("2024年计划投资", Role.MONEY_OTHER), ("新建水库一座", None), ("加强领导", None),
    ],
)  # fmt: skip
def test_heads(label, role):
    assert role_of(label) is role
    assert role_of(wide(label)) is role


def test_years_of_heads():
    assert year_of("2020年") == 2020
    assert year_of(wide("目标年(2025)")) == 2025
    assert year_of("2021-2025年") is None
