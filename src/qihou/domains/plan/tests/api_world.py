"""Two small districts, people in every role, and a register written by hand: what the api tests stand on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from unittest.mock import patch

from qihou.domains.plan.api import importing
from qihou.domains.plan.methods.register import (
    UNDETERMINED,
    Cell,
    DocumentFinding,
    FindingSeverity,
    Funding,
    Heading,
    How,
    IndicatorRow,
    Line,
    ProjectRow,
    Register,
    TaskRow,
    Totals,
)
from qihou.domains.plan.models import Item, PlanVersion
from qihou.record.api.access import Actor, Grant
from qihou.record.models import Feature, Organisation, Person, Role

TODAY = date(2022, 11, 20)  # Q3 reports were due on 2022-10-15


@dataclass
class World:
    district: Feature
    ecology: Organisation
    finance: Organisation
    forestry: Organisation
    people: dict[str, Person]

    def actor(self, who: str) -> Actor:
        return actor(self.people[who])


def actor(person: Person) -> Actor:
    grants = tuple(Grant(r.kind, r.district_id, r.organisation_id) for r in Role.objects.filter(person=person))
    return Actor(person.pk, person.uid, person.name, person.organisation_id, grants)


def make_world(code: str = "999901", name: str = "示例区") -> World:
    district = Feature.objects.create(kind="district", code=code, name=name)
    district.district = district
    district.save()
    organisations = {
        code_: Organisation.objects.create(district=district, code=code_, name=name_, is_lead_bureau=code_ == "ecology")
        for code_, name_ in (("ecology", "区生态环境局"), ("finance", "区财政局"), ("forestry", "区林业局"))
    }
    people = {}
    for who, kind, organisation in (
        ("lead", "lead_bureau", "ecology"),
        ("lead2", "lead_bureau", "ecology"),
        ("finance", "department", "finance"),
        ("forestry", "department", "forestry"),
        ("town", "town", None),
        ("auditor", "auditor", None),
        ("administrator", "administrator", None),
    ):
        owner = organisations.get(organisation) if organisation else None
        person = Person.objects.create(username=f"{code}-{who}", name=f"{name}{who}", organisation=owner)
        Role.objects.create(district=district, person=person, kind=kind, organisation=owner)
        people[who] = person
    return World(district, organisations["ecology"], organisations["finance"], organisations["forestry"], people)


def cells(line: int, **printed: str) -> dict[str, Cell]:
    return {name: Cell(text, (line,)) for name, text in printed.items()}


def register(copies: int = 1, *, title: str = "示例区应对气候变化规划") -> Register:
    """Three indicators, two projects, three tasks, ``copies`` times over; every row on a line of its own."""
    lines: list[Line] = [Line(1, title), Line(2, "第一章 总则")]
    made = Register(title, 2021, 2025, lines, [Heading(1, "第一章 总则", 2)])

    def put(text: str) -> int:
        lines.append(Line(len(lines) + 1, text))
        return len(lines)

    for copy in range(copies):
        mark = "" if copies == 1 else f"之{copy + 1}"
        at = put("森林覆盖率 % 40 45.5 约束性")
        made.indicators.append(
            IndicatorRow(
                1 + 3 * copy,
                cells(at, name="森林覆盖率", unit="%", base="40", target="45.5", nature="约束性"),
                category="生态", name=f"森林覆盖率{mark}", unit="%", base=Decimal("40"), base_year=2020,
                target=Decimal("45.5"), target_year=2025, target_state="value", sense="at_least", nature="binding",
                departments=["区林业局"],
            )
        )  # fmt: skip
        at = put("单位产值碳排放下降 % — 市级下达")
        made.indicators.append(
            IndicatorRow(
                2 + 3 * copy, cells(at, name="单位产值碳排放下降", target="市级下达"), category="排放",
                name=f"单位产值碳排放下降{mark}", unit="%", base=None, base_year=2020, target=None, target_year=2025,
                target_cumulative=True, target_text="市级下达", target_state="assigned", sense="at_least",
                nature="binding", departments=["区生态环境局"],
            )
        )  # fmt: skip
        at = put("湿地面积 公顷 320")
        made.indicators.append(
            IndicatorRow(
                3 + 3 * copy,
                {**cells(at, name="湿地面积", target="320"), "base": Cell("", (at,), How.UNDECIDED, 0.5, "one-number")},
                category="生态", name=f"湿地面积{mark}", unit="公顷", base=UNDETERMINED, base_year=2020,
                target=UNDETERMINED, target_year=2025, target_state="undetermined", departments=["区林业局"],
            )
        )  # fmt: skip
        at = put("污水厂改造 2021—2025 1000 600 400")
        made.projects.append(
            ProjectRow(
                1 + 2 * copy, cells(at, name="污水厂改造", investment="1000", upper_level="600"), category="减排",
                name=f"污水厂改造{mark}", content="改造两座厂", start=2021, end=2025, investment=Decimal("1000"),
                funding=Funding(Decimal("600"), Decimal("400"), None),
                leads=["区生态环境局"], supporting=["区财政局", "某集团"],
            )
        )  # fmt: skip
        at = put("造林 2022—2024 300.50")
        made.projects.append(
            ProjectRow(
                2 + 2 * copy, cells(at, name="造林", investment="300.50"), category="增汇", name=f"造林{mark}",
                content="荒山造林", start=2022, end=2024, investment=Decimal("300.50"),
                funding=Funding(UNDETERMINED, UNDETERMINED, None), funding_amounts=[Decimal("300.50")],
                leads=["区林业局"],
            )
        )  # fmt: skip
        for n, (key, text, leads, supporting) in enumerate(
            (
                ("控制排放", "开展重点企业排放核查", ["区生态环境局"], ["区财政局"]),
                ("控制排放", "推广清洁取暖设备", ["区生态环境局", "区林业局"], []),
                ("增加碳汇", "巩固国土绿化成果", ["区林业局"], ["区财政局"]),
            ),
            1,
        ):
            at = put(text)
            made.tasks.append(
                TaskRow(
                    n + 3 * copy, cells(at, text=text, leads="、".join(leads)), chapter="第一章 总则", key_task=key,
                    text=text + mark, leads=leads, supporting=supporting, supporting_open=n == 1,
                    deadline="2023-06" if n == 2 else None,
                )
            )  # fmt: skip
    made.totals = Totals(investment=Decimal("1300.50") * copies)
    made.findings = [
        DocumentFinding("indicator-undetermined", FindingSeverity.WARNING, {"name": "湿地面积"}, (5,), ("湿地面积",)),
        DocumentFinding("count-differs", FindingSeverity.ERROR, {"claimed": 4, "counted": 3}, (1,), ()),
    ]
    made.lacks = []
    return made


def take_in(world: World, made: Register | None = None, *, content: bytes = b"one", **options: object) -> PlanVersion:
    """Import a register as if it had been read from ``content``."""
    with patch.object(importing, "read_document", return_value=made or register()):
        return importing.import_plan(world.actor("lead"), world.district, name="规划.txt", content=content, **options)  # type: ignore[arg-type]


def item(version: PlanVersion, kind: str, order: int) -> Item:
    return Item.objects.get(version=version, kind=kind, order=order)
