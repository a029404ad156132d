"""A person's word on which row of a draft version continues which row of an earlier one.

The import joins rows by a stated rule (:mod:`..methods.threads`) and leaves doubtful ones apart; here they are joined, or
a wrong join is taken back, while the version is under review.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..models import Item, Thread
from .errors import UnableToChange
from .review import under_review
from .scope import item_row
from .stored import clean, fit


def join_row(actor: Actor, district: Feature, item: UUID, earlier: UUID, reason: str) -> Item:
    """Say that a row of a draft version is the same as a row of another version of the plan.

    Raises:
        UnableToChange: not under review, another plan or kind, no reason, or the other row already continues here.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row, other = _draft(district, item, reason), item_row(district, earlier)
        if row.version.plan_id != other.version.plan_id or row.kind != other.kind:
            raise UnableToChange(_("只能与同一规划、同一类的条目对应。"), field="earlier")
        if Item.objects.filter(version=row.version, thread=other.thread).exists():
            raise UnableToChange(_("那一条已经与这个版本的另一行对应。"), field="earlier")
        return _move(actor, row, other.thread, "plan.join", reason)


def split_row(actor: Actor, district: Feature, item: UUID, reason: str) -> Item:
    """Say that a row of a draft version is a new one, not the row of earlier versions it was joined to.

    Raises:
        UnableToChange: not under review, no reason, or the row stands in this version only.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = _draft(district, item, reason)
        if not Item.objects.filter(thread=row.thread).exclude(pk=row.pk).exists():
            raise UnableToChange(_("这一行没有与其他版本对应。"))
        title = row.text or row.title if row.kind == "task" else row.title
        fresh = Thread.objects.create(district=district, plan=row.version.plan, kind=row.kind, title=fit(title, 400))
        return _move(actor, row, fresh, "plan.split", reason)


def _draft(district: Feature, item: UUID, reason: str) -> Item:
    if not reason.strip():
        raise UnableToChange(_("请写明更正的理由。"), field="reason")
    return under_review(item_row(district, item))


def _move(actor: Actor, row: Item, thread: Thread, act: str, reason: str) -> Item:
    """To another thread; the one left behind goes if nothing else hangs on it (a draft's rows bear no reports)."""
    left = row.thread
    row.thread = thread
    row.save(update_fields=["thread"])
    if not left.items.exists() and not left.reports.exists() and left.datastream_id is None:
        left.delete()
    audit.write(
        actor, act, district=row.district, about=row,
        detail={"from": left.uid, "to": thread.uid, "reason": clean(reason)},
    )  # fmt: skip
    return row
