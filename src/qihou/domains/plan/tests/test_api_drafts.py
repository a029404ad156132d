"""Whose a draft report is, who may write on another's behalf, and that nobody accepts what he had a hand in."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from qihou.domains.plan.api import adoption, progress, reporting
from qihou.domains.plan.api.errors import ChangedMeanwhile, UnableToChange, UnableToFind
from qihou.domains.plan.api.itempage import item as item_page
from qihou.domains.plan.models import ProgressReport
from qihou.measure.periods import Period
from qihou.record.api.access import NotPermitted
from qihou.record.models import Person, Role

from .api_world import TODAY, actor, item, make_world, take_in

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 11, 20, tzinfo=UTC)
QUARTER = Period.quarter(2022, 3)


@pytest.fixture
def world(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    return make_world()


@pytest.fixture
def row(world):
    version = take_in(world)
    adoption.adopt(world.actor("lead"), world.district, version.uid, leave_undetermined=True, reason="示例")
    return item(version, "project", 2)  # led by forestry


def save(world, row, who, text, **options):
    by = world.actor(who) if isinstance(who, str) else who
    return progress.save_report(
        by, world.district, row.uid, world.forestry.uid, QUARTER.code, percent=Decimal(20), text=text, today=TODAY,
        **options,
    ).report  # fmt: skip


def colleague(world, kind="department", organisation=None):
    """A second person; by default of forestry."""
    person = Person.objects.create(username="second", name="第二人")
    Role.objects.create(district=world.district, person=person, kind=kind, organisation=organisation or world.forestry)
    return person


def test_the_bureau_neither_reads_nor_changes_nor_submits_a_departments_draft(world, row):
    draft = save(world, row, "forestry", "尚未核实的说法")
    evidence = progress.attach_evidence(world.actor("forestry"), world.district, draft.uid, name="a.txt", content=b"a")
    lead = world.actor("lead")
    assert item_page(lead, world.district, row.uid, today=TODAY).reports == ()
    form = reporting.report_form(lead, world.district, row.uid, QUARTER, world.forestry.uid, today=TODAY)
    assert (form.report, form.may_write, form.lead.mine) == (None, False, False)
    with pytest.raises(UnableToFind):
        reporting.report_page(lead, world.district, draft.uid, today=TODAY)
    with pytest.raises(UnableToChange, match=f"{world.forestry.name}已经在写"):
        save(world, row, "lead", "代填的")
    for act in (
        lambda: progress.submit_report(lead, world.district, draft.uid, now=NOW),
        lambda: progress.attach_evidence(lead, world.district, draft.uid, name="b.txt", content=b"b"),
        lambda: progress.remove_evidence(lead, world.district, evidence.uid),
        lambda: progress.open_evidence(lead, world.district, evidence.uid),
    ):
        with pytest.raises(NotPermitted):
            act()
    draft.refresh_from_db()
    assert (draft.text, draft.status) == ("尚未核实的说法", "draft")


def test_the_bureau_writes_on_behalf_where_nobody_writes_and_a_colleague_accepts(world, row):
    draft = save(world, row, "lead", "据电话了解")
    assert [r.text for r in item_page(world.actor("forestry"), world.district, row.uid, today=TODAY).reports] == [
        "据电话了解"
    ]
    assert item_page(world.actor("lead2"), world.district, row.uid, today=TODAY).reports == ()
    with pytest.raises(UnableToChange, match="已经在写"):
        save(world, row, "lead2", "另一种说法")
    progress.submit_report(world.actor("lead"), world.district, draft.uid, now=NOW)
    with pytest.raises(UnableToChange, match="由别人接收"):
        progress.accept_report(world.actor("lead"), world.district, draft.uid, now=NOW)
    assert progress.accept_report(world.actor("lead2"), world.district, draft.uid, now=NOW).status == "accepted"


def test_who_saved_or_submitted_a_report_does_not_accept_it_though_another_wrote_last(world, row):
    """Somebody of forestry who is of the bureau too saves the draft; forestry rewrites it, he submits it."""
    person = colleague(world)
    Role.objects.create(district=world.district, person=person, kind="lead_bureau", organisation=world.ecology)
    both = actor(person)
    save(world, row, both, "初稿")
    draft = save(world, row, "forestry", "改稿")
    progress.submit_report(both, world.district, draft.uid, now=NOW)
    assert ProgressReport.objects.get().written_by == world.people["forestry"]
    assert not reporting.report_page(both, world.district, draft.uid, today=TODAY).may_decide
    for act in (progress.accept_report, progress.return_report):
        with pytest.raises(UnableToChange, match="由别人接收"):
            act(both, world.district, draft.uid, now=NOW, note="理由")
    assert reporting.report_page(world.actor("lead"), world.district, draft.uid, today=TODAY).may_decide


def test_two_of_one_department_on_one_draft_the_second_is_told(world, row):
    form = reporting.report_form(world.actor("forestry"), world.district, row.uid, QUARTER, today=TODAY)
    seen = progress.stamp(form.report)
    assert seen == ""
    save(world, row, "forestry", "先写的", seen=seen)
    second = actor(colleague(world))
    with pytest.raises(ChangedMeanwhile, match="先写的") as refusal:
        save(world, row, second, "后写的", seen=seen)
    assert world.people["forestry"].name in str(refusal.value)
    assert ProgressReport.objects.get().text == "先写的"
    now = reporting.report_form(second, world.district, row.uid, QUARTER, today=TODAY).report
    save(world, row, second, "后写的", seen=progress.stamp(now))
    assert ProgressReport.objects.get().text == "后写的"
