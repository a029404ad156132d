"""Long work of the plan slice, run beside the page that asked for it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import get_language

from qihou.record.api import jobs
from qihou.record.api.access import Act, Actor, require
from qihou.record.api.turns import Turns
from qihou.record.models import Feature, Finding, Job

from .api.errors import UnableToFind, UnableToImport
from .api.importing import import_plan

IMPORT = "plan.import"
READINGS = Turns(2)  # a reading keeps a core busy for seconds; more of them at once would only slow the pages


class ImportRefused(jobs.JobRefused):
    """The document was not taken in. The sentence is for the person; the record is as it was."""


def start_import(
    actor: Actor, district: Feature, *, name: str, content: bytes, plan_code: str | None = None, label: str = ""
) -> Job:
    """Begin to read a document into a draft version, or wait for the readings before it. Progress stands in the job.

    The job's result is ``{"version", "plan", "number", "indicators", "projects", "tasks", "open_cells", "findings",
    "lacks"}``: uid, the plan's code, number, counts, codes of what the document lacks.

    Raises:
        NotPermitted: the actor may not import plans here.
    """
    require(actor, Act.IMPORT_PLAN, district_id=district.pk)
    language = get_language() or "zh-hans"

    def work(progress: jobs.Progress) -> dict[str, Any]:
        with translation.override(language):
            try:
                version = import_plan(
                    actor, district, name=name, content=content, plan_code=plan_code, label=label, progress=progress
                )
            except UnableToImport as refusal:
                raise ImportRefused(str(refusal)) from refusal
            rows = version.items.values_list("kind", flat=True)
            return {
                "version": str(version.uid),
                "plan": version.plan.code,
                "number": version.number,
                "indicators": sum(k == "indicator" for k in rows),
                "projects": sum(k == "project" for k in rows),
                "tasks": sum(k == "task" for k in rows),
                "open_cells": sum(version.items.values_list("open_cells", flat=True)),
                "findings": Finding.objects.filter(about_kind="plan.version", about_uid=version.uid).count(),
                "lacks": list(version.statement),
            }

    return jobs.start(
        actor, district, IMPORT, {"file": name, "size": len(content), "label": label}, work, turns=READINGS
    )


def import_job(actor: Actor, district: Feature, uid: UUID) -> Job:
    """An import's progress.

    Raises:
        UnableToFind: no such import in this district.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    try:
        job = jobs.get(uid)
    except Job.DoesNotExist as trouble:
        raise UnableToFind(str(uid)) from trouble
    if job.district_id != district.pk or job.kind != IMPORT:
        raise UnableToFind(str(uid))
    return job


def recent_imports(actor: Actor, district: Feature, *, limit: int = 5) -> list[Job]:
    """Imports that run or were broken off, newest first; those that ended well show as versions."""
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    rows = Job.objects.filter(district=district, kind=IMPORT).exclude(state__in=("done", "failed"))
    return list(rows.order_by("-created_at")[:limit])
