"""Properties, procedures, datastreams and what people enter into them."""

from django.db import models

from .base import DistrictRow, ExactDecimalField, Row


class Property(Row):
    """What is known of a feature: carbon intensity, forest stock, rainfall."""

    code = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    aggregation = models.CharField(max_length=24, blank=True, help_text="sum, mean, last, none: how it joins over time")


class Procedure(Row):
    """How values are obtained: a sensor, a return, or a method (ISO 19156)."""

    code = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=24, help_text="sensor, return or method")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True)


class Datastream(DistrictRow):
    """One property of one feature by one procedure at one cadence."""

    feature = models.ForeignKey("record.Feature", on_delete=models.PROTECT, related_name="datastreams")
    property = models.ForeignKey(Property, on_delete=models.PROTECT, related_name="datastreams")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="datastreams")
    cadence = models.CharField(max_length=24, help_text="year, quarter, month, irregular")
    unit = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(
        "record.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feature", "property", "procedure", "cadence"], name="datastream_once")
        ]


class EntryStatus(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已审定"
    PUBLISHED = "published", "已发布"


class Basis(models.TextChoices):
    """On what an entry rests, where it is not the return of whoever is asked for it."""

    PLAN = "plan", "取自规划"
    PLAN_DERIVED = "plan_derived", "据规划推算"
    ESTIMATE = "estimate", "估算"


class Entry(DistrictRow):
    """A value a person gives: exact as entered, with its source cell; or a notation key with a reason.

    Revisions are never overwritten: a correction is a new row with the next ``revision``.
    """

    datastream = models.ForeignKey(Datastream, on_delete=models.PROTECT, related_name="entries")
    period_kind = models.CharField(max_length=12)
    period_start = models.DateField()
    period_end = models.DateField()
    revision = models.PositiveIntegerField(default=1)
    value = ExactDecimalField(null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    notation = models.CharField(max_length=4, blank=True, help_text="NO, NE, NA, IE or C when there is no value")
    reason = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=EntryStatus.choices, default=EntryStatus.DRAFT)
    source = models.ForeignKey("record.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source_place = models.CharField(max_length=200, blank=True, help_text="sheet!cell, or the document's line")
    entered_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.TextField(blank=True)
    illustrative = models.BooleanField(default=False)
    uncertainty = models.CharField(max_length=60, blank=True, help_text="as stated: ±5%, ±0.3, 1.2..3.4")
    basis = models.CharField(max_length=12, choices=Basis.choices, blank=True, help_text="empty: returned as asked")
    note = models.TextField(blank=True, help_text="what was said beside the value")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["datastream", "period_kind", "period_start", "revision"], name="entry_revision"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=False, notation="")
                | (models.Q(value__isnull=True) & ~models.Q(notation="") & ~models.Q(reason="")),
                name="entry_value_or_reasoned_notation",
            ),
        ]
        indexes = [models.Index(fields=["district", "status"], name="entry_district_status")]


class Source(DistrictRow):
    """A file exactly as it was received, addressed by its content.

    The same bytes are one source; evidence is one for each who sent it and each name, for a file's name tells of its sender.
    """

    name = models.CharField(max_length=300)
    media_type = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300, blank=True)
    publisher = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(null=True, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=40, blank=True, help_text="plan, evidence, workbook")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["district", "sha256", "purpose"], condition=~models.Q(purpose="evidence"), name="source_once"
            ),
            models.UniqueConstraint(
                fields=["district", "sha256", "received_by", "name"],
                condition=models.Q(purpose="evidence"),
                name="source_once_as_evidence",
            ),
        ]
