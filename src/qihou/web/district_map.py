"""A district's outline and towns as a map, with the source that must stand under it."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.face.formats import day
from qihou.face.maps import Map, Place
from qihou.record.models import Feature, FeatureKind, Geometry


def district_map(district: Feature, *, live: bool, label_size: int = 13) -> Map:
    """Two queries whatever the size. For the office: the bundled outline has no map review number."""
    outline = Geometry.objects.filter(feature=district, role="boundary", current=True).first()
    towns = Geometry.objects.filter(district=district, role="point", current=True, feature__kind=FeatureKind.TOWN)
    points = list(towns.select_related("feature").order_by("feature__code"))
    places = [
        Place(p.feature.code, name_of(p.feature), *p.geojson["coordinates"][:2])
        for p in points
        if p.geojson.get("type") == "Point"
    ]
    return Map(
        name="district",
        title=_("%(district)s和它的 %(n)s 个镇街") % {"district": name_of(district), "n": len(places)},
        boundary=outline.geojson if outline else None,
        places=places,
        source=_source(outline, points[0] if points else None),
        live=live,
        with_list=live,
        label_size=label_size,
        shape=(620, 720),
    )


def name_of(feature: Feature) -> str:
    """In the reader's language, where the record has it."""
    return (feature.name_en if (get_language() or "").startswith("en") else "") or feature.name


def _source(outline: Geometry | None, point: Geometry | None) -> str:
    parts = []
    if outline is not None:
        review = outline.map_review_number or _("无审图号，仅供内部示意")
        parts.append(
            _("区界：%(about)s") % {"about": ", ".join([_named(outline), outline.crs, outline.licence, review])}
        )
    if point is not None:
        parts.append(_("点位：%(about)s") % {"about": ", ".join([_named(point), point.crs, point.licence])})
    dated = [g.obtained_on for g in (outline, point) if g is not None and g.obtained_on]
    if dated:
        parts.append(day(max(dated)))
    return " · ".join(parts)


def _named(geometry: Geometry) -> str:
    """The source's name without the remarks that follow it."""
    return geometry.source.splitlines()[0].split(";")[0].strip()
