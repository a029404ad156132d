"""A register made by hand for the tests of the reading pages: small, of any size, with every kind of odd cell.

Nothing here is copied from a published plan; names of departments are those any district has.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from qihou.domains.plan.models import (
    DocumentLine,
    Indicator,
    Involvement,
    Item,
    Plan,
    PlanVersion,
    Project,
    Task,
    Thread,
    VersionStatus,
)
from qihou.record.models import Feature, Finding, Organisation, Person, Role, Source

DEPARTMENTS = (
    ("ecology", "区生态环境局", True),
    ("dev-reform", "区发展改革委", False),
    ("water", "区水利局", False),
    ("forestry", "区林业局", False),
    ("transport", "区交通局", False),
)


def cell(
    printed: str, *lines: int, how: str = "read", confidence: float = 1.0, reason: str = "", **params: Any
) -> dict:
    return {
        "printed": printed,
        "lines": list(lines),
        "confidence": confidence,
        "how": how,
        "reason": reason,
        "params": params,
        "undetermined": how == "undecided",
    }


@dataclass
class Built:
    district: Feature
    plan: Plan
    version: PlanVersion
    organisations: dict[str, Organisation]
    persons: dict[str, Person]


def build_district(code: str = "900001", name: str = "示例区") -> Built:
    """A district with its departments and one person per role, and an empty adopted version."""
    district = Feature.objects.create(kind="district", code=code, name=name, illustrative=True)
    district.district = district
    district.save()
    organisations = {
        c: Organisation.objects.create(district=district, code=c, name=n, is_lead_bureau=lead)
        for c, n, lead in DEPARTMENTS
    }
    persons = {}
    for kind, org in (("lead_bureau", "ecology"), ("department", "water"), ("auditor", None), ("administrator", None)):
        person = Person.objects.create(
            username=f"{kind}-{code}", name=f"{kind} {code}", organisation=organisations.get(org or "")
        )
        person.set_unusable_password()
        person.save()
        Role.objects.create(district=district, person=person, kind=kind, organisation=organisations.get(org or ""))
        persons[kind] = person
    plan = Plan.objects.create(
        district=district, code="climate", title=f"{name}应对气候变化规划", first_year=2021, last_year=2025
    )
    return Built(district, plan, add_version(district, plan, 1), organisations, persons)


def add_version(district: Feature, plan: Plan, number: int, status: str = VersionStatus.ADOPTED) -> PlanVersion:
    source = Source.objects.create(
        district=district,
        name=f"plan-{number}.txt",
        sha256=hashlib.sha256(f"{district.code}/{number}".encode()).hexdigest(),
        size=1000,
        purpose="plan",
    )
    return PlanVersion.objects.create(
        district=district, plan=plan, number=number, label=f"第{number}稿", status=status, source=source,
        reader_version="test", title=plan.title, first_year=2021, last_year=2025,
    )  # fmt: skip


def fill(built: Built, *, times: int = 1, version: PlanVersion | None = None) -> None:
    """``times`` × (3 indicators, 4 projects, 5 tasks, 3 findings, 40 lines)."""
    version = version or built.version
    for n in range(times):
        _fill_once(built, version, n)
    version.line_count = 40 * times
    version.totals = {"investment": "3000", "upper_level": "1600", "district_budget": "400", "private": "1000"}
    version.save()


def _fill_once(built: Built, version: PlanVersion, n: int) -> None:
    at = 40 * n
    DocumentLine.objects.bulk_create(
        DocumentLine(
            district=built.district, version=version, number=at + i, text=f"第{at + i}行的文字" if i % 2 else ""
        )
        for i in range(1, 41)
    )
    _indicators(built, version, n, at)
    _projects(built, version, n, at)
    _tasks(built, version, n, at)
    for severity, line in (("error", 9), ("warning", 12), ("note", 15)):
        Finding.objects.create(
            district=built.district,
            kind="sum_by_column",
            severity=severity,
            params={"field": "investment", "claimed": "3000", "counted": "2990"},
            lines=[at + line],
            about_kind="plan.version",
            about_uid=version.uid,
            fingerprint=f"{version.number}-{n}-{severity}",
        )


def _item(built: Built, version: PlanVersion, kind: str, order: int, **fields: Any) -> Item:
    """The same number in another version continues the same thread."""
    title = fields["title"]
    thread = Thread.objects.filter(
        plan=version.plan, kind=kind, items__no=fields["no"]
    ).first() or Thread.objects.create(district=built.district, plan=version.plan, kind=kind, title=title)
    cells = fields.get("cells", {})
    lines = sorted({line for c in cells.values() for line in c["lines"]}) or [0]
    return Item.objects.create(
        district=built.district, version=version, thread=thread, kind=kind, order=order, first_line=lines[0],
        last_line=lines[-1], open_cells=sum(c["undetermined"] for c in cells.values()), **fields,
    )  # fmt: skip


def _involve(built: Built, item: Item, leads: list[str], supporting: list[str] = []) -> None:
    names = {c: n for c, n, _ in DEPARTMENTS}
    for part, codes in (("lead", leads), ("supporting", supporting)):
        for order, code in enumerate(codes):
            Involvement.objects.create(
                district=built.district, item=item, organisation=built.organisations.get(code), part=part,
                printed=names.get(code, code), order=order, matched="name" if code in names else "",
            )  # fmt: skip


def _indicators(built: Built, version: PlanVersion, n: int, at: int) -> None:
    rows: list[dict[str, Any]] = [
        {
            "title": "森林蓄积量",
            "unit": "万立方米",
            "base": Decimal("95.7"),
            "target": Decimal("160"),
            "nature": "binding",
        },
        {"title": "碳排放强度降低", "unit": "%", "assigned_later": True, "nature": "binding"},
        {
            "title": "治理面积",
            "unit": "平方公里",
            "target": Decimal("48"),
            "nature": "expected",
            "target_cumulative": True,
        },
    ]
    for i, row in enumerate(rows):
        order = n * len(rows) + i + 1
        title = f"{row.pop('title')}{'' if n == 0 else n}"
        printed = "市级下达" if row.get("assigned_later") else str(row.get("target", ""))
        cells = {
            "name": cell(title, at + 1 + i),
            "target": cell(printed, at + 2 + i),
            "base": cell(str(row.get("base", "-")), at + 2 + i),
        }
        item = _item(built, version, "indicator", order, no=str(order), category="综合指标", title=title, cells=cells)
        Indicator.objects.create(
            district=built.district, item=item, base_year=2020, target_year=2025, sense="at_least", **row
        )
        _involve(built, item, ["forestry" if i == 0 else "dev-reform"])


def _projects(built: Built, version: PlanVersion, n: int, at: int) -> None:
    rows: list[dict[str, Any]] = [
        {"text": "护岸工程", "investment": "1000", "upper_level": "600", "district_budget": "400", "lead": "water"},
        {"text": "管网延伸", "investment": "990", "private": "990", "lead": "dev-reform"},
        {"text": "湿地修复", "investment": "500", "funding_amounts": ["500"], "lead": "ecology"},
        {"text": "监测站点", "investment": "500", "upper_level": "500", "lead": "没有这个单位"},
    ]
    for i, row in enumerate(rows):
        order = n * len(rows) + i + 1
        line = at + 8 + 2 * i
        lead, text = row.pop("lead"), row.pop("text")
        sources = ("upper_level", "district_budget", "private")
        undecided = bool(row.get("funding_amounts"))
        cells = {"investment": cell(row["investment"], line), "content": cell(text, line)}
        for source in sources:
            how = "undecided" if undecided else "read" if source in row else "absent"
            cells[source] = cell(row.get(source, ""), line + 1, how=how, confidence=0.4 if undecided else 1.0)
        item = _item(
            built, version, "project", order, no=str(order), category="适应" if i else "减缓",
            title="水利基础设施" if i % 2 else "能源基础设施", text=f"{text}{order}", cells=cells,
        )  # fmt: skip
        amounts = {k: Decimal(v) for k, v in row.items() if k in (*sources, "investment")}
        Project.objects.create(
            district=built.district, item=item, start_year=2021 + i % 2, end_year=2023 + i % 3,
            funding_amounts=row.get("funding_amounts", []), **amounts,
        )  # fmt: skip
        _involve(built, item, [lead])


def _tasks(built: Built, version: PlanVersion, n: int, at: int) -> None:
    for i in range(5):
        order = n * 5 + i + 1
        line = at + 20 + 2 * i
        chapter = "加强适应能力" if i < 3 else "完善市场机制"
        cells = {"text": cell(f"任务{order}", line), "leads": cell("区水利局", line + 1)}
        item = _item(
            built, version, "task", order, no=str(order), category=chapter, title=f"重点任务{i // 2}",
            text=f"任务{order}:开展监测并建立台账。", cells=cells,
        )  # fmt: skip
        Task.objects.create(district=built.district, item=item, supporting_open=i == 4)
        _involve(built, item, ["water" if i % 2 else "ecology"], ["transport"] if i > 2 else [])
