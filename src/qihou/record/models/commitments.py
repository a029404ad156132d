"""Promises about figures, what holding them together showed, and what is done about it."""

from django.db import models

from .base import DistrictRow, ExactDecimalField


class Commitment(DistrictRow):
    """A target, quota, threshold or deadline. ``value`` is null while it waits for the level above to assign it."""

    kind = models.CharField(max_length=24, help_text="target, deadline, quota, threshold")
    property = models.ForeignKey("record.Property", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    feature = models.ForeignKey("record.Feature", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "record.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=400)
    nature = models.CharField(max_length=16, blank=True, help_text="binding or expected")
    sense = models.CharField(max_length=12, blank=True, help_text="at_least, at_most, equal")
    value = ExactDecimalField(null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    assigned_later = models.BooleanField(default=False)
    due_on = models.DateField(null=True, blank=True)
    about_kind = models.CharField(
        max_length=40, blank=True, help_text="kind of the row it comes from, e.g. plan.thread"
    )
    about_uid = models.UUIDField(null=True, blank=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)


class FindingState(models.TextChoices):
    OPEN = "open", "待处理"
    EXPLAINED = "explained", "已说明"
    CORRECTED = "corrected", "已更正"


class Severity(models.TextChoices):
    ERROR = "error", "错误"
    WARNING = "warning", "存疑"
    NOTE = "note", "提示"


class Finding(DistrictRow):
    """Something that does not hold. ``params`` fill the sentence of its ``kind``, in either language."""

    kind = models.CharField(max_length=80)
    severity = models.CharField(max_length=12, choices=Severity.choices)
    params = models.JSONField(default=dict)
    lines = models.JSONField(default=list, help_text="line numbers of the source it is about")
    about_kind = models.CharField(max_length=40, help_text="e.g. plan.version")
    about_uid = models.UUIDField()
    fingerprint = models.CharField(max_length=64, blank=True, help_text="same trouble found again keeps its state")
    state = models.CharField(max_length=12, choices=FindingState.choices, default=FindingState.OPEN)
    state_note = models.TextField(blank=True)
    state_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state_at = models.DateTimeField(null=True, blank=True)
    corrected_in = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["about_kind", "about_uid", "state"], name="finding_about")]


class ActionState(models.TextChoices):
    OPEN = "open", "待办"
    DONE = "done", "已办待确认"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class Action(DistrictRow):
    """What an organisation must do about a finding, by when. How it came to its state stands in its steps."""

    finding = models.ForeignKey(Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="actions")
    organisation = models.ForeignKey(
        "record.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=400, help_text="what is to be done")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=ActionState.choices, default=ActionState.OPEN)

    class Meta:
        indexes = [models.Index(fields=["district", "state", "organisation"], name="action_waiting")]


class ActionStep(DistrictRow):
    """One step of an action: who opened it, did it, confirmed it, opened it again or withdrew it, and what they said."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=12, help_text="opened, done, confirmed, reopened or withdrawn")
    note = models.TextField(blank=True)
    by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["created_at", "pk"]
