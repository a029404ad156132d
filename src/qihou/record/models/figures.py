"""What is worked out from the record: a run of a method over one reading, and the figures it gave."""

from __future__ import annotations

from django.db import models

from .base import DistrictRow


class RunStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    PUBLISHED = "published", "已发布"
    SUPERSEDED = "superseded", "已被替代"


class Run(DistrictRow):
    """One working-out, numbered within its kind, subject and period. Its reading is kept, so that a figure opens years later as it was.

    ``leaves`` is large: lists of runs leave it out (``Run.objects.defer("leaves")``).
    """

    kind = models.CharField(max_length=24, help_text="which slice made it, e.g. inventory")
    subject = models.ForeignKey("record.Feature", on_delete=models.PROTECT, related_name="+")
    period_kind = models.CharField(max_length=12)
    period_start = models.DateField()
    period_end = models.DateField()
    number = models.PositiveIntegerField(help_text="1, 2, 3 … of this kind, subject and period")
    settings = models.JSONField(default=dict, help_text="what was chosen: edition, warming potentials, draws …")
    status = models.CharField(max_length=12, choices=RunStatus.choices, default=RunStatus.DRAFT)
    reason = models.TextField(blank=True, help_text="why it was worked out again")
    leaves = models.JSONField(default=dict, help_text="the reading it stands on, as it was")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the reading and the settings")
    made_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    stale_at = models.DateTimeField(null=True, blank=True, help_text="when what it stands on was first seen to differ")
    stale_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "period_kind", "period_start", "number"], name="run_number"
            )
        ]
        indexes = [models.Index(fields=["district", "kind", "period_start"], name="run_of_district")]


class FigureRecord(DistrictRow):
    """A figure as its run gave it: a number, or the state that says why there is none.

    ``value`` is empty unless there is one; ``known`` is the sum of what there is. ``state`` and ``flags`` are those of
    ``qihou.figures.missing``; ``figure_id`` is the id of everything it stands on.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="figures")
    key = models.CharField(max_length=120, help_text="a category's code, a total, an indicator")
    labels = models.JSONField(default=dict, help_text="what tells figures of one key apart: the gas")
    period_kind = models.CharField(max_length=12)
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.FloatField(null=True, blank=True)
    known = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    low = models.FloatField(null=True, blank=True, help_text="lower end of the 95 % interval")
    high = models.FloatField(null=True, blank=True)
    half_percent = models.FloatField(null=True, blank=True, help_text="half of the interval in percent of the value")
    state = models.PositiveSmallIntegerField()
    flags = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=12, help_text="ok, degraded, incomplete or failed")
    figure_id = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["run", "key"], name="figure_of_run")]
