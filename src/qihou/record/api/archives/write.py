"""Write a district's archive: one .zip of tables, audit log, files and a manifest that names each part's SHA-256."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from qihou import __version__
from qihou.record.api import audit, sources
from qihou.record.api.access import Act, Actor, require
from qihou.record.api.archives.registry import Owned, Shared, archived, columns, references
from qihou.record.api.archives.rows import to_json
from qihou.record.models import AuditEvent, Feature

FORMAT = 1
AUDIT = "audit.jsonl"
MANIFEST = "manifest.json"


class UnableToExport(Exception):
    """The district cannot be written as one consistent archive; the message says which row or file stands in the way."""


@dataclass
class Export:
    """What was written: the file, its own SHA-256 (note it: it proves the archive later), rows per table, files."""

    path: Path
    sha256: str
    rows: dict[str, int]
    files: int


@dataclass
class _Parts:
    """The parts written so far, for the manifest."""

    archive: zipfile.ZipFile
    listed: list[dict[str, Any]] = field(default_factory=list)

    def add(self, name: str, chunks: Iterable[bytes], **more: Any) -> None:
        digest, size = hashlib.sha256(), 0
        with self.archive.open(name, "w", force_zip64=True) as out:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                out.write(chunk)
        self.listed.append({"name": name, "sha256": digest.hexdigest(), "size": size, **more})


def table_part(model: type[Model]) -> str:
    return f"tables/{model._meta.label_lower}.jsonl"


def file_part(sha256: str) -> str:
    return f"files/{sha256}"


def export_district(actor: Actor, district: Feature, path: Path | str) -> Export:
    """Write all of a district to ``path``, which appears only when it is complete.

    Rows are read in one transaction, so they fit together. Never in it: passwords, second factors, sessions.

    Raises:
        NotPermitted, UnableToExport.
    """
    require(actor, Act.EXPORT_DISTRICT, district_id=district.pk)
    path = Path(path)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-", suffix=".part")
    try:
        with os.fdopen(handle, "w+b") as stream:
            with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                parts = _Parts(archive)
                with _one_moment():
                    rows, files = _write_tables(parts, district)
                    _write_audit(parts, district)
                for sha256 in sorted(files):
                    parts.add(file_part(sha256), _file_chunks(sha256))
                manifest = {
                    "format": FORMAT,
                    "program": __version__,
                    "district": {"uid": str(district.uid), "code": district.code, "name": district.name},
                    "written_at": timezone.now().isoformat(),
                    "parts": parts.listed,
                }
                archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
            stream.flush()
            os.fsync(stream.fileno())
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        with transaction.atomic():  # no archive without its event, and no event without its archive
            audit.write(
                actor, "district.export", district=district, about=district,
                detail={"sha256": sha256, "rows": sum(rows.values()), "files": len(files)},
            )  # fmt: skip
            os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Export(path, sha256, rows, len(files))


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction whose reads all see the same moment."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _write_tables(parts: _Parts, district: Feature) -> tuple[dict[str, int], set[str]]:
    tables = archived()
    uids: dict[type[Model], dict[int, UUID]] = {}
    wanted: dict[type[Model], set[int]] = defaultdict(set)
    chosen: dict[type[Model], QuerySet[Any]] = {}
    for model, table in tables:
        if isinstance(table, Owned):
            rows = table.rows(district) if table.rows else model._default_manager.filter(district=district)
            chosen[model] = rows
            uids[model] = dict(rows.order_by().values_list("pk", "uid"))
    shared = {model: table for model, table in tables if isinstance(table, Shared)}
    for model, table in tables:
        for reference in references(model, table):
            if isinstance(table, Owned) and reference.related_model in shared:
                ids = chosen[model].order_by().values_list(reference.attname, flat=True).distinct()
                wanted[cast(type[Model], reference.related_model)].update(pk for pk in ids if pk is not None)
    for model, shared_table in shared.items():
        if shared_table.also:
            wanted[model].update(shared_table.also(district).values_list("pk", flat=True))
        chosen[model] = model._default_manager.filter(pk__in=wanted[model])
        uids[model] = dict(chosen[model].order_by().values_list("pk", "uid"))
    counts: dict[str, int] = {}
    files: set[str] = set()
    for model, table in tables:
        lines = _lines(model, table, chosen[model], uids)
        parts.add(table_part(model), lines, table=model._meta.label_lower, rows=len(uids[model]))
        counts[model._meta.label_lower] = len(uids[model])
        if isinstance(table, Owned) and table.files:
            files.update(chosen[model].order_by().values_list(table.files, flat=True))
    return counts, files


def _lines(
    model: type[Model], table: Owned | Shared, rows: QuerySet[Any], uids: dict[type[Model], dict[int, UUID]]
) -> Iterator[bytes]:
    fields = columns(model, table)
    targets = {f.name: cast(type[Model], f.related_model) for f in references(model, table)}
    for row in rows.order_by("pk").values(*[f.attname for f in fields]).iterator(chunk_size=1000):
        line = {}
        for column in fields:
            value = row[column.attname]
            if value is not None and column.name in targets:
                uid = uids[targets[column.name]].get(value)
                if uid is None and isinstance(table, Owned):
                    raise UnableToExport(
                        f"{model._meta.label} {row['uid']}: {column.name} refers to a row of another district"
                    )
                value = uid  # a shared row (a person) may belong to an organisation elsewhere: that does not travel
            line[column.name] = to_json(column, value)
        yield json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _write_audit(parts: _Parts, district: Feature) -> None:
    events = AuditEvent.objects.filter(chain=str(district.uid)).order_by("sequence")
    result = audit.verify(events.iterator(chunk_size=1000))
    if not result.ok:
        raise UnableToExport(f"the district's audit log does not hold: {result.message}")
    lines = (audit.as_line(event).encode() + b"\n" for event in events.iterator(chunk_size=1000))
    parts.add(AUDIT, lines, rows=result.count)


def _file_chunks(sha256: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    try:
        with sources.file_of(sha256).open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
                yield chunk
    except FileNotFoundError as error:
        raise UnableToExport(f"the stored file {sha256} is missing") from error
    if digest.hexdigest() != sha256:
        raise UnableToExport(f"the stored file {sha256} is no longer what was received")
