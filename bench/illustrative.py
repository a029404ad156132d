"""Made-up districts of full size, marked illustrative: 12 indicators, 45 projects, 140 tasks, a year of reports.

Nothing here is anybody's plan. Words and numbers follow from the district's own number, so that every run measures the
same thing.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from decimal import Decimal

from qihou.domains.plan.api import adoption, importing
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
from qihou.domains.plan.models import Involvement, PlanVersion, ProgressReport, ReportStatus
from qihou.measure.periods import Period
from qihou.record.api.access import Actor
from qihou.record.models import Entry, EntryStatus, Feature, Organisation

INDICATORS, PROJECTS, TASKS, FINDINGS, PROSE_LINES = 12, 45, 140, 90, 900
BUREAUS = [f"示例{n}局" for n in ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十")] + [
    f"示例{n}委" for n in ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")
]  # fmt: skip
SENTENCE = "这是一段为测量速度而编写的示例文字,不是任何地方的规划,行数和长短与一份区县规划相仿。"


def make_district(number: int) -> Feature:
    """A district that does not exist, with twenty bureaus."""
    district = Feature.objects.create(
        kind="district", code=f"99{number:04d}", name=f"示例{number}区", illustrative=True, source_note="bench"
    )
    Feature.objects.filter(pk=district.pk).update(district=district)
    Organisation.objects.bulk_create(
        Organisation(district=district, code=f"bureau-{i}", name=name, is_lead_bureau=i == 0)
        for i, name in enumerate(BUREAUS)
    )
    return Feature.objects.get(pk=district.pk)


def make_register(number: int, rows: int = 1) -> Register:
    """A register of full size (times ``rows``) whose every cell cites a line."""
    chance = random.Random(number)  # noqa: S311
    lines: list[Line] = [Line(1, f"示例{number}区规划(示例)")]

    def put(text: str) -> int:
        lines.append(Line(len(lines) + 1, text))
        return len(lines)

    def cells(*fields: str, text: str) -> dict[str, Cell]:
        return {f: Cell(text, (put(text),), How.READ, 1.0) for f in fields}

    outline = [Heading(1, f"第{c}章 示例", put(f"第{c}章 示例")) for c in range(1, 8)]
    for _ in range(PROSE_LINES):
        put(SENTENCE * 2)
    made = Register(f"示例{number}区规划(示例)", 2021, 2025, lines, outline)
    for n in range(1, INDICATORS * rows + 1):
        base = Decimal(chance.randrange(100, 900)) / 10
        made.indicators.append(
            IndicatorRow(
                n, cells("name", "unit", "base", "target", "nature", "departments", text=f"示例指标{n}"),
                category=f"示例类{n % 4}", name=f"示例指标{n}", unit="%", base=base, base_year=2020,
                target=base + chance.randrange(5, 20), target_year=2025, target_state="value", sense="at_least",
                nature="binding" if n % 2 else "expected", departments=[chance.choice(BUREAUS)],
            )
        )  # fmt: skip
    for n in range(1, PROJECTS * rows + 1):
        amount = Decimal(chance.randrange(100, 90_000))
        made.projects.append(
            ProjectRow(
                n, cells("name", "content", "start", "end", "investment", "leads", text=f"示例项目{n} {SENTENCE}"),
                category=f"示例工程{n % 9}", name=f"示例项目{n}", content=SENTENCE * 3, start=2021 + n % 3, end=2025,
                investment=amount,
                funding=Funding(UNDETERMINED, UNDETERMINED, None) if n % 3 == 0 else Funding(amount, None, None),
                funding_amounts=[amount], leads=chance.sample(BUREAUS, 1), supporting=chance.sample(BUREAUS, 2),
            )
        )  # fmt: skip
    for n in range(1, TASKS * rows + 1):
        made.tasks.append(
            TaskRow(
                n, cells("chapter", "key_task", "text", "leads", "supporting", text=f"示例任务{n} {SENTENCE}"),
                chapter=f"第{1 + n * 7 // (TASKS * rows + 1)}章 示例", key_task=f"示例重点{n // 4}",
                text=f"示例任务{n}。{SENTENCE * 2}", leads=chance.sample(BUREAUS, 1 + n % 2),
                supporting=chance.sample(BUREAUS, 3),
            )
        )  # fmt: skip
    made.totals = Totals(
        investment=sum((p.investment for p in made.projects if isinstance(p.investment, Decimal)), Decimal(0))
    )
    made.findings = [
        DocumentFinding("term_varies", FindingSeverity.NOTE, {"a": f"示例{n}", "b": f"示例 {n}"}, (10 + n,))
        for n in range(FINDINGS)
    ]
    return made


def load_district(number: int, *, rows: int = 1, today: date) -> Feature:
    """A district with its plan in force and four quarters of accepted reports, through the same door as a real one."""
    actor = Actor.system("bench")
    district = make_district(number)
    version = importing.import_register(
        actor, district, make_register(number, rows), name=f"示例{number}.txt", content=f"bench {number} {rows}".encode(),
        label="示例", illustrative=True,
    )  # fmt: skip
    adoption.adopt(actor, district, version.uid, leave_undetermined=True, reason="示例")
    began = Period.quarter_of(today).previous().previous().previous().previous().start
    at = datetime(began.year, began.month, 2, tzinfo=UTC)
    PlanVersion.objects.filter(pk=version.pk).update(adopted_at=at)
    report(version, today)
    return district


def report(version: PlanVersion, today: date) -> None:
    """A year of accepted reports on every project and task and of values of every indicator, marked illustrative."""
    chance = random.Random(version.pk)  # noqa: S311
    quarter, reports = Period.quarter_of(today), []
    leads = list(
        Involvement.objects.filter(item__version=version, part="lead", organisation__isnull=False)
        .exclude(item__kind="indicator")
        .values_list("item__thread_id", "organisation_id")
        .distinct()
    )
    for back in range(4, 0, -1):
        quarter = quarter.previous()
        for thread_id, organisation_id in leads:
            if chance.random() < 0.1:
                continue  # some never report: "not delivered" must cost as much as the rest
            reports.append(
                ProgressReport(
                    district_id=version.district_id, thread_id=thread_id, organisation_id=organisation_id,
                    period_start=quarter.start, period_end=quarter.end, status=ReportStatus.ACCEPTED,
                    percent=Decimal(100 - 15 * back - chance.randrange(0, 20)), text=SENTENCE, illustrative=True,
                )
            )  # fmt: skip
    ProgressReport.objects.bulk_create(reports, batch_size=500)
    entries = []
    for thread in version.plan.threads.filter(datastream__isnull=False):
        for year in range(2021, today.year):
            period = Period.year(year)
            entries.append(
                Entry(
                    district_id=version.district_id, datastream_id=thread.datastream_id, period_kind=period.kind,
                    period_start=period.start, period_end=period.end, value=Decimal(chance.randrange(100, 900)) / 10,
                    unit="%", status=EntryStatus.PUBLISHED, illustrative=True,
                )
            )  # fmt: skip
    Entry.objects.bulk_create(entries, batch_size=500)
