"""Small plans in the shapes governments publish them, each with one thing to get right."""

from __future__ import annotations

import pytest

from qihou.domains.plan.methods.document import Document
from qihou.domains.plan.methods.read import read_register
from qihou.domains.plan.methods.register import UNDETERMINED

from .read_helpers import SEED, needs_seed, register_of, wide


def money(row):
    funding = row.funding
    return row.investment, funding.upper_level, funding.district_budget, funding.private


def test_prose_tasks_in_brackets_of_every_kind():
    register = register_of(
        wide(
            "某县碳达峰实施方案\n一、总体要求\n到2025年,单位能耗下降14%。\n二、重点任务\n(一)能源行动\n"
            "1.推进清洁取暖。推动煤改气。(县发改局、县住建局按职责分工负责)\n"
            "2.发展新能源。\n(1)建设光伏电站50万千瓦。(牵头单位:县发改局,配合单位:县自然资源局、各镇街)\n"
            "(2)建设风电。[县发改局牵头,县财政局配合]\n"
            "(二)工业行动\n3.推动绿色制造。建设绿色工厂10家。责任单位:县工信局等\n"
            "4.改造窑炉。改造窑炉6座。由县工信局牵头,县财政局配合。\n三、保障措施\n加强领导(含督导)。\n"
        )
    )
    assert [(t.chapter, t.key_task, t.leads, t.supporting) for t in register.tasks] == [
        ("能源行动", "推进清洁取暖", ["县发改局", "县住建局"], []),
        ("能源行动", "发展新能源", ["县发改局"], ["县自然资源局", "各镇街"]),
        ("能源行动", "发展新能源", ["县发改局"], ["县财政局"]),
        ("工业行动", "推动绿色制造", ["县工信局"], []),
        ("工业行动", "改造窑炉", ["县工信局"], ["县财政局"]),
    ]
    assert register.tasks[3].leads_open
    assert register.lacks == ["indicators", "projects", "tables"]


def test_group_numbers_in_cells_of_their_own():
    register = register_of(
        "某区规划\n附表1重点项目表\n序号\n项目名称\n建设年限\n总投资(万元)\n责任单位\n一\n能源领域\n56000\n1\n光伏\n2021-2023\n35000\n区发改委\n"
        "2\n风电\n2022-2024\n21000\n区发改委\n二\n生态领域\n1,200\n3\n湿地\n2021-2025\n1,200\n区林业局\n合计\n57200\n"
    )
    assert [(p.no, p.category, p.investment) for p in register.projects] == [
        (1, "能源领域", 35000), (2, "能源领域", 21000), (3, "生态领域", 1200),
    ]  # fmt: skip
    assert [(s["label"], s["investment"]) for s in register.totals.subtotals] == [
        ("能源领域", 56000),
        ("生态领域", 1200),
    ]
    assert register.totals.investment == 57200


def test_two_level_head_in_pipes_and_a_mixed_unit():
    register = register_of(
        "某区规划\n| 序号 | 项目名称 | 总投资(亿元) | 资金来源 | | | 责任单位 |\n| | | | 中央 | 地方 | 企业自筹 | |\n"
        "| 1 | 光伏 | 0.3 | | 0.1 | 0.2 | 区发改委 |\n| 2 | 风电 | 2000万元 | 500万元 | 500万元 | 1000万元 | 区发改委 |\n"
    )
    # 0.3 亿元 = 3000 万元
    assert [money(p) for p in register.projects] == [(3000, None, 1000, 2000), (2000, 500, 500, 1000)]


def test_own_money_of_a_city_is_not_from_above():
    text = (
        "{}应对气候变化规划(2021-2025年)\n| 序号 | 项目名称 | 总投资(万元) | 省级资金 | 市级资金 | 责任单位 |\n"
        "| 1 | 绿道 | 30 | 10 | 20 | 住建局 |\n"
    )
    assert money(register_of(text.format("临江市")).projects[0]) == (30, 10, 20, None)
    assert money(register_of(text.format("临江市南山区")).projects[0]) == (30, 30, None, None)


def test_lost_blanks_stay_open_until_something_decides():
    register = register_of(
        "某区规划\n序号\n项目名称\n总投资(万元)\n上级资金\n区级财政\n社会投资\n责任单位\n1\n绿道\n30\n30\n区住建委\n2\n湿地\n50\n20\n20\n10\n区林业局\n"
    )
    assert money(register.projects[0]) == (30, UNDETERMINED, UNDETERMINED, UNDETERMINED)
    assert register.projects[0].funding_amounts == [30]
    assert money(register.projects[1]) == (50, 20, 20, 10)


def test_rows_without_numbers_and_group_rows_as_chapters():
    register = register_of(
        "某县规划\n重点任务\n具体举措\n责任单位\n完成时限\n一、能源转型\n发展光伏\n建设整县光伏试点\uff0c装机50万千瓦。\n县发改局、县能源局\n2025年底前\n"
        "压减煤炭\n淘汰小锅炉。\n县生态环境局\n2024年\n二、生态碳汇\n国土绿化\n造林1万亩。\n县林业局\n持续推进\n"
    )
    assert [(t.chapter, t.key_task, t.leads[0], t.deadline) for t in register.tasks] == [
        ("能源转型", "发展光伏", "县发改局", "2025"),
        ("能源转型", "压减煤炭", "县生态环境局", "2024"),
        ("生态碳汇", "国土绿化", "县林业局", None),
    ]


@pytest.mark.parametrize("broken", ["责任\n单位", "责任单\n位", "责任单位"])
def test_heads_broken_over_lines(broken):
    register = register_of(
        f"某县规划\n序号\n项目名称\n总投资\n(亿元)\n{broken}\n1\n林网\n0.5\n县林业局\n2\n清障\n0.1\n县水利局\n"
    )
    assert [(p.name, p.investment, p.leads) for p in register.projects] == [
        ("林网", 5000, ["县林业局"]), ("清障", 1000, ["县水利局"]),
    ]  # fmt: skip


def test_digits_set_apart_are_never_one_number():
    register = register_of(
        "某县规划\n| 序号 | 项目名称 | 总投资(万元) | 责任单位 |\n| 1 | 林网 | 1858\u30001858 | 县林业局 |\n"
    )
    assert register.projects[0].investment is UNDETERMINED


def test_a_table_of_the_plan_before_is_no_table_of_this_one():
    register = register_of(
        "某市“十四五”规划\n| 序号 | 指标名称 | 单位 | 2015年 | 2020年目标 | 完成情况 |\n| 1 | 森林覆盖率 | % | 45 | 48 | 完成 |\n"
    )
    assert register.indicators == []


def rows_of(register):
    return (
        [(r.no, r.category, r.name, r.nature, tuple(r.departments)) for r in register.indicators],
        [(r.no, r.category, r.name, r.start, r.end, r.investment, tuple(r.leads)) for r in register.projects],
        [(r.no, r.chapter, r.key_task, r.text, tuple(r.leads), tuple(r.supporting)) for r in register.tasks],
    )


def wrapped(text: str, at: int) -> str:
    return "\n".join(line[i : i + at] for line in text.split("\n") for i in range(0, max(1, len(line)), at))


@needs_seed
@pytest.mark.parametrize("form", ["no blank lines", "more blank lines", "wrapped", "wrapped without blank lines"])
def test_the_real_plan_laid_down_otherwise(form):
    text = SEED.read_text(encoding="utf-8")
    other = text.replace("\n\n", "\n\n\n\n") if form == "more blank lines" else text
    if form in ("no blank lines", "wrapped without blank lines"):
        other = "\n".join(line for line in text.split("\n") if line.strip())
    if form.startswith("wrapped"):
        other = wrapped(other, 38)
    want = rows_of(read_register(Document.of_text("plan.txt", "txt", text)))
    assert rows_of(read_register(Document.of_text("plan.txt", "txt", other))) == want
