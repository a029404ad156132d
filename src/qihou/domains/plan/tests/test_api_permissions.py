"""Who may do what: every function of the plan's api that takes an actor, tried by everybody.

A function that is not in the table fails the test, so that none is forgotten.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from types import SimpleNamespace
from unittest.mock import patch

import pytest
from django.db import transaction

import qihou.domains.plan.api as plan_api
from qihou.domains.plan.api import importing
from qihou.domains.plan.api.errors import PlanError, UnableToFind
from qihou.domains.plan.models import Item, PlanVersion, ProgressReport
from qihou.measure.periods import Period
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.models import Action, Entry, Finding

from .api_world import TODAY, item, make_world, register, take_in

NOW = datetime(2022, 11, 20, tzinfo=UTC)
EVERYBODY = {"lead", "lead2", "finance", "forestry", "town", "auditor", "administrator"}
BUREAU = {"lead", "lead2"}
DRAFT = {"forestry"}  # a draft is its organisation's alone, whoever may write on its behalf
OWN = {*BUREAU, "forestry"}  # what belongs to forestry: forestry itself and the bureau, not finance or a town


def modules() -> dict[str, object]:
    found = pkgutil.iter_modules(plan_api.__path__)
    return {m.name: importlib.import_module(f"{plan_api.__name__}.{m.name}") for m in found}


def acts() -> dict[str, Callable[..., object]]:
    """Every public function whose first parameter is an actor, as module.function."""
    return {
        f"{name}.{function.__name__}": function
        for name, module in modules().items()
        for function in vars(module).values()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not function.__name__.startswith("_")
        and next(iter(inspect.signature(function).parameters), "") == "actor"
    }


def scene() -> SimpleNamespace:
    """A district with a version in force, its reports and values at every stage, and a newer draft version."""
    world = make_world()
    api = SimpleNamespace(**modules())
    lead, forestry = world.actor("lead"), world.actor("forestry")
    live = take_in(world)
    api.adoption.adopt(lead, world.district, live.uid, leave_undetermined=True, reason="示例")
    PlanVersion.objects.update(adopted_at=datetime(2022, 1, 1, tzinfo=UTC))

    def report(row: Item, quarter: str, submit: bool) -> ProgressReport:
        saved = api.progress.save_report(
            forestry,
            world.district,
            row.uid,
            world.forestry.uid,
            quarter,
            percent=Decimal(20),
            text="进展",
            today=TODAY,
        ).report
        return api.progress.submit_report(forestry, world.district, saved.uid, now=NOW) if submit else saved

    project = item(live, "project", 2)
    waiting = report(project, "2022Q2", True)
    draft_report = report(project, "2022Q3", False)
    evidence = api.progress.attach_evidence(forestry, world.district, draft_report.uid, name="a.txt", content=b"a")
    forest = item(live, "indicator", 1)

    def value(year: int, *steps: str) -> Entry:
        entry = api.values.save_value(forestry, world.district, forest.uid, year, value=Decimal(41), today=TODAY)
        for step in steps:
            actor = forestry if step == "submit_value" else lead
            entry = getattr(api.values, step)(actor, world.district, entry.uid)
        return entry

    values = {
        "draft": value(2019),
        "submitted": value(2020, "submit_value"),
        "approved": value(2021, "submit_value", "approve_value"),
    }
    draft = take_in(world, content=b"two")
    finding = Finding.objects.get(about_uid=draft.uid, severity="error")

    def asked(title: str) -> Action:
        return api.actions.hand_out(
            lead, world.district, finding.uid, organisation=world.forestry.uid, kind="check", title=title,
            due_on=TODAY, today=TODAY,
        )  # fmt: skip

    to_do, done = asked("核对"), asked("改正")
    api.actions.finish(forestry, world.district, done.uid, "已改")
    return SimpleNamespace(
        world=world, d=world.district, api=api, live=live, draft=draft, forest=forest, project=project,
        awaited=item(live, "indicator", 2), open_project=item(draft, "project", 2), row=item(draft, "project", 1),
        waiting=waiting, draft_report=draft_report, evidence=evidence, values=values,
        finding=finding, to_do=to_do, done=done,
    )  # fmt: skip


def _import(a: Actor, s: SimpleNamespace) -> object:
    with patch.object(importing, "read_document", return_value=register()):
        return importing.import_plan(a, s.d, name="a.txt", content=b"three")


def _corrected(a: Actor, s: SimpleNamespace) -> object:
    s.api.review.correct_cell(s.world.actor("lead"), s.d, s.row.uid, "investment", "9", "理由")
    return s.api.deciding.undo_correction(a, s.d, s.row.uid, "investment")


def _funding(a: Actor, s: SimpleNamespace) -> object:
    view = s.api.itempage.item(s.world.actor("lead"), s.d, s.open_project.uid, today=TODAY).row
    code = s.api.desk.funding_choices(view)[0].code
    return s.api.deciding.decide_funding(a, s.d, s.open_project.uid, code, "理由")


def _joined(a: Actor, s: SimpleNamespace) -> object:
    lead, live_row = s.world.actor("lead"), item(s.live, "project", 1)
    s.api.joining.split_row(lead, s.world.district, s.row.uid, "因")
    return s.api.joining.join_row(a, s.d, s.row.uid, live_row.uid, "因")


def _unpaired(a: Actor, s: SimpleNamespace) -> object:
    s.api.joining.split_row(s.world.actor("lead"), s.world.district, s.row.uid, "因")
    return s.api.joining.undo_pairing(a, s.d, s.row.uid)


def _save(a: Actor, s: SimpleNamespace) -> object:
    return s.api.progress.save_report(
        a, s.d, s.project.uid, s.world.forestry.uid, "2022Q4", percent=Decimal(1), text="进展", today=TODAY
    )


# act: (who may, how it is done)
TABLE: dict[str, tuple[set[str], Callable[[Actor, SimpleNamespace], object]]] = {
    "importing.import_plan": (BUREAU, _import),
    "importing.import_register": (
        BUREAU,
        lambda a, s: importing.import_register(a, s.d, register(), name="a.txt", content=b"four"),
    ),
    "review.correct_cell": (BUREAU, lambda a, s: s.api.review.correct_cell(a, s.d, s.row.uid, "investment", "5", "因")),
    "review.confirm_item": (BUREAU, lambda a, s: s.api.review.confirm_item(a, s.d, s.row.uid)),
    "review.confirm_all": (BUREAU, lambda a, s: s.api.review.confirm_all(a, s.d, s.draft.uid, "task")),
    "review.match_printed_organisation": (
        BUREAU,
        lambda a, s: s.api.review.match_printed_organisation(a, s.d, s.draft.uid, "某集团", s.world.finance.uid),
    ),
    "newcomers.add_organisation": (
        BUREAU,
        lambda a, s: s.api.newcomers.add_organisation(a, s.d, s.draft.uid, "某集团"),
    ),
    "newcomers.add_every_organisation": (
        BUREAU,
        lambda a, s: s.api.newcomers.add_every_organisation(a, s.d, s.draft.uid),
    ),
    "review.set_finding_state": (
        BUREAU,
        lambda a, s: s.api.review.set_finding_state(a, s.d, s.finding.uid, "explained", "少印"),
    ),
    "review.discard": (BUREAU, lambda a, s: s.api.review.discard(a, s.d, s.draft.uid, "因")),
    "deciding.undo_correction": (BUREAU, _corrected),
    "deciding.standing_corrections": (
        EVERYBODY,
        lambda a, s: s.api.deciding.standing_corrections(a, s.d, s.row.uid),
    ),
    "deciding.decide_funding": (BUREAU, _funding),
    "deciding.confirm_sure": (BUREAU, lambda a, s: s.api.deciding.confirm_sure(a, s.d, s.draft.uid)),
    "joining.join_row": (BUREAU, _joined),
    "joining.split_row": (BUREAU, lambda a, s: s.api.joining.split_row(a, s.d, s.row.uid, "因")),
    "joining.undo_pairing": (BUREAU, _unpaired),
    "pairing.pairs": (EVERYBODY, lambda a, s: s.api.pairing.pairs(a, s.d, s.draft.uid)),
    "pairing.doubtful": (EVERYBODY, lambda a, s: s.api.pairing.doubtful(a, s.d, s.draft.uid)),
    "actions.hand_out": (
        BUREAU,
        lambda a, s: s.api.actions.hand_out(
            a,
            s.d,
            s.finding.uid,
            organisation=s.world.finance.uid,
            kind="check",
            title="核对",
            due_on=TODAY,
            today=TODAY,
        ),
    ),
    "actions.finish": (OWN, lambda a, s: s.api.actions.finish(a, s.d, s.to_do.uid, "已改")),
    "actions.confirm": (BUREAU, lambda a, s: s.api.actions.confirm(a, s.d, s.done.uid)),
    "actions.reopen": (BUREAU, lambda a, s: s.api.actions.reopen(a, s.d, s.done.uid, "因")),
    "actions.withdraw": (BUREAU, lambda a, s: s.api.actions.withdraw(a, s.d, s.to_do.uid, "因")),
    "todo.actions": (EVERYBODY, lambda a, s: s.api.todo.actions(a, s.d, today=TODAY, language="")),
    "todo.open_for_mine": (EVERYBODY, lambda a, s: s.api.todo.open_for_mine(a, s.d, today=TODAY, language="")),
    "todo.of_findings": (
        EVERYBODY,
        lambda a, s: s.api.todo.of_findings(a, s.d, [s.finding.uid], today=TODAY, language=""),
    ),
    "todo.action_page": (
        EVERYBODY,
        lambda a, s: s.api.todo.action_page(a, s.d, s.to_do.uid, today=TODAY, language=""),
    ),
    "todo.suggested": (EVERYBODY, lambda a, s: s.api.todo.suggested(a, s.d, s.finding.uid)),
    "adoption.adopt": (
        BUREAU,
        lambda a, s: s.api.adoption.adopt(a, s.d, s.draft.uid, leave_undetermined=True, reason="因"),
    ),
    "adoption.assign_target": (
        BUREAU,
        lambda a, s: s.api.adoption.assign_target(a, s.d, s.awaited.uid, Decimal(5), note="文件"),
    ),
    "progress.save_report": (OWN, _save),
    "progress.submit_report": (DRAFT, lambda a, s: s.api.progress.submit_report(a, s.d, s.draft_report.uid, now=NOW)),
    "progress.accept_report": (BUREAU, lambda a, s: s.api.progress.accept_report(a, s.d, s.waiting.uid, now=NOW)),
    "progress.return_report": (
        BUREAU,
        lambda a, s: s.api.progress.return_report(a, s.d, s.waiting.uid, now=NOW, note="因"),
    ),
    "progress.attach_evidence": (
        DRAFT,
        lambda a, s: s.api.progress.attach_evidence(a, s.d, s.draft_report.uid, name="b", content=b"b"),
    ),
    "progress.remove_evidence": (DRAFT, lambda a, s: s.api.progress.remove_evidence(a, s.d, s.evidence.uid)),
    "progress.open_evidence": (
        DRAFT,
        lambda a, s: s.api.progress.open_evidence(a, s.d, s.evidence.uid)[1].close(),
    ),
    "values.save_value": (
        OWN,
        lambda a, s: s.api.values.save_value(a, s.d, s.forest.uid, 2022, value=Decimal(1), today=TODAY),
    ),
    "values.submit_value": (OWN, lambda a, s: s.api.values.submit_value(a, s.d, s.values["draft"].uid)),
    "values.approve_value": (BUREAU, lambda a, s: s.api.values.approve_value(a, s.d, s.values["submitted"].uid)),
    "values.return_value": (BUREAU, lambda a, s: s.api.values.return_value(a, s.d, s.values["submitted"].uid, "因")),
    "values.publish_value": (BUREAU, lambda a, s: s.api.values.publish_value(a, s.d, s.values["approved"].uid)),
    "choosing.versions": (EVERYBODY, lambda a, s: s.api.choosing.versions(a, s.d)),
    "choosing.version_name": (EVERYBODY, lambda a, s: s.api.choosing.version_name(a, s.d)),
    "choosing.choose_version": (EVERYBODY, lambda a, s: s.api.choosing.choose_version(a, s.d)),
    "registers.overview": (EVERYBODY, lambda a, s: s.api.registers.overview(a, s.d, s.live.uid, today=TODAY)),
    "registers.indicators": (EVERYBODY, lambda a, s: s.api.registers.indicators(a, s.d, s.live.uid, today=TODAY)),
    "registers.projects": (EVERYBODY, lambda a, s: s.api.registers.projects(a, s.d, s.live.uid, today=TODAY)),
    "registers.tasks": (EVERYBODY, lambda a, s: s.api.registers.tasks(a, s.d, s.live.uid, today=TODAY)),
    "organisations.organisation": (
        EVERYBODY,
        lambda a, s: s.api.organisations.organisation(a, s.d, s.live.uid, s.world.finance.uid, today=TODAY),
    ),
    "organisations.organisations": (
        EVERYBODY,
        lambda a, s: s.api.organisations.organisations(a, s.d, s.live.uid, today=TODAY),
    ),
    "organisations.owed": (EVERYBODY, lambda a, s: s.api.organisations.owed(a, s.d, s.live.uid, today=TODAY)),
    "organisations.mine": (EVERYBODY, lambda a, s: s.api.organisations.mine(a, s.d, s.live.uid, today=TODAY)),
    "itempage.item": (EVERYBODY, lambda a, s: s.api.itempage.item(a, s.d, s.row.uid, today=TODAY)),
    "reading.findings": (EVERYBODY, lambda a, s: s.api.reading.findings(a, s.d, s.live.uid)),
    "reading.document": (EVERYBODY, lambda a, s: s.api.reading.document(a, s.d, s.live.uid)),
    "reading.search": (EVERYBODY, lambda a, s: s.api.reading.search(a, s.d, s.live.uid, "造林")),
    "comparing.compare": (EVERYBODY, lambda a, s: s.api.comparing.compare(a, s.d, s.live.uid, s.draft.uid)),
    "cockpit.cockpit": (EVERYBODY, lambda a, s: s.api.cockpit.cockpit(a, s.d, today=TODAY)),
    "desk.queue": (EVERYBODY, lambda a, s: s.api.desk.queue(a, s.d, s.draft.uid)),
    "desk.organisation_choices": (EVERYBODY, lambda a, s: s.api.desk.organisation_choices(a, s.d)),
    "settling.finding_page": (EVERYBODY, lambda a, s: s.api.settling.finding_page(a, s.d, s.finding.uid)),
    "exports.register_docx": (EVERYBODY, lambda a, s: s.api.exports.register_docx(a, s.d, s.live.uid, today=TODAY)),
    "exports.register_xlsx": (EVERYBODY, lambda a, s: s.api.exports.register_xlsx(a, s.d, s.live.uid, today=TODAY)),
    "reporting.report_form": (
        EVERYBODY,
        lambda a, s: s.api.reporting.report_form(a, s.d, s.project.uid, Period.quarter(2022, 3), today=TODAY),
    ),
    "reporting.report_page": (
        EVERYBODY,
        lambda a, s: s.api.reporting.report_page(a, s.d, s.waiting.uid, today=TODAY),
    ),
    "reports.submitted_reports": (BUREAU, lambda a, s: s.api.reports.submitted_reports(a, s.d)),
    "reports.own_reports": (EVERYBODY, lambda a, s: s.api.reports.own_reports(a, s.d)),
    "reports.returned_reports": (EVERYBODY, lambda a, s: s.api.reports.returned_reports(a, s.d)),
}

# These refuse nobody: they give less, or nothing, to those who may not see.
GIVE_LESS: dict[str, Callable[[Actor, SimpleNamespace], int]] = {
    "reports.readable": lambda a, s: s.api.reports.readable(a, s.d, ProgressReport.objects).count(),
    "reporting.reports_waiting": lambda a, s: s.api.reporting.reports_waiting(a, s.d.pk),
    "reporting.versions_waiting": lambda a, s: s.api.reporting.versions_waiting(a, s.d.pk),
    "todo.actions_waiting": lambda a, s: s.api.todo.actions_waiting(a, s.d.pk),
}


def outcome(act: Callable[[Actor, SimpleNamespace], object], actor: Actor, s: SimpleNamespace) -> str:
    """done, refused or not found; whatever was changed is undone."""
    try:
        with transaction.atomic():
            act(actor, s)
            transaction.set_rollback(True)
    except NotPermitted:
        return "refused"
    except UnableToFind:
        return "not found"
    return "done"


def test_every_act_is_in_the_table():
    assert sorted(acts()) == sorted([*TABLE, *GIVE_LESS])


@pytest.mark.django_db
def test_each_act_is_open_to_exactly_those_who_may():
    s = scene()
    people = {who: s.world.actor(who) for who in EVERYBODY} | {"public": Actor.public()}
    wrong = [
        f"{name} by {who}: {got}"
        for name, (allowed, act) in TABLE.items()
        for who, actor in people.items()
        if (got := outcome(act, actor, s)) != ("done" if who in allowed else "refused")
    ]
    assert not wrong


@pytest.mark.django_db
def test_nothing_of_another_district_is_reached():
    """The neighbours' lead bureau, with this district's uids: in its own district they do not exist, here it is nobody."""
    s = scene()
    neighbours = make_world("999902", "邻区")
    stranger = neighbours.actor("lead")
    here = SimpleNamespace(**{**vars(s), "d": neighbours.district})
    without_uid = {
        "importing.import_plan", "importing.import_register", "choosing.versions", "choosing.choose_version",
        "choosing.version_name", "cockpit.cockpit",
        "desk.organisation_choices", "reports.submitted_reports", "reports.own_reports", "reports.returned_reports",
        "deciding.undo_correction", "deciding.decide_funding", "todo.actions", "todo.open_for_mine", "todo.of_findings",
    }  # fmt: skip
    for name, (_allowed, act) in TABLE.items():
        assert outcome(act, stranger, s) == "refused", name
        if name not in without_uid:
            assert outcome(act, stranger, here) == "not found", name
    with pytest.raises(UnableToFind):
        s.api.deciding.undo_correction(stranger, neighbours.district, s.row.uid, "investment")
    with pytest.raises(UnableToFind):
        s.api.deciding.decide_funding(stranger, neighbours.district, s.open_project.uid, "x", "理由")
    assert s.api.choosing.versions(stranger, neighbours.district) == ()
    assert s.api.choosing.version_name(stranger, neighbours.district) is None
    assert s.api.cockpit.cockpit(stranger, neighbours.district, today=TODAY).version is None
    assert issubclass(UnableToFind, PlanError)


@pytest.mark.django_db
def test_counts_and_lists_give_a_stranger_nothing_of_ours():
    s = scene()
    lead, stranger = s.world.actor("lead"), make_world("999902", "邻区").actor("lead")
    # Two reports, one a draft nobody but its writers may read; one waits for the bureau, and one draft version; one action waits to be confirmed.
    assert {name: act(lead, s) for name, act in GIVE_LESS.items()} == dict(zip(GIVE_LESS, (1, 1, 1, 1), strict=True))
    assert {name: act(stranger, s) for name, act in GIVE_LESS.items()} == dict(
        zip(GIVE_LESS, (1, 0, 0, 0), strict=True)
    )
    assert {name: act(Actor.public(), s) for name, act in GIVE_LESS.items()}["reporting.reports_waiting"] == 0


@pytest.mark.django_db
def test_drafts_are_read_only_by_those_who_may_write_them():
    s = scene()
    seen = {
        who: {r.status for r in s.api.itempage.item(s.world.actor(who), s.d, s.project.uid, today=TODAY).reports}
        for who in ("forestry", "lead", "finance", "auditor")
    }
    both, delivered = {"draft", "submitted"}, {"submitted"}
    assert seen == {"forestry": both, "lead": delivered, "finance": delivered, "auditor": delivered}
