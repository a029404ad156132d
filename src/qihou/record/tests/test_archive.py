"""What leaves one installation arrives in the other, row by row; what has been tampered with does not."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile

import pytest
from django.db import transaction

from qihou.record.api import archive, audit, backup, people, sources
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.api.archives import registry
from qihou.record.api.archives.registry import Excluded, Owned, UndeclaredTable
from qihou.record.models import AuditEvent, Entry, Feature, Organisation, Person, Role, Source

from .builders import make_district, make_officer
from .content import ROWS, SYSTEM, as_if_elsewhere, fill, filled_district, snapshot


def test_every_table_is_declared_once():
    declared = registry.declarations()
    assert set(declared) == set(registry.own_models())
    assert all(d.reason for d in declared.values() if isinstance(d, Excluded))


def test_a_forgotten_table_is_named(monkeypatch):
    from qihou.record import archive_tables

    monkeypatch.setattr(archive_tables, "TABLES", [t for t in archive_tables.TABLES if t.model != "record.Alias"])
    with pytest.raises(UndeclaredTable, match=r"record\.Alias is in no archive_tables\.py"):
        registry.declarations()


def test_an_owned_table_has_its_district():
    for model, table in registry.archived():
        if isinstance(table, Owned) and table.rows is None:
            assert model._meta.get_field("district").related_model is Feature


def test_a_table_stands_after_those_it_refers_to():
    order = [model for model, _ in registry.archived()]
    for position, model in enumerate(order):
        for field in registry.references(model, dict(registry.archived())[model]):
            assert field.related_model in order[: position + 1]


def test_the_generator_fills_every_table(db):
    filled_district()
    for model, _ in registry.archived():
        assert model._default_manager.count() >= ROWS, model
    for model, table in registry.archived():
        for field in registry.columns(model, table):
            if field.null and field.name not in ("district", "parent"):
                values = {getattr(row, field.attname) is None for row in model._default_manager.all()}
                assert values == {True, False}, f"{field} is always or never empty in the generated content"


def test_the_round_trip_keeps_every_row_of_every_table(exported):
    path, rows, _, result = exported
    arrived = archive.import_district(SYSTEM, path)
    after = snapshot(arrived.district.uid)
    assert set(after) == set(rows)
    for table, before in rows.items():
        assert after[table] == before, table
        assert len(before) >= ROWS
    assert {table.lower(): len(r) for table, r in rows.items()} == result.rows
    assert arrived.rows == result.rows


def test_the_round_trip_keeps_the_audit_chain_and_goes_on_with_it(exported):
    path, _, events, _ = exported
    arrived = archive.import_district(SYSTEM, path)
    chain = AuditEvent.objects.filter(chain=str(arrived.district.uid)).order_by("sequence")
    assert [audit.as_line(e) for e in chain][: len(events)] == events
    assert chain.last().act == "district.import"
    assert audit.verify().ok


def test_the_round_trip_keeps_files(exported, files_root):
    path, *_ = exported
    shutil.rmtree(files_root)
    archive.import_district(SYSTEM, path)
    contents = {sources.open_source(source).read() for source in Source.objects.all()}
    assert contents == {f"content record.Source {n}".encode() for n in range(ROWS)}


def test_a_second_archive_of_the_import_is_the_same_again(exported, tmp_path):
    path, *_ = exported
    arrived = archive.import_district(SYSTEM, path)
    again = tmp_path / "again.zip"
    archive.export_district(SYSTEM, arrived.district, again)
    with zipfile.ZipFile(path) as first, zipfile.ZipFile(again) as second:
        for name in first.namelist():
            if name.startswith(("tables/", "files/")):
                assert sorted(first.read(name).splitlines()) == sorted(second.read(name).splitlines())


def test_no_password_travels(db, tmp_path):
    path = tmp_path / "a.zip"

    def make():
        district = make_district("500151", "铜梁区")
        person = people.create_person(SYSTEM, district, username="somebody", name="某人", password="correct-horse-9")
        people.grant_role(SYSTEM, district, person, "auditor")
        Person.objects.filter(pk=person.pk).update(oidc_subject="subject-of-provider")
        return district

    with transaction.atomic():
        secret = make() and Person.objects.get().password
        transaction.set_rollback(True)
    as_if_elsewhere(make, path)
    with zipfile.ZipFile(path) as archived:
        everything = b"".join(archived.read(name) for name in archived.namelist())
    for never in (b"correct-horse-9", secret.split("$")[0].encode(), b"subject-of-provider", b'"password"'):
        assert never not in everything
    archive.import_district(SYSTEM, path)
    person = Person.objects.get(username="somebody")
    assert not person.has_usable_password()
    assert Role.objects.filter(person=person, kind="auditor").exists()


def test_other_districts_stay_at_home(db, tmp_path):
    district, other = make_district("500151", "铜梁区"), make_district("500152", "潼南区")
    fill(other)
    result = archive.export_district(SYSTEM, district, tmp_path / "a.zip")
    assert result.rows["record.feature"] == 2  # itself and the municipality above it
    assert sum(result.rows.values()) == 2
    assert result.files == 0


def test_a_reference_into_another_district_is_named(district, other_district, bureau, tmp_path):
    Organisation.objects.filter(pk=bureau.pk).update(place=other_district)
    with pytest.raises(archive.UnableToExport, match="another district"):
        archive.export_district(SYSTEM, district, tmp_path / "a.zip")
    assert list(tmp_path.glob("*.zip")) == list(tmp_path.glob(".*part")) == []


def test_a_lost_or_altered_file_stops_the_export(district, tmp_path):
    source = sources.receive(SYSTEM, district, name="a.txt", content=b"abc", purpose="plan")
    sources.file_of(source.sha256).write_bytes(b"abd")
    with pytest.raises(archive.UnableToExport, match="no longer what was received"):
        archive.export_district(SYSTEM, district, tmp_path / "a.zip")
    sources.file_of(source.sha256).unlink()
    with pytest.raises(archive.UnableToExport, match="missing"):
        archive.export_district(SYSTEM, district, tmp_path / "a.zip")
    assert not (tmp_path / "a.zip").exists()


def test_who_may_export_and_import(district, officer, lead, auditor, tmp_path):
    for actor in (officer, auditor, Actor.public()):
        with pytest.raises(NotPermitted):
            archive.export_district(actor, district, tmp_path / "a.zip")
    archive.export_district(lead, district, tmp_path / "a.zip")
    with pytest.raises(NotPermitted):
        archive.import_district(lead, tmp_path / "a.zip")


def test_the_export_is_logged_with_its_hash(district, tmp_path):
    result = archive.export_district(SYSTEM, district, tmp_path / "a.zip")
    event = AuditEvent.objects.get(act="district.export")
    assert event.detail["sha256"] == result.sha256 == hashlib.sha256((tmp_path / "a.zip").read_bytes()).hexdigest()


def test_an_export_that_cannot_be_logged_leaves_no_file(district, tmp_path, monkeypatch):
    def refuse(*args, **kwargs):
        raise OSError("no room")

    monkeypatch.setattr("qihou.record.api.audit.write", refuse)
    with pytest.raises(OSError, match="no room"):
        archive.export_district(SYSTEM, district, tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_cannot_be_put_in_its_place_is_not_logged(district, tmp_path):
    (tmp_path / "a.zip").mkdir()
    with pytest.raises(OSError):
        archive.export_district(SYSTEM, district, tmp_path / "a.zip")
    assert not AuditEvent.objects.filter(act="district.export").exists()


def test_a_backup_is_logged(district, tmp_path):
    made = backup.backup(SYSTEM, tmp_path / "b.zip", portable=True)
    event = AuditEvent.objects.get(act="installation.backup")
    assert made.path.exists()
    assert event.detail == {"engine": "rows", "files": made.files, "with_signing_key": False}
    assert event.district_code == ""


# --- arriving where something is already ---------------------------------------------------------------------------


def test_a_district_in_use_is_never_replaced(exported):
    path, *_ = exported
    archive.import_district(SYSTEM, path)
    before = snapshot(None)
    with pytest.raises(archive.UnableToImport, match="in use here"):
        archive.import_district(SYSTEM, path)
    assert snapshot(None) == before


def test_a_district_nobody_worked_in_makes_room_and_its_people_stay(exported):
    path, rows, *_ = exported
    loaded = make_district("500151", "铜梁区")
    for act in ("district.load", "role.grant", "session.start", "second_factor.enrol", "person.create"):
        audit.write(SYSTEM, act, district=loaded)
    code = next(iter(rows["record.Organisation"].values()))["code"]
    organisation = Organisation.objects.create(district=loaded, code=code, name="局")
    make_officer("admin", loaded, "administrator", None)
    make_officer("here", loaded, "department", organisation)
    arrived = archive.import_district(SYSTEM, path)
    assert Feature.objects.filter(kind="district").get() == arrived.district != loaded
    assert Role.objects.get(person__username="admin").district == arrived.district
    here = Role.objects.get(person__username="here")
    assert (here.organisation.code, here.person.organisation.code) == (code, code)
    assert here.organisation.district == arrived.district
    result = audit.verify()
    assert result.ok
    assert {str(loaded.uid), str(arrived.district.uid), ""} == set(result.heads)  # no chain is lost


@pytest.mark.parametrize(
    "act", ["entry.write", "plan.import", "organisation.alias", "district.import", "geometry.replace"]
)
def test_any_work_in_a_district_keeps_it(exported, act):
    loaded = make_district("500151", "铜梁区")
    audit.write(SYSTEM, act, district=loaded)
    with pytest.raises(archive.UnableToImport, match=f"in use here \\({act}\\)"):
        archive.import_district(SYSTEM, exported[0])
    assert Feature.objects.filter(kind="district").get() == loaded


def test_a_taken_user_name_is_changed_and_said(exported):
    path, rows, *_ = exported
    name = next(iter(rows["record.Person"].values()))["username"]
    mine = Person.objects.create(username=name, name="别人")
    arrived = archive.import_district(SYSTEM, path)
    assert arrived.renamed == {name: f"{name}.500151"}
    assert Person.objects.get(username=name) == mine
    assert Person.objects.filter(username=f"{name}.500151").exists()


def test_a_property_with_another_unit_stops_the_import(exported):
    from qihou.record.models import Property

    path, rows, *_ = exported
    code = next(iter(rows["record.Property"].values()))["code"]
    Property.objects.create(code=code, name="x", unit="another")
    with pytest.raises(archive.UnableToImport, match="unit is 'another' here"):
        archive.import_district(SYSTEM, path)
    assert not Entry.objects.exists()


def test_a_property_known_here_is_used(exported):
    from qihou.record.models import Property

    path, rows, *_ = exported
    theirs = next(iter(rows["record.Property"].values()))
    mine = Property.objects.create(code=theirs["code"], name="x", unit=theirs["unit"])
    archive.import_district(SYSTEM, path)
    assert Property.objects.filter(code=theirs["code"]).get() == mine
    assert Property.objects.count() == ROWS


def test_a_failed_export_leaves_the_former_file(district, tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    path.write_bytes(b"the former one")
    source = sources.receive(SYSTEM, district, name="a", content=io.BytesIO(b"abc"), purpose="plan")
    sources.file_of(source.sha256).unlink()
    with pytest.raises(archive.UnableToExport):
        archive.export_district(SYSTEM, district, path)
    assert path.read_bytes() == b"the former one"
    assert [p.name for p in tmp_path.iterdir() if p.is_file()] == ["a.zip"]
