"""An archive that has been tampered with is refused with a sentence, and nothing has changed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qihou.record.api import archive
from qihou.record.models import AuditEvent, Feature

from .content import SYSTEM, snapshot


def rewritten(path: Path, change, *, honest: bool = True) -> Path:
    """The archive with ``change(parts)`` applied; ``honest`` recomputes the manifest, as a careful forger would."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(parts["manifest.json"])
    change(parts, manifest)
    if honest:
        for part in manifest["parts"]:
            if part["name"] in parts:
                part["sha256"] = hashlib.sha256(parts[part["name"]]).hexdigest()
                part["size"] = len(parts[part["name"]])
    if "manifest.json" in parts:
        parts["manifest.json"] = json.dumps(manifest).encode()
    out = path.with_name("changed.zip")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out


def edit_line(parts, name, **values):
    lines = parts[name].splitlines()
    lines[0] = json.dumps({**json.loads(lines[0]), **values}).encode()
    parts[name] = b"\n".join(lines) + b"\n"


def set_manifest(**values):
    return lambda parts, manifest: manifest.update(values)


def add_part(name):
    def change(parts, manifest):
        parts[name] = b"x"
        manifest["parts"].append({"name": name, "size": 1, "sha256": hashlib.sha256(b"x").hexdigest()})

    return change


def drop(name):
    def change(parts, manifest):
        del parts[name]
        manifest["parts"] = [p for p in manifest["parts"] if p["name"] != name]

    return change


ENTRY = "tables/record.entry.jsonl"
FORGERIES = {
    "manifest gone": (lambda parts, manifest: parts.pop("manifest.json"), "no manifest"),
    "newer format": (set_manifest(format=2), "update the program first"),
    "format zero": (set_manifest(format=0), "incomplete"),
    "no format": (set_manifest(format=None), "states no format"),
    "no district": (set_manifest(district=None), "incomplete"),
    "parts no list": (set_manifest(parts={}), "incomplete"),
    "another district's name": (
        set_manifest(district={"uid": "11111111-1111-4111-8111-111111111111", "code": "1", "name": "x"}),
        "no event of this district",
    ),
    "path upwards": (add_part("../../etc/passwd"), "cannot be named"),
    "absolute path": (add_part("/etc/passwd"), "cannot be named"),
    "unknown table": (add_part("tables/record.future.jsonl"), "does not know"),
    "file by another name": (add_part("files/" + "0" * 64), "not named after its content"),
    "unlisted part": (lambda parts, manifest: parts.update({"extra": b"x"}), "does not list"),
    "table gone": (drop(ENTRY), "lacks tables/record.entry.jsonl"),
    "audit gone": (drop("audit.jsonl"), "no audit log"),
    "part listed, not there": (lambda parts, manifest: parts.pop(ENTRY), "not in the file"),
    "part twice": (lambda parts, manifest: manifest["parts"].append(manifest["parts"][0]), "twice"),
    "audit event changed": (lambda p, m: edit_line(p, "audit.jsonl", actor_name="somebody"), "altered"),
    "audit event removed": (
        lambda p, m: p.update({"audit.jsonl": b"\n".join(p["audit.jsonl"].splitlines()[1:])}),
        "altered",
    ),
    "audit line no event": (lambda p, m: p.update({"audit.jsonl": b'{"a":1}\n'}), "no event of this district"),
    "line no json": (lambda p, m: p.update({ENTRY: b"{"}), "line 1: not a line of JSON"),
    "deep json": (lambda p, m: p.update({ENTRY: b"[" * 100_000}), "line 1: not a line of JSON"),
    "line no row": (lambda p, m: p.update({ENTRY: b"[]\n"}), "line 1: not a row"),
    "unknown column": (lambda p, m: edit_line(p, ENTRY, colour="red"), "colour"),
    "no number": (lambda p, m: edit_line(p, ENTRY, value="much"), "cannot be 'much'"),
    "no whole number": (lambda p, m: edit_line(p, ENTRY, revision="one"), "cannot be 'one'"),
    "not finite": (lambda p, m: edit_line(p, ENTRY, value="NaN"), "cannot be 'NaN'"),
    "a number to fill the memory": (lambda p, m: edit_line(p, ENTRY, value="1E+999999999"), "cannot be"),
    "no date": (lambda p, m: edit_line(p, ENTRY, period_start="2021-13-01"), "cannot be"),
    "empty where it may not be": (lambda p, m: edit_line(p, ENTRY, unit=None), "may not be empty"),
    "NUL": (lambda p, m: edit_line(p, ENTRY, reason="a\x00b"), "NUL"),
    "unknown state": (lambda p, m: edit_line(p, ENTRY, status="wonderful"), "knows no 'wonderful'"),
    "reference to nothing": (
        lambda p, m: edit_line(p, ENTRY, datastream="11111111-1111-4111-8111-111111111111"),
        "not there",
    ),
    "reference no uid": (lambda p, m: edit_line(p, ENTRY, datastream=5), "cannot be"),
    "value without meaning": (
        lambda p, m: edit_line(p, ENTRY, value=None, notation="", reason=""),
        "do not fit together",
    ),
    "same uid twice": (
        lambda p, m: p.update({ENTRY: p[ENTRY] + p[ENTRY].splitlines()[0] + b"\n"}),
        "do not fit together",
    ),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_archive_is_refused_with_a_sentence_and_changes_nothing(exported, forgery):
    change, sentence = FORGERIES[forgery]
    with pytest.raises(archive.UnableToImport, match=sentence):
        archive.import_district(SYSTEM, rewritten(exported[0], change))
    assert not Feature.objects.exists()
    assert not AuditEvent.objects.exists()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_any_changed_byte_of_any_part_is_found(exported, data):
    path = exported[0]
    with zipfile.ZipFile(path) as old:
        names = [n for n in old.namelist() if n != "manifest.json" and old.getinfo(n).file_size]
    name = data.draw(st.sampled_from(sorted(names)))

    def change(parts, manifest):
        position = data.draw(st.integers(0, len(parts[name]) - 1))
        content = bytearray(parts[name])
        content[position] ^= data.draw(st.integers(1, 255))
        parts[name] = bytes(content)

    with pytest.raises(archive.UnableToImport, match="SHA-256"):
        archive.import_district(SYSTEM, rewritten(path, change, honest=False))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_any_damage_to_the_file_itself_ends_in_a_sentence_or_the_same_rows(exported, data):
    """A flipped byte may fall into a part of the .zip that nobody reads; then everything must still be right."""
    path, rows, *_ = exported
    content = bytearray(path.read_bytes())
    position = data.draw(st.integers(0, len(content) - 1))
    content[position] ^= data.draw(st.integers(1, 255))
    damaged = path.with_name("damaged.zip")
    damaged.write_bytes(bytes(content))
    with transaction.atomic():
        try:
            archive.import_district(SYSTEM, damaged)
        except archive.UnableToImport:
            assert not Feature.objects.exists()
        else:
            assert snapshot(None) == rows
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"no zip at all", b"PK\x05\x06" + b"\0" * 18, b"\x1f\x8b" + b"\0" * 50]
)
def test_what_is_no_archive_is_refused(db, tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(archive.UnableToImport):
        archive.import_district(SYSTEM, path)


def test_a_file_cut_short_is_refused(exported):
    path = exported[0]
    content = path.read_bytes()
    for length in (len(content) // 2, len(content) - 10):
        path.write_bytes(content[:length])
        with pytest.raises(archive.UnableToImport, match="cut short"):
            archive.import_district(SYSTEM, path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(exported):
    def change(parts, manifest):
        parts[ENTRY] = b"\n" * 110_000_000

    with pytest.raises(archive.UnableToImport, match="refused"):
        archive.import_district(SYSTEM, rewritten(exported[0], change))


def test_a_part_that_lies_about_its_size_is_refused(exported):
    """The directory of the .zip states a size; unpacking stops there whatever follows."""
    path = exported[0]
    with zipfile.ZipFile(path) as old:
        size = old.getinfo(ENTRY).file_size
    content = path.read_bytes()
    assert content.count(size.to_bytes(4, "little")) >= 1
    path.write_bytes(content.replace(size.to_bytes(4, "little"), (size - 1).to_bytes(4, "little")))
    with pytest.raises(archive.UnableToImport):
        archive.import_district(SYSTEM, path)
