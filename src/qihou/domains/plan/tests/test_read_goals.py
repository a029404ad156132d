"""Goals told in sentences: what they name, by when, and what they leave open."""

from __future__ import annotations

from decimal import Decimal

import pytest

from qihou.domains.plan.methods.read import read_bytes
from qihou.domains.plan.methods.register import IndicatorRow

HEAD = "某市低碳发展规划（2026—2030年）\n\n一、主要目标\n\n"


def goals(text: str, head: str = HEAD) -> list[IndicatorRow]:
    return read_bytes((head + text).encode(), "plan.txt").indicators


def test_name_number_unit_year_and_line():
    (row,) = goals("到2030年，全市非化石能源消费占比达到25%左右。")
    assert (row.name, row.target, row.unit, row.target_year) == ("非化石能源消费占比", Decimal(25), "%", 2030)
    assert row.cells["target"].printed == "达到25%左右"
    assert (row.cells["target"].how, row.cells["target"].lines) == ("prose", (5,))
    assert (row.base, row.nature, row.departments) == (None, None, [])


def test_a_change_keeps_its_words_in_the_name():
    (row,) = goals("到2030年，单位地区生产总值能耗比2025年下降13.5%。")
    assert (row.name, row.target) == ("单位地区生产总值能耗比2025年下降", Decimal("13.5"))


def test_the_base_beside_the_goal():
    (row,) = goals("到2030年，再生水利用率由2025年的24.5%提高到32%。")
    assert (row.base, row.base_year, row.target) == (Decimal("24.5"), 2025, Decimal(32))


def test_bounds():
    least, most = goals("到2030年，森林覆盖率达到45%以上，细颗粒物年均浓度控制在28微克/立方米以内。")
    assert (least.sense, most.sense) == ("at_least", "at_most")
    assert (most.target, most.unit) == (Decimal(28), "微克/立方米")


def test_several_names_and_as_many_numbers():
    rows = goals("到2030年，湿地保护率、水土保持率分别达到62%和97.5%。")
    assert [(r.name, r.target) for r in rows] == [("湿地保护率", Decimal(62)), ("水土保持率", Decimal("97.5"))]


@pytest.mark.parametrize(
    "text",
    [
        "到2030年，湿地保护率、水土保持率分别达到62%。",  # two names, one number
        "到2030年，新增非化石能源装机占比保持在85%—95%。",  # a range is no number
        "到2030年，新能源汽车保有量翻一番。",
        "2025年，森林覆盖率达到41%。",  # before the plan begins
        "“十四五”期间，单位地区生产总值能耗下降14%。",
        "每年开展2次节能监察。",
    ],
)
def test_what_a_sentence_does_not_decide_is_left_out(text: str):
    assert goals(text) == []


def test_a_number_of_a_task_is_no_goal():
    assert (
        goals("到2030年，畜禽粪污综合利用率达到95%。（市农业农村局负责）", HEAD.replace("主要目标", "重点任务")) == []
    )


def test_a_goal_set_by_the_level_above_has_no_number():
    (row,) = goals("到2030年，单位地区生产总值二氧化碳排放下降幅度完成省下达目标。")
    assert (row.target, row.target_state, row.target_text) == (None, "assigned", "完成省下达目标")


def test_a_table_of_indicators_goes_before_sentences():
    table = "\n\n| 序号 | 指标 | 单位 | 2025年 | 2030年 |\n| 1 | 森林覆盖率 | % | 41 | 45 |\n"
    (row,) = goals("到2030年，再生水利用率达到32%。" + table)
    assert (row.name, row.cells["target"].how) == ("森林覆盖率", "read")
