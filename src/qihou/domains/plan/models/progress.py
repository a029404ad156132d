"""What the leads report each quarter, and the bureau's answer."""

from django.db import models

from qihou.record.models import DistrictRow, ExactDecimalField

from .items import Thread


class ReportStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "已退回"
    ACCEPTED = "accepted", "已接收"


class ProgressReport(DistrictRow):
    """One lead's report on one project or task for one quarter; money is cumulative, in 10⁴ CNY."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey("record.Organisation", on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    status = models.CharField(max_length=12, choices=ReportStatus.choices, default=ReportStatus.DRAFT)
    percent = ExactDecimalField(null=True, blank=True)
    text = models.TextField(blank=True)
    paid_upper_level = ExactDecimalField(null=True, blank=True)
    paid_district_budget = ExactDecimalField(null=True, blank=True)
    paid_private = ExactDecimalField(null=True, blank=True)
    written_by = models.ForeignKey("record.Person", null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)
    illustrative = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thread", "organisation", "period_start", "revision"], name="report_revision"
            )
        ]


class Evidence(DistrictRow):
    """A file that bears a report out."""

    report = models.ForeignKey(ProgressReport, on_delete=models.CASCADE, related_name="evidence")
    source = models.ForeignKey("record.Source", on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
