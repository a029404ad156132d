"""What is held between requests is never older than the last act in the district."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from qihou.domains.plan.api import adoption, held, progress, queries, review
from qihou.record.api import organisations

from .api_world import TODAY, item, make_world, register, take_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world():
    held._held.clear()
    return make_world()


def investments(world, version):
    view = queries.projects(world.actor("lead"), world.district, version.uid, today=TODAY)
    return [str(r.investment) for r in view.rows]


def test_the_second_reading_costs_two_queries_and_says_the_same(world):
    version = take_in(world, register(5))
    actor = world.actor("lead")
    first = queries.tasks(actor, world.district, version.uid, today=TODAY)
    with CaptureQueriesContext(connection) as captured:
        second = queries.tasks(actor, world.district, version.uid, today=TODAY)
    assert len(captured) == 2  # the version, and the head of the chain
    assert second == first


def test_every_act_is_seen_by_the_next_reading(world):
    version, lead = take_in(world), world.actor("lead")
    assert investments(world, version) == ["1000", "300.50"]
    review.correct_cell(lead, world.district, item(version, "project", 1).uid, "investment", "1200", "理由")
    assert investments(world, version) == ["1200", "300.50"]
    organisations.add_alias(lead, world.finance, "某某办")  # another slice's act in the district
    adoption.adopt(lead, world.district, version.uid, leave_undetermined=True, reason="示例")
    before = queries.projects(lead, world.district, version.uid, today=TODAY).rows[0]
    assert before.percent is None
    report = progress.save_report(
        lead, world.district, before.uid, world.ecology.uid, "2022Q3", percent=Decimal(40), text="进展", today=TODAY
    ).report
    progress.submit_report(lead, world.district, report.uid, now=datetime(2022, 11, 20, tzinfo=UTC))
    after = queries.projects(lead, world.district, version.uid, today=TODAY).rows[0]
    assert after.percent == Decimal(40)
    assert queries.public_progress(world.district, today=TODAY).projects[0].percent is None


def test_a_transaction_sees_its_own_changes_and_leaves_nothing_behind_when_undone(world):
    version, lead = take_in(world), world.actor("lead")
    assert investments(world, version)[0] == "1000"
    with transaction.atomic():
        review.correct_cell(lead, world.district, item(version, "project", 1).uid, "investment", "7", "理由")
        assert investments(world, version)[0] == "7"
        transaction.set_rollback(True)
    assert investments(world, version)[0] == "1000"


def test_another_day_is_another_reading_and_only_so_many_are_kept(world):
    version = take_in(world)
    for day in range(1, 29):
        queries.tasks(world.actor("lead"), world.district, version.uid, today=date(2022, 2, day))
    assert len(held._held) == held.MOST_HELD
