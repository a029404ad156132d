from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qihou.domains.plan.api import adoption, progress, queries
from qihou.domains.plan.api.errors import UnableToFind
from qihou.domains.plan.models import PlanVersion
from qihou.record.api.access import Actor

from .api_world import TODAY, item, make_world, register, take_in

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 11, 20, tzinfo=UTC)


def in_force(world, copies=1):
    """An adopted version with a report on every project and a newer draft beside it."""
    version = take_in(world, register(copies))
    lead = Actor.system("test")
    adoption.adopt(lead, world.district, version.uid, leave_undetermined=True, reason="示例")
    PlanVersion.objects.filter(pk=version.pk).update(adopted_at=datetime(2022, 1, 1, tzinfo=UTC))
    for order in range(2, 2 * copies + 1, 2):
        report = progress.save_report(
            lead, world.district, item(version, "project", order).uid, world.forestry.uid, "2022Q3",
            percent=Decimal(20), text="进展", paid_private=Decimal("1.5"), today=TODAY,
        ).report  # fmt: skip
        progress.submit_report(lead, world.district, report.uid, now=NOW)
        progress.accept_report(world.actor("lead"), world.district, report.uid, now=NOW)
    changed = register(copies)
    changed.projects[0].investment = Decimal("1100")
    return version, take_in(world, changed, content=b"two")


PAGES = {
    "overview": lambda a, d, v, w: queries.overview(a, d, v.uid, today=TODAY),
    "indicators": lambda a, d, v, w: queries.indicators(a, d, v.uid, today=TODAY),
    "projects": lambda a, d, v, w: queries.projects(a, d, v.uid, today=TODAY),
    "tasks": lambda a, d, v, w: queries.tasks(a, d, v.uid, today=TODAY),
    "mine": lambda a, d, v, w: queries.mine(a, d, v.uid, today=TODAY),
    "owed": lambda a, d, v, w: queries.owed(a, d, v.uid, today=TODAY),
    "organisation": lambda a, d, v, w: queries.organisation(a, d, v.uid, w.forestry.uid, today=TODAY),
    "organisations": lambda a, d, v, w: queries.organisations(a, d, v.uid, today=TODAY),
    "item": lambda a, d, v, w: queries.item(a, d, item(v, "project", 2).uid, today=TODAY),
    "findings": lambda a, d, v, w: queries.findings(a, d, v.uid),
    "document": lambda a, d, v, w: queries.document(a, d, v.uid, last=200),
    "search": lambda a, d, v, w: queries.search(a, d, v.uid, "造林"),
    "compare": lambda a, d, v, w: queries.compare(a, d, v.uid, w.draft.uid),
    "cockpit": lambda a, d, v, w: queries.cockpit(a, d, today=TODAY),
    "public_progress": lambda a, d, v, w: queries.public_progress(d, today=TODAY),
    "version_name": lambda a, d, v, w: queries.version_name(a, d),
    "versions": lambda a, d, v, w: queries.versions(a, d),
}


def test_every_query_of_the_read_side_is_counted():
    assert set(PAGES) | {"choose_version"} == set(queries.__all__)


def test_query_counts_do_not_grow_with_the_rows():
    counts = []
    for copies, code in ((1, "999901"), (10, "999902")):
        world = make_world(code, f"示例区{copies}")
        version, world.draft = in_force(world, copies)
        who = world.actor("forestry")
        found = {}
        for name, page in PAGES.items():
            with CaptureQueriesContext(
                connection,
            ) as captured:
                page(who, world.district, version, world)
            found[name] = len(captured)
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 24


def test_filters_of_projects_and_tasks():
    world = make_world()
    version, _draft = in_force(world)
    who, d = world.actor("auditor"), world.district
    tasks = queries.tasks(who, d, version.uid, today=TODAY)
    assert [(g.chapter, [(k, len(rows)) for k, rows in g.key_tasks]) for g in tasks.groups] == [
        ("第一章 总则", [("控制排放", 2), ("增加碳汇", 1)])
    ]
    led = queries.tasks(who, d, version.uid, today=TODAY, organisation=world.forestry.uid, part="lead")
    assert [r.no for r in led.rows] == ["2", "3"]
    assert [r.no for r in queries.tasks(who, d, version.uid, today=TODAY, text="取暖").rows] == ["2"]
    unmatched = queries.projects(who, d, version.uid, today=TODAY, organisation="unmatched")
    assert [r.title for r in unmatched.rows] == ["污水厂改造"]
    late = queries.projects(who, d, version.uid, today=TODAY, state="not_delivered")
    assert [r.title for r in late.rows] == ["污水厂改造"]
    assert [r.title for r in queries.projects(who, d, version.uid, today=TODAY, category="增汇").rows] == ["造林"]


def test_money_is_spread_evenly_over_the_years_of_each_project():
    world = make_world()
    version, _draft = in_force(world)
    view = queries.projects(world.actor("auditor"), world.district, version.uid, today=TODAY)
    # 1000 over 2021–2025 is 200 a year; 300.50 over 2022–2024 is 100.16, 100.16 and 100.18.
    assert {y: m.investment for y, m in view.by_year.items()} == {
        2021: Decimal("200"), 2022: Decimal("300.16"), 2023: Decimal("300.16"), 2024: Decimal("300.18"),
        2025: Decimal("200"),
    }  # fmt: skip
    assert view.by_year[2022].upper_level == Decimal("120")
    assert view.by_year[2022].unplaced == Decimal("100.16")


def test_two_versions_are_compared_field_by_field():
    world = make_world()
    version, draft = in_force(world)
    found = queries.compare(world.actor("auditor"), world.district, version.uid, draft.uid)
    assert found.counts == {"indicator": {"same": 3}, "project": {"changed": 1, "same": 1}, "task": {"same": 3}}
    changed = next(r for r in found.rows if r.change == "changed")
    assert [(f.field, f.before, f.after) for f in changed.fields] == [("investment", "1000", "1100")]


def test_removed_and_added_rows_are_told():
    world = make_world()
    version = take_in(world)
    other = register()
    other.tasks.pop(0)
    other.projects[1].name = "建设气象观测站网"
    draft = take_in(world, other, content=b"two")
    found = queries.compare(world.actor("auditor"), world.district, version.uid, draft.uid)
    assert found.counts["project"] == {"same": 1, "added": 1, "removed": 1}
    assert found.counts["task"] == {"same": 2, "removed": 1}


def test_the_document_shows_rows_and_findings_at_their_lines():
    world = make_world()
    version = take_in(world)
    view = queries.document(world.actor("auditor"), world.district, version.uid, first=4, last=7)
    assert [(line.number, [r.title for r in line.rows], [s for _u, s in line.findings]) for line in view.lines] == [
        (4, ["单位产值碳排放下降"], []),
        (5, ["湿地面积"], ["warning"]),
        (6, ["污水厂改造"], []),
        (7, ["造林"], []),
    ]
    assert view.lines[0].heading == 0
    assert queries.document(world.actor("auditor"), world.district, version.uid).lines[1].heading == 1


def test_search_finds_two_characters_in_rows_organisations_and_lines():
    world = make_world()
    version = take_in(world)
    hits = queries.search(world.actor("auditor"), world.district, version.uid, "林业")
    assert [(h.kind, h.title) for h in hits] == [("organisation", "区林业局")]
    kinds = [h.kind for h in queries.search(world.actor("auditor"), world.district, version.uid, "湿地")]
    assert kinds == ["indicator", "line"]
    assert queries.search(world.actor("auditor"), world.district, version.uid, "  ") == ()


def test_the_cockpit_adds_up():
    world = make_world()
    in_force(world)
    data = queries.cockpit(world.actor("auditor"), world.district, today=TODAY)
    assert data.version.number == 1
    assert data.states["project"] == {"not_delivered": 1, "on_track": 1}
    assert data.paid.private == Decimal("1.5")
    # Ecology owes one project and two tasks, forestry two tasks: its project was reported.
    assert data.overdue == (("区生态环境局", 3), ("区林业局", 2))
    assert not data.illustrative


def test_the_version_in_force_comes_first_then_the_newest_under_review():
    world = make_world()
    with pytest.raises(UnableToFind):
        queries.choose_version(world.actor("lead"), world.district)
    _version, draft = in_force(world)
    assert queries.choose_version(world.actor("lead"), world.district).number == 1
    assert queries.choose_version(world.actor("lead"), world.district, "climate-2021", 2).uid == draft.uid
    with pytest.raises(UnableToFind):
        queries.choose_version(world.actor("lead"), world.district, None, 7)


def test_the_bar_names_the_version_that_pages_show():
    world = make_world()
    who = world.actor("auditor")
    assert queries.version_name(who, world.district) is None
    take_in(world)
    for status in ("review", "adopted"):
        if status == "adopted":
            in_force(make_world("999902", "邻区"))  # another district's version is not ours
            version = PlanVersion.objects.get(district=world.district)
            adoption.adopt(Actor.system("test"), world.district, version.uid, leave_undetermined=True, reason="示例")
            take_in(world, content=b"two")
        named, chosen = queries.version_name(who, world.district), queries.choose_version(who, world.district)
        assert named is not None
        assert (named.plan_title, named.number, named.status) == (chosen.plan_title, chosen.number, status)
