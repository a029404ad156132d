"""Rows of a draft version beside those of an earlier one: the same thing, or not. What nobody has settled comes first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _

from qihou.domains.plan.api import joining, pairing
from qihou.domains.plan.api.errors import ChangedMeanwhile, UnableToChange
from qihou.domains.plan.api.views import ItemView, VersionView, called
from qihou.domains.plan.api.words import KINDS, PROSE, field_name, value_text
from qihou.face.pages import Answer, PageRequest

from .common import address, go, plan_page, version_asked, wrong
from .keep import take_kept
from .typed import Typed

PAGE, PART = "plan/working/pairing.html", "plan/working/_pairs.html"
REASON = "plan.pairing.reason"
ON_ONE_PAGE = 20


@dataclass
class Asked:
    """What the address asks for."""

    against: int | None
    show: str
    kind: str
    row: UUID | None
    done: UUID | None
    page: int


@dataclass
class Said:
    """The form that was sent: the row it is about, its text, and what was wrong with it."""

    row: UUID | None = None
    form: Typed = field(default_factory=Typed)


@plan_page(PAGE, nav="plan.versions", partial=PART)
def pairing_page(request: PageRequest, number: int) -> Answer:
    version = version_asked(request, number)
    asked, said = _asked(request), Said(form=Typed({k: str(v) for k, v in request.POST.items()}))
    if request.method == "POST":
        said.row = _uid(said.form.text("row"))
        try:
            _act(request, said)
        except UnableToChange as refusal:
            if isinstance(refusal, ChangedMeanwhile):
                said.form.values.pop("reason", None)
            said.form.errors["reason" if refusal.field == "reason" else "row"] = str(refusal)
            part = PART if request.htmx else PAGE
            return wrong(render(request, part, _context(request, version, asked, said)))
        asked.done = said.row
        if not request.htmx:
            return go(_here(request, version, asked))
        said = Said()
    elif kept := take_kept(request):
        said = Said(_uid(kept.get("row", "")), Typed(kept))
    return _context(request, version, asked, said)


def _act(request: PageRequest, said: Said) -> None:
    """Do what was asked.

    Raises:
        UnableToChange: with the sentence that says why not.
    """
    who, where, form = request.actor, request.district, said.form
    what, _colon, other = form.text("say").partition(":")
    seen = int(form.text("seen")) if form.text("seen").isascii() and form.text("seen").isdecimal() else None
    if said.row is None:
        raise UnableToChange(_("请先选一行。"))
    if what == "same":
        earlier = _uid(other or form.text("earlier"))
        if earlier is None:
            raise UnableToChange(_("请选择它与哪一条是同一项。"), field="earlier")
        joining.join_row(who, where, said.row, earlier, form.text("reason"), seen=seen)
        request.session[REASON] = form.text("reason")[:500]
    elif what == "new":
        joining.split_row(who, where, said.row, form.text("reason"), seen=seen)
        request.session[REASON] = form.text("reason")[:500]
    elif what == "undo":
        joining.undo_pairing(who, where, said.row, seen=seen)
        if not request.htmx:
            messages.success(request, _("已撤销，恢复为之前的对应。"))
    else:
        raise UnableToChange(_("不认识的操作，请重新打开本页再试。"))


def _asked(request: PageRequest) -> Asked:
    get = request.GET
    against, page = get.get("against", ""), get.get("page", "")
    show, kind = get.get("show", ""), get.get("kind", "")
    return Asked(
        against=int(against) if against.isascii() and against.isdecimal() and len(against) < 6 else None,
        show=show if show in pairing.SHOWS else "",
        kind=kind if kind in pairing.KINDS else "",
        row=_uid(get.get("row", "")),
        done=_uid(get.get("done", "")),
        page=int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1,
    )


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _here(request: PageRequest, version: VersionView, asked: Asked, **changes: Any) -> str:
    query = {
        "plan": request.GET.get("plan"),
        "against": asked.against,
        "show": asked.show,
        "kind": asked.kind,
        "row": asked.row,
        "done": asked.done,
        "page": asked.page if asked.page > 1 else None,
        **changes,
    }
    return address(request, "pairing", query, number=version.number)


def _context(request: PageRequest, version: VersionView, asked: Asked, said: Said) -> dict[str, Any]:
    found = pairing.pairs(
        request.actor, request.district, version.uid,
        against=asked.against, show=asked.show, kind=asked.kind,
    )  # fmt: skip
    chosen = [p for p in found.every if p.row.uid == asked.row] if asked.row else found.rows
    pages = max(1, -(-len(chosen) // ON_ONE_PAGE))
    page = min(max(asked.page, 1), pages)
    rows = chosen[(page - 1) * ON_ONE_PAGE : page * ON_ONE_PAGE]

    def here(**changes: Any) -> str:
        return _here(request, version, asked, **{"done": None, "page": None, "row": None, **changes})

    tabs = {"doubt": _("拿不准的"), "apart": _("没有对应的"), "settled": _("人工定过的"), "all": _("全部")}
    plan = {"plan": request.GET.get("plan")}
    return {
        "version": version,
        "found": found,
        "shows": [
            {"label": word, "n": found.shows[code], "current": code == found.show and not asked.row, "url": here(show=code)}
            for code, word in tabs.items()
        ],
        "kinds": [
            {"label": KINDS[k], "n": n, "current": k == asked.kind, "url": here(kind="" if k == asked.kind else k)}
            for k, n in found.kinds.items()
        ],
        "cards": [_card(found, pair, said) for pair in rows],
        "done": _done(found, asked.done),
        "one": asked.row is not None,
        "values": {"reason": request.session.get(REASON, ""), **said.form.values},
        "errors": said.form.errors,
        "earlier_page": here(page=page - 1) if page > 1 else "",
        "later_page": here(page=page + 1) if page < pages else "",
        "page": page,
        "pages": pages,
        "urls": {
            "here": here(page=page if page > 1 else None, row=asked.row),
            "everything": here(),
            "review": address(request, "review", plan, number=version.number),
            "compare": address(
                request, "compare", {**plan, "a": found.against.number if found.against else None, "b": version.number}
            ),
        },
    }  # fmt: skip


def _card(found: pairing.Pairs, pair: pairing.Pair, said: Said) -> dict[str, Any]:
    mine = said.row == pair.row.uid
    shown = {pair.earlier.uid} if pair.earlier else {c.row.uid for c in pair.likely}
    return {
        "pair": pair,
        "uid": pair.row.uid,
        "kind_word": KINDS[pair.row.kind],
        "name": name_of(pair.row),
        "sides": [_side(pair, pair.earlier, pair.likeness)]
        if pair.earlier
        else [_side(pair, c.row, c.likeness) for c in pair.likely],
        "others": [(r.uid, f"{r.no} {name_of(r)}"[:60]) for r in found.left.get(pair.row.kind, ()) if r.uid not in shown],
        "seen": len(pair.words),
        "errors": said.form.errors if mine else {},
        "typed": said.form.values if mine else {},
    }  # fmt: skip


def _side(pair: pairing.Pair, earlier: ItemView, likeness: float | None) -> dict[str, Any]:
    fields = pairing.differing(pair, earlier)
    named = {"name", "text"} if pair.row.kind != "project" else {"name", "content"}
    return {
        "earlier": earlier,
        "name": name_of(earlier),
        "percent": round(100 * likeness) if likeness is not None else None,
        "fields": [
            {
                "name": field_name(name),
                "before": value_text(name, before) if name not in PROSE else before,
                "now": value_text(name, now) if name not in PROSE else now,
                "differs": differs,
                "prose": name in PROSE,
            }
            for name, before, now, differs in fields
            if differs or name in named
        ],
        "same": sum(not differs and name not in named for name, _before, _now, differs in fields),
    }


def name_of(row: ItemView) -> str:
    return called(row.kind, row.title, row.text)


def _done(found: pairing.Pairs, uid: UUID | None) -> dict[str, Any] | None:
    """The row that was settled a moment ago, to be undone while it is fresh."""
    pair = next((p for p in found.every if p.row.uid == uid), None)
    if pair is None or pair.word is None:
        return None
    return {
        "uid": pair.row.uid,
        "name": name_of(pair.row),
        "same": pair.word.same,
        "earlier": name_of(pair.earlier) if pair.earlier else "",
        "seen": len(pair.words),
    }
