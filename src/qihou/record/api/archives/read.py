"""Take a district's archive in: all of it, in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import Field, Model

from qihou.record.api import audit, sources
from qihou.record.api.access import Act, Actor, require
from qihou.record.api.archives.opened import OpenedArchive, UnableToImport, open_archive
from qihou.record.api.archives.registry import Owned, Shared, archived, columns, references
from qihou.record.api.archives.rows import UnreadableValue, from_json
from qihou.record.api.archives.untouched import clear_untouched, give_back_people
from qihou.record.api.archives.write import AUDIT, table_part
from qihou.record.models import AuditEvent, Feature, FeatureKind

_BATCH = 500


@dataclass
class Import:
    """What was taken in. ``renamed`` maps user names that were taken here to the ones given instead."""

    district: Feature
    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    renamed: dict[str, str] = field(default_factory=dict)


def import_district(actor: Actor, path: Path | str) -> Import:
    """Take in an archive written by :func:`~qihou.record.api.archives.write.export_district`.

    The district must not be here yet, or be here only as loaded from its folder with nobody having worked in it; then
    the archive's takes its place and the people keep their roles. People arrive without passwords.

    Raises:
        UnableToImport: not an archive, damaged, altered, newer than this program, or the district is in use here.
        NotPermitted: a whole district is brought in from the command line only.
    """
    opened = open_archive(Path(path))
    with opened.archive:
        about = opened.manifest["district"]
        require(actor, Act.MANAGE_PLACES, district_id=0)
        expected = {table_part(model) for model, _ in archived()}
        present = {name for name in opened.parts if name.startswith("tables/")}
        if unknown := present - expected:
            raise UnableToImport(
                f"the archive holds {sorted(unknown)[0]}, which this program does not know: update it first"
            )
        if missing := expected - present:
            raise UnableToImport(f"the archive lacks {sorted(missing)[0]}")
        _check_audit(opened, about["uid"])
        _store_files(opened)
        try:
            with transaction.atomic():
                return _take_in(actor, opened)
        except UnreadableValue as error:
            raise UnableToImport(str(error)) from error
        except DatabaseError as error:
            raise UnableToImport(f"the archive's rows do not fit together or are here already: {error}") from error


def _check_audit(opened: OpenedArchive, district_uid: str) -> None:
    def rows() -> Iterator[dict[str, Any]]:
        for row in opened.lines(AUDIT):
            if set(row) != {*audit.FIELDS, "hash"} or row["chain"] != district_uid:
                raise UnableToImport("the archive's audit log holds what is no event of this district")
            yield row

    result = audit.verify(rows())
    if not result.ok:
        raise UnableToImport(f"the archive's audit log has been altered: {result.message}")


def _store_files(opened: OpenedArchive) -> None:
    for name in opened.file_names():
        with opened.archive.open(name) as stream:
            sha256, _ = sources.store(cast(Any, stream))
        if name != f"files/{sha256}":
            raise UnableToImport(f"{name} is not named after its content")


def _take_in(actor: Actor, opened: OpenedArchive) -> Import:
    about = opened.manifest["district"]
    local_people = clear_untouched(actor, about["code"])
    result = Import(district=Feature())
    ids: dict[type[Model], dict[UUID, int]] = {}
    files = {name.removeprefix("files/") for name in opened.file_names()}
    for model, table in archived():
        reader = _Reader(model, table, ids, result, about["code"])
        ids[model] = {}
        rows = opened.lines(table_part(model))
        reader.read(rows)
        result.rows[model._meta.label_lower] = reader.count
        if lacking := reader.files - files:
            raise UnableToImport(f"the archive lacks the file {sorted(lacking)[0]}")
    if UUID(about["uid"]) not in ids[Feature]:
        raise UnableToImport("the archive does not hold the district it names")
    result.district = Feature.objects.get(uid=about["uid"])
    if (result.district.code, result.district.kind) != (about["code"], FeatureKind.DISTRICT):
        raise UnableToImport("the archive does not hold the district it names")
    result.files = len(files)
    _append_audit(opened)
    give_back_people(actor, result.district, local_people)
    audit.write(
        actor, "district.import", district=result.district, about=result.district,
        detail={
            "rows": sum(result.rows.values()), "files": result.files,
            "written_at": str(opened.manifest.get("written_at", "")), "renamed": result.renamed,
        },
    )  # fmt: skip
    connection.check_constraints()
    return result


def _append_audit(opened: OpenedArchive) -> None:
    events = (
        AuditEvent(
            **{**row, "uid": UUID(row["uid"]), "at": datetime.fromisoformat(row["at"])},
            created_at=datetime.fromisoformat(row["at"]),
        )
        for row in opened.lines(AUDIT)
    )
    while batch := list(islice(events, _BATCH)):
        AuditEvent.objects.append(batch)


class _Reader:
    """Reads one table: finds what is already here where that is allowed, and makes the rest."""

    def __init__(
        self,
        model: type[Model],
        table: Owned | Shared,
        ids: dict[type[Model], dict[UUID, int]],
        result: Import,
        code: str,
    ) -> None:
        self.model, self.table, self.ids, self.result, self.code = model, table, ids, result, code
        self.fields = {f.name: f for f in columns(model, table)}
        self.targets = {f.name: cast(type[Model], f.related_model) for f in references(model, table)}
        self.count = 0
        self.files: set[str] = set()
        self.to_itself: list[tuple[UUID, str, UUID]] = []

    def read(self, rows: Iterable[dict[str, Any]]) -> None:
        rows = iter(rows)
        while batch := list(islice(rows, _BATCH)):
            self.count += len(batch)
            values = [self._values(row) for row in batch]
            if isinstance(self.table, Owned) and self.table.files:
                self.files.update(v[self.table.files] for v in values)
            new = [v for v in values if not self._found_here(v)]
            made = [self._instance(v) for v in new]
            self.model._default_manager.bulk_create(made)
            self.ids[self.model].update({cast(Any, row).uid: row.pk for row in made})
        self._link_to_itself()

    def _values(self, row: dict[str, Any]) -> dict[str, Any]:
        if set(row) != set(self.fields):
            odd = sorted(set(row) ^ set(self.fields))[0]
            raise UnableToImport(
                f"{self.model._meta.label}: the column {odd} is known to only one of the archive and this program; "
                "use the same version of the program on both sides"
            )
        return {name: from_json(column, row[name]) for name, column in self.fields.items()}

    def _found_here(self, values: dict[str, Any]) -> bool:
        if not self.table.key:
            return False
        manager = self.model._default_manager
        found = manager.filter(uid=values["uid"]).first() if isinstance(self.table, Shared) else None
        if found is None:
            found = manager.filter(**{name: values[name] for name in self.table.key}).first()
            if found is not None and isinstance(self.table, Shared) and self.table.rename_on_clash:
                self._rename(values)
                return False
            if found is not None and isinstance(self.table, Owned) and values.get("district") is not None:
                raise UnableToImport(f"{found} ({found._meta.label}) is here already, as part of another district")
        if found is None:
            return False
        if isinstance(self.table, Shared):
            for name in self.table.agree:
                if getattr(found, name) != values[name]:
                    raise UnableToImport(
                        f"{self.model._meta.label} {values[self.table.key[0]]}: {name} is {getattr(found, name)!r} here "
                        f"and {values[name]!r} in the archive"
                    )
        self.ids[self.model][values["uid"]] = found.pk
        return True

    def _rename(self, values: dict[str, Any]) -> None:
        name = self.table.key[0]
        was, number = values[name], 1
        length = cast(Any, self.fields[name]).max_length
        while True:
            ending = f".{self.code}" if number == 1 else f".{self.code}.{number}"
            values[name] = was[: length - len(ending)] + ending
            if not self.model._default_manager.filter(**{name: values[name]}).exists():
                break
            number += 1
        self.result.renamed[was] = values[name]

    def _instance(self, values: dict[str, Any]) -> Model:
        row: dict[str, Any] = {}
        for name, value in values.items():
            column: Field[Any, Any] = self.fields[name]
            if name not in self.targets or value is None:
                row[column.attname] = value
            elif self.targets[name] is self.model:
                self.to_itself.append((values["uid"], name, value))
            elif value in self.ids[self.targets[name]]:
                row[column.attname] = self.ids[self.targets[name]][value]
            else:
                raise UnableToImport(
                    f"{self.model._meta.label} {values['uid']}: {name} refers to a row that is not there"
                )
        instance = self.model(**row)
        if hasattr(instance, "set_unusable_password"):
            instance.set_unusable_password()
        return instance

    def _link_to_itself(self) -> None:
        """References within the table, once all its rows are there."""
        known = self.ids[self.model]
        by_column: dict[str, dict[int, int]] = {}
        for uid, name, target in self.to_itself:
            if target not in known:
                raise UnableToImport(f"{self.model._meta.label} {uid}: {name} refers to a row that is not there")
            by_column.setdefault(name, {})[known[uid]] = known[target]
        for name, links in by_column.items():
            attname = self.fields[name].attname
            rows = []
            for pk, target_pk in links.items():
                row = self.model(pk=pk)
                setattr(row, attname, target_pk)
                rows.append(row)
            self.model._default_manager.bulk_update(rows, [name], batch_size=_BATCH)
