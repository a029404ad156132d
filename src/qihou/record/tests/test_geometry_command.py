"""Another outline in the place of the present one, from the command line."""

from __future__ import annotations

import json

import click
import pytest
from click.testing import CliRunner

from qihou.record.commands import COMMANDS
from qihou.record.models import AuditEvent, Geometry

QIHOU = click.Group(commands={command.name: command for command in COMMANDS})
TRIANGLE = {"type": "Polygon", "coordinates": [[[106.0, 29.8], [106.1, 29.8], [106.0, 29.9], [106.0, 29.8]]]}
ORIGIN = ["--crs", "CGCS2000 (EPSG:4490)", "--source", "区规划部门 2026", "--licence", "内部使用"]


def replace(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(QIHOU, ["district", "geometry", *(str(a) for a in arguments), *ORIGIN])
    return result.exit_code, result.output


@pytest.mark.parametrize(
    "content",
    [
        TRIANGLE,
        {"type": "Feature", "properties": {}, "geometry": TRIANGLE},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": TRIANGLE}]},
    ],
    ids=["geometry", "feature", "collection of one"],
)
def test_the_new_outline_is_current_and_the_old_one_kept(district, tmp_path, content):
    file = tmp_path / "outline.geojson"
    file.write_text(json.dumps(content), encoding="utf-8")
    before = Geometry.objects.filter(feature=district, role="boundary").count()
    status, printed = replace(district.code, file, "--map-review-number", "渝S(2026)001号")
    assert status == 0, printed
    current = Geometry.objects.get(feature=district, role="boundary", current=True)
    assert (current.geojson, current.map_review_number) == (TRIANGLE, "渝S(2026)001号")
    assert Geometry.objects.filter(feature=district, role="boundary").count() == before + 1
    assert AuditEvent.objects.filter(act="geometry.replace", about_uid=district.uid).exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "is no GeoJSON"), ('{"type": "FeatureCollection", "features": []}', "0 features"), ("[]", "no geometry")],
)
def test_what_is_no_outline_gets_a_sentence(district, tmp_path, content, said):
    file = tmp_path / "outline.geojson"
    file.write_text(content, encoding="utf-8")
    status, printed = replace(district.code, file)
    assert (status, said in printed) == (1, True), printed
    assert not Geometry.objects.filter(source="区规划部门 2026").exists()


def test_an_unknown_code_gets_a_sentence(district, tmp_path):
    file = tmp_path / "outline.geojson"
    file.write_text(json.dumps(TRIANGLE), encoding="utf-8")
    status, printed = replace("999999", file)
    assert (status, "999999" in printed) == (1, True)
