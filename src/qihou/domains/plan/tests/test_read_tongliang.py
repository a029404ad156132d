"""The real text: a page as published, tables flattened, blanks lost."""

from __future__ import annotations

import re
import time
from decimal import Decimal as D
from functools import cache

from qihou.domains.plan.methods.loading import load
from qihou.domains.plan.methods.read import read_register
from qihou.domains.plan.methods.register import UNDETERMINED, How, Register

from .read_helpers import SEED, needs_seed

pytestmark = needs_seed


@cache
def reg() -> Register:
    return read_register(load(SEED.read_bytes(), SEED.name))


def test_title_and_years():
    assert reg().title == "铜梁区应对气候变化“十四五”规划"
    assert (reg().first_year, reg().last_year) == (2021, 2025)
    assert reg().lacks == []


def test_counts():
    assert len(reg().indicators) == 12
    assert len(reg().projects) == 45
    assert len(reg().tasks) == 140
    for rows in (reg().indicators, reg().projects, reg().tasks):
        assert [r.no for r in rows] == list(range(1, len(rows) + 1))


def test_indicators():
    by_no = {r.no: r for r in reg().indicators}
    assert [by_no[n].target_state for n in (1, 3, 4, 7)] == ["assigned"] * 4
    assert {n: by_no[n].target for n in (2, 5, 6, 8, 9, 10, 11, 12)} == {
        2: 15, 5: 70, 6: 20, 8: 160, 9: D("0.56"), 10: 80, 11: 50, 12: 48,
    }  # fmt: skip
    assert {n: r.base for n, r in by_no.items() if r.base is not None} == {7: 22, 8: D("95.7"), 9: D("0.5216")}
    assert by_no[7].base_cumulative
    assert [r.unit for r in reg().indicators].count("%") == 9
    assert by_no[8].unit == "万立方米"
    assert by_no[12].unit == "平方公里"
    assert by_no[9].unit is None
    assert [n for n, r in by_no.items() if r.nature == "expected"] == [2, 12]
    assert {r.category for r in reg().indicators} == {"综合指标", "结构性指标", "重点领域指标", "气候适应性指标"}
    # 6, 10 and 12 lost a blank cell; the surplus blank line before the number says which.
    assert {n for n, r in by_no.items() if r.cells["target"].how is How.ALIGNED} == {6, 10, 12}
    assert all(r.base_year == 2020 and r.target_year == 2025 for r in by_no.values())


def test_projects_money():
    by_no = {r.no: r for r in reg().projects}
    # The one row that prints all three sources: 12000 + 3000 + 15000 = 30000.
    funding = by_no[41].funding
    assert (by_no[41].investment, funding.upper_level, funding.district_budget, funding.private) == (
        30000, 12000, 3000, 15000,
    )  # fmt: skip
    lost = [r for r in reg().projects if r.funding_amounts]
    assert len(lost) == 44
    assert all(r.funding.private is UNDETERMINED for r in lost)
    # Every row's printed amounts add up to its investment.
    assert all(sum(r.funding_amounts) == r.investment for r in lost)
    totals = reg().totals
    assert (totals.investment, totals.upper_level, totals.district_budget, totals.private) == (
        D("497379.19"), D("263993.3"), D("60499.93"), D("172886"),
    )  # fmt: skip


def test_projects_periods_and_leads():
    by_no = {r.no: r for r in reg().projects}
    assert (by_no[24].start, by_no[24].end) == (2020, 2022)
    assert (by_no[25].start, by_no[25].end) == (2023, 2025)
    assert all(r.start and r.end and r.leads for r in reg().projects)
    assert by_no[44].leads == ["区生态环境局", "区教委"]
    assert by_no[8].content is not None
    assert by_no[8].content.startswith("2025年")
    assert {r.category for r in reg().projects} == {
        "温室气体排放控制", "控制温室气体排放", "适应气候变化行动", "应对气候变化能力提升", "试点示范建设",
    }  # fmt: skip


def test_tasks_merged_cells():
    by_no = {r.no: r for r in reg().tasks}
    placed = {n: (by_no[n].chapter, by_no[n].key_task) for n in (1, 13, 22, 23, 31, 51, 84, 86, 124, 134, 140)}
    assert placed[1] == ("2025年目标指标", "2025年目标指标")
    # The chapter is missing from the table; the outline has the key task under this heading.
    assert placed[13] == ("加快实施碳排放达峰行动", "研究制定二氧化碳排放达峰行动方案")
    assert by_no[13].cells["chapter"].confidence < 0.8
    assert placed[22] == ("促进经济高质量低碳发展", "推进经济体系数字化变革")
    assert placed[23] == ("促进经济高质量低碳发展", "发展战略性新兴产业")
    assert placed[31] == ("推动能源绿色低碳化变革", "大力发展非化石能源")
    assert placed[51] == ("强化建筑低碳管理", "强化建筑领域低碳管理")
    # One merged cell, and the outline says it is a chapter with no key task under it.
    assert placed[84] == ("推动重点区域适应气候变化", None)
    assert placed[86] == ("建立健全气候防灾减灾体系", "建设铜梁智慧气象体系")
    assert placed[124] == ("完善应对气候变化领域财税政策", None)
    assert placed[134] == ("推进试点示范建设", "建设“近零碳”排放示范工程")
    assert placed[140] == ("推进试点示范建设", "创建“零碳”示范试点工程")


def test_tasks_organisations():
    by_no = {r.no: r for r in reg().tasks}
    assert by_no[22].leads == ["区发展改革委", "区经济信息委", "区大数据发展局"]  # printed with a stray 、 at the end
    assert by_no[23].supporting == ["区经济信息委", "区大数据发展局", "高新区管委会"]
    assert by_no[30].supporting == ["区规资局", "区生态环境局", "庆隆镇", "石鱼镇"]
    assert by_no[38].leads == ["区内各电力、水务、天然气、石油公司"]
    assert by_no[119].supporting == ["区政府各部门"]
    assert by_no[140].leads == ["区商务委", "区发展改革", "区市场监管局"]  # a name cut short in the document
    assert {r.no for r in reg().tasks if r.supporting_open} == {85, 92, 101, 110, 134}
    assert all(r.leads for r in reg().tasks)


def test_outline_leaves_out_contents_page_and_tables():
    titles = [h.title for h in reg().outline if h.level == 1]
    assert len(titles) == 9
    assert titles[2].endswith("和生态环境高水平保护")  # broken over two lines


def test_damage_of_copying():
    kinds = {(d["kind"], d["line"]) for d in reg().damage}
    assert ("lost_range_sign", 881) in kinds  # 20160蒸吨
    assert ("lost_range_sign", 1048) in kinds  # 2003000km2
    assert ("lost_factor", 464) in kinds  # 4m3/天
    assert ("glued_date", 18) in kinds  # 20211225日
    assert ("lost_opening_quote", 1391) in kinds


def test_page_furniture_is_no_content():
    words = " ".join(c.printed for r in reg().rows() for c in r.cells.values())
    assert "扫一扫" not in words
    assert "智能" not in (reg().tasks[-1].cells["supporting"].printed)


def test_every_number_stands_in_its_lines():
    source = {n.number: n.text for n in reg().lines}
    for row in reg().rows():
        for name, cell in row.cells.items():
            cited = "".join(source[n] for n in cell.lines)
            for digits in re.findall(r"\d+(?:\.\d+)?", cell.printed):
                assert digits in cited, (row.no, name)


def test_speed():
    started = time.process_time()
    read_register(load(SEED.read_bytes(), SEED.name))
    assert time.process_time() - started < 1.5
