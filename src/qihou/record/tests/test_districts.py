from __future__ import annotations

import json
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from qihou.record.api import districts
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.models import Alias, AuditEvent, Feature, FeatureKind, Geometry, Organisation

SYSTEM = Actor.system("test")
TONGLIANG = Path(__file__).parents[4] / "districts" / "tongliang"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(TONGLIANG, tmp_path / "tongliang"))


def test_tongliang_is_what_the_district_says_of_itself(db):
    district = districts.load_district(SYSTEM, TONGLIANG)
    assert (district.code, district.name, district.parent.name) == ("500151", "铜梁区", "重庆市")
    assert district.district == district
    # The plan's own text: 28 towns and subdistricts, 333 villages and communities, of which 266 villages.
    assert Counter(Feature.objects.filter(kind="town").values_list("category", flat=True)) == {"街道": 5, "镇": 23}
    assert Counter(Feature.objects.filter(kind="village").values_list("category", flat=True)) == {"村": 266, "社区": 67}
    assert Organisation.objects.filter(kind="town").count() == 28
    assert Organisation.objects.get(is_lead_bureau=True).name == "区生态环境局"


def test_codes_nest_as_the_statistics_bureau_builds_them(db):
    """Nine digits of a town begin with the district's six; twelve of a village with the town's nine (GB/T 10114)."""
    districts.load_district(SYSTEM, TONGLIANG)
    for town in Feature.objects.filter(kind="town").select_related("parent"):
        assert len(town.code) == 9
        assert town.code.startswith("500151")
        assert town.parent.code == "500151"
    for village in Feature.objects.filter(kind="village").select_related("parent"):
        assert len(village.code) == 12
        assert village.parent.code == village.code[:9]


def ring_area_km2(ring):
    """Area of a small ring on a sphere of 6371.0 km, projected with equal area along its mean latitude."""
    from math import cos, radians

    latitude = sum(y for _, y in ring) / len(ring)
    kx, ky = 111.195 * cos(radians(latitude)), 111.195
    return abs(sum((a[0] * b[1] - b[0] * a[1]) * kx * ky for a, b in pairwise(ring))) / 2


def inside(point, ring):
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            crossings += 1
    return crossings % 2 == 1


def test_the_boundary_has_the_districts_area_and_holds_its_towns(db):
    district = districts.load_district(SYSTEM, TONGLIANG)
    ring = Geometry.objects.get(feature=district, role="boundary").geojson["coordinates"][0][0]
    assert ring_area_km2(ring) == pytest.approx(1341, rel=0.01)  # 1 341 km² in the district's statistics
    points = Geometry.objects.filter(role="point").select_related("feature")
    assert points.count() == 28
    assert [p.feature.name for p in points if not inside(p.geojson["coordinates"], ring)] == []


def test_every_geometry_says_where_it_comes_from(db):
    districts.load_district(SYSTEM, TONGLIANG)
    for geometry in Geometry.objects.all():
        assert geometry.source
        assert geometry.licence
        assert geometry.crs.endswith(("(EPSG:4490)", "(EPSG:4326)"))
    assert "无审图号" in Geometry.objects.get(role="boundary").source
    assert not Geometry.objects.exclude(map_review_number="").exists()


def test_loading_again_changes_nothing(db):
    def everything():
        return [list(m.objects.order_by("pk").values()) for m in (Feature, Geometry, Organisation, Alias, AuditEvent)]

    districts.load_district(SYSTEM, TONGLIANG)
    before = everything()
    districts.load_district(SYSTEM, TONGLIANG)
    assert everything() == before


def test_loading_again_keeps_what_people_changed(db):
    district = districts.load_district(SYSTEM, TONGLIANG)
    Organisation.objects.filter(code="water").update(name="区水务局", active=False)
    districts.replace_geometry(
        SYSTEM, district, role="boundary", geojson={"type": "Polygon", "coordinates": []},
        crs="CGCS2000 (EPSG:4490)", source="区规资局", licence="内部", map_review_number="渝S(2026)001号",
    )  # fmt: skip
    districts.load_district(SYSTEM, TONGLIANG)
    assert Organisation.objects.get(code="water").name == "区水务局"
    assert Geometry.objects.get(feature=district, current=True).map_review_number == "渝S(2026)001号"
    assert Geometry.objects.filter(feature=district, current=False).count() == 1


def test_a_renamed_village_takes_its_new_name(folder, db):
    districts.load_district(SYSTEM, folder)
    path = folder / "villages.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("东方社区居民委员会", "东方红社区居民委员会"), encoding="utf-8"
    )
    districts.load_district(SYSTEM, folder)
    assert Feature.objects.get(code="500151001001").name == "东方红社区居民委员会"
    assert AuditEvent.objects.filter(act="district.load").last().detail == {"made": 0, "changed": 1}


def replace(name, old, new):
    def change(folder):
        path = folder / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return change


def boundary_of_nowhere(folder):
    path = folder / "boundary.geojson"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["features"][0]["properties"]["code"] = "1"
    path.write_text(json.dumps(content), encoding="utf-8")


BROKEN = {
    "no district.yaml": (lambda f: (f / "district.yaml").unlink(), "district.yaml is missing"),
    "no towns": (lambda f: (f / "towns.csv").unlink(), "towns.csv is missing"),
    "code is a number": (replace("district.yaml", '"500151"', "500151"), "code must be a text"),
    "not yaml": (replace("district.yaml", "code:", "code: ["), "cannot be read"),
    "a list": (lambda f: (f / "district.yaml").write_text("- a\n"), "must hold a mapping"),
    "column gone": (replace("towns.csv", "category", "kind"), "lacks the column category"),
    "empty cell": (replace("towns.csv", "土桥镇,镇", ",镇"), "line 7: an empty cell"),
    "twice": (replace("towns.csv", "500151103,", "500151101,"), "line 8: the code 500151101 stands twice"),
    "village nowhere": (replace("villages.csv", "500151001,", "500151999,"), "lies in no town"),
    "boundary without licence": (replace("sources.yaml", "  crs: CGCS2000 (EPSG:4490)\n", ""), "needs a source"),
    "boundary of nowhere": (boundary_of_nowhere, "no place has the code '1'"),
    "no geojson": (lambda f: (f / "boundary.geojson").write_text("{}"), "not a GeoJSON"),
    "organisation without code": (replace("organisations.yaml", "code: ecology, ", ""), "needs a code and a name"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_folder_is_refused_and_leaves_nothing(case, folder, db):
    change, sentence = BROKEN[case]
    change(folder)
    with pytest.raises(districts.UnableToLoadDistrict, match=sentence):
        districts.load_district(SYSTEM, folder)
    assert not Feature.objects.exists()


def test_only_the_system_brings_in_a_new_district(db, administrator, officer):
    with pytest.raises(NotPermitted):
        districts.load_district(officer, TONGLIANG)
    Feature.objects.filter(kind=FeatureKind.DISTRICT).update(code="999999")
    with pytest.raises(NotPermitted):
        districts.load_district(administrator, TONGLIANG)


def test_a_geometry_without_provenance_is_refused(lead, district):
    with pytest.raises(districts.UnableToLoadDistrict, match="licence"):
        districts.replace_geometry(
            lead,
            district,
            role="boundary",
            geojson={"type": "Point", "coordinates": [1, 2]},
            crs="x",
            source="y",
            licence=" ",
        )


def test_districts_are_found_by_code(district, other_district):
    assert districts.district_by_code("500152") == other_district
    assert list(districts.districts()) == [district, other_district]
    with pytest.raises(Feature.DoesNotExist):
        districts.district_by_code("1")


def test_the_bundled_demo_accounts_fit_the_district_and_hold_no_password(db):
    from qihou.record.api import people
    from qihou.record.models import RoleKind

    district = districts.load_district(SYSTEM, TONGLIANG)
    accounts = districts.demo_accounts(TONGLIANG)
    assert {a.role for a in accounts} == set(RoleKind.values)
    assert len(people.create_demo_accounts(SYSTEM, district, accounts)) == len(accounts)
    assert "password" not in (TONGLIANG / "demo-accounts.yaml").read_text(encoding="utf-8").lower().replace(
        "no password", ""
    )


def test_a_demo_account_with_a_password_is_refused(folder, db):
    (folder / "demo-accounts.yaml").write_text("- {username: a, name: a, role: auditor, password: b}")
    with pytest.raises(districts.UnableToLoadDistrict, match="password"):
        districts.demo_accounts(folder)
    (folder / "demo-accounts.yaml").unlink()
    assert districts.demo_accounts(folder) == []
