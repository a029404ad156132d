"""The audit log: every act is one event in a chain of hashes that only grows.

Each district has its own chain; acts on the installation itself have another. An event's hash is the SHA-256 of its
canonical JSON, which holds the hash of the event before it: changing, removing, swapping or inserting one shows at the
first event that no longer fits. A chain cut short at its end still fits; note the heads that ``verify`` reports
somewhere else and compare them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.record.api.access import Actor
from qihou.record.models import AuditEvent, Feature, Row

_LOCK_SPACE = 0x51C1  # first key of the PostgreSQL advisory locks; the second is drawn from the chain
_NEVER_LOGGED = {
    "password",
    "passwords",
    "secret",
    "token",
    "contact",
    "contacts",
    "phone",
    "telephone",
    "mobile",
    "email",
}
FIELDS = (
    "uid", "chain", "sequence", "at", "actor_uid", "actor_name", "district_code", "act", "about_kind", "about_uid",
    "detail", "previous_hash",
)  # fmt: skip


class UnfitForAudit(ValueError):
    """The detail holds what must never be logged, or what JSON cannot carry."""


@dataclass(frozen=True)
class VerifyResult:
    """What verification found. ``heads`` maps each chain to its last sequence and hash, worth keeping elsewhere."""

    ok: bool
    count: int
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    broken_chain: str | None = None
    broken_sequence: int | None = None
    message: str = ""


def write(
    actor: Actor,
    act: str,
    *,
    district: Feature | None,
    about: Row | None = None,
    detail: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Append one event inside the caller's transaction, so that the act and its trace stand or fall together.

    Call it last in an act: other writers of the same chain wait from here to the end of the transaction.

    Args:
        act: what happened, ``<thing>.<verb>``, e.g. ``entry.approve``.
        district: the district it belongs to; None for acts on the installation itself.
        detail: plain values; decimals, dates and uids become text. Never secrets or contacts.

    Raises:
        UnfitForAudit: a key of ``detail`` names a password, a secret or a contact.
    """
    chain = str(district.uid) if district else ""
    with transaction.atomic():
        _lock(chain)
        last = AuditEvent.objects.filter(chain=chain).order_by("-sequence").values_list("sequence", "hash").first()
        event = AuditEvent(
            chain=chain,
            sequence=last[0] + 1 if last else 1,
            at=timezone.now(),
            actor_uid=actor.person_uid,
            actor_name=_text(actor.name)[:200],
            district_code=district.code if district else "",
            act=act,
            about_kind=about._meta.label_lower if about is not None else "",
            about_uid=about.uid if about is not None else None,
            detail=_plain(detail or {}),
            previous_hash=last[1] if last else "",
        )
        event.hash = digest(as_dict(event))
        AuditEvent.objects.append([event])
    return event


def _lock(chain: str) -> None:
    """One writer per chain. SQLite's IMMEDIATE transactions already admit a single writer."""
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(chain.encode()).digest()[:4], "big", signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_SPACE, key])


def as_dict(event: AuditEvent) -> dict[str, Any]:
    """The event as it is hashed and exported: text, integers and the detail; times in UTC to the microsecond."""
    return {name: _plain(getattr(event, name)) for name in FIELDS}


def digest(row: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of an event's fields (without its own hash)."""
    covered = {name: row[name] for name in FIELDS}
    text = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def export() -> Iterator[str]:
    """Every event as one line of JSON, in order; what :func:`verify` reads back."""
    for event in AuditEvent.objects.iterator(chunk_size=1000):
        yield as_line(event)


def as_line(event: AuditEvent) -> str:
    """An event with its hash as one line of JSON."""
    return json.dumps({**as_dict(event), "hash": event.hash}, ensure_ascii=False, sort_keys=True)


def contains(head: str) -> bool:
    """Whether an event with this hash is in the log: a head noted earlier must be, or events were cut off."""
    return AuditEvent.objects.filter(hash=head).exists()


def read_export(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The events of an exported ``.jsonl``.

    Raises:
        ValueError: a line is no event; the message names the line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise ValueError(f"line {number} is not JSON") from error
        if not isinstance(row, dict) or set(row) != {*FIELDS, "hash"}:
            raise ValueError(f"line {number} is not an event of the audit log")
        yield row


def verify(events: Iterable[AuditEvent | Mapping[str, Any]] | None = None) -> VerifyResult:
    """Check every chain from its first event; the first event that does not fit is named.

    Args:
        events: rows of an export, or None for the log of this installation. Chains may follow one another.
    """
    rows = AuditEvent.objects.order_by("chain", "sequence").iterator(chunk_size=1000) if events is None else events
    heads: dict[str, tuple[int, str]] = {}
    count = 0
    for given in rows:
        row = {**as_dict(given), "hash": given.hash} if isinstance(given, AuditEvent) else given
        chain, sequence = str(row["chain"]), row["sequence"]
        last_sequence, last_hash = heads.get(chain, (0, ""))
        trouble = ""
        if sequence != last_sequence + 1:
            trouble = _("接下来应是第 {expected} 条，却是第 {found} 条。").format(
                expected=last_sequence + 1, found=sequence
            )
        elif row["previous_hash"] != last_hash:
            trouble = _("第 {number} 条接不上前一条。").format(number=sequence)
        elif row["hash"] != digest(row):
            trouble = _("第 {number} 条不是当初写下的内容。").format(number=sequence)
        if trouble:
            return VerifyResult(False, count, heads, chain, last_sequence + 1, trouble)
        heads[chain] = (last_sequence + 1, str(row["hash"]))
        count += 1
    return VerifyResult(True, count, heads)


def _plain(value: Any) -> Any:
    """JSON that both databases give back unchanged: no floats (PostgreSQL rewrites them), no NUL, no half characters."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, float | UUID):
        return str(value)
    if isinstance(value, Mapping):
        for name in value:
            if _NEVER_LOGGED & set(str(name).lower().split("_")):
                raise UnfitForAudit(f"{name!r} must not be written to the audit log")
        return {_text(str(name)): _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    raise UnfitForAudit(f"{type(value).__name__} cannot be written to the audit log")


def _text(value: str) -> str:
    return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode("utf-8")
