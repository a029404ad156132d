"""Findings: what does not hold, and how it was settled."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature, Finding, FindingState, Severity

_WHERE_NOT_WHAT = {
    "at",
    "line",
    "lines",
    "quote",
    "quotes",
}  # parts of params that say where, and move between versions


class UnableToSettle(ValueError):
    """The finding cannot take this state as asked."""


@dataclass(frozen=True)
class NewFinding:
    """A finding to record. ``key`` identifies the trouble itself; without it, kind and params do."""

    kind: str
    severity: str
    params: Mapping[str, Any] = field(default_factory=dict)
    lines: Sequence[int] = ()
    key: str = ""


def fingerprint(item: NewFinding) -> str:
    """What makes two findings the same trouble: everything but where it stands in the document."""
    what = item.key or json.dumps(
        {k: v for k, v in item.params.items() if k not in _WHERE_NOT_WHAT},
        sort_keys=True, ensure_ascii=False, default=str,
    )  # fmt: skip
    return hashlib.sha256(f"{item.kind}\n{what}".encode()).hexdigest()


def record_findings(
    actor: Actor,
    district: Feature,
    *,
    about_kind: str,
    about_uid: UUID,
    items: Iterable[NewFinding],
    inherit_from: UUID | None = None,
    complete: bool = False,
) -> list[Finding]:
    """Record what was found about a thing; what was found before keeps its row and its state.

    Args:
        inherit_from: an earlier thing (a previous version of a document) whose explanations still hold: a finding
            with the same fingerprint takes over its state and note.
        complete: ``items`` is all there is now; open findings that are no longer found are set to corrected.

    Returns:
        the rows of ``items``, old and new, in their order.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        known = {f.fingerprint: f for f in Finding.objects.filter(about_kind=about_kind, about_uid=about_uid)}
        earlier = (
            {f.fingerprint: f for f in Finding.objects.filter(about_kind=about_kind, about_uid=inherit_from)}
            if inherit_from
            else {}
        )
        rows: list[Finding] = []
        new: list[Finding] = []
        seen: Counter[str] = Counter()
        for item in items:
            mark = fingerprint(item)
            seen[mark] += 1
            if seen[mark] > 1:  # the same words twice in one document are two findings
                mark = hashlib.sha256(f"{mark}#{seen[mark]}".encode()).hexdigest()
            row = known.get(mark)
            if row is None:
                row = Finding(
                    district=district,
                    kind=item.kind,
                    severity=Severity(item.severity),
                    params=json.loads(json.dumps(dict(item.params), default=str)),
                    lines=list(item.lines),
                    about_kind=about_kind,
                    about_uid=about_uid,
                    fingerprint=mark,
                )
                if (before := earlier.get(mark)) and before.state == FindingState.EXPLAINED:
                    row.state, row.state_note = before.state, before.state_note
                    row.state_by_id, row.state_at = before.state_by_id, before.state_at
                new.append(row)
            rows.append(row)
        Finding.objects.bulk_create(new, batch_size=500)
        gone = []
        if complete:
            marks = {row.fingerprint for row in rows}
            gone = [f for f in known.values() if f.fingerprint not in marks and f.state == FindingState.OPEN]
            for finding in gone:
                finding.state, finding.state_at = FindingState.CORRECTED, timezone.now()
            Finding.objects.bulk_update(gone, ["state", "state_at"], batch_size=500)
        if new or gone:
            audit.write(
                actor, "finding.record", district=district,
                detail={"about_kind": about_kind, "about_uid": about_uid, "new": len(new), "gone": len(gone)},
            )  # fmt: skip
    return rows


def set_state(actor: Actor, finding: Finding, state: str, note: str = "", corrected_in: str = "") -> Finding:
    """Settle a finding or open it again.

    Raises:
        UnableToSettle: explained without a note, or corrected without saying where.
    """
    require(actor, Act.REVIEW_PLAN, district_id=finding.district_id)
    if state not in FindingState.values:
        raise UnableToSettle(f"a finding is {', '.join(FindingState.values)}; {state!r} is none of them")
    if state == FindingState.EXPLAINED and not note.strip():
        raise UnableToSettle("an explained finding needs the explanation")
    if state == FindingState.CORRECTED and not (corrected_in.strip() or note.strip()):
        raise UnableToSettle("a corrected finding needs the version or the note that corrects it")
    with transaction.atomic():
        finding = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
        before = finding.state
        finding.state, finding.state_note, finding.corrected_in = state, note, corrected_in
        finding.state_by_id, finding.state_at = actor.person_id, timezone.now()
        finding.save(update_fields=["state", "state_note", "corrected_in", "state_by", "state_at"])
        audit.write(
            actor, "finding.state", district=finding.district, about=finding,
            detail={"kind": finding.kind, "from": before, "to": state, "note": note, "corrected_in": corrected_in},
        )  # fmt: skip
    return finding
