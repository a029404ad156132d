from __future__ import annotations

from decimal import Decimal

import pytest

from qihou.domains.plan.api import queries
from qihou.domains.plan.api.errors import UnableToImport
from qihou.domains.plan.api.importing import import_plan
from qihou.domains.plan.models import DocumentLine, Involvement, Item, Plan, PlanVersion, Thread
from qihou.record.api import audit
from qihou.record.api.access import NotPermitted
from qihou.record.models import AuditEvent, Finding, Source

from .api_world import TODAY, item, make_world, register, take_in

pytestmark = pytest.mark.django_db


def test_a_document_becomes_a_version_under_review():
    world = make_world()
    version = take_in(world, label="征求意见稿")
    assert (version.number, version.status, version.plan.code) == (1, "review", "climate-2021")
    assert Item.objects.filter(version=version).count() == 8
    assert DocumentLine.objects.filter(version=version).count() == 10
    view = queries.projects(world.actor("auditor"), world.district, version.uid, today=TODAY)
    first, second = view.rows
    assert (first.investment, first.upper_level, first.district_budget, first.private) == (1000, 600, 400, None)
    # 造林: the column of its only amount is lost, so two cells are open and nothing is placed.
    assert [second.cells[f].undetermined for f in ("upper_level", "district_budget", "private")] == [True, True, False]
    assert second.open_cells == 2
    assert view.total.investment == Decimal("1300.50")
    assert view.total.unplaced == Decimal("300.50")
    assert view.claimed["investment"] == Decimal("1300.50")
    assert view.claimed["private"] is None


def test_exact_decimals_come_back_digit_for_digit():
    version = take_in(make_world())
    assert str(item(version, "project", 2).project.investment) == "300.50"


def test_unmatched_names_stay_visible():
    world = make_world()
    version = take_in(world)
    row = Involvement.objects.get(item__version=version, printed="某集团")
    assert row.organisation is None
    overview = queries.overview(world.actor("lead"), world.district, version.uid, today=TODAY)
    assert overview.unmatched == ("某集团",)
    assert overview.open_cells == {"indicator": 2, "project": 2, "task": 0}
    assert overview.counts == {"indicator": 3, "project": 2, "task": 3}


def test_the_same_file_twice_is_refused_and_names_the_version():
    world = make_world()
    take_in(world, label="征求意见稿")
    with pytest.raises(UnableToImport, match="第1版") as refusal:
        take_in(world)
    assert refusal.value.version_number == 1
    assert PlanVersion.objects.count() == 1


def test_findings_are_recorded_about_the_version_and_explanations_carry_over():
    world = make_world()
    first = take_in(world)
    finding = Finding.objects.get(about_uid=first.uid, kind="count-differs")
    finding.state, finding.state_note = "explained", "表中少印一行"
    finding.save()
    second = take_in(world, content=b"two")
    carried = Finding.objects.get(about_uid=second.uid, kind="count-differs")
    assert (carried.state, carried.state_note) == ("explained", "表中少印一行")


def test_rows_of_the_next_version_continue_their_threads():
    world = make_world()
    first = take_in(world)
    changed = register()
    changed.projects[
        0
    ].name = "污水厂提标改造"  # likeness 8/10: pairs 污水 水厂 厂改 改造 against 污水 水厂 厂提 提标 标改 改造 = 2*3/(4+6)=0.6, number equal
    changed.tasks.insert(0, changed.tasks.pop())  # moved
    changed.indicators.pop(0)
    changed.indicators[0].name = "万元产值能耗"  # nothing like it before
    second = take_in(world, changed, content=b"two")
    assert item(second, "project", 1).thread_id == item(first, "project", 1).thread_id
    assert item(second, "task", 1).thread_id == item(first, "task", 3).thread_id
    assert item(second, "indicator", 1).thread_id not in set(
        Item.objects.filter(version=first).values_list("thread_id", flat=True)
    )
    assert Thread.objects.count() == 9


def test_a_file_of_other_years_is_another_plan():
    world = make_world()
    take_in(world)
    later = register()
    later.first_year, later.last_year = 2026, 2030
    assert take_in(world, later, content=b"two").plan.code == "climate-2026"
    assert Plan.objects.count() == 2


def test_an_empty_register_is_imported_and_says_what_it_lacks():
    world = make_world()
    empty = register()
    empty.indicators, empty.projects, empty.tasks, empty.findings = [], [], [], []
    empty.lacks = ["indicators", "projects", "tasks", "tables"]
    version = take_in(world, empty)
    overview = queries.overview(world.actor("lead"), world.district, version.uid, today=TODAY)
    assert overview.version.lacks == ("indicators", "projects", "tasks", "tables")
    assert overview.counts == {"indicator": 0, "project": 0, "task": 0}


def test_text_postgresql_would_refuse_is_replaced():
    odd = register()
    odd.projects[0].name = "坏\x00字"
    odd.projects[0].cells["name"].printed = "坏\x00字"
    version = take_in(make_world(), odd)
    assert item(version, "project", 1).title == "坏\ufffd字"
    assert item(version, "project", 1).cells["name"]["printed"] == "坏\ufffd字"


def test_long_words_are_cut_visibly_and_kept_whole_in_the_cell():
    made = register()
    made.indicators[0].unit = "位" * 80
    made.indicators[0].cells["unit"].printed = "位" * 80
    row = item(take_in(make_world(), made), "indicator", 1)
    assert row.indicator.unit == "位" * 59 + "…"
    assert len(row.cells["unit"]["printed"]) == 80


def test_only_the_lead_bureau_imports():
    world = make_world()
    with pytest.raises(NotPermitted):
        import_plan(world.actor("finance"), world.district, name="a.txt", content=b"x")
    assert not Source.objects.exists()


def test_the_import_is_on_the_audit_log():
    take_in(make_world())
    event = AuditEvent.objects.get(act="plan.import")
    assert event.detail["projects"] == 2
    assert audit.verify().ok
