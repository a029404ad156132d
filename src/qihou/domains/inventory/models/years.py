"""A year's inventory and who has which of its sheets. The values themselves are entries of the record."""

from __future__ import annotations

from django.db import models

from qihou.record.models import DistrictRow


class InventoryStatus(models.TextChoices):
    OPEN = "open", "编制中"
    PUBLISHED = "published", "已发布"


class Inventory(DistrictRow):
    """One year of a district, with what was chosen for it: which methods and factors, which warming potentials."""

    year = models.PositiveSmallIntegerField()
    edition = models.CharField(max_length=24)
    landfill = models.CharField(max_length=24)
    gwp_set = models.CharField(max_length=8)
    due_on = models.DateField(null=True, blank=True, help_text="by when the sheets are to be handed in")
    draws = models.PositiveIntegerField(default=0, help_text="of the Monte Carlo; 0: propagation of error alone")
    status = models.CharField(max_length=12, choices=InventoryStatus.choices, default=InventoryStatus.OPEN)
    accepted = models.JSONField(
        default=dict, help_text="reasons for which what is not estimated is accepted: {category: reason}"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "year"], name="inventory_year")]
        ordering = ["year"]


class SheetStatus(models.TextChoices):
    WAITING = "waiting", "待填报"
    DRAFT = "draft", "填报中"
    SUBMITTED = "submitted", "已提交"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已审定"


class SheetState(DistrictRow):
    """Where one sheet of a year's workbook stands, and with whom."""

    inventory = models.ForeignKey(Inventory, on_delete=models.CASCADE, related_name="sheets")
    sheet = models.CharField(max_length=60, help_text="its key in the scheme")
    organisation = models.ForeignKey(
        "record.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(max_length=12, choices=SheetStatus.choices, default=SheetStatus.WAITING)
    note = models.TextField(blank=True, help_text="what was said with the last step")
    submitted_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("record.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inventory", "sheet"], name="inventory_sheet")]
