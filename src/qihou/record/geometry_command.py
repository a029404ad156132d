"""``qihou district geometry``: put another outline or point in the place of the bundled one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .start import DatabaseNotPrepared, open_record

_MOST_BYTES = 20_000_000


@click.command("geometry")
@click.argument("code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--role", type=click.Choice(["boundary", "point"]), default="boundary", show_default=True)
@click.option("--kind", type=click.Choice(["district", "town", "village"]), default="district", show_default=True)
@click.option("--crs", required=True, help="coordinate system, e.g. CGCS2000 (EPSG:4490)")
@click.option("--source", required=True, help="who published it, when, where")
@click.option("--licence", required=True, help="on what terms it may be used")
@click.option("--map-review-number", default="", help="审图号; without one the map says there is none")
def geometry(
    code: str, file: Path, role: str, kind: str, crs: str, source: str, licence: str, map_review_number: str
) -> None:
    """Replace the outline or point of the feature CODE by the one in a GeoJSON FILE; the old one stays on record."""
    shape = _shape(file)
    try:
        open_record()
    except DatabaseNotPrepared as error:
        raise click.ClickException(str(error)) from None
    from .api.access import Actor
    from .api.districts import UnableToLoadDistrict, replace_geometry
    from .models import Feature

    feature = Feature.objects.select_related("district").filter(kind=kind, code=code).first()
    if feature is None:
        raise click.ClickException(f"there is no {kind} with the code {code}; see `qihou district list`")
    try:
        replace_geometry(
            Actor.system("qihou district geometry"), feature, role=role, geojson=shape, crs=crs, source=source,
            licence=licence, map_review_number=map_review_number,
        )  # fmt: skip
    except UnableToLoadDistrict as trouble:
        raise click.ClickException(str(trouble)) from None
    click.echo(f"{feature.name}: the {role} now comes from {source}")


def _shape(file: Path) -> dict[str, Any]:
    """The one geometry of a GeoJSON file: a bare geometry, a feature, or a collection of one feature."""
    if file.stat().st_size > _MOST_BYTES:
        raise click.ClickException(f"{file.name} is larger than {_MOST_BYTES // 1_000_000} MB; simplify the outline")
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as trouble:
        raise click.ClickException(f"{file.name} is no GeoJSON: {trouble}") from None
    if isinstance(found, dict) and found.get("type") == "FeatureCollection":
        features = found.get("features") or []
        if len(features) != 1:
            raise click.ClickException(f"{file.name} holds {len(features)} features; give a file with the one meant")
        found = features[0]
    if isinstance(found, dict) and found.get("type") == "Feature":
        found = found.get("geometry")
    if not isinstance(found, dict) or "coordinates" not in found:
        raise click.ClickException(f"{file.name} holds no geometry with coordinates")
    return found
