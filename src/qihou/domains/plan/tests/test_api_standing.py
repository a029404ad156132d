"""Several leads, reports nobody has decided yet, and payments: what a state and a sum may say, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from qihou.domains.plan.api import adoption, progress, queries, review, values
from qihou.domains.plan.models import PlanVersion
from qihou.face.values import Missing
from qihou.record.models import Commitment

from .api_world import TODAY, item, make_world, register, take_in

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 11, 20, 3, tzinfo=UTC)
ADOPTED = datetime(2022, 1, 10, tzinfo=UTC)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def version(world):
    return in_force(world, take_in(world))


def in_force(world, made):
    adoption.adopt(world.actor("lead"), world.district, made.uid, leave_undetermined=True, reason="示例")
    PlanVersion.objects.filter(pk=made.pk).update(adopted_at=ADOPTED)
    made.refresh_from_db()
    return made


def submitted(world, row, organisation, period="2022Q3", **given):
    who = {"ecology": "lead", "forestry": "forestry"}[organisation]
    told = {"percent": Decimal(30), "text": "完成招标", "today": TODAY, **given}
    owner = getattr(world, organisation)
    report = progress.save_report(world.actor(who), world.district, row.uid, owner.uid, period, **told).report
    return progress.submit_report(world.actor(who), world.district, report.uid, now=NOW)


def accepted(world, row, organisation, period="2022Q3", **given):
    report = submitted(world, row, organisation, period, **given)
    return progress.accept_report(world.actor("lead2"), world.district, report.uid, now=NOW)


def office(world, version, kind, order, today=TODAY):
    view = getattr(queries, f"{kind}s")(world.actor("auditor"), world.district, version.uid, today=today)
    return view.rows[order - 1]


def cockpit(world):
    return queries.cockpit(world.actor("auditor"), world.district, today=TODAY)


def test_the_public_reads_waiting_of_a_report_that_was_delivered(world, version):
    row = item(version, "project", 2)
    report = submitted(world, row, "forestry")
    public = queries.public_progress(world.district, today=TODAY)
    assert (public.projects[1].state.code, public.projects[1].percent) == ("awaiting", None)
    assert public.projects[0].state.code == "not_delivered"
    assert public.states["project"] == {"awaiting": 1, "not_delivered": 1}
    progress.accept_report(world.actor("lead"), world.district, report.uid, now=NOW)
    assert queries.public_progress(world.district, today=TODAY).projects[1].state.code == "on_track"


def test_an_older_accepted_report_does_not_make_the_delivered_one_missing(world, version):
    row = item(version, "project", 2)
    accepted(world, row, "forestry", "2022Q2", percent=Decimal(20))
    submitted(world, row, "forestry", "2022Q3")
    shown = queries.public_progress(world.district, today=TODAY).projects[1]
    assert (shown.state.code, shown.state.params["period"], shown.percent) == ("awaiting", "2022Q3", Decimal(20))
    assert shown.state.missing == ()


def test_the_public_reads_waiting_of_a_value_that_was_delivered(world, version):
    row = item(version, "indicator", 1)
    who, day = world.actor("forestry"), date(2023, 6, 1)  # the value of 2022 was due 120 days after its end
    entry = values.save_value(who, world.district, row.uid, 2022, value=Decimal(42), today=day)
    assert queries.public_progress(world.district, today=day).indicators[0].state.code == "not_delivered"
    values.submit_value(who, world.district, entry.uid)
    shown = queries.public_progress(world.district, today=day).indicators[0]
    assert (shown.state.code, shown.state.reason, shown.latest) == ("awaiting", "value_waiting", None)
    values.approve_value(world.actor("lead"), world.district, entry.uid)
    assert queries.public_progress(world.district, today=day).indicators[0].state.code == "awaiting"


def test_work_of_two_leads_is_done_when_both_say_so_and_are_believed(world, version):
    row = item(version, "task", 2)  # led by ecology and forestry
    accepted(world, row, "forestry", "2022Q2", percent=Decimal(20))
    accepted(world, row, "ecology", percent=Decimal(100))
    view = office(world, version, "task", 2)
    assert (view.percent, view.state.missing) == (Decimal(20), ("区林业局",))
    assert view.state.code != "achieved"
    mine = queries.mine(world.actor("forestry"), world.district, version.uid, today=TODAY).organisations[0]
    assert ("2022Q3", row.uid) in [(d.period, d.item_uid) for d in mine.due]
    last = submitted(world, row, "forestry", percent=Decimal(100))
    view = office(world, version, "task", 2)
    assert (view.state.code, view.state.reason, view.percent) == ("on_track", "complete_in_part", Decimal(100))
    progress.accept_report(world.actor("lead"), world.district, last.uid, now=NOW)
    assert office(world, version, "task", 2).state.code == "achieved"
    assert office(world, version, "task", 2, today=date(2023, 6, 1)).state.code == "achieved"


def test_a_lead_that_has_finished_owes_nothing_while_the_others_do(world, version):
    row = item(version, "task", 2)
    accepted(world, row, "ecology", "2022Q2", percent=Decimal(100))
    view = office(world, version, "task", 2)
    assert (view.state.code, view.state.missing) == ("not_delivered", ("区林业局",))
    found = queries.organisation(world.actor("lead"), world.district, version.uid, world.ecology.uid, today=TODAY)
    assert row.uid not in [d.item_uid for d in found.organisation.due]


def test_paid_sums_accepted_reports_only_and_says_what_waits(world, version):
    row = item(version, "project", 1)
    report = submitted(world, row, "ecology", paid_upper_level=Decimal(150))
    data = cockpit(world)
    assert data.paid.shown("investment") is Missing.ABSENT
    assert (data.paid_from.waiting, data.paid_from.without) == (1, 2)
    assert office(world, version, "project", 1).paid is None
    progress.accept_report(world.actor("lead2"), world.district, report.uid, now=NOW)
    data = cockpit(world)
    assert (data.paid.investment, data.paid_from.waiting, data.paid_from.without) == (Decimal(150), 0, 1)


def test_a_payment_left_blank_keeps_the_newest_amount_that_is_known(world, version):
    row = item(version, "project", 1)
    known = {"paid_upper_level": Decimal(100), "paid_district_budget": Decimal(50)}
    accepted(world, row, "ecology", "2022Q2", **known)
    accepted(world, row, "ecology", "2022Q3", paid_upper_level=Decimal(120))
    data = cockpit(world)
    assert (data.paid.upper_level, data.paid.district_budget) == (Decimal(120), Decimal(50))
    assert data.paid.investment == Decimal(170)
    assert data.paid.shown("private") is Missing.ABSENT
    assert data.paid_from.carried == 1


def test_payments_for_a_project_the_plan_dropped_do_not_count(world, version):
    accepted(world, item(version, "project", 1), "ecology", paid_upper_level=Decimal(120))
    made = register()
    made.projects = made.projects[1:]
    in_force(world, take_in(world, made, content=b"two"))
    data = cockpit(world)
    assert [p.paid for p in data.projects] == [None]
    assert data.paid.shown("investment") is Missing.ABSENT


def test_a_sum_says_how_many_amounts_it_lacks(world, version):
    total = queries.projects(world.actor("auditor"), world.district, version.uid, today=TODAY).total
    # 污水厂改造: 1000 = 600 + 400, no private column; 造林: 300.50, the two public sources undetermined.
    assert (total.rows, total.counted["upper_level"], total.undetermined["upper_level"]) == (2, 1, 1)
    assert total.shown("upper_level") == Decimal(600)
    assert total.shown("private") is Missing.ABSENT
    assert total.absent("private") == 2
    assert total.shown("investment") == Decimal("1300.50")


def test_only_the_organisation_that_may_give_a_value_is_told_it_owes_it(world):
    made = register()
    made.indicators[0] = replace(made.indicators[0], departments=["区林业局", "区财政局"])
    version = in_force(world, take_in(world, made))
    day = date(2023, 6, 1)

    def owed(who):
        views = queries.mine(world.actor(who), world.district, version.uid, today=day).organisations
        return [d.no for view in views for d in view.due if d.kind == "value"]

    assert owed("finance") == []
    assert owed("forestry") == ["1", "3"]


def test_a_name_matched_after_adoption_may_give_its_values(world):
    made = register()
    made.indicators[0] = replace(made.indicators[0], departments=["林业部门"])
    version = in_force(world, take_in(world, made))
    row = item(version, "indicator", 1)
    assert row.thread.datastream.organisation_id is None
    review.match_printed_organisation(world.actor("lead"), world.district, version.uid, "林业部门", world.forestry.uid)
    entry = values.save_value(world.actor("forestry"), world.district, row.uid, 2022, value=Decimal(41), today=TODAY)
    assert entry.status == "draft"
    assert Commitment.objects.get(about_uid=row.thread.uid, kind="target").organisation == world.forestry


def test_a_draft_value_is_for_those_who_may_write_it(world, version):
    row = item(version, "indicator", 1)
    entry = values.save_value(world.actor("forestry"), world.district, row.uid, 2022, value=Decimal(0), today=TODAY)

    def seen(who):
        return [e.uid for e in queries.item(world.actor(who), world.district, row.uid, today=TODAY).entries]

    assert [seen(w) for w in ("forestry", "lead", "finance", "auditor")] == [[entry.uid], [entry.uid], [], []]
    values.submit_value(world.actor("forestry"), world.district, entry.uid)
    assert seen("finance") == [entry.uid]
