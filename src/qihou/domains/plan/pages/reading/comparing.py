"""Two versions of the plan side by side: what was added, removed and changed, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from qihou.domains.plan.api import pairing, queries
from qihou.domains.plan.api.views import Comparison, ItemView, RowChange, VersionView
from qihou.domains.plan.api.words import CHANGES, KINDS, PROSE, field_name, value_text
from qihou.face.html import with_query
from qihou.face.pages import PageRequest
from qihou.face.tables import Column, Filter, Kind, Table

from .frame import number_asked, register_page
from .links import item_url


@register_page("plan/reading/compare.html", tab="compare")
def compare(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    known = queries.versions(request.actor, request.district, version.plan_code)
    a, b = chosen(known, number_asked(request.GET, "a"), number_asked(request.GET, "b"))
    if a is None or b is None:
        return {"comparison": None, "known": known}
    found = queries.compare(request.actor, request.district, a.uid, b.uid)
    pairs_url = pairs_address(request, a, b)
    lines = [line_of(request.district.code, c, pairs_url) for c in found.rows if c.change != "same"]
    table = change_table().bind(lines, request.GET, district_code=request.district.code)
    return {
        "comparison": found,
        "known": known,
        "a": a,
        "b": b,
        "swap_url": with_query(request.GET, a=str(b.number), b=str(a.number)),
        "table": table,
        "lines": table.rows,
        "counts": count_lines(found),
        "change_words": [str(w) for w in CHANGES.values()],
        "title": title(found),
        "pairs_url": pairs_url,
        "doubtful": pairing.doubtful(request.actor, request.district, b.uid, a.number) if pairs_url else 0,
    }


def pairs_address(request: PageRequest, a: VersionView, b: VersionView) -> str:
    """Where a reviewer says which rows are the same; nothing unless ``b`` is under review and ``a`` came before it."""
    if b.status != "review" or a.number >= b.number or a.status == "discarded":
        return ""
    page = reverse("plan:pairing", kwargs={"district_code": request.district.code, "number": b.number})
    return f"{page}?{urlencode({'plan': b.plan_code, 'against': a.number})}"


def chosen(
    known: tuple[VersionView, ...], a: int | None, b: int | None
) -> tuple[VersionView | None, VersionView | None]:
    """The versions asked for; without numbers the two newest. One version alone has nothing to be compared with."""
    by_number = {v.number: v for v in known}
    for number in (a, b):
        if number is not None and number not in by_number:
            raise Http404(number)
    if len(known) < 2:
        return None, None
    newest = known[-1]
    after = by_number[b] if b is not None else newest if a != newest.number else known[-2]
    others = [v for v in known if v.number != after.number]
    before = (
        by_number[a]
        if a is not None
        else max((v for v in others if v.number < after.number), key=_number, default=others[0])
    )
    return before, after


def _number(version: VersionView) -> int:
    return version.number


@dataclass(frozen=True)
class ChangedField:
    field: str
    name: str
    before: str
    after: str
    prose: bool


@dataclass(frozen=True)
class ChangeLine:
    change: str
    kind: str
    kind_word: str
    row: ItemView
    name: str
    old_no: str
    new_no: str
    url: str
    pair_url: str
    fields: tuple[ChangedField, ...]


def line_of(district_code: str, change: RowChange, pairs_url: str) -> ChangeLine:
    row = change.after or change.before
    assert row is not None
    return ChangeLine(
        change=change.change,
        kind=change.kind,
        kind_word=str(KINDS[change.kind]),
        row=row,
        name=row.title if row.kind == "indicator" else row.text or row.title,
        old_no=change.before.no if change.before else "",
        new_no=change.after.no if change.after else "",
        url=item_url(district_code, row.uid),
        pair_url=f"{pairs_url}&row={row.uid}" if pairs_url and change.after else "",
        fields=tuple(
            ChangedField(
                f.field,
                field_name(f.field),
                value_text(f.field, f.before),
                value_text(f.field, f.after),
                f.field in PROSE,
            )
            for f in change.fields
        ),
    )


def change_table() -> Table:
    return Table(
        name="changes",
        title=_("版本比较"),
        file_name=_("版本比较"),
        columns=[
            Column("change", _("变化"), value=lambda c: str(CHANGES[c.change])),
            Column("kind", _("种类"), value=lambda c: c.kind_word),
            Column("old_no", _("原序号"), value=lambda c: c.old_no or "—"),
            Column("new_no", _("新序号"), value=lambda c: c.new_no or "—"),
            Column("name", _("名称"), Kind.LONG),
            Column("fields", _("改动"), Kind.LONG, value=_fields_text, width=90),
        ],
        filters=[
            Filter(
                "change", _("变化"), [(k, str(v)) for k, v in CHANGES.items() if k != "same"], of=lambda c: c.change
            ),
            Filter("kind", _("种类"), [(k, str(v)) for k, v in KINDS.items()], of=lambda c: c.kind),
        ],
        search_label=_("在改动中查找"),
        page_size=100,
        empty_title=_("两个版本完全相同"),
        empty_text=_("所有指标、项目和任务逐栏一致。"),
    )


def _fields_text(line: ChangeLine) -> str:
    return "\n".join(f"{f.name}: {f.before} → {f.after}" for f in line.fields) or "—"


def count_lines(found: Comparison) -> list[dict[str, Any]]:
    return [
        {"kind": k, "word": word, **{c: found.counts.get(k, {}).get(c, 0) for c in CHANGES}}
        for k, word in KINDS.items()
    ]


def title(found: Comparison) -> str:
    totals = {c: sum(k.get(c, 0) for k in found.counts.values()) for c in CHANGES}
    if not totals["added"] + totals["removed"] + totals["changed"]:
        return _("两个版本没有差别")
    return _("新增 %(added)s 行，删去 %(removed)s 行，修改 %(changed)s 行") % totals
