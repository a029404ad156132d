"""Tasks of plans without a task table: paragraphs that end by naming the organisations responsible."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..register import Cell, Heading, How, Line, TaskRow
from .fields import absent, tidy
from .organisations import OrganisationList, marked_leads, organisation_score, split_organisations
from .outline import bare_title, depth_of, rank_of
from .years import read_span

_OPEN, _CLOSE = "（(\\[【〔［", "）)\\]】〕］"
_BRACKET = re.compile(
    rf"[{_OPEN}](?P<inside>[^{_OPEN}]*?(?:[（(][^（）()]*[）)][^{_OPEN}]*?)*)[{_CLOSE}]\s*[。；;]?\s*$"
)
_ANY_BRACKET = re.compile(rf"[{_OPEN}](?P<inside>(?:[^{_OPEN}{_CLOSE}]|[（(][^（）()]*[）)])*)[{_CLOSE}][。；;]?")
_LEAD_LABEL = r"(?:牵头(?:责任)?(?:单位|部门|[科处股]室)?|责任(?:单位|部门|主体|[科处股]室)?|主办单位|主责单位|实施单位|落实单位|责任分工|第一责任单位|牵头负责)"
_SUPPORT_LABEL = r"(?:(?:配合|参与|参加|协同|协办|协助|协作|支持|会同)(?:责任)?(?:单位|部门|[科处股]室)?)"
_WHEN_LABEL = r"(?:完成|办结)?(?:时限|时间|期限)(?:要求)?"
_LABELLED = re.compile(rf"^\s*(?P<label>{_LEAD_LABEL}|{_SUPPORT_LABEL})\s*[：:]\s*(?P<rest>.+)$", re.DOTALL)
_LABEL_AT = re.compile(rf"(?:^|[；;，,。\s、])\s*(?P<label>{_LEAD_LABEL}|{_SUPPORT_LABEL}|{_WHEN_LABEL})\s*[：:]")
_LEADS_VERB = re.compile(
    r"^(?P<lead>[^，,；;]+?)(?:共同)?牵头(?:负责|落实|实施|组织)?(?:[，,；;、]\s*(?P<support>.+?)(?:按照?(?:各自)?职责(?:分工)?)?(?:配合|参与|协同|协助|负责)"
    r"(?:负责|落实|实施)?)?(?:[，,；;]\s*[^，,；;]+?(?:按照?(?:各自)?职责(?:分工)?)?(?:负责|落实|实施|组织实施))?.{0,4}$"
)
_DUTY = re.compile(r"(?:按照?(?:各自)?职责(?:分工)?(?:负责|落实|推进)?|(?:分工|共同|分别)?负责|牵头)(?:落实|实施)?$")


_REMARK = re.compile(r"[。；;，,]\s*以下(?:均|各|任务|同|不).*$")  # …。以下均需各县区落实，不再列出


@dataclass
class Duty:
    leads: OrganisationList
    support: OrganisationList
    start: int  # where the naming begins in the paragraph


def read_duty(inside: str) -> tuple[OrganisationList, OrganisationList] | None:
    """Leads and supporting organisations named by the words in brackets; None when they name none."""
    text = _REMARK.sub("", inside.strip()).rstrip("。；;")
    if _LABELLED.match(text):
        return _labelled(text)
    if m := _LEADS_VERB.match(_WHEN_CLAUSE.sub("", text)):
        leads = split_organisations(m["lead"])
        support = split_organisations(m["support"] or "")
        if leads.names and organisation_score(m["lead"]) >= 0.6:
            return leads, support
    named = _DUTY.search(text)
    bare = _DUTY.sub("", text)
    if organisation_score(bare) >= (0.6 if named else 0.95):
        listed = split_organisations(bare)
        strong = sum(
            1
            for n in listed.names
            if n.startswith("各")
            or re.search(r"(局|委|委员会|办|办公室|厅|政府|镇街|街道|镇|公司|管委会|部门|单位|中心|院|银行)$", n)
        )
        works = sum(1 for n in listed.names[1:] if re.search(r"[厂站所场队]$", n))  # 市能源局、某某电厂
        if listed.names and (named or (strong > works and strong + works == len(listed.names))):
            return listed, OrganisationList([])
    return None


def _labelled(text: str) -> tuple[OrganisationList, OrganisationList] | None:
    marks = list(_LABEL_AT.finditer(text))
    leads: list[str] = []
    support: list[str] = []
    leads_open = support_open = False
    labels = [m["label"] for m in marks]
    has_lead_word = any(re.match("牵头|主办|主责|第一", label) for label in labels)
    for i, m in enumerate(marks):
        stop = marks[i + 1].start() if i + 1 < len(marks) else len(text)
        listed = split_organisations(text[m.end() : stop])
        label = m["label"]
        if re.fullmatch(_WHEN_LABEL, label):
            continue
        second = re.match(_SUPPORT_LABEL, label) or (has_lead_word and label.startswith("责任") and "牵头" not in label)
        if second:
            support += [n for n in listed.names if n not in support]
            support_open = support_open or listed.open
        else:
            leads += [n for n in listed.names if n not in leads]
            leads_open = leads_open or listed.open
    if not leads and not support:
        return None
    if not support and (marked := marked_leads(OrganisationList(leads, leads_open))) is not None:
        return marked
    return OrganisationList(leads, leads_open), OrganisationList(support, support_open)


def duties_in(text: str) -> list[tuple[int, int, OrganisationList, OrganisationList]]:
    """All namings in a paragraph: (start, stop, leads, support)."""
    found = []
    for m in _ANY_BRACKET.finditer(text):
        duty = read_duty(m["inside"])
        if duty:
            found.append((m.start(), m.end(), *duty))
    if not found:
        found = _sentences(text)
    if not found:
        m2 = re.search(rf"(?:^|(?<=[。；;]))\s*(?:{_LEAD_LABEL})\s*[：:].+$", text) or _NAMED_AS.search(text)
        if m2 and (duty := read_duty(re.sub(rf"({_LEAD_LABEL}|{_SUPPORT_LABEL})\s*为", r"\1：", m2[0].lstrip("，,")))):
            found.append((m2.start(), m2.end(), *duty))
    return found


# 对集群制定政策，由区工信局牵头，… / 建立监管体系——区农业农村局牵头，…: the last clauses of a sentence name them
_CLAUSE = re.compile(r"(?:(?:^|[，,])\s*(?:此项工作|该项工作)?由|——|—)\s*(?P<w>[^，,；;。—由]{2,80}牵头[^。；;—]*)$")
_WHEN_CLAUSE = re.compile(
    r"[，,]\s*(?:(?:于|在)?(?P<when>(?:19|20)\d{2}年[^，,]{0,8}?(?:前|底)?)(?:完成|落实到位|建成)?|长期(?:坚持|推进)?|持续(?:推进|实施))$"
)
# …每年完成12场，责任单位为市机关事务局；
_NAMED_AS = re.compile(rf"(?:^|[。；;，,])\s*(?:{_LEAD_LABEL})\s*为[^。：:]{{2,120}}[。；;]?$")
_SENTENCE = re.compile(r"(?:^|(?<=[。；;]))\s*(?P<s>[^。；;]*(?:牵头|负责)[^。；;]{0,40}[。；;]?)$")


def _sentences(text: str) -> list[tuple[int, int, OrganisationList, OrganisationList]]:
    """A last sentence such as 由县水利局牵头,县财政局配合。"""
    bare = re.sub(r"[。；;]+$", "", text)
    if m := _CLAUSE.search(bare):
        duty = read_duty(_WHEN_CLAUSE.sub("", m["w"]))
        if duty and duty[0].names:
            return [(m.start(), len(text), *duty)]
    m = _SENTENCE.search(text)
    if m is None or (m.start("s") == 0 and not re.match(r"(?:此项工作)?由", m["s"].strip())):
        return []
    words = re.sub(r"^(?:此项工作|该项工作|本项工作|以上任务|上述工作)?(?:由)", "", m["s"].strip())
    duty = read_duty(words) if words != m["s"].strip() or _DUTY.search(words.rstrip("。;")) else None
    return [(m.start("s"), m.end("s"), *duty)] if duty else []


def read_prose_tasks(prose: list[Line], outline: list[Heading]) -> list[TaskRow]:
    """One task per naming; its text is what stands between the naming before it, or the heading, and itself."""
    first_leads, prose = without_rule(prose)
    tasks = _prose_tasks(prose, outline)
    if first_leads is not None:
        lead_by_rule(tasks, first_leads)
    return tasks


_RULE = re.compile(
    r"[（(]?[^（(。；;]{0,14}(?:第一|首位|最前|首个)[^（）()。；;，,]{0,8}(?:为|是|即)[^（）()。；;，,]{0,3}牵头(?:单位|部门)[^（）()。；;]{0,12}(?:[）)]|$)"
)


def without_rule(prose: list[Line]) -> tuple[int | None, list[Line]]:
    """The line that says the first unit named leads (排名第一的为牵头单位，下同), and the lines without these words."""
    found: int | None = None
    out = []
    for line in prose:
        if (m := _RULE.search(line.text)) is not None:
            found = found if found is not None else line.number
            line = Line(line.number, line.text[: m.start()] + line.text[m.end() :], line.page)
        out.append(line)
    return found, out


def lead_by_rule(tasks: list[TaskRow], rule: int) -> None:
    """Where the document says so, the first of several units leads and the others support."""
    for task in tasks:
        if task.supporting or len(task.leads) < 2:
            continue
        cell = task.cells["leads"]
        task.leads, task.supporting = task.leads[:1], task.leads[1:]
        task.supporting_open, task.leads_open = task.leads_open, False
        own = Cell(cell.printed, cell.lines, cell.how, 0.9 * cell.confidence, "first_named_leads", {"line": rule})
        task.cells["leads"] = task.cells["supporting"] = own


def _prose_tasks(prose: list[Line], outline: list[Heading]) -> list[TaskRow]:
    tasks: list[TaskRow] = []
    headings = {h.line: h for h in outline}
    above: list[Heading] = []
    pending: list[tuple[Line, str]] = []
    number = 0
    prose, spread = _labels_joined(prose)
    below = _Below()
    for line in prose:
        text = line.text.strip()
        if not text:
            continue
        heading = headings.get(line.number)
        depth = depth_of(text)
        if below.ends_at(depth, heading is not None):
            below.attach()
        if heading is not None:
            above = [h for h in above if h.level < heading.level] + [heading]
            pending = []
        elif depth is not None:
            above = [h for h in above if (other := depth_of(h.title)) is None or other < depth]
        whole = heading is not None and _only_title(text, heading)
        duties = [] if whole else duties_in(text)
        if heading is not None and whole:
            duties = duties_in(text)
            if not duties:
                below.lines.append(line)
                continue
        at = 0
        for start, stop, leads, support in duties:
            body = text[at:start].strip()
            parts = [*pending, (line, body)] if body else list(pending)
            naming = (line, text[start:stop].strip())
            pending = []
            at = stop
            if not parts:
                parts = [(line, "")]
            number += 1
            tasks.append(_task(number, parts, naming, leads, support, above, spread.get(line.number)))
        if duties:
            below = _Below(tasks[-1], depth) if depth is not None and at == len(text) and len(duties) == 1 else _Below()
        else:
            below.lines.append(line)
        rest = text[at:].strip()
        if rest and not whole and (rank_of(rest) is not None or duties or pending or len(rest) > 10):
            pending = [*pending, (line, rest)] if _goes_on(pending, rest) else [(line, rest)]
    below.attach()
    return [t for t in tasks if t.text or t.key_task]


@dataclass
class _Below:
    """The paragraphs under a heading that names in brackets who is responsible: what they are responsible for.

    A naming of its own among them ends it: the paragraphs then belong to that.
    """

    task: TaskRow | None = None
    depth: int | None = None
    lines: list[Line] = field(default_factory=list)

    def ends_at(self, depth: int | None, is_heading: bool) -> bool:
        if self.depth is None:
            return False
        return depth <= self.depth if depth is not None else is_heading

    def attach(self) -> None:
        """Only numbered items deeper than the heading are surely its own."""
        if self.task is not None and self.lines and depth_of(self.lines[0].text.strip()) is not None:
            text = tidy("".join(n.text.strip() for n in self.lines))
            own = self.task.cells["text"]
            if not self.task.key_task or len(self.task.text) > len(self.task.key_task):
                self.task.key_task, self.task.cells["key_task"] = bare_title(self.task.text), own
            self.task.text = text
            self.task.cells["text"] = Cell(text, tuple(n.number for n in self.lines), How.PROSE, 0.9)
        self.task, self.depth, self.lines = None, None, []


_LABEL_LINE = re.compile(rf"^(?:{_LEAD_LABEL}|{_SUPPORT_LABEL}|{_WHEN_LABEL})\s*[：:]")


def _labels_joined(prose: list[Line]) -> tuple[list[Line], dict[int, tuple[int, ...]]]:
    """Labels on lines of their own (牵头单位:… / 配合单位:… / 完成时限:…) as one line; number → all its lines."""
    out: list[Line] = []
    spread: dict[int, tuple[int, ...]] = {}
    for line in prose:
        text = line.text.strip()
        if not text:
            continue
        before = out[-1] if out else None
        if before is not None and _closes(before.text, text):
            out[-1] = Line(before.number, before.text.rstrip() + text, before.page)
            spread[before.number] = (*spread.get(before.number, (before.number,)), line.number)
        elif before is not None and _LABEL_LINE.match(text) and _LABEL_LINE.match(before.text.strip()):
            out[-1] = Line(before.number, f"{before.text.strip().rstrip('。；;')}；{text}", before.page)
            spread[before.number] = (*spread.get(before.number, (before.number,)), line.number)
        else:
            out.append(line)
    return out, spread


_OPEN_NAMING = re.compile(
    r"[（(【\[](?:责任|牵头|主办|落实|实施|配合)[^（）()【】\[\]]{0,160}$|[（(][^（）()]{2,80}(?:牵头|、)[^（）()]{0,80}$"
)


def _closes(before: str, text: str) -> bool:
    """A bracket of responsible units broken over two lines: opened on the one, closed on the next."""
    return (
        bool(_OPEN_NAMING.search(before))
        and rank_of(text) is None
        and bool(re.match(r"[^（()【\[]{0,120}[）)】\]][。；;]?$", text))
    )


def _goes_on(pending: list[tuple[Line, str]], rest: str) -> bool:
    """A paragraph broken over lines: the one before did not end."""
    return bool(pending) and not re.search(r"[。；;：:!?！？]$", pending[-1][1]) and rank_of(rest) is None


def _only_title(text: str, heading: Heading) -> bool:
    return len(re.sub(r"\s", "", text)) <= len(re.sub(r"\s", "", heading.title)) + 1


def _chapter_and_key(above: list[Heading], lines: tuple[int, ...]) -> tuple[Heading | None, Heading | None]:
    """The heading a task stands under and, below it, the one that names the task itself."""
    if not above:
        return None, None
    if len(above) == 1:
        return (None, above[0]) if above[0].line in lines else (above[0], None)
    return above[-2], above[-1]


_SUB = re.compile(r"^(?:[（(]?\d{1,2}[）)、．.]\s*|[①-⑳]\s*|[一二三四五六七八九十]+是)")
_RUN_IN = re.compile(
    r"^(?:[（(]?(?:\d{1,2}[．.])*[\d一二三四五六七八九十]{1,3}[）)]?[、．.]?\s*)?(?P<t>[^。，,；;：:]{4,30})[。：:](?P<rest>.+)$",
    re.DOTALL,
)


def _task(
    number: int,
    parts: list[tuple[Line, str]],
    naming: tuple[Line, str],
    leads: OrganisationList,
    support: OrganisationList,
    above: list[Heading],
    spread: tuple[int, ...] | None = None,
) -> TaskRow:
    row = TaskRow(number)
    row.cells["no"] = absent("counted")
    text = tidy("".join(t for _, t in parts))
    lines = tuple(dict.fromkeys(line.number for line, t in parts if t)) or (naming[0].number,)
    chapter, own = _chapter_and_key(above, lines)
    if own is not None and own.line in lines:
        body = _without_title(text, own)
        row.key_task, row.text = bare_title(own.title), body or text
    elif (m := _RUN_IN.match(text)) and not _SUB.match(m["t"]):
        row.key_task, row.text = m["t"].strip(), m["rest"].strip()
        chapter = above[-1] if above else None
        own = Heading(0, m["t"].strip(), lines[0])
    else:
        row.key_task, row.text = (bare_title(own.title) if own else None), text
    row.chapter = bare_title(chapter.title) if chapter else None
    row.cells["chapter"] = Cell(chapter.title, (chapter.line,), How.PROSE, 0.95) if chapter else absent()
    row.cells["key_task"] = Cell(own.title, (own.line,), How.PROSE, 0.95) if own else absent()
    if not row.text and own is not None:
        row.text = bare_title(own.title)
        lines = (own.line,)
    row.cells["text"] = Cell(text or row.text, lines, How.PROSE, 0.95)
    row.leads, row.leads_open = leads.names, leads.open
    row.supporting, row.supporting_open = support.names, support.open
    at = spread or (naming[0].number,)
    named = Cell(naming[1], at, How.PROSE, 0.95)
    row.cells["leads"] = named if leads.names else absent()
    told = re.sub(r"[。；;）)】\]\s]+$", "", naming[1])
    if m := re.search(rf"{_WHEN_LABEL}\s*[：:]\s*(?P<when>[^；;，,）)】\]]+)", naming[1]) or _dated(told):
        span = read_span(m["when"], deadline_column=True)
        row.cells["deadline"] = Cell(m["when"], at, How.PROSE, 0.95)
        if span.end is not None:
            row.deadline = f"{span.end}-{span.end_month:02d}" if span.end_month else str(span.end)
    row.cells["supporting"] = named if support.names else absent()
    return row


def _dated(naming: str) -> re.Match[str] | None:
    m = _WHEN_CLAUSE.search(naming)
    return m if m is not None and m["when"] else None


def _without_title(text: str, heading: Heading) -> str:
    """The paragraph after the title it opens with."""
    title = tidy(heading.title)
    if text.startswith(title):
        return text[len(title) :].lstrip("。：: ")
    bare = bare_title(heading.title)
    at = text.find(bare)
    return text[at + len(bare) :].lstrip("。：: ") if at >= 0 else text
