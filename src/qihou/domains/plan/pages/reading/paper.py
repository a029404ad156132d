"""The document itself beside its register, what does not add up in it, and search through both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qihou.domains.plan.api import queries, todo
from qihou.domains.plan.api.todo import ActionView
from qihou.domains.plan.api.views import DocumentView, FindingView, RowRef, SearchHit, VersionView
from qihou.domains.plan.api.words import FINDING_STATES, KINDS, SEVERITIES, finding_kind
from qihou.face.html import ranges, with_query
from qihou.face.pages import PageRequest
from qihou.face.states import state
from qihou.face.tables import Column, Filter, Kind, Table
from qihou.face.values import Link
from qihou.record.api.access import Act

from .frame import number_asked, register_page
from .links import item_url, page_url
from .why import document_url

WINDOW = 160  # lines on one page of the document
BEFORE = 12  # lines shown above the one that was asked for
MOST_HITS = 60
LONGEST_TITLE = 30


@register_page("plan/reading/document.html", tab="document")
def document(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    line = number_asked(request.GET, "line")
    first = window_start(line, version.line_count)
    view = queries.document(request.actor, request.district, version.uid, first=first, last=first + WINDOW - 1)
    code = request.district.code
    return {
        "d": view,
        "line": line,
        "rows": visible_rows(view, code),
        "findings": visible_findings(view),
        "outline": outline(version, first, view.last),
        "earlier": with_query(request.GET, line=str(max(first - WINDOW + BEFORE, 1))) if first > 1 else "",
        "later": with_query(request.GET, line=str(view.last + 1 + BEFORE)) if view.last < version.line_count else "",
        "findings_url": f"{page_url('findings', code)}?{version.query}",
        "beyond": line is not None and line > version.line_count,
    }


def window_start(line: int | None, line_count: int) -> int:
    if line is None:
        return 1
    return max(1, min(line, max(line_count, 1)) - BEFORE)


def visible_rows(view: DocumentView, district_code: str) -> list[dict[str, Any]]:
    """The rows that cite a visible line, in the order of their first visible line."""
    found: dict[UUID, tuple[RowRef, list[int]]] = {}
    for line in view.lines:
        for ref in line.rows:
            found.setdefault(ref.uid, (ref, []))[1].append(line.number)
    return [
        {
            "ref": ref,
            "word": KINDS[ref.kind],
            "first": lines[0],
            "lines": f"{lines[0]}—{lines[-1]}" if lines[-1] > lines[0] else str(lines[0]),
            "name": ref.text or ref.title,
            "over": ref.title if ref.text and ref.text != ref.title else "",
            "url": item_url(district_code, ref.uid),
        }
        for ref, lines in found.values()
    ]


def visible_findings(view: DocumentView) -> int:
    return len({uid for line in view.lines for uid, _severity in line.findings})


def outline(version: VersionView, first: int, last: int) -> list[dict[str, Any]]:
    """The document's headings; those inside the window are marked as here."""
    return [{**h, "here": first <= h["line"] <= last} for h in version.outline if h["level"] <= 3]


@register_page("plan/reading/findings.html", tab="findings")
def findings(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    view = queries.findings(request.actor, request.district, version.uid, language=get_language() or "")
    table = finding_table(request.district.code, version, view.kinds).bind(
        view.rows, request.GET, district_code=request.district.code
    )
    code = request.district.code
    handed = todo.of_findings(
        request.actor, request.district, [f.uid for f in table.rows],
        today=timezone.localdate(), language=get_language() or "",
    )  # fmt: skip
    return {
        "table": table,
        "rows": [finding_line(code, version, f, handed.get(f.uid, ())) for f in table.rows],
        "may_hand_out": request.actor.may(Act.REVIEW_PLAN, district_id=request.district.pk),
        "f": view,
        "total": len(view.rows),
        "open": sum(states.get("open", 0) for states in view.counts.values()),
        "severities": [
            {
                "code": s,
                "word": word,
                "count": sum(view.counts.get(s, {}).values()),
                "open": view.counts.get(s, {}).get("open", 0),
                "url": with_query(request.GET, severity=None if request.GET.get("severity") == s else s, page=None),
                "current": request.GET.get("severity") == s,
            }
            for s, word in SEVERITIES.items()
        ],
    }


def finding_table(district_code: str, version: VersionView, kinds: Sequence[tuple[str, int]]) -> Table:
    return Table(
        name="findings",
        title=_("核查发现"),
        file_name=_("核查发现"),
        columns=[
            Column("severity", _("程度"), Kind.STATE, sort_by=lambda f: list(SEVERITIES).index(f.severity)),
            Column("sentence", _("发现"), Kind.LONG, width=70),
            Column("lines", _("原文行"), value=lambda f: ranges(f.lines), sort_by=lambda f: min(f.lines, default=0)),
            Column("quotes", _("原文"), Kind.LONG, value=_quoted, width=70),
            Column("kind", _("种类"), value=lambda f: finding_kind(f.kind)),
            Column("state", _("处理"), Kind.STATE),
            Column("state_note", _("说明"), Kind.LONG, value=lambda f: f.state_note or "—"),
        ],
        filters=[
            Filter("severity", _("程度"), [(k, str(v)) for k, v in SEVERITIES.items()]),
            Filter("state", _("处理"), [(k, str(v)) for k, v in FINDING_STATES.items()]),
            Filter("kind", _("种类"), [(k, f"{finding_kind(k)} {n}") for k, n in kinds]),
        ],
        search_label=_("在发现中查找"),
        page_size=50,
        empty_title=_("没有发现"),
        empty_text=_("这个版本的文件没有读出前后不一致的地方。"),
    )


def finding_line(
    district_code: str, version: VersionView, f: FindingView, actions: Sequence[ActionView]
) -> dict[str, Any]:
    return {
        "f": f,
        "actions": actions,
        "kind": finding_kind(f.kind),
        "quotes": [(n, text, document_url(district_code, version, n)) for n, text in f.quotes if text.strip()],
        "settle_url": _settle_url(district_code, f),
        "severity_word": state(f.severity).word,
    }


def _settle_url(district_code: str, f: FindingView) -> str:
    try:
        return reverse("plan:finding_state", kwargs={"district_code": district_code, "uid": f.uid})
    except NoReverseMatch:
        return ""


def _quoted(f: FindingView) -> str:
    return "\n".join(f"{n}: {text}" for n, text in f.quotes if text.strip())


@register_page("plan/reading/search.html", tab="search")
def search(request: PageRequest, version: VersionView) -> Mapping[str, Any]:
    text = request.GET.get("q", "").strip()[:80]
    hits = queries.search(request.actor, request.district, version.uid, text, limit=MOST_HITS) if text else ()
    code = request.district.code
    groups: dict[str, list[dict[str, Any]]] = {}
    for hit in hits:
        groups.setdefault(hit.kind, []).append(hit_line(request, version, hit, text, code))
    return {
        "q": text,
        "groups": [(group_word(kind), lines) for kind, lines in groups.items()],
        "count": len(hits),
        "cut": len(hits) >= MOST_HITS,
    }


def group_word(kind: str) -> str:
    return str({**KINDS, "organisation": _("责任单位"), "line": _("原文")}.get(kind, kind))


def hit_line(request: PageRequest, version: VersionView, hit: SearchHit, text: str, code: str) -> dict[str, Any]:
    if hit.kind == "line" and hit.line:
        link = Link(_("第 %(n)s 行") % {"n": hit.line}, document_url(code, version, hit.line))
    elif hit.kind == "organisation":
        link = Link(hit.title, f"{page_url('organisations', code)}?{version.query}&q={quote(hit.title)}")
    else:
        link = Link(
            hit.title or hit.excerpt[:LONGEST_TITLE], item_url(code, hit.uid) if hit.uid else page_url("overview", code)
        )
    return {"link": link, "excerpt": marked(hit.excerpt, text), "line": hit.line}


def marked(text: str, wanted: str) -> SafeString:
    """The text with each place of ``wanted`` marked, whatever its case."""
    pieces: list[tuple[str, str, str]] = []
    low, needle, at = text.lower(), wanted.lower(), 0
    while needle and (found := low.find(needle, at)) >= 0:
        pieces += [("span", text[at:found], "span"), ("mark", text[found : found + len(needle)], "mark")]
        at = found + len(needle)
    pieces.append(("span", text[at:], "span"))
    return format_html_join("", "<{}>{}</{}>", [p for p in pieces if p[1]])
