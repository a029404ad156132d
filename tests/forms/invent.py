"""Invent a plan: tables of indicators, projects and tasks of a made-up county. Seeded, so a failure can be seen again."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

DEPARTMENTS = ["发展改革局", "生态环境分局", "工业和信息化局", "住房和城乡建设局", "交通运输局", "农业农村局", "林业局", "水利局",
               "自然资源和规划局", "商务局", "教育局", "气象局", "应急管理局", "城市管理局", "机关事务服务中心", "统计局"]  # fmt: skip
PLACES = ["青石", "云岭", "白沙", "长桥", "龙泉", "枫林", "东湖", "西山", "柳河", "石门"]
CATEGORIES = ["能源结构优化", "工业节能降碳", "绿色交通体系", "生态系统碳汇", "水利设施建设", "监测能力建设"]
WORKS = ["屋顶光伏发电", "污水处理厂提标", "城市公交电动化", "河道生态修复", "低效林改造", "气象观测站网",
         "生活垃圾分类收运", "老旧小区节能改造", "高标准农田", "应急水源"]  # fmt: skip
INDICATORS = [
    ("单位地区生产总值能耗降低", "%", "约束性"), ("森林覆盖率", "%", "约束性"), ("森林蓄积量", "万立方米", "约束性"),
    ("非化石能源消费占比", "%", "预期性"), ("城镇绿色建筑占新建建筑比重", "%", "预期性"), ("农田灌溉水有效利用系数", "", "预期性"),
    ("新能源公交车占比", "%", "预期性"), ("建成区绿地率", "%", "预期性"), ("规模化养殖粪污综合利用率", "%", "约束性"),
    ("城市再生水利用率", "%", "预期性"),
]  # fmt: skip
CHAPTERS = {
    "推动能源绿色转型": ["发展可再生能源", "推进煤炭清洁利用"],
    "促进产业低碳发展": ["遏制高耗能项目", "培育绿色制造"],
    "提升适应能力": ["完善水利设施", "健全预警体系", "保护生态系统"],
}
VERBS = ["推进", "实施", "完善", "开展", "建立", "加快"]


@dataclass
class Indicator:
    no: int
    category: str
    name: str
    unit: str
    base: str
    target: str
    nature: str
    department: str


@dataclass
class Project:
    no: int
    category: str
    name: str
    content: str
    start: int
    end: int
    investment: int
    upper: int | None
    budget: int | None
    private: int | None
    lead: list[str]


@dataclass
class Task:
    no: int
    chapter: str
    key_task: str
    text: str
    lead: list[str]
    supporting: list[str]


@dataclass
class Plan:
    county: str
    title: str
    indicators: list[Indicator] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def totals(self) -> tuple[int, int, int, int]:
        return (
            sum(p.investment for p in self.projects),
            sum(p.upper or 0 for p in self.projects),
            sum(p.budget or 0 for p in self.projects),
            sum(p.private or 0 for p in self.projects),
        )


def invent(seed: int, *, projects: int = 9, tasks: int = 14) -> Plan:
    """A plan of a made-up county; every amount is a whole number of 10⁴ CNY and every row's funding adds up."""
    rng = random.Random(seed)
    place = rng.choice(PLACES)
    prefix = "县"
    department = [prefix + d for d in rng.sample(DEPARTMENTS, 10)]
    plan = Plan(county=f"{place}县", title=f"{place}县应对气候变化“十四五”规划")
    chosen = rng.sample(INDICATORS, 7)
    groups = sorted(rng.sample(range(1, 7), 2))
    labels = ["总体指标", "减缓指标", "适应指标"]
    for n, (name, unit, nature) in enumerate(chosen, 1):
        label = labels[sum(n > g for g in groups)]
        base = round(rng.uniform(5, 60), 1)
        target = round(base + rng.uniform(1, 20), 2)
        if not unit:
            base, target = round(rng.uniform(0.5, 0.55), 4), round(rng.uniform(0.56, 0.6), 3)
        plan.indicators.append(Indicator(n, label, name, unit, str(base), str(target), nature, rng.choice(department)))
    category = sorted(rng.sample(CATEGORIES, 4))
    for n in range(1, projects + 1):
        split = rng.choice(["u", "d", "p", "ud", "up", "udp"])
        parts = {k: rng.randrange(120, 9000) for k in split}
        start = rng.choice([2021, 2022, 2023])
        where = rng.choice(PLACES)
        work = rng.choice(WORKS)
        content = f"在{where}镇{rng.choice(VERBS)}{work}建设{rng.randrange(2, 40)}处,配套{rng.choice(WORKS)}设施。"
        lead = rng.sample(department, rng.choice([1, 1, 1, 2]))
        plan.projects.append(
            Project(
                n, category[(n - 1) * len(category) // projects], f"{where}镇{work}工程", content, start,
                rng.choice([y for y in (2023, 2024, 2025) if y >= start]), sum(parts.values()),
                parts.get("u"), parts.get("d"), parts.get("p"), lead,
            )
        )  # fmt: skip
    places = [(c, k) for c, ks in CHAPTERS.items() for k in ks]
    for n in range(1, tasks + 1):
        chapter, key = places[(n - 1) * len(places) // tasks]
        text = (
            f"{rng.choice(VERBS)}{rng.choice(PLACES)}片区{rng.choice(WORKS)},到2025年建成{rng.randrange(3, 90)}处,"
            f"形成{rng.choice(['长效机制', '示范效应', '全覆盖格局'])}。"
        )
        lead = rng.sample(department, rng.choice([1, 1, 2]))
        rest = [d for d in department if d not in lead]
        plan.tasks.append(Task(n, chapter, key, text, lead, rng.sample(rest, rng.choice([0, 1, 2]))))
    return plan
