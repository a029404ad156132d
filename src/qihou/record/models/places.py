"""Features of interest: the district, its towns and villages, later stations, plants and stands."""

from django.db import models

from .base import Row


class FeatureKind(models.TextChoices):
    REGION = "region", "上级行政区"
    DISTRICT = "district", "区县"
    TOWN = "town", "镇街"
    VILLAGE = "village", "村(社区)"
    SITE = "site", "设施"


class Feature(Row):
    """Something the record knows values of. A district is its own ``district``."""

    district = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    kind = models.CharField(max_length=24, choices=FeatureKind.choices)
    code = models.CharField(max_length=64, help_text="official code, e.g. the statistics bureau's 6, 9 or 12 digits")
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    category = models.CharField(max_length=40, blank=True, help_text="e.g. 街道, 镇; 村, 社区")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source_note = models.TextField(blank=True, help_text="where code and name come from")
    illustrative = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="feature_kind_code")]
        indexes = [models.Index(fields=["district", "kind", "code"], name="feature_district_kind")]
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name


class Geometry(Row):
    """A feature's outline or point, replaceable, with its source, licence and coordinate system."""

    district = models.ForeignKey(Feature, on_delete=models.PROTECT, related_name="+")
    feature = models.ForeignKey(Feature, on_delete=models.CASCADE, related_name="geometries")
    role = models.CharField(max_length=24, default="point", help_text="boundary or point")
    geojson = models.JSONField()
    crs = models.CharField(max_length=40, help_text="e.g. CGCS2000 (EPSG:4490), WGS 84 (EPSG:4326)")
    source = models.TextField()
    licence = models.CharField(max_length=200)
    map_review_number = models.CharField(max_length=80, blank=True, help_text="审图号; blank when there is none")
    obtained_on = models.DateField(null=True, blank=True)
    current = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["feature", "role", "current"], name="geometry_current")]
