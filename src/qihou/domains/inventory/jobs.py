"""Long work of the inventory, run beside the page that asked for it: reading a workbook that was handed in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.record.api import jobs, sources
from qihou.record.api.access import Act, Actor, require
from qihou.record.api.turns import Turns
from qihou.record.models import Feature, Job, Source

from .api import checking, computing, entering, workbooks
from .api.entering import Changed, Committed, Preview
from .api.errors import UnableToChange, UnableToFind, UnableToTakeIn
from .api.schemes import property_code
from .api.years import inventory_row
from .methods.results import TOTAL, TOTAL_WITHOUT_LULUCF

HAND_IN, COMPUTE = "inventory.hand_in", "inventory.compute"
READINGS = Turns(2)  # a reading keeps a core busy for a second or two


class HandInRefused(jobs.JobRefused):
    """The file is no workbook of ours. The sentence is for the person; the file is kept as it was received."""


def start_hand_in(actor: Actor, district: Feature, year: int, *, name: str, content: bytes) -> Job:
    """Keep a filled workbook as received and begin to read it: what it would change stands in the job's result.

    Raises:
        NotPermitted: one who fills no sheet of the year.
        UnableToFind: no such year.
    """
    workbooks.require_some_sheet(actor, inventory_row(district, year))
    source = sources.receive(actor, district, name=name, content=content, purpose="workbook")
    language = get_language() or "zh-hans"

    def work(progress: jobs.Progress) -> dict[str, Any]:
        with translation.override(language):
            progress.step(_("正在读取工作簿"))
            try:
                handed = workbooks.read_in(actor, district, year, name, content)
            except workbooks.UnableToReadWorkbook as trouble:
                raise HandInRefused(trouble.en if language.startswith("en") else trouble.zh) from trouble
            progress.step(_("正在计算改动前后的总量"))
            shown = entering.preview(actor, district, year, handed.filled)
            return _as_result(handed, shown)

    params = {"year": year, "file": source.name, "source": str(source.uid), "size": len(content)}
    return jobs.start(actor, district, HAND_IN, params, work, turns=READINGS)


def hand_in(actor: Actor, district: Feature, year: int, uid: UUID) -> Job:
    """A hand-in of one's own; any for the bureau and the auditor.

    Raises:
        NotPermitted, UnableToFind
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    try:
        job = jobs.get(uid)
    except Job.DoesNotExist as trouble:
        raise UnableToFind(_("没有这一次交表。")) from trouble
    may_see = job.asked_by_id == actor.person_id or actor.may(Act.READ_INVENTORY, district_id=district.pk)
    if job.district_id != district.pk or job.kind != HAND_IN or job.params.get("year") != year or not may_see:
        raise UnableToFind(_("没有这一次交表。"))
    return job


def commit_hand_in(actor: Actor, district: Feature, year: int, uid: UUID, *, illustrative: bool) -> Committed:
    """Write what a hand-in changes, as it was shown; a second time does nothing.

    Raises:
        NotPermitted, UnableToFind
        UnableToTakeIn: the file has errors, or something in it may not be written.
        UnableToChange: what it would change is no longer what was shown.
    """
    job = hand_in(actor, district, year, uid)
    source = Source.objects.filter(district=district, uid=job.params["source"]).first()
    if job.state != "done" or source is None:
        raise UnableToFind(_("没有这一次交表。"))
    with sources.open_source(source) as stream:
        handed = workbooks.read_in(actor, district, year, source.name, stream.read())
    english = (get_language() or "").startswith("en")
    if handed.errors:
        raise UnableToTakeIn([finding.en if english else finding.zh for finding in handed.errors])
    now = entering.preview(actor, district, year, handed.filled, totals=False)
    seen = [(row["code"], row["old"], row["new"]) for row in job.result["changes"]]
    if now.changed and seen != [(_code(one), one.old, one.new) for one in now.changed]:
        raise UnableToChange(_("您看过之后，这些数又有人改过。请重新上传，再看一遍。"))
    return entering.commit(actor, district, year, handed.filled, source=source.uid, illustrative=illustrative)


def start_compute(actor: Actor, district: Feature, year: int, *, draws: int, seed: int, reason: str, url: str) -> Job:
    """Work a year with draws beside the page; ``url`` is where the person goes on when it is done.

    Raises:
        NotPermitted
    """
    require(actor, Act.COMPUTE_INVENTORY, district_id=district.pk)
    language = get_language() or "zh-hans"

    def work(progress: jobs.Progress) -> dict[str, Any]:
        with translation.override(language):
            progress.step(_("正在计算 {year} 年清单，抽样 {n} 次").format(year=year, n=draws))
            try:
                run = computing.compute(actor, district, year, draws=draws, seed=seed, reason=reason)
                checking.run_checks(actor, district, year)
            except UnableToChange as refusal:
                raise jobs.JobRefused(str(refusal)) from refusal
            return {"run": str(run.uid), "number": run.number, "url": url}

    return jobs.start(actor, district, COMPUTE, {"year": year, "draws": draws, "seed": seed}, work, turns=READINGS)


def recent_hand_ins(actor: Actor, district: Feature, year: int, *, limit: int = 8) -> list[Job]:
    """The last hand-ins of a year that one may open, newest first."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    rows = Job.objects.filter(district=district, kind=HAND_IN, params__year=year).select_related("asked_by")
    if not actor.may(Act.READ_INVENTORY, district_id=district.pk):
        rows = rows.filter(asked_by_id=actor.person_id)
    return list(rows.order_by("-created_at")[:limit])


def file_of(actor: Actor, district: Feature, year: int, uid: UUID) -> Source:
    """The file of a hand-in as it was received.

    Raises:
        NotPermitted, UnableToFind
    """
    source = Source.objects.filter(district=district, uid=hand_in(actor, district, year, uid).params["source"]).first()
    if source is None:
        raise UnableToFind(_("没有这一次交表。"))
    return source


def _code(change: Changed) -> str:
    return property_code(change.quantity.key, change.quantity.labels)


def _as_result(handed: workbooks.HandedIn, shown: Preview) -> dict[str, Any]:
    return {
        "illustrative": handed.illustrative,
        "sheets": list(handed.sheets),
        "findings": findings_as_json(handed),
        "problems": list(shown.problems),
        "unchanged": shown.unchanged,
        "changes": changes_as_json(shown.changed),
        "totals": totals_as_json(shown),
    }


def findings_as_json(handed: workbooks.HandedIn) -> list[dict[str, Any]]:
    """Findings as plain values, in both languages."""
    return [
        {"severity": one.severity.value, "zh": one.zh, "en": one.en, "cells": list(one.cells)}
        for one in handed.findings
    ]


def changes_as_json(changed: Sequence[Changed]) -> list[dict[str, Any]]:
    """What would become another, old and new as written."""
    return [
        {
            "code": _code(one), "zh": one.quantity.zh, "en": one.quantity.en, "sheet": one.quantity.sheet,
            "section_zh": one.quantity.section_zh, "section_en": one.quantity.section_en,
            "unit": one.quantity.unit, "place": one.place, "old": one.old, "new": one.new, "said": one.said,
            "old_is_illustrative": one.old_is_illustrative,
        }
        for one in changed
    ]  # fmt: skip


def totals_as_json(shown: Preview) -> list[dict[str, Any]]:
    """The totals and sectors, and every category that would be another."""
    found = []
    for (code, gas), after in shown.after.items():
        before = shown.before.get((code, gas))
        is_head = code in (TOTAL, TOTAL_WITHOUT_LULUCF) or "." not in code
        if gas or "co2e" not in after.unit.lower():
            continue
        moved = before is None or (before.value, before.state) != (after.value, after.state)
        if is_head or moved:
            found.append(
                {
                    "code": code,
                    "head": is_head,
                    "before": before.value if before else None,
                    "after": after.value,
                    "before_state": before.state.name if before else "ABSENT",
                    "after_state": after.state.name,
                }
            )
    return found
