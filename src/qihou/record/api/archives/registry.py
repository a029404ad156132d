"""Which tables a district's archive holds.

Every installed Qihou application declares its tables in a module ``archive_tables`` as ``TABLES``, a list of
:class:`Owned`, :class:`Shared` and :class:`Excluded`. A test fails when a concrete model is not declared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.utils.module_loading import module_has_submodule

from qihou.record.models import Feature

Rows = Callable[[Feature], QuerySet[Any]]


class UndeclaredTable(Exception):
    """The declarations do not fit the installed models; the message names the table and what to do."""


@dataclass(frozen=True)
class Owned:
    """Rows of one district. ``rows`` chooses them where a ``district`` column alone does not."""

    model: str
    rows: Rows | None = None
    key: tuple[str, ...] = ()  # rows found under this key in the other place are used, not made again
    files: str = ""  # the column that names a stored file by its SHA-256


@dataclass(frozen=True)
class Shared:
    """Rows of the whole installation; an archive takes those its district refers to.

    In the other place a row is first looked for by ``uid``, then by ``key``; ``agree`` must then be equal there.
    ``rename_on_clash`` makes a new row under another key instead. ``leave_out`` never travels.
    """

    model: str
    key: tuple[str, ...]
    agree: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    rename_on_clash: bool = False
    also: Rows | None = None


@dataclass(frozen=True)
class Excluded:
    """A table that never travels, and why."""

    model: str
    reason: str


Declaration = Owned | Shared | Excluded


def own_models() -> list[type[Model]]:
    """Every concrete, managed model of the installed Qihou applications."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("qihou.")
        for model in config.get_models()
        if model._meta.managed and not model._meta.proxy
    ]


def declarations() -> dict[type[Model], Declaration]:
    """What the installed applications declare, by model.

    Raises:
        UndeclaredTable: a model is declared twice or not at all, or has a many-to-many column (declare its table).
    """
    found: dict[type[Model], Declaration] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("qihou.") or not module_has_submodule(config.module, "archive_tables"):
            continue
        for declaration in import_module(f"{config.name}.archive_tables").TABLES:
            model = apps.get_model(declaration.model)
            if model in found:
                raise UndeclaredTable(f"{declaration.model} is declared twice")
            found[model] = declaration
    for model in own_models():
        if model not in found:
            raise UndeclaredTable(
                f"{model._meta.label} is in no archive_tables.py: declare it Owned, Shared or Excluded (with the reason)"
            )
        if model._meta.many_to_many:
            raise UndeclaredTable(
                f"{model._meta.label} has a many-to-many column; give the relation a model of its own"
            )
    return found


def archived() -> list[tuple[type[Model], Owned | Shared]]:
    """The tables that travel, each after those it refers to."""
    declared = declarations()
    travelling = {m: d for m, d in declared.items() if not isinstance(d, Excluded)}
    sorter: TopologicalSorter[type[Model]] = TopologicalSorter()
    for model in sorted(travelling, key=lambda m: m._meta.label):
        targets = {field.related_model for field in references(model, travelling[model])} - {model}
        for target in targets:
            if target not in travelling:
                raise UndeclaredTable(f"{model._meta.label} travels but refers to {target._meta.label}, which does not")
        sorter.add(model, *sorted(targets, key=lambda m: m._meta.label))
    try:
        return [(model, travelling[model]) for model in sorter.static_order()]
    except CycleError as error:
        raise UndeclaredTable(f"tables refer to each other in a circle: {error.args[1]}") from error


def columns(model: type[Model], declaration: Owned | Shared) -> list[Field[Any, Any]]:
    """The columns that travel: all but the local number and what the declaration leaves out."""
    left_out = declaration.leave_out if isinstance(declaration, Shared) else ()
    return [f for f in model._meta.concrete_fields if not f.primary_key and f.name not in left_out]


def references(model: type[Model], declaration: Owned | Shared) -> list[ForeignKey[Any, Any]]:
    return [field for field in columns(model, declaration) if isinstance(field, ForeignKey)]
