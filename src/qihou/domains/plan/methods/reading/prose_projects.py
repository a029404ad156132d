"""Projects of plans without a project table: numbered sentences in a box, or paragraphs that give money and years."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from ..layout.roles import Role, role_of
from ..register import Cell, Heading, How, Line, ProjectRow
from .fields import absent, tidy
from .numbers import read_amount
from .organisations import OrganisationList
from .outline import bare_title, is_box, rank_of
from .projects import FUND_FIELDS
from .prose import read_duty
from .years import Span, is_period, read_span

_AMOUNT = r"(?:约|达|为|共|计|额|[：:])*\s*(?P<n>\d[\d,]*(?:\.\d+)?\s*(?:亿元|万元))"
_MONEY = re.compile(rf"^(?:项目|工程|计划|估算|预计|匡算|概算)*(?:总投资|投资(?:额|估算|规模|概算)?|概算){_AMOUNT}")
_TITLE = re.compile(r"^(?P<t>[^。：:，,；;]{3,34})[。：:](?P<rest>.+)$", re.DOTALL)
_PERIOD_LABEL = r"(?:建设|实施|起止|执行|完成)(?:期限|年限|周期|时间|时限|年度|年份|期)"
_PERIOD = re.compile(
    rf"^(?:{_PERIOD_LABEL}\s*[：:为]*\s*)?(?:计划|预计|拟)?于?(?P<when>(?:19|20)\d\d.*?)(?:组织)?(?:实施|建设)?$"
)
_NUMBERED = re.compile(r"^(?:项目|工程)\s*(?P<no>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[：:、．.]\s*")
_CONTENT_LABEL = re.compile(r"^(?:主要)?(?:建设|工程|项目|实施)?(?:内容|规模)(?:及规模|和规模)?\s*[：:]\s*")
_DUTY = re.compile(
    r"(?:牵头|责任|实施|建设|项目|主管|落实|配合|参与)(?:责任|负责)?(?:单位|部门|主体|科室|处室)\s*(?:为|[：:]).*$",
    re.DOTALL,
)
_LABEL_LINE = re.compile(
    rf"^(?:{_PERIOD_LABEL}|(?:估算|计划)?(?:总投资|投资)(?:额|估算|规模)?|资金来源|(?:主要)?建设(?:内容|规模)(?:及规模)?"
    r"|(?:牵头|责任|实施|配合)(?:单位|部门))\s*[：:]"
)
_MOST_LINES = 12
_WORKS = re.compile(r"项目|工程")
_ITEM = ("digit", "digit_bracket", "decimal", "han_bracket")


@dataclass
class _Paragraph:
    """One item with the heading or box it stands under; ``lines`` are all it was printed on."""

    text: str
    lines: list[int]
    container: Heading | None
    rank: str | None
    no: int | None


@dataclass
class _Parts:
    content: str = ""
    money: str | None = None
    split: str = ""
    when: str | None = None
    span: Span = field(default_factory=Span)
    duty: str | None = None


def read_prose_projects(prose: list[Line], outline: list[Heading]) -> list[ProjectRow]:
    """One project per item that states its money, and its like beside it in a box or under a heading of works."""
    found = [(p, parsed) for p in _paragraphs(prose, outline) if (parsed := _item(p)) is not None]
    sure = {id(p.container) for p, (_, parts) in found if parts.money is not None and p.container is not None}
    rows = []
    for paragraph, (name, parts) in found:
        listed = id(paragraph.container) in sure and paragraph.rank is not None
        if parts.money is not None or (listed and _WORKS.search(name)):
            rows.append(_row(paragraph, name, parts))
    return rows


def _paragraphs(prose: list[Line], outline: list[Heading]) -> list[_Paragraph]:
    """Numbered or titled paragraphs under a heading or box that speaks of works, broken lines put together."""
    headings = {h.line: h for h in outline}
    out: list[_Paragraph] = []
    above: list[tuple[str, Heading]] = []
    for line in prose:
        text = line.text.strip()
        if not text:
            continue
        ranked = rank_of(text)
        heading = headings.get(line.number)
        if is_box(text):
            above = [*(a for a in above if a[0] != "box"), ("box", heading or Heading(99, text, line.number))]
            continue
        rank = ranked[0] if ranked else None
        if rank in (None, *_ITEM):
            if rank is None and out and _goes_on(out[-1], text, line.number):
                labelled = _LABEL_LINE.match(text) and not re.search(r"[。；;，,：:]$", out[-1].text)
                out[-1].text += f"。{text}" if labelled else text
                out[-1].lines.append(line.number)
                continue
            container = next((h for r, h in reversed(above) if r != rank), None)
            if container is not None and _WORKS.search(container.title):
                number = re.match(r"[（(]?\s*(\d{1,3})(?![.．]?\d)", text)
                no = int(number[1]) if number and rank is not None else None
                out.append(_Paragraph(ranked[1] if ranked else text, [line.number], container, rank, no))
                continue
        if heading is not None and rank is not None:
            above = [(r, h) for r, h in above if r not in ("box", rank) and h.level < heading.level]
            above.append((rank, heading))
    return out


def _goes_on(before: _Paragraph, text: str, number: int) -> bool:
    """The rest of a broken paragraph, or a line such as 总投资:… below the item's name."""
    if number - before.lines[-1] > 2 or len(before.lines) > _MOST_LINES:
        return False
    if _NUMBERED.match(text):
        return False
    return bool(_LABEL_LINE.match(text)) or not re.search(r"[。；;：:！!]$", before.text)


def _item(paragraph: _Paragraph) -> tuple[str, _Parts] | None:
    numbered = _NUMBERED.match(paragraph.text)
    if numbered and paragraph.no is None and numbered["no"].isdigit():
        paragraph.no = int(numbered["no"])
    m = _TITLE.match(paragraph.text[numbered.end() :] if numbered else paragraph.text)
    if m is None or _LABEL_LINE.match(paragraph.text) or re.search(r"\d{4}年|投资", m["t"]):
        return None
    return tidy(re.sub(r"^[①-⑳]\s*", "", m["t"])), _parts(m["rest"])


def _parts(body: str) -> _Parts:
    """Money, years and those responsible taken out; what is left, in its own words, is the content."""
    parts = _Parts()
    if (m := re.search(rf"{_DUTY.pattern}", body, re.DOTALL)) is not None:
        parts.duty, body = re.sub(r"(?<=[位门体室])为", "：", m[0].rstrip("。；; ")), body[: m.start()]
    elif (m := re.search(r"[（(【\[]([^（(【\[]*)[）)】\]][。；;]?\s*$", body)) and read_duty(m[1]):
        parts.duty, body = m[1], body[: m.start()]
    kept = ""
    for clause, mark in _clauses(body):
        bare = clause.strip()
        if parts.money is None and (m := _MONEY.match(bare)):
            parts.money, parts.split = m["n"], bare[m.end() :]
        elif parts.when is None and len(bare) <= 26 and (m := _PERIOD.match(bare)) and _is_when(m["when"]):
            parts.when, parts.span = m["when"], read_span(m["when"])
        else:
            kept += clause + mark
            continue
        if kept and mark in "。；;":
            kept = re.sub(r"[，,、]\s*$", "。", kept)
    parts.content = _CONTENT_LABEL.sub("", tidy(kept)).strip("，,。；; ")
    return parts


def _is_when(text: str) -> bool:
    bare = re.sub(r"(?:实施|建设|推进)$", "", text)
    return is_period(bare) or (
        read_span(bare).end is not None
        and bool(re.fullmatch(r"[\d年月底前末—\-–~～至到.、完成建开工启动竣投产]+", bare))
    )


def _clauses(body: str) -> list[tuple[str, str]]:
    """(words, closing mark) between commas and stops outside brackets."""
    out: list[tuple[str, str]] = []
    depth, current = 0, ""
    for i, char in enumerate(body):
        if char in "（([【":
            depth += 1
        elif char in "）)]】":
            depth = max(0, depth - 1)
        thousands = char == "," and body[i - 1 : i].isdigit() and body[i + 1 : i + 2].isdigit()
        if depth == 0 and char in "，,。；;\n" and not thousands:
            out.append((current, char))
            current = ""
        else:
            current += char
    return [*out, (current, "")] if current.strip() else out


def _row(paragraph: _Paragraph, name: str, parts: _Parts) -> ProjectRow:
    lines = tuple(paragraph.lines)
    row = ProjectRow(paragraph.no, name=name)

    def told(printed: str) -> Cell:
        return Cell(printed, lines, How.PROSE, 0.9)

    row.cells["no"] = told(str(paragraph.no)) if paragraph.no is not None else absent()
    row.cells["name"] = told(name)
    row.category, row.cells["category"] = _category(paragraph.container)
    row.content = parts.content or None
    row.cells["content"] = told(parts.content) if parts.content else absent()
    row.cells["start"] = row.cells["end"] = row.cells["investment"] = absent()
    if parts.when is not None:
        row.start, row.start_month = parts.span.start, parts.span.start_month
        row.end, row.end_month = parts.span.end, parts.span.end_month
        row.cells["start"] = told(parts.when) if row.start is not None else absent()
        row.cells["end"] = told(parts.when)
    if parts.money is not None:
        row.investment = read_amount(parts.money, Decimal(1))
        row.cells["investment"] = told(parts.money)
    _read_sources(row, parts.split, lines)
    leads, support = (read_duty(parts.duty) if parts.duty else None) or (OrganisationList([]), OrganisationList([]))
    row.leads, row.supporting, row.supporting_open = leads.names, support.names, support.open
    row.cells["leads"] = told(parts.duty or "") if leads.names else absent()
    row.cells["supporting"] = told(parts.duty or "") if support.names else absent()
    return row


def _read_sources(row: ProjectRow, split: str, lines: tuple[int, ...]) -> None:
    """其中:中央补助1亿元、企业自筹2亿元 behind the money; a source whose purse is not plain is left out."""
    for name in FUND_FIELDS.values():
        row.cells[name] = absent()
    for m in re.finditer(r"(?P<who>[^\d、，,；;（(：:]{2,12})(?P<n>\d[\d,]*(?:\.\d+)?(?:亿元|万元))", split):
        source = FUND_FIELDS.get(role_of(re.sub(r"(?:约|为|共)$", "", m["who"])) or Role.OTHER)
        amount = read_amount(m["n"], Decimal(1))
        if source is not None and amount is not None and getattr(row.funding, source) is None:
            setattr(row.funding, source, amount)
            row.cells[source] = Cell(m[0], lines, How.PROSE, 0.85)


def _category(container: Heading | None) -> tuple[str | None, Cell]:
    """A box's or heading's own words, unless they say no more than that projects follow."""
    if container is None:
        return None, absent()
    title = re.sub(r"^专栏\s*[\d一二三四五六七八九十]*\s*[：:]?\s*", "", bare_title(container.title))
    if not title or re.fullmatch(
        r"(?:重点|重大|主要|支撑|建设|实施|优先)*(?:项目|工程)(?:清单|表|库|名单|建设)?", title
    ):
        return None, absent()
    return title, Cell(container.title, (container.line,), How.CARRIED, 0.85, "merged_cell")
