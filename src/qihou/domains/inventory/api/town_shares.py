"""Numbers of every town by which a district's figures may be divided: people, cropland, output of industry."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from qihou.measure.periods import Period
from qihou.record.api import many_entries
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Entry, Feature, FeatureKind

PROCEDURE, PROCEDURE_NAME, PREFIX = "town-shares", "分镇街统计", "town."
FILE = "town-shares.yaml"


class UnableToReadTownShares(ValueError):
    """The file is not as described here; the sentence names the share and the town."""


@dataclass(frozen=True)
class _Share:
    key: str
    zh: str
    en: str
    unit: str
    year: int
    illustrative: bool
    note: str
    values: dict[str, Decimal]


def load_part(actor: Actor, district: Feature, folder: Path) -> str:
    """Bring in ``town-shares.yaml`` of a district's folder, where it has one; what already stands is kept.

    Raises:
        NotPermitted
        UnableToReadTownShares
    """
    path = folder / FILE
    if not path.exists():
        return ""
    require(actor, Act.OPEN_INVENTORY, district_id=district.pk)
    towns = {town.code: town for town in Feature.objects.filter(district=district, kind=FeatureKind.TOWN)}
    shares = _read(path, set(towns))
    with transaction.atomic():
        rows = []
        for code, town in towns.items():
            wanted = [many_entries.Series(PREFIX + s.key, s.zh, s.unit, s.en) for s in shares]
            streams = many_entries.datastreams_for(
                actor, district, town, PROCEDURE, "year", wanted, procedure_name=PROCEDURE_NAME
            )
            rows += [
                many_entries.NewEntry(
                    streams[PREFIX + s.key], Period.year(s.year), s.values[code],
                    source_place=f"{FILE}: {s.key}.{code}", illustrative=s.illustrative, note=s.note,
                )
                for s in shares
            ]  # fmt: skip
        standing = set(
            Entry.objects.filter(datastream__in=[row.datastream for row in rows]).values_list(
                "datastream_id", "period_start"
            )
        )
        new = [row for row in rows if (row.datastream.pk, row.period.start) not in standing]
        written = many_entries.write_entries(actor, district, new, about=district) if new else None
    return f"{len(written.entries)} shares of towns" if written and written.entries else ""


def _read(path: Path, towns: set[str]) -> list[_Share]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return [_share(path, key, row, towns) for key, row in content["shares"].items()]
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as trouble:
        raise UnableToReadTownShares(
            f"{path}: 应有 shares，每项有 zh、en、unit、year、illustrative、values（{trouble}）。 Write shares, each with these keys."
        ) from trouble


def _share(path: Path, key: str, row: dict[str, Any], towns: set[str]) -> _Share:
    try:
        values = {str(code): Decimal(str(value)) for code, value in row["values"].items()}
    except InvalidOperation as trouble:
        raise UnableToReadTownShares(f"{path}: {key} 有一个值不是数。 A value of {key} is no number.") from trouble
    if missing := sorted(towns ^ set(values)):
        raise UnableToReadTownShares(
            f"{path}: {key} 的镇街与本区不一致：{'、'.join(missing)}。 {key} must name each town once; look at {', '.join(missing)}."
        )
    if negative := [code for code, value in values.items() if value < 0]:
        raise UnableToReadTownShares(f"{path}: {key} 为负：{negative[0]}。 {key} of {negative[0]} is negative.")
    return _Share(
        key,
        row["zh"],
        row["en"],
        row["unit"],
        int(row["year"]),
        bool(row["illustrative"]),
        str(row.get("note", "")),
        values,
    )
