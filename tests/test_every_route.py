"""Every address of the portal, from its own route table, tried by those who must not get through.

A new route is tried without anybody's doing; it must be named in ``PUBLIC`` to be open, and a new kind of parameter
needs values in ``values_for``. The record holds marked words that must never reach a stranger.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from qihou.domains.inventory.api import computing, entering, schemes, years
from qihou.domains.inventory.methods.workbook.filled import Filled
from qihou.domains.inventory.models import Inventory
from qihou.domains.plan.api import actions, adoption, progress, values
from qihou.domains.plan.models import PlanVersion, ProgressReport
from qihou.domains.plan.tests.api_world import World, item, make_world, register, take_in
from qihou.figures.missing import Notation
from qihou.measure.periods import Period
from qihou.record.models import Commitment, Finding, Job, Run

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"

# Open to anybody. Everything else asks who is there.
PUBLIC = {
    "home", "signin", "signin-code", "sso", "sso-callback", "signout", "language", "theme", "design", "health",
    "public-district", "plan_public:progress", "inventory_public:inventories",
}  # fmt: skip

MARK = "哨兵"  # in every word that belongs to the office of the district
DRAFT_MARK = "哨兵草稿"  # in what only its own department may read
EVIDENCE_MARK = "哨兵佐证"

# What a form may ask for; every one is sent to its address by every stranger.
ACTS = {
    "plan:review": ["correct", "funding", "match", "newcomers", "confirm", "confirm_sure", "undo"],
    "plan:adopt": ["adopt", "discard"],
    "plan:action": ["finish", "confirm", "reopen", "withdraw"],
    "plan:report": ["save", "submit"],
    "inventory:sheet": ["save", "save_row", "submit", "approve", "return", "assign", "paste", "paste_commit"],
    "inventory:hand_in": ["commit", "drop"],
    "inventory:compute": ["compute", "accept", "publish"],
    "plan:indicator_values": ["save", "save_submit", "submit", "approve", "return", "publish"],
}


@dataclass(frozen=True)
class Route:
    name: str
    pattern: str
    parameters: dict[str, str]  # name → kind of converter

    @property
    def is_office(self) -> bool:
        return self.pattern.startswith("d/")


def routes() -> list[Route]:
    """Every route of the portal with its full name, as Django resolves it."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[Route]:
    for p in patterns:
        whole = before + str(p.pattern)
        if isinstance(p, URLResolver):
            yield from _walk(p.url_patterns, whole, f"{space}{p.namespace}:" if p.namespace else space)
        else:
            found = re.findall(r"<(?:(\w+):)?(\w+)>", whole)
            assert p.name, f"the route {whole} has no name, so nobody can say who may open it"
            yield Route(f"{space}{p.name}", whole, {name: kind or "str" for kind, name in found})


@dataclass
class House:
    """A district with something in every table, and one beside it."""

    world: World
    other: World
    version: PlanVersion
    ids: dict[str, list[str]]


@pytest.fixture
def house(settings: Any, tmp_path: Path) -> House:
    settings.FILES_ROOT = tmp_path
    world, other = make_world("999901", "甲区"), make_world("999902", "乙区")
    for person in world.people.values():
        person.name = f"{MARK}{person.name}"
        person.save(update_fields=["name"])
    version = take_in(world)
    adoption.adopt(world.actor("lead"), world.district, version.uid, leave_undetermined=True, reason=f"{MARK}理由")
    draft = take_in(world, register(title="第二稿"), content=b"second")
    today, quarter = timezone.localdate(), Period.quarter_of(timezone.localdate()).previous()
    reports = []
    for row, text in ((item(version, "project", 2), f"{MARK}报告"), (item(version, "task", 3), DRAFT_MARK)):
        saved = progress.save_report(
            world.actor("forestry"), world.district, row.uid, world.forestry.uid, quarter.code,
            percent=None, text=text, today=today,
        )  # fmt: skip
        reports.append(saved.report)
    evidence = progress.attach_evidence(
        world.actor("forestry"),
        world.district,
        reports[0].uid,
        name=f"{EVIDENCE_MARK}.txt",
        content=EVIDENCE_MARK.encode(),
    )
    progress.submit_report(world.actor("forestry"), world.district, reports[0].uid, now=timezone.now())
    entry = values.save_value(
        world.actor("forestry"), world.district, item(version, "indicator", 1).uid, today.year - 1, value=None,
        notation="NE", reason=f"{MARK}没有统计", today=today,
    )  # fmt: skip
    job = Job.objects.create(district=world.district, kind="plan.import", params={"file": f"{MARK}.txt"}, step=MARK)
    Finding.objects.filter(about_uid=version.uid).update(state_note=f"{MARK}说明")
    finding = Finding.objects.filter(about_uid=version.uid)[0]
    action = actions.hand_out(
        world.actor("lead"), world.district, finding.uid, organisation=world.forestry.uid, kind="check",
        title=f"{MARK}交办", due_on=today, today=today,
    )  # fmt: skip
    hand_in, run = inventory(world)
    noted = Finding.objects.create(
        district=world.district, kind="jump", severity="warning", about_kind="inventory.year",
        about_uid=Inventory.objects.get().uid, state_note=MARK,
        params={"zh": DRAFT_MARK, "en": DRAFT_MARK, "sheets": ["forestry"]},
    )  # fmt: skip
    things = [
        hand_in.uid, run.uid, noted.uid,
        *(item(v, kind, n).uid for v in (version, draft) for kind, n in (("indicator", 1), ("project", 2), ("task", 3))),
        *(r.uid for r in reports), evidence.uid, evidence.source.uid, entry.uid, job.uid, world.people["forestry"].uid,
        world.forestry.uid, version.uid, draft.uid, finding.uid, action.uid,
    ]  # fmt: skip
    ids = {
        "uuid": [str(u) for u in things],
        "int": ["1", "2"],
        "code": [world.forestry.code],
        "kind": ["plan.cell"],
        "key": [f"{item(version, 'project', 2).uid}.investment"],
        "slug": ["climate-2021"],
        "year": ["2020"],
        "sheet": ["forestry"],
        "form": ["json", "results"],
        "factor": ["electricity.emission_factor@mee-grid/CN-50/2021"],
        "method": ["energy.combustion.co2"],
    }
    return House(world, other, version, ids)


def inventory(world: World) -> tuple[Job, Run]:
    """A year of which one department filled a cell that only it and the bureau may read, a hand-in of its own, and a run."""
    years.open_year(world.actor("lead"), world.district, 2020)
    years.assign_sheet(world.actor("lead"), world.district, 2020, "forestry", world.forestry.uid)
    scheme = schemes.scheme_of(Inventory.objects.get())
    asked = schemes.quantities_of(scheme, "forestry")[0]
    cell = Filled(asked.key, asked.labels, None, asked.unit, Notation.NOT_ESTIMATED, DRAFT_MARK)
    entering.commit(world.actor("forestry"), world.district, 2020, [cell])
    run = computing.compute(world.actor("lead"), world.district, 2020, reason=MARK)
    hand_in = Job.objects.create(
        district=world.district, kind="inventory.hand_in", state="done", asked_by=world.people["forestry"],
        params={"year": 2020, "file": f"{DRAFT_MARK}.xlsx", "source": str(run.uid)},
    )  # fmt: skip
    return hand_in, run


def values_for(route: Route, house: House, district: str) -> Iterator[dict[str, str]]:
    """Every way to fill a route's parameters with things of the district."""
    choices = []
    for name, kind in route.parameters.items():
        if name == "district_code":
            choices.append([district])
        elif name in house.ids:
            choices.append(house.ids[name])
        else:
            assert kind in house.ids, f"{route.name}: give values_for something for <{kind}:{name}>"
            choices.append(house.ids[kind])
    for found in itertools.product(*choices):
        yield dict(zip(route.parameters, found, strict=True))


def addresses(route: Route, house: House, district: str) -> list[str]:
    return [
        "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m, v=values: v[m[1]], route.pattern)
        for values in values_for(route, house, district)
    ]


def forms(route: Route, house: House) -> Iterator[dict[str, Any]]:
    """Bodies worth sending: every field any form has, once per act of the address."""
    row = item(house.version, "project", 2)
    entry = house.ids["uuid"][-8]
    for act in ACTS.get(route.name, [""]):
        yield {
            "act": act, "field": "name", "value": "改", "reason": "改", "choice": "300.50||", "printed": "某集团",
            "organisation": str(house.world.forestry.uid), "note": "改", "discard_note": "改", "state": "explained",
            "period": Period.quarter_of(timezone.localdate()).previous().code, "percent": "99", "text": "改",
            "entry": entry, "year": "2024", "username": "intruder", "name": "改", "role": "administrator",
            "kind": "administrator", "say": "new", "title": "改", "due_on": "2999-01-01", "row": str(row.uid), "remove": house.ids["uuid"][11], "label": "改",
            "file": SimpleUploadedFile("改.txt", "改".encode()), "evidence": SimpleUploadedFile("改.txt", "改".encode()),
        }  # fmt: skip


def record() -> str:
    """One number for everything the record holds."""
    digest = hashlib.sha256()
    for model in [m for name in ("record", "plan", "inventory") for m in apps.get_app_config(name).get_models()]:
        for row in model._base_manager.order_by("pk").values():
            row.pop("last_login", None)
            digest.update(f"{model.__name__}{sorted(row.items())}".encode())
    return digest.hexdigest()


def body(answer: HttpResponseBase) -> str:
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return raw.decode(errors="replace")


def refused(answer: HttpResponseBase) -> bool:
    """To the sign-in page, a refusal, not found, or no such method."""
    to_sign_in = answer.status_code == 302 and "/signin" in answer["Location"]
    return to_sign_in or answer.status_code in (403, 404, 405)


def signed_in(world: World, who: str, **options: Any) -> Client:
    client = Client(**options)
    client.force_login(world.people[who], backend=BACKEND)
    return client


def tried(
    client: Client, route: Route, house: House, address: str, *, post: bool = True
) -> Iterator[tuple[str, HttpResponseBase]]:
    """The page, then every form; where there is no such thing for this reader, one form is enough."""
    page = client.get(address)
    yield "GET", page
    if post:
        bodies = forms(route, house)
        for form in itertools.islice(bodies, 1) if page.status_code == 404 else bodies:
            yield "POST", client.post(address, form)


def test_the_route_table_is_read_whole() -> None:
    names = {r.name for r in routes()}
    assert {"cockpit", "plan:review", "plan:evidence", "people-person", "audit"} <= names
    assert names >= PUBLIC, f"no longer routes: {PUBLIC - names}"
    for route in routes():
        assert not (route.is_office and route.name in PUBLIC), route.name


def test_a_stranger_is_sent_to_sign_in_and_told_nothing(house: House) -> None:
    before, wrong = record(), []
    for route in routes():
        for address in addresses(route, house, house.world.district.code):
            for method, answer in tried(Client(), route, house, address, post=route.name not in PUBLIC):
                text = body(answer)
                if route.name not in PUBLIC and not refused(answer):
                    wrong.append(f"{method} {address}: {answer.status_code}")
                if answer.status_code >= 500 or MARK in text:
                    wrong.append(f"{method} {address}: {answer.status_code}, shows {MARK if MARK in text else ''}")
    assert not wrong, "\n".join(wrong)
    assert record() == before


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_another_districts_officer_finds_nothing(house: House, who: str) -> None:
    """Our district's code with our ids, and their own district's code with our ids: neither opens."""
    client, before, wrong = signed_in(house.other, who), record(), []
    ours, own = house.world.district.code, house.other.district.code
    for route in (r for r in routes() if r.is_office):
        for district in (ours, own):
            for address in addresses(route, house, district):
                for method, answer in tried(client, route, house, address, post=district == ours):
                    text = body(answer)
                    if (district == ours and not refused(answer)) or answer.status_code >= 500 or MARK in text:
                        wrong.append(f"{method} {address}: {answer.status_code} {MARK if MARK in text else ''}")
    assert not wrong, "\n".join(wrong)
    assert record() == before


@pytest.mark.parametrize("who", ["finance", "town"])
def test_another_departments_officer_changes_nothing(house: House, who: str) -> None:
    """Same district, not theirs: pages of the office open, but no draft, no evidence, and no act."""
    client, before, wrong = signed_in(house.world, who), record(), []
    for route in (r for r in routes() if r.is_office):
        for address in addresses(route, house, house.world.district.code):
            for method, answer in tried(client, route, house, address):
                text = body(answer)
                leaks = DRAFT_MARK in text or EVIDENCE_MARK in text
                if answer.status_code >= 500 or leaks:
                    wrong.append(f"{method} {address}: {answer.status_code} {'leaks' if leaks else ''}")
                if method == "POST" and answer.status_code in (302, 303):
                    wrong.append(f"POST {address}: {answer.status_code}, as if it had been done")
    assert not wrong, "\n".join(wrong)
    assert record() == before, "somebody else's form changed the record"


def test_a_forged_form_is_refused_with_a_page_everywhere(house: House) -> None:
    client, before, wrong = signed_in(house.world, "lead", enforce_csrf_checks=True), record(), []
    for route in routes():
        for address in addresses(route, house, house.world.district.code)[:1]:
            answer = client.post(address, next(forms(route, house)))
            text = body(answer)
            if answer.status_code != 403 or "表单已经失效" not in text or "<main" not in text:
                wrong.append(f"{address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert record() == before
    assert ProgressReport.objects.count() == 2
    assert Commitment.objects.exists()
