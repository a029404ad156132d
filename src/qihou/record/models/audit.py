"""The append-only, hash-chained log of acts, and long-running jobs."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from .base import DistrictRow, Row


class AuditLogIsAppendOnly(Exception):
    """Somebody tried to change or remove an event of the audit log."""

    def __init__(self) -> None:
        super().__init__("the audit log only grows: write a new event with record.api.audit.write instead")


class AuditEvents(models.QuerySet["AuditEvent"]):
    """Events can be read; nothing here changes or removes one."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AuditLogIsAppendOnly

    update = delete = bulk_update = update_or_create = get_or_create = bulk_create = create = _refuse
    _raw_delete = _refuse

    def append(self, events: list[AuditEvent]) -> None:
        """Add events whose hashes are already computed; only ``record.api.audit`` and the archive call this."""
        models.QuerySet.bulk_create(self, events, batch_size=500)


class AuditEvent(Row):
    """One act. ``hash`` covers the row and the hash before it, so a change or a gap shows.

    Every district has a chain of its own (``chain`` is the district's uid; acts on the installation itself have a
    blank chain), so that a district's whole log travels with it and is verified without the others'.
    """

    chain = models.CharField(max_length=36, blank=True)
    sequence = models.PositiveBigIntegerField(help_text="1, 2, 3 … within the chain, without gaps")
    at = models.DateTimeField()
    actor_uid = models.UUIDField(null=True, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    district_code = models.CharField(max_length=64, blank=True, db_index=True)
    act = models.CharField(max_length=120)
    about_kind = models.CharField(max_length=60, blank=True)
    about_uid = models.UUIDField(null=True, blank=True, db_index=True)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditEvents.as_manager()

    class Meta:
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="audit_chain_sequence")]
        ordering = ["chain", "sequence"]

    def save(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AuditLogIsAppendOnly

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AuditLogIsAppendOnly


class JobState(models.TextChoices):
    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"
    INTERRUPTED = "interrupted", "中断"


class Job(DistrictRow):
    """Long work that shows its progress. Left ``running`` by a process that died, it is marked interrupted at
    the next start or when it is next looked at."""

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=16, choices=JobState.choices, default=JobState.WAITING)
    asked_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    params = models.JSONField(default=dict)
    step = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    process = models.CharField(max_length=80, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
