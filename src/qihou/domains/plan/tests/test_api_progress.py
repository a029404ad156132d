from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from qihou.domains.plan.api import adoption, progress, queries, values
from qihou.domains.plan.api.errors import UnableToChange
from qihou.domains.plan.models import Evidence, PlanVersion, ProgressReport
from qihou.record.api.access import NotPermitted

from .api_world import TODAY, item, make_world, take_in

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 11, 20, 3, tzinfo=UTC)
ADOPTED = datetime(2022, 1, 10, tzinfo=UTC)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def version(world):
    made = take_in(world)
    adoption.adopt(world.actor("lead"), world.district, made.uid, leave_undetermined=True, reason="示例")
    PlanVersion.objects.filter(pk=made.pk).update(adopted_at=ADOPTED)
    made.refresh_from_db()
    return made


def save(world, row, who="lead", organisation="ecology", period="2022Q3", **given):
    options = {"percent": Decimal("30"), "text": "完成招标", "today": TODAY, **given}
    owner = getattr(world, organisation)
    return progress.save_report(world.actor(who), world.district, row.uid, owner.uid, period, **options)


def delivered(world, row, **given):
    report = save(world, row, **given).report
    who = given.get("who", "lead")
    return progress.submit_report(world.actor(who), world.district, report.uid, now=NOW)


def state(world, version, kind, order):
    view = getattr(queries, f"{kind}s")(world.actor("auditor"), world.district, version.uid, today=TODAY)
    return view.rows[order - 1]


def test_a_draft_is_rewritten_in_place_and_a_submitted_report_stands(world, version):
    row = item(version, "project", 1)
    first = save(world, row).report
    second = save(world, row, percent=Decimal("35")).report
    assert first.pk == second.pk
    progress.submit_report(world.actor("lead"), world.district, second.uid, now=NOW)
    with pytest.raises(UnableToChange, match="已经提交"):
        save(world, row, percent=Decimal("40"))
    assert ProgressReport.objects.get().percent == Decimal("35")


def test_a_returned_report_gets_a_next_revision_with_its_files(world, version):
    row = item(version, "project", 2)
    report = save(world, row, who="forestry", organisation="forestry").report
    progress.attach_evidence(
        world.actor("forestry"), world.district, report.uid, name="照片.jpg", content=b"jpeg", note="现场"
    )
    progress.submit_report(world.actor("forestry"), world.district, report.uid, now=NOW)
    with pytest.raises(UnableToChange, match="理由"):
        progress.return_report(world.actor("lead"), world.district, report.uid, now=NOW, note=" ")
    progress.return_report(world.actor("lead"), world.district, report.uid, now=NOW, note="缺支付凭证")
    waiting = queries.mine(world.actor("forestry"), world.district, version.uid, today=TODAY).waiting
    assert [(r.status, r.decision_note) for r in waiting] == [("returned", "缺支付凭证")]
    again = save(world, row, who="forestry", organisation="forestry", percent=Decimal("45")).report
    assert (again.revision, again.status) == (2, "draft")
    assert Evidence.objects.filter(report=again, note="现场").count() == 1
    assert not queries.mine(world.actor("forestry"), world.district, version.uid, today=TODAY).waiting
    report.refresh_from_db()
    assert (report.percent, report.status) == (Decimal("30"), "returned")


def test_what_the_bureau_wrote_itself_another_officer_accepts(world, version):
    report = delivered(world, item(version, "project", 1))
    waiting = queries.mine(world.actor("lead2"), world.district, version.uid, today=TODAY).waiting
    assert [r.uid for r in waiting] == [report.uid]
    with pytest.raises(UnableToChange, match="别人"):
        progress.accept_report(world.actor("lead"), world.district, report.uid, now=NOW)
    accepted = progress.accept_report(world.actor("lead2"), world.district, report.uid, now=NOW)
    assert accepted.status == "accepted"


def test_only_a_lead_reports_and_only_for_itself(world, version):
    row = item(version, "project", 1)  # led by ecology, supported by finance
    with pytest.raises(UnableToChange, match="牵头"):
        save(world, row, who="finance", organisation="finance")
    with pytest.raises(NotPermitted):
        save(world, row, who="forestry", organisation="ecology")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"percent": Decimal("101")}, "percent"),
        ({"percent": Decimal("NaN")}, "percent"),
        ({"paid_upper_level": Decimal("-1")}, "paid_upper_level"),
        ({"period": "2022"}, "period"),
        ({"period": "2022Q5"}, "period"),
        ({"period": "2023Q1"}, "period"),
    ],
)
def test_unfit_numbers_and_quarters_are_refused(world, version, given, field):
    with pytest.raises(UnableToChange) as refusal:
        save(world, item(version, "project", 1), **given)
    assert refusal.value.field == field


def test_money_beyond_the_plan_and_steps_back_are_warned_of(world, version):
    row = item(version, "project", 1)  # planned: 600 from above, 400 of the district
    delivered(world, row, period="2022Q2", percent=Decimal("50"), paid_district_budget=Decimal("100"))
    saved = save(world, row, paid_upper_level=Decimal("600.01"), paid_district_budget=Decimal("90"))
    assert len(saved.warnings) == 3
    assert "600.01" in saved.warnings[1]


def test_evidence_stays_with_those_it_concerns(world, version):
    report = save(world, item(version, "project", 2), who="forestry", organisation="forestry").report
    evidence = progress.attach_evidence(
        world.actor("forestry"), world.district, report.uid, name="a.pdf", content=b"%PDF"
    )
    for who in ("lead", "auditor"):
        with pytest.raises(NotPermitted):  # while it is a draft
            progress.open_evidence(world.actor(who), world.district, evidence.uid)
    progress.submit_report(world.actor("forestry"), world.district, report.uid, now=NOW)
    for who in ("forestry", "lead", "auditor"):
        name, stream = progress.open_evidence(world.actor(who), world.district, evidence.uid)
        with stream:
            assert (name, stream.read()) == ("a.pdf", b"%PDF")
    with pytest.raises(NotPermitted):
        progress.open_evidence(world.actor("finance"), world.district, evidence.uid)


def test_not_delivered_is_not_off_track(world, version):
    # Day 2022-11-20; Q3 was due on 10-15. 污水厂改造 runs 2021-01-01..2025-12-31: 1826 days, 638 gone on 2022-10-01 = 34.9 %.
    row = state(world, version, "project", 1)
    assert (row.state.code, row.state.reason, row.state.missing) == (
        "not_delivered",
        "report_overdue",
        ("区生态环境局",),
    )
    delivered(world, item(version, "project", 1), percent=Decimal("30"))  # 4.9 points behind
    row = state(world, version, "project", 1)
    assert (row.state.code, row.state.params["expected"], row.state.params["behind"]) == ("on_track", "34.9", "4.9")
    assert row.state.provisional
    assert row.percent == 30


def test_of_two_leads_the_missing_one_is_named_and_the_lower_percent_counts(world, version):
    row = item(version, "task", 2)  # led by ecology and forestry, until 2023-06
    delivered(world, row, percent=Decimal("80"))
    view = state(world, version, "task", 2)
    assert view.state.missing == ("区林业局",)
    delivered(world, row, who="forestry", organisation="forestry", percent=Decimal("60"))
    view = state(world, version, "task", 2)
    assert (view.state.missing, view.percent) == ((), Decimal("60"))


def test_what_is_due_is_last_quarters_report_then_the_running_one(world, version):
    view = queries.mine(world.actor("forestry"), world.district, version.uid, today=TODAY)
    due = view.organisations[0].due
    # Forestry leads one project, two tasks; its indicators owe the value of 2022 only from 2023 on.
    assert [(d.period, d.overdue, d.due_on) for d in due] == [("2022Q3", True, date(2022, 10, 15))] * 3
    delivered(world, item(version, "project", 2), who="forestry", organisation="forestry")
    due = queries.mine(world.actor("forestry"), world.district, version.uid, today=TODAY).organisations[0].due
    assert sorted((d.period, d.overdue) for d in due) == [("2022Q3", True), ("2022Q3", True), ("2022Q4", False)]
    next_spring = queries.mine(world.actor("forestry"), world.district, version.uid, today=date(2023, 6, 1))
    assert {d.period for d in next_spring.organisations[0].due if d.kind == "value"} == {"2022"}


def test_a_value_goes_from_draft_to_public(world, version):
    row = item(version, "indicator", 1)
    entry = values.save_value(
        world.actor("forestry"), world.district, row.uid, 2022, value=Decimal("42.20"), today=TODAY
    )
    values.submit_value(world.actor("forestry"), world.district, entry.uid)
    assert state(world, version, "indicator", 1).state.provisional
    values.approve_value(world.actor("lead"), world.district, entry.uid)
    # From 40 in 2020 to 45.5 in 2025; 42.2 is 40 % of the way when 40 % of the years are gone.
    row_view = state(world, version, "indicator", 1)
    assert (row_view.state.code, row_view.state.params["percent"], row_view.state.params["expected"]) == (
        "on_track",
        "40",
        "40",
    )
    assert str(row_view.latest) == "42.20"
    public = queries.public_progress(world.district, today=TODAY)
    assert public.indicators[0].latest is None
    values.publish_value(world.actor("lead"), world.district, entry.uid)
    public = queries.public_progress(world.district, today=TODAY)
    assert (public.indicators[0].latest, public.indicators[0].latest_year) == (Decimal("42.20"), 2022)


def test_the_public_sees_accepted_reports_only_and_no_persons(world, version):
    report = delivered(world, item(version, "project", 2), who="forestry", organisation="forestry", text="已栽植")
    assert queries.public_progress(world.district, today=TODAY).projects[1].percent is None
    progress.accept_report(world.actor("lead"), world.district, report.uid, now=NOW)
    public = queries.public_progress(world.district, today=TODAY)
    assert public.projects[1].percent == Decimal("30")
    assert not any(p.name in repr(public) for p in world.people.values())


def test_a_version_under_review_takes_no_reports(world):
    made = take_in(world)
    with pytest.raises(UnableToChange, match="已采用"):
        save(world, item(made, "project", 1))
