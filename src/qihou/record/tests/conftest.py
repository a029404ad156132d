from __future__ import annotations

from pathlib import Path

import pytest

from qihou.record.models import Feature, Organisation, Person

from .builders import make_district, make_officer
from .content import as_if_elsewhere, filled_district
from .installation import Installation, prepared


@pytest.fixture(autouse=True)
def files_root(settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def district(db) -> Feature:
    return make_district("500151", "铜梁区")


@pytest.fixture
def other_district(db) -> Feature:
    return make_district("500152", "潼南区")


@pytest.fixture
def bureau(district: Feature) -> Organisation:
    return Organisation.objects.create(district=district, code="ecology", name="区生态环境局", is_lead_bureau=True)


@pytest.fixture
def water(district: Feature) -> Organisation:
    return Organisation.objects.create(district=district, code="water", name="区水利局")


@pytest.fixture
def lead(district, bureau):
    """An officer of the lead bureau, as an actor."""
    return make_officer("lead", district, "lead_bureau", bureau)


@pytest.fixture
def second_lead(district, bureau):
    return make_officer("lead2", district, "lead_bureau", bureau)


@pytest.fixture
def officer(district, water):
    """An officer of the water bureau."""
    return make_officer("water", district, "department", water)


@pytest.fixture
def administrator(district):
    return make_officer("chief", district, "administrator", None)


@pytest.fixture
def auditor(district):
    return make_officer("auditor", district, "auditor", None)


@pytest.fixture
def person_of(db):
    def find(actor) -> Person:
        return Person.objects.get(pk=actor.person_id)

    return find


@pytest.fixture(scope="session")
def empty_installation(tmp_path_factory) -> Installation:
    """Tables and nothing in them; copy it before changing it."""
    return prepared(tmp_path_factory.mktemp("installation") / "empty")


@pytest.fixture(scope="session")
def filled_installation(empty_installation, tmp_path_factory) -> Installation:
    """A district with rows in every table and stored files; copy it before changing it."""
    made = empty_installation.copy(tmp_path_factory.mktemp("installation") / "filled")
    made.python("from qihou.record.tests.content import filled_district\nfilled_district()")
    return made


@pytest.fixture
def exported(db, tmp_path):
    """An archive of generated content: its path, the rows and events it holds, and what the export said."""
    path = tmp_path / "district.zip"
    return path, *as_if_elsewhere(filled_district, path)
