"""Two versions of a plan, row by row and field by field."""

from __future__ import annotations

from collections import Counter, defaultdict
from uuid import UUID

from django.utils.translation import gettext as _

from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..models import Item, PlanVersion
from .errors import UnableToFind
from .rows import indicator_views, parties, project_views, task_views, version_view
from .scope import version_row
from .standing import Standing
from .views import Comparison, FieldChange, ItemView, RowChange

# A row's number is its place in a table, not what it says: a moved row is the same row.
_NOT_COMPARED = {"no"}


def compare(actor: Actor, district: Feature, version_a: UUID, version_b: UUID) -> Comparison:
    """What changed from ``version_a`` to ``version_b``: rows of one thread are the same row.

    Raises:
        UnableToFind: one of the versions is not in the district, or they are versions of two plans.
    """
    require(actor, Act.VIEW_OFFICE, district_id=district.pk)
    a, b = version_row(district, version_a), version_row(district, version_b)
    if a.plan_id != b.plan_id:
        raise UnableToFind(_("只能比较同一规划的两个版本。"))
    before, after = rows_of(a), rows_of(b)
    changes = [_change(old, after.get(thread)) for thread, old in before.items()]
    changes += [_change(None, new) for thread, new in after.items() if thread not in before]
    order = {"indicator": 0, "project": 1, "task": 2}
    changes.sort(key=lambda c: (order[c.kind], c.after.order if c.after else c.before.order if c.before else 0))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for change in changes:
        counts[change.kind][change.change] += 1
    return Comparison(version_view(a), version_view(b), tuple(changes), {k: dict(c) for k, c in counts.items()})


def rows_of(version: PlanVersion) -> dict[UUID, ItemView]:
    """Every row of a version by the uid of its thread, in the document's order. Queries do not grow with the rows."""
    items = Item.objects.filter(version=version)
    known = parties(items)
    standing = Standing.unknown(version)
    rows: list[ItemView] = [
        *indicator_views(items, standing, known),
        *project_views(items, standing, known),
        *task_views(items, standing, known),
    ]
    return {r.thread_uid: r for r in rows}


def _change(before: ItemView | None, after: ItemView | None) -> RowChange:
    if before is None or after is None:
        row = after or before
        assert row is not None
        return RowChange(row.kind, "added" if before is None else "removed", before, after, ())
    fields = tuple(
        FieldChange(name, shown(before, name), shown(after, name))
        for name in after.cells
        if name not in _NOT_COMPARED and shown(before, name) != shown(after, name)
    )
    return RowChange(after.kind, "changed" if fields else "same", before, after, fields)


def shown(row: ItemView, field: str) -> str:
    """A cell as a text that can be compared: 待定 when undetermined, empty when the document prints nothing."""
    cell = row.cells[field]
    if cell.undetermined:
        return _("待定")
    return "" if cell.value is None else str(cell.value)
