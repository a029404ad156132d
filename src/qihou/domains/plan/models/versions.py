"""A plan, its versions, and the document each version was read from."""

from __future__ import annotations

from django.db import models

from qihou.record.models import DistrictRow


class Plan(DistrictRow):
    """A published plan of one district, in one or more versions."""

    code = models.CharField(max_length=64, help_text="stable, used in addresses, e.g. climate-2021")
    title = models.CharField(max_length=300)
    first_year = models.PositiveIntegerField(null=True, blank=True)
    last_year = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "code"], name="plan_code")]

    def __str__(self) -> str:
        return self.title


class VersionStatus(models.TextChoices):
    REVIEW = "review", "待复核"
    ADOPTED = "adopted", "已采用"
    SUPERSEDED = "superseded", "已被替代"
    DISCARDED = "discarded", "已作废"


class PlanVersion(DistrictRow):
    """One document read into one register: consultation draft, adopted text, mid-term revision."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=200, blank=True, help_text="e.g. 征求意见稿 2021-11-25")
    status = models.CharField(max_length=16, choices=VersionStatus.choices, default=VersionStatus.REVIEW)
    source = models.ForeignKey("record.Source", on_delete=models.PROTECT, related_name="+")
    reader_version = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True, help_text="as the document prints it")
    first_year = models.PositiveIntegerField(null=True, blank=True)
    last_year = models.PositiveIntegerField(null=True, blank=True)
    line_count = models.PositiveIntegerField(default=0)
    totals = models.JSONField(
        default=dict, help_text="claimed by the document: {field: amount as text, cells, subtotals}, 10⁴ CNY"
    )
    statement = models.JSONField(default=list, help_text="codes of what the document lacks")
    outline = models.JSONField(default=list, help_text="[{level, title, line}]")
    imported_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status_note = models.TextField(blank=True, help_text="why it was adopted with open cells, or discarded")
    illustrative = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number")]
        ordering = ["number"]


class DocumentLine(DistrictRow):
    """One line of the document as read, so that rows can be laid beside the text they came from."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="document_lines")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="document_line_once")]
        ordering = ["number"]
