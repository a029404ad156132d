"""A version's whole register with its states, read once and held in the process until something in the district changes.

Every act of change writes to the district's audit chain in its own transaction, so the head of the chain says whether
what is held is still true: one small query instead of a dozen large ones. Inside a transaction nothing is held nor taken
from what is held, because the transaction may have changed rows whose event is not written yet, or may be undone.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from threading import Lock

from django.db import connection

from qihou.record.models import AuditEvent

from ..models import Item, PlanVersion
from .rows import indicator_views, parties, project_views, task_views
from .standing import Standing
from .views import IndicatorView, ItemView, ProjectView, TaskView

MOST_HELD = 16  # registers; one of full size takes about 2 MB


@dataclass(frozen=True)
class Held:
    """Rows in the document's order with their states on a day. Shared between requests: never changed."""

    standing: Standing
    indicators: tuple[IndicatorView, ...]
    projects: tuple[ProjectView, ...]
    tasks: tuple[TaskView, ...]

    @property
    def rows(self) -> tuple[ItemView, ...]:
        return (*self.indicators, *self.projects, *self.tasks)


_Key = tuple[int, date, bool]
_held: OrderedDict[_Key, tuple[str, Held]] = OrderedDict()
_lock = Lock()


def register_of(version: PlanVersion, *, today: date, public: bool = False) -> Held:
    """The register of a version as it stands. One query when it is held, nine when it is not."""
    if connection.in_atomic_block:
        return _read(version, today, public)
    head = _head(version)
    key = (version.pk, today, public)
    with _lock:
        if (known := _held.get(key)) and known[0] == head:
            _held.move_to_end(key)
            return known[1]
    fresh = _read(version, today, public)
    with _lock:
        _held[key] = (head, fresh)
        _held.move_to_end(key)
        while len(_held) > MOST_HELD:
            _held.popitem(last=False)
    return fresh


def _head(version: PlanVersion) -> str:
    """The hash of the newest event of the district's chain, read before the rows: older rows never get a newer head."""
    chain = AuditEvent.objects.filter(chain=str(version.district.uid)).order_by("-sequence")
    return chain.values_list("hash", flat=True).first() or ""


def _read(version: PlanVersion, today: date, public: bool) -> Held:
    standing = Standing.of(version, today=today, public=public)
    items = Item.objects.filter(version=version)
    known = parties(items)
    return Held(
        standing,
        tuple(indicator_views(items, standing, known)),
        tuple(project_views(items, standing, known)),
        tuple(task_views(items, standing, known)),
    )
