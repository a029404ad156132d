"""A person's word on which row of a draft version continues which row of an earlier one.

The import joins rows by a stated rule (:mod:`..methods.threads`) and leaves doubtful ones apart; here they are joined,
a wrong join is taken back, or either is confirmed, while the version is under review. Every word is kept as a
:class:`~..models.Pairing` and can be undone.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.record.api import audit
from qihou.record.api.access import Act, Actor, require
from qihou.record.models import Feature

from ..models import Item, Pairing, Thread
from .errors import ChangedMeanwhile, UnableToChange
from .review import under_review
from .scope import item_row
from .stored import clean, fit


def join_row(
    actor: Actor, district: Feature, item: UUID, earlier: UUID, reason: str, *, seen: int | None = None
) -> Item:
    """Say that a row of a draft version is the same as a row of another version of the plan.

    Said of rows that are joined already it confirms that, and needs no reason. ``seen`` is how many words on the row
    the reviewer was shown, undone ones included.

    Raises:
        ChangedMeanwhile: somebody gave a word on the row since.
        UnableToChange: not under review, another plan or kind, no reason, or the other row already continues here.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row, other = _draft(district, item, seen), item_row(district, earlier)
        if row.version.plan_id != other.version.plan_id or row.kind != other.kind:
            raise UnableToChange(_("只能与同一规划、同一类的条目对应。"), field="earlier")
        if row.version_id == other.version_id:
            raise UnableToChange(_("只能与另一个版本的条目对应。"), field="earlier")
        if Item.objects.filter(version=row.version, thread=other.thread).exclude(pk=row.pk).exists():
            raise UnableToChange(_("那一条已经与这个版本的另一行对应。"), field="earlier")
        return _say(actor, row, other.thread.uid, True, reason)


def split_row(actor: Actor, district: Feature, item: UUID, reason: str, *, seen: int | None = None) -> Item:
    """Say that a row of a draft version is a new one, not the row of earlier versions it was joined to.

    Said of a row that stands in this version only it confirms that, and needs no reason.

    Raises:
        ChangedMeanwhile: somebody gave a word on the row since.
        UnableToChange: not under review, or no reason.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = _draft(district, item, seen)
        alone = not Item.objects.filter(thread=row.thread).exclude(pk=row.pk).exists()
        return _say(actor, row, row.thread.uid if alone else uuid4(), False, reason)


def undo_pairing(actor: Actor, district: Feature, item: UUID, *, seen: int | None = None) -> Item:
    """Take back the last word on a row that stands: the row continues again what it continued before it.

    Raises:
        ChangedMeanwhile: somebody gave a word on the row since.
        UnableToChange: not under review, nobody gave a word, or another row now continues what this one did.
    """
    require(actor, Act.REVIEW_PLAN, district_id=district.pk)
    with transaction.atomic():
        row = _draft(district, item, seen)
        word = row.pairings.filter(undone_at=None).order_by("-created_at", "-pk").first()
        if word is None:
            raise UnableToChange(_("这一行的对应没有人改过，没有可以撤销的。"))
        if Item.objects.filter(version=row.version, thread__uid=word.before).exclude(pk=row.pk).exists():
            raise UnableToChange(_("它原来对应的那一条，现在与这个版本的另一行对应。请先撤销那一行。"))
        _move(row, word.before)
        word.undone_at, word.undone_by_id = timezone.now(), actor.person_id
        word.save(update_fields=["undone_at", "undone_by"])
        audit.write(actor, "plan.unpair", district=district, about=row, detail={"from": word.after, "to": word.before})
    return row


def _draft(district: Feature, item: UUID, seen: int | None) -> Item:
    """The row, its version locked, if no more words were given on it than the reviewer saw."""
    row = under_review(item_row(district, item))
    words = row.pairings.select_related("by", "undone_by")
    if seen is not None and words.count() != seen:
        last = words.order_by("-created_at", "-pk").first()
        raise ChangedMeanwhile(
            _("您打开本页之后，{name}已经定过这一行的对应。请看现在的样子，再决定。").format(
                name=last.by.name if last and last.by else _("别人")
            )
        )
    return row


def _say(actor: Actor, row: Item, thread: UUID, same: bool, reason: str) -> Item:
    before = row.thread.uid
    if thread != before and not reason.strip():
        raise UnableToChange(_("请写明更正的理由。"), field="reason")
    _move(row, thread)
    reason = clean(reason)
    Pairing.objects.create(
        district=row.district, item=row, same=same, before=before, after=thread, reason=reason, by_id=actor.person_id
    )
    audit.write(
        actor, "plan.join" if same else "plan.split", district=row.district, about=row,
        detail={"from": before, "to": thread, "reason": reason},
    )  # fmt: skip
    return row


def _move(row: Item, uid: UUID) -> None:
    """To the thread of that uid, made if need be; the one left goes if nothing else hangs on it (a draft's rows bear no reports)."""
    left = row.thread
    if left.uid == uid:
        return
    thread = Thread.objects.filter(uid=uid, plan_id=left.plan_id).first()
    if thread is None:
        title = row.text or row.title if row.kind == "task" else row.title
        thread = Thread.objects.create(
            uid=uid, district=row.district, plan_id=left.plan_id, kind=row.kind, title=fit(title, 400)
        )
    row.thread = thread
    row.save(update_fields=["thread"])
    if not left.items.exists() and not left.reports.exists() and left.datastream_id is None:
        left.delete()
