"""Counts and money: each detector on a case it must see and one it must leave alone."""

from decimal import Decimal as D

import pytest

from qihou.domains.plan.methods.funding import settle_funding
from qihou.domains.plan.methods.register import Cell

from .audit_plans import Plan


def five_indicators(plan: Plan) -> Plan:
    for no in range(1, 6):
        plan.indicator(no, f"第{no}种设施覆盖率", 40, 60)
    return plan


@pytest.mark.parametrize(("claimed", "found"), [("6", 1), ("5", 0), ("六", 1), ("五", 0)])
def test_claimed_count_of_indicators(claimed, found):
    plan = Plan()
    plan.say(f"规划共设置指标{claimed}项。")
    assert len(five_indicators(plan).findings("count_differs")) == found


def test_count_names_both_numbers_and_lines():
    plan = Plan()
    plan.say("规划共设置指标6项。")
    found = five_indicators(plan).findings("count_differs")[0]
    assert (found.params["claimed"], found.params["counted"]) == (6, 5)
    assert found.lines[0] == 1


def test_count_of_past_work_is_no_claim_about_the_plan():
    plan = Plan()
    plan.say("“十三五”期间实施技术改造项目6个。")
    for no in range(1, 6):
        plan.project(no, f"新建第{no}座泵站")
    assert not plan.findings("count_differs")


def test_binding_indicators_are_counted_apart():
    plan = Plan()
    plan.say("本规划设置约束性指标3项。")
    rows = five_indicators(plan).register.indicators
    rows[0].nature = "expected"
    assert plan.findings("count_differs")[0].params["counted"] == 4


def test_row_numbers_missing_and_repeated():
    plan = Plan()
    for no in (1, 2, 4, 4, 5):
        plan.task(no, f"完成第{no}类渠道清淤整治")
    assert plan.findings("row_number_missing")[0].params["numbers"] == [3]
    assert plan.findings("row_number_repeated")[0].params["numbers"] == [4]


def test_row_numbers_in_order_are_left_alone():
    plan = Plan()
    for no in (1, 2, 3, 4):
        plan.task(no, f"完成第{no}类渠道清淤整治")
    assert not {"row_number_missing", "row_number_repeated"} & plan.kinds()


def test_row_sum():
    # 60 + 30 = 90, not 100
    plan = Plan()
    plan.project(1, "新建泵站", 100, (60, 30, None))
    plan.project(2, "新建水闸", 100, (60, 40, None))
    found = plan.findings("row_sum_differs")
    assert [f.params["no"] for f in found] == ["1"]
    assert found[0].params["difference"] == "10"


def test_column_total_wrong_rounded_and_right():
    # 10.26 + 20.00 = 30.26: printed 30.3 it is rounding, 31 an error, 30.26 right.
    for printed, kind in (("30.3", "column_sum_rounded"), ("31", "column_sum_differs"), ("30.26", None)):
        plan = Plan()
        plan.project(1, "新建泵站", "10.26", ("10.26", None, None))
        plan.project(2, "新建水闸", "20", ("20", None, None))
        plan.total(upper_level=printed)
        seen = plan.kinds() & {"column_sum_rounded", "column_sum_differs"}
        assert seen == ({kind} if kind else set())


def test_grand_total_within_rounding_is_explained_by_the_column_that_closes_it():
    # 30.3 + 4.93 + 7 = 42.23; the grand total 42.19 wants 30.26, which 10.13 + 20.13 can give.
    plan = Plan()
    for no, amount in enumerate(("10.13", "20.13", "4.93", "7"), 1):
        row = plan.project(no, f"新建第{no}座泵站", amount)
        row.funding_amounts = [D(amount)]
        row.cells["funding_amounts"] = Cell(printed=amount)
    plan.total(investment="42.19", upper_level="30.3", district_budget="4.93", private="7")
    found = plan.findings("grand_total_rounded")[0]
    assert found.params["difference"] == "0.04"
    assert found.params["explained"] == [{"column": "upper_level", "printed": "30.3", "value": "30.26"}]
    assert found.severity == "note"


def test_grand_total_beyond_rounding_is_an_error():
    plan = Plan()
    plan.total(investment="50.00", upper_level="30.00", district_budget="10.00", private="9.00")
    assert plan.findings("grand_total_differs")[0].params["difference"] == "1"


def test_total_named_in_the_text():
    for told, found in (("0.6亿元", 1), ("0.5亿元", 0), ("5000万元", 0)):
        plan = Plan()
        plan.say(f"规划安排重点项目2个,总投资{told}。")
        plan.project(1, "新建泵站", 2000)
        plan.project(2, "新建水闸", 3000)
        plan.total(investment="5000")
        assert len(plan.findings("total_in_text_differs")) == found


def test_lost_columns_are_told_with_what_became_of_them():
    plan = Plan()
    for no, amount in enumerate(("5", "5", "9"), 1):
        row = plan.project(no, f"新建第{no}座泵站", amount)
        row.funding_amounts = [D(amount)]
    plan.total(upper_level="5", district_budget="5", private="9")
    register = plan.done()
    settle_funding(register)
    found = plan.findings("funding_columns_lost")[0]
    # The 9 is private in every placement (3 cells); of the two fives each may be upper or district, private is empty.
    assert (found.params["rows"], found.params["forced"], found.params["undecided"]) == (3, 5, 4)


def test_totals_no_placement_meets_are_an_error():
    plan = Plan()
    row = plan.project(1, "新建泵站", "5")
    row.funding_amounts = [D(5)]
    plan.total(upper_level="6", district_budget="0", private="0")
    settle_funding(plan.done())
    found = plan.findings("funding_inconsistent")[0]
    assert found.severity == "error"
    assert found.params["difference"] == "-1"


@pytest.mark.parametrize(("listed", "found"), [("泵站、渠系、闸门、管护、信息化五", 0), ("泵站、渠系、闸门五", 1)])
def test_parts_listed(listed, found):
    plan = Plan()
    plan.project(1, f"工程由{listed}部分组成。")
    assert len(plan.findings("parts_differ")) == found


def test_a_fourth_source_is_no_error():
    # 40 + 20 = 60 of 100; the row also prints 40 of loans, for which the register has no column.
    plan = Plan()
    row = plan.project(1, "新建泵站", 100, (40, 20, None))
    loan = plan.say("40")
    plan.table.add(loan)
    row.cells["supporting"] = Cell(printed="区财政局", lines=(plan.say("区财政局"),))
    row.cells["upper_level"] = Cell(printed="40", lines=(plan.say("40"),))
    row.cells["district_budget"] = Cell(printed="20", lines=(plan.say("20"),))
    assert not plan.findings("row_sum_differs")
