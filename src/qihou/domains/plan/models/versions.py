"""A plan, its versions, and the rows of each version's register."""

from __future__ import annotations

from django.db import models

from qihou.record.models import DistrictRow, ExactDecimalField


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
    line_count = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)
    statement = models.JSONField(default=list, help_text="what the document lacks, in words")
    outline = models.JSONField(default=list, help_text="[{level, title, line}]")
    adopted_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

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


class ItemKind(models.TextChoices):
    INDICATOR = "indicator", "指标"
    PROJECT = "project", "项目"
    TASK = "task", "任务"


class Thread(DistrictRow):
    """The same indicator, project or task through all versions of the plan; progress hangs on it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    title = models.CharField(max_length=400)


class RowReview(models.TextChoices):
    UNREVIEWED = "unreviewed", "未复核"
    CONFIRMED = "confirmed", "已确认"
    CORRECTED = "corrected", "已更正"


class Item(DistrictRow):
    """A row of the register.

    ``cells`` holds per field ``{"printed", "lines", "confidence", "how", "reason", "undetermined"}``: what the document
    prints, where, and how sure the reading is (0–1). ``no`` is the number as printed, ``order`` the place in the table.
    """

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="items")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    no = models.CharField(max_length=40, blank=True)
    order = models.PositiveIntegerField()
    category = models.CharField(max_length=300, blank=True, help_text="indicator or project category; a task's chapter")
    title = models.TextField(help_text="indicator or project name; a task's key task")
    text = models.TextField(blank=True, help_text="project content; a task's wording")
    cells = models.JSONField(default=dict)
    review = models.CharField(max_length=12, choices=RowReview.choices, default=RowReview.UNREVIEWED)

    class Meta:
        indexes = [models.Index(fields=["version", "kind", "order"], name="item_version_kind")]
        ordering = ["kind", "order"]


class Indicator(Item):
    unit = models.CharField(max_length=60, blank=True)
    base_year = models.PositiveIntegerField(null=True, blank=True)
    base = ExactDecimalField(null=True, blank=True)
    base_cumulative = models.BooleanField(default=False)
    target_year = models.PositiveIntegerField(null=True, blank=True)
    target = ExactDecimalField(null=True, blank=True)
    target_text = models.CharField(max_length=200, blank=True, help_text="a target that is no single number, as printed")
    target_cumulative = models.BooleanField(default=False)
    assigned_later = models.BooleanField(default=False, help_text="assigned by the level above; value not yet received")
    sense = models.CharField(max_length=12, blank=True, help_text="at_least, at_most, equal")
    nature = models.CharField(max_length=16, blank=True, help_text="binding or expected")
    other_years = models.JSONField(default=dict, help_text="{year: value} for further columns")


class Project(Item):
    start_year = models.PositiveIntegerField(null=True, blank=True)
    start_month = models.PositiveIntegerField(null=True, blank=True)
    end_year = models.PositiveIntegerField(null=True, blank=True)
    end_month = models.PositiveIntegerField(null=True, blank=True)
    investment = ExactDecimalField(null=True, blank=True, help_text="10⁴ CNY")
    upper_level = ExactDecimalField(null=True, blank=True, help_text="10⁴ CNY")
    district_budget = ExactDecimalField(null=True, blank=True, help_text="10⁴ CNY")
    private = ExactDecimalField(null=True, blank=True, help_text="10⁴ CNY")


class Task(Item):
    supporting_open = models.BooleanField(default=False, help_text="the list ends in 等: others may be meant")


class Involvement(DistrictRow):
    """An organisation's part in a row. ``organisation`` is null while the printed name is not matched."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey("record.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    printed = models.CharField(max_length=200)
    part = models.CharField(max_length=12, help_text="lead or supporting")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["organisation", "part"], name="involvement_org")]
        ordering = ["part", "order"]


class Correction(DistrictRow):
    """A reviewer's change to one cell: what it was, what it became, why. Never edited."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("record.Person", null=True, on_delete=models.PROTECT, related_name="+")
