"""Districts, their towns and villages, and the folder a district is loaded from."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.api.organisations import tidy
from qihou.record.api.people import DemoAccount
from qihou.record.models import Alias, Feature, FeatureKind, Geometry, Organisation, OrganisationKind


class UnableToLoadDistrict(ValueError):
    """The folder is no district; the message names the file and what is wrong with it."""


@dataclass
class Tally:
    """How many rows a load made and changed."""

    made: int = 0
    changed: int = 0


def districts() -> QuerySet[Feature]:
    """All districts, by code."""
    return Feature.objects.filter(kind=FeatureKind.DISTRICT).select_related("parent").order_by("code")


def district_by_code(code: str) -> Feature:
    """The district with this code.

    Raises:
        Feature.DoesNotExist: none is loaded.
    """
    return Feature.objects.select_related("parent").get(kind=FeatureKind.DISTRICT, code=code)


def load_district(actor: Actor, folder: Path | str) -> Feature:
    """Load a district from its folder, or bring a loaded one up to date; nothing in the record is removed.

    What people changed in the program since (an organisation's names, a replaced boundary) is kept: only rows that are
    missing are made, and places take the folder's names.

    Raises:
        UnableToLoadDistrict: a file is missing or not as described in ``docs/data-model.md``.
    """
    folder = Path(folder)
    about = _yaml(folder, "district.yaml", dict)
    sources = _yaml(folder, "sources.yaml", dict)
    towns, villages = (
        _csv(folder, "towns.csv", ("code", "name", "category")),
        _csv(folder, "villages.csv", ("code", "town_code", "name", "category")),
    )
    organisations = _yaml(folder, "organisations.yaml", list)
    for key in ("code", "name"):
        if not isinstance(about.get(key), str) or not about[key]:
            raise UnableToLoadDistrict(f"{folder / 'district.yaml'}: {key} must be a text")
    town_codes = {town["code"] for town in towns}
    for village in villages:
        if village["town_code"] not in town_codes:
            raise UnableToLoadDistrict(f"{folder / 'villages.csv'}: {village['name']} lies in no town of towns.csv")
    tally = Tally()
    with transaction.atomic():
        existing = Feature.objects.filter(kind=FeatureKind.DISTRICT, code=about["code"]).first()
        require(actor, Act.MANAGE_PLACES, district_id=existing.pk if existing else 0)
        note = _note(sources.get("divisions", {}))
        district = _district(about, note, existing, tally)
        places = _places(district, FeatureKind.TOWN, towns, dict.fromkeys(town_codes, district), note, tally)
        parents = {village["code"]: places[village["town_code"]] for village in villages}
        _places(district, FeatureKind.VILLAGE, villages, parents, note, tally)
        _geometries(folder, "boundary.geojson", "boundary", district, {district.code: district}, sources, tally)
        _geometries(folder, "towns.geojson", "point", district, places, sources, tally)
        _organisations(folder, district, organisations, places, tally)
        if tally.made or tally.changed:
            audit.write(
                actor, "district.load", district=district, about=district,
                detail={"made": tally.made, "changed": tally.changed},
            )  # fmt: skip
    return district


# What slices bring in from a district's folder, by name, in the order in which they were declared.
_PARTS: dict[str, str] = {}


def declare_part(name: str, load: str) -> None:
    """A slice says, when it is ready, that a district's folder may hold something of its own.

    Args:
        load: where the function ``(actor, district, folder) -> str`` stands, imported when a district is loaded; it gives a
            line on what it did, empty for nothing.
    """
    _PARTS[name] = load


def load_parts(actor: Actor, district: Feature, folder: Path | str) -> list[str]:
    """Bring in what the slices find in a district's folder, each for itself; gives a line from each that had something.

    Raises:
        UnableToLoadDistrict: a slice's file is not as it must be.
    """
    said = []
    for where in _PARTS.values():
        load: Callable[[Actor, Feature, Path], str] = import_string(where)
        try:
            said.append(load(actor, district, Path(folder)))
        except ValueError as trouble:
            raise UnableToLoadDistrict(str(trouble)) from trouble
    return [line for line in said if line]


def demo_accounts(folder: Path | str) -> list[DemoAccount]:
    """The illustrative accounts a district's folder lists in ``demo-accounts.yaml``; none when it has no such file.

    Raises:
        UnableToLoadDistrict: the file is not a list of user name, name, role and perhaps organisation.
    """
    folder = Path(folder)
    if not (folder / "demo-accounts.yaml").exists():
        return []
    try:
        return [DemoAccount(**row) for row in _yaml(folder, "demo-accounts.yaml", list)]
    except TypeError as error:
        raise UnableToLoadDistrict(f"{folder / 'demo-accounts.yaml'}: {error}") from error


def replace_geometry(
    actor: Actor,
    feature: Feature,
    *,
    role: str,
    geojson: Mapping[str, Any],
    crs: str,
    source: str,
    licence: str,
    map_review_number: str = "",
) -> Geometry:
    """Put another outline or point in the place of the present one, which stays on record.

    Raises:
        UnableToLoadDistrict: not a GeoJSON geometry, or without its source, licence or coordinate system.
    """
    district = feature.district or feature
    require(actor, Act.MANAGE_PLACES, district_id=district.pk)
    if "coordinates" not in geojson or "type" not in geojson:
        raise UnableToLoadDistrict("a geometry is a GeoJSON object with type and coordinates")
    if not (crs.strip() and source.strip() and licence.strip()):
        raise UnableToLoadDistrict("say where the geometry comes from, its licence and its coordinate system")
    with transaction.atomic():
        Geometry.objects.filter(feature=feature, role=role, current=True).update(current=False)
        geometry = Geometry.objects.create(
            district=district,
            feature=feature,
            role=role,
            geojson=dict(geojson),
            crs=crs,
            source=source,
            licence=licence,
            map_review_number=map_review_number,
        )
        audit.write(
            actor, "geometry.replace", district=district, about=feature,
            detail={"role": role, "source": source, "map_review_number": map_review_number},
        )  # fmt: skip
    return geometry


def _district(about: Mapping[str, Any], note: str, existing: Feature | None, tally: Tally) -> Feature:
    parent = None
    if above := about.get("parent"):
        parent, made = Feature.objects.get_or_create(
            kind=FeatureKind.REGION,
            code=str(above["code"]),
            defaults={"name": above["name"], "name_en": above.get("name_en", ""), "source_note": note},
        )
        tally.made += made
    district = existing or Feature(kind=FeatureKind.DISTRICT, code=about["code"])
    wanted = {
        "name": about["name"], "name_en": about.get("name_en", ""), "category": about.get("category", ""),
        "parent": parent, "source_note": note, "illustrative": bool(about.get("illustrative", False)),
    }  # fmt: skip
    if existing and all(getattr(existing, key) == value for key, value in wanted.items()):
        return existing
    for key, value in wanted.items():
        setattr(district, key, value)
    district.save()
    if district.district_id is None:
        district.district = district
        district.save(update_fields=["district"])
    tally.made += existing is None
    tally.changed += existing is not None
    return district


def _places(
    district: Feature,
    kind: str,
    rows: list[dict[str, str]],
    parents: Mapping[str, Feature],
    note: str,
    tally: Tally,
) -> dict[str, Feature]:
    known = {f.code: f for f in Feature.objects.filter(district=district, kind=kind)}
    new, changed = [], []
    for row in rows:
        wanted = {"name": row["name"], "name_en": row.get("name_en") or "", "category": row["category"]}
        feature = known.get(row["code"])
        if feature is None:
            new.append(
                Feature(
                    district=district,
                    kind=kind,
                    code=row["code"],
                    parent=parents[row["code"]],
                    source_note=note,
                    **wanted,
                )
            )
        elif any(getattr(feature, key) != value for key, value in wanted.items()):
            for key, value in wanted.items():
                setattr(feature, key, value)
            changed.append(feature)
    Feature.objects.bulk_create(new, batch_size=500)
    Feature.objects.bulk_update(changed, ["name", "name_en", "category"], batch_size=500)
    tally.made += len(new)
    tally.changed += len(changed)
    return known | {f.code: f for f in new}


def _geometries(
    folder: Path,
    file: str,
    role: str,
    district: Feature,
    places: Mapping[str, Feature],
    sources: Mapping[str, Any],
    tally: Tally,
) -> None:
    path = folder / file
    if not path.exists():
        return
    about = next((s for s in sources.values() if file in s.get("files", [])), None)
    if not about or not about.get("licence") or not about.get("crs"):
        raise UnableToLoadDistrict(f"{folder / 'sources.yaml'}: {file} needs a source with licence and crs")
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
    except (ValueError, KeyError, TypeError) as error:
        raise UnableToLoadDistrict(f"{path}: not a GeoJSON FeatureCollection") from error
    have = set(Geometry.objects.filter(district=district, role=role, current=True).values_list("feature_id", flat=True))
    new = []
    for item in features:
        place = places.get(item["properties"].get("code", ""))
        if place is None:
            raise UnableToLoadDistrict(f"{path}: no place has the code {item['properties'].get('code')!r}")
        if place.pk not in have:
            new.append(
                Geometry(
                    district=district,
                    feature=place,
                    role=role,
                    geojson=item["geometry"],
                    crs=about["crs"],
                    source=_note(about),
                    licence=about["licence"],
                    map_review_number=about.get("map_review_number") or "",
                )
            )
    Geometry.objects.bulk_create(new, batch_size=500)
    tally.made += len(new)


def _organisations(
    folder: Path, district: Feature, rows: list[Any], towns: Mapping[str, Feature], tally: Tally
) -> None:
    known = {o.code: o for o in Organisation.objects.filter(district=district)}
    aliases = set(Alias.objects.filter(district=district).values_list("name", flat=True))
    for row in rows:
        if not isinstance(row, dict) or not row.get("code") or not row.get("name"):
            raise UnableToLoadDistrict(f"{folder / 'organisations.yaml'}: every organisation needs a code and a name")
        if row["code"] in known:
            continue
        organisation = Organisation.objects.create(
            district=district,
            code=row["code"],
            name=row["name"],
            full_name=row.get("full_name") or "",
            name_en=row.get("name_en") or "",
            kind=OrganisationKind(row.get("kind", OrganisationKind.DEPARTMENT)),
            is_lead_bureau=bool(row.get("lead_bureau", False)),
        )
        names = [name for name in map(tidy, row.get("aliases", [])) if name not in aliases]
        aliases.update(names)
        Alias.objects.bulk_create(
            Alias(district=district, organisation=organisation, name=name, note="bundled") for name in names
        )
        tally.made += 1
    Organisation.objects.bulk_create(
        new := [
            Organisation(
                district=district,
                code=f"town-{town.code}",
                name=town.name,
                full_name=f"{town.name}办事处" if town.category == "街道" else f"{town.name}人民政府",
                name_en=town.name_en,
                kind=OrganisationKind.TOWN,
                place=town,
            )
            for town in towns.values()
            if f"town-{town.code}" not in known
        ]
    )
    tally.made += len(new)


def _note(source: Mapping[str, Any]) -> str:
    parts = [
        source.get("title", ""),
        source.get("publisher", ""),
        source.get("obtained_through", ""),
        source.get("note", ""),
    ]
    return "; ".join(part for part in parts if part)


def _yaml(folder: Path, name: str, kind: type) -> Any:
    path = folder / name
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UnableToLoadDistrict(f"{path} is missing") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise UnableToLoadDistrict(f"{path} cannot be read: {error}") from error
    if not isinstance(content, kind):
        raise UnableToLoadDistrict(f"{path} must hold a {'list' if kind is list else 'mapping'}")
    return content


def _csv(folder: Path, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    path = folder / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if missing := set(columns) - set(reader.fieldnames or ()):
                raise UnableToLoadDistrict(f"{path} lacks the column {', '.join(sorted(missing))}")
            rows = list(reader)
    except FileNotFoundError as error:
        raise UnableToLoadDistrict(f"{path} is missing") from error
    seen: set[str] = set()
    for number, row in enumerate(rows, 2):
        if not all(row[column] for column in columns):
            raise UnableToLoadDistrict(f"{path}, line {number}: an empty cell")
        if row["code"] in seen:
            raise UnableToLoadDistrict(f"{path}, line {number}: the code {row['code']} stands twice")
        seen.add(row["code"])
    return rows
