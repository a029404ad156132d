"""Who may do what: every function of the inventory's api that takes an actor, tried by everybody.

A function that is not in the table fails the test, so that none is forgotten.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction

import qihou.domains.inventory.api as inventory_api
from qihou.domains.inventory.api.errors import InventoryError, UnableToFind
from qihou.domains.inventory.tests.inventory_world import PEOPLE, energy, fill, make_world, opened, pigs, small
from qihou.record.api.access import Actor, NotPermitted

EVERYBODY = {who for who, _, _ in PEOPLE}
BUREAU = {"lead", "lead2"}
READERS = {*BUREAU, "auditor"}
FILLERS = {*BUREAU, "statistics", "agriculture", "forestry"}
OWN = {*BUREAU, "statistics"}  # what concerns the energy sheet: statistics itself and the bureau
OWN_READ = {*OWN, "auditor"}
TODAY = date(2021, 9, 1)
NOWHERE = Path("/nowhere")


def modules() -> dict[str, object]:
    found = pkgutil.iter_modules(inventory_api.__path__)
    return {m.name: importlib.import_module(f"{inventory_api.__name__}.{m.name}") for m in found}


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


@pytest.fixture
def s(db):
    """2019 published; 2020 with the energy sheet being filled, the farm's handed in and the forest's approved, and worked."""
    with small():
        world = make_world()
        api = SimpleNamespace(**modules())
        lead = world.actor("lead")
        opened(world, 2019)
        fill(world, 2019)
        old = api.computing.compute(lead, world.district, 2019)
        api.publishing.publish(lead, world.district, old.uid, today=TODAY)
        opened(world)
        fill(world, only=("energy",), upto="draft")
        fill(world, only=("farm",), upto="submitted")
        fill(world, only=("forest",))
        run = api.computing.compute(lead, world.district, 2020)
        yield SimpleNamespace(world=world, d=world.district, api=api, old=old, run=run)


@pytest.fixture
def ready(s):
    """The same with every sheet approved and worked again: what can be published."""
    lead = s.world.actor("lead")
    s.api.sheets.submit_sheet(s.world.actor("statistics"), s.d, 2020, "energy")
    s.api.sheets.approve_sheet(lead, s.d, 2020, "energy")
    s.api.sheets.approve_sheet(lead, s.d, 2020, "farm")
    s.run = s.api.computing.compute(lead, s.d, 2020)
    return s


def cell(s: SimpleNamespace) -> str:
    return s.api.schemes.property_code("fuel.burnt", energy()[0].labels)


def entry(s: SimpleNamespace) -> str:
    return str(s.api.reading.newest(s.world.district, 2020)["fuel.burnt", energy()[0].labels].uid)


# act: (who may, how it is done). Runs of 2020 are not published: only the bureau and the auditor see them.
TABLE: dict[str, tuple[set[str], Callable[[Actor, SimpleNamespace], object]]] = {
    "years.open_year": (BUREAU, lambda a, s: s.api.years.open_year(a, s.d, 2021)),
    "years.choose": (BUREAU, lambda a, s: s.api.years.choose(a, s.d, 2020, gwp_set="AR6")),
    "years.inventories": (EVERYBODY, lambda a, s: s.api.years.inventories(a, s.d)),
    "years.the_inventory": (EVERYBODY, lambda a, s: s.api.years.the_inventory(a, s.d, 2020)),
    "years.assign_sheet": (BUREAU, lambda a, s: s.api.years.assign_sheet(a, s.d, 2020, "energy", None)),
    "entering.preview": (FILLERS, lambda a, s: s.api.entering.preview(a, s.d, 2020, [])),
    "entering.commit": (FILLERS, lambda a, s: s.api.entering.commit(a, s.d, 2020, [])),
    "sheets.sheets_of": (EVERYBODY, lambda a, s: s.api.sheets.sheets_of(a, s.d, 2020)),
    "sheets.my_sheets": (EVERYBODY, lambda a, s: s.api.sheets.my_sheets(a, s.d, 2020)),
    "sheets.sheet_page": (OWN_READ, lambda a, s: s.api.sheets.sheet_page(a, s.d, 2020, "energy")),
    "sheets.submit_sheet": (OWN, lambda a, s: s.api.sheets.submit_sheet(a, s.d, 2020, "energy")),
    "sheets.approve_sheet": (BUREAU, lambda a, s: s.api.sheets.approve_sheet(a, s.d, 2020, "farm")),
    "sheets.return_sheet": (BUREAU, lambda a, s: s.api.sheets.return_sheet(a, s.d, 2020, "farm", "因")),
    "computing.compute": (BUREAU, lambda a, s: s.api.computing.compute(a, s.d, 2020)),
    "gaps.accept_gap": (BUREAU, lambda a, s: s.api.gaps.accept_gap(a, s.d, 2020, "energy.industry", "因")),
    "publishing.why_not_publish": (READERS, lambda a, s: s.api.publishing.why_not_publish(a, s.d, s.run.uid)),
    "runs.runs": (EVERYBODY, lambda a, s: s.api.runs.runs(a, s.d)),
    "runs.newest_run": (EVERYBODY, lambda a, s: s.api.runs.newest_run(a, s.d, 2020)),
    "runs.the_run": (EVERYBODY, lambda a, s: s.api.runs.the_run(a, s.d, s.old.uid)),
    "runs.open_frozen": (EVERYBODY, lambda a, s: s.api.runs.open_frozen(a, s.d, s.old.uid)),
    "runs.stale": (EVERYBODY, lambda a, s: s.api.runs.stale(a, s.d, s.old.uid)),
    "queries.overview": (EVERYBODY, lambda a, s: s.api.queries.overview(a, s.d)),
    "queries.home": (EVERYBODY, lambda a, s: s.api.queries.home(a, s.d, 2020)),
    "queries.tree": (EVERYBODY, lambda a, s: s.api.queries.tree(a, s.d, s.old.uid)),
    "queries.category": (EVERYBODY, lambda a, s: s.api.queries.category(a, s.d, s.old.uid, "energy")),
    "queries.why": (EVERYBODY, lambda a, s: s.api.queries.why(a, s.d, s.old.uid, "energy")),
    "queries.figure_by_id": (
        EVERYBODY,
        lambda a, s: s.api.queries.figure_by_id(a, s.d, s.api.runs.lines_of(s.old)["total", ""].id),
    ),
    "queries.series": (EVERYBODY, lambda a, s: s.api.queries.series(a, s.d)),
    "queries.quantities": (EVERYBODY, lambda a, s: s.api.queries.quantities(a, s.d, 2020)),
    "analysis.key_categories": (EVERYBODY, lambda a, s: s.api.analysis.key_categories(a, s.d, s.old.uid)),
    "analysis.uncertainty": (EVERYBODY, lambda a, s: s.api.analysis.uncertainty(a, s.d, s.old.uid)),
    "analysis.quality": (EVERYBODY, lambda a, s: s.api.analysis.quality(a, s.d, s.old.uid)),
    "analysis.improve": (EVERYBODY, lambda a, s: s.api.analysis.improve(a, s.d, s.old.uid)),
    "differences.difference": (EVERYBODY, lambda a, s: s.api.differences.difference(a, s.d, s.old.uid, s.old.uid)),
    "history.history": (EVERYBODY, lambda a, s: s.api.history.history(a, s.d, ["total"])),
    "history.versions": (EVERYBODY, lambda a, s: s.api.history.versions(a, s.d, 2020, ["total"])),
    "flowing.flows_of": (EVERYBODY, lambda a, s: s.api.flowing.flows_of(a, s.d, s.old.uid)),
    "deadlines.open_year_until": (
        BUREAU,
        lambda a, s: s.api.deadlines.open_year_until(a, s.d, 2021, due_on=date(2022, 5, 1)),
    ),
    "deadlines.set_deadline": (BUREAU, lambda a, s: s.api.deadlines.set_deadline(a, s.d, 2020, date(2021, 5, 1))),
    "revisions.cell_history": (
        OWN_READ,
        lambda a, s: s.api.revisions.cell_history(a, s.d, 2020, "energy", cell(s)),
    ),
    "revisions.cell_of_entry": (OWN_READ, lambda a, s: s.api.revisions.cell_of_entry(a, s.d, entry(s))),
    "workbooks.hand_out": ({*FILLERS, "auditor"}, lambda a, s: s.api.workbooks.hand_out(a, s.d, 2020)),
    "workbooks.read_pasted_in": (OWN, lambda a, s: s.api.workbooks.read_pasted_in(a, s.d, 2020, "energy", "")),
    "workbooks.typed_in": (OWN, lambda a, s: s.api.workbooks.typed_in(a, s.d, 2020, "energy", [])),
    "workbooks.require_some_sheet": (
        FILLERS,
        lambda a, s: s.api.workbooks.require_some_sheet(a, s.api.years.the_inventory(a, s.d, 2020)),
    ),
    "exports.report_docx": (
        EVERYBODY,
        lambda a, s: s.api.exports.report_docx(a, s.d, s.old.uid, language="zh", today=TODAY),
    ),
    "exports.results_json": (EVERYBODY, lambda a, s: s.api.exports.results_json(a, s.d, s.old.uid)),
    "exports.results_workbook": (EVERYBODY, lambda a, s: s.api.exports.results_workbook(a, s.d, s.old.uid)),
    "checking.run_checks": (BUREAU, lambda a, s: s.api.checking.run_checks(a, s.d, 2020)),
    "checking.findings_of": (EVERYBODY, lambda a, s: s.api.checking.findings_of(a, s.d, 2020)),
    "libraries.standing_of_factor": (
        EVERYBODY,
        lambda a, s: s.api.libraries.standing_of_factor(a, s.d, "fuels-domestic#x"),
    ),
    "allocating.allocation": (EVERYBODY, lambda a, s: s.api.allocating.allocation(a, s.d, s.old.uid, {})),
    "allocating.bases": (EVERYBODY, lambda a, s: s.api.allocating.bases(a, s.d)),
    "decomposing.decomposition": (
        EVERYBODY,
        lambda a, s: s.api.decomposing.decomposition(a, s.d, s.old.uid, s.old.uid),
    ),
    "recomputing.would_change": (BUREAU, lambda a, s: s.api.recomputing.would_change(a, s.d, 2020)),
    "register_links.answered": (EVERYBODY, lambda a, s: s.api.register_links.answered(a, s.d, today=TODAY)),
    "runs.look_again": (BUREAU, lambda a, s: s.api.runs.look_again(a, s.d)),
    "trends.trend": (EVERYBODY, lambda a, s: s.api.trends.trend(a, s.d, s.old.uid, 2019, lulucf=True)),
    "loading.load_district_inventory": (
        BUREAU,
        lambda a, s: s.api.loading.load_district_inventory(a, s.d, NOWHERE),
    ),
    "loading.load_part": (BUREAU, lambda a, s: s.api.loading.load_part(a, s.d, NOWHERE)),
}

# Parts of other acts, which ask for permission before they call these.
WITHIN = {
    "entering.streams_of": "makes series by the record's own rule, WRITE_ENTRY",
    "feeding.feed_plan": "enters values by the plan's own acts",
    "deadlines.sheets_waiting": "counts what waits for the actor; tried below",
    "workbooks.read_in": "needs a workbook: tried beside it, and below with one that is none",
    "checking.the_finding": "gives one of what findings_of gives",
    "checking.settle": "needs a finding: tried beside it",
    "town_shares.load_part": "asks where there is something to load",
    "publishing.publish": "tried below on an inventory that is ready",
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
    assert sorted(acts()) == sorted([*TABLE, *WITHIN])


def test_each_act_is_open_to_exactly_those_who_may(s):
    people = {who: s.world.actor(who) for who in EVERYBODY} | {"public": Actor.public()}
    wrong = [
        f"{name} by {who}: {got}"
        for name, (allowed, act) in TABLE.items()
        for who, actor in people.items()
        if (got := outcome(act, actor, s)) != ("done" if who in allowed else "refused")
    ]
    assert not wrong


def test_only_the_bureau_publishes(ready):
    def act(actor: Actor, s: SimpleNamespace) -> object:
        return s.api.publishing.publish(actor, s.d, s.run.uid, today=TODAY)

    people = {who: ready.world.actor(who) for who in EVERYBODY} | {"public": Actor.public()}
    assert {who for who, actor in people.items() if outcome(act, actor, ready) == "done"} == BUREAU


def test_what_is_not_published_is_not_found_by_other_officers(s):
    for who in EVERYBODY - READERS:
        actor = s.world.actor(who)
        assert [run.period_start.year for run in s.api.runs.runs(actor, s.d)] == [2019]
        for act in (s.api.runs.the_run, s.api.runs.open_frozen, s.api.queries.tree, s.api.analysis.quality):
            with pytest.raises(UnableToFind):
                act(actor, s.d, s.run.uid)
    assert len(s.api.runs.runs(s.world.actor("auditor"), s.d)) == 2


def test_nothing_of_another_district_is_reached(s):
    """The neighbours' lead bureau, with this district's uids: in its own district they do not exist, here it is nobody."""
    neighbours = make_world("500152", "邻区")
    stranger = neighbours.actor("lead")
    here = SimpleNamespace(**{**vars(s), "d": neighbours.district})
    without = {  # these need no year or run
        "years.open_year", "deadlines.open_year_until", "years.inventories", "runs.runs", "runs.newest_run", "queries.overview",
        "queries.series", "history.history", "history.versions", "loading.load_district_inventory", "loading.load_part",
        "libraries.standing_of_factor", "trends.trend", "allocating.bases", "register_links.answered", "runs.look_again",
    }  # fmt: skip
    for name, (_allowed, act) in TABLE.items():
        assert outcome(act, stranger, s) == "refused", name
        if name not in without:
            assert outcome(act, stranger, here) == "not found", name
    assert s.api.queries.overview(stranger, neighbours.district) == []
    assert s.api.runs.runs(stranger, neighbours.district) == []
    assert issubclass(UnableToFind, InventoryError)


def test_what_waits_is_ones_own(s):
    waiting = {who: s.api.deadlines.sheets_waiting(s.world.actor(who), s.d.pk) for who in EVERYBODY}
    # The bureau decides the farm's sheet; statistics fills its own.
    assert waiting == dict.fromkeys(EVERYBODY, 0) | {"lead": 1, "lead2": 1, "statistics": 1}


def test_a_hand_in_of_another_departments_sheet_is_refused_as_a_whole(s):
    from qihou.domains.inventory.api.errors import UnableToTakeIn

    with pytest.raises(UnableToTakeIn, match="由“区农业农村委”填报"):
        s.api.entering.commit(s.world.actor("statistics"), s.d, 2020, [*energy(industry_diesel="7"), *pigs("1")])
    assert s.api.reading.newest(s.d, 2020)["fuel.burnt", energy()[1].labels].value == 100
