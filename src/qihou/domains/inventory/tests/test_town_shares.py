"""Numbers of towns: read from a district's folder once, refused where they do not fit, and used to divide."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from qihou.domains.inventory.api import allocating, town_shares
from qihou.domains.inventory.api.town_shares import UnableToReadTownShares
from qihou.domains.inventory.tests.inventory_world import World, make_world
from qihou.record.api.access import NotPermitted
from qihou.record.models import Entry, Feature, FeatureKind

pytestmark = pytest.mark.django_db
CODES = ("500151001", "500151002")


@pytest.fixture
def world():
    made = make_world()
    for code in CODES:
        Feature.objects.create(
            kind=FeatureKind.TOWN, code=code, name=code, parent=made.district, district=made.district
        )
    return made


def folder(tmp_path: Path, **changed: object) -> Path:
    share = {
        "zh": "常住人口", "en": "resident population", "unit": "人", "year": 2020, "illustrative": True, "note": "示例",
        "values": {CODES[0]: 30000, CODES[1]: 10000},
    }  # fmt: skip
    text = yaml.safe_dump({"shares": {"population": share | changed}}, allow_unicode=True)
    (tmp_path / town_shares.FILE).write_text(text, encoding="utf-8")
    return tmp_path


def load(world: World, where: Path, who: str = "lead") -> str:
    return town_shares.load_part(world.actor(who), world.district, where)


def test_shares_are_loaded_once_and_stay_illustrative(world, tmp_path):
    where = folder(tmp_path)
    assert load(world, where) == "2 shares of towns"
    assert load(world, where) == ""
    assert Entry.objects.filter(illustrative=True, note="示例").count() == 2
    basis = next(b for b in allocating.bases(world.actor("auditor"), world.district) if b.key == "population")
    assert (basis.name, basis.unit, basis.year, basis.illustrative) == ("常住人口", "人", 2020, True)
    assert {code: int(weight) for code, weight in basis.weights.items()} == {CODES[0]: 30000, CODES[1]: 10000}


def test_a_folder_without_the_file_brings_nothing(world, tmp_path):
    assert load(world, tmp_path) == ""


def test_only_the_bureau_loads(world, tmp_path):
    with pytest.raises(NotPermitted):
        load(world, folder(tmp_path), "forestry")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({CODES[0]: 1}, CODES[1]),
        ({CODES[0]: 1, CODES[1]: 2, "500151009": 3}, "500151009"),
        ({CODES[0]: 1, CODES[1]: "many"}, "population"),
        ({CODES[0]: 1, CODES[1]: -2}, CODES[1]),
    ],
)
def test_what_does_not_fit_is_named(world, tmp_path, values, named):
    with pytest.raises(UnableToReadTownShares, match=named):
        load(world, folder(tmp_path, values=values))


def test_a_file_of_another_form_is_refused(world, tmp_path):
    (tmp_path / town_shares.FILE).write_text("- 1\n", encoding="utf-8")
    with pytest.raises(UnableToReadTownShares, match="shares"):
        load(world, tmp_path)


def test_a_share_that_lacks_a_town_is_not_offered(world, tmp_path):
    load(world, folder(tmp_path))
    code = "500151003"
    Feature.objects.create(kind=FeatureKind.TOWN, code=code, name=code, parent=world.district, district=world.district)
    assert [b.key for b in allocating.bases(world.actor("auditor"), world.district)] == ["equal"]
