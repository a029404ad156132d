"""Work that is probably counted in two projects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..register import DocumentFinding, ProjectRow
from ..totals import is_amount
from .conflicts import shared_tail
from .context import WARNING, Context, Passage, finding, first_line, row_name
from .quantities import Quantity, quantities_of
from .text import bare, longest_common, sharing

_LEAST = 6
_PLACE = re.compile(r"[\u4e00-\u9fff]{2}(?:镇|乡|街道|村|水库|河|江|湖|溪|桥|山|电站)")
_NO_PLACE = re.compile(
    r"(?:城|乡|集|场|小|重点|中心|建制)镇|[城个各]乡|(?:乡|农|新|示范|行政)村|(?:中小|重要|主要|重点)[河江湖]"
    r"|(?:小型|病险|中型|大型|座)水库|荒山|水电站"
)
_WORK = re.compile(r"提标|治理|改造|建设|修复|新建|扩建|加固|整治|护岸|清淤|绿化|升级|更新|除险|堤防|搬迁|节水|配套")


def find(context: Context) -> Iterator[DocumentFinding]:
    texts = [(p, p.bare) for p in context.project_texts if isinstance(p.row, ProjectRow)]
    bare_texts = [text for _, text in texts]
    near = sharing(bare_texts, bare_texts, _LEAST, 2)
    for i, j in ((i, j) for i, found in enumerate(near) for j in found if i < j):
        (one, a), (other, b) = texts[i], texts[j]
        shared = longest_common(a, b)
        if len(shared) < _LEAST or not _meet(one.row, other.row) or sum(shared in text for text in bare_texts) > 2:
            continue
        if _specific(shared) and not _apart(a, b, shared):
            yield _finding(context, one, other, shared)
            continue
        pair = _same_thing_counted(context, one, other, shared)
        if pair:
            yield _finding(context, one, other, shared, pair)


def _specific(shared: str) -> bool:
    """A named place and a piece of work there; a place or a plant alone may well see two different works."""
    place = next((m for m in _PLACE.finditer(shared) if not _NO_PLACE.search(m[0])), None)
    if place is None:
        return False
    return bool(_WORK.search(shared.replace(place[0], "", 1)))


def _apart(a: str, b: str, shared: str) -> bool:
    """The shared words continue differently (一期 and 二期, one bank and the other): two things with one beginning."""
    phase = r"^(?:[一二三四五六]期|[东西南北]|左岸|右岸|上段|下段|[ABCDⅠⅡ])"
    after_a, after_b = a[a.find(shared) + len(shared) :], b[b.find(shared) + len(shared) :]
    return bool(re.match(phase, after_a) and re.match(phase, after_b))


def _same_thing_counted(
    context: Context, one: Passage, other: Passage, shared: str
) -> tuple[Quantity, Quantity] | None:
    """Both texts count the shared thing in the same unit, bought or renewed in overlapping years."""
    own = [
        q
        for q in [*quantities_of(context, one), *quantities_of(context, other)]
        if q.high is None and len(bare(q.noun)) >= 3
    ]
    for first in (q for q in own if q.passage is one):
        for second in (q for q in own if q.passage is other):
            things = bare(first.noun), bare(second.noun)
            if first.unit != second.unit:
                continue
            if all(shared in t or t.endswith(shared) for t in things):
                return first, second
            if first.value == second.value >= 10 and len(shared_tail(*things)) >= 3:
                return first, second
    return None


def _meet(one: object, other: object) -> bool:
    if not isinstance(one, ProjectRow) or not isinstance(other, ProjectRow):
        return False
    starts = [p.start for p in (one, other)]
    ends = [p.end for p in (one, other)]
    if any(v is None for v in [*starts, *ends]):
        return True
    return max(s for s in starts if s is not None) <= min(e for e in ends if e is not None)


def _finding(
    context: Context, one: Passage, other: Passage, shared: str, pair: tuple[Quantity, Quantity] | None = None
) -> DocumentFinding:
    first, second = one.row, other.row
    assert isinstance(first, ProjectRow)
    assert isinstance(second, ProjectRow)
    params: dict[str, object] = {
        "numbers": [row_name(first), row_name(second)],
        "shared": shared,
        "investments": [_money(first), _money(second)],
        "counted": [pair[0].printed, pair[1].printed] if pair else [],
        "same_tail": _same_tail(first, second),
    }
    lines = [one.line, other.line]
    quotes = [_around(one.text, shared), _around(other.text, shared)]
    if params["same_tail"]:
        lines += [first_line(first, "investment"), first_line(second, "investment")]
        quotes += [_money(first), _money(second)]
    return finding("double_counting", WARNING, params, lines, quotes)


def _money(project: ProjectRow) -> str:
    return f"{project.investment:f}" if is_amount(project.investment) else ""


def _same_tail(one: ProjectRow, other: ProjectRow) -> bool:
    """Two amounts whose odd digits agree to the hundredth: one may hold the other plus a round sum."""
    a, b = one.investment, other.investment
    if not is_amount(a) or not is_amount(b) or a == b:
        return False
    return a % 1 != 0 and (a - b) % 1000 == 0


def _around(text: str, shared: str) -> str:
    at = text.find(shared)
    return text if at < 0 else text[max(0, at - 8) : at + len(shared) + 12]
