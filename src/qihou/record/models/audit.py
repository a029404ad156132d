"""The append-only, hash-chained log of acts, and long-running jobs."""

from django.db import models

from .base import DistrictRow, Row


class AuditEvent(Row):
    """One act. ``hash`` covers the row and the hash before it, so a change or a gap shows."""

    sequence = models.PositiveBigIntegerField(unique=True)
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

    class Meta:
        ordering = ["sequence"]


class JobState(models.TextChoices):
    WAITING = "waiting", "等待"
    RUNNING = "running", "进行中"
    DONE = "done", "完成"
    FAILED = "failed", "失败"
    INTERRUPTED = "interrupted", "中断"


class Job(DistrictRow):
    """Long work that shows its progress. A process that dies leaves it ``running``; the next start marks it interrupted."""

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
