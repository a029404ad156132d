"""The rows of a version's register, the organisations in them, and what reviewers changed."""

from __future__ import annotations

from django.db import models

from qihou.record.models import DistrictRow, ExactDecimalField

from .versions import Plan, PlanVersion


class ItemKind(models.TextChoices):
    INDICATOR = "indicator", "指标"
    PROJECT = "project", "项目"
    TASK = "task", "任务"


class Thread(DistrictRow):
    """The same indicator, project or task through all versions of the plan; progress hangs on it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    title = models.CharField(max_length=400)
    datastream = models.ForeignKey(
        "record.Datastream", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="where an indicator's yearly values are entered",
    )  # fmt: skip


class RowReview(models.TextChoices):
    UNREVIEWED = "unreviewed", "未复核"
    CONFIRMED = "confirmed", "已确认"
    CORRECTED = "corrected", "已更正"


class Item(DistrictRow):
    """What every row of the register has; its kind's own columns stand in Indicator, Project or Task.

    ``cells`` holds per field ``{"printed", "lines", "confidence", "how", "reason", "params", "undetermined"}``: what the
    document prints, where, and how sure the reading is (0–1); a corrected cell has ``corrected``, in ``was`` how it had
    been read, and in ``past`` what it was before each correction that stands (:mod:`..api.past`). ``no`` is the number as printed, ``order`` the place in
    the table.
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
    open_cells = models.PositiveSmallIntegerField(default=0, help_text="how many cells are undetermined")
    first_line = models.PositiveIntegerField(default=0)
    last_line = models.PositiveIntegerField(default=0)
    review = models.CharField(max_length=12, choices=RowReview.choices, default=RowReview.UNREVIEWED)

    class Meta:
        indexes = [
            models.Index(fields=["version", "kind", "order"], name="item_version_kind"),
            models.Index(fields=["version", "first_line"], name="item_version_line"),
        ]
        ordering = ["kind", "order"]


class Indicator(DistrictRow):
    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="indicator")
    unit = models.CharField(max_length=60, blank=True)
    base_year = models.PositiveIntegerField(null=True, blank=True)
    base = ExactDecimalField(null=True, blank=True)
    base_cumulative = models.BooleanField(default=False)
    target_year = models.PositiveIntegerField(null=True, blank=True)
    target = ExactDecimalField(null=True, blank=True)
    target_text = models.CharField(
        max_length=200, blank=True, help_text="a target that is no single number, as printed"
    )
    target_cumulative = models.BooleanField(default=False)
    assigned_later = models.BooleanField(default=False, help_text="assigned by the level above; value not yet received")
    sense = models.CharField(max_length=12, blank=True, help_text="at_least, at_most, equal")
    nature = models.CharField(max_length=16, blank=True, help_text="binding or expected")
    other_years = models.JSONField(default=dict, help_text="{year: value as text} for every year column")


class Project(DistrictRow):
    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="project")
    start_year = models.PositiveIntegerField(null=True, blank=True)
    start_month = models.PositiveIntegerField(null=True, blank=True)
    end_year = models.PositiveIntegerField(null=True, blank=True)
    end_month = models.PositiveIntegerField(null=True, blank=True)
    investment = ExactDecimalField(null=True, blank=True, help_text="10⁴ CNY")
    upper_level = ExactDecimalField(null=True, blank=True, help_text="10⁴ CNY")
    district_budget = ExactDecimalField(null=True, blank=True, help_text="10⁴ CNY")
    private = ExactDecimalField(null=True, blank=True, help_text="10⁴ CNY")
    funding_amounts = models.JSONField(default=list, help_text="printed amounts, in order, when columns were lost")
    supporting_open = models.BooleanField(default=False, help_text="the list ends in 等: others may be meant")


class Task(DistrictRow):
    item = models.OneToOneField(Item, on_delete=models.CASCADE, related_name="task")
    supporting_open = models.BooleanField(default=False, help_text="the list ends in 等: others may be meant")
    leads_open = models.BooleanField(default=False, help_text="the list of leads ends in 等")
    deadline = models.CharField(max_length=7, blank=True, help_text="2025 or 2025-06, where the document prints one")


class Involvement(DistrictRow):
    """An organisation's part in a row. ``organisation`` is null while the printed name is not matched."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="involvements")
    organisation = models.ForeignKey(
        "record.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    printed = models.CharField(max_length=200)
    part = models.CharField(max_length=12, help_text="lead or supporting")
    order = models.PositiveIntegerField(default=0)
    matched = models.CharField(max_length=24, blank=True, help_text="how: name, alias, rule or by hand")

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


class Pairing(DistrictRow):
    """A reviewer's word that a row continues one of an earlier version, or that it is new. Never edited, only undone.

    ``before`` and ``after`` are the uids of the row's thread; they are equal where the word confirms how it stands.
    """

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="pairings")
    same = models.BooleanField(help_text="continues a row of another version; else it is a new one")
    before = models.UUIDField()
    after = models.UUIDField()
    reason = models.TextField(blank=True)
    by = models.ForeignKey("record.Person", null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
