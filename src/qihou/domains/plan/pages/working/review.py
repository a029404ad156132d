"""Review of a draft version: the queue, one row with its cells, and the document's lines beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qihou.domains.plan.api import deciding, desk, newcomers, queries, review
from qihou.domains.plan.api.errors import ChangedMeanwhile, UnableToChange
from qihou.domains.plan.api.views import FUNDING, ItemPage, LineView, ProjectView, VersionView
from qihou.domains.plan.api.words import FIELDS, KINDS, PARTS, SOURCES, value_text
from qihou.face import formats
from qihou.face.pages import Answer, PageRequest

from .cells import cell_rows
from .common import address, go, plan_page, version_asked, wrong
from .keep import take_kept
from .typed import Typed

REASON = "plan.review.reason"
AROUND = 3  # lines of the document shown before and after those a row cites
MOST_LINES = 160


@plan_page("plan/working/review.html", nav="plan.versions")
def review_page(request: PageRequest, number: int) -> Answer:
    version = version_asked(request, number)
    show, kind, row_uid = _asked(request)
    queue = desk.queue(request.actor, request.district, version.uid, show=show, kind=kind)
    show = queue.show
    form = Typed({k: str(v) for k, v in request.POST.items()})
    if request.method == "POST":
        try:
            return go(_act(request, version, queue, form, row_uid, show, kind))
        except UnableToChange as refusal:
            if isinstance(refusal, ChangedMeanwhile):
                form.values.pop("seen", None)  # the page shown now says what the cell has become
            form.errors[_wrong_field(form, refusal.field)] = str(refusal)
    elif kept := take_kept(request):
        form.values = kept
    context = _context(request, version, queue, show, kind, row_uid, form)
    if form.errors:
        return wrong(render(request, "plan/working/review.html", context))
    return context


def _asked(request: PageRequest) -> tuple[str, str, UUID | None]:
    show, kind = request.GET.get("show", ""), request.GET.get("kind", "")
    try:
        row = UUID(request.GET["row"]) if "row" in request.GET else None
    except ValueError:
        row = None
    return show if show in desk.SHOWS else "", kind if kind in desk.KINDS else "", row


def _act(
    request: PageRequest, version: VersionView, queue: desk.Queue, form: Typed, row: UUID | None, show: str, kind: str
) -> str:
    """Do what was asked and say where to go on.

    Raises:
        UnableToChange: with the sentence for the field it is about.
    """
    who, where, act = request.actor, request.district, form.text("act")
    if act == "confirm_sure":
        count = deciding.confirm_sure(who, where, version.uid, kind)
        messages.success(request, _("已确认 %(n)s 行。") % {"n": count})
        return _here(request, version, show, kind)
    if act == "newcomers":
        count = newcomers.add_every_organisation(who, where, version.uid)
        messages.success(request, _("新建了 %(n)s 个单位，并已对上。") % {"n": count})
        return _here(request, version, show, kind)
    if act == "match" and form.text("organisation") == "new":
        printed = form.text("printed")
        count = newcomers.add_organisation(who, where, version.uid, printed)
        messages.success(request, _("已新建单位“%(name)s”，对上 %(n)s 处。") % {"name": printed, "n": count})
        return _here(request, version, show, kind, row)
    if act == "match":
        try:
            meant = UUID(form.text("organisation"))
        except ValueError as trouble:
            raise UnableToChange(_("请选择这个名称指的是哪个单位。"), field="organisation") from trouble
        printed = form.text("printed")
        count = review.match_printed_organisation(who, where, version.uid, printed, meant)
        messages.success(request, _("“%(name)s”已对上，共 %(n)s 处。") % {"name": printed, "n": count})
        return _here(request, version, show, kind, row)
    if row is None:
        raise UnableToChange(_("请先选一行。"))
    if act == "confirm":
        review.confirm_item(who, where, row)
        following = _neighbour(queue, row, 1)
        return _here(request, version, show, kind, following)
    if act == "funding":
        deciding.decide_funding(who, where, row, form.text("choice"), form.text("reason"))
        _remember_reason(request, form)
        no = next((r.no for r in queue.rows if r.uid == row), "")
        messages.success(request, _("项目%(no)s的资金来源已填入。") % {"no": no})
        return _here(request, version, show, kind, _neighbour(queue, row, 1))
    field = form.text("field")
    if act == "undo":
        deciding.undo_correction(who, where, row, field, seen=_seen(form))
        messages.success(request, _("“%(field)s”已恢复为更正之前的样子。") % {"field": FIELDS.get(field, field)})
    elif act == "correct":
        review.correct_cell(who, where, row, field, form.text("value"), form.text("reason"), seen=_seen(form))
        _remember_reason(request, form)
        messages.success(
            request, _("“%(field)s”已更正，改动留有记录，可以撤销。") % {"field": FIELDS.get(field, field)}
        )
    else:
        raise UnableToChange(_("不认识的操作，请重新打开本页再试。"))
    return _here(request, version, show, kind, row) + f"#cell-{field}"


def _seen(form: Typed) -> int | None:
    """How many corrections of the cell the page showed that was answered."""
    seen = form.text("seen")
    return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 6 else None


def _remember_reason(request: PageRequest, form: Typed) -> None:
    """One letter often settles forty rows: the last reason given is offered again."""
    request.session[REASON] = form.text("reason")[:500]


def _wrong_field(form: Typed, field: str) -> str:
    """Where the error belongs: a cell's own value or reason, else the choice or the whole row."""
    if form.text("act") == "correct":
        prefix = "r" if field == "reason" else "v"
        return f"{prefix}-{form.text('field')}"
    return field or "row"


def _neighbour(queue: desk.Queue, row: UUID | None, step: int) -> UUID | None:
    uids = [r.uid for r in queue.rows]
    if row not in uids:
        return uids[0] if uids else None
    place = uids.index(row) + step
    return uids[place] if 0 <= place < len(uids) else None


def _here(request: PageRequest, version: VersionView, show: str, kind: str, row: UUID | None = None) -> str:
    query = {"plan": request.GET.get("plan"), "show": show, "kind": kind, "row": row}
    return address(request, "review", query, number=version.number)


def _context(
    request: PageRequest,
    version: VersionView,
    queue: desk.Queue,
    show: str,
    kind: str,
    row_uid: UUID | None,
    form: Typed,
) -> dict[str, Any]:
    def here(**changes: Any) -> str:
        return _here(request, version, **{"show": show, "kind": kind, "row": None, **changes})

    uid = row_uid or (queue.rows[0].uid if queue.rows else None)
    page = queries.item(request.actor, request.district, uid, today=timezone.localdate()) if uid else None
    if page and page.version.uid != version.uid:
        page, uid = None, None
    position = next((i for i, r in enumerate(queue.rows, 1) if r.uid == uid), 0)
    plan = {"plan": request.GET.get("plan")}
    of_version = {**plan, "version": version.number}
    context = {
        "version": version,
        "queue": queue,
        "show": show,
        "shows": _tabs(queue, show, here),
        "kinds": _kind_tabs(queue, kind, here),
        "queue_rows": [_entry(r, uid, here) for r in _window(queue.rows, position)],
        "position": position,
        "sure_rows": _sure(queue) if show != "open" else 0,
        "empty_title": _empty(show),
        "values": {"reason": request.session.get(REASON, ""), **form.values},
        "errors": form.errors,
        "kept": False,
        "urls": {
            "here": here(row=uid),
            "next": here(row=n) if (n := _neighbour(queue, uid, 1)) and n != uid else "",
            "previous": here(row=p) if position > 1 and (p := _neighbour(queue, uid, -1)) else "",
            "adopt": address(request, "adopt", plan, number=version.number),
            "findings": address(request, "findings", of_version),
            "pairs": address(request, "pairing", plan, number=version.number) if version.number > 1 else "",
            "document": address(request, "document"),
        },
    }
    return {**context, **(_row(request, queue, page, form) if page else {})}


def _row(request: PageRequest, queue: desk.Queue, page: ItemPage, form: Typed) -> dict[str, Any]:
    row = page.row
    choices = desk.funding_choices(row) if isinstance(row, ProjectView) and queue.may_review else ()
    parties = [
        {
            "printed": p.printed,
            "name": p.name,
            "matched": bool(p.organisation_uid),
            "part_word": PARTS.get(p.part, p.part),
        }
        for p in (*row.leads, *row.supporting)
        if p.organisation_uid is None or p.name != p.printed
    ]
    parties.sort(key=lambda p: bool(p["matched"]))
    unmatched = any(not p["matched"] for p in parties)
    return {
        "row": row,
        "kind_word": KINDS[row.kind],
        "heading": row.title or row.text[:40],
        "cells": cell_rows(
            row, form, seen=Counter(c.field for c in page.corrections), funding_asked=bool(choices),
            reason=request.session.get(REASON, ""),
        ),
        "parties": parties,
        "organisations": desk.organisation_choices(request.actor, request.district) if unmatched else (),
        "funding": [{"code": c.code, "words": _funding_words(c)} for c in choices],
        "funding_amounts": _("、").join(row.funding_amounts) if isinstance(row, ProjectView) else "",
        "corrections": _corrections(
            page, deciding.standing_corrections(request.actor, request.district, row.uid) if page.corrections else {}
        ),
        "lines": _lines(request, page),
    }  # fmt: skip


def _funding_words(choice: desk.FundingChoice) -> str:
    placed = [(SOURCES[f], getattr(choice, f)) for f in FUNDING]
    return ",".join(f"{word} {formats.number(amount)}" for word, amount in placed if amount is not None)


def _corrections(page: ItemPage, standing: dict[str, datetime]) -> list[dict[str, Any]]:
    """The row's corrections, newest first; of each cell the one that undoing would take back is marked."""
    seen = Counter(c.field for c in page.corrections)
    rows: list[dict[str, Any]] = [
        {
            "field": c.field,
            "field_word": FIELDS.get(c.field, c.field),
            "before": _value(c.field, c.before),
            "after": _value(c.field, c.after),
            "reason": c.reason,
            "by": c.by,
            "at": c.at,
            "seen": seen[c.field],
            "undoable": standing.get(c.field) == c.at,
        }
        for c in page.corrections
    ]
    return rows[::-1]


def _value(field: str, value: Any) -> str:
    return _("、").join(map(str, value)) if isinstance(value, list) else value_text(field, value)


def _lines(request: PageRequest, page: ItemPage) -> list[dict[str, Any]]:
    """The cited lines with a few around them; a gap in the numbers is marked."""
    cited = {n for cell in page.row.cells.values() for n in cell.lines}
    own = {n for cell in page.row.cells.values() if cell.how != "carried" for n in cell.lines}
    if not cited:
        return []
    wanted = sorted({n for c in cited for n in range(c - AROUND, c + AROUND + 1) if n > 0})[:MOST_LINES]
    shown = queries.document(
        request.actor, request.district, page.version.uid, first=wanted[0], last=min(wanted[-1], wanted[0] + 399)
    )
    return list(_marked(shown.lines, set(wanted), cited, own))


def _marked(lines: Iterable[LineView], wanted: set[int], cited: set[int], own: set[int]) -> Iterable[dict[str, Any]]:
    before = 0
    for line in lines:
        if line.number in wanted:
            yield {
                "number": line.number,
                "text": line.text,
                "cited": line.number in cited and bool(line.text.strip()),
                "own": line.number in own,
                "gap": bool(before) and line.number > before + 1,
            }
            before = line.number


def _tabs(queue: desk.Queue, show: str, here: Any) -> list[dict[str, Any]]:
    words = {"open": _("待定"), "doubt": _("存疑"), "unreviewed": _("未复核"), "all": _("全部")}
    return [
        {"label": words[s], "n": queue.shows[s], "current": s == show, "url": here(show=s, kind="")} for s in desk.SHOWS
    ]


def _kind_tabs(queue: desk.Queue, kind: str, here: Any) -> list[dict[str, Any]]:
    kinds = [("", _("全部"), sum(queue.kinds.values())), *((k, KINDS[k], queue.kinds[k]) for k in desk.KINDS)]
    return [{"label": word, "n": n, "current": k == kind, "url": here(kind=k)} for k, word, n in kinds]


def _window(rows: tuple[desk.QueueRow, ...], position: int) -> tuple[desk.QueueRow, ...]:
    """At most 200 rows around the one being looked at: a queue is read, not scrolled to its end."""
    start = max(0, position - 60)
    return rows[start : start + 200]


def _entry(row: desk.QueueRow, current: UUID | None, here: Any) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "kind_word": KINDS[row.kind],
        "no": row.no,
        "title": row.title,
        "open": row.open_cells + row.unmatched,
        "review": row.review,
        "current": row.uid == current,
        "url": here(row=row.uid),
    }


def _sure(queue: desk.Queue) -> int:
    return sum(r.review == "unreviewed" and not r.is_open and r.sure >= desk.DOUBTFUL_BELOW for r in queue.rows)


def _empty(show: str) -> str:
    return {
        "open": _("没有待定的格，单位也都对上了"),
        "doubt": _("没有存疑的行了"),
        "unreviewed": _("每一行都复核过了"),
    }.get(show, _("没有这样的行"))
