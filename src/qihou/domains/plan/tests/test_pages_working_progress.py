"""The page of what is to be reported: what it costs, and that every report can be reached on it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qihou.domains.plan.api import adoption, queries, reports
from qihou.domains.plan.models import Involvement, PlanVersion, ProgressReport, ReportStatus
from qihou.measure.periods import Period
from qihou.record.models import Person, Role

from .api_world import World, actor, make_world, register, take_in
from .working_world import signed_in, url

pytestmark = pytest.mark.django_db
WRITTEN = datetime(2022, 4, 1, tzinfo=UTC)


def in_force(copies: int = 1, code: str = "999901") -> tuple[World, PlanVersion]:
    world = make_world(code, f"示例区{copies}")
    version = take_in(world, register(copies))
    adopted = adoption.adopt(world.actor("lead"), world.district, version.uid, leave_undetermined=True, reason="示例")
    PlanVersion.objects.filter(pk=adopted.pk).update(adopted_at=datetime(2021, 1, 2, tzinfo=UTC))
    return world, PlanVersion.objects.get(pk=adopted.pk)


def reported(world: World, version: PlanVersion, status: str, percents: list[int], *, quarter: Period) -> None:
    """A report of the forestry department on each of the first of its rows, one per percentage."""
    led = Involvement.objects.filter(item__version=version, part="lead", organisation=world.forestry)
    threads = led.exclude(item__kind="indicator").order_by("item__order", "item__kind")
    for n, (thread, percent) in enumerate(
        zip(threads.values_list("item__thread_id", flat=True), percents, strict=False)
    ):
        ProgressReport.objects.create(
            district=world.district, thread_id=thread, organisation=world.forestry, status=status, text="进展",
            period_start=quarter.start, period_end=quarter.end, percent=Decimal(percent),
            submitted_at=WRITTEN + timedelta(days=n),
        )  # fmt: skip


Q1 = Period.quarter(2022, 1)


@pytest.mark.parametrize("who", ["lead", "forestry"])
def test_ten_times_the_rows_and_reports_cost_the_same_queries(who: str) -> None:
    counts = []
    for copies, code in ((1, "999901"), (10, "999902")):
        world, version = in_force(copies, code)
        for n, status in enumerate((ReportStatus.ACCEPTED, ReportStatus.SUBMITTED, ReportStatus.RETURNED)):
            reported(world, version, status, [20] * 30, quarter=Period.quarter(2022, 1 + n))
        client = signed_in(world, who)
        client.get(url(world, "progress"))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url(world, "progress")).content.decode()
        assert "造林" in page
        counts.append(len(captured))
    # In a test everything is one transaction, so the register is read anew: nine of the queries of each page.
    assert counts[0] == counts[1]
    assert counts[0] <= 34


def test_every_report_of_mine_is_on_one_of_the_pages_and_in_the_file() -> None:
    """Ten times three rows led by forestry that are reported on, so 30 reports: 25 on the first page, 5 on the second."""
    world, version = in_force(10)
    reported(world, version, ReportStatus.ACCEPTED, list(range(30)), quarter=Q1)
    client = signed_in(world, "forestry")
    seen = []
    for number in (1, 2):
        page = client.get(url(world, "progress"), {"r.page": number}).content.decode()
        seen.append({r.uid for r in ProgressReport.objects.all() if f"/reports/{r.uid}/" in page})
    assert [len(s) for s in seen] == [25, 5]
    assert len(seen[0] | seen[1]) == 30
    file = client.get(url(world, "progress"), {"r.export": "csv"}).content.decode("utf-8-sig")
    assert len(file.splitlines()) == 1 + 30


def test_the_database_sorts_percentages_as_numbers_and_puts_missing_ones_last() -> None:
    world, version = in_force(10)
    reported(world, version, ReportStatus.ACCEPTED, [9, 100, 10], quarter=Q1)
    who = world.actor("forestry")
    ProgressReport.objects.filter(percent="10").update(percent=None)
    for descending, expected in ((True, [Decimal(100), Decimal(9), None]), (False, [Decimal(9), Decimal(100), None])):
        found = reports.own_reports(who, world.district, sort="percent", descending=descending)
        assert [r.percent for r in found.rows] == expected
    past_the_end = reports.own_reports(who, world.district, offset=50, limit=2)
    assert (len(past_the_end.rows), past_the_end.total) == (1, 3)


def test_the_queue_shows_a_page_and_says_how_many_wait() -> None:
    world, version = in_force(10)
    reported(world, version, ReportStatus.SUBMITTED, list(range(30)), quarter=Q1)
    page = signed_in(world, "lead").get(url(world, "progress")).content.decode()
    assert "30 件" in page
    assert sum(f"/reports/{r.uid}/" in page for r in ProgressReport.objects.all()) == 25
    oldest = ProgressReport.objects.order_by("submitted_at").first()
    assert oldest is not None
    assert str(oldest.uid) in page
    found = signed_in(world, "lead").get(url(world, "progress"), {"w.q": "造林之3"}).content.decode()
    assert "造林之3" in found.split('id="table-waiting"')[1]


def test_a_report_given_back_is_listed_until_somebody_writes_it_anew() -> None:
    world, version = in_force()
    reported(world, version, ReportStatus.RETURNED, [20], quarter=Q1)
    who = world.actor("forestry")
    returned = reports.returned_reports(who, world.district)
    assert [r.period for r in returned] == ["2022Q1"]
    first = ProgressReport.objects.get()
    ProgressReport.objects.create(
        district=world.district, thread=first.thread, organisation=world.forestry, status=ReportStatus.DRAFT,
        period_start=first.period_start, period_end=first.period_end, revision=2,
    )  # fmt: skip
    assert reports.returned_reports(who, world.district) == ()
    assert reports.returned_reports(world.actor("finance"), world.district) == ()


def test_a_draft_is_in_the_list_of_those_only_who_may_write_it() -> None:
    world, version = in_force()
    reported(world, version, ReportStatus.DRAFT, [20], quarter=Q1)
    reader = Person.objects.create(username="reader", name="阅读者", organisation=world.forestry)
    Role.objects.create(district=world.district, person=reader, kind="auditor", organisation=world.forestry)
    assert reports.own_reports(world.actor("forestry"), world.district).total == 1
    assert reports.own_reports(actor(reader), world.district).total == 0


def test_what_is_owed_is_named_as_lists_name_it() -> None:
    world, version = in_force()
    (owed,) = queries.owed(world.actor("forestry"), world.district, version.uid, today=date(2022, 11, 20))
    assert owed.leads == 5  # two indicators, one project, two tasks
    titles = {d.title for d in owed.due if d.kind == "report"}
    assert titles == {"造林 · 荒山造林", "推广清洁取暖设备", "巩固国土绿化成果"}
