"""Taking a document in: read it, then write a whole draft version or nothing."""

from __future__ import annotations

import hashlib
import re
from typing import Protocol

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.record.api import audit, findings, organisations, sources
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Source

from ..methods.errors import UnableToRead
from ..methods.read import read_bytes
from ..methods.register import Register
from ..models import DocumentLine, Plan, PlanVersion, VersionStatus
from .errors import UnableToImport
from .stored import clean, fit, year_or_none
from .taking_in import write_rows

READER_VERSION = "1"
_BATCH = 500
_READING, _ALL = 80, 100  # shares of the work, for progress
_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class Steps(Protocol):
    """What a job's progress offers: say what is being done now."""

    def step(self, text: str, done: int = 0, total: int = 0) -> None: ...


class _Silent:
    def step(self, text: str, done: int = 0, total: int = 0) -> None:
        pass


def import_plan(
    actor: Actor,
    district: Feature,
    *,
    name: str,
    content: bytes,
    plan_code: str | None = None,
    title: str | None = None,
    label: str = "",
    progress: Steps | None = None,
    illustrative: bool = False,
) -> PlanVersion:
    """Read a document and write it as the next version of a plan, for review.

    The reading is done before the record is touched; everything is then written in one transaction, so a process that
    dies at any moment leaves the record as it was.

    Args:
        name: the file's name; its ending helps to tell the format.
        plan_code: the plan this is a version of; new plans are made with this code. Without one: the district's plan of
            the same years, else a new plan ``climate-<first year>``.
        title: the plan's title, if the plan is new and the document's own should not be taken.
        label: what this version is, e.g. 征求意见稿.

    Raises:
        NotPermitted: the actor may not import plans here.
        UnableToImport: the file cannot be read, or the plan already has a version of the very same file.
    """
    require(actor, Act.IMPORT_PLAN, district_id=district.pk)
    _check_code(plan_code)
    _refuse_twice(district, hashlib.sha256(content).hexdigest(), plan_code)
    register = read_document(content, name, progress)
    return import_register(
        actor,
        district,
        register,
        name=name,
        content=content,
        plan_code=plan_code,
        title=title,
        label=label,
        progress=progress,
        illustrative=illustrative,
    )


def import_register(
    actor: Actor,
    district: Feature,
    register: Register,
    *,
    name: str,
    content: bytes,
    plan_code: str | None = None,
    title: str | None = None,
    label: str = "",
    progress: Steps | None = None,
    illustrative: bool = False,
) -> PlanVersion:
    """Write a register that was read from ``content`` (or made up, and then ``illustrative``) as a draft version.

    Arguments and refusals are those of :func:`import_plan`.
    """
    require(actor, Act.IMPORT_PLAN, district_id=district.pk)
    _check_code(plan_code)
    steps = progress or _Silent()
    steps.step(_("保存文件"), _READING, _ALL)
    with transaction.atomic():
        source = sources.receive(
            actor, district, name=name, content=content, purpose="plan", title=register.title or ""
        )
        plan = _plan(district, register, plan_code, title)
        _refuse_twice(district, source.sha256, plan.code)
        before = plan.versions.exclude(status=VersionStatus.DISCARDED).order_by("-number").first()
        version = _version(actor, plan, source, register, label, illustrative)
        steps.step(_("写入登记表"), _READING + 5, _ALL)
        DocumentLine.objects.bulk_create(
            (
                DocumentLine(district=district, version=version, number=n.number, text=clean(n.text), page=n.page)
                for n in register.lines
            ),
            batch_size=_BATCH,
        )
        write_rows(version, register, before, organisations.matcher(district))
        steps.step(_("记录问题"), _ALL - 5, _ALL)
        _write_findings(actor, version, register, before)
        audit.write(
            actor, "plan.import", district=district, about=version,
            detail={
                "plan": plan.code, "number": version.number, "label": label, "sha256": source.sha256,
                "indicators": len(register.indicators), "projects": len(register.projects),
                "tasks": len(register.tasks), "findings": len(register.findings),
            },
        )  # fmt: skip
    steps.step(_("完成"), _ALL, _ALL)
    return version


def read_document(content: bytes, name: str, steps: Steps | None = None) -> Register:
    """The register of a document.

    Raises:
        UnableToImport: the file yields no text; the sentence says why, with the line where one is known.
    """
    stages = {
        "load": _("读取文件"),
        "read": _("辨认表格和正文"),
        "funding": _("推算资金来源"),
        "audit": _("查找文件中的问题"),
    }

    def tell(stage: str, share: float) -> None:
        if steps and stage in stages:
            steps.step(stages[stage], round(share * _READING), _ALL)

    try:
        register = read_bytes(content, name, progress=tell)
    except UnableToRead as trouble:
        english = (get_language() or "").startswith("en")
        raise UnableToImport(trouble.message_en if english else trouble.message_zh) from trouble
    return register


def _check_code(plan_code: str | None) -> None:
    if plan_code is not None and not _CODE.fullmatch(plan_code):
        raise UnableToImport(_("规划代码只能用小写字母、数字和短横线，例如 climate-2021。"))


def _refuse_twice(district: Feature, sha256: str, plan_code: str | None) -> None:
    same = PlanVersion.objects.filter(district=district, source__sha256=sha256).exclude(status=VersionStatus.DISCARDED)
    if plan_code:
        same = same.filter(plan__code=plan_code)
    known = same.select_related("plan").first()
    if known:
        raise UnableToImport(
            _("这个文件已经导入过：{plan}第{number}版（{label}）。要重新读取，请先作废该版本。").format(
                plan=known.plan.title, number=known.number, label=known.label or known.source.name
            ),
            version_number=known.number,
        )


def _plan(district: Feature, register: Register, code: str | None, title: str | None) -> Plan:
    first, last = year_or_none(register.first_year), year_or_none(register.last_year)
    if code is None:
        same = list(Plan.objects.filter(district=district, first_year=first, last_year=last)) if first else []
        if len(same) == 1:
            return same[0]
        code = f"climate-{first}" if first else "climate"
    plan, _made = Plan.objects.get_or_create(
        district=district,
        code=code,
        defaults={
            "title": fit(title or register.title or code, 300),
            "first_year": first,
            "last_year": last,
        },
    )
    return plan


def _version(
    actor: Actor, plan: Plan, source: Source, register: Register, label: str, illustrative: bool
) -> PlanVersion:
    # One importer of a plan at a time, so that numbers follow one another.
    Plan.objects.select_for_update().get(pk=plan.pk)
    last = plan.versions.order_by("-number").first()
    totals = register.totals
    amounts = ("investment", "upper_level", "district_budget", "private")
    return PlanVersion.objects.create(
        district_id=plan.district_id,
        plan=plan,
        number=last.number + 1 if last else 1,
        label=fit(label, 200),
        source=source,
        reader_version=READER_VERSION,
        title=fit(register.title or "", 300),
        first_year=year_or_none(register.first_year),
        last_year=year_or_none(register.last_year),
        line_count=max((n.number for n in register.lines), default=0),
        totals=clean(
            {
                **{a: getattr(totals, a) for a in amounts},
                "lines": {k: list(c.lines) for k, c in totals.cells.items()},
                "subtotals": totals.subtotals,
                "claimed": register.claimed,
            }
        ),
        statement=clean(register.lacks),
        outline=clean([{"level": h.level, "title": h.title, "line": h.line} for h in register.outline]),
        imported_by_id=actor.person_id,
        illustrative=illustrative,
    )


def _write_findings(actor: Actor, version: PlanVersion, register: Register, before: PlanVersion | None) -> None:
    findings.record_findings(
        actor,
        version.district,
        about_kind="plan.version",
        about_uid=version.uid,
        items=[
            findings.NewFinding(kind=f.kind, severity=f.severity.value, params=clean(f.params), lines=f.lines)
            for f in register.findings
        ],
        inherit_from=before.uid if before else None,
    )
